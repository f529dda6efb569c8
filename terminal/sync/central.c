/* central.c - the servers of a shop or a chain.
 *
 *	tillask central migrate
 *	tillask central servers
 *	tillask central add-server NAME CONNINFO [--address CONNINFO]
 *	tillask central move-store STORE NAME
 *	tillask central publish --scope WHOM FILE
 *	tillask central enrol STORE/TILL KEY
 *
 * each with [--server CONNINFO].
 */
#include <stdio.h>
#include <string.h>

#include "sync/carry.h"
#include "sync/chain.h"
#include "sync/move.h"
#include "sync/publication.h"
#include "sync/server.h"
#include "sync/sync.h"

static char *option_server, *option_address, *option_scope;

static const GOptionEntry options[] = {
	{"server", 0, 0, G_OPTION_ARG_STRING, &option_server,
	 "a PostgreSQL connection string; default: [sync] server=", "CONNINFO"},
	{"address", 0, 0, G_OPTION_ARG_STRING, &option_address,
	 "add-server: where tills reach it, when that is not where it is reached from here",
	 "CONNINFO"},
	{"scope", 0, 0, G_OPTION_ARG_STRING, &option_scope,
	 "publish: all, region:NAME, store:NAME, till:STORE/TILL", "WHOM"},
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

typedef bool action_fn(struct invocation *call, const char *centre, GError **error);

static bool migrate(struct invocation *call, const char *centre, GError **error)
{
	int from, to;

	(void)call;
	if (!chain_migrate(centre, &from, &to, error)) {
		g_prefix_error(error, "migrating the server: ");
		return false;
	}
	if (from == to)
		printf("schema tillask is at version %d already\n", to);
	else if (from == 0)
		printf("schema tillask is installed, version %d\n", to);
	else
		printf("schema tillask went from version %d to %d\n", from, to);
	return true;
}

static bool servers(struct invocation *call, const char *centre, GError **error)
{
	(void)call;
	return chain_print(centre, error);
}

static bool add_server(struct invocation *call, const char *centre, GError **error)
{
	return chain_add(centre, call->args[1], call->args[2], option_address, error);
}

static bool move(struct invocation *call, const char *centre, GError **error)
{
	return move_store(centre, call->args[1], call->args[2], error);
}

static bool publish(struct invocation *call, const char *centre, GError **error)
{
	const char *whom = option_scope != NULL ? option_scope : "";
	int64_t version;
	bool done = publication_publish(centre, whom, call->args[1], &version, error);

	if (done)
		printf("published for %s, version %" G_GINT64_FORMAT "\n", whom, version);
	return done;
}

static const struct {
	const char *name;
	const char *arguments;
	int n_arguments;
	action_fn *act;
} actions[] = {
	{"migrate", "", 0, migrate},
	{"servers", "", 0, servers},
	{"add-server", " NAME CONNINFO", 2, add_server},
	{"move-store", " STORE SERVER", 2, move},
	{"publish", " --scope WHOM FILE", 1, publish},
	{"enrol", " STORE/TILL KEY", 2, carry_enrol_till},
};

static enum command_exit act(struct invocation *call, action_fn *action)
{
	const char *centre = option_server;
	GError *error = NULL;

	if (centre == NULL) {
		const struct config *config = command_config(call);
		if (config == NULL)
			return COMMAND_WRONG;
		centre = config->sync.server;
	}
	if (*centre == '\0')
		return command_wrong(call,
				     "no server is named: neither --server nor [sync] "
				     "server= in config.ini");
	if (option_server != NULL && !server_is_conninfo(option_server))
		return command_wrong(call,
				     "--server is no connection string; write host=... "
				     "dbname=... user=..., service=NAME or "
				     "postgresql://USER@HOST/DATABASE");
	if (!action(call, centre, &error))
		return command_failed(call, error);
	return COMMAND_DONE;
}

static enum command_exit run(struct invocation *call)
{
	for (size_t i = 0; i < G_N_ELEMENTS(actions); i++) {
		if (strcmp(call->args[0], actions[i].name) != 0)
			continue;
		if (call->n_args != actions[i].n_arguments + 1)
			return command_wrong(call, "allowed is central %s%s",
					     actions[i].name, actions[i].arguments);
		return act(call, actions[i].act);
	}
	return command_wrong(call,
			     "'%s' is nothing it does; allowed are migrate, servers, "
			     "add-server, move-store, publish and enrol",
			     call->args[0]);
}

const struct command command_central = {
	.name = "central",
	.synopsis =
		"migrate | servers | add-server NAME CONNINFO | move-store STORE SERVER"
		" | publish --scope WHOM FILE | enrol STORE/TILL KEY",
	.help = COMMAND_HELP_CENTRAL,
	.more = "\n"
		"  migrate      create schema tillask on a server, or bring it up to date\n"
		"  servers      list the servers, their stores, moves that did not end\n"
		"  add-server   make a server with an empty database a member of the chain\n"
		"  move-store   move the rows of a store to another server\n"
		"  publish      publish questions, sentences and settings from a file\n"
		"  enrol        take in bundles signed with this key for this till\n",
	.config = CONFIG_LATER,
	.options = options,
	.least_args = 1,
	.most_args = 3,
	.run = run,
};
