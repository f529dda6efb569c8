/* bundle: what waits goes by hand, signed, and each row is on the server once */
#include <glib/gstdio.h>
#include <string.h>

#include "tests/lib/branch.h"

static struct postgres server;

/* A till that never has a network, and head office. */
static struct branch till, head;
static char *key, *centre; /* public ones */
static char *bundle, *ack; /* files */

static char *said(const struct branch *b, const char *arguments)
{
	g_autofree char *errors = NULL;
	char *out;

	if (branch_command(b, arguments, &out, &errors) != 0)
		g_error("%s: %s%s", arguments, out, errors);
	return g_strchomp(out);
}

G_GNUC_PRINTF(4, 5)
static void expect(const struct branch *b, int code, const char *expected,
		   const char *format, ...)
{
	g_autofree char *arguments = NULL;
	va_list args;

	va_start(args, format);
	arguments = g_strdup_vprintf(format, args);
	va_end(args);
	branch_expect_command(b, arguments, code, expected);
}

/* In the place of the one before, which would not be overwritten. */
static void write_bundle(void)
{
	g_remove(bundle);
	expect(&till, 0, "records", "sync --bundle %s", bundle);
}

static gint64 waiting(void)
{
	return branch_number(&till, "SELECT count(*) FROM outbox");
}

static void expect_visits(int n)
{
	g_autofree char *number = g_strdup_printf("%d|%d", n, n);

	branch_expect(&till, "SELECT count(*), count(DISTINCT visit) FROM tillask.visit",
		      number);
}

/* Head office has a config.ini of its own, and no till. */
static void open_head(struct branch *h, const char *name)
{
	g_autofree char *text = g_strdup_printf(
		"[terminal]\ndatabase=%s/t.db\n[sync]\nserver=%s\n", name, till.conninfo);

	*h = till;
	h->config = g_strdup_printf("%s/%s.ini", till.folder, name);
	g_assert_true(g_file_set_contents(h->config, text, -1, NULL));
}

static void test_there_and_back(void)
{
	branch_fill(&till, 1000);
	gint64 records = waiting();

	expect(&till, 1, "tillask sync --enrol", "sync --bundle %s", bundle);
	key = said(&till, "sync --enrol");
	g_assert_cmpuint(strlen(key), ==, 64);
	write_bundle();
	expect(&till, 1, "nothing is overwritten", "sync --bundle %s", bundle);
	expect(&head, 1, "has no schema tillask", "sync --load %s", bundle);
	expect(&head, 0, "installed", "central migrate");
	expect(&head, 1, "enrolled for no till", "sync --load %s", bundle);
	expect(&head, 1, "is no key", "central enrol 017/3 %s0", key);
	g_autofree char *enrol = g_strdup_printf("central enrol 017/3 %s", key);
	centre = said(&head, enrol);

	expect(&head, 0, "taken in: ", "sync --load %s", bundle);
	expect_visits(1000);
	g_assert_cmpint(waiting(), ==, records); /* until the answer is here */
	expect(&head, 0, "taken in: ", "sync --load %s", bundle);
	expect_visits(1000);
	branch_expect(&till, "SELECT count(*) FROM tillask.conflict", "0");

	expect(&till, 1, "does not know head office's key yet", "sync --load %s", ack);
	g_assert_cmpint(waiting(), ==, records);
	expect(&till, 0, "are believed", "sync --enrol %s", centre);
	expect(&till, 0, "acknowledged: ", "sync --load %s", ack);
	branch_check(&till);
	branch_expect(&till,
		      "SELECT count(*) FROM tillask.integrity WHERE problem IN"
		      " ('gap', 'clone', 'conflict')",
		      "0");

	/* a record that waits again later is not what was acknowledged then */
	branch_run(&till, "INSERT INTO outbox (kind, record) VALUES (1, 1)");
	expect(&till, 0, "acknowledged: ", "sync --load %s", ack);
	g_assert_cmpint(waiting(), ==, 1);
	branch_run(&till, "DELETE FROM outbox");
}

/* Written, lost on the way, written again; the network is there for a moment between. */
static void test_overlapping(void)
{
	g_autofree char *second = g_strconcat(bundle, "2", NULL);
	g_autofree char *second_ack = g_strconcat(second, ".ack", NULL);

	branch_fill(&till, 300);
	write_bundle();
	branch_fill(&till, 300);
	expect(&till, 0, "records", "sync --bundle %s", second);
	expect(&head, 0, "taken in: ", "sync --load %s %s", second, bundle);
	expect_visits(1600);
	branch_fill(&till, 100);
	expect(&till, 0, "acknowledged: ", "sync --load %s", ack);
	g_assert_cmpint(waiting(), >, 100);
	expect(&till, 0, "sent:", "sync");
	expect(&till, 0, "acknowledged: ", "sync --load %s", second_ack);
	branch_check(&till);
	expect_visits(1700);
}

