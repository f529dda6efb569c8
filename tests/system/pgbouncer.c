/* pgbouncer: tills send through PgBouncer in transaction mode, and leave nothing on its connections */
#include <glib.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/lib/branch.h"
#include "tests/lib/pgbouncer.h"

#define TOGETHER 12

static struct postgres server;
static struct pgbouncer pool;
static struct branch b;

static void connect_as(const char *login)
{
	g_autofree char *through = postgres_conninfo(&server, "pooled", login, pool.port);

	branch_connect(&b, through);
}

static char *ask_as(const char *login, const char *sql, char **errors)
{
	g_autofree char *through = postgres_conninfo(&server, "pooled", login, pool.port);

	return postgres_try(through, sql, errors);
}

/* As if no acknowledgement had ever come. */
static void wait_again(void)
{
	branch_run(&b,
		   "INSERT OR IGNORE INTO outbox (kind, record) SELECT 1, n FROM visit;"
		   "INSERT OR IGNORE INTO outbox (kind, record)"
		   " SELECT 2, n FROM card_event WHERE visit IS NULL;"
		   "INSERT OR IGNORE INTO outbox (kind, record)"
		   " SELECT 3, n FROM queue_time");
}

static void test_sends(void)
{
	connect_as("till_017");
	branch_fill(&b, 1000);
	branch_expect_command(&b, "sync", 0, "sent: visits 1000,");
	branch_check(&b);
	wait_again(); /* all of it by staging */
	branch_expect_command(&b, "sync", 0, "sent: visits 1000,");
	branch_fill(&b, 5);
	wait_again();
	branch_expect_command(&b, "sync", 0, "sent: visits 1005,");
	branch_check(&b);
	branch_expect(&b, "SELECT count(*) FROM tillask.conflict", "0");
	/* the superuser's pool too: its rows may be of any store */
	connect_as("postgres");
	branch_expect_command(&b, "sync", 0, "sent: visits 0,");
}

/* Two logins share the server, not each other's rights. */
static void test_roles(void)
{
	g_autofree char *errors = NULL;

	connect_as("till_100");
	branch_fill(&b, 2);
	branch_expect_command(&b, "sync", 1, "may not send for store 017");
	g_assert_null(ask_as("till_100", "SELECT count(*) FROM tillask.visit", &errors));
	g_assert_nonnull(strstr(errors, "permission denied"));
	connect_as("till_017");
	branch_expect_command(&b, "sync --again", 0, "sent: visits 2,");
	branch_check(&b);
}

/* What the next client of the same connection to the server finds. */
static void expect_clean(void)
{
	g_autofree char *left = ask_as(
		"till_017",
		"SELECT (SELECT count(*) FROM pg_class WHERE relname LIKE 'incoming%'),"
		" (SELECT count(*) FROM pg_prepared_statements),"
		" (SELECT count(*) FROM pg_cursors WHERE name <> ''),"
		" (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'),"
		" (SELECT string_agg(name, ' ') FROM pg_settings WHERE source = 'session'"
		"  AND name NOT IN ('application_name', 'client_encoding', 'DateStyle',"
		"  'TimeZone', 'standard_conforming_strings')), pg_is_in_recovery()",
		NULL);

	g_assert_cmpstr(left, ==, "0|0|0|0||f");
}

static void test_leaves_nothing(void)
{
	connect_as("till_017");
	wait_again();
	branch_expect_command(&b, "sync", 0, "waiting: 0");
	expect_clean();
	for (int i = 0; i < 5; i++) {
		wait_again();
		GPid pid = branch_start(&b, "sync");
		g_usleep((gulong)g_test_rand_int_range(20000, 200000));
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		expect_clean();
	}
	branch_expect_command(&b, "sync", 0, "waiting: 0; set aside: 0");
	branch_check(&b);
}

/* More senders than connections: they wait for each other. */
static void test_together(void)
{
	GPid pid[TOGETHER];
	struct branch other[TOGETHER];

	connect_as("till_017");
	wait_again();
	for (int i = 0; i < TOGETHER; i++) {
		const char *argv[] = {"cp", "-a", b.folder, NULL, NULL};
		g_autofree char *folder = g_strdup_printf("%s-%d", b.folder, i);
		g_autofree char *text = NULL;

		argv[3] = folder;
		g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
			     NULL, NULL, NULL, NULL);
		other[i] = b;
		other[i].config = g_build_filename(folder, "config.ini", NULL);
		g_assert_true(g_file_get_contents(other[i].config, &text, NULL, NULL));
		g_autoptr(GString) config = g_string_new(text);
		g_string_replace(config, b.folder, folder, 0);
		g_assert_true(
			g_file_set_contents(other[i].config, config->str, -1, NULL));
	}
	for (int i = 0; i < TOGETHER; i++)
		pid[i] = branch_start(&other[i], "sync");
	for (int i = 0; i < TOGETHER; i++) {
		int status;

		g_assert_cmpint(waitpid(pid[i], &status, 0), ==, pid[i]);
		g_assert_cmpint(status, ==, 0);
		g_free(other[i].config);
	}
	branch_expect_command(&b, "sync", 0, "waiting: 0; set aside: 0");
	branch_check(&b);
	branch_expect(&b, "SELECT count(*) FROM tillask.conflict", "0");
}

int main(int argc, char **argv)
{
	static const char *const logins[] = {"postgres", "till_017", "till_100", NULL};

	g_test_init(&argc, &argv, NULL);
	postgres_init(&server, NULL);
	pgbouncer_init(&pool, &server, logins, 2);
	branch_init(&b, &server, "pooled");
	branch_expect_command(&b, "central migrate", 0, "installed");
	g_free(branch_sql(
		&b, "CREATE ROLE till_017 LOGIN IN ROLE tillask_till;"
		    "CREATE ROLE till_100 LOGIN IN ROLE tillask_till;"
		    "INSERT INTO tillask.enrolment VALUES ('till_017', '017', NULL),"
		    " ('till_100', '100', NULL)"));
	g_test_add_func("/pgbouncer/sends", test_sends);
	g_test_add_func("/pgbouncer/roles", test_roles);
	g_test_add_func("/pgbouncer/leaves-nothing", test_leaves_nothing);
	g_test_add_func("/pgbouncer/together", test_together);
	int failed = g_test_run();
	branch_clear(&b);
	pgbouncer_clear(&pool);
	postgres_clear(&server);
	return failed;
}
