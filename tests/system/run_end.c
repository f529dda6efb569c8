/* run_end: how the program begins and ends: signals, power cuts, terminals that do not fit */
#include <glib.h>
#include <glib/gstdio.h>
#include <glob.h>
#include <signal.h>
#include <string.h>

#include "tests/lib/shop.h"

static void test_stop_in_visit(void)
{
	static const int signals[] = {SIGTERM, SIGHUP};

	for (size_t i = 0; i < G_N_ELEMENTS(signals); i++) {
		struct shop s;
		struct term *t;
		gint64 begun;

		shop_open(&s, NULL);
		t = shop_run(&s);
		term_send(t, "5");
		term_expect(t, SHOP_SECOND, 2000);
		begun = g_get_monotonic_time();
		term_signal(t, signals[i]);
		g_assert_cmpint(term_exit(t, 3000), ==, 0);
		g_assert_cmpint(g_get_monotonic_time() - begun, <, 1000000);
		term_free(t);
		shop_expect(&s, "SELECT seq, outcome FROM visit", "1|interrupted");
		shop_expect(&s, "SELECT value FROM answer", "5");
		g_assert_false(g_file_test(s.socket, G_FILE_TEST_EXISTS));
		shop_close(&s);
	}
}

static void test_hung_up(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	term_send(t, "4");
	term_expect(t, SHOP_SECOND, 2000);
	term_hang_up(t);
	g_assert_cmpint(term_exit(t, 3000), ==, 0);
	term_free(t);
	shop_expect(&s, "SELECT seq, outcome FROM visit", "1|interrupted");
	shop_close(&s);
}

/* The power is cut; what was on the disk is closed at the next start. */
static void test_kill_and_recover(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	term_send(t, "3");
	term_expect(t, SHOP_SECOND, 2000);
	shop_await(&s, "SELECT count(*) FROM answer", "1", 3000);
	term_signal(t, SIGKILL);
	g_assert_cmpint(term_exit(t, 3000), ==, 128 + SIGKILL);
	term_free(t);
	shop_expect(&s, "SELECT seq FROM visit", "");
	g_assert_true(g_file_test(s.socket, G_FILE_TEST_EXISTS));
	t = shop_run(&s); /* a dead program's lock and socket do no harm */
	shop_await(&s, "SELECT seq, outcome FROM visit", "1|interrupted", 3000);
	shop_answer_all(t);
	shop_stop(t);
	shop_expect(&s, "SELECT seq, outcome FROM visit ORDER BY seq",
		    "1|interrupted\n2|completed");
	shop_close(&s);
}

static void test_signals_that_mean_nothing(void)
{
	static const int signals[] = {SIGINT,  SIGQUIT, SIGTSTP, SIGTTOU,
				      SIGTTIN, SIGPIPE, SIGXFSZ};
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	for (size_t i = 0; i < G_N_ELEMENTS(signals); i++)
		term_signal(t, signals[i]);
	term_send(t, "\x03\x1a\x1c\x13\x11"); /* Ctrl-C, Ctrl-Z, Ctrl-\, Ctrl-S, Ctrl-Q */
	term_run(t, 300);
	shop_answer_all(t);
	shop_stop(t);
	shop_close(&s);
}

static void test_second_is_refused(void)
{
	struct shop s;
	struct term *t, *second;
	g_autofree char *errors = NULL;

	shop_open(&s, NULL);
	t = shop_run(&s);
	second = shop_start(&s);
	g_assert_cmpint(term_exit(second, 5000), ==, 1);
	errors = term_errors(second);
	g_assert_nonnull(strstr(errors, "t.db"));
	term_free(second);
	shop_answer_all(t); /* the first one is not hurt, nor its socket */
	g_assert_true(g_file_test(s.socket, G_FILE_TEST_EXISTS));
	shop_stop(t);
	shop_close(&s);
}

static void test_no_terminal(void)
{
	struct shop s;
	g_autofree char *errors = NULL, *out = NULL;

	shop_open(&s, NULL);
	g_assert_cmpint(shop_command(&s, "run", &out, &errors), ==, 1);
	g_assert_nonnull(strstr(errors, "terminal"));
	g_assert_cmpstr(out, ==, "");
	g_assert_false(g_file_test(s.database, G_FILE_TEST_EXISTS));
	shop_close(&s);
}

static void test_wrong_config(void)
{
	const struct shop_how how = {.survey = "answer_seconds=soon\nqestions=3\n"};
	struct shop s;
	struct term *t;
	g_autofree char *errors = NULL;

	shop_open(&s, &how);
	t = shop_start(&s);
	g_assert_cmpint(term_exit(t, 5000), ==, 2);
	errors = term_errors(t);
	g_assert_nonnull(strstr(errors, "answer_seconds"));
	g_assert_nonnull(strstr(errors, "qestions"));
	term_free(t);
	shop_close(&s);
}

static void test_sizes(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	term_resize(t, 10, 30);
	term_expect(t, "40", 2000); /* the size that is needed */
	g_assert_false(term_shows(t, SHOP_FIRST));
	term_resize(t, 12, 40);
	term_expect(t, SHOP_FIRST, 2000);
	term_resize(t, 43, 132);
	term_expect(t, SHOP_FIRST, 2000);
	for (int i = 0; i < 30; i++) {
		term_resize(t, 12 + i, 40 + 3 * i);
		term_send(t, i % 2 == 0 ? "/" : " ");
	}
	term_resize(t, 24, 80);
	term_run(t, 500);
	if (!term_shows(t, SHOP_FIRST))
		term_send(t, "/");
	shop_answer_all(t);
	shop_stop(t);
	shop_close(&s);
}

