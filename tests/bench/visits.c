/* Durable visits a second: the store with its thread, and bare SQLite.
 *
 * Equal: the rows, the statements, the transactions (three answers and the closing), the schema
 * with its triggers, WAL, FULL, the disk, the number of visits already there.  Not equal: the
 * floor has no thread to hand over to: each save is handed over when the one before it is
 * durable, as on a till, so two threads wake each other for every transaction (`perf bench sched
 * pipe` measures that without us).  In the second line saves wait in the store, which commits
 * together what waits; the floor does more work then, and it is only told.
 */
#include <glib.h>

#include "tests/bench/bare.h"
#include "tests/bench/bench.h"
#include "tests/bench/sample.h"
#include "tests/lib/storage.h"

#define VISITS   1000 /* a round */
#define MANY     400  /* saves that may wait; the ring holds STORE_RING */
#define WARM_UPS 100

struct shelf {
	struct storage storage;
	struct store *store; /* the product's, or */
	struct bare *bare;   /* the floor's */
	uint32_t next;
	uint64_t waiting; /* saves that may wait */
};

static void open_shelf(struct shelf *shelf, bool is_floor)
{
	g_autoptr(GError) error = NULL;

	*shelf = (struct shelf){0};
	storage_init(&shelf->storage, NULL);
	shelf->store = store_open(&shelf->storage.options, &error);
	g_assert_no_error(error);
	if (!is_floor)
		return;
	store_close(shelf->store, 5000);
	shelf->store = NULL;
	shelf->bare = bare_open(shelf->storage.path);
}

static void close_shelf(struct shelf *shelf)
{
	if (shelf->store != NULL)
		store_close(shelf->store, 5000);
	else
		bare_close(shelf->bare);
	storage_check(shelf->storage.path);
	storage_clear(&shelf->storage);
}

/* Until all but WAITING of the saves handed over are durable. */
static void wait_for(struct shelf *shelf, uint64_t waiting)
{
	while (store_saved_ticket(shelf->store) + waiting < shelf->storage.ticket) {
		GPollFD fd = {.fd = store_fd(shelf->store), .events = G_IO_IN};

		g_poll(&fd, 1, 5000);
		store_clear(shelf->store);
	}
}

static void put(struct shelf *shelf, struct save save)
{
	if (shelf->store == NULL) {
		bare_save(shelf->bare, &save);
		return;
	}
	store_save(shelf->store, &save);
	wait_for(shelf, shelf->waiting);
}

static void put_visit(struct shelf *shelf)
{
	struct storage *f = &shelf->storage;
	uint32_t i = shelf->next++;

	for (uint8_t q = 0; q < 3; q++)
		put(shelf,
		    storage_answer(f, i, q, (int16_t)(q == 2 ? i % 2 : 1 + i % 5)));
	put(shelf, storage_close(f, i, OUTCOME_COMPLETED));
}

/* Visits a second. */
static double measure(struct shelf *shelf, int visits)
{
	gint64 begun = g_get_monotonic_time();

	for (int i = 0; i < visits; i++)
		put_visit(shelf);
	if (shelf->store != NULL)
		wait_for(shelf, 0);
	return visits * 1e6 / (double)(g_get_monotonic_time() - begun);
}

void bench_visits(const struct bench *bench)
{
	struct rounds waited = {0}, many = {0}, floor = {0};
	struct shelf ours, theirs;

	open_shelf(&ours, false);
	open_shelf(&theirs, true);
	measure(&ours, WARM_UPS);
	measure(&theirs, WARM_UPS);
	for (int i = 0; i < bench->rounds; i++) {
		ours.waiting = 0;
		sample_round(&waited, measure(&ours, VISITS));
		sample_round(&floor, measure(&theirs, VISITS));
		ours.waiting = MANY;
		sample_round(&many, measure(&ours, VISITS));
	}
	close_shelf(&ours);
	close_shelf(&theirs);
	sample_at_least_times("durable visits/s, each answer waited for", &waited, &floor,
			      1, "/s", 0.9);
	sample_note("durable visits/s, saves may wait", &many, &floor, 1, "/s");
}
