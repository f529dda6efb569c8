/* run_published: a publication changes what may be published, and nothing else of a running till
 *
 * Without a server: what `sync` would leave in the database is written there. */
#include <glib.h>
#include <string.h>

#include "tests/lib/shop.h"

#define NEW_FIRST "Is all well today?"
#define F10       "\x1b[21~"
#define TAKEN_MS  15000 /* looked for every two seconds */

#define FIRST                                                       \
	"[question overall]\nkind=yesno\nwhen=always\npoint=door\n" \
	"text[en]=" NEW_FIRST "\ntext[ru]=Всё хорошо?\n"

static void publish(const struct shop *s, const char *body)
{
	g_autofree char *sql =
		g_strdup_printf("DELETE FROM published;"
				"INSERT INTO published VALUES (1, 'all', '', 1, '%s');"
				"UPDATE from_central SET taken = taken + 1;",
				body);

	shop_run_sql(s, sql);
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

static void expect_said(const struct shop *s, const char *arguments, const char *expected)
{
	g_autofree char *out = NULL, *errors = NULL;

	shop_command(s, arguments, &out, &errors);
	if (strstr(out, expected) == NULL)
		g_error("%s does not say \"%s\": %s%s", arguments, expected, out, errors);
}

static void expect_unsaid(const struct shop *s, const char *arguments, const char * not )
{
	g_autofree char *out = NULL, *errors = NULL;

	shop_command(s, arguments, &out, &errors);
	if (strstr(out, not ) != NULL)
		g_error("%s says \"%s\": %s%s", arguments, not, out, errors);
}

/* The till stays who it is, keeps what it kept and has its readers until it begins again. */
static void test_edited(void)
{
	static const struct shop_how how = {
		.groups = "[reader second]\ndevice=demo\nprotocol=magstripe\n"};
	struct shop s;
	struct term *t;

	shop_open(&s, &how);
	t = shop_run(&s);
	expect_unsaid(&s, "check", "was changed since");
	edit(&s, "store=017", "store=018");
	edit(&s, "[reader second]\ndevice=demo\nprotocol=magstripe\n", "");
	edit(&s, "[survey]\n", "[loyalty]\nkeep=none\n[survey]\nsample_percent=0\n");
	expect_said(&s, "check", "config.ini was changed since the terminal read it");
	publish(&s, FIRST);
	term_expect(t, NEW_FIRST, TAKEN_MS);
	shop_swipe(&s, "9643000000000017");
	term_run(t, 500);
	term_send(t, "1");
	term_expect(t, SHOP_SECOND, 5000);
	term_send(t, "2");
	term_expect(t, SHOP_THIRD, 5000);
	term_send(t, "3");
	term_expect(t, SHOP_SAVED, 5000);
	shop_await(&s, "SELECT store, card FROM visit JOIN till ON till.n = visit.till",
		   "017|9643000000000017", 5000);
	term_expect(t, NEW_FIRST, 10000);
	shop_stop(t);
	shop_close(&s);
}

/* The language that the manager reads has a number now that there was not at the beginning. */
static void test_languages(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	publish(&s, "[terminal]\nlanguages=de;ru;en\n"
		    "[question goods]\nwhen=never\n[question prices]\nwhen=never\n"
		    "[survey]\nquestions=1\n" FIRST "text[de]=Ist alles gut?\n");
	term_expect(t, NEW_FIRST, TAKEN_MS);
	term_send(t, "1");
	term_expect(t, SHOP_SAVED, 5000);
	term_expect(t, NEW_FIRST, 10000);
	shop_await(&s, "SELECT count(*) FROM visit WHERE seq IS NOT NULL", "1", 5000);
	term_send(t, F10);
	term_expect(t, "No PIN is set", 5000);
	term_send(t, "1");
	term_run(t, 500);
	for (int item = 0; item < 12 && !term_shows(t, NEW_FIRST); item++) {
		term_send(t, "2");
		term_run(t, 400);
	}
	g_assert_true(term_shows(t, NEW_FIRST));
	shop_stop(t);
	shop_close(&s);
}

/* The manager's first page and the one of the database tell it, or do not any more. */
static void expect_told(struct term *t, bool refused)
{
	const char *said = "Publication not used: tillask check";

	term_send(t, F10);
	term_expect(t, "No PIN is set", 5000);
	if (refused)
		term_expect(t, said, TAKEN_MS);
	else
		term_expect_gone(t, said, TAKEN_MS);
	term_send(t, "5");
	term_expect(t, "Generation", 5000);
	g_assert_cmpint(term_shows(t, said), ==, refused);
	term_send(t, F10);
	term_expect(t, SHOP_FIRST, 5000);
}

/* What `sync` refused is told to the manager of a running terminal, until it is mended. */
static void test_refused(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	expect_told(t, false);
	shop_run_sql(&s, "UPDATE from_central SET refused = 'no such kind'");
	expect_told(t, true);
	shop_run_sql(&s, "UPDATE from_central SET refused = NULL");
	expect_told(t, false);
	shop_stop(t);
	shop_close(&s);
}

/* What does not go with config.ini is not used, and `check` and the manager's pages say so. */
static void test_does_not_go(void)
{
	struct shop s;

	shop_open(&s, NULL);
	shop_stop(shop_run(&s));
	publish(&s, FIRST);
	expect_said(&s, "check",
		    "ok    published: [question overall]: published for all");
	edit(&s, "languages=en;ru", "languages=en;ru;de");
	edit(&s, "text[en]=How", "text[de]=Wie?\nlow[de]=a\nhigh[de]=b\ntext[en]=How");
	edit(&s, "text[en]=Did you", "text[de]=Alles?\ntext[en]=Did you");
	edit(&s, "text[en]=Did the",
	     "text[de]=Preise?\nchoices[de]=a;b;c\ntext[en]=Did the");
	expect_said(&s, "check", "config.ini alone is: mend it, or publish again");
	expect_said(&s, "check", "FAIL  published: published for all, version 1:");
	struct term *t = shop_run(&s);
	expect_told(t, true);
	shop_stop(t);
	shop_close(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/run-published/edited", test_edited);
	g_test_add_func("/run-published/languages", test_languages);
	g_test_add_func("/run-published/does-not-go", test_does_not_go);
	g_test_add_func("/run-published/refused", test_refused);
	return g_test_run();
}