static void test_small_from_the_start(void)
{
	const struct shop_how how = {.rows = 5, .cols = 20};
	struct shop s;
	struct term *t;

	shop_open(&s, &how);
	t = shop_start(&s);
	term_expect(t, "40", 5000);
	shop_stop(t);
	shop_close(&s);
}

/* Without LANG, as systemd starts it, and on other kinds of terminal. */
static void test_environments(void)
{
	static const char *const rows[] = {
		"LANG\nLC_ALL\nTERM=linux",
		"LANG=C\nTERM=vt220",
		"LC_ALL=POSIX\nTERM=screen",
		"TERM=xterm-mono\nLANG=C.UTF-8",
		"TERM=xterm-256color\nLANG=xx_YY.nothing",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const struct shop_how how = {.env = rows[i]};
		struct shop s;
		struct term *t;

		shop_open(&s, &how);
		t = shop_run(&s);
		term_send(t, "/");
		term_expect(t, "Как вам сегодня", 2000);
		term_send(t, "/");
		shop_answer_all(t);
		shop_stop(t);
		shop_close(&s);
	}
}

static void test_unknown_terminal(void)
{
	const struct shop_how how = {.env = "TERM=no-such-terminal"};
	struct shop s;
	struct term *t;
	g_autofree char *errors = NULL;

	shop_open(&s, &how);
	t = shop_start(&s);
	g_assert_cmpint(term_exit(t, 5000), ==, 1);
	errors = term_errors(t);
	g_assert_nonnull(strstr(errors, "no-such-terminal"));
	term_free(t);
	shop_close(&s);
}

/* Something else lies where the till's socket should be. */
static void test_socket_in_the_way(void)
{
	const struct shop_how how = {.groups = "[till]\nsocket=till.sock\n"};
	struct shop s;
	struct term *t;
	g_autofree char *path = NULL, *errors = NULL, *kept = NULL;

	shop_open(&s, &how);
	path = g_build_filename(s.folder, "till.sock", NULL);
	g_assert_true(g_file_set_contents(path, "mine", -1, NULL));
	t = shop_start(&s);
	g_assert_cmpint(term_exit(t, 5000), ==, 1);
	errors = term_errors(t);
	g_assert_nonnull(strstr(errors, "till.sock"));
	term_free(t);
	g_assert_true(g_file_get_contents(path, &kept, NULL, NULL));
	g_assert_cmpstr(kept, ==, "mine");
	shop_close(&s);
}

/* On a night in June, four seconds before the business day ends at 04:00 in Moscow: the visit
 * that is open then keeps its day.  The clock that waits go by is the real one. */
static void test_day_begins(void)
{
	struct shop_how how = {0};
	struct shop s;
	struct term *t;
	glob_t found;
	g_autofree char *env = NULL;

	g_assert_cmpint(glob("/usr/lib/*/faketime/libfaketime.so.1", 0, NULL, &found), ==,
			0);
	env = g_strdup_printf("LD_PRELOAD=%s\nFAKETIME=@2026-06-10 00:59:56\nTZ=UTC\n"
			      "FAKETIME_DONT_FAKE_MONOTONIC=1",
			      found.gl_pathv[0]);
	globfree(&found);
	how.env = env;
	shop_open(&s, &how);
	t = shop_run(&s);
	term_send(t, "3");
	term_expect(t, SHOP_SECOND, 2000);
	term_expect(t, "04:00", 6000);
	term_send(t, "1");
	term_expect(t, SHOP_THIRD, 2000);
	term_send(t, "2");
	term_expect(t, SHOP_SAVED, 2000);
	term_expect(t, SHOP_FIRST, 4000);
	term_send(t, "4");
	term_expect(t, SHOP_SECOND, 2000);
	shop_stop(t);
	shop_expect(&s,
		    "SELECT seq, date(day * 86400, 'unixepoch'), outcome FROM visit "
		    "ORDER BY seq",
		    "1|2026-06-09|completed\n2|2026-06-10|interrupted");
	shop_close(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/run/stop-in-visit", test_stop_in_visit);
	g_test_add_func("/run/hung-up", test_hung_up);
	g_test_add_func("/run/kill-and-recover", test_kill_and_recover);
	g_test_add_func("/run/signals-that-mean-nothing", test_signals_that_mean_nothing);
	g_test_add_func("/run/second-is-refused", test_second_is_refused);
	g_test_add_func("/run/no-terminal", test_no_terminal);
	g_test_add_func("/run/wrong-config", test_wrong_config);
	g_test_add_func("/run/sizes", test_sizes);
	g_test_add_func("/run/small-from-the-start", test_small_from_the_start);
	g_test_add_func("/run/environments", test_environments);
	g_test_add_func("/run/unknown-terminal", test_unknown_terminal);
	g_test_add_func("/run/socket-in-the-way", test_socket_in_the_way);
	g_test_add_func("/run/day-begins", test_day_begins);
	return g_test_run();
}
