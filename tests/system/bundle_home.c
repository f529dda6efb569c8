/* bundle_home: a bundle is loaded at head office, and its rows go to the server that holds the
 * store, each once: loaded twice, moved in between, with servers that are down, cut anywhere */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "tests/lib/chain.h"
#include "tests/lib/proxy.h"

static struct postgres server[CHAIN_SERVERS];
static struct chain c;
static struct branch head;
static char *bundle, *ack; /* files */
static gint64 before;      /* the newest seq when visits were filled in last */

static void expect(const struct branch *b, int code, const char *arguments,
		   const char *expected)
{
	branch_expect_command(b, arguments, code, expected);
}

static char *said(const struct branch *b, const char *arguments)
{
	char *out;

	g_assert_cmpint(branch_command(b, arguments, &out, NULL), ==, 0);
	return g_strchomp(out);
}

/* Head office has a config.ini of its own, which names the centre, and no till. */
static void open_head(void)
{
	g_autofree char *text = g_strdup_printf(
		"[terminal]\ndatabase=office/t.db\n[sync]\nserver=%s\n", c.conninfo[0]);

	head = c.till[0];
	head.config = g_build_filename(head.folder, "office.ini", NULL);
	g_assert_true(g_file_set_contents(head.config, text, -1, NULL));
}

static void enrol(const char *whom)
{
	g_autofree char *key = said(&c.till[0], "sync --enrol");
	g_autofree char *at_office = g_strdup_printf("central enrol %s %s", whom, key);
	g_autofree char *centre = said(&head, at_office);
	g_autofree char *at_till = g_strdup_printf("sync --enrol %s", centre);

	expect(&c.till[0], 0, at_till, "are believed");
}

static void fill(int visits)
{
	before = branch_number(&c.till[0], "SELECT ifnull(max(seq), 0) FROM visit");
	branch_fill(&c.till[0], visits);
}

/* So many of those that were filled in last are on server I, each once. */
static void expect_new(int i, int visits)
{
	g_autofree char *sql = g_strdup_printf(
		"SELECT count(*), count(DISTINCT visit) FROM tillask.visit"
		" WHERE seq > %" G_GINT64_FORMAT,
		before);
	g_autofree char *expected = g_strdup_printf("%d|%d", visits, visits);

	chain_expect(&c, i, sql, expected);
}

/* The till never has a network. */
static void write_bundle(void)
{
	g_autofree char *line = g_strdup_printf("sync --bundle %s", bundle);

	g_remove(bundle);
	g_remove(ack);
	expect(&c.till[0], 0, line, "records");
}

static void load(int code, const char *expected)
{
	g_autofree char *line = g_strdup_printf("sync --load %s", bundle);

	expect(&head, code, line, expected);
	g_assert_true(g_file_test(ack, G_FILE_TEST_EXISTS) == (code == 0));
}

static void acknowledge(void)
{
	g_autofree char *line = g_strdup_printf("sync --load %s", ack);

	expect(&c.till[0], 0, line, "acknowledged: ");
	g_assert_cmpint(branch_number(&c.till[0], "SELECT count(*) FROM outbox"), ==, 0);
}

static void open_chain(void)
{
	chain_init(&c, server, "carried", 1);
	chain_add(&c, 1, 0);
	chain_add(&c, 2, 0);
	open_head();
	bundle = g_build_filename(c.till[0].folder, "017-3.bundle", NULL);
	ack = g_strconcat(bundle, ".ack", NULL);
	enrol("017/3");
}

static void close_chain(void)
{
	g_free(bundle);
	g_free(ack);
	g_free(head.config);
	chain_clear(&c);
}

static void expect_heartbeats(int on, const char *n)
{
	chain_expect(&c, on, "SELECT count(*) FROM tillask.heartbeat WHERE carried", n);
}

static void test_to_its_home(void)
{
	fill(500);
	write_bundle();
	expect(&head, 0, "central move-store 017 s1", "held by server s1");
	branch_connect(&head, c.conninfo[1]);
	load(1, "names server s1 of a chain; name the centre");
	branch_connect(&head, c.conninfo[0]);
	load(0, "taken in: ");
	expect_heartbeats(0, "0");
	expect_heartbeats(1, "1");
	load(0, "taken in: ");
	acknowledge();
	chain_check(&c);
	expect_heartbeats(1, "1");
	chain_expect(&c, 0, "SELECT state FROM tillask_chain.till_health", "carried");

	/* it moves between two loads, and there and back */
	fill(300);
	write_bundle();
	load(0, "taken in: ");
	expect(&head, 0, "central move-store 017 s2", "held by server s2");
	load(0, "taken in: ");
	expect(&head, 0, "central move-store 017 centre", "held by server centre");
	load(0, "taken in: ");
	acknowledge();
	chain_check(&c);
	expect_heartbeats(0, "2");
	chain_expect(&c, 0, "SELECT count(*) FROM tillask_chain.conflict", "0");
}

