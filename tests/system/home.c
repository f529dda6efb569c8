/* home: facts go to the server that holds the store; what comes down, comes from the centre; and
 * when one of the two is down, nothing of it is lost and the other goes on */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "tests/lib/chain.h"
#include "tests/lib/shop.h"

static struct postgres server[CHAIN_SERVERS];
static struct chain c; /* tests go on where the one before them left it */

#define RESTS  "Asked not long ago"
#define CARDS  "SELECT count(*) FROM tillask.recent_card"
#define CARD_A "9643000000000017"
#define CARD_B "9643000000000025"

static void command(int code, const char *arguments, const char *expected)
{
	branch_expect_command(&c.till[0], arguments, code, expected);
}

static char *home_file(void)
{
	return g_strconcat(c.till[0].path, ".home", NULL);
}

static void publish(const char *whom, int days)
{
	const struct branch *b = &c.till[0];
	g_autofree char *file = g_build_filename(b->folder, "published.ini", NULL);
	g_autofree char *text = g_strdup_printf("[survey]\ncooldown_days=%d\n", days);
	g_autofree char *line = g_strdup_printf("central publish --scope %s %s", whom,
						file);

	g_assert_true(g_file_set_contents(file, text, -1, NULL));
	command(0, line, "published for");
}

/* The newest version of what is. */
static gint64 in_force(void)
{
	return branch_number(&c.till[0], "SELECT max(version) FROM published WHERE good");
}

static gint64 waiting(void)
{
	return branch_number(&c.till[0], "SELECT count(*) FROM outbox");
}

/* ---- down, from the centre ---------------------------------------------------------------- */

static void expect_key_of_centre(void)
{
	g_autofree char *key =
		chain_sql(&c, 0, "SELECT encode(card_key, 'hex') FROM tillask.chain");
	g_autofree char *same = g_strdup_printf(
		"SELECT lower(hex(card_key)) = '%s' FROM from_central", key);

	g_assert_cmpint(branch_number(&c.till[0], same), ==, 1);
}

static void test_published(void)
{
	static const char *const whom[] = {"all", "region:north", "store:017",
					   "till:017/3"};
	g_autofree char *file = home_file();

	command(0, "central move-store 017 s1", "held by server s1");
	g_free(chain_sql(&c, 0, "INSERT INTO tillask.region VALUES ('017', 'north')"));
	for (guint i = 0; i < G_N_ELEMENTS(whom); i++) {
		publish(whom[i], (int)i + 1);
		branch_fill(&c.till[0], 5);
		command(0, "sync", "what head office published has changed");
		g_assert_cmpint(in_force(), ==, i + 1);
	}
	publish("store:018", 5);
	/* what somebody wrote on the store's own server is nobody's word */
	g_free(chain_sql(&c, 1,
			 "INSERT INTO tillask.published (scope, whose, body) VALUES"
			 " ('till', '017/3', E'[survey]\\ncooldown_days=5\\n')"));
	command(0, "sync", "waiting: 0");
	g_assert_cmpint(in_force(), ==, 4);
	chain_check(&c);
	expect_key_of_centre();

	/* where the answer of the centre cannot be kept, it is asked each time */
	g_assert_cmpint(g_remove(file), ==, 0);
	g_assert_cmpint(g_mkdir(file, 0700), ==, 0);
	branch_fill(&c.till[0], 5);
	command(0, "sync", "sent: visits 5,");
	g_assert_cmpint(in_force(), ==, 4);
	expect_key_of_centre();
	chain_check(&c);
	g_assert_cmpint(g_rmdir(file), ==, 0);
}

/* ---- cards -------------------------------------------------------------------------------- */

/* A terminal of STORE that knows the centre only. */
static void open_shop(struct shop *s, const char *store)
{
	g_autofree char *groups = g_strdup_printf("[sync]\nserver=%s\n", c.conninfo[0]);
	g_autofree char *place = g_strdup_printf("store=%s\ntill=4", store);
	const struct shop_how how = {.place = place, .groups = groups};

	shop_open(s, &how);
}

static void expect_rest(struct shop *s, struct term *t, const char *card)
{
	shop_swipe(s, card);
	term_expect(t, RESTS, 10000);
}

/* A card rests at every till of the chain, wherever the facts of its store are. */
static void test_cards(void)
{
	g_autofree char *two_more =
		chain_sql(&c, 0, "SELECT count(*) + 2 FROM tillask.recent_card");
	struct shop moved, other;

	open_shop(&moved, "017");
	open_shop(&other, "018");
	struct term *a = shop_run(&moved), *b = shop_run(&other);
	shop_answer_with(&moved, a, CARD_A);
	shop_answer_with(&other, b, CARD_B);
	shop_sync(&moved);
	shop_sync(&other);
	shop_sync(&moved);
	chain_expect(&c, 0, "SELECT count(*) FROM tillask.visit WHERE till = '4'", "1");
	chain_expect(&c, 1, "SELECT count(*) FROM tillask.visit WHERE till = '4'", "1");
	chain_expect(&c, 0, CARDS, two_more);
	chain_expect(&c, 1, CARDS, "0");
	expect_rest(&other, b, CARD_A);
	expect_rest(&moved, a, CARD_B);
	shop_stop(a);
	shop_stop(b);
	shop_close(&moved);
	shop_close(&other);
}

