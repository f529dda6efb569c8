/* store_faults: every I/O fails once, fills the disk, or is the last one before the power goes;
 * nothing that was acknowledged is lost, nothing is doubled */
#include <string.h>

#include "tests/lib/fault_vfs.h"
#include "tests/lib/storage.h"

#define VISITS 3

static struct store *open_store(struct storage *f)
{
	g_autoptr(GError) error = NULL;
	struct store *store = store_open(&f->options, &error);
	g_assert_no_error(error);
	return store;
}

static void check_all_there(const struct storage *f, int visits)
{
	storage_check(f->path);
	g_assert_cmpint(
		storage_number(f->path,
			       "SELECT count(*) FROM visit WHERE seq IS NOT NULL"),
		==, visits);
	g_assert_cmpint(storage_number(f->path, "SELECT count(*) FROM answer"), ==,
			3 * visits);
	g_assert_cmpint(storage_number(f->path, "SELECT count(*) FROM card_event"), ==,
			(visits + 1) / 2);
}

/* From one operation that is to fail to the next: all of them; under a sanitizer, which is slow,
 * every fifth from a random one on, unless TILLASK_LONG is set. */
static int stride(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	return g_getenv("TILLASK_LONG") == NULL ? 5 : 1;
#else
	return 1;
#endif
}

static int first(void)
{
	return stride() == 1 ? 1 : g_test_rand_int_range(1, stride() + 1);
}

/* The N-th operation fails, whichever it is: all is saved in the end.  False: there was none. */
static bool survives(enum fault fault, int n, bool reads)
{
	struct storage f;
	storage_init(&f, NULL);
	struct store *store = open_store(&f);
	fault_at(fault, n, reads);
	for (uint32_t i = 0; i < VISITS; i++)
		storage_whole(&f, store, i);
	if (fault == FAULT_FULL) {
		/* it cannot get on before there is room; nobody waits for it meanwhile */
		for (int i = 0; i < 100 && !fault_hit() && !storage_wait(&f, store, 5);
		     i++)
			;
		bool stuck = fault_hit();
		while (stuck && store_saved_ticket(store) < f.ticket &&
		       store_trouble(store, NULL) == STORE_FINE)
			g_usleep(1000);
		if (stuck && store_saved_ticket(store) < f.ticket) {
			char text[256];
			g_assert_cmpint(store_trouble(store, text), ==, STORE_FULL);
			g_assert_cmpstr(text, !=, "");
		}
		bool was_hit = fault_hit();
		fault_clear();
		g_assert_true(storage_wait(&f, store, 10000));
		g_assert_true(store_close(store, 5000));
		check_all_there(&f, VISITS);
		storage_clear(&f);
		return was_hit;
	}
	g_assert_true(storage_wait(&f, store, 20000));
	bool was_hit = fault_hit();
	fault_clear();
	while (store_trouble(store, NULL) != STORE_FINE)
		g_usleep(1000);
	g_assert_null(store_set_aside(store));
	g_assert_true(store_close(store, 5000));
	check_all_there(&f, VISITS);
	storage_clear(&f);
	return was_hit;
}

static void test_every_write_fails_once(void)
{
	int n = first();
	while (survives(FAULT_ONCE, n, false))
		n += stride();
	g_test_message("%d operations", n - 1);
	g_assert_cmpint(n, >, 10);
}

static void test_every_read_fails_once(void)
{
	int n = first();
	while (survives(FAULT_ONCE, n, true))
		n += stride();
	g_assert_cmpint(n, >, 10);
}

static void test_full_at_every_write(void)
{
	int n = first();
	while (survives(FAULT_FULL, n, false))
		n += 3 * stride();
	g_assert_cmpint(n, >, 10);
}

/* Opening: fails with a message or goes on, never crashes, never leaves half a database. */
static void test_opening_fails_anywhere(void)
{
	bool was_hit = true;
	for (int n = first(); was_hit; n += stride())
		for (int existing = 0; existing < 2; existing++) {
			struct storage f;
			g_autoptr(GError) error = NULL;
			storage_init(&f, NULL);
			if (existing)
				store_close(open_store(&f), 5000);
			fault_at(FAULT_ONCE, n, true);
			struct store *store = store_open(&f.options, &error);
			if (store != NULL) {
				storage_whole(&f, store, 0);
				g_assert_true(storage_wait(&f, store, 10000));
				g_assert_null(store_set_aside(store));
				g_assert_true(store_close(store, 5000));
			} else {
				g_assert_cmpstr(error->message, !=, "");
			}
			was_hit = fault_hit();
			fault_clear();
			if (store != NULL)
				check_all_there(&f, 1);
			else
				store_close(open_store(&f), 5000);
			storage_clear(&f);
		}
}

/* The machine is on again.  A thread that store_close() left behind still holds the lock until
 * it gets its turn; a power cut would have ended it. */
