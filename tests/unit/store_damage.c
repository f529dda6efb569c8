/* store_damage: a damaged database is set aside and its visits are taken over; a newer or a
 * foreign one is refused and left as it is */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "store/copy.h"
#include "store/takeover.h"
#include "tests/lib/storage.h"

#define VISITS 200

static struct store *open_store(struct storage *f)
{
	g_autoptr(GError) error = NULL;
	struct store *store = store_open(&f->options, &error);
	g_assert_no_error(error);
	return store;
}

static void fill(struct storage *f, uint32_t from, uint32_t until)
{
	struct store *store = open_store(f);
	f->ticket = 0;
	for (uint32_t i = from; i < until; i++) {
		storage_whole(f, store, i);
		g_assert_true(storage_wait(f, store, 20000));
	}
	g_assert_true(store_close(store, 5000));
}

/* Opens after PATH was spoilt; returns the name of what was set aside. */
static char *set_aside(struct storage *f)
{
	struct store *store = open_store(f);
	g_assert_nonnull(store_set_aside(store));
	g_assert_true(g_str_has_prefix(store_set_aside(store), f->path));
	g_assert_nonnull(strstr(store_set_aside(store), ".damaged-20"));
	char *aside = g_strdup(store_set_aside(store));
	g_assert_true(g_file_test(aside, G_FILE_TEST_EXISTS));
	f->ticket = 0;
	storage_whole(f, store, 1000000);
	g_assert_true(storage_wait(f, store, 5000));
	g_assert_true(store_close(store, 5000));
	g_assert_cmpint(storage_number(f->path, "SELECT count(*) FROM visit"), ==, 1);
	return aside;
}

static void test_not_a_database(void)
{
	static const struct {
		const char *text;
		size_t size;
	} rows[] = {{"", 0},
		    {"shopping list\n", 14},
		    {"SQLite format 3\0\377\377\377\377", 20}};
	for (size_t i = 0; i < G_N_ELEMENTS(rows) + 1; i++) {
		struct storage f;
		char garbage[8192];
		g_autofree char *now = NULL;
		gsize size;
		storage_init(&f, NULL);
		memset(garbage, 0xa5, sizeof garbage);
		const char *text = i < G_N_ELEMENTS(rows) ? rows[i].text : garbage;
		size_t length = i < G_N_ELEMENTS(rows) ? rows[i].size : sizeof garbage;
		g_assert_true(g_file_set_contents(f.path, text, (gssize)length, NULL));
		g_autofree char *aside = set_aside(&f);
		g_assert_true(g_file_get_contents(aside, &now, &size, NULL));
		g_assert_true(size == length && memcmp(now, text, length) == 0);
		storage_clear(&f);
	}
}

/* A log without its database must not be taken for one of the new database. */
static void test_database_removed(void)
{
	struct storage f;
	storage_init(&f, NULL);
	g_autofree char *log = g_strconcat(f.path, "-wal", NULL);
	g_assert_true(g_file_set_contents(log, "old", 3, NULL));
	struct store *store = open_store(&f);
	g_assert_nonnull(store_set_aside(store));
	g_assert_true(store_close(store, 5000));
	storage_check(f.path);
	storage_clear(&f);
}

static void overwrite(const char *path, off_t offset, size_t n)
{
	g_autofree char *bytes = g_malloc(n);
	memset(bytes, 0x5a, n);
	int fd = open(path, O_WRONLY);
	g_assert_cmpint(pwrite(fd, bytes, n, offset), ==, (gssize)n);
	close(fd);
}

/* Where a table's b-tree begins. */
static off_t root_of(const char *path, const char *name)
{
	g_autofree char *sql = g_strdup_printf(
		"SELECT rootpage * (SELECT page_size FROM pragma_page_size) FROM sqlite_schema "
		"WHERE name = '%s'",
		name);
	return (off_t)storage_number(path, sql) - 4096;
}

static void test_cut_and_flipped(void)
{
	static const char *const tables[] = {"meta", "outbox", "visit", "card_event",
					     NULL};
	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
		struct storage f;
		storage_init(&f, NULL);
		fill(&f, 0, 20);
		if (tables[i] != NULL)
			overwrite(f.path, root_of(f.path, tables[i]), 4096);
		else
			g_assert_cmpint(truncate(f.path, 4096 * 5 + 100), ==, 0);
		g_autofree char *aside = set_aside(&f);
		storage_check(f.path);
		storage_clear(&f);
	}
}