/* ---- one of the two is down --------------------------------------------------------------- */

static void test_centre_down(void)
{
	gint64 before;

	branch_fill(&c.till[0], 20);
	command(0, "sync", "sent: visits 20,");
	before = in_force();
	publish("all", 2);
	branch_fill(&c.till[0], 30);
	postgres_stop(&server[0]);
	command(1, "sync", "what waited was sent; what comes down from head office was");
	g_assert_cmpint(waiting(), ==, 0);
	branch_check_at(&c.till[0], c.conninfo[1], "017");
	command(1, "sync", "at the centre: connecting to the server:");
	g_assert_cmpint(in_force(), ==, before);
	command(0, "sync --status", "at the centre: connecting to the server:");
	postgres_start(&server[0]);
	command(0, "sync", "what head office published has changed");
	g_assert_cmpint(in_force(), >, before);
	chain_check(&c);
}

static void test_home_down(void)
{
	gint64 before = in_force(), records;

	publish("all", 3);
	branch_fill(&c.till[0], 30);
	records = waiting();
	postgres_stop(&server[1]);
	command(1, "sync", "at the server of store 017 (dbname='home'");
	g_assert_cmpint(waiting(), ==, records);
	g_assert_cmpint(records, >, 0);
	g_assert_cmpint(in_force(), >, before); /* the centre is up */
	postgres_start(&server[1]);
	command(0, "sync", "sent: visits 30,");
	chain_check(&c);

	/* the store moves, and its new home is down: of that one is spoken */
	command(0, "central move-store 017 s2", "held by server s2");
	postgres_stop(&server[1]);
	postgres_stop(&server[2]);
	g_autofree char *place = g_strdup_printf(
		"host='127.0.0.1' port='%d'): connecting", server[2].port);
	branch_fill(&c.till[0], 1);
	command(1, "sync", place);
	postgres_start(&server[2]);
	command(0, "sync", "sent: visits 1,");
	postgres_start(&server[1]);
	chain_check(&c);
}

/* ---- a move that is given up -------------------------------------------------------------- */

static void test_given_up(void)
{
	command(0, "central move-store 017 centre", "held by server centre");
	/* as far as a killed one came: all is copied, the directory is not switched */
	g_free(chain_sql(
		&c, 0,
		"SELECT tillask.begin_move('017', 's1'); SELECT tillask.leave('017')"));
	g_free(chain_sql(&c, 1, "SELECT tillask.arrive('017')"));
	branch_fill(&c.till[0], 5);
	command(1, "sync", "is being moved from one server to another");
	postgres_stop(&server[1]);
	command(1, "central move-store 017 s1", "server s1: connecting");
	command(1, "central move-store 017 s2", "is on its way to s1");
	command(0, "central move-store 017 centre", "is not removed there");
	command(0, "sync", "sent: visits 5,");
	postgres_start(&server[1]);
	chain_check(&c);
	command(0, "central move-store 017 s2", "held by server s2");
	chain_check(&c);

	/* the other one is up, and is swept */
	g_free(chain_sql(&c, 0, "SELECT tillask.begin_move('017', 's1')"));
	g_free(chain_sql(
		&c, 1,
		"SELECT tillask.arrive('017');"
		"UPDATE tillask.held SET state = 'here' WHERE store = '017';"
		"INSERT INTO tillask.heartbeat (store, till, generation, at,"
		" version, last_seq, waiting, set_aside) VALUES ('017', '3',"
		" gen_random_uuid(), now(), '0', 0, 0, 0);"
		"UPDATE tillask.held SET state = 'arriving' WHERE store = '017'"));
	command(0, "central move-store 017 s2", "held by server s2");
	chain_check(&c);
	command(0, "central move-store 017 s1", "held by server s1");
	chain_check(&c);
}

/* A server of the chain that was not migrated yet. */
static void test_older_member(void)
{
	g_free(chain_sql(&c, 1, "DELETE FROM tillask.version WHERE version > 4"));
	command(1, "central move-store 018 s1", "server s1: the server's schema is 4");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (int i = 0; i < CHAIN_SERVERS; i++)
		postgres_init(&server[i], NULL);
	chain_init(&c, server, "home", 1);
	chain_add(&c, 1, 0);
	chain_add(&c, 2, 0);
	g_test_add_func("/store-home/published", test_published);
	g_test_add_func("/store-home/centre-down", test_centre_down);
	g_test_add_func("/store-home/home-down", test_home_down);
	g_test_add_func("/store-home/given-up", test_given_up);
	g_test_add_func("/store-home/cards", test_cards);
	g_test_add_func("/store-home/older-member", test_older_member);
	int failed = g_test_run();
	chain_clear(&c);
	for (int i = 0; i < CHAIN_SERVERS; i++)
		postgres_clear(&server[i]);
	return failed;
}
