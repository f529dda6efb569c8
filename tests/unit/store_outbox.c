/* store_outbox: records wait until what was read of them is acknowledged */
#include <sqlite3.h>
#include <string.h>

#include "store/outbox.h"
#include "tests/lib/storage.h"

static void change(const struct storage *f, const char *sql)
{
	sqlite3 *db;

	g_assert_cmpint(sqlite3_open(f->path, &db), ==, SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		g_error("%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_close(db);
}

/* A database with VISITS closed visits. */
static struct outbox *fill(struct storage *f, uint32_t visits)
{
	g_autoptr(GError) error = NULL;

	storage_init(f, NULL);
	struct store *store = store_open(&f->options, &error);
	g_assert_no_error(error);
	for (uint32_t i = 0; i < visits; i++)
		storage_whole(f, store, i);
	g_assert_true(storage_wait(f, store, 20000));
	g_assert_true(store_close(store, 5000));
	struct outbox *o = outbox_open(f->path, &error);
	g_assert_no_error(error);
	return o;
}

static GArray *next(struct outbox *o, const struct outbox_record *after, unsigned limit)
{
	g_autoptr(GError) error = NULL;
	GArray *records = g_array_new(FALSE, FALSE, sizeof(struct outbox_record));

	outbox_next(o, after, records, limit, &error);
	g_assert_no_error(error);
	return records;
}

static const struct outbox_record *at(GArray *records, guint i)
{
	return &g_array_index(records, struct outbox_record, i);
}

static gint64 waiting(struct outbox *o)
{
	g_autoptr(GError) error = NULL;
	struct outbox_status status;

	outbox_status(o, &status, &error);
	g_assert_no_error(error);
	return status.waiting;
}

static void test_piece_by_piece(void)
{
	struct storage f;
	struct outbox *o = fill(&f, 5);
	g_autoptr(GArray) first = next(o, NULL, 3);
	g_assert_cmpuint(first->len, ==, 3);
	g_autoptr(GArray) second = next(o, at(first, 2), 3);
	g_assert_cmpuint(second->len, ==, 2);
	g_assert_cmpint(at(second, 0)->n, ==, at(first, 2)->n + 1);
	g_autoptr(GArray) third = next(o, at(second, 1), 3);
	g_assert_cmpuint(third->len, ==, 0);
	g_assert_true(outbox_acknowledge(o, at(first, 0), 3, NULL));
	g_assert_true(
		outbox_acknowledge(o, at(first, 0), 3, NULL)); /* twice is harmless */
	g_assert_cmpint(waiting(o), ==, 2);
	outbox_close(o);
	storage_clear(&f);
}

/* An answer that `recover` adds between reading and acknowledgement is sent too. */
static void test_changed_meanwhile(void)
{
	struct storage f;
	struct outbox *o = fill(&f, 2);
	g_autoptr(GArray) records = next(o, NULL, 10);
	change(&f, "INSERT INTO answer SELECT 1, max(n), 0, 0, 0, 4, 1.0, NULL, 'late'"
		   " FROM wording");
	g_assert_true(outbox_acknowledge(o, at(records, 0), 2, NULL));
	g_assert_cmpint(waiting(o), ==, 1);
	g_autoptr(GArray) again = next(o, NULL, 10);
	g_assert_cmpint(at(again, 0)->n, ==, 1);
	g_assert_true(outbox_acknowledge(o, at(again, 0), 1, NULL));
	g_assert_cmpint(waiting(o), ==, 0);
	outbox_close(o);
	storage_clear(&f);
}

struct seen {
	unsigned rows[OUTBOX_FACTS], low;
	const char *names[OUTBOX_COLUMNS_MAX];
};

static void see(void *self, enum outbox_fact fact, const struct outbox_value *value,
		unsigned n)
{
	struct seen *seen = self;

	seen->rows[fact]++;
	for (unsigned i = 0; fact == OUTBOX_ANSWER && i < n; i++)
		if (strcmp(seen->names[i], "low") == 0)
			seen->low += value[i].integer != 0;
}

static void test_rows(void)
{
	struct storage f;
	struct outbox *o = fill(&f, 5);
	struct seen seen = {0};
	unsigned n;
	g_autoptr(GArray) records = next(o, NULL, 10);

	g_assert_true(outbox_columns(o, OUTBOX_ANSWER, seen.names, &n, NULL));
	g_assert_true(outbox_rows(o, at(records, 0), at(records, 4), see, &seen, NULL));
	g_assert_cmpuint(seen.rows[OUTBOX_VISIT], ==, 5);
	g_assert_cmpuint(seen.rows[OUTBOX_ANSWER], ==, 15);
	g_assert_cmpuint(seen.rows[OUTBOX_CARD_EVENT], ==, 3);
	/* smiley 1 + i % 5: 1 and 2; nps the same: five critics; goods i % 2: three times no */
	g_assert_cmpuint(seen.low, ==, 2 + 5 + 3);
	outbox_close(o);
	storage_clear(&f);
}

static void test_set_aside(void)
{
	struct storage f;
	struct outbox *o = fill(&f, 3);
	struct outbox_status status;
	g_autoptr(GArray) records = next(o, NULL, 10);

	g_assert_true(outbox_set_aside(o, at(records, 1), 1000, "no such outcome", NULL));
	g_assert_true(outbox_status(o, &status, NULL));
	g_assert_cmpint(status.waiting, ==, 2);
	g_assert_cmpint(status.set_aside, ==, 1);
	g_assert_cmpstr(status.refused, ==, "no such outcome");
	g_assert_true(outbox_again(o, NULL));
	g_assert_true(outbox_status(o, &status, NULL));
	g_assert_cmpint(status.waiting, ==, 3);
	g_assert_cmpint(status.set_aside, ==, 0);
	outbox_close(o);
	storage_clear(&f);
}

static void test_how_it_went(void)
{
	struct storage f;
	struct outbox *o = fill(&f, 1);
	struct outbox_status status;

	g_assert_true(outbox_failed(o, 5000, "no network", 9000, NULL));
	g_assert_true(outbox_failed(o, 6000, "no network yet", 9900, NULL));
	g_assert_true(outbox_status_of(f.path, &status, NULL));
	g_assert_cmpint(status.failures, ==, 2);
	g_assert_cmpstr(status.error, ==, "no network yet");
	g_assert_cmpint(status.not_before_ms, ==, 9900);
	g_assert_cmpint(status.succeeded_ms, ==, INT64_MIN);
	g_assert_cmpint(status.oldest_ms, ==, 20000 * INT64_C(86400000));
	g_assert_true(outbox_succeeded(o, 7000, NULL));
	g_assert_true(outbox_status_of(f.path, &status, NULL));
	g_assert_cmpint(status.failures, ==, 0);
	g_assert_cmpint(status.succeeded_ms, ==, 7000);
	g_assert_cmpint(status.failed_ms, ==, INT64_MIN);
	outbox_close(o);
	storage_clear(&f);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/outbox/piece-by-piece", test_piece_by_piece);
	g_test_add_func("/outbox/changed-meanwhile", test_changed_meanwhile);
	g_test_add_func("/outbox/rows", test_rows);
	g_test_add_func("/outbox/set-aside", test_set_aside);
	g_test_add_func("/outbox/how-it-went", test_how_it_went);
	return g_test_run();
}
