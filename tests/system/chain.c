/* chain: several servers as one; a store moves between them, cut and killed anywhere, while tills
 * send; nothing is lost or doubled.
 *
 *     TILLASK_CHAIN_SECONDS=N   how long tills send while stores move (default 4)
 *     TILLASK_CHAIN_TILLS=N     how many of them (default 4, at most 20)
 *     TILLASK_CHAIN_CUTS=N      how many moves are cut at a random byte (default 2)
 */
#include <glib.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/lib/chain.h"
#include "tests/lib/proxy.h"

static struct postgres server[CHAIN_SERVERS];

static int number_of(const char *name, int otherwise)
{
	const char *text = g_getenv(name);

	return text != NULL ? atoi(text) : otherwise;
}

static void command(const struct chain *c, int code, const char *arguments,
		    const char *expected)
{
	branch_expect_command(&c->till[0], arguments, code, expected);
}

static gpointer send_slowly(gpointer data)
{
	g_free(chain_sql(
		data, 0,
		"INSERT INTO tillask.heartbeat (store, till, generation, at, version,"
		" last_seq, waiting, set_aside) VALUES ('017', '3',"
		" gen_random_uuid(), now(), 'slow', 0, 0, 0); SELECT pg_sleep(2)"));
	return NULL;
}

/* What was under way when the move began comes along. */
static void move_beside_batch(struct chain *c)
{
	GThread *slow = g_thread_new("slow", send_slowly, c);

	for (int i = 0; i < 600; i++) {
		g_autofree char *asleep = chain_sql(
			c, 0,
			"SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");

		if (strcmp(asleep, "0") != 0)
			break;
		g_usleep(20000);
	}
	command(c, 0, "central move-store 017 s1", "held by server s1");
	g_thread_join(slow);
	chain_expect(c, 0,
		     "SELECT count(*) FROM tillask.heartbeat WHERE version = 'slow'",
		     "0");
	chain_expect(c, 1,
		     "SELECT count(*) FROM tillask.heartbeat WHERE version = 'slow'",
		     "1");
}

static void test_moves(void)
{
	static struct chain c;

	chain_init(&c, server, "moves", 2);
	branch_fill(&c.till[0], 40);
	branch_fill(&c.till[1], 25);
	command(&c, 0, "sync", "waiting: 0; set aside: 0");
	branch_expect_command(&c.till[1], "sync", 0, "waiting: 0; set aside: 0");
	chain_add(&c, 1, 0);
	chain_add(&c, 1, 0);
	chain_add(&c, 2, 0);
	chain_check(&c);
	command(&c, 0, "central servers", "s2: 0 stores placed; ");

	command(&c, 0, "central move-store 017 s1", "store 017 is held by server s1");
	chain_check(&c);
	command(&c, 0, "central servers", "s1: 1 stores placed; ");
	command(&c, 0, "central move-store 017 s1", "store 017 is held by server s1");
	branch_fill(&c.till[0], 10);
	command(&c, 0, "sync", "sent: visits 10,");
	chain_check(&c);
	command(&c, 0, "central move-store 017 s2", "store 017 is held by server s2");
	branch_fill(&c.till[0], 10);
	command(&c, 0, "sync", "sent: visits 10,");
	chain_check(&c);
	command(&c, 0, "central move-store 017 centre", "held by server centre");
	branch_fill(&c.till[0], 10);
	command(&c, 0, "sync", "sent: visits 10,");
	command(&c, 0, "central migrate", "already");
	chain_check(&c);
	move_beside_batch(&c);
	chain_check(&c);
	chain_clear(&c);
}

