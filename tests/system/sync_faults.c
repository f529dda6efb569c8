/* sync_faults: servers that are down, slow, full, old, closed; rows that are refused; tills that
 * were copied: a clear message, exit 1, nothing lost, nothing doubled */
#include <fcntl.h>
#include <glib.h>
#include <glob.h>
#include <stdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/lib/branch.h"
#include "tests/lib/proxy.h"

static struct postgres server;
static struct branch b;

/* A connection string of the branch's database. */
static void connect_as(const char *role, int port, const char *more)
{
	g_autofree char *base = postgres_conninfo(&server, b.database, role, port);
	g_autofree char *conninfo = g_strdup_printf("%s %s", base, more);

	branch_connect(&b, conninfo);
}

/* The fault is gone: everything arrives once. */
static void mend(void)
{
	connect_as("postgres", 0, "");
	branch_expect_command(&b, "sync", 0, "waiting: 0;");
	branch_check(&b);
}

static void test_server_down(void)
{
	branch_fill(&b, 3);
	connect_as("postgres", 1, "password=geheim");
	branch_expect_command(&b, "sync", 1, "tillask sync: connecting to the server: ");
	branch_expect_command(&b, "sync", 1, "Connection refused");
	branch_expect_command(&b, "sync --status", 0, "Connection refused");
	branch_expect_command(&b, "sync --status", 0, "(2 in a row)");
	g_autofree char *out = NULL, *errors = NULL;
	branch_command(&b, "sync", &out, &errors);
	g_assert_null(strstr(errors, "geheim"));
	mend();
	branch_expect_command(&b, "sync --status", 0, "last error: none");
}

static void test_no_connection_string(void)
{
	g_autofree char *errors = NULL;

	branch_connect(&b, "host=127.0.0.1 passwort geheim");
	g_assert_cmpint(branch_command(&b, "sync", NULL, &errors), ==, 1);
	g_assert_nonnull(strstr(errors, "it is no connection string"));
	g_assert_null(strstr(errors, "geheim"));
	mend();
}

/* A network that swallows everything ends in bounded time. */
static void test_silent_network(void)
{
	struct proxy *proxy = proxy_new(server.port);
	gint64 began = g_get_monotonic_time();

	branch_fill(&b, 3);
	connect_as("postgres", proxy_port(proxy), "tcp_user_timeout=1000");
	proxy_stall(proxy, PROXY_TO_SERVER, 600);
	branch_expect_command(&b, "sync", 1, "no answer for 1 s");
	connect_as("postgres", proxy_port(proxy), "connect_timeout=2");
	proxy_stall(proxy, PROXY_TO_CLIENT, 0);
	branch_expect_command(&b, "sync", 1, "timeout expired");
	g_assert_cmpint(g_get_monotonic_time() - began, <, 60 * G_USEC_PER_SEC);
	proxy_free(proxy);
	mend();
}

static void test_no_schema(void)
{
	branch_fill(&b, 3);
	branch_connect(&b, server.conninfo); /* database postgres has none */
	branch_expect_command(&b, "sync", 1, "run `tillask central migrate`");
	mend();
}

static void test_other_version(void)
{
	branch_fill(&b, 3);
	g_free(branch_sql(&b, "INSERT INTO tillask.version VALUES (900, 800)"));
	branch_expect_command(&b, "sync", 1, "it takes senders of 800 and later");
	branch_expect_command(&b, "central migrate", 1, "install the newer one");
	g_free(branch_sql(&b, "UPDATE tillask.version SET oldest_sender = 1"
			      " WHERE version = 900"));
	branch_expect_command(&b, "sync", 0, "sent: visits 3,");
	g_free(branch_sql(&b,
			  "DELETE FROM tillask.version WHERE version = 900;"
			  "CREATE TABLE newer AS SELECT * FROM tillask.version WHERE"
			  " version > 1; DELETE FROM tillask.version WHERE version > 1"));
	branch_expect_command(&b, "sync", 1, "the server's schema is 1");
	g_free(branch_sql(&b, "INSERT INTO tillask.version SELECT * FROM newer"));
	mend();
}

