#include "sync/chain.h"

#include <stdio.h>
#include <string.h>

#include "sync/ask.h"
#include "sync/schema.h"

/* ---- who is there ----------------------------------------------------------------------- */

struct server *chain_open_member(struct server *centre, const char *centre_conninfo,
				 const char *name, GError **error)
{
	g_autofree char *conninfo = ask_text(
		centre, error, "SELECT conninfo FROM tillask.server WHERE name = %s",
		name, NULL);

	if (conninfo == NULL)
		return NULL;
	struct schema_state state;
	struct server *s = server_open(*conninfo != '\0' ? conninfo : centre_conninfo,
				       error);
	if (s != NULL && schema_ready(s, &state, error))
		return s;
	g_prefix_error(error, "server %s: ", name);
	if (s != NULL)
		server_close(s);
	return NULL;
}

struct server *chain_open_centre(const char *conninfo, GError **error)
{
	struct schema_state state;
	struct server *s = server_open(conninfo, error);

	if (s == NULL || schema_ready(s, &state, error))
		return s;
	server_close(s);
	return NULL;
}

static void print_move(const PGresult *rows, int i)
{
	printf("store %s is on its way from %s to %s; central move-store %s %s\n",
	       PQgetvalue(rows, i, 0), PQgetvalue(rows, i, 1), PQgetvalue(rows, i, 2),
	       PQgetvalue(rows, i, 0), PQgetvalue(rows, i, 2));
}

static bool print_servers(struct server *centre, GError **error)
{
	PGresult *rows = server_query(
		centre,
		"SELECT name, (SELECT count(*) FROM tillask.home WHERE server = name),"
		" address FROM tillask.server ORDER BY name <> 'centre', name",
		error);

	if (rows == NULL)
		return false;
	for (int i = 0; i < PQntuples(rows); i++)
		printf("%s: %s stores placed; %s\n", PQgetvalue(rows, i, 0),
		       PQgetvalue(rows, i, 1),
		       i == 0 ? "and all that were placed nowhere"
			      : PQgetvalue(rows, i, 2));
	PQclear(rows);
	return true;
}

bool chain_print(const char *centre_conninfo, GError **error)
{
	struct server *centre = chain_open_centre(centre_conninfo, error);
	PGresult *moves = NULL;

	if (centre == NULL)
		return false;
	if (print_servers(centre, error))
		moves = server_query(
			centre,
			"SELECT store, coalesce(source, server), coalesce(target, server)"
			" FROM tillask.home WHERE coalesce(source, target) IS NOT NULL"
			" ORDER BY store",
			error);
	for (int i = 0; i < PQntuples(moves); i++)
		print_move(moves, i);
	server_close(centre);
	PQclear(moves);
	return moves != NULL;
}

/* ---- adding a server -------------------------------------------------------------------- */

/* The options of CREATE SERVER: libpq's own, but for who connects. */
static char *foreign_options(struct server *centre, const char *conninfo)
{
	PQconninfoOption *list = PQconninfoParse(conninfo, NULL);
	GString *out = g_string_new("fetch_size '10000'");

	for (const PQconninfoOption *o = list; o != NULL && o->keyword != NULL; o++) {
		if (o->val == NULL || strcmp(o->keyword, "user") == 0)
			continue;
		g_autofree char *literal = server_literal(centre, o->val);
		g_string_append_printf(out, ", \"%s\" %s", o->keyword, literal);
	}
	PQconninfoFree(list);
	return g_string_free(out, FALSE);
}

static char *user_of(struct server *s, GError **error)
{
	return ask_text(s, error, "SELECT session_user", NULL, NULL);
}

static bool create_foreign_server(struct server *centre, const char *name,
				  const char *conninfo, const char *user, GError **error)
{
	g_autofree char *options = foreign_options(centre, conninfo);
	g_autofree char *role = server_literal(centre, user);
	g_autofree char *sql = g_strdup_printf(
		"CREATE EXTENSION IF NOT EXISTS postgres_fdw;"
		"CREATE SERVER IF NOT EXISTS tillask_%s FOREIGN DATA WRAPPER postgres_fdw"
		" OPTIONS (%s);"
		"DO $$ BEGIN IF current_setting('server_version_num')::int >= 140000 AND NOT"
		" EXISTS (SELECT FROM pg_foreign_server WHERE srvname = 'tillask_%s' AND"
		" 'async_capable=true' = ANY (srvoptions)) THEN"
		" ALTER SERVER tillask_%s OPTIONS (ADD async_capable 'true'); END IF; END $$;"
		"CREATE USER MAPPING IF NOT EXISTS FOR CURRENT_USER SERVER tillask_%s"
		" OPTIONS (user %s)",
		name, options, name, name, name, role);

	return server_do(centre, sql, error);
}

static bool enter(struct server *centre, const char *name, const char *conninfo,
		  const char *address, const char *user, GError **error)
{
	g_autofree char *a = server_literal(centre, address);
	g_autofree char *c = server_literal(centre, conninfo);
	g_autofree char *put = g_strdup_printf(
		"INSERT INTO tillask.server (name, address, conninfo) VALUES ('%s', %s, %s)"
		" ON CONFLICT (name) DO UPDATE SET address = excluded.address,"
		" conninfo = excluded.conninfo",
		name, a, c);

	if (server_do(centre, "BEGIN", error) &&
	    create_foreign_server(centre, name, conninfo, user, error) &&
	    server_do(centre, put, error) &&
	    server_do(centre, "SELECT tillask.share(); SELECT tillask.link()", error) &&
	    server_do(centre, "COMMIT", error))
		return true;
	server_roll_back(centre);
	return false;
}