/* Found while running: the survey goes on in a new generation, the visit that is open too. */
static void test_damaged_while_running(void)
{
	struct storage f;
	storage_init(&f, NULL);
	fill(&f, 0, 20);
	struct store *store = open_store(&f);
	f.ticket = 0;
	storage_save(store, storage_answer(&f, 30, 0, 5));
	g_assert_true(storage_wait(&f, store, 5000));
	/* another process writes, so the writer believes its cached pages no longer: what it needs
	 * it reads, and no save can succeed on pages that only its memory still holds */
	g_assert_cmpint(storage_number(f.path, "INSERT INTO entry (day, what, value)"
					       " VALUES (1, 'passed', 1) RETURNING 1"),
			==, 1);
	g_autofree char *log = g_strconcat(f.path, "-wal", NULL);
	g_assert_cmpint(truncate(log, 0), ==, 0); /* nor from the log */
	overwrite(f.path, 0, 4096 * 8);
	storage_save(store, storage_answer(&f, 30, 1, 5));
	storage_save(store, storage_close(&f, 30, OUTCOME_PARTIAL));
	g_assert_true(storage_wait(&f, store, 20000));
	g_assert_nonnull(store_set_aside(store));
	g_assert_true(store_close(store, 5000));
	storage_check(f.path);
	g_assert_cmpint(storage_number(f.path, "SELECT count(*) FROM visit"), ==, 1);
	g_assert_cmpint(storage_number(f.path, "SELECT count(*) FROM answer"), ==, 1);
	storage_clear(&f);
}

static void refused(struct storage *f, enum store_error code, const char *word)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *before = NULL, *now = NULL;
	gsize size, size_now;
	g_assert_true(g_file_get_contents(f->path, &before, &size, NULL));
	g_assert_null(store_open(&f->options, &error));
	g_assert_error(error, STORE_ERROR, (int)code);
	g_assert_nonnull(strstr(error->message, f->path));
	g_assert_nonnull(strstr(error->message, word));
	g_assert_true(g_file_get_contents(f->path, &now, &size_now, NULL));
	g_assert_true(size == size_now && memcmp(before, now, size) == 0);
}

static void test_newer_is_refused(void)
{
	struct storage f;
	storage_init(&f, NULL);
	fill(&f, 0, 1);
	storage_number(f.path, "PRAGMA user_version = 999");
	refused(&f, STORE_ERROR_NEWER, "newer tillask");
	storage_clear(&f);
}

static void test_foreign_is_refused(void)
{
	struct storage f;
	storage_init(&f, NULL);
	g_assert_true(g_file_set_contents(f.path, "", 0, NULL));
	storage_number(f.path, "CREATE TABLE theirs (x)");
	refused(&f, STORE_ERROR_FAILED, "another program");
	storage_clear(&f);
}