/* Full: a tablespace without room is what SQLSTATE 53100 says; here the server says it. */
static void test_server_full(void)
{
	branch_fill(&b, 3);
	g_free(branch_sql(
		&b, "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
		    " $$BEGIN RAISE disk_full USING MESSAGE = 'could not extend file';"
		    " END$$; CREATE TRIGGER full_disk BEFORE INSERT ON tillask.answer"
		    " FOR EACH STATEMENT EXECUTE FUNCTION full_disk()"));
	branch_expect_command(&b, "sync", 1,
			      "could not extend file (SQLSTATE 53100); make room on");
	branch_expect(&b, "SELECT count(*) FROM tillask.answer WHERE seq > 1000000", "0");
	g_assert_cmpint(branch_number(&b, "SELECT count(*) FROM refused"), ==, 0);
	g_free(branch_sql(&b, "DROP TRIGGER full_disk ON tillask.answer"));
	mend();
}

/* Two of 40 visits are refused: they are set aside, the rest goes on; later they go too. */
static void test_refused_record(void)
{
	branch_fill(&b, 40);
	branch_run(&b,
		   "DROP TRIGGER visit_stays_closed;"
		   "UPDATE visit SET outcome = 'abducted' WHERE n IN (SELECT record FROM"
		   " outbox WHERE kind = 1 ORDER BY record LIMIT 2 OFFSET 17)");
	branch_expect_command(&b, "sync", 1, "2 records were refused and set aside: ");
	g_assert_cmpint(branch_number(&b, "SELECT count(*) FROM outbox"), ==, 0);
	g_assert_cmpint(branch_number(&b, "SELECT count(*) FROM refused"), ==, 2);
	branch_expect_command(&b, "sync --status", 0, "set aside: 2 records; ");
	branch_expect_command(&b, "sync --status", 0, "(SQLSTATE 23514)");
	branch_expect(&b, "SELECT set_aside FROM tillask.till_health", "2");
	branch_run(&b,
		   "UPDATE visit SET outcome = 'completed' WHERE outcome = 'abducted'");
	branch_expect_command(&b, "sync", 0, "sent: visits 0,");
	branch_expect_command(&b, "sync --again", 0, "sent: visits 2,");
	g_assert_cmpint(branch_number(&b, "SELECT count(*) FROM refused"), ==, 0);
	mend();
}

/* When nothing at all is taken, nothing is set aside: the server is wrong. */
static void test_everything_is_refused(void)
{
	branch_fill(&b, 50);
	g_free(branch_sql(&b, "ALTER TABLE tillask.visit ADD CONSTRAINT closed"
			      " CHECK (till = 'none') NOT VALID"));
	branch_expect_command(&b, "sync", 1, "every record is refused; ");
	g_free(branch_sql(&b, "ALTER TABLE tillask.visit DROP CONSTRAINT closed"));
	g_assert_cmpint(branch_number(&b, "SELECT count(*) FROM refused"), ==, 0);
	mend();
}

static void test_two_senders(void)
{
	g_autofree char *path = g_strconcat(b.path, ".sync", NULL);
	int fd = open(path, O_RDWR | O_CLOEXEC);

	g_assert_cmpint(fd, >=, 0);
	g_assert_cmpint(flock(fd, LOCK_EX), ==, 0);
	branch_fill(&b, 3);
	GPid waiting = branch_start(&b, "sync"); /* for the first one to finish */
	g_usleep(1500000);
	branch_expect(&b,
		      "SELECT count(*) FROM pg_stat_activity"
		      " WHERE application_name = 'tillask'",
		      "0");
	close(fd);
	int status;
	waitpid(waiting, &status, 0);
	g_assert_cmpint(status, ==, 0);
	mend();
}