/* A server belongs to one chain under one name, and brings no rows that nobody placed. */
static bool join(struct server *s, const char *name, const char *chain, GError **error)
{
	g_autofree char *there = ask_text(
		s, error,
		"SELECT coalesce((SELECT name || ' ' || chain FROM tillask.member), '')",
		NULL, NULL);
	g_autofree char *wanted = g_strconcat(name, " ", chain, NULL);

	if (there == NULL)
		return false;
	if (*there != '\0' && strcmp(there, wanted) != 0)
		return ask_refuse(
			error,
			"that database is in a chain already: server and chain are %s",
			there);
	g_autofree char *empty = ask_text(
		s, error, "SELECT NOT EXISTS (SELECT FROM tillask.visit) OR %s <> ''",
		there, NULL);
	if (empty == NULL)
		return false;
	if (*empty != 't')
		return ask_refuse(
			error,
			"that database holds visits already; make an empty one, or let "
			"that one be the centre");
	return ask_step(
		s, error,
		"WITH put AS (INSERT INTO tillask.member (name, chain) VALUES (%s, %s)"
		" ON CONFLICT DO NOTHING) SELECT tillask.share()",
		name, chain);
}

static char *chain_of(struct server *centre, GError **error)
{
	return ask_text(centre, error,
			"WITH put AS (INSERT INTO tillask.member (name, chain)"
			" VALUES ('centre', gen_random_uuid())"
			" ON CONFLICT (one) DO UPDATE SET name = member.name"
			" RETURNING name, chain)"
			" SELECT chain FROM put WHERE name = 'centre'",
			NULL, NULL);
}

static bool add(struct server *centre, const char *name, const char *conninfo,
		const char *address, GError **error)
{
	g_autofree char *chain = chain_of(centre, error);
	struct server *s;
	int from, to;

	if (chain == NULL) {
		g_prefix_error(error, "that is no centre but a member of a chain: ");
		return false;
	}
	s = server_open(conninfo, error);
	if (s == NULL)
		return false;
	g_autofree char *user = NULL;
	bool joined = schema_migrate(s, &from, &to, error) &&
		      join(s, name, chain, error) && (user = user_of(s, error)) != NULL;
	server_close(s);
	return joined && enter(centre, name, conninfo, address, user, error);
}

/* It becomes part of names of foreign tables. */
static bool is_name(const char *name)
{
	return strlen(name) <= 20 && *name >= 'a' && *name <= 'z' &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name) &&
	       strcmp(name, "centre") != 0;
}

bool chain_add(const char *centre_conninfo, const char *name, const char *conninfo,
	       const char *address, GError **error)
{
	g_autofree char *places = server_address(address != NULL ? address : conninfo);

	if (!is_name(name))
		return ask_refuse(
			error,
			"%s is no name for a server; up to 20 of a-z, 0-9 and _, a "
			"letter first, not centre",
			name);
	if (server_has_password(conninfo))
		return ask_refuse(error,
				  "the connection string holds a password; put it into "
				  "~/.pgpass here, and of the user that runs the centre");
	if (strstr(places, "host") == NULL)
		return ask_refuse(error,
				  "the connection string names no host; say what tills "
				  "connect to: --address 'host=... dbname=...'");
	struct server *centre = chain_open_centre(centre_conninfo, error);
	if (centre == NULL)
		return false;
	bool done = add(centre, name, conninfo, places, error);
	server_close(centre);
	if (done)
		printf("server %s is in the chain; tills get: %s\n", name, places);
	return done;
}

/* ---- migrating -------------------------------------------------------------------------- */

static bool has_chain(struct server *s, bool *has, GError **error)
{
	g_autofree char *there = ask_text(
		s, error, "SELECT to_regclass('tillask.member') IS NOT NULL", NULL, NULL);

	*has = there != NULL && *there == 't';
	return there != NULL;
}

/* What is read over all servers goes first, since it is made of what may change. */
static bool migrate(struct server *s, int *from, int *to, bool *linked, GError **error)
{
	struct schema_state state;

	if (!schema_look(s, &state, error) || !has_chain(s, linked, error))
		return false;
	if (*linked && state.version < schema_newest() &&
	    !server_do(s, "SELECT tillask.unlink()", error))
		return false;
	return schema_migrate(s, from, to, error);
}

static bool migrate_member(const char *name, const char *conninfo, GError **error)
{
	struct server *s = server_open(conninfo, error);
	bool linked, done = false;
	int from, to;

	if (s != NULL) {
		done = migrate(s, &from, &to, &linked, error) &&
		       server_do(s, "SELECT tillask.share()", error);
		server_close(s);
	}
	if (!done)
		g_prefix_error(error, "server %s: ", name);
	return done;
}

static bool migrate_members(struct server *centre, int *members, GError **error)
{
	PGresult *rows = server_query(
		centre,
		"SELECT name, conninfo FROM tillask.server WHERE name <> 'centre'",
		error);
	bool fine = rows != NULL;

	*members = PQntuples(rows);
	for (int i = 0; fine && i < *members; i++)
		fine = migrate_member(PQgetvalue(rows, i, 0), PQgetvalue(rows, i, 1),
				      error);
	PQclear(rows);
	return fine;
}

bool chain_migrate(const char *centre_conninfo, int *from, int *to, GError **error)
{
	struct server *centre = server_open(centre_conninfo, error);
	int members = 0;
	bool linked;

	if (centre == NULL)
		return false;
	bool done = has_chain(centre, &linked, error) &&
		    (!linked || migrate_members(centre, &members, error)) &&
		    migrate(centre, from, to, &linked, error) &&
		    (members == 0 ||
		     server_do(centre, "SELECT tillask.share(); SELECT tillask.link()",
			       error));
	server_close(centre);
	return done;
}
