/* down_cards: a card that was asked at one till rests at every other one */
#include <glib.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/lib/postgres.h"
#include "tests/lib/shop.h"

static struct postgres server;

#define RESTS  "Asked not long ago"
#define CARD_A "9643000000000017"
#define CARD_B "9643000000000025"
#define MANY   "100000"

static void open_till(struct shop *s, const char *number, const char *keep)
{
	g_autofree char *conninfo = postgres_conninfo(&server, "cards", "postgres", 0);
	g_autofree char *groups = g_strdup_printf(
		"[loyalty]\nkeep=%s\n[sync]\nserver=%s\n", keep, conninfo);
	g_autofree char *place = g_strconcat("store=017\n", number, NULL);
	const struct shop_how how = {.place = place, .groups = groups};

	shop_open(s, &how);
}

/* Another server has another key: what it knew before this till first asked comes down too. */
static void test_another_key(const struct shop *s)
{
	g_autofree char *conninfo = postgres_conninfo(&server, "cards", "postgres", 0);
	g_autofree char *errors = NULL;

	g_free(postgres_try(
		conninfo,
		"UPDATE tillask.chain SET card_key = sha256('another');"
		"INSERT INTO tillask.recent_card VALUES (decode(md5('before'), 'hex'),"
		" current_date, NULL, now() - interval '1 day')",
		&errors));
	g_assert_cmpstr(errors, ==, "");
	shop_sync(s);
	shop_expect(s, "SELECT count(*) FROM recent_card", "3");
	g_free(postgres_try(conninfo,
			    "DELETE FROM tillask.recent_card WHERE"
			    " pseudonym = decode(md5('before'), 'hex')",
			    NULL));
}

static void test_two_tills(void)
{
	struct shop a, b;

	g_free(postgres_sql(&server, "CREATE DATABASE cards"));
	open_till(&a, "till=3", "number");
	open_till(&b, "till=4", "token");
	g_assert_cmpint(shop_command(&a, "central migrate", NULL, NULL), ==, 0);
	struct term *ta = shop_run(&a);
	shop_stop(shop_run(&b));
	shop_sync(&b); /* the chain's key, by which b's tokens are made from now on */
	struct term *tb = shop_run(&b);

	shop_answer_with(&a, ta, CARD_A);
	shop_answer_with(&b, tb, CARD_B);
	shop_expect(&a, "SELECT count(*) FROM card_news", "1");
	shop_sync(&a);
	shop_expect(&a, "SELECT count(*) FROM card_news", "0");
	shop_sync(&b);
	shop_sync(&a);
	shop_expect(&a, "SELECT count(*) FROM recent_card", "2");
	shop_expect(&b, "SELECT count(*) FROM recent_card", "2");
	/* what b keeps of its card is the pseudonym, and nobody's number came down */
	shop_expect(&b,
		    "SELECT count(*) FROM recent_card JOIN card"
		    " ON card.card = lower(hex(pseudonym))",
		    "1");

	/* offline from here on */
	postgres_stop(&server);
	shop_swipe(&b, CARD_A);
	term_expect(tb, RESTS, 5000);
	shop_swipe(&a, CARD_B);
	term_expect(ta, RESTS, 5000);
	postgres_start(&server);
	shop_stop(ta);
	shop_stop(tb);
	test_another_key(&a);
	shop_close(&a);
	shop_close(&b);
}

/* Runs `sync` to its end; how many answers were durable while the cards came down, each between
 * two looks that found more and more of them, but not all. */
static int answer_beside_sync(struct shop *s, struct term *t)
{
	const char *argv[] = {g_getenv("TILLASK_BIN"), "--config", s->config, "sync",
			      NULL};
	g_autofree char *before = g_strdup("0");
	int answers = 0, status;
	gint64 began = g_get_monotonic_time();
	GPid pid;

	g_assert_true(
		g_spawn_async(NULL, (char **)argv, NULL,
			      G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL,
			      NULL, NULL, &pid, NULL));
	for (int i = 0; waitpid(pid, &status, WNOHANG) == 0; i++) {
		g_autofree char *value = g_strdup_printf("%d", 3 + i % 2);
		term_send(t, value);
		term_expect(t, SHOP_SECOND, 5000);
		shop_await(s,
			   "SELECT value FROM answer ORDER BY visit DESC, place LIMIT 1",
			   value, 10000);
		char *now = shop_sql(s, "SELECT count(*) FROM recent_card");
		answers += strcmp(now, before) != 0 && strcmp(now, "100002") != 0;
		g_free(before);
		before = now;
		term_send(t, "\x7f"); /* back, for another one */
		term_expect(t, SHOP_FIRST, 5000);
	}
	g_assert_cmpint(status, ==, 0);
	g_test_message(MANY " cards in %.1f s, %d answers meanwhile",
		       (double)(g_get_monotonic_time() - began) / 1e6, answers);
	return answers;
}

/* A big chain; the terminal goes on saving meanwhile. */
static void test_many(void)
{
	g_autofree char *conninfo = postgres_conninfo(&server, "cards", "postgres", 0);
	g_autofree char *errors = NULL;
	struct shop s;

	g_free(postgres_try(
		conninfo,
		"INSERT INTO tillask.recent_card (pseudonym, answered, declined)"
		" SELECT decode(md5(i::text), 'hex'), current_date - i % 20,"
		" NULL FROM generate_series(1, " MANY ") i;"
		"INSERT INTO tillask.recent_card (pseudonym, answered)"
		" SELECT decode(md5('old' || i), 'hex'), current_date - 400"
		" FROM generate_series(1, 1000) i",
		&errors));
	g_assert_cmpstr(errors, ==, "");
	open_till(&s, "till=5", "number");
	struct term *t = shop_run(&s);
	g_assert_cmpint(answer_beside_sync(&s, t), >=, 1);
	shop_expect(&s, "SELECT count(*) FROM recent_card", "100002");
	shop_answer_all(t);
	shop_stop(t);
	/* only what changed comes again; what is too old goes */
	g_free(postgres_try(conninfo,
			    "UPDATE tillask.recent_card SET changed_at = now() - interval"
			    " '1 hour'; UPDATE tillask.recent_card SET declined ="
			    " current_date, changed_at = now() WHERE pseudonym ="
			    " decode(md5('7'), 'hex')",
			    NULL));
	shop_sync(&s);
	shop_expect(&s, "SELECT count(*) FROM recent_card WHERE declined_day IS NOT NULL",
		    "1");
	shop_close(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	postgres_init(&server, NULL);
	g_test_add_func("/down-cards/two-tills", test_two_tills);
	g_test_add_func("/down-cards/many", test_many);
	int failed = g_test_run();
	postgres_clear(&server);
	return failed;
}