/* As run starts it: it tries again until the server is there. */
static void test_timer(void)
{
	int status;

	branch_fill(&b, 3);
	postgres_stop(&server);
	GPid pid = branch_start(&b, "sync --timer");
	g_usleep(1500000);
	g_assert_cmpint(waitpid(pid, &status, WNOHANG), ==, 0);
	g_assert_cmpint(branch_number(&b, "SELECT failures FROM sync_state"), >, 0);
	postgres_start(&server);
	g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
	g_assert_cmpint(status, ==, 0);
	g_assert_cmpint(branch_number(&b, "SELECT failures FROM sync_state"), ==, 0);
	branch_check(&b);
}

/* ---- a till's role ---------------------------------------------------------------------- */

static void expect_denied(const char *sql, const char *said)
{
	g_autofree char *conninfo = postgres_conninfo(&server, b.database, "till_017", 0);
	g_autofree char *errors = NULL;
	g_autofree char *out = postgres_try(conninfo, sql, &errors);

	if (out != NULL || strstr(errors, said) == NULL)
		g_error("%s: %s%s", sql, out != NULL ? out : "", errors);
}

static void test_till_role(void)
{
	static const char *const tables[] = {"visit",      "answer",    "card_event",
					     "queue_time", "heartbeat", "device_count",
					     "conflict",   "enrolment", "visit_00",
					     "nps_by_day", "integrity"};

	g_free(branch_sql(&b, "CREATE ROLE till_017 LOGIN; CREATE ROLE till_018 LOGIN"
			      " IN ROLE tillask_till; INSERT INTO tillask.enrolment"
			      " VALUES ('till_018', '018', NULL)"));
	connect_as("till_017", 0, "");
	branch_fill(&b, 30);
	branch_expect_command(&b, "sync", 1, "permission denied for schema tillask");
	g_free(branch_sql(&b, "GRANT tillask_till TO till_017"));
	branch_expect_command(&b, "sync", 1, "role till_017 is enrolled for no store");
	g_free(branch_sql(
		&b, "INSERT INTO tillask.enrolment VALUES ('till_017', '017', '3')"));
	branch_expect_command(&b, "sync", 0, "sent: visits 30,");
	/* the same again, by the staging tables */
	branch_run(&b, "INSERT INTO outbox (kind, record) SELECT 1, n FROM visit");
	branch_expect_command(&b, "sync", 0, "waiting: 0; set aside: 0");
	branch_check(&b);

	for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
		g_autofree char *read = g_strdup_printf("SELECT 1 FROM tillask.%s",
							tables[i]);
		g_autofree char *change = g_strdup_printf("DELETE FROM tillask.%s",
							  tables[i]);
		expect_denied(read, "permission denied");
		if (strstr(tables[i], "by_day") == NULL &&
		    strcmp(tables[i], "integrity") != 0)
			expect_denied(change, "permission denied");
	}
	expect_denied("INSERT INTO tillask.visit_00 DEFAULT VALUES", "permission denied");
	expect_denied(
		"INSERT INTO tillask.queue_time VALUES ('018', '3', gen_random_uuid(),"
		" gen_random_uuid(), now(), now(), 0, false, 1)",
		"may not send for store 018, till 3");
	expect_denied(
		"INSERT INTO tillask.queue_time VALUES ('017', '4', gen_random_uuid(),"
		" gen_random_uuid(), now(), now(), 0, false, 1)",
		"may not send for store 017, till 4");
	expect_denied(
		"SELECT tillask.stage(); INSERT INTO pg_temp.incoming_queue_time VALUES"
		" ('018', '3', gen_random_uuid(), gen_random_uuid(), now(), now(), 0,"
		" false, 1); SELECT tillask.take()",
		"may not send for store 018");
	/* nor is it told what is there of others */
	g_free(branch_sql(&b, "INSERT INTO tillask.queue_time VALUES ('018', '3',"
			      " '00000000-0000-4000-8000-000000000001',"
			      " '00000000-0000-4000-8000-000000000002', '2026-01-01',"
			      " '2026-01-01 10:00+00', 0, false, 1)"));
	expect_denied(
		"SELECT tillask.stage(); INSERT INTO pg_temp.incoming_queue_time VALUES"
		" ('018', '3', '00000000-0000-4000-8000-000000000001',"
		" '00000000-0000-4000-8000-000000000002', '2026-01-01',"
		" '2026-01-01 10:00+00', 0, false, 1); SELECT tillask.take()",
		"may not send for store 018, till 3");
	g_free(branch_sql(&b, "DELETE FROM tillask.queue_time WHERE store = '018'"));
	expect_denied("CREATE TEMP TABLE incoming_visit (LIKE tillask.visit)", "denied");
	expect_denied("CREATE TEMP TABLE incoming_visit (a int); SELECT tillask.take()",
		      "stage by tillask.stage()");
	expect_denied("SELECT tillask.take_one('visit', 'store visit', 'NULL')",
		      "denied");
	/* rights that were there are taken away */
	branch_fill(&b, 3);
	g_free(branch_sql(&b, "REVOKE INSERT ON tillask.answer FROM tillask_till"));
	branch_expect_command(&b, "sync", 1, "permission denied for table answer");
	g_free(branch_sql(&b, "GRANT INSERT ON tillask.answer TO tillask_till"));
	branch_expect_command(&b, "sync", 0, "sent: visits 3,");
	mend();
}

