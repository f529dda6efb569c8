/* run_checkout: a customer at the real program: keys in, pages and rows out */
#include <glib.h>
#include <signal.h>
#include <string.h>

#include "tests/lib/shop.h"

#define F2 "\x1bOQ"

static void test_three_questions(void)
{
	struct shop s;
	struct term *t;
	g_autofree char *csv = NULL;

	shop_open(&s, NULL);
	t = shop_run(&s);
	shop_answer_all(t);
	term_expect(t, SHOP_FIRST, 5000);
	shop_stop(t);
	shop_expect(&s, "SELECT seq, \"trigger\", language, outcome, reason FROM visit",
		    "1|key|en|completed|");
	shop_expect(
		&s,
		"SELECT name, value, place FROM answer JOIN wording ON wording.n = wording "
		"JOIN question ON question.n = question ORDER BY place",
		"overall|5|1\ngoods|1|2\nprices|2|3");
	g_assert_cmpint(shop_command(&s, "export --output - --plain", &csv, NULL), ==, 0);
	g_assert_nonnull(strstr(csv, "overall,goods,prices\r\n"));
	g_assert_nonnull(strstr(csv, ",5,yes,no\r\n"));
	shop_close(&s);
}

static void test_russian(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	term_send(t, "/");
	term_expect(t, "Как вам сегодня", 2000);
	term_send(t, "4");
	term_expect(t, "Вы нашли всё, что хотели?", 2000);
	term_send(t, "2");
	term_expect(t, "Цены на кассе", 2000);
	term_send(t, "3");
	term_expect(t, "записаны", 5000);
	term_expect(t, SHOP_FIRST, 5000); /* the next customer has the language at rest */
	shop_stop(t);
	shop_expect(&s, "SELECT language, outcome FROM visit", "ru|completed");
	shop_close(&s);
}

static void test_decline(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	term_send(t, "\x1b");
	term_expect(t, "No problem", 2000);
	term_expect(t, SHOP_FIRST, 5000);
	term_send(t, "3");
	term_expect(t, SHOP_SECOND, 2000);
	term_send(t, "-");
	term_expect(t, "Thank you for your answer!", 2000);
	shop_stop(t);
	shop_expect(
		&s,
		"SELECT outcome, (SELECT count(*) FROM answer WHERE visit = n) FROM visit "
		"ORDER BY seq",
		"declined|0\npartial|1");
	shop_close(&s);
}

static void test_skip_and_back(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	term_send(t, "1");
	term_expect(t, SHOP_SECOND, 2000);
	term_send(t, "\x7f"); /* Backspace */
	term_expect(t, SHOP_FIRST, 2000);
	term_send(t, "4");
	term_expect(t, SHOP_SECOND, 2000);
	term_send(t, "\r");
	term_expect(t, SHOP_THIRD, 2000);
	term_send(t, "1");
	term_expect(t, SHOP_SAVED, 5000);
	term_send(t, "."); /* one back, also from the thanks page */
	term_expect(t, SHOP_THIRD, 2000);
	term_send(t, "3");
	term_expect(t, SHOP_SAVED, 5000);
	shop_stop(t);
	shop_expect(&s, "SELECT outcome FROM visit", "completed");
	shop_expect(&s, "SELECT value FROM answer ORDER BY place", "4\n\n3");
	shop_close(&s);
}

static void test_time_runs_out(void)
{
	const struct shop_how how = {
		.survey = "answer_seconds=1\nthanks_seconds=1\nquestions=3\n"};
	struct shop s;
	struct term *t;

	shop_open(&s, &how);
	t = shop_run(&s);
	term_send(t, "5");
	term_expect(t, SHOP_SECOND, 2000);
	term_expect(t, SHOP_FIRST, 4000);
	shop_await(&s, "SELECT seq, outcome FROM visit", "1|partial", 2000);
	shop_stop(t);
	shop_close(&s);
}

static void test_complaint(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	term_send(t, "5");
	term_expect(t, SHOP_SECOND, 2000);
	term_send(t, "*");
	term_expect_gone(t, SHOP_SECOND, 2000);
	term_run(t, 450);
	term_send(t, "1");
	shop_await(&s, "SELECT outcome, reason <> '' FROM visit WHERE seq = 1",
		   "complaint|1", 3000);
	term_expect(t, SHOP_SECOND, 6000); /* back where it lay over */
	shop_stop(t);
	shop_expect(&s, "SELECT outcome FROM visit ORDER BY seq",
		    "complaint\ninterrupted");
	shop_close(&s);
}

static void test_pause(void)
{
	const struct shop_how how = {.groups = "[till]\n[loyalty]\n"};
	struct shop s;
	struct term *t;
	char answer[512];

	shop_open(&s, &how);
	t = shop_start(&s);
	term_expect(t, "Welcome!", 5000);
	term_send(t, F2);
	term_expect(t, "Survey paused until", 2000);
	shop_till(&s, "PAY receipt=1", answer);
	term_run(t, 300);
	g_assert_false(term_shows(t, SHOP_FIRST));
	shop_till(&s, "PAID", answer);
	shop_await(&s, "SELECT outcome, reason FROM visit WHERE seq IS NOT NULL",
		   "not_asked|paused", 5000);
	shop_stop(t);
	shop_close(&s);
}