/* What was computed on the servers is what one server would have computed. */
static void test_figures(void)
{
	static struct chain c;
	const char *const nps =
		"INSERT INTO tillask.answer SELECT store, till, generation, seq, visit, 'customer',"
		" false, day, started, 0, 'nps', 'whole', 'text', gen_random_uuid(), 'nps11',"
		" (seq * 7 % 11)::int, NULL, false, 900, 4, 1 FROM tillask.visit";
#define FIGURES                                                                       \
	"SELECT store, day, n, promoters, critics, nps, low, high FROM %s.nps_by_day" \
	" ORDER BY store, day"
	g_autofree char *one = g_strdup_printf(FIGURES, "tillask");
	g_autofree char *all = g_strdup_printf(FIGURES, "tillask_chain");

	chain_init(&c, server, "figures", 3);
	for (int i = 0; i < c.tills; i++) {
		branch_fill(&c.till[i], 50);
		branch_expect_command(&c.till[i], "sync", 0, "waiting: 0; set aside: 0");
	}
	g_free(chain_sql(&c, 0, nps));
	g_autofree char *expected = chain_sql(&c, 0, one);
	g_assert_cmpuint(strlen(expected), >, 100);
	chain_add(&c, 1, 0);
	chain_add(&c, 2, 0);
	command(&c, 0, "central move-store 100 s1", "held by");
	command(&c, 0, "central move-store 101 s2", "held by");
	chain_expect(&c, 0, all, expected);
	chain_expect(
		&c, 0,
		"SELECT count(*), count(DISTINCT store) FROM tillask_chain.till_health",
		"3|3");
	chain_expect(&c, 0,
		     "SELECT count(*) FROM tillask_chain.integrity WHERE problem = 'gap'",
		     "0");
	chain_clear(&c);
}

/* A till's role is bound to its store on every server, and goes along with it. */
static void test_roles(void)
{
	static struct chain c;
#define INSERT(store)                                                                 \
	"INSERT INTO tillask.heartbeat (store, till, generation, at, version,"        \
	" last_seq, waiting, set_aside) VALUES ('" store "', '3', gen_random_uuid()," \
	" now(), '0', 0, 0, 0)"
	g_autofree char *errors = NULL;

	chain_init(&c, server, "roles", 2);
	chain_add(&c, 1, 0);
	g_free(chain_sql(
		&c, 0,
		"CREATE ROLE till_017 LOGIN PASSWORD 'hidden' IN ROLE tillask_till;"
		"INSERT INTO tillask.enrolment VALUES ('till_017', '017', NULL)"));
	command(&c, 0, "central move-store 017 s1", "held by");
	command(&c, 0, "central move-store 100 s1", "held by");
	g_autofree char *as_till = postgres_conninfo(&server[0], "roles", "till_017", 0);
	branch_connect(&c.till[0], as_till);
	branch_fill(&c.till[0], 7);
	command(&c, 0, "sync", "sent: visits 7,");
	g_autofree char *there = postgres_conninfo(&server[1], "roles", "till_017", 0);
	g_free(postgres_try(there, INSERT("017"), &errors));
	g_assert_cmpstr(errors, ==, "");
	g_clear_pointer(&errors, g_free);
	g_assert_null(postgres_try(there, INSERT("100"), &errors));
	g_assert_nonnull(strstr(errors, "may not send for store 100"));
	g_clear_pointer(&errors, g_free);
	g_assert_null(postgres_try(there, "SELECT count(*) FROM tillask.visit", &errors));
	g_clear_pointer(&errors, g_free);
	g_assert_null(postgres_try(there, "SELECT tillask.settle('017')", &errors));
	g_clear_pointer(&errors, g_free);
	g_assert_null(postgres_try(as_till, INSERT("017"), &errors));
	g_assert_nonnull(strstr(errors, "is held by another server"));
	g_autofree char *seen = postgres_try(as_till,
					     "SELECT store FROM tillask.directory", NULL);
	g_assert_cmpstr(seen, ==, "017");
	g_assert_null(postgres_try(as_till, "SELECT * FROM tillask.home", NULL));
	g_autofree char *secret = chain_sql(
		&c, 1,
		"SELECT rolpassword LIKE 'SCRAM%' FROM pg_authid WHERE rolname = 'till_017'");
	g_assert_cmpstr(secret, ==, "t");
	chain_clear(&c);
}

static void test_refusals(void)
{
	static struct chain c;

	chain_init(&c, server, "refusals", 1);
	command(&c, 1, "central add-server s1 postgresql://x:y@127.0.0.1/z",
		"holds a password");
	command(&c, 1, "central add-server S1 host=127.0.0.1", "is no name for a server");
	command(&c, 1, "central add-server s1 dbname=x", "names no host");
	command(&c, 1, "central move-store 017 s9", "there is no server s9");
	command(&c, 2, "central move-store 017",
		"allowed is central move-store STORE SERVER");
	command(&c, 2, "central mend", "allowed are migrate, servers");
	chain_add(&c, 1, 0);
	/* a member of one chain cannot join another, nor under another name */
	g_autofree char *again = g_strdup_printf(
		"central add-server s7 postgresql://postgres@127.0.0.1:%d/refusals",
		server[1].port);
	command(&c, 1, again, "is in a chain already");
	/* rows that the directory does not know of are not swept away by a move */
	branch_fill(&c.till[0], 3);
	g_free(chain_sql(&c, 1, "UPDATE tillask.member SET name = 'centre'"));
	branch_connect(&c.till[0], c.conninfo[1]);
	command(&c, 0, "sync", "sent: visits 3,");
	branch_connect(&c.till[0], c.conninfo[0]);
	command(&c, 1, "central move-store 017 s1", "though the directory names another");
	chain_clear(&c);
}

