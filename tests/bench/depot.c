#include "tests/bench/depot.h"

#include <stdlib.h>

const char *const depot_table[DEPOT_TABLES] = {"visit", "answer", "card_event",
					       "queue_time"};

static char *sql(const char *conninfo, const char *text)
{
	g_autofree char *errors = NULL;
	char *result = postgres_try(conninfo, text, &errors);

	if (result == NULL)
		g_error("%s: %s", text, errors);
	return result;
}

char *depot_database(const struct branch *b, const struct postgres *server,
		     const char *name)
{
	g_autofree char *create = g_strdup_printf("CREATE DATABASE %s", name);
	char *conninfo = postgres_conninfo(server, name, "postgres", 0);
	g_autofree char *uri = g_strdup_printf(
		"central migrate --server postgresql://postgres@127.0.0.1:%d/%s",
		server->port, name);

	g_free(postgres_sql(server, create));
	branch_expect_command(b, uri, 0, "installed");
	return conninfo;
}

int depot_visits(int otherwise)
{
	const char *text = g_getenv("BENCH_VISITS");

	return text != NULL ? atoi(text) : otherwise;
}

void depot_wait_again(const struct branch *b)
{
	branch_run(b,
		   "INSERT OR IGNORE INTO outbox (kind, record) SELECT 1, n FROM visit;"
		   "INSERT OR IGNORE INTO outbox (kind, record)"
		   " SELECT 2, n FROM card_event WHERE visit IS NULL;"
		   "INSERT OR IGNORE INTO outbox (kind, record)"
		   " SELECT 3, n FROM queue_time;"
		   "PRAGMA wal_checkpoint(TRUNCATE)");
}

void depot_empty(const char *conninfo)
{
	g_free(sql(conninfo,
		   "TRUNCATE tillask.visit, tillask.answer, tillask.card_event,"
		   " tillask.queue_time, tillask.heartbeat, tillask.device_count"));
	g_free(sql(conninfo, "CHECKPOINT"));
}

gint64 depot_rows(const char *conninfo)
{
	g_autofree char *n = sql(conninfo,
				 "SELECT (SELECT count(*) FROM tillask.visit)"
				 " + (SELECT count(*) FROM tillask.answer)"
				 " + (SELECT count(*) FROM tillask.card_event)"
				 " + (SELECT count(*) FROM tillask.queue_time)");

	return g_ascii_strtoll(n, NULL, 10);
}

char *depot_columns(const char *conninfo, const char *table)
{
	g_autofree char *text = g_strdup_printf(
		"SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum)"
		" FROM pg_attribute WHERE attrelid = 'tillask.%s'::regclass AND attnum > 0"
		" AND attname <> 'received_at'",
		table);

	return sql(conninfo, text);
}

static void spawn(const char *const *argv)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *out = NULL, *errors = NULL;
	int status;

	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out,
		     &errors, &status, &error);
	g_assert_no_error(error);
	if (status != 0)
		g_error("%s: %s%s", argv[0], out, errors);
}

double depot_psql(const char *conninfo, const char *script)
{
	const char *argv[] = {"psql", "-Xq",  "-v",     "ON_ERROR_STOP=1",
			      "-f",   script, conninfo, NULL};
	gint64 begun = g_get_monotonic_time();

	spawn(argv);
	return (double)(g_get_monotonic_time() - begun) / 1e6;
}

double depot_sync(const struct branch *b)
{
	gint64 begun = g_get_monotonic_time();

	branch_expect_command(b, "sync", 0, "waiting: 0; set aside: 0");
	return (double)(g_get_monotonic_time() - begun) / 1e6;
}

static char *write_script(const char *folder, const char *name, const char *text)
{
	char *path = g_build_filename(folder, name, NULL);

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	return path;
}

void depot_write(const char *conninfo, const char *folder)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (int i = 0; i < DEPOT_TABLES; i++) {
		g_autofree char *columns = depot_columns(conninfo, depot_table[i]);

		g_string_append_printf(
			text, "\\copy (SELECT %s FROM tillask.%s) TO '%s/%s.copy'\n",
			columns, depot_table[i], folder, depot_table[i]);
	}
	g_autofree char *script = write_script(folder, "write.sql", text->str);
	depot_psql(conninfo, script);
}

char *depot_script_copy(const char *conninfo, const char *folder)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (int i = 0; i < DEPOT_TABLES; i++) {
		g_autofree char *columns = depot_columns(conninfo, depot_table[i]);

		g_string_append_printf(text, "\\copy tillask.%s (%s) FROM '%s/%s.copy'\n",
				       depot_table[i], columns, folder, depot_table[i]);
	}
	return write_script(folder, "copy.sql", text->str);
}

char *depot_script_staging(const char *conninfo, const char *folder)
{
	g_autoptr(GString) text = g_string_new("BEGIN;\n");

	for (int i = 0; i < DEPOT_TABLES; i++) {
		const char *t = depot_table[i];
		g_autofree char *columns = depot_columns(conninfo, t);

		g_string_append_printf(
			text,
			"CREATE TEMPORARY TABLE s_%s (LIKE tillask.%s INCLUDING DEFAULTS)"
			" ON COMMIT DROP;\n\\copy s_%s (%s) FROM '%s/%s.copy'\n"
			"INSERT INTO tillask.%s SELECT * FROM s_%s ON CONFLICT DO NOTHING;\n",
			t, t, t, columns, folder, t, t, t);
	}
	g_string_append(text, "COMMIT;\n");
	return write_script(folder, "staging.sql", text->str);
}
