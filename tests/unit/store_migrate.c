/* store_migrate: a database of an older tillask becomes one of today, and nothing in it is lost */
#include <stdio.h>
#include <string.h>

#include "embedded.h"
#include "store/database.h"
#include "store/takeover.h"
#include "tests/lib/storage.h"

/* As the first schema had it: four closed visits and an open one. */
static const char rows_of_1[] =
	"INSERT INTO till VALUES (1, '017', '3', 'RUB');"
	"INSERT INTO meta VALUES (1, zeroblob(16), zeroblob(32), 1);"
	"INSERT INTO question VALUES (1, 'overall', NULL);"
	"INSERT INTO wording VALUES (1, 1, zeroblob(32), 'smiley', 'whole', 0);"
	"INSERT INTO visit (n, id, till, day, \"trigger\", language, started,"
	" started_offset, ended, ended_offset, milliseconds, doubtful, card, outcome, reason)"
	" WITH RECURSIVE s (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM s WHERE value < 5)"
	" SELECT value, randomblob(16), 1, 20000 + value / 3, 'key', 'ru', value * 1000, 0,"
	" value * 1000 + 500, 0, 500, 0, iif(value < 4, '9643' || (value % 2), NULL),"
	" iif(value = 4, 'interrupted', iif(value = 3, 'not_asked', 'completed')),"
	" iif(value = 3, 'cooldown', '') FROM s;"
	"INSERT INTO answer SELECT n, 1, started, 0, 100, 1, 1.0, n, NULL FROM visit"
	" WHERE outcome = 'completed';"
	"INSERT INTO card_event SELECT n, randomblob(16), n, day, started, 0, 'msr', 'accepted',"
	" card, '*0001', NULL FROM visit WHERE card IS NOT NULL;"
	"UPDATE visit SET seq = n WHERE n < 5;";

static void run(struct database *d, const char *sql)
{
	char *why = NULL;
	int rc = sqlite3_exec(d->db, sql, NULL, NULL, &why);
	if (rc != SQLITE_OK)
		g_error("%s", why);
}

static void make_schema_1(struct database *d, const char *path)
{
	g_assert_cmpint(sqlite3_open(path, &d->db), ==, SQLITE_OK);
	run(d, embedded_text("schema/local/001-start.sql", NULL));
	run(d, "PRAGMA application_id = 1953264491; PRAGMA user_version = 1");
	run(d, rows_of_1);
	sqlite3_close(d->db);
}

static void from_1(void)
{
	g_autofree char *folder = g_dir_make_tmp("migrate-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "t.db", NULL);
	struct database d = {0};

	make_schema_1(&d, path);
	g_assert_cmpint(database_open(&d, path, DATABASE_WRITE, NULL), ==, SQLITE_OK);
	g_assert_cmpint(database_schema(&d), ==, 1);
	g_assert_cmpint(database_migrate(&d), ==, SQLITE_OK);
	g_assert_cmpint(database_schema(&d), ==, database_schema_newest());
	storage_check(path); /* the roll-up, the outbox */
	g_assert_cmpint(storage_number(path, "SELECT count(*) FROM visit"), ==, 5);
	g_assert_cmpint(storage_number(path, "SELECT count(*) FROM outbox"), ==, 4);
	g_assert_cmpint(storage_number(path, "SELECT sum(offered) FROM visit"), ==, 3);
	g_assert_cmpint(storage_number(path, "SELECT sum(answers) FROM day_answer"), ==,
			2);
	g_assert_cmpint(
		storage_number(path, "SELECT first_day FROM card WHERE card = '96431'"),
		==, 20000);
	run(&d, "UPDATE visit SET seq = 5 WHERE n = 5"); /* the new triggers work */
	storage_check(path);
	g_assert_cmpint(storage_number(path, "SELECT sum(answers) FROM day_answer"), ==,
			3);
	database_close(&d);
	g_assert_cmpint(remove(path), ==, 0);
	remove(folder);
}

/* A disk of then, found later: its visits come into a database of today, and it stays as it is. */
static void takeover_of_1(void)
{
	g_autoptr(GError) error = NULL;
	struct storage f;
	struct takeover t;
	struct database d = {0};

	storage_init(&f, NULL);
	g_autofree char *old = g_build_filename(f.folder, "old.db", NULL);
	g_autofree char *before = NULL, *after = NULL;
	gsize length;
	make_schema_1(&d, old);
	g_assert_true(g_file_get_contents(old, &before, &length, NULL));
	struct store *store = store_open(&f.options, &error);
	g_assert_no_error(error);
	g_assert_true(store_close(store, 5000));
	takeover(f.path, old, &t, NULL, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpint(t.visits, ==, 5);
	g_assert_cmpint(t.answers, ==, 3);
	g_assert_cmpint(t.unreadable, ==, 0);
	storage_check(f.path);
	g_assert_cmpint(storage_number(f.path, "SELECT sum(offered) FROM visit"), ==, 3);
	g_assert_cmpint(storage_number(f.path,
				       "SELECT count(*) FROM visit WHERE respondent = "
				       "'customer' AND seq IS NOT NULL"),
			==, 5);
	g_assert_true(g_file_get_contents(old, &after, NULL, NULL));
	g_assert_true(memcmp(before, after, length) == 0);
	storage_clear(&f);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/store/migrate/from-1", from_1);
	g_test_add_func("/store/migrate/takeover-of-1", takeover_of_1);
	return g_test_run();
}