/* ---- cut anywhere ----------------------------------------------------------------------- */

static struct chain cut;
static struct proxy *proxy[CHAIN_SERVERS];

/* A reader sees every row once, whatever a move has come to. */
static void check_reader(int visits)
{
	g_autofree char *expected = g_strdup_printf("%d|%d", visits, visits);

	chain_expect(&cut, 0,
		     "SELECT count(*), count(DISTINCT visit) FROM tillask_chain.visit",
		     expected);
}

/* The move back and forth, disturbed by what has been prepared; a till tries to send; then the same
 * command again finishes. */
static void move_disturbed(int to, int *failed)
{
	g_autofree char *address = g_strdup_printf(
		"postgresql://postgres@127.0.0.1:%d/cut", proxy_port(proxy[0]));
	g_autofree char *line = g_strdup_printf("central move-store 017 s%d --server %s",
						to, address);
	int visits = (int)branch_number(&cut.till[0], "SELECT count(*) FROM visit");
	int code = branch_command(&cut.till[0], line, NULL, NULL);

	g_assert_true(code == 0 || code == 1);
	*failed += code == 1;
	for (int i = 0; i < CHAIN_SERVERS; i++)
		proxy_cut(proxy[i], PROXY_TO_SERVER, -1);
	check_reader(visits);
	branch_fill(&cut.till[0], 1);
	branch_command(&cut.till[0], "sync", NULL, NULL);
	command(&cut, 0, line, "is held by");
	command(&cut, 0, "sync", "waiting: 0; set aside: 0");
	check_reader(visits + 1);
}

/* Each statement of a move, in which the connection breaks; ON 0: centre, 1: the server that
 * the store leaves, 2: the one that it comes to. */
static const struct {
	int on;
	const char *text;
} statements[] = {
	{0, "tillask.begin_move('017', "}, {1, "tillask.leave('017')"},
	{2, "tillask.arrive('017')"},      {2, "COPY tillask.visit "},
	{2, "tillask.sum_of('017')"},      {2, "COMMIT"},
	{0, "tillask.switch_home('017')"}, {0, "COMMIT"},
	{2, "tillask.settle('017')"},      {1, "tillask.leave_for_good('017')"},
	{0, "tillask.end_move('017')"},
};

/* What was done before it stays done, it and the rest are not. */
static void test_cut_statements(void)
{
	int to = 2;

	for (gsize i = 0; i < G_N_ELEMENTS(statements); i++, to = 3 - to) {
		int on = statements[i].on == 0 ? 0 : statements[i].on == 2 ? to : 3 - to;
		int failed = 0;

		proxy_cut_at(proxy[on], PROXY_TO_SERVER, statements[i].text, 0);
		move_disturbed(to, &failed);
		if (failed == 0)
			g_error("the move went well without %s", statements[i].text);
	}
	chain_check(&cut);
}

static void test_cut_bytes(void)
{
	int failed = 0, to = 2;

	for (int i = 0; i < number_of("TILLASK_CHAIN_CUTS", 2); i++) {
		enum proxy_way way = g_test_rand_bit() ? PROXY_TO_SERVER
						       : PROXY_TO_CLIENT;

		proxy_cut(proxy[g_test_rand_int_range(0, 3)], way,
			  g_test_rand_int_range(100, 9000));
		move_disturbed(to, &failed);
		to = 3 - to;
	}
	chain_check(&cut);
}

static void open_cut(void)
{
	chain_init(&cut, server, "cut", 1);
	for (int i = 0; i < CHAIN_SERVERS; i++)
		proxy[i] = proxy_new(server[i].port);
	chain_add(&cut, 1, proxy_port(proxy[1]));
	chain_add(&cut, 2, proxy_port(proxy[2]));
	branch_fill(&cut.till[0], 30);
	command(&cut, 0, "sync", "waiting: 0");
	command(&cut, 0, "central move-store 017 s1", "held by");
}

