/* sync: a till's visits on a real PostgreSQL, exactly once */
#include <glib.h>
#include <string.h>
#include <sys/wait.h>

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

/* A low answer is on the server without anybody's doing; nothing is held up by it. */
static void test_low_answer_at_once(void)
{
	struct shop s;

	open_shop(&s, "low");
	command(&s, 0, "central migrate", "installed, version");
	struct term *t = shop_run(&s);
	term_send(t, "1");
	term_expect(t, SHOP_SECOND, 2000);
	term_send(t, "2"); /* the same key at once would be the keyboard repeating */
	term_expect(t, SHOP_THIRD, 2000);
	term_send(t, "1");
	term_expect(t, SHOP_SAVED, 5000);
	shop_await(&s,
		   "SELECT count(*) || ' ' || (SELECT count(*) FROM outbox) FROM visit"
		   " WHERE seq = 1",
		   "1 0", 25000);
	expect("low", "SELECT question, value FROM tillask.alerts_open ORDER BY 1",
	       "goods|0\noverall|1");
	expect("low", "SELECT question, value FROM tillask.answer WHERE low ORDER BY 1",
	       "goods|0\noverall|1");
	shop_stop(t);
	command(&s, 0, "sync --status", "waiting: 0 records");
	shop_close(&s);
}

static void test_check(void)
{
	g_autofree char *out = NULL;
	struct shop s;

	open_shop(&s, "checked");
	struct term *t = shop_run(&s);
	shop_stop(t);
	shop_command(&s, "check", &out, NULL);
	g_assert_nonnull(strstr(out,
				"FAIL  server: the database has no schema tillask; run"
				" `tillask central migrate`"));
	g_clear_pointer(&out, g_free);
	command(&s, 0, "central migrate", "installed, version");
	shop_command(&s, "check", &out, NULL);
	g_assert_nonnull(strstr(out, "ok    server: reachable, schema "));
	g_assert_nonnull(strstr(out, "ok    backlog: 0 records wait"));
	shop_close(&s);
}

/* Two people at once, each from nothing. */
static void test_migrate_twice_at_once(void)
{
	g_autofree char *conninfo = postgres_conninfo(&server, "twice", "postgres", 0);
	g_autofree char *option = g_strconcat("--server=", conninfo, NULL);
	const char *argv[] = {g_getenv("TILLASK_BIN"), "central", "migrate", option,
			      NULL};
	GPid pid[3];

	g_free(postgres_sql(&server, "CREATE DATABASE twice"));
	for (int i = 0; i < 3; i++)
		g_assert_true(g_spawn_async(NULL, (char **)argv, NULL,
					    G_SPAWN_DO_NOT_REAP_CHILD |
						    G_SPAWN_STDOUT_TO_DEV_NULL,
					    NULL, NULL, &pid[i], NULL));
	for (int i = 0; i < 3; i++) {
		int status;
		g_assert_cmpint(waitpid(pid[i], &status, 0), ==, pid[i]);
		g_assert_cmpint(status, ==, 0);
	}
	expect("twice", "SELECT count(*) > 1 FROM tillask.version", "t");
}

static const char answers[] =
	"INSERT INTO tillask.answer SELECT '017', '3', '%s', i, gen_random_uuid(), 'customer',"
	" false, '2026-06-10', now(), 0, 'nps', NULL, NULL, gen_random_uuid(), 'nps10',"
	" CASE WHEN i <= 50 THEN 9 WHEN i <= 80 THEN 7 ELSE 6 END, NULL, i > 80, 900, 1, 1"
	" FROM generate_series(1, 100) i";
static const char visits[] =
	"INSERT INTO tillask.visit SELECT '017', '3', '%s', i, gen_random_uuid(), NULL,"
	" '2026-06-10', now(), 0, now(), 0, 'sale', 'ru', NULL, NULL, NULL, NULL, 'sale', NULL,"
	" NULL, NULL, CASE WHEN i <= 42 THEN 'completed' WHEN i <= 60 THEN 'ignored' ELSE"
	" 'not_asked' END, NULL, 8, 'ok', 'customer', i <= 60 FROM generate_series(1, 80) i"
	" WHERE i NOT IN (70, 71, 75)";

/* The figures of the README, "Figures", and what an integrity view is for. */
static void test_views(void)
{
	static const char generation[] = "11111111111111111111111111111111";
	g_autofree char *conninfo = postgres_conninfo(&server, "twice", "postgres", 0);
	g_autofree char *two = g_strdup_printf(answers, generation);
	g_autofree char *three = g_strdup_printf(visits, generation);

	g_free(postgres_try(conninfo, two, NULL));
	g_free(postgres_try(conninfo, three, NULL));
	expect("twice",
	       "SELECT store, day, question, n, promoters, critics, nps, low, high"
	       " FROM tillask.nps_by_day",
	       "017|2026-06-10|nps|100|50|20|30.0|14.1|44.2");
	expect("twice",
	       "SELECT sales, offered, offer_rate, n, answered, rate, low, high"
	       " FROM tillask.response_rate_by_day",
	       "77|60|77.9|60|42|70.0|57.5|80.1");
	expect("twice",
	       "SELECT problem, first_seq, last_seq, rows FROM tillask.integrity"
	       " ORDER BY first_seq",
	       "gap|70|71|2\ngap|75|75|1");
	g_free(postgres_try(
		conninfo,
		"INSERT INTO tillask.heartbeat VALUES ('017', '3',"
		" gen_random_uuid(), now() - interval '2 days', '0.1', 7, 5,"
		" now() - interval '3 days', 0, now() - interval '2 days'),"
		" ('017', '4', gen_random_uuid(), now(), '0.1', 7, 5, NULL, 2, now())",
		NULL));
	expect("twice",
	       "SELECT till, state, waiting, set_aside FROM tillask.till_health"
	       " ORDER BY 1",
	       "3|silent|5|0\n4|ok|5|2");
	expect("twice",
	       "SELECT problem, till FROM tillask.integrity WHERE problem <> 'gap'"
	       " ORDER BY 1",
	       "late|3\nset aside|4");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	postgres_init(&server, NULL);
	g_test_add_func("/sync/one-visit", test_one_visit);
	g_test_add_func("/sync/low-answer-at-once", test_low_answer_at_once);
	g_test_add_func("/sync/check", test_check);
	g_test_add_func("/sync/migrate-twice-at-once", test_migrate_twice_at_once);
	g_test_add_func("/sync/views", test_views);
	int failed = g_test_run();
	postgres_clear(&server);
	return failed;
}
