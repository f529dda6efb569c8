#include "sync/home.h"

#include <glib/gstdio.h>
#include <string.h>

#include "outfile.h"

/* ---- what is remembered ----------------------------------------------------------------- */

static char *path_of(const struct config *config)
{
	return g_strconcat(config->database, ".home", NULL);
}

/* Which question the answer belongs to; the connection string may hold a password. */
static char *question_of(const struct config *config)
{
	g_autofree char *text = g_strjoin("\n", config->store, config->sync.server, NULL);

	return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

/* The address, "" for the centre itself; NULL when none is remembered. */
static char *recall(const struct config *config)
{
	g_autofree char *path = path_of(config), *question = question_of(config);
	g_autofree char *text = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return NULL;
	g_auto(GStrv) line = g_strsplit(text, "\n", 3);
	if (g_strv_length(line) != 3 || strcmp(line[0], question) != 0)
		return NULL;
	return g_strdup(line[1]);
}

/* What cannot be written is asked again next time. */
static void remember(const struct config *config, const char *address)
{
	g_autofree char *path = path_of(config), *question = question_of(config);
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *name = g_path_get_basename(path);
	struct outfile *out = outfile_begin(folder, name, NULL);

	if (out == NULL)
		return;
	fprintf(outfile_stream(out), "%s\n%s\n", question, address);
	outfile_commit(out, NULL);
}

void home_forget(const struct config *config)
{
	g_autofree char *path = path_of(config);

	g_unlink(path);
}

/* ---- asking ----------------------------------------------------------------------------- */

/* What the directory says of STORE, one line; "" for this server. */
static char *ask(struct server *centre, const char *store, GError **error)
{
	g_autofree char *literal = server_literal(centre, store);
	g_autofree char *sql = g_strdup_printf(
		"SELECT address FROM tillask.directory WHERE store = %s", literal);
	PGresult *rows = server_query(centre, sql, error);

	if (rows == NULL)
		return NULL;
	char *address = server_address(PQntuples(rows) > 0 ? PQgetvalue(rows, 0, 0) : "");
	PQclear(rows);
	return g_strdelimit(address, "\r\n", ' ');
}

static struct server *open_ready(const char *conninfo, struct schema_state *state,
				 GError **error)
{
	struct server *s = server_open(conninfo, error);

	if (s == NULL || schema_ready(s, state, error))
		return s;
	server_close(s);
	return NULL;
}

/* "": the centre. */
static struct server *open_at(const char *centre, const char *store, const char *address,
			      struct schema_state *state, GError **error)
{
	g_autofree char *conninfo = NULL;

	if (*address == '\0')
		return open_ready(centre, state, error);
	conninfo = server_conninfo_at(centre, address, error);
	if (conninfo == NULL)
		return NULL;
	struct server *s = open_ready(conninfo, state, error);
	if (s == NULL)
		g_prefix_error(error, "at the server of store %s (%s): ", store, address);
	return s;
}

/* *ADDRESS: what the centre said; NULL: it said nothing. */
static struct server *open_as_told(const struct config *config, char **address,
				   struct schema_state *state, GError **error)
{
	struct server *centre = open_ready(config->sync.server, state, error);

	*address = NULL;
	if (centre == NULL)
		return NULL;
	*address = ask(centre, config->store, error);
	if (*address != NULL)
		remember(config, *address);
	if (*address != NULL && **address == '\0')
		return centre;
	server_close(centre);
	return *address != NULL ? open_at(config->sync.server, config->store, *address,
					  state, error)
				: NULL;
}

/* Where the centre names no other place than the one that failed, it is that failure that counts. */
static bool is_news(const char *told, const char *recalled)
{
	return recalled == NULL || (told != NULL && strcmp(told, recalled) != 0);
}

struct server *home_open(const struct config *config, struct schema_state *state,
			 bool *apart, GError **error)
{
	g_autofree char *recalled = recall(config), *told = NULL;
	g_autoptr(GError) why = NULL, why_told = NULL;
	struct server *s = NULL;

	if (recalled != NULL)
		s = open_at(config->sync.server, config->store, recalled, state, &why);
	if (s == NULL && (recalled == NULL || *recalled != '\0')) /* it may have moved */
		s = open_as_told(config, &told, state, &why_told);
	const char *place = told != NULL ? told : recalled;
	*apart = place != NULL && *place != '\0';
	if (s == NULL)
		g_propagate_error(error, is_news(told, recalled)
						 ? g_steal_pointer(&why_told)
						 : g_steal_pointer(&why));
	return s;
}

struct server *home_open_of(struct server *centre, const char *conninfo,
			    const char *store, GError **error)
{
	struct schema_state state;
	g_autofree char *address = ask(centre, store, error);

	if (address == NULL || *address == '\0')
		return address != NULL ? centre : NULL;
	return open_at(conninfo, store, address, &state, error);
}
