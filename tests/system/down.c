/* down: what head office publishes is fetched, checked, and used between two customers */
#include <glib.h>
#include <string.h>

#include "tests/lib/postgres.h"
#include "tests/lib/shop.h"

static struct postgres server;

#define NEW_FIRST "Is all well today?"
#define TAKEN_MS  15000 /* looked for every two seconds */

static const char new_first[] =
	"[question overall]\nkind=yesno\nwhen=always\n"
	"text[en]=" NEW_FIRST "\ntext[ru]=Всё хорошо?\n"
	"[messages]\nthanks[en]=Thanks a lot! Your answers are saved\n";

static void open_shop(struct shop *s, const char *database, const char *role)
{
	g_autofree char *create = g_strdup_printf("CREATE DATABASE %s", database);
	g_autofree char *conninfo = postgres_conninfo(&server, database, role, 0);
	g_autofree char *groups = g_strdup_printf("[sync]\nserver=%s\n", conninfo);
	const struct shop_how how = {.groups = groups};

	if (strcmp(role, "postgres") == 0)
		g_free(postgres_sql(&server, create));
	shop_open(s, &how);
}

static void command(const struct shop *s, int code, const char *arguments,
		    const char *expected)
{
	g_autofree char *out = NULL, *errors = NULL;
	int got = shop_command(s, arguments, &out, &errors);

	if (got != code ||
	    (strstr(out, expected) == NULL && strstr(errors, expected) == NULL))
		g_error("%s: exit %d instead of %d, or not \"%s\": %s%s", arguments, got,
			code, expected, out, errors);
}

/* `tillask check` says it in a line that begins so. */
static void expect_check(const struct shop *s, const char *said)
{
	g_autofree char *out = NULL, *errors = NULL;

	shop_command(s, "check", &out, &errors);
	if (strstr(out, said) == NULL)
		g_error("check does not say \"%s\":\n%s%s", said, out, errors);
}

static void publish(const struct shop *s, const char *scope, const char *text, int code,
		    const char *expected)
{
	g_autofree char *file = g_build_filename(s->folder, "published.ini", NULL);
	g_autofree char *arguments = g_strdup_printf("central publish --scope %s %s",
						     scope, file);

	g_assert_true(g_file_set_contents(file, text, -1, NULL));
	command(s, code, arguments, expected);
}

static void test_between_two_customers(void)
{
	struct shop s;

	open_shop(&s, "between", "postgres");
	command(&s, 0, "central migrate", "installed, version");
	struct term *t = shop_run(&s);
	command(&s, 0, "sync", "sent:");
	expect_check(&s, "ok    published: nothing");

	term_send(t, "5"); /* a customer is in the middle */
	term_expect(t, SHOP_SECOND, 2000);
	publish(&s, "store:017", new_first, 0, "published for store:017, version 1");
	command(&s, 0, "sync", "with the next customer");
	term_run(t, 3500);
	g_assert_true(term_shows(t, SHOP_SECOND));
	term_send(t, "1");
	term_expect(t, SHOP_THIRD, 2000);
	term_send(t, "2");
	term_expect(t, SHOP_SAVED, 5000);
	g_assert_false(term_shows(t, "Thanks a lot!"));
	term_expect(t, NEW_FIRST, TAKEN_MS);
	term_send(t, "1");
	term_expect(t, SHOP_SECOND, 2000);
	term_send(t, "2");
	term_expect(t, SHOP_THIRD, 2000);
	term_send(t, "3");
	term_expect(t, "Thanks a lot! Your answers are saved", 5000);
	term_expect(t, NEW_FIRST, 5000);
	expect_check(
		&s,
		"published: [question overall]: published for store 017, version 1:1");
	expect_check(&s, "published: [question goods]: ");
	shop_expect(&s,
		    "SELECT kind, value FROM answer JOIN wording ON wording.n = wording"
		    " WHERE place = 1 ORDER BY at",
		    "smiley|5\nyesno|1");

	/* what is wrong is refused with words, and the one before stays, also after a start */
	publish(&s, "till:017/3", "[survey]\nquestions=nine\n", 0, "version 2");
	command(&s, 1, "sync",
		"published for till 017/3, version 2:2: [survey] questions: 'nine' is no");
	command(&s, 1, "sync", "not used");
	expect_check(&s, "FAIL  published: head office published something else");
	publish(&s, "till:017/3",
		"[question overall]\nkind=yesno\nwhen=always\ntext[ru]=Да?\n"
		"text[en]=Would you be so very kind as to tell us here and now whether all was"
		" as well as you had hoped and expected it to be, in every way, on the whole?\n",
		0, "version 3");
	command(&s, 1, "sync", "shorten it");
	term_run(t, 2500);
	g_assert_true(term_shows(t, NEW_FIRST));
	shop_stop(t);
	t = shop_start(&s);
	term_expect(t, NEW_FIRST, 5000);

	/* withdrawn, one after another */
	publish(&s, "till:017/3", "", 0, "version 4");
	command(&s, 0, "sync", "sent:");
	publish(&s, "store:017", "", 0, "version 5");
	command(&s, 0, "sync", "with the next customer");
	term_expect(t, SHOP_FIRST, TAKEN_MS);
	expect_check(&s, "published: [question overall]: ");
	shop_stop(t);
	shop_close(&s);
}

