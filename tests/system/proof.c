/* proof: what the manager's page shows of a day is what README.md's SQL says of what arrived */
#include <glib.h>
#include <string.h>

#include "tests/lib/chain.h"
#include "tests/lib/shop.h"

static struct postgres server[CHAIN_SERVERS];

#define F10          "\x1b[21~"
#define HASH_LETTERS 64
#define HASH_GROUP   4

static const struct shop_how how = {
	.survey = "answer_seconds=30\nthanks_seconds=1\ngrace_seconds=1\nquestions=3\n",
	.rows = 43,
	.cols = 132,
};

/* ---- what head office computes ------------------------------------------------------------ */

/* The first statement, indented by four, after the words about the proof. */
static char *statement_of_readme(void)
{
	g_autofree char *text = NULL;
	GString *sql = g_string_new(NULL);

	g_assert_true(g_file_get_contents("README.md", &text, NULL, NULL));
	const char *at = strstr(text, "A day's proof stands on the manager's pages");
	g_assert_nonnull(at);
	at = strstr(at, "\n\n    ");
	g_assert_nonnull(at);
	for (at += 2; g_str_has_prefix(at, "    "); at = strchr(at, '\n') + 1)
		g_string_append_len(sql, at, strchr(at, '\n') + 1 - at);
	return g_string_free(sql, FALSE);
}

static char *today(const struct shop *s)
{
	return shop_sql(s, "SELECT date(max(day) * 86400, 'unixepoch') FROM visit");
}

static void replace(GString *in, const char *from, const char *to)
{
	g_assert_cmpuint(g_string_replace(in, from, to, 0), >=, 1);
}

/* "4|12|3|HASH", as ROLE reads it in SCHEMA on server I. */
static char *computed(const struct chain *c, int i, const char *schema, const char *role,
		      const char *day)
{
	g_autofree char *conninfo = postgres_conninfo(&server[i], c->database, role, 0);
	g_autofree char *text = statement_of_readme();
	g_autofree char *errors = NULL;
	g_autoptr(GString) sql = g_string_new(text);

	replace(sql, "'2026-11-25'", day);
	replace(sql, "tillask.", schema);
	g_assert_nonnull(strstr(sql->str, "'017', '3'"));
	char *row = postgres_try(conninfo, sql->str, &errors);
	if (row == NULL)
		g_error("%s: %s", sql->str, errors);
	return row;
}

/* ---- what the page shows ------------------------------------------------------------------ */

/* The counts after a letter. */
static gint64 count_after(const char *page, const char *letter)
{
	const char *at = strstr(page, letter);

	g_assert_nonnull(at);
	return g_ascii_strtoll(at + strlen(letter), NULL, 10);
}

static bool is_group(const char *word)
{
	return strlen(word) == HASH_GROUP &&
	       strspn(word, "0123456789ABCDEF") == HASH_GROUP;
}

/* "4|12|3|HASH": the line of counts, and the hash that is read in groups below it. */
static char *shown(struct term *t)
{
	g_autoptr(GString) hash = g_string_new(NULL);

	term_send(t, F10);
	term_expect(t, "The day in figures", 5000);
	term_send(t, "1");
	term_expect(t, "[7] QR", 10000);
	term_send(t, "7");
	term_expect(t, "TILLASK 017/3", 10000);
	term_settle(t, 300);
	g_autofree char *page = term_screen(t);
	const char *counts = strstr(page, "TILLASK 017/3 ");
	g_auto(GStrv) word = g_strsplit_set(counts, " \n", -1);
	for (int i = 0; word[i] != NULL; i++)
		if (is_group(word[i]))
			g_string_append(hash, word[i]);
	if (hash->len != HASH_LETTERS)
		g_error("no hash on the page:\n%s", page);
	while (!term_shows(t,
			   SHOP_FIRST)) { /* page by page; none of them at the customer */
		term_send(t, "\x1b");
		term_settle(t, 300);
	}
	return g_strdup_printf("%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT
			       "|%" G_GINT64_FORMAT "|%s",
			       count_after(counts, " V"), count_after(counts, " A"),
			       count_after(counts, " C"), hash->str);
}

