/* central.c - the server of a shop or a chain.
 *
 *	tillask central migrate [--server CONNINFO]
 *	tillask central publish --scope WHOM FILE
 *	tillask central enrol STORE/TILL KEY
 */
#include <stdio.h>
#include <string.h>

#include "sync/carry.h"
#include "sync/publication.h"
#include "sync/schema.h"
#include "sync/sync.h"

static char *option_server, *option_scope;

static const GOptionEntry options[] = {
	{"server", 0, 0, G_OPTION_ARG_STRING, &option_server,
	 "a PostgreSQL connection string; default: [sync] server=", "CONNINFO"},
	{"scope", 0, 0, G_OPTION_ARG_STRING, &option_scope,
	 "publish: all, region:NAME, store:NAME, till:STORE/TILL", "WHOM"},
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

static enum command_exit publish(struct invocation *call, const char *conninfo)
{
	GError *error = NULL;
	struct schema_state state;
	struct server *s = server_open(conninfo, &error);
	int64_t version;

	if (s == NULL)
		return command_failed(call, error);
	bool done = schema_ready(s, &state, &error) &&
		    publication_publish(s, option_scope, call->args[1], &version, &error);
	server_close(s);
	if (!done)
		return command_failed(call, error);
	printf("published for %s, version %" G_GINT64_FORMAT "\n", option_scope, version);
	return COMMAND_DONE;
}

static const struct {
	const char *name;
	int args; /* with its own name */
	bool scope;
	enum command_exit (*run)(struct invocation *call, const char *conninfo);
} acts[] = {
	{"migrate", 1, false, migrate},
	{"publish", 2, true, publish},
	{"enrol", 3, false, carry_enrol_till},
};

static enum command_exit run(struct invocation *call)
{
	const char *conninfo = option_server;
	gsize i = 0;

	while (i < G_N_ELEMENTS(acts) && strcmp(call->args[0], acts[i].name) != 0)
		i++;
	if (i == G_N_ELEMENTS(acts))
		return command_wrong(call,
				     "'%s' is nothing it does; allowed are migrate, "
				     "publish, enrol",
				     call->args[0]);
	if (call->n_args != acts[i].args || (option_scope != NULL) != acts[i].scope)
		return command_wrong(call, "%s is called so: %s", acts[i].name,
				     call->command->synopsis);
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
	return acts[i].run(call, conninfo);
}

const struct command command_central = {
	.name = "central",
	.synopsis = "migrate | publish --scope WHOM FILE | enrol STORE/TILL KEY",
	.help = COMMAND_HELP_CENTRAL,
	.config = CONFIG_LATER,
	.options = options,
	.least_args = 1,
	.most_args = 3,
	.run = run,
};
