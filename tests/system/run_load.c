/* run_load: slow and full disks, stopped terminals, hammered keys, and rest */
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "tests/lib/shop.h"

static gint64 now_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

/* A disk that takes 3 s: every key is answered at once, and no page says saved before it is. */
static void test_slow_disk(void)
{
	const struct shop_how how = {
		.survey = "questions=3\nanswer_seconds=30\nthanks_seconds=4\n",
		.preload = "slow_disk"};
	struct shop s;
	struct term *t;
	gint64 begun;

	shop_open(&s, &how);
	t = shop_run(&s);
	shop_disk(&s, "3000");
	begun = now_ms();
	term_send(t, "5");
	term_expect(t, SHOP_SECOND, 200);
	term_send(t, "1");
	term_expect(t, SHOP_THIRD, 200);
	term_send(t, "2");
	term_expect(t, ">2<", 200); /* the choice is marked, */
	term_expect_gone(t, SHOP_THIRD,
			 2500); /* and after 2 s a page that claims nothing */
	while (now_ms() - begun < 4500) {
		term_read(t, 10);
		g_assert_false(term_shows(t, "saved"));
	}
	shop_disk(&s, "");
	shop_await(&s, "SELECT outcome FROM visit WHERE seq = 1", "completed", 8000);
	shop_stop(t);
	shop_close(&s);
}

/* The program ends when the disk answers, with everything on it. */
static void test_stop_with_slow_disk(void)
{
	const struct shop_how how = {.preload = "slow_disk"};
	struct shop s;
	struct term *t;

	shop_open(&s, &how);
	t = shop_run(&s);
	shop_disk(&s, "1000");
	term_send(t, "5");
	term_expect(t, SHOP_SECOND, 500);
	term_signal(t, SIGTERM);
	g_assert_cmpint(term_exit(t, 8000), ==, 0);
	term_free(t);
	shop_expect(&s, "SELECT seq, outcome FROM visit", "1|interrupted");
	shop_close(&s);
}

static void test_full_disk(void)
{
	const struct shop_how how = {.preload = "slow_disk"};
	struct shop s;
	struct term *t;
	char answer[512];

	shop_open(&s, &how);
	t = shop_run(&s);
	shop_disk(&s, "full");
	term_send(t, "5");
	term_expect(t, SHOP_SECOND, 500);
	term_send(t, "1");
	term_expect(t, SHOP_THIRD, 500);
	term_expect(t, "Not saving", 4000);
	g_assert_nonnull(strstr(shop_till(&s, "STATUS", answer), "saved=no"));
	shop_disk(&s, "");
	term_expect_gone(t, "Not saving", 8000);
	term_send(t, "3");
	term_expect(t, SHOP_SAVED, 3000);
	shop_stop(t);
	shop_expect(&s, "SELECT group_concat(value) FROM answer", "5,1,3");
	shop_close(&s);
}

static void test_stop_with_full_disk(void)
{
	const struct shop_how how = {.preload = "slow_disk"};
	struct shop s;
	struct term *t;
	g_autofree char *errors = NULL;

	shop_open(&s, &how);
	t = shop_run(&s);
	shop_disk(&s, "full");
	term_send(t, "5");
	term_expect(t, SHOP_SECOND, 500);
	term_run(t, 300);
	term_signal(t, SIGTERM);
	g_assert_cmpint(term_exit(t, 5000), ==, 1);
	errors = term_errors(t);
	g_assert_nonnull(strstr(errors, "t.db"));
	term_free(t);
	shop_close(&s);
}

/* A terminal that takes nothing (Scroll Lock, a hung line): keys, readers, store and socket go on,
 * and the screen is right when it moves again. */
static void test_stopped_terminal(void)
{
	struct shop s;
	struct term *t;
	char answer[512];

	shop_open(&s, NULL);
	t = shop_run(&s);
	term_run(t, 300);
	term_stop(t, true);
	term_send(t, "5");
	shop_await(&s, "SELECT value FROM answer", "5", 2000);
	shop_swipe(&s, "9643001000000017");
	shop_await(&s, "SELECT result, card FROM card_event", "accepted|9643001000000017",
		   2000);
	for (int i = 0; i < 20; i++) {
		gint64 begun = now_ms();

		shop_till(&s, i % 2 == 0 ? "PAY receipt=77" : "STATUS", answer);
		g_assert_true(g_str_has_prefix(answer, "OK"));
		g_assert_cmpint(now_ms() - begun, <, 100);
		term_send(t, i % 2 == 0 ? "/" : ".");
	}
	shop_await(&s, "SELECT count(*) > 0 FROM visit WHERE receipt = '77'", "1", 2000);
	term_settle(t, 50);
	g_assert_true(term_shows(t, SHOP_FIRST)); /* nothing came through */
	g_assert_false(term_shows(t, "*0017"));
	term_stop(t, false);
	term_run(t, 600);
	if (!term_shows(t, "[/] Русский"))
		term_send(t, "/");
	shop_answer_all(t);
	shop_stop(t);
	shop_close(&s);
}