/* ---- tills that were copied ------------------------------------------------------------- */

static char *keep_copy(void)
{
	g_autofree char *copy = g_strconcat(b.path, ".copy", NULL);
	g_autofree char *sql = g_strdup_printf("VACUUM INTO '%s'", copy);

	branch_run(&b, sql);
	return g_steal_pointer(&copy);
}

/* The copy becomes the till's database, and what it was the copy. */
static void swap(const char *copy)
{
	g_autofree char *aside = g_strconcat(b.path, ".aside", NULL);
	g_autofree char *wal = g_strconcat(b.path, "-wal", NULL);
	g_autofree char *shm = g_strconcat(b.path, "-shm", NULL);

	branch_run(&b, "PRAGMA wal_checkpoint(TRUNCATE)");
	unlink(wal);
	unlink(shm);
	g_assert_cmpint(rename(b.path, aside), ==, 0);
	g_assert_cmpint(rename(copy, b.path), ==, 0);
	g_assert_cmpint(rename(aside, copy), ==, 0);
}

/* A cloned disk, or an old backup put back: both go on in one generation with the same seqs. */
static void test_clone(void)
{
	mend();
	branch_expect(&b,
		      "SELECT count(*) FROM tillask.integrity WHERE problem IN ('clone',"
		      " 'conflict', 'gap')",
		      "0");
	gint64 before = branch_number(&b, "SELECT count(*) FROM visit");
	g_autofree char *copy = keep_copy();
	branch_fill(&b, 4);
	branch_expect_command(&b, "sync", 0, "sent: visits 4,");
	branch_check(&b);
	swap(copy);
	branch_fill(&b, 3);
	branch_expect_command(&b, "sync", 0, "sent: visits 3,");
	g_autofree char *all = g_strdup_printf("%d", (int)before + 7);
	branch_expect(&b, "SELECT count(*) FROM tillask.visit", all);
	branch_expect(&b,
		      "SELECT count(*), sum(rows) FROM tillask.integrity"
		      " WHERE problem = 'clone'",
		      "3|6");
	/* a visit that was open on both, and ended differently */
	branch_run(&b, "UPDATE visit SET receipt = 'other' WHERE n = 2;"
		       "INSERT INTO outbox (kind, record) VALUES (1, 2)");
	branch_expect_command(&b, "sync", 0, "sent: visits 1,");
	branch_expect_command(&b, "sync", 0, "sent: visits 0,");
	branch_expect(&b,
		      "SELECT problem, rows FROM tillask.integrity WHERE problem ="
		      " 'conflict'",
		      "conflict|1");
	branch_expect(&b, "SELECT fact, row->>'receipt', moved FROM tillask.conflict",
		      "visit|other|f");
	swap(copy);
}