static void close_cut(void)
{
	for (int i = 0; i < CHAIN_SERVERS; i++)
		proxy_free(proxy[i]);
	chain_clear(&cut);
}

/* ---- while tills send ------------------------------------------------------------------- */

static struct chain steady;
static gint ending;

static gpointer send_on(gpointer data)
{
	const struct branch *b = data;

	while (!g_atomic_int_get(&ending)) {
		branch_fill(b, 20);
		branch_command(b, "sync", NULL, NULL);
	}
	return NULL;
}

/* A count that is read over and over may only grow, and never counts a row twice. */
static gpointer read_on(gpointer data)
{
	gint64 most = 0;

	(void)data;
	while (!g_atomic_int_get(&ending)) {
		g_autofree char *row = chain_sql(
			&steady, 0,
			"SELECT count(*), count(*) - count(DISTINCT visit) FROM tillask_chain.visit");
		gint64 n = g_ascii_strtoll(row, NULL, 10);

		if (n < most || !g_str_has_suffix(row, "|0"))
			g_error("a reader saw %s after %" G_GINT64_FORMAT, row, most);
		most = n;
	}
	return NULL;
}

/* Moves a store that any till of the chain has, and kills that half the time. */
static void move_some_store(void)
{
	int i = g_test_rand_int_range(0, steady.tills);
	g_autofree char *store = i == 0 ? g_strdup("017") : g_strdup_printf("%d", 99 + i);
	g_autofree char *line =
		g_strdup_printf("central move-store %s %s", store,
				chain_name[g_test_rand_int_range(0, CHAIN_SERVERS)]);
	GPid pid = branch_start(&steady.till[0], line);

	if (g_test_rand_bit()) {
		g_usleep((gulong)g_test_rand_int_range(5000, 150000));
		kill(pid, SIGKILL);
	}
	waitpid(pid, NULL, 0);
}

/* What `central servers` says of unfinished moves is what finishes them. */
static void finish_moves(void)
{
	g_autofree char *said = NULL;

	g_assert_cmpint(branch_command(&steady.till[0], "central servers", &said, NULL),
			==, 0);
	g_auto(GStrv) line = g_strsplit(said, "\n", -1);
	for (int i = 0; line[i] != NULL; i++) {
		const char *next = strstr(line[i], "; central move-store ");

		if (next != NULL)
			command(&steady, 0, next + 2, "is held by");
	}
}

static void test_while_sending(void)
{
	GThread *sender[CHAIN_TILLS], *reader;
	gint64 until = g_get_monotonic_time() +
		       number_of("TILLASK_CHAIN_SECONDS", 4) * G_USEC_PER_SEC;

	chain_init(&steady, server, "steady", number_of("TILLASK_CHAIN_TILLS", 4));
	chain_add(&steady, 1, 0);
	chain_add(&steady, 2, 0);
	for (int i = 0; i < steady.tills; i++)
		sender[i] = g_thread_new("till", send_on, &steady.till[i]);
	reader = g_thread_new("reader", read_on, NULL);
	while (g_get_monotonic_time() < until)
		move_some_store();
	g_atomic_int_set(&ending, 1);
	for (int i = 0; i < steady.tills; i++)
		g_thread_join(sender[i]);
	g_thread_join(reader);
	finish_moves();
	for (int i = 0; i < steady.tills; i++)
		branch_expect_command(&steady.till[i], "sync", 0,
				      "waiting: 0; set aside: 0");
	chain_check(&steady);
	chain_clear(&steady);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (int i = 0; i < CHAIN_SERVERS; i++)
		postgres_init(&server[i], "max_connections = 200");
	open_cut();
	g_test_add_func("/chain/moves", test_moves);
	g_test_add_func("/chain/figures", test_figures);
	g_test_add_func("/chain/roles", test_roles);
	g_test_add_func("/chain/refusals", test_refusals);
	g_test_add_func("/chain/cut-statements", test_cut_statements);
	g_test_add_func("/chain/cut-bytes", test_cut_bytes);
	g_test_add_func("/chain/while-sending", test_while_sending);
	int failed = g_test_run();
	close_cut();
	for (int i = 0; i < CHAIN_SERVERS; i++)
		postgres_clear(&server[i]);
	return failed;
}
