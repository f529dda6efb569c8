/* store_reader_counts: reads of a reader, counted over card events */
#include <string.h>

#include "store/reader_counts.h"
#include "store/store.h"
#include "tests/lib/storage.h"

/* A card event of reader 0 on a day, so many seconds after the one before. */
static void swipe(struct storage *f, struct store *store, uint32_t i, int32_t day,
		  int64_t at_ms, enum card_event_result result, enum card_error error)
{
	struct save save = storage_card(f, i, "");

	save.has_visit = false;
	save.card_event.visit = (struct id){0};
	save.card_event.reader = 0;
	save.card_event.at.day = day;
	save.card_event.at.utc_ms = at_ms;
	save.card_event.result = result;
	save.card_event.error = error;
	storage_save(store, save);
}

static void test_counts(void)
{
	static const struct {
		int32_t day;
		int64_t at_s;
		enum card_event_result result;
		enum card_error error;
	} events[] = {
		{19999, 10, CARD_EVENT_ERROR, CARD_READ_ERROR}, /* too old */
		{20000, 100, CARD_EVENT_ACCEPTED, 0},
		{20000, 200, CARD_EVENT_ERROR, CARD_READ_ERROR},
		{20000, 210, CARD_EVENT_ERROR, CARD_TRUNCATED}, /* again */
		{20000, 226, CARD_EVENT_ACCEPTED, 0}, /* too late to be the same */
		{20000, 300, CARD_EVENT_ERROR, CARD_READ_ERROR},
		{20001, 315, CARD_EVENT_REFUSED_PAYMENT, 0}, /* again */
		{20001, 316, CARD_EVENT_FOREIGN, 0},
	};
	struct storage f;
	struct store *store;
	struct reader_counts counts;
	const char *name;

	storage_init(&f, NULL);
	g_assert_false(reader_counts_of(f.path, "x", 0, &counts));
	store = store_open(&f.options, NULL);
	for (uint32_t i = 0; i < G_N_ELEMENTS(events); i++)
		swipe(&f, store, i, events[i].day, events[i].at_s * 1000,
		      events[i].result, events[i].error);
	g_assert_true(storage_wait(&f, store, 5000));
	name = f.options.reader[0];
	g_assert_true(reader_counts_of(f.path, name, 20000, &counts));
	g_assert_cmpuint(counts.good_reads, ==, 4);
	g_assert_cmpuint(counts.failed, ==, 3);
	g_assert_cmpuint(counts.failed_reads[CARD_READ_ERROR], ==, 2);
	g_assert_cmpuint(counts.failed_reads[CARD_TRUNCATED], ==, 1);
	g_assert_cmpuint(counts.retries, ==, 2);
	g_assert_true(reader_counts_of(f.path, "another", 20000, &counts));
	g_assert_cmpuint(counts.good_reads + counts.failed, ==, 0);
	store_close(store, 5000);
	storage_clear(&f);
}

static void test_bad(void)
{
	static const struct {
		uint32_t failed, swipes;
		bool bad;
	} rows[] = {
		{0, 0, false},  {1, 3, false},     {3, 3, false},    {19, 19, false},
		{20, 20, true}, {0, 1000, false},  {1, 20, false},   {3, 40, true},
		{3, 60, false}, {20, 1000, false}, {40, 1000, true}, {2, 20, true},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const struct reader_counts counts = {.failed = rows[i].failed,
						     .good_reads = rows[i].swipes -
								   rows[i].failed};

		g_test_message("%u of %u", rows[i].failed, rows[i].swipes);
		g_assert_true(reader_counts_bad(&counts) == rows[i].bad);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/reader-counts/counts", test_counts);
	g_test_add_func("/reader-counts/bad", test_bad);
	return g_test_run();
}