/* A stopped terminal does not keep the program from ending either. */
static void test_stop_with_stopped_terminal(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	term_stop(t, true);
	term_send(t, "5");
	shop_await(&s, "SELECT value FROM answer", "5", 2000);
	term_signal(t, SIGTERM);
	g_assert_cmpint(term_exit(t, 1500), ==, 0);
	term_free(t);
	shop_expect(&s, "SELECT outcome FROM visit WHERE seq = 1", "interrupted");
	shop_close(&s);
}

/* A megabyte pasted: nobody is hurt, nothing is declined, and keys work after it. */
static void test_megabyte(void)
{
	g_autofree char *text = g_malloc(1 << 20);
	struct shop s;
	struct term *t;
	gint64 end = now_ms() + 20000;
	char answer[512];
	size_t sent = 0;

	for (size_t i = 0; i < 1 << 20; i++)
		text[i] = (char)(' ' + g_random_int_range(0, 94));
	shop_open(&s, NULL);
	t = shop_run(&s);
	term_send(t, "\x1b[200~");
	while (sent < 1 << 20) {
		sent += term_try_send(t, text + sent,
				      MIN((size_t)4096, (1 << 20) - sent));
		term_read(t, 1);
		g_assert_cmpint(now_ms(), <, end);
	}
	term_send(t, "\x1b[201~");
	g_assert_nonnull(strstr(shop_till(&s, "STATUS", answer), "OK"));
	term_run(t, 500);
	shop_answer_all(t);
	shop_stop(t);
	shop_expect(&s, "SELECT group_concat(outcome) FROM visit", "completed");
	shop_close(&s);
}

/* 1000 keys a second for two seconds: alive, quick, and every closed visit is whole. */
static void test_hammered(void)
{
	static const char keys[] = "1234567890\r\x7f.+*/- ";
	const struct shop_how how = {
		.survey = "questions=3\nanswer_seconds=30\nthanks_seconds=1\n"};
	struct shop s;
	struct term *t;
	gint64 begun;
	char answer[512];

	shop_open(&s, &how);
	t = shop_run(&s);
	begun = now_ms();
	for (int i = 0; i < 2000; i++) {
		char key = keys[g_random_int_range(0, (int)strlen(keys))];

		term_try_send(t, &key, 1);
		while (term_read(t, 0))
			;
		while (now_ms() - begun < i)
			g_usleep(200);
	}
	begun = now_ms();
	g_assert_nonnull(strstr(shop_till(&s, "STATUS", answer), "OK"));
	g_assert_cmpint(now_ms() - begun, <, 300);
	shop_stop(t);
	shop_expect(&s, "SELECT count(*) FROM visit WHERE seq IS NULL", "0");
	shop_expect(&s, "SELECT max(seq) - count(*) FROM visit", "0");
	shop_expect(
		&s,
		"SELECT count(*) FROM visit WHERE outcome = 'completed' AND 0 = (SELECT "
		"count(*) FROM answer WHERE visit = n AND value IS NOT NULL)",
		"0");
	shop_close(&s);
}

static gint64 cpu_ticks(pid_t pid)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/stat", pid), *stat = NULL;
	g_auto(GStrv) fields = NULL;

	g_assert_true(g_file_get_contents(path, &stat, NULL, NULL));
	fields = g_strsplit(strrchr(stat, ')') + 2, " ", -1);
	return g_ascii_strtoll(fields[11], NULL, 10) +
	       g_ascii_strtoll(fields[12], NULL, 10);
}

/* Voluntary switches of all threads: each is a sleep that ended. */
static gint64 wake_ups(pid_t pid)
{
	g_autofree char *folder = g_strdup_printf("/proc/%d/task", pid);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;
	gint64 sum = 0;

	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, "status", NULL),
				*text = NULL;

		if (g_file_get_contents(path, &text, NULL, NULL))
			sum += g_ascii_strtoll(
				strstr(text, "\nvoluntary_ctxt_switches:") + 25, NULL,
				10);
	}
	return sum;
}

static void test_rest(void)
{
	struct shop s;
	struct term *t;
	gint64 ticks, wakes;

	shop_open(&s, NULL);
	t = shop_run(&s);
	term_run(t, 5000); /* the toast of the reader goes */
	ticks = cpu_ticks(term_pid(t));
	wakes = wake_ups(term_pid(t));
	g_usleep(3000000);
	g_assert_cmpint(wake_ups(term_pid(t)) - wakes, <=, 4);
	g_assert_cmpint(cpu_ticks(term_pid(t)) - ticks, <=, 1);
	shop_stop(t);
	shop_close(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/run/slow-disk", test_slow_disk);
	g_test_add_func("/run/stop-with-slow-disk", test_stop_with_slow_disk);
	g_test_add_func("/run/full-disk", test_full_disk);
	g_test_add_func("/run/stop-with-full-disk", test_stop_with_full_disk);
	g_test_add_func("/run/stopped-terminal", test_stopped_terminal);
	g_test_add_func("/run/stop-with-stopped-terminal",
			test_stop_with_stopped_terminal);
	g_test_add_func("/run/megabyte", test_megabyte);
	g_test_add_func("/run/hammered", test_hammered);
	g_test_add_func("/run/rest", test_rest);
	return g_test_run();
}
