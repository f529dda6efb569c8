/* store: the commands over the database, beside a terminal that runs */
#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>

#include "tests/lib/shop.h"

static char *in_folder(const struct shop *s, const char *name)
{
	return g_build_filename(s->folder, name, NULL);
}

/* Runs a command that is to end with CODE; its results. */
static char *command(const struct shop *s, int code, const char *arguments)
{
	char *out = NULL;
	g_autofree char *errors = NULL;
	int got = shop_command(s, arguments, &out, &errors);
	if (got != code)
		g_error("%s: exit %d: %s", arguments, got, errors);
	if (code != 0)
		g_assert_cmpstr(errors, !=, "");
	return out;
}

/* Three visits, a copy, a fourth; the file is spoilt; what can be had comes back. */
static void test_backup_damage_recover(void)
{
	struct shop s;
	shop_open(&s, NULL);
	g_autofree char *copy = in_folder(&s, "copy.db");
	g_autofree char *backup = g_strconcat("backup ", copy, NULL);
	g_autofree char *recover = g_strconcat("recover ", copy, NULL);
	struct term *t = shop_run(&s);
	for (int i = 0; i < 3; i++) {
		shop_answer_all(t);
		term_expect(t, SHOP_FIRST, 10000);
	}
	shop_await(&s, "SELECT max(seq) FROM visit", "3", 3000);
	g_free(command(&s, 0, backup));
	g_free(command(&s, 1, backup)); /* nothing is overwritten */
	shop_stop(t);

	g_assert_true(
		g_file_set_contents(s.database, "a list of things to buy\n", -1, NULL));
	t = shop_run(&s);
	shop_answer_all(t);
	g_autofree char *told = command(&s, 0, recover);
	g_assert_nonnull(strstr(told, "visits 3, answers 9,"));
	g_autofree char *again = command(&s, 0, recover);
	g_assert_nonnull(strstr(
		again, "visits 0, answers 0, card events 0; visits here already: 3"));
	shop_stop(t);
	shop_expect(&s,
		    "SELECT count(*), max(seq), (SELECT count(*) FROM outbox) FROM visit",
		    "4|4|4");
	shop_close(&s);
}

static void test_export_beside_run(void)
{
	struct shop s;
	shop_open(&s, NULL);
	struct term *t = shop_run(&s);
	shop_answer_all(t);
	term_expect(t, SHOP_FIRST, 10000);
	shop_await(&s, "SELECT max(seq) FROM visit", "1", 3000);
	term_send(t, "4"); /* an open visit is not exported */
	term_expect(t, SHOP_SECOND, 2000);
	g_autofree char *visits = command(&s, 0, "export --output - --plain");
	g_auto(GStrv) lines = g_strsplit(visits, "\r\n", 0);
	g_assert_cmpuint(g_strv_length(lines), ==, 3);
	g_assert_true(g_str_has_prefix(lines[0], "seq,visit,store,till,cashier,day,"));
	g_assert_true(g_str_has_prefix(lines[1], "1,"));
	g_assert_nonnull(strstr(lines[1], ",completed,"));
	g_autofree char *answers =
		command(&s, 0, "export --what answers --output - --format jsonl");
	g_auto(GStrv) rows = g_strsplit(answers, "\n", 0);
	g_assert_cmpuint(g_strv_length(rows), ==, 4);

	g_free(command(&s, 0, "export --format csv"));
	g_free(command(&s, 2, "export --plain"));
	g_free(command(&s, 0, "export --format xlsx"));
	g_free(command(&s, 2, "export --format ods"));
	shop_stop(t);
	shop_close(&s);
}

static void test_no_database_yet(void)
{
	struct shop s;
	shop_open(&s, NULL);
	g_free(command(&s, 1, "export --output -"));
	g_free(command(&s, 1, "backup x.db"));
	g_free(command(&s, 1, "recover x.db"));
	g_assert_false(g_file_test(s.database, G_FILE_TEST_EXISTS));
	shop_close(&s);
}

static void test_second_is_refused(void)
{
	struct shop s;
	shop_open(&s, NULL);
	struct term *t = shop_run(&s), *second = shop_start(&s);
	g_assert_cmpint(term_exit(second, 5000), ==, 1);
	g_autofree char *errors = term_errors(second);
	g_autofree char *pid = g_strdup_printf("process %d ", (int)term_pid(t));
	g_assert_nonnull(strstr(errors, pid));
	term_free(second);
	shop_answer_all(t);
	shop_stop(t);
	shop_close(&s);
}

static void test_newer_is_refused(void)
{
	struct shop s;
	shop_open(&s, NULL);
	struct term *t = shop_run(&s);
	shop_stop(t);
	sqlite3 *db;
	g_assert_cmpint(sqlite3_open(s.database, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db, "PRAGMA user_version = 999", NULL, NULL, NULL),
			==, SQLITE_OK);
	sqlite3_close(db);
	t = shop_start(&s);
	g_assert_cmpint(term_exit(t, 5000), ==, 1);
	g_autofree char *errors = term_errors(t);
	g_assert_nonnull(strstr(errors, "newer tillask"));
	term_free(t);
	g_free(command(&s, 1, "export --output -"));
	shop_expect(&s, "PRAGMA user_version", "999");
	shop_close(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/store/backup-damage-recover", test_backup_damage_recover);
	g_test_add_func("/store/export-beside-run", test_export_beside_run);
	g_test_add_func("/store/no-database-yet", test_no_database_yet);
	g_test_add_func("/store/second-is-refused", test_second_is_refused);
	g_test_add_func("/store/newer-is-refused", test_newer_is_refused);
	return g_test_run();
}