static struct store *open_after_cut(struct storage *f)
{
	struct store *store = NULL;
	for (int i = 0; store == NULL; i++) {
		g_autoptr(GError) error = NULL;
		store = store_open(&f->options, &error);
		if (store == NULL && i < 1000 &&
		    g_error_matches(error, STORE_ERROR, STORE_ERROR_LOCKED))
			g_usleep(10000);
		else
			g_assert_no_error(error);
	}
	return store;
}

/* Power goes at the N-th operation of VISITS visits.  What was acknowledged by then is there afterwards; what is
 * there is whole.  False: it was over before. */
static bool power_cut(int n, uint32_t visits)
{
	struct storage f;
	storage_init(&f, NULL);
	struct store *store = open_store(&f);
	fault_at(FAULT_CUT, n, false);
	for (uint32_t i = 0; i < visits && !fault_hit(); i++) {
		storage_whole(&f, store, i);
		while (!storage_wait(&f, store, 5) && !fault_hit())
			;
	}
	while (!fault_hit() && !storage_wait(&f, store, 5))
		;
	bool was_hit = fault_hit();
	int64_t acknowledged = (int64_t)store_saved_ticket(store);
	store_close(store, 0);
	fault_power_on((uint32_t)n);

	store = open_after_cut(&f);
	g_assert_null(store_set_aside(store));
	g_assert_true(store_close(store, 5000));
	storage_check(f.path);
	/* visits are 5 and 4 saves in turn: a card, three answers, the closing */
	int64_t answers = 0;
	for (int64_t at = 0, visit = 0; visit < (int64_t)visits; visit++) {
		int64_t card = visit % 2 == 0;
		answers += CLAMP(acknowledged - at - card, 0, 3);
		at += card + 4;
	}
	g_assert_cmpint(storage_number(f.path, "SELECT count(*) FROM answer"), >=,
			answers);
	g_assert_cmpint(
		storage_number(f.path, "SELECT count(*) FROM visit WHERE seq IS NULL"),
		==, 0);
	storage_clear(&f);
	return was_hit;
}

static void test_power_cut_anywhere(void)
{
	int n = first();
	while (power_cut(n, VISITS))
		n += stride();
	g_test_message("%d cuts", n - 1);
	g_assert_cmpint(n, >, 10);
}

/* The log is full after some 80 visits and is written into the database, then over itself. */
static void test_power_cut_near_checkpoints(void)
{
	int cuts = 0;
	for (int n = g_test_rand_int_range(1000, 1040); power_cut(n, 220);
	     n += 61 * MIN(stride(), 2))
		cuts++;
	g_test_message("%d cuts", cuts);
	g_assert_cmpint(cuts, >, 10);
}

/* A disk that takes seconds delays nobody who hands something over. */
static void test_slow_disk(void)
{
	struct storage f;
	storage_init(&f, NULL);
	struct store *store = open_store(&f);
	fault_sync_ms(3000);
	gint64 worst = 0, began = g_get_monotonic_time();
	for (uint32_t i = 0; i < 100; i++) {
		gint64 before = g_get_monotonic_time();
		storage_whole(&f, store, i);
		worst = MAX(worst, g_get_monotonic_time() - before);
	}
	g_assert_cmpint(worst, <, 50000);
	/* a lookup is answered meanwhile */
	struct card_facts facts;
	uint32_t lookup = 0;
	store_lookup(store, 7, "9643123456781234", 20000);
	while (!store_facts(store, &lookup, &facts))
		g_usleep(100);
	g_assert_cmpint(lookup, ==, 7);
	g_assert_cmpint(g_get_monotonic_time() - began, <, 1000000);
	g_assert_cmpuint(store_saved_ticket(store), ==, 0);
	fault_sync_ms(0);
	g_assert_true(storage_wait(&f, store, 30000));
	g_assert_true(store_close(store, 20000));
	check_all_there(&f, 100);
	storage_clear(&f);
}

/* The program ends in time even when the disk does not answer. */
static void test_close_does_not_hang(void)
{
	struct storage f;
	storage_init(&f, NULL);
	struct store *store = open_store(&f);
	fault_at(FAULT_FROM, 1, false);
	storage_whole(&f, store, 0);
	gint64 began = g_get_monotonic_time();
	g_assert_false(store_close(store, 300));
	g_assert_cmpint(g_get_monotonic_time() - began, <, 1000000);
	fault_clear();
	storage_clear(&f);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	fault_install();
	g_test_add_func("/faults/close-does-not-hang", test_close_does_not_hang);
	g_test_add_func("/faults/every-write-fails-once", test_every_write_fails_once);
	g_test_add_func("/faults/every-read-fails-once", test_every_read_fails_once);
	g_test_add_func("/faults/full-at-every-write", test_full_at_every_write);
	g_test_add_func("/faults/opening-fails-anywhere", test_opening_fails_anywhere);
	g_test_add_func("/faults/power-cut-anywhere", test_power_cut_anywhere);
	g_test_add_func("/faults/power-cut-near-checkpoints",
			test_power_cut_near_checkpoints);
	g_test_add_func("/faults/slow-disk", test_slow_disk);
	return g_test_run();
}
