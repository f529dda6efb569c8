/* run_manager: the manager's pages at the real program: PIN, training, who answers, files, quit */
#include <glib.h>
#include <glib/gstdio.h>
#include <glob.h>
#include <signal.h>
#include <string.h>

#include "tests/lib/shop.h"

#define F10   "\x1b[21~"
#define ESC   "\x1b"
#define A_PIN 20000 /* ms: a hash on a loaded machine */

static void set_pin(const struct shop *s, const char *pin)
{
	g_autofree char *script = g_strdup_printf(
		"echo %s | \"$TILLASK_BIN\" --config '%s' pin", pin, s->config);
	const char *argv[] = {"sh", "-c", script, NULL};
	int status;

	g_assert_true(g_spawn_sync(NULL, (char **)argv, NULL,
				   G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL |
					   G_SPAWN_STDERR_TO_DEV_NULL,
				   NULL, NULL, NULL, NULL, &status, NULL));
	g_assert_cmpint(status, ==, 0);
}

/* Escape alone: the next key must not be taken for a part of it. */
static void escape(struct term *t)
{
	term_send(t, ESC);
	term_run(t, 200);
}

/* The pages, which no PIN guards. */
static void manage(struct term *t)
{
	term_send(t, F10);
	term_expect(t, "The day in figures", 5000);
}

static void manage_by_pin(struct term *t)
{
	term_send(t, F10);
	term_expect(t, "PIN", 5000);
	term_send(t, "2468\r");
	term_expect(t, "The day in figures", A_PIN);
}

/* Who pulls the plug to guess again has to wait all the same. */
static void test_guesses(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	set_pin(&s, "2468");
	t = shop_run(&s);
	term_send(t, F10);
	term_expect(t, "PIN", 2000);
	for (int wrong = 1; wrong <= 3; wrong++) {
		term_send(t, "1111\r");
		term_expect(t, "Wrong PIN", A_PIN);
		if (wrong < 3)
			term_run(t, 1000 << (wrong - 1));
	}
	term_signal(t, SIGKILL);
	g_assert_cmpint(term_exit(t, 5000), ==, 128 + SIGKILL);
	term_free(t);

	t = shop_run(&s);
	term_send(t, F10);
	term_expect(t, "PIN", 2000);
	term_send(t, "2468\r");
	term_expect(t, "then [Enter] again", 1000);
	term_run(t, 4200);
	term_send(t, "\r");
	term_expect(t, "The day in figures", A_PIN);
	shop_stop(t);
	shop_close(&s);
}

/* No PIN: it is said; and a sale takes the pages away. */
static void test_sale(void)
{
	struct shop s;
	struct term *t;
	char answer[512];

	shop_open(&s, NULL);
	t = shop_run(&s);
	manage(t);
	term_send(t, "23");
	term_settle(t, 200);
	g_assert_true(term_shows(t, "No PIN is set"));
	g_assert_false(term_shows(t, "Training"));
	escape(t);
	term_send(t, "5");
	term_expect(t, "Visits stored", 5000);
	g_assert_nonnull(strstr(shop_till(&s, "PAY receipt=R1 total=5", answer), "OK"));
	term_expect(t, SHOP_FIRST, 2000);
	g_assert_false(term_shows(t, "Visits stored"));
	shop_answer_all(t);
	shop_stop(t);
	shop_expect(&s, "SELECT outcome, receipt, respondent FROM visit",
		    "completed|R1|customer");
	shop_close(&s);
}

/* The day's proof, of what was stored just now. */
static void test_proof(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	shop_answer_all(t);
	shop_await(&s, "SELECT outcome FROM visit WHERE seq = 1", "completed", 10000);
	term_expect(t, SHOP_FIRST, 10000);
	manage(t);
	term_send(t, "1");
	term_expect(t, "[7] QR", 5000);
	term_send(t, "7");
	term_expect(t, " V1", 5000);
	g_assert_true(term_shows(t, "Proof of the day"));
	g_assert_true(term_shows(t, "S1-1"));
	term_send(t, "4"); /* the day before */
	term_expect(t, " V0", 5000);
	shop_stop(t);
	shop_close(&s);
}

static void test_training(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	set_pin(&s, "2468");
	t = shop_run(&s);
	manage_by_pin(t);
	term_send(t, "23");
	term_expect(t, "Training until", 2000);
	escape(t);
	escape(t);
	term_expect(t, SHOP_FIRST, 2000);
	g_assert_true(term_shows(t, "Training until"));
	shop_answer_all(t);
	shop_await(&s, "SELECT outcome, reason, offered FROM visit WHERE seq = 1",
		   "not_asked|training|0", 10000);
	shop_expect(&s, "SELECT count(*) FROM answer", "3");     /* kept, */
	shop_expect(&s, "SELECT count(*) FROM day_answer", "0"); /* and counted nowhere */
	manage_by_pin(t);
	term_send(t, "1");
	term_expect(t, "Training, in no figure: 1", 5000);
	shop_stop(t);
	shop_close(&s);
}