/* Head office, a reader of figures, and the whole chain say what stands on the page. */
static void expect_same(const struct chain *c, const struct shop *s, int home,
			const char *proof)
{
	g_autofree char *day = today(s);
	g_autofree char *quoted = g_strdup_printf("'%s'", day);
	g_autofree char *office = computed(c, home, "tillask.", "postgres", quoted);
	g_autofree char *reader = computed(c, home, "tillask.", "reader", quoted);
	g_autofree char *chain = computed(c, 0, "tillask_chain.", "reader", quoted);

	g_assert_cmpstr(office, ==, proof);
	g_assert_cmpstr(reader, ==, proof);
	g_assert_cmpstr(chain, ==, proof);
}

static void answer(struct shop *s, struct term *t, const char *card)
{
	if (card != NULL) {
		term_expect(t, "Reader ready", 10000);
		shop_swipe(s, card);
		term_expect(t, "accepted", 10000);
	}
	shop_answer_all(t);
	term_expect(t, SHOP_FIRST, 10000);
}

static void open_shop(struct shop *s, const struct chain *c)
{
	g_autofree char *groups = g_strdup_printf("[sync]\nserver=%s\n", c->conninfo[0]);
	struct shop_how connected = how;

	connected.groups = groups;
	shop_open(s, &connected);
}

static void test_proof(void)
{
	static struct chain c;
	struct shop old, new;

	chain_init(&c, server, "proof", 1);
	chain_add(&c, 1, 0);
	for (int i = 0; i < 2; i++)
		g_free(chain_sql(&c, i,
				 "CREATE ROLE reader LOGIN IN ROLE tillask_reader"));
	open_shop(&old, &c);
	struct term *t = shop_run(&old);
	answer(&old, t, "9643000000000017");
	answer(&old, t, NULL);
	shop_await(&old, "SELECT count(*) FROM visit WHERE seq IS NOT NULL", "2", 10000);
	g_autofree char *first = shown(t);
	g_assert_true(g_str_has_prefix(first, "2|6|1|"));
	shop_sync(&old);
	expect_same(&c, &old, 0, first);
	shop_stop(t);

	/* the till is replaced in the middle of the day, the old disk is found, the store moves */
	open_shop(&new, &c);
	t = shop_run(&new);
	answer(&new, t, NULL);
	answer(&new, t, "9643000000000025");
	g_autofree char *recover = g_strdup_printf("recover %s", old.database);
	g_assert_cmpint(shop_command(&new, recover, NULL, NULL), ==, 0);
	shop_sync(&new);
	branch_expect_command(&c.till[0], "central move-store 017 s1", 0, "held by");
	g_autofree char *second = shown(t);
	g_assert_true(g_str_has_prefix(second, "4|12|2|"));
	expect_same(&c, &new, 1, second);
	shop_stop(t);

	/* one that did not arrive shows; and so does a day without any */
	g_free(chain_sql(&c, 1, "DELETE FROM tillask.visit WHERE seq = 1"));
	g_autofree char *day = today(&new);
	g_autofree char *quoted = g_strdup_printf("'%s'", day);
	g_autofree char *less = computed(&c, 1, "tillask.", "reader", quoted);
	g_assert_cmpstr(less, !=, second);
	g_autofree char *none = computed(&c, 1, "tillask.", "reader", "'2001-01-01'");
	g_autofree char *empty = g_compute_checksum_for_data(G_CHECKSUM_SHA256,
							     (const guchar *)"", 0);
	g_autofree char *capitals = g_ascii_strup(empty, -1);
	g_autofree char *expected = g_strconcat("0|0|0|", capitals, NULL);
	g_assert_cmpstr(none, ==, expected);
	shop_close(&old);
	shop_close(&new);
	chain_clear(&c);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (int i = 0; i < CHAIN_SERVERS; i++)
		postgres_init(&server[i], NULL);
	g_test_add_func("/proof/readme", test_proof);
	int failed = g_test_run();
	for (int i = 0; i < CHAIN_SERVERS; i++)
		postgres_clear(&server[i]);
	return failed;
}