/* A card that answered is not asked again, also not after a new start. */
static void test_cooldown_over_restart(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	term_run(t, 300);
	shop_swipe(&s, "9643001000000017");
	term_expect(t, "*0017", 2000);
	shop_answer_all(t);
	shop_stop(t);
	t = shop_run(&s);
	term_run(t, 300);
	shop_swipe(&s, "9643001000000017");
	term_expect(t, "Welcome!", 2000);
	shop_await(&s, "SELECT outcome, reason, card FROM visit ORDER BY started",
		   "completed||9643001000000017\nnot_asked|cooldown|9643001000000017",
		   6000);
	shop_stop(t);
	shop_close(&s);
}

/* The keyboard repeats a key held down: one answer. */
static void test_key_repeat(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	for (int i = 0; i < 40; i++) {
		term_send(t, "2");
		term_run(t, 30);
	}
	g_assert_true(term_shows(t, SHOP_SECOND));
	shop_stop(t);
	shop_expect(&s, "SELECT value FROM answer", "2");
	shop_close(&s);
}

static void test_held_one(void)
{
	const struct shop_how how = {
		.survey = "questions=4\nanswer_seconds=30\n",
		.groups =
			"[question nps]\nkind=nps10\nwhen=always\n"
			"text[en]=Would you recommend us?\ntext[ru]=Порекомендуете нас?\n"
			"low[en]=no\nlow[ru]=нет\nhigh[en]=yes\nhigh[ru]=да\n",
	};
	struct shop s;
	struct term *t;

	shop_open(&s, &how);
	t = shop_run(&s);
	term_send(t, "5");
	term_expect(t, SHOP_SECOND, 2000);
	term_send(t, "1");
	term_expect(t, SHOP_THIRD, 2000);
	term_send(t, "2");
	term_expect(t, "Would you recommend us?", 2000);
	term_send(t, "1");
	term_run(t, 300);
	g_assert_true(term_shows(t, "Would you recommend us?"));
	term_send(t, "0");
	term_expect(t, SHOP_SAVED, 2000);
	term_send(t, ".");
	term_expect(t, "Would you recommend us?", 2000);
	term_run(t, 450);
	term_send(t, "1");
	term_run(t, 400);
	g_assert_true(term_shows(t, "Would you recommend us?"));
	term_expect(t, SHOP_SAVED, 2000); /* 700 ms went by: it was a one */
	shop_stop(t);
	shop_expect(&s, "SELECT value FROM answer ORDER BY place", "5\n1\n2\n1");
	shop_close(&s);
}

/* Hammering goes on over the thanks page: the next customer's visit begins only after its first
 * second, with the first answer key then. */
static void test_thanks_hammering(void)
{
	const struct shop_how how = {
		.survey = "questions=3\nanswer_seconds=30\nthanks_seconds=10\n"};
	struct shop s;
	struct term *t;

	shop_open(&s, &how);
	t = shop_run(&s);
	shop_answer_all(t);
	for (int i = 0; i < 8; i++) {
		term_send(t, i % 2 == 0 ? "3" : "4");
		term_run(t, 100);
	}
	g_assert_true(term_shows(t, SHOP_SAVED));
	term_run(t, 700);
	term_send(t, "2");
	term_expect(t, SHOP_SECOND, 2000);
	shop_stop(t);
	shop_expect(
		&s,
		"SELECT outcome, (SELECT group_concat(value) FROM answer WHERE visit = n) FROM "
		"visit ORDER BY seq",
		"completed|5,1,2\ninterrupted|2");
	shop_close(&s);
}

/* Neither an unknown sequence nor a paste declines. */
static void test_no_escape(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	term_send(t, "\x1b[99;5~");
	term_run(t, 200);
	term_send(t, "\x1bOz");
	term_run(t, 200);
	term_send(t, "\x1b[200~\x1b hello 5 \x1b[201~");
	term_run(t, 300);
	g_assert_true(term_shows(t, SHOP_FIRST));
	shop_stop(t);
	shop_expect(&s, "SELECT count(*) FROM visit", "0");
	shop_close(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/run/three-questions", test_three_questions);
	g_test_add_func("/run/russian", test_russian);
	g_test_add_func("/run/decline", test_decline);
	g_test_add_func("/run/skip-and-back", test_skip_and_back);
	g_test_add_func("/run/time-runs-out", test_time_runs_out);
	g_test_add_func("/run/complaint", test_complaint);
	g_test_add_func("/run/pause", test_pause);
	g_test_add_func("/run/cooldown-over-restart", test_cooldown_over_restart);
	g_test_add_func("/run/key-repeat", test_key_repeat);
	g_test_add_func("/run/held-one", test_held_one);
	g_test_add_func("/run/thanks-hammering", test_thanks_hammering);
	g_test_add_func("/run/no-escape", test_no_escape);
	return g_test_run();
}