static void test_respondent(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	set_pin(&s, "2468");
	t = shop_run(&s);
	manage_by_pin(t);
	term_send(t, "22");
	term_expect(t, "Answers: Staff", 2000);
	escape(t);
	escape(t);
	term_expect(t, "Staff answers next", 2000);
	shop_answer_all(t);
	term_expect(t, SHOP_FIRST, 10000);
	g_assert_false(term_shows(t, "Staff answers next"));
	shop_answer_all(t);
	shop_stop(t);
	shop_expect(&s, "SELECT respondent, outcome FROM visit ORDER BY seq",
		    "staff|completed\ncustomer|completed");
	shop_close(&s);
}

static bool has_files(const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL)
		if (g_str_has_prefix(name, "survey-017-3-"))
			return true;
	return false;
}

/* The folder cannot be made: it is said why; then it can. */
static void test_files(void)
{
	struct shop s;
	struct term *t;
	g_autofree char *folder = NULL;

	shop_open(&s, NULL);
	folder = g_build_filename(s.folder, "export", NULL);
	g_assert_true(g_file_set_contents(folder, "", 0, NULL));
	t = shop_run(&s);
	shop_answer_all(t);
	term_expect(t, SHOP_FIRST, 10000);
	manage(t);
	term_send(t, "6\r");
	term_expect(t, "The files were not made", 20000);
	term_expect(t, "Not a directory", 2000);
	g_assert_cmpint(g_unlink(folder), ==, 0);
	term_send(t, "\r");
	term_expect(t, "The files are ready", 20000);
	g_assert_true(has_files(folder));
	shop_stop(t);
	shop_close(&s);
}

static void test_quit(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	manage(t);
	term_send(t, "0");
	term_expect(t, "The survey will stop", 2000);
	term_send(t, "2");
	term_expect(t, "The day in figures", 2000);
	term_send(t, "q1");
	g_assert_cmpint(term_exit(t, 5000), ==, 0);
	term_free(t);
	shop_close(&s);
}

/* Every picture once, and nobody has answered anything. */
static void test_pictures(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	manage(t);
	term_send(t, "7\r");
	term_expect(t, "Test 1 of", 2000);
	for (int i = 0; i < 40 && !term_shows(t, "The day in figures"); i++) {
		term_send(t, "5");
		term_settle(t, 30);
	}
	term_expect(t, "The day in figures", 2000);
	shop_stop(t);
	shop_expect(&s, "SELECT count(*) FROM visit", "0");
	shop_close(&s);
}

/* Two minutes a second, from 04:30 on a night in Moscow. */
static void test_time(void)
{
	struct shop_how how = {.survey = "offer=rest\n"};
	struct shop s;
	struct term *t;
	glob_t found;
	g_autofree char *env = NULL;

	g_assert_cmpint(glob("/usr/lib/*/faketime/libfaketimeMT.so.1", 0, NULL, &found),
			==, 0);
	env = g_strdup_printf("LD_PRELOAD=%s\nFAKETIME=@2026-06-10 01:30:00 x120\nTZ=UTC",
			      found.gl_pathv[0]);
	globfree(&found);
	how.env = env;
	shop_open(&s, &how);
	t = shop_run(&s);
	manage(t);
	term_expect_gone(t, "The day in figures", 5000); /* 60 s without a key */
	term_expect(t, SHOP_FIRST, 2000);
	term_expect_gone(t, SHOP_FIRST,
			 30000); /* 10 minutes: a clock, and nothing else */
	g_assert_false(term_shows(t, "Reader ready"));
	term_send(t, "5");
	term_expect(t, SHOP_FIRST, 2000);
	shop_stop(t);
	shop_expect(&s, "SELECT count(*) FROM visit", "0"); /* it only woke */
	shop_close(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/run/manager/guesses", test_guesses);
	g_test_add_func("/run/manager/sale", test_sale);
	g_test_add_func("/run/manager/proof", test_proof);
	g_test_add_func("/run/manager/training", test_training);
	g_test_add_func("/run/manager/respondent", test_respondent);
	g_test_add_func("/run/manager/files", test_files);
	g_test_add_func("/run/manager/quit", test_quit);
	g_test_add_func("/run/manager/pictures", test_pictures);
	g_test_add_func("/run/manager/time", test_time);
	return g_test_run();
}
