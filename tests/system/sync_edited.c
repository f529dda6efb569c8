/* sync_edited: config.ini is edited beside a running terminal: its helpers see what it began with */
#include <glib.h>
#include <string.h>

#include "tests/lib/postgres.h"
#include "tests/lib/shop.h"

static struct postgres server;

#define NEW_FIRST "Is all well today?"
#define TAKEN_MS  30000
#define F10       "\x1b[21~"

static void open_shop(struct shop *s, const char *database, const char *by)
{
	g_autofree char *create = g_strdup_printf("CREATE DATABASE %s", database);
	g_autofree char *conninfo = postgres_conninfo(&server, database, "postgres", 0);
	g_autofree char *groups = g_strdup_printf("[sync]\nby=%s\nserver=%s\n", by,
						  conninfo);
	const struct shop_how how = {.groups = groups};

	g_free(postgres_sql(&server, create));
	shop_open(s, &how);
	g_assert_cmpint(shop_command(s, "central migrate", NULL, NULL), ==, 0);
}

static char *ask(const char *database, const char *sql)
{
	g_autofree char *conninfo = postgres_conninfo(&server, database, "postgres", 0);
	g_autofree char *errors = NULL;
	char *result = postgres_try(conninfo, sql, &errors);

	if (result == NULL)
		g_error("%s: %s", sql, errors);
	return result;
}

static void expect(const char *database, const char *sql, const char *expected)
{
	g_autofree char *result = ask(database, sql);

	g_assert_cmpstr(result, ==, expected);
}

static void edit(const struct shop *s, const char *from, const char *to)
{
	g_autofree char *text = NULL;
	g_autoptr(GString) edited = NULL;

	g_assert_true(g_file_get_contents(s->config, &text, NULL, NULL));
	edited = g_string_new(text);
	g_assert_cmpuint(g_string_replace(edited, from, to, 1), ==, 1);
	g_assert_true(g_file_set_contents(s->config, edited->str, -1, NULL));
}

/* A low answer starts the sender, which has `check` look at a publication. */
static void send_at_once(struct shop *s, struct term *t)
{
	term_send(t, "1");
	term_expect(t, SHOP_SECOND, 5000);
	term_send(t, "2");
	term_expect(t, SHOP_THIRD, 5000);
	term_send(t, "1");
	term_expect(t, SHOP_SAVED, 10000);
	shop_await(s,
		   "SELECT (SELECT count(*) FROM visit WHERE seq = 1)"
		   " || ' ' || (SELECT count(*) FROM outbox)",
		   "1 0", 30000);
	term_expect(t, NEW_FIRST, TAKEN_MS);
}

static void make_files(const struct shop *s, struct term *t)
{
	g_autofree char *files = NULL;
	const char *argv[] = {"ls", "-R", s->folder, NULL};

	term_send(t, F10);
	term_expect(t, "No PIN is set", 5000);
	term_send(t, "6");
	term_run(t, 500);
	term_send(t, "\r");
	term_expect(t, "The files are ready", 30000);
	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &files,
		     NULL, NULL, NULL);
	g_assert_nonnull(strstr(files, "survey-017-3-"));
	g_assert_null(strstr(files, "survey-018-"));
	g_assert_null(strstr(files, "elsewhere"));
}

/* Another store, another database, another folder, and a line that is none. */
static void test_helpers_of_run(void)
{
	struct shop s;

	open_shop(&s, "edited", "run");
	g_free(ask(
		"edited",
		"INSERT INTO tillask.published (scope, whose, body) VALUES ('store', '017',"
		" E'[question overall]\\nkind=yesno\\nwhen=always\\ntext[en]=" NEW_FIRST
		"\\ntext[ru]=Всё хорошо?\\n'), ('store', '018', E'[survey]\\nquestions=2\\n')"));
	struct term *t = shop_run(&s);
	edit(&s, "store=017", "store=018");
	edit(&s, "database=data/t.db", "database=data/elsewhere.db");
	edit(&s, "folder=export", "folder=elsewhere");
	edit(&s, "[survey]\n", "[survey]\nthis is no line\n");
	send_at_once(&s, t);
	expect("edited", "SELECT store, till, outcome FROM tillask.visit",
	       "017|3|completed");
	expect("edited", "SELECT DISTINCT store FROM tillask.heartbeat", "017");
	make_files(&s, t);
	shop_stop(t);
	shop_close(&s);
}

/* A sender that somebody else starts refuses to mix two stores, until both know one. */
static void test_by_hand(void)
{
	g_autofree char *errors = NULL;
	struct shop s;

	open_shop(&s, "by_hand", "service");
	struct term *t = shop_run(&s);
	shop_answer_all(t);
	shop_await(&s, "SELECT count(*) FROM outbox", "1", 10000);
	edit(&s, "store=017", "store=018");
	g_assert_cmpint(shop_command(&s, "sync", NULL, &errors), ==, 1);
	if (strstr(errors, "says store 018, till 3, and the terminal began as store 017, "
			   "till 3; nothing is sent until") == NULL)
		g_error("sync: %s", errors);
	shop_expect(&s, "SELECT count(*) FROM outbox", "1");
	expect("by_hand", "SELECT count(*) FROM tillask.visit", "0");
	shop_stop(t);
	t = shop_run(&s);
	shop_stop(t);
	g_assert_cmpint(shop_command(&s, "sync", NULL, NULL), ==, 0);
	expect("by_hand", "SELECT store FROM tillask.visit ORDER BY seq LIMIT 1", "017");
	shop_close(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	postgres_init(&server, NULL);
	g_test_add_func("/sync-edited/helpers-of-run", test_helpers_of_run);
	g_test_add_func("/sync-edited/by-hand", test_by_hand);
	int failed = g_test_run();
	postgres_clear(&server);
	return failed;
}