static void expect_refused(const char *bytes, gsize size, const char *why)
{
	g_autofree char *file = g_strconcat(bundle, ".bad", NULL);
	g_autofree char *answer = g_strconcat(file, ".ack", NULL);

	g_assert_true(g_file_set_contents(file, bytes, (gssize)size, NULL));
	expect(&head, 1, why, "sync --load %s", file);
	g_assert_false(g_file_test(answer, G_FILE_TEST_EXISTS));
	expect_visits(1700);
}

static void test_damaged(void)
{
	g_autofree char *text = NULL;
	gsize size;

	branch_fill(&till, 50);
	write_bundle();
	g_assert_true(g_file_get_contents(bundle, &text, &size, NULL));
	for (gsize at = 20; at < size; at += size / 12) {
		text[at] ^= 1;
		expect_refused(text, size, "reading ");
		text[at] ^= 1;
	}
	for (gsize cut = 25; cut < size; cut += size / 6)
		expect_refused(text, cut, "cut off");
	expect_refused(text, size - 1, "cut off");
	expect_refused("", 0, "no bundle");
	expect_refused("seq;visit;store\n", 16, "no bundle");
	expect_refused("tillask-bundle 3\n", 17, "newer tillask");
	expect(&head, 1, "", "sync --load /nowhere/bundle");
}

/* Who has a till's key cannot speak for another store; a stranger cannot acknowledge. */
static void test_wrong_hands(void)
{
	struct branch other;
	g_autofree char *text = NULL;

	branch_run(&till, "UPDATE till SET store = '018'");
	write_bundle();
	branch_run(&till, "UPDATE till SET store = '017'");
	expect(&head, 1, "rows of 018/3, for which its key is not enrolled",
	       "sync --load %s", bundle);
	expect_visits(1700);

	write_bundle();
	branch_run(&till, "UPDATE till SET till = till"); /* nothing */
	g_free(branch_sql(&till, "UPDATE tillask.till_key SET revoked_at = now()"));
	expect(&head, 1, "enrolled for no till", "sync --load %s", bundle);
	g_free(branch_sql(&till, "UPDATE tillask.till_key SET revoked_at = NULL"));

	open_head(&other, "elsewhere");
	expect(&other, 0, "taken in: ", "sync --load %s", bundle);
	gint64 records = waiting();
	expect(&till, 1, "not signed with the key of head office", "sync --load %s", ack);
	g_assert_cmpint(waiting(), ==, records);
	g_assert_cmpint(records, >, 0);
	expect(&head, 0, "taken in: ", "sync --load %s", bundle);

	/* another database of this till: a replaced disk */
	branch_run(&till, "CREATE TABLE kept AS SELECT generation FROM meta;"
			  "UPDATE meta SET generation = randomblob(16)");
	expect(&till, 1, "of another database", "sync --load %s", ack);
	g_assert_cmpint(waiting(), ==, records);
	branch_run(&till, "UPDATE meta SET generation = (SELECT generation FROM kept);"
			  "DROP TABLE kept");
	expect(&till, 0, "acknowledged: ", "sync --load %s", ack);
	branch_check(&till);
	g_free(other.config);
}

/* What the server refuses stays on the till with its neighbours; the rest goes on. */
static void test_refused(void)
{
	branch_fill(&till, 100);
	branch_run(&till,
		   "INSERT INTO card_event (id, day, at, at_offset, reader, result)"
		   " VALUES (randomblob(16), 3000000, 1, 0, 'msr', 'accepted')");
	branch_fill(&till, 1000);
	gint64 records = waiting();
	write_bundle();
	expect(&head, 1, "stay on the till", "sync --load %s", bundle);
	expect(&till, 0, "acknowledged: ", "sync --load %s", ack);
	g_assert_cmpint(waiting(), >=, 1);
	g_assert_cmpint(waiting(), <=, 200);
	g_assert_cmpint(records, >, 1000);
	branch_run(&till, "DELETE FROM outbox WHERE record IN (SELECT n FROM card_event"
			  " WHERE day = 3000000) AND kind = 2;"
			  "DELETE FROM card_event WHERE day = 3000000");
	expect(&till, 0, "sent:", "sync");
	branch_check(&till);
}

/* A till without a network is not a dead one. */
static void expect_health(const char *sql, const char *expected)
{
	g_autofree char *query = g_strdup_printf("SELECT %s FROM tillask.till_health",
						 sql);

	branch_expect(&till, query, expected);
}

static void expect_problems(const char *expected)
{
	branch_expect(&till,
		      "SELECT string_agg(problem, ' ' ORDER BY problem) FROM"
		      " tillask.integrity WHERE problem IN ('late', 'clock')",
		      expected);
}

