/* sync_service: [sync] by=service: the terminal starts no sender, and asks for one at once */
#include <glib.h>
#include <string.h>

#include "tests/lib/postgres.h"
#include "tests/lib/shop.h"

static struct postgres server;

#define RESTS     "Asked not long ago"
#define CARD      "9643000000000017"
#define NEW_FIRST "Is all well today?"
#define TAKEN_MS  15000 /* looked for every two seconds */
#define LOW       "SELECT count(*) FROM tillask.answer WHERE low"

static void open_till(struct shop *s, const char *number)
{
	g_autofree char *conninfo = postgres_conninfo(&server, "service", "postgres", 0);
	g_autofree char *groups = g_strdup_printf("[sync]\nby=service\nserver=%s\n",
						  conninfo);
	g_autofree char *place = g_strconcat("store=017\n", number, NULL);
	const struct shop_how how = {.place = place, .groups = groups};

	shop_open(s, &how);
}

static void expect(const char *sql, const char *expected)
{
	g_autofree char *conninfo = postgres_conninfo(&server, "service", "postgres", 0);
	g_autofree char *errors = NULL;
	g_autofree char *result = postgres_try(conninfo, sql, &errors);

	if (result == NULL)
		g_error("%s: %s", sql, errors);
	g_assert_cmpstr(result, ==, expected);
}

/* What the timer runs. */
static void serve(const struct shop *s)
{
	g_autofree char *out = NULL, *errors = NULL;

	if (shop_command(s, "sync --timer", &out, &errors) != 0)
		g_error("sync --timer: %s%s", out, errors);
}

static bool is_asked_for(const struct shop *s)
{
	g_autofree char *mark = g_strconcat(s->database, ".urgent", NULL);

	return g_file_test(mark, G_FILE_TEST_EXISTS);
}

static void await_mark(const struct shop *s)
{
	for (int ms = 0; ms < 10000 && !is_asked_for(s); ms += 20)
		g_usleep(20000);
	g_assert_true(is_asked_for(s));
}

/* Answers FIRST (keys) and two good ones. */
static void answer(struct shop *s, struct term *t, const char *const *first,
		   const char *closed)
{
	term_expect(t, SHOP_FIRST, 10000);
	for (int i = 0; first[i] != NULL; i++) {
		term_send(t, first[i]);
		term_run(t,
			 600); /* the same key sooner would be the keyboard repeating */
	}
	term_expect(t, SHOP_SECOND, 5000);
	term_send(t, "1");
	term_expect(t, SHOP_THIRD, 5000);
	term_send(t, "2");
	term_expect(t, SHOP_SAVED, 10000);
	shop_await(s, "SELECT count(*) FROM visit WHERE seq IS NOT NULL", closed, 10000);
	term_expect(t, SHOP_FIRST, 10000);
}

/* A low answer that was taken back is none: nobody is woken, the second one is what is kept. */
static void taken_back(struct shop *s, struct term *t)
{
	static const char *const back[] = {"1", "\x7f", "5", NULL};

	answer(s, t, back, "1");
	term_run(t, 1500);
	g_assert_false(is_asked_for(s));
	shop_expect(s,
		    "SELECT value FROM answer JOIN wording ON wording.n = wording"
		    " WHERE kind = 'smiley'",
		    "5");
}

static void low(struct shop *s, struct term *t)
{
	static const char *const bad[] = {"1", NULL};

	answer(s, t, bad, "2");
	await_mark(s);
	/* asked for, and not sent by the terminal */
	term_run(t, 1500);
	shop_expect(s, "SELECT count(*) FROM outbox", "2");
	expect("SELECT count(*) FROM tillask.visit", "0");
	serve(s);
	g_assert_false(is_asked_for(s));
	shop_expect(s, "SELECT count(*) FROM outbox", "0");
	expect("SELECT count(*) FROM tillask.visit", "2");
	expect(LOW, "1");
	expect("SELECT question, value FROM tillask.alerts_open", "overall|1");
}

/* What a sender fetched that the terminal did not start is used all the same. */
static void down(struct shop *s, struct term *t, struct shop *other)
{
	g_autofree char *conninfo = postgres_conninfo(&server, "service", "postgres", 0);
	struct term *to = shop_run(other);

	shop_answer_with(other, to, CARD);
	shop_stop(to);
	serve(other);
	g_free(postgres_try(
		conninfo,
		"INSERT INTO tillask.published (scope, whose, body) VALUES ('store', '017',"
		" E'[question overall]\\nkind=yesno\\nwhen=always\\ntext[en]=" NEW_FIRST
		"\\ntext[ru]=Всё хорошо?\\n')",
		NULL));
	serve(s);
	term_expect(t, NEW_FIRST, TAKEN_MS);
	shop_swipe(s, CARD);
	term_expect(t, RESTS, 5000);
}

static void test_by_service(void)
{
	struct shop s, other;

	g_free(postgres_sql(&server, "CREATE DATABASE service"));
	open_till(&s, "till=3");
	open_till(&other, "till=4");
	g_assert_cmpint(shop_command(&s, "central migrate", NULL, NULL), ==, 0);
	struct term *t = shop_run(&s);
	taken_back(&s, t);
	low(&s, t);
	down(&s, t, &other);
	shop_stop(t);
	shop_close(&s);
	shop_close(&other);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	postgres_init(&server, NULL);
	g_test_add_func("/sync-service/by-service", test_by_service);
	int failed = g_test_run();
	postgres_clear(&server);
	return failed;
}