/* `recover`: known visits come again under another generation and seq; that is no fault. */
static void test_taken_over(void)
{
	branch_run(&b,
		   "UPDATE meta SET generation = randomblob(16);"
		   "INSERT INTO outbox (kind, record) SELECT 1, n FROM visit WHERE n < 4"
		   " ON CONFLICT DO NOTHING");
	branch_expect_command(&b, "sync", 0, "sent: visits 3,");
	branch_expect(
		&b,
		"SELECT count(*), bool_and(moved) FROM tillask.conflict"
		" WHERE fact = 'visit' AND row->>'receipt' IS DISTINCT FROM 'other'",
		"3|t");
	branch_expect(&b, "SELECT count(*) FROM tillask.integrity WHERE problem = 'gap'",
		      "0");
}

static void test_clock_ahead(void)
{
	const char *argv[] = {b.program, "--config", b.config, "sync", NULL};
	g_auto(GStrv) env = g_get_environ();
	g_autofree char *errors = NULL;
	glob_t found;
	int status;

	g_assert_cmpint(glob("/usr/lib/*/faketime/libfaketime.so.1", 0, NULL, &found), ==,
			0);
	env = g_environ_setenv(env, "LD_PRELOAD", found.gl_pathv[0], TRUE);
	env = g_environ_setenv(env, "FAKETIME", "+365d", TRUE);
	env = g_environ_setenv(env, "FAKETIME_DONT_FAKE_MONOTONIC", "1", TRUE);
	globfree(&found);
	branch_fill(&b, 2);
	g_spawn_sync(NULL, (char **)argv, env, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL,
		     NULL, &errors, &status, NULL);
	g_assert_cmpint(status, ==, 0);
	g_assert_nonnull(strstr(errors, "this clock is 31"));
	g_assert_nonnull(strstr(errors, " s ahead of the server's; set the time"));
	branch_expect(&b, "SELECT problem FROM tillask.integrity WHERE problem = 'clock'",
		      "clock");
	branch_expect_command(&b, "sync", 0, "sent: visits 0,");
	branch_expect(&b,
		      "SELECT count(*) FROM tillask.integrity WHERE problem = 'clock'",
		      "0");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	postgres_init(&server, NULL);
	branch_init(&b, &server, "faults");
	branch_expect_command(&b, "central migrate", 0, "installed");
	g_test_add_func("/sync-faults/server-down", test_server_down);
	g_test_add_func("/sync-faults/no-connection-string", test_no_connection_string);
	g_test_add_func("/sync-faults/silent-network", test_silent_network);
	g_test_add_func("/sync-faults/no-schema", test_no_schema);
	g_test_add_func("/sync-faults/other-version", test_other_version);
	g_test_add_func("/sync-faults/server-full", test_server_full);
	g_test_add_func("/sync-faults/refused-record", test_refused_record);
	g_test_add_func("/sync-faults/everything-is-refused", test_everything_is_refused);
	g_test_add_func("/sync-faults/two-senders", test_two_senders);
	g_test_add_func("/sync-faults/timer", test_timer);
	g_test_add_func("/sync-faults/till-role", test_till_role);
	g_test_add_func("/sync-faults/clone", test_clone);
	g_test_add_func("/sync-faults/taken-over", test_taken_over);
	g_test_add_func("/sync-faults/clock-ahead", test_clock_ahead);
	int failed = g_test_run();
	branch_clear(&b);
	postgres_clear(&server);
	return failed;
}
