/* standby: the primary dies, its standby takes over, and tills go on sending; and what a server
 * has lost all the same comes again */
#include <glib.h>
#include <string.h>

#include "tests/lib/branch.h"

static struct postgres primary, standby;
static struct branch b;

/* Both servers; libpq takes the one that may be written to. */
static void connect_to_both(void)
{
	g_autofree char *both = g_strdup_printf(
		"host=127.0.0.1,127.0.0.1 port=%d,%d dbname=pair user=postgres"
		" target_session_attrs=read-write",
		standby.port, primary.port);

	branch_connect(&b, both);
}

static void check_at(const struct postgres *p)
{
	g_autofree char *conninfo = postgres_conninfo(p, "pair", "postgres", 0);

	branch_check_at(&b, conninfo, NULL);
}

/* A commit is answered when the standby has it too, so nothing acknowledged is lost. */
static void test_primary_dies(void)
{
	postgres_init_standby(&standby, &primary);
	g_free(postgres_sql(&primary,
			    "ALTER SYSTEM SET synchronous_standby_names = 'standby'"));
	g_free(postgres_sql(&primary,
			    "ALTER SYSTEM SET synchronous_commit = 'remote_apply'"));
	g_free(postgres_sql(&primary, "SELECT pg_reload_conf()"));
	postgres_await(
		&primary,
		"SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'", "1",
		10000);
	connect_to_both();
	branch_fill(&b, 300);
	branch_expect_command(&b, "sync", 0, "sent: visits 300,");
	check_at(&standby);

	branch_fill(&b, 20);
	postgres_kill(&primary);
	branch_expect_command(&b, "sync", 1, "session is read-only");
	g_assert_cmpint(branch_number(&b, "SELECT count(*) FROM outbox WHERE kind = 1"),
			==, 20);
	g_free(postgres_sql(&standby, "SELECT pg_promote()"));
	g_free(postgres_sql(&standby, "ALTER SYSTEM RESET synchronous_standby_names"));
	g_free(postgres_sql(&standby, "SELECT pg_reload_conf()"));
	branch_expect_command(&b, "sync", 0, "sent: visits 20,");
	check_at(&standby);
}

/* The server was put back from an older backup: what came after it was acknowledged and is gone. */
static void test_rows_lost(void)
{
	g_autofree char *conninfo = postgres_conninfo(&standby, "pair", "postgres", 0);
	static const char *const lost[] = {
		"DELETE FROM tillask.answer WHERE seq > 100",
		"DELETE FROM tillask.visit WHERE seq > 100",
		"DELETE FROM tillask.card_event",
		"DELETE FROM tillask.queue_time",
	};

	for (gsize i = 0; i < G_N_ELEMENTS(lost); i++) {
		g_autofree char *errors = NULL;
		g_autofree char *done = postgres_try(conninfo, lost[i], &errors);

		if (done == NULL)
			g_error("%s: %s", lost[i], errors);
	}
	branch_expect_command(&b, "sync", 0, "sent: visits 0,");
	branch_expect_command(&b, "sync --since 2999-01-01", 2, "has not begun");
	branch_expect_command(&b, "sync --since sometime", 2, "is no day");
	branch_expect_command(&b, "sync --since today --status", 2, "too much");
	branch_expect_command(&b, "sync --since 1970-01-01", 0, "sent: visits 320,");
	check_at(&standby);
	g_autofree char *conflicts =
		postgres_try(conninfo, "SELECT count(*) FROM tillask.conflict", NULL);
	g_assert_cmpstr(conflicts, ==, "0");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	postgres_init(&primary, NULL);
	branch_init(&b, &primary, "pair");
	branch_expect_command(&b, "central migrate", 0, "installed");
	g_test_add_func("/standby/primary-dies", test_primary_dies);
	g_test_add_func("/standby/rows-lost", test_rows_lost);
	int failed = g_test_run();
	branch_clear(&b);
	postgres_clear(&standby);
	postgres_clear(&primary);
	return failed;
}