static void test_folder_is_refused(void)
{
	struct storage f;
	g_autoptr(GError) error = NULL;
	storage_init(&f, NULL);
	g_assert_cmpint(g_mkdir(f.path, 0700), ==, 0);
	g_assert_null(store_open(&f.options, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_FAILED);
	storage_clear(&f);
}

static int64_t take(struct storage *f, const char *from, struct takeover *t)
{
	g_autoptr(GError) error = NULL;
	g_assert_true(takeover(f->path, from, t, NULL, NULL, &error));
	g_assert_no_error(error);
	storage_check(f->path);
	return storage_number(f->path, "SELECT count(*) FROM visit");
}

/* Whatever page is hit: the rest is taken over, once.  Pages of the schema and of meta are what
 * must be whole. */
static void test_takeover_of_damaged(void)
{
	struct takeover t, again;
	struct storage f;
	storage_init(&f, NULL);
	fill(&f, 0, VISITS);
	g_autofree char *good = g_strconcat(f.path, ".good", NULL);
	g_assert_cmpint(rename(f.path, good), ==, 0);
	int pages = (int)storage_number(good, "PRAGMA page_count"), taken = 0, losses = 0;
	g_autofree char *bytes = NULL;
	gsize size;
	g_assert_true(g_file_get_contents(good, &bytes, &size, NULL));
	for (int page = 8; page < pages; page++) {
		g_autofree char *aside = g_strdup_printf("%s.damaged-%d", f.path, page);
		g_autoptr(GError) error = NULL;
		g_assert_true(g_file_set_contents(aside, bytes, (gssize)size, NULL));
		overwrite(aside, page * 4096, 4096);
		fill(&f, 5000, 5001);
		if (takeover(f.path, aside, &t, NULL, NULL, &error)) {
			g_assert_cmpint(t.visits + t.unreadable, >=, VISITS);
			g_assert_cmpint(t.answers + 3 * t.unreadable, >=,
					t.unreadable > 0 ? 0 : 600);
			taken++;
			losses += t.visits < VISITS;
			storage_check(f.path);
			take(&f, aside, &again);
			g_assert_cmpint(again.visits + again.answers + again.cards, ==,
					0);
			g_assert_cmpint(again.known, ==, t.visits);
		}
		g_assert_cmpint(g_unlink(f.path), ==, 0);
		g_assert_cmpint(g_unlink(aside), ==, 0);
	}
	g_test_message("%d of %d damaged files taken over, %d with losses", taken,
		       pages - 8, losses);
	g_assert_cmpint(taken, >=, (pages - 8) * 9 / 10);
	g_assert_cmpint(losses, <, taken / 2);
	storage_clear(&f);
}

/* Visits and answers of a copy come into a new database, while the terminal writes into it. */
static void test_copy_and_takeover(void)
{
	struct storage f;
	struct takeover t;
	g_autoptr(GError) error = NULL;
	storage_init(&f, NULL);
	g_autofree char *copy = g_strconcat(f.path, ".copy", NULL);
	fill(&f, 0, VISITS);
	struct store *store = open_store(&f);
	f.ticket = 0;
	storage_save(store, storage_answer(&f, 900, 0, 3));
	g_assert_true(storage_wait(&f, store, 5000));
	g_assert_true(copy_database(f.path, copy, NULL, NULL, &error));
	g_assert_false(copy_database(f.path, copy, NULL, NULL, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_FAILED);
	g_assert_nonnull(strstr(error->message, "exists"));
	storage_check(copy);
	g_assert_true(store_close(store, 5000));
	g_assert_cmpint(g_unlink(f.path), ==, 0);

	fill(&f, 2000, 2001);
	store = open_store(&f);
	f.ticket = 0;
	for (uint32_t i = 0; i < 50; i++)
		storage_whole(&f, store, 3000 + i);
	g_assert_cmpint(take(&f, copy, &t), >=, VISITS + 2);
	g_assert_cmpint(t.visits, ==, VISITS + 1); /* the open one too */
	g_assert_cmpint(t.answers, ==, 3 * VISITS + 1);
	g_assert_cmpint(t.cards, ==, VISITS / 2);
	g_assert_cmpint(t.unreadable, ==, 0);
	g_assert_true(storage_wait(&f, store, 20000));
	g_assert_true(store_close(store, 5000));
	storage_check(f.path);
	g_assert_cmpint(
		storage_number(f.path, "SELECT count(*) FROM visit WHERE seq > 0"), ==,
		VISITS + 52);
	/* an answer that the visit lacks here comes with its count and its place in the outbox */
	storage_number(f.path, "DELETE FROM outbox");
	storage_number(
		f.path,
		"UPDATE day_answer SET answers = answers - 1 WHERE day = 20000 AND "
		"wording = 1 AND value = 1");
	storage_number(f.path,
		       "DELETE FROM answer WHERE visit = (SELECT n FROM visit WHERE id = "
		       "x'00000000000000000000000000000001') AND wording = 1");
	g_assert_true(takeover(f.path, copy, &t, NULL, NULL, NULL));
	g_assert_cmpint(t.visits, ==, 0);
	g_assert_cmpint(t.answers, ==, 1);
	g_assert_cmpint(storage_number(f.path, "SELECT count(*) FROM outbox"), ==, 1);
	storage_clear(&f);
}

static void test_takeover_refuses(void)
{
	struct storage f, other;
	struct takeover t;
	storage_init(&f, NULL);
	storage_init(&other, NULL);
	other.options.till = "4";
	fill(&f, 0, 1);
	fill(&other, 0, 1);
	const struct {
		const char *from, *word;
	} rows[] = {
		{other.path, "till 4"},
		{f.path, "own database"},
		{"/nowhere/at-all.db", "no such file"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_assert_false(takeover(f.path, rows[i].from, &t, NULL, NULL, &error));
		g_assert_error(error, STORE_ERROR, STORE_ERROR_FAILED);
		g_assert_nonnull(strstr(error->message, rows[i].word));
	}
	storage_clear(&f);
	storage_clear(&other);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/damage/not-a-database", test_not_a_database);
	g_test_add_func("/damage/database-removed", test_database_removed);
	g_test_add_func("/damage/cut-and-flipped", test_cut_and_flipped);
	g_test_add_func("/damage/while-running", test_damaged_while_running);
	g_test_add_func("/damage/newer-is-refused", test_newer_is_refused);
	g_test_add_func("/damage/foreign-is-refused", test_foreign_is_refused);
	g_test_add_func("/damage/folder-is-refused", test_folder_is_refused);
	g_test_add_func("/damage/copy-and-takeover", test_copy_and_takeover);
	g_test_add_func("/damage/takeover-of-damaged", test_takeover_of_damaged);
	g_test_add_func("/damage/takeover-refuses", test_takeover_refuses);
	return g_test_run();
}
