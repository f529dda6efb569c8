#include "sync/schema.h"

#include <stdlib.h>
#include <string.h>

#include "embedded.h"

#define MIGRATIONS "schema/central/"
/* An advisory lock of its own for whoever migrates: "tillask" as a number. */
#define LOCK "SELECT pg_advisory_xact_lock(8388346177733456747)"

static const char look[] =
	"SELECT current_setting('server_version_num'), current_setting('server_version'),"
	" current_setting('synchronous_commit'), current_setting('server_encoding'),"
	" (extract(epoch FROM clock_timestamp()) * 1000)::bigint,"
	" to_regclass('tillask.version') IS NOT NULL";
static const char version[] =
	"SELECT version, oldest_sender FROM tillask.version ORDER BY version DESC LIMIT 1";

/* The number of a migration's file name, 0 when it is none. */
static int number_of(const struct embedded_file *file)
{
	if (!g_str_has_prefix(file->name, MIGRATIONS))
		return 0;
	return atoi(file->name + strlen(MIGRATIONS));
}

int schema_newest(void)
{
	int newest = 0;

	for (size_t i = 0; i < embedded_files_count; i++)
		newest = MAX(newest, number_of(&embedded_files[i]));
	return newest;
}

static bool refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
static bool refuse(GError **error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (error != NULL)
		*error = g_error_new_valist(SERVER_ERROR, SERVER_ERROR_OTHER, format,
					    args);
	va_end(args);
	return false;
}

static bool read_version(struct server *s, struct schema_state *state, GError **error)
{
	PGresult *result = server_query(s, version, error);

	if (result == NULL)
		return false;
	if (PQntuples(result) == 1) {
		state->version = atoi(PQgetvalue(result, 0, 0));
		state->oldest_sender = atoi(PQgetvalue(result, 0, 1));
	}
	PQclear(result);
	return true;
}

static bool is_server_fit(const PGresult *row, GError **error)
{
	if (atoi(PQgetvalue(row, 0, 0)) < SCHEMA_LEAST_SERVER)
		return refuse(error, "the server is PostgreSQL %s; 13 or newer is needed",
			      PQgetvalue(row, 0, 1));
	if (strcmp(PQgetvalue(row, 0, 3), "UTF8") != 0)
		return refuse(error,
			      "the database is encoded in %s; create one with ENCODING "
			      "'UTF8'",
			      PQgetvalue(row, 0, 3));
	return true;
}

bool schema_look(struct server *s, struct schema_state *state, GError **error)
{
	PGresult *row = server_query(s, look, error);

	*state = (struct schema_state){0};
	if (row == NULL)
		return false;
	state->commit_waits = strcmp(PQgetvalue(row, 0, 2), "off") != 0;
	state->clock_ms = g_ascii_strtoll(PQgetvalue(row, 0, 4), NULL, 10);
	bool fit = is_server_fit(row, error);
	bool there = *PQgetvalue(row, 0, 5) == 't';
	PQclear(row);
	return fit && (!there || read_version(s, state, error));
}

bool schema_ready(struct server *s, struct schema_state *state, GError **error)
{
	if (!schema_look(s, state, error))
		return false;
	if (state->version == 0)
		return refuse(error, "the database has no schema tillask; run `tillask "
				     "central migrate`");
	if (state->version < schema_newest())
		return refuse(error,
			      "the server's schema is %d, this tillask sends %d; run "
			      "`tillask central migrate`",
			      state->version, schema_newest());
	if (state->oldest_sender > schema_newest())
		return refuse(
			error,
			"the server's schema is %d, it takes senders of %d and later, "
			"this tillask sends %d; install the newer one",
			state->version, state->oldest_sender, schema_newest());
	return true;
}

/* ---- migrating -------------------------------------------------------------------------- */

/* The one with the least number above AT: numbers may leave gaps. */
static const struct embedded_file *migration_after(int at)
{
	const struct embedded_file *next = NULL;

	for (size_t i = 0; i < embedded_files_count; i++) {
		const struct embedded_file *file = &embedded_files[i];
		if (number_of(file) > at &&
		    (next == NULL || number_of(file) < number_of(next)))
			next = file;
	}
	return next;
}

/* One step within a transaction that is open and has the lock. */
static bool step(struct server *s, int *at, GError **error)
{
	struct schema_state state;

	if (!server_do(s, LOCK, error) || !schema_look(s, &state, error))
		return false;
	*at = state.version;
	if (state.version > schema_newest())
		return refuse(error,
			      "the server's schema is %d, this tillask knows %d; install "
			      "the newer one",
			      state.version, schema_newest());
	const struct embedded_file *next = migration_after(state.version);
	if (next == NULL)
		return true;
	if (!server_do(s, (const char *)next->data, error)) {
		g_prefix_error(error, "%s: ", next->name);
		return false;
	}
	*at = number_of(next);
	return true;
}

bool schema_migrate(struct server *s, int *from, int *to, GError **error)
{
	struct schema_state state;

	if (!schema_look(s, &state, error))
		return false;
	*from = *to = state.version;
	do {
		if (!server_do(s, "BEGIN", error) || !step(s, to, error) ||
		    !server_do(s, "COMMIT", error)) {
			server_roll_back(s);
			return false;
		}
	} while (*to < schema_newest());
	return true;
}