static void test_down(void)
{
	expect(&head, 0, "central move-store 017 s1", "held by server s1");
	fill(300);
	write_bundle();
	postgres_stop(&server[1]);
	load(1, "at the server of store 017 (dbname='carried'");
	postgres_start(&server[1]);
	postgres_stop(&server[0]);
	load(1, "connecting to the server");
	postgres_start(&server[0]);
	expect_new(1, 0);
	load(0, "taken in: ");
	acknowledge();
	chain_check(&c);

	/* in the middle of a move it waits for its end */
	fill(300);
	write_bundle();
	g_free(chain_sql(&c, 0, "SELECT tillask.begin_move('017', 's2')"));
	g_free(chain_sql(&c, 1, "SELECT tillask.leave('017')"));
	load(1, "is being moved from one server to another");
	load(1, "load it again when");
	expect(&head, 0, "central move-store 017 s2", "held by server s2");
	load(0, "taken in: ");
	acknowledge();
	chain_check(&c);
}

static void load_cut(struct proxy *proxy)
{
	load(1, "connection");
	proxy_cut(proxy, PROXY_TO_SERVER, -1);
}

/* Where tills, and who loads, reach s1. */
static void reach_s1(int port)
{
	g_autofree char *sql = g_strdup_printf(
		"UPDATE tillask.server SET address = 'host=127.0.0.1 port=%d dbname=%s'"
		" WHERE name = 's1'",
		port, c.database);

	g_free(chain_sql(&c, 0, sql));
}

/* What came before the cut is there, the rest comes with the second load. */
static void test_cut(void)
{
	struct proxy *proxy = proxy_new(server[1].port);

	expect(&head, 0, "central move-store 017 s1", "held by server s1");
	reach_s1(proxy_port(proxy));
	fill(600);
	write_bundle();
	proxy_cut_at(proxy, PROXY_TO_SERVER, "COPY pg_temp.incoming_answer", 0);
	load_cut(proxy);
	expect_new(1, 0);
	proxy_cut(proxy, PROXY_TO_SERVER, 200000);
	load_cut(proxy);
	g_autofree char *sql =
		g_strdup_printf("SELECT count(*) IN (200, 400) FROM tillask.visit"
				" WHERE seq > %" G_GINT64_FORMAT,
				before);
	chain_expect(&c, 1, sql, "t"); /* whole batches */
	proxy_cut_at(proxy, PROXY_TO_SERVER, "COPY pg_temp.carried_heartbeat", 0);
	load_cut(proxy);
	expect_new(1, 600);
	load(0, "taken in: ");
	acknowledge();
	chain_check(&c);
	reach_s1(server[1].port);
	proxy_free(proxy);
}

/* A till that was given to another store before it was ever synced: each store's rows go to its
 * own server. */
static void test_two_stores(void)
{
	expect(&head, 0, "central move-store 017 s1", "held by server s1");
	expect(&head, 0, "central move-store 018 s2", "held by server s2");
	fill(500);
	g_autofree char *give = g_strdup_printf(
		"INSERT INTO till (n, store, till, currency)"
		" SELECT 2, '018', till, currency FROM till WHERE n = 1;"
		"DROP TRIGGER visit_stays_closed;"
		"UPDATE visit SET till = 2 WHERE seq > %" G_GINT64_FORMAT " + 450;"
		"UPDATE meta SET till = 2",
		before);
	branch_run(&c.till[0], give);
	write_bundle();
	load(1, "rows of 018/3, for which its key is not enrolled");
	expect_new(1, 0); /* nor those of 017 that stand before them */
	enrol("018/3");
	load(0, "taken in: ");
	load(0, "taken in: ");
	acknowledge();
	expect_new(0, 0);
	expect_new(1, 450);
	expect_new(2, 50);
	chain_expect(&c, 0,
		     "SELECT store, state FROM tillask_chain.till_health ORDER BY 1",
		     "017|carried\n018|carried");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (int i = 0; i < CHAIN_SERVERS; i++)
		postgres_init(&server[i], NULL);
	g_test_add_func("/bundle-home/to-its-home", test_to_its_home);
	g_test_add_func("/bundle-home/down", test_down);
	g_test_add_func("/bundle-home/cut", test_cut);
	g_test_add_func("/bundle-home/two-stores", test_two_stores);
	open_chain();
	int failed = g_test_run();
	close_chain();
	for (int i = 0; i < CHAIN_SERVERS; i++)
		postgres_clear(&server[i]);
	return failed;
}