static void test_what_may_not_be_published(void)
{
	struct shop s;

	open_shop(&s, "may_not", "postgres");
	command(&s, 0, "central migrate", "installed");
	shop_stop(shop_run(&s));
	publish(&s, "all", "[terminal]\ndatabase=/tmp/x\n", 1,
		"published.ini:2: [terminal] database: is the till's own");
	publish(&s, "everyone", "[survey]\nquestions=2\n", 1, "is for nobody");
	publish(&s, "store", "[survey]\nquestions=2\n", 1, "is for nobody");
	/* who writes into the table himself gets no further */
	g_autofree char *conninfo = postgres_conninfo(&server, "may_not", "postgres", 0);
	g_free(postgres_try(conninfo,
			    "INSERT INTO tillask.published (scope, body) VALUES ('all',"
			    " E'[sync]\\nserver=host=evil\\n')",
			    NULL));
	command(&s, 1, "sync", "[sync]: is the till's own affair");
	shop_close(&s);
}

/* A till's role sees what is for its store, and nothing else. */
static void test_rights(void)
{
	static const char sees[] =
		"SELECT string_agg(scope || ' ' || whose, ', ' ORDER BY"
		" version) FROM tillask.published";
	g_autofree char *admin = postgres_conninfo(&server, "between", "postgres", 0);
	g_autofree char *till = postgres_conninfo(&server, "between", "till_18", 0);
	g_autofree char *errors = NULL;

	g_free(postgres_try(
		admin,
		"CREATE ROLE till_18 LOGIN IN ROLE tillask_till;"
		"INSERT INTO tillask.enrolment (role, store, till) VALUES ('till_18', '018', '1');"
		"INSERT INTO tillask.region VALUES ('018', 'south'), ('017', 'north');"
		"DELETE FROM tillask.published;"
		"INSERT INTO tillask.published (scope, whose, body) VALUES ('all', '', ''),"
		" ('region', 'south', ''), ('region', 'north', ''), ('store', '018', ''),"
		" ('store', '017', ''), ('till', '018/1', ''), ('till', '018/2', ''),"
		" ('till', '0181/1', '')",
		&errors));
	g_assert_cmpstr(errors, ==, "");
	g_autofree char *seen = postgres_try(till, sees, NULL);
	g_assert_cmpstr(seen, ==, "all , region south, store 018, till 018/1");
	g_assert_null(postgres_try(
		till, "INSERT INTO tillask.published (scope, body) VALUES ('all', 'x')",
		NULL));
	g_assert_null(postgres_try(till, "SELECT * FROM tillask.till_key", NULL));
	g_assert_null(postgres_try(till, "DELETE FROM tillask.recent_card", NULL));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	postgres_init(&server, NULL);
	g_test_add_func("/down/between-two-customers", test_between_two_customers);
	g_test_add_func("/down/may-not", test_what_may_not_be_published);
	g_test_add_func("/down/rights", test_rights);
	int failed = g_test_run();
	postgres_clear(&server);
	return failed;
}
