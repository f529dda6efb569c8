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

/* The answer, one line; "" for this server. */
static char *ask(const struct config *config, struct server *centre, GError **error)
{
	g_autofree char *store = server_literal(centre, config->store);
	g_autofree char *sql = g_strdup_printf(
		"SELECT address FROM tillask.directory WHERE store = %s", store);
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

static struct server *open_at(const struct config *config, const char *address,
			      struct schema_state *state, GError **error)
{
	g_autofree char *conninfo = NULL;

	if (*address == '\0')
		return open_ready(config->sync.server, state, error);
	conninfo = server_conninfo_at(config->sync.server, address, error);
	if (conninfo == NULL)
		return NULL;
	struct server *s = open_ready(conninfo, state, error);
	if (s == NULL)
		g_prefix_error(error, "at this store's server (%s): ", address);
	return s;
}

static struct server *open_as_told(const struct config *config,
				   struct schema_state *state, GError **error)
{
	struct server *centre = open_ready(config->sync.server, state, error);

	if (centre == NULL)
		return NULL;
	g_autofree char *address = ask(config, centre, error);
	if (address != NULL)
		remember(config, address);
	if (address != NULL && *address == '\0')
		return centre;
	server_close(centre);
	return address != NULL ? open_at(config, address, state, error) : NULL;
}

struct server *home_open(const struct config *config, struct schema_state *state,
			 GError **error)
{
	g_autofree char *address = recall(config);
	g_autoptr(GError) why = NULL;

	if (address == NULL)
		return open_as_told(config, state, error);
	struct server *s = open_at(config, address, state, &why);
	if (s != NULL)
		return s;
	if (*address != '\0')
		s = open_as_told(config, state, NULL); /* it may have moved while down */
	if (s == NULL)
		g_propagate_error(error, g_steal_pointer(&why));
	return s;
}

bool home_is_centre(const struct config *config)
{
	g_autofree char *address = recall(config);

	return address == NULL || *address == '\0';
}