static void test_sign_of_life(void)
{
	g_autofree char *second = g_strconcat(bundle, ".later", NULL);
	g_autofree char *counts = NULL;

	g_free(branch_sql(&till, "DELETE FROM tillask.heartbeat;"
				 "DELETE FROM tillask.device_count"));
	branch_fill(&till, 300);
	g_autofree char *waits = g_strdup_printf("carried|t|%" G_GINT64_FORMAT "|t|f",
						 waiting());
	write_bundle();
	for (int i = 0; i < 2; i++) {
		expect(&head, 0, "taken in: ", "sync --load %s", bundle);
		expect_health("state, heard_at <= received_at, waiting, clock_ahead IS"
			      " NULL, oldest IS NULL",
			      waits);
		expect_problems("");
		branch_expect(&till, "SELECT count(*) FROM tillask.heartbeat", "1");
	}
	/* since the oldest that waited */
	counts = g_strdup_printf(
		"1|%" G_GINT64_FORMAT,
		branch_number(&till, "SELECT count(*) FROM card_event WHERE result ="
				     " 'accepted' AND day >= (SELECT min(day) FROM outbox"
				     " JOIN visit ON visit.n = record WHERE kind = 1)"));
	branch_expect(&till, "SELECT count(*), min(good_reads) FROM tillask.device_count",
		      counts);

	/* with nothing to say it lives all the same; and the one before comes after it */
	expect(&till, 0, "acknowledged: ", "sync --load %s", ack);
	expect(&till, 0, ": 0 records", "sync --bundle %s", second);
	expect(&head, 0, "taken in: ", "sync --load %s", second);
	g_free(branch_sql(&till, "DELETE FROM tillask.heartbeat WHERE waiting > 0"));
	expect(&head, 0, "taken in: ", "sync --load %s", bundle);
	branch_expect(&till, "SELECT count(*) FROM tillask.heartbeat", "2");
	expect_health("state, waiting", "carried|0");

	/* nobody carried anything for long; then a clock that is a year ahead */
	g_free(branch_sql(&till,
			  "UPDATE tillask.heartbeat SET at = at - interval '7 days',"
			  " received_at = received_at - interval '7 days'"));
	expect_health("state", "carried");
	g_free(branch_sql(&till,
			  "UPDATE tillask.heartbeat SET at = at - interval '2 days',"
			  " received_at = received_at - interval '1 hour'"));
	expect_health("state", "silent");
	expect_problems("late");
	g_free(branch_sql(&till,
			  "UPDATE tillask.heartbeat SET at = at + interval '1 year',"
			  " received_at = now()"));
	expect_health("state, clock_ahead > interval '300 days', heard_at = received_at",
		      "carried|t|t");
	expect_problems("clock");
	g_free(branch_sql(&till, "DELETE FROM tillask.heartbeat"));
	expect(&till, 0, "sent:", "sync");
	expect_health("state, clock_ahead IS NULL", "ok|f");
	expect_problems("");
}

static guint files_in(const char *folder)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	guint n = 0;

	while (g_dir_read_name(dir) != NULL)
		n++;
	g_dir_close(dir);
	return n;
}

static void test_full_stick(void)
{
	g_autofree char *stick = g_build_filename(till.folder, "stick", NULL);
	g_autofree char *line =
		g_strdup_printf("ulimit -f 128; exec %s --config %s sync --bundle %s/b",
				till.program, till.config, stick);
	const char *argv[] = {"sh", "-c", line, NULL};
	g_autofree char *errors = NULL;
	int status;

	branch_fill(&till, 500);
	gint64 records = waiting();
	g_assert_cmpint(g_mkdir(stick, 0700), ==, 0);
	g_assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL,
				   NULL, NULL, &errors, &status, NULL));
	g_assert_cmpint(status, ==, 1 << 8);
	if (strstr(errors, "make room and do it again") == NULL)
		g_error("%s", errors);
	g_assert_cmpuint(files_in(stick), ==, 0);
	expect(&till, 1, "making the folder", "sync --bundle /proc/stick/b");
	g_assert_cmpint(waiting(), ==, records);
	expect(&till, 2, "there is too much", "sync --bundle %s/b --load x", stick);
	expect(&till, 2, "there is too much", "sync now");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	postgres_init(&server, NULL);
	branch_init(&till, &server, "carried");
	open_head(&head, "head");
	bundle = g_build_filename(till.folder, "017-3.bundle", NULL);
	ack = g_strconcat(bundle, ".ack", NULL);
	g_test_add_func("/bundle/there-and-back", test_there_and_back);
	g_test_add_func("/bundle/overlapping", test_overlapping);
	g_test_add_func("/bundle/damaged", test_damaged);
	g_test_add_func("/bundle/wrong-hands", test_wrong_hands);
	g_test_add_func("/bundle/refused", test_refused);
	g_test_add_func("/bundle/sign-of-life", test_sign_of_life);
	g_test_add_func("/bundle/full-stick", test_full_stick);
	int failed = g_test_run();
	g_free(head.config);
	branch_clear(&till);
	postgres_clear(&server);
	g_free(key);
	g_free(centre);
	g_free(bundle);
	g_free(ack);
	return failed;
}
