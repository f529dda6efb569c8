/* central.c - the server of a shop or a chain.
 *
 *	tillask central migrate [--server CONNINFO]
 */
#include <stdio.h>
#include <string.h>

#include "sync/schema.h"
#include "sync/sync.h"

static char *option_server;

static const GOptionEntry options[] = {
	{"server", 0, 0, G_OPTION_ARG_STRING, &option_server,
	 "a PostgreSQL connection string; default: [sync] server=", "CONNINFO"},
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

static enum command_exit migrate(struct invocation *call, const char *conninfo)
{
	GError *error = NULL;
	struct server *s = server_open(conninfo, &error);
	int from, to;

	if (s == NULL)
		return command_failed(call, error);
	bool done = schema_migrate(s, &from, &to, &error);
	server_close(s);
	if (!done) {
		g_prefix_error(&error, "migrating the server: ");
		return command_failed(call, error);
	}
	if (from == to)
		printf("schema tillask is at version %d already\n", to);
	else if (from == 0)
		printf("schema tillask is installed, version %d\n", to);
	else
		printf("schema tillask went from version %d to %d\n", from, to);
	return COMMAND_DONE;
}

static enum command_exit run(struct invocation *call)
{
	const char *conninfo = option_server;

	if (strcmp(call->args[0], "migrate") != 0)
		return command_wrong(call, "'%s' is nothing it does; allowed is migrate",
				     call->args[0]);
	if (conninfo == NULL) {
		const struct config *config = command_config(call);
		if (config == NULL)
			return COMMAND_WRONG;
		conninfo = config->sync.server;
	}
	if (*conninfo == '\0')
		return command_wrong(call,
				     "no server is named: neither --server nor [sync] "
				     "server= in config.ini");
	return migrate(call, conninfo);
}

const struct command command_central = {
	.name = "central",
	.synopsis = "migrate [--server CONNINFO]",
	.help = COMMAND_HELP_CENTRAL,
	.config = CONFIG_LATER,
	.options = options,
	.least_args = 1,
	.most_args = 1,
	.run = run,
};
