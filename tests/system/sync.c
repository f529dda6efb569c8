/* sync: a till's visits on a real PostgreSQL, exactly once */
#include <glib.h>
#include <string.h>

#include "tests/lib/postgres.h"
#include "tests/lib/shop.h"

static struct postgres server;

/* A shop that sends to this server, as the superuser, in a new database. */
static void open_shop(struct shop *s, const char *database)
{
	g_autofree char *create = g_strdup_printf("CREATE DATABASE %s", database);
	g_autofree char *conninfo = postgres_conninfo(&server, database, "postgres", 0);
	g_autofree char *groups = g_strdup_printf("[sync]\nserver=%s\n", conninfo);
	const struct shop_how how = {.groups = groups};

	g_free(postgres_sql(&server, create));
	shop_open(s, &how);
}

static void command(const struct shop *s, int code, const char *arguments,
		    const char *expected)
{
	g_autofree char *out = NULL, *errors = NULL;
	int got = shop_command(s, arguments, &out, &errors);

	if (got != code || strstr(got == 0 ? out : errors, expected) == NULL)
		g_error("%s: exit %d: %s%s", arguments, got, out, errors);
}

static void expect(const char *database, const char *sql, const char *expected)
{
	g_autofree char *conninfo = postgres_conninfo(&server, database, "postgres", 0);
	g_autofree char *errors = NULL;
	g_autofree char *result = postgres_try(conninfo, sql, &errors);

	if (result == NULL)
		g_error("%s: %s", sql, errors);
	g_assert_cmpstr(result, ==, expected);
}

static void test_one_visit(void)
{
	struct shop s;

	open_shop(&s, "one");
	command(&s, 0, "central migrate", "installed, version");
	command(&s, 0, "central migrate", "already");
	struct term *t = shop_run(&s);
	shop_answer_all(t);
	term_expect(t, SHOP_FIRST, 10000);
	shop_swipe(&s, "9643123456781234");
	shop_await(&s, "SELECT count(*) FROM card_event", "1", 5000);
	shop_stop(t);
	shop_expect(&s, "SELECT count(*) FROM outbox", "2");

	command(&s, 0, "sync", "sent: visits 2, answers 3, card events 1,");
	shop_expect(&s, "SELECT count(*) FROM outbox", "0");
	expect("one",
	       "SELECT store, till, seq, outcome, trigger, language, clock, respondent"
	       " FROM tillask.visit ORDER BY seq",
	       "017|3|1|completed|key|en|ok|customer\n017|3|2|interrupted|card|en|ok|customer");
	expect("one",
	       "SELECT question, kind, value, label, low, place FROM tillask.answer"
	       " ORDER BY place",
	       "overall|smiley|5||f|1\ngoods|yesno|1|yes|f|2\nprices|choice|2|no|f|3");
	expect("one", "SELECT reader, result, card, card_key FROM tillask.card_event",
	       "msr|accepted|*1234|9643123456781234");
	expect("one", "SELECT last_seq, waiting, set_aside FROM tillask.heartbeat",
	       "2|0|0");
	expect("one", "SELECT reader, good_reads FROM tillask.device_count", "msr|1");
	command(&s, 0, "sync", "sent: visits 0,");
	shop_close(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	postgres_init(&server, NULL);
	g_test_add_func("/sync/one-visit", test_one_visit);
	int failed = g_test_run();
	postgres_clear(&server);
	return failed;
}
