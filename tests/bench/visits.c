/* Durable visits a second: the store with its thread, and bare SQLite.
 *
 * Equal: the rows, the statements, the transactions (three answers and the closing, each waited
 * for until it is durable before the next is made), the schema with its triggers, WAL, FULL, the
 * disk, the number of visits already there.  Not equal: the floor has no thread to hand over to.
 * The second pair hands visits over without waiting, as when many tills' worth of keys came at
 * once: the store may then commit what waits together, the floor has nothing that waits and does
 * the same transactions one by one, so it only shows what the store gains.
 */
#include <glib.h>

#include "tests/bench/bare.h"
#include "tests/bench/bench.h"
#include "tests/bench/sample.h"
#include "tests/lib/storage.h"

#define VISITS	 600 /* a round */
#define QUEUE	 100 /* visits that wait at most */
#define WARM_UPS 100

struct shelf {
	struct storage fixture;
	struct store *store; /* the product's, or */
	struct bare *bare;   /* the floor's */
	uint32_t next;
	bool waits;
};

static void open_shelf(struct shelf *shelf, bool is_floor)
{
	g_autoptr(GError) error = NULL;

	storage_init(&shelf->fixture, NULL);
	shelf->store = store_open(&shelf->fixture.options, &error);
	g_assert_no_error(error);
	if (!is_floor)
		return;
	store_close(shelf->store, 5000);
	shelf->store = NULL;
	shelf->bare = bare_open(shelf->fixture.path);
}

static void close_shelf(struct shelf *shelf)
{
	if (shelf->store != NULL)
		store_close(shelf->store, 5000);
	else
		bare_close(shelf->bare);
	storage_check(shelf->fixture.path);
	storage_clear(&shelf->fixture);
}

static void put(struct shelf *shelf, struct save save)
{
	if (shelf->store == NULL) {
		bare_save(shelf->bare, &save);
		return;
	}
	store_save(shelf->store, &save);
	if (shelf->waits)
		g_assert_true(storage_wait(&shelf->fixture, shelf->store, 5000));
}

static void put_visit(struct shelf *shelf)
{
	struct storage *f = &shelf->fixture;
	uint32_t i = shelf->next++;

	for (uint8_t q = 0; q < 3; q++)
		put(shelf, storage_answer(f, i, q, (int16_t)(q == 2 ? i % 2 : 1 + i % 5)));
	put(shelf, storage_close(f, i, OUTCOME_COMPLETED));
}

/* Visits a second. */
static double measure(struct shelf *shelf, int visits)
{
	gint64 begun = g_get_monotonic_time();

	for (int i = 0; i < visits; i++) {
		put_visit(shelf);
		if (shelf->store != NULL && !shelf->waits && (i + 1) % QUEUE == 0)
			g_assert_true(storage_wait(&shelf->fixture, shelf->store, 5000));
	}
	return visits * 1e6 / (double)(g_get_monotonic_time() - begun);
}

static void compare(const struct bench *bench, bool waits, struct rounds *product,
		    struct rounds *floor)
{
	struct shelf ours = {.waits = waits}, theirs = {.waits = waits};

	open_shelf(&ours, false);
	open_shelf(&theirs, true);
	measure(&ours, WARM_UPS);
	measure(&theirs, WARM_UPS);
	for (int i = 0; i < bench->rounds; i++) {
		sample_round(product, measure(&ours, VISITS));
		sample_round(floor, measure(&theirs, VISITS));
	}
	close_shelf(&ours);
	close_shelf(&theirs);
}

void bench_visits(const struct bench *bench)
{
	struct rounds product = {0}, floor = {0}, many = {0}, many_floor = {0};

	compare(bench, true, &product, &floor);
	sample_at_least_times("durable visits/s, each answer waited for", &product, &floor, 1,
			      "/s", 0.9);
	compare(bench, false, &many, &many_floor);
	sample_at_least_times("durable visits/s, not waited for", &many, &many_floor, 1, "/s",
			      0.9);
}
