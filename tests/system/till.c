/* till: the till's socket and its command, at the real program */
#include <glib.h>
#include <string.h>

#include "tests/lib/shop.h"

static const struct shop_how with_till = {.groups = "[till]\n[loyalty]\n",
					  .survey = "questions=3\nanswer_seconds=30\n"
						    "thanks_seconds=1\ngrace_seconds=1\n"
						    "holdout_percent=0\n"};

static void expect_answer(const struct shop *s, const char *line, const char *answer)
{
	char said[512];

	g_assert_cmpstr(shop_till(s, line, said), ==, answer);
}

static void test_dialogue(void)
{
	struct shop s;
	struct term *t;
	char said[512];

	shop_open(&s, &with_till);
	t = shop_start(&s);
	term_expect(t, "Welcome!", 5000);
	g_assert_true(
		g_str_has_prefix(shop_till(&s, "STATUS", said), "OK visit=none reader="));
	g_assert_nonnull(strstr(said, " saved=yes"));
	shop_till(&s, "PAY receipt=17 total=1234.50 cashier=9 tender=card kind=sale",
		  said);
	g_assert_true(g_str_has_prefix(said, "OK visit="));
	g_assert_cmpuint(strlen(said), ==, strlen("OK visit=") + 36);
	shop_answer_all(t);
	expect_answer(&s, "PAID", "OK");
	expect_answer(&s, "NONSENSE",
		      "ERR unknown; say PAY, PAID, HOLD, RESUME, CANCEL, CARD or "
		      "STATUS");
	shop_await(&s,
		   "SELECT \"trigger\", receipt, total, tender, sale_kind, outcome FROM "
		   "visit WHERE seq = 1",
		   "sale|17|123450|card|sale|completed", 5000);
	shop_stop(t);
	shop_close(&s);
}

static void test_cards(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, &with_till);
	t = shop_start(&s);
	term_expect(t, "Welcome!", 5000);
	expect_answer(&s, "CARD 9643001000000017", "OK");
	term_expect(t, "*0017", 2000);
	expect_answer(&s, "CARD 4111 1111 1111 1111", "ERR refused payment-card");
	term_expect(t, "Bank card: not needed here", 2000);
	expect_answer(&s, "CARD 7777001234567890",
		      "ERR foreign: begins with no prefix= of config.ini");
	expect_answer(&s, "CARD 12", "ERR a card number is 4 to 40 letters and digits");
	shop_stop(t);
	shop_expect(&s, "SELECT result, card FROM card_event ORDER BY n",
		    "accepted|9643001000000017\nrefused payment-card|\nforeign|");
	shop_close(&s);
}

static void test_command(void)
{
	struct shop s;
	struct term *t;
	g_autofree char *out = NULL, *errors = NULL, *wrong = NULL, *late = NULL;

	shop_open(&s, &with_till);
	t = shop_start(&s);
	term_expect(t, "Welcome!", 5000);
	g_assert_cmpint(
		shop_command(&s, "till pay --receipt 17 --total 5,50", &out, NULL), ==,
		0);
	g_assert_true(g_str_has_prefix(out, "OK visit="));
	g_assert_cmpint(shop_command(&s, "till paid", NULL, NULL), ==, 0);
	g_assert_cmpint(shop_command(&s, "till card 4111111111111111", NULL, &errors), ==,
			1);
	g_assert_nonnull(strstr(errors, "refused payment-card"));
	g_assert_null(strstr(errors, "4111"));
	g_assert_cmpint(shop_command(&s, "till pay --total=-5", NULL, &wrong), ==, 2);
	g_assert_nonnull(strstr(wrong, "total="));
	shop_stop(t);
	g_assert_cmpint(shop_command(&s, "till status", NULL, &late), ==, 1);
	g_assert_nonnull(strstr(late, "tillask run"));
	shop_close(&s);
}

/* However slow the disk is, the till hears at once. */
static void test_slow_disk(void)
{
	struct shop_how how = with_till;
	struct shop s;
	struct term *t;
	char said[512];

	how.preload = "slow_disk";
	shop_open(&s, &how);
	t = shop_start(&s);
	term_expect(t, "Welcome!", 5000);
	shop_disk(&s, "1500");
	for (int i = 0; i < 5; i++) {
		gint64 begun = g_get_monotonic_time();

		g_assert_true(g_str_has_prefix(
			shop_till(&s, i % 2 == 0 ? "PAY" : "PAID", said), "OK"));
		g_assert_cmpint(g_get_monotonic_time() - begun, <, 50000);
	}
	shop_disk(&s, "");
	shop_stop(t);
	shop_close(&s);
}

/* Yesterday's customers waited 9 s longer for the survey: after a start nobody has to measure that
 * again, fewer are asked from the second sale on. */
static void test_budget_after_restart(void)
{
	static const char times[] =
		"WITH t (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM t WHERE i < 80) "
		"INSERT INTO queue_time (id, day, at, at_offset, held_out, milliseconds) "
		"SELECT randomblob(16), 20000, i, 0, i % 2, iif(i % 2, 4000, 13000) FROM t";
	const char *argv[] = {"sqlite3", NULL, times, NULL};
	struct shop s;
	struct term *t;
	char said[512];
	int status;

	shop_open(&s, &with_till);
	argv[1] = s.database;
	t = shop_start(&s); /* the database is its own */
	term_expect(t, "Welcome!", 5000);
	shop_stop(t);
	g_assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL,
				   NULL, NULL, NULL, &status, NULL));
	g_assert_cmpint(status, ==, 0);
	t = shop_start(&s);
	term_expect(t, "Welcome!", 5000);
	for (int i = 0; i < 40; i++) {
		g_autofree char *pay = g_strdup_printf("PAY receipt=%d", i);

		shop_till(&s, pay, said);
		expect_answer(&s, "PAID", "OK");
	}
	shop_stop(t);
	shop_expect(&s,
		    "SELECT count(*) > 5, min(reason) FROM visit WHERE outcome = "
		    "'not_asked'",
		    "1|budget");
	shop_close(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/till/dialogue", test_dialogue);
	g_test_add_func("/till/cards", test_cards);
	g_test_add_func("/till/command", test_command);
	g_test_add_func("/till/slow-disk", test_slow_disk);
	g_test_add_func("/till/budget-after-restart", test_budget_after_restart);
	return g_test_run();
}
