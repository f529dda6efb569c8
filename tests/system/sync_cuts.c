/* sync_cuts: the connection is cut at every byte, both ends are killed, and each row is there once */
#include <glib.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/lib/branch.h"
#include "tests/lib/proxy.h"

static struct postgres server;
static struct branch b;
static struct proxy *proxy;

/* After a run that was disturbed in any way: the next one makes it good. */
static void recover(void)
{
	proxy_cut(proxy, PROXY_TO_SERVER, -1);
	branch_expect_command(&b, "sync", 0, "waiting: 0; set aside: 0");
}

/* A run through a network that is cut: it says that it failed, or was over before. */
static bool is_cut(void)
{
	g_autofree char *errors = NULL;
	int code = branch_command(&b, "sync", NULL, &errors);

	if (code != 0 && (code != 1 || !g_str_has_prefix(errors, "tillask sync: ")))
		g_error("exit %d: %s", code, errors);
	return code == 1;
}

static void cut_all_along(enum proxy_way way, int cuts)
{
	int failed = 0;

	branch_fill(&b, 3);
	recover();
	gint64 all = proxy_passed(proxy, way);
	g_assert_cmpint(all, >, 200);
	gint64 step = MAX((all + cuts - 1) / cuts, 1);
	for (gint64 at = 0; at < all; at += step) {
		branch_fill(&b, 3);
		proxy_cut(proxy, way, at);
		failed += is_cut();
		recover();
	}
	/* the last bytes may be those of a good-bye */
	g_assert_cmpint(failed, >=, (all / step) * 9 / 10);
	branch_check(&b);
}

/* On each way; from 5000 on every byte (make system T=sync_cuts CUTS=5000). */
static int cuts(void)
{
	const char *text = g_getenv("TILLASK_CUTS");
	int wanted = text != NULL ? atoi(text) : 0;

	return wanted > 0 ? wanted : 8;
}

static void test_cut_to_server(void)
{
	cut_all_along(PROXY_TO_SERVER, cuts());
}

static void test_cut_to_client(void)
{
	cut_all_along(PROXY_TO_CLIENT, cuts());
}

/* The outcome is unknown to the one side: not begun, not answered, half answered. */
static void test_cut_around_commit(void)
{
	static const struct {
		enum proxy_way way;
		int from, to, step; /* bytes around the word */
	} rows[] = {{PROXY_TO_SERVER, -5, 7, 1}, {PROXY_TO_CLIENT, -5, 13, 4}};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
		for (int after = rows[i].from; after < rows[i].to;
		     after += rows[i].step) {
			branch_fill(&b, 3);
			proxy_cut_at(proxy, rows[i].way, "COMMIT", after);
			g_assert_true(is_cut());
			recover();
		}
	branch_check(&b);
}

/* A long way with batches that grow to megabytes, cut anywhere: in the long form a million rows and a thousand
 * cuts. */
static void test_many_rows(void)
{
	bool is_long = cuts() >= 1000;
	int wanted = is_long ? 1000 : 8, cut = 0;

	branch_fill(&b, is_long ? 295000 : 6000);
	while (cut < wanted) {
		if (branch_number(&b, "SELECT count(*) FROM outbox") == 0)
			branch_fill(&b, 3000);
		proxy_cut(proxy, PROXY_TO_SERVER, g_test_rand_int_range(0, 2200000));
		cut += is_cut();
		if (cut % 100 == 0)
			g_test_message("%d cuts", cut);
	}
	recover();
	branch_check(&b);
}

static void test_client_killed(void)
{
	for (int i = 0; i < 8; i++) {
		branch_fill(&b, 20);
		GPid pid = branch_start(&b, "sync");
		g_usleep((gulong)g_test_rand_int_range(1000, 60000));
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	recover();
	branch_check(&b);
}

static void test_server_killed(void)
{
	for (int i = 0; i < 2; i++) {
		branch_fill(&b, 2000);
		GPid pid = branch_start(&b, "sync");
		g_usleep((gulong)g_test_rand_int_range(20000, 200000));
		postgres_kill(&server);
		waitpid(pid, NULL, 0);
		branch_expect_command(&b, "sync", 1, "connecting to the server: ");
		postgres_start(&server);
	}
	recover();
	branch_check(&b);
}

static void test_backend_killed(void)
{
	for (int i = 0; i < 2; i++) {
		branch_fill(&b, 2000);
		GPid pid = branch_start(&b, "sync");
		g_usleep((gulong)g_test_rand_int_range(20000, 200000));
		g_free(branch_sql(&b,
				  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
				  " WHERE application_name = 'tillask'"));
		waitpid(pid, NULL, 0);
	}
	recover();
	branch_check(&b);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	postgres_init(&server, NULL);
	branch_init(&b, &server, "cuts");
	branch_expect_command(&b, "central migrate", 0, "installed");
	proxy = proxy_new(server.port);
	g_autofree char *through = postgres_conninfo(&server, "cuts", "postgres",
						     proxy_port(proxy));
	branch_connect(&b, through);
	g_test_add_func("/sync-cuts/to-server", test_cut_to_server);
	g_test_add_func("/sync-cuts/to-client", test_cut_to_client);
	g_test_add_func("/sync-cuts/around-commit", test_cut_around_commit);
	g_test_add_func("/sync-cuts/many-rows", test_many_rows);
	g_test_add_func("/sync-cuts/client-killed", test_client_killed);
	g_test_add_func("/sync-cuts/server-killed", test_server_killed);
	g_test_add_func("/sync-cuts/backend-killed", test_backend_killed);
	int failed = g_test_run();
	proxy_free(proxy);
	branch_clear(&b);
	postgres_clear(&server);
	return failed;
}
