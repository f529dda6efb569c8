/* store_queries: every query stands in the list, prepares, and does not scan on a hot way */
#include <string.h>

#include "embedded.h"
#include "store/database.h"
#include "tests/lib/storage.h"

static struct storage f;
static struct database d;

static void test_all_prepare(void)
{
	for (int q = 0; q < QUERY_COUNT; q++) {
		if (database_query(&d, (enum query)q) == NULL)
			g_error("%s: %s", database_query_name((enum query)q),
				sqlite3_errmsg(d.db));
		const char *tail = sqlite3_sql(database_query(&d, (enum query)q));
		g_assert_null(strstr(tail, ";")); /* one statement a name */
	}
}

static void test_list_is_the_file(void)
{
	int names = 0;
	for (size_t i = 0; i < embedded_files_count; i++) {
		const char *at = (const char *)embedded_files[i].data;
		if (!g_str_has_prefix(embedded_files[i].name, "store/queries"))
			continue;
		for (; (at = strstr(at, "-- name: ")) != NULL; at++)
			names++;
	}
	g_assert_cmpint(names, ==, QUERY_COUNT);
}

/* The way of an answer, of a swipe, and of an export however long the history is. */
static void test_hot_ones_do_not_scan(void)
{
	static const enum query hot[] = {
		QUERY_visit_put,
		QUERY_visit_find,
		QUERY_visit_close,
		QUERY_answer_put,
		QUERY_card_event_put,
		QUERY_card_facts,
		QUERY_card_question_facts,
		QUERY_visit_open_ids,
		QUERY_days_count,
		QUERY_days_visits,
		QUERY_answers_from,
		QUERY_days_cards,
		QUERY_card_events_of_visit,
		QUERY_wording_get,
		QUERY_recent_get,
		QUERY_card_news_known,
		QUERY_census_rolled_up,
		QUERY_census_till,
		QUERY_census_span,
		QUERY_census_visits,
		QUERY_census_answers,
		QUERY_census_swipes,
		QUERY_census_queue,
		QUERY_census_actions,
		QUERY_entry_put,
	};
	for (size_t i = 0; i < G_N_ELEMENTS(hot); i++) {
		g_autofree char *sql =
			g_strconcat("EXPLAIN QUERY PLAN ",
				    sqlite3_sql(database_query(&d, hot[i])), NULL);
		sqlite3_stmt *plan;
		g_assert_cmpint(sqlite3_prepare_v2(d.db, sql, -1, &plan, NULL), ==,
				SQLITE_OK);
		while (sqlite3_step(plan) == SQLITE_ROW) {
			const char *step = (const char *)sqlite3_column_text(plan, 3);
			/* the few answers of one visit may be sorted */
			bool sorts = strstr(step, "TEMP B-TREE") != NULL &&
				     hot[i] != QUERY_answers_from;
			if (strncmp(step, "SCAN", 4) == 0 || sorts)
				g_error("%s: %s", database_query_name(hot[i]), step);
		}
		sqlite3_finalize(plan);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	storage_init(&f, NULL);
	struct store *store = store_open(&f.options, NULL);
	g_assert_nonnull(store);
	store_close(store, 5000);
	g_assert_cmpint(database_open(&d, f.path, DATABASE_WRITE, NULL), ==, SQLITE_OK);
	g_assert_cmpint(database_schema(&d), ==, database_schema_newest());
	g_test_add_func("/queries/all-prepare", test_all_prepare);
	g_test_add_func("/queries/list-is-the-file", test_list_is_the_file);
	g_test_add_func("/queries/hot-ones-do-not-scan", test_hot_ones_do_not_scan);
	int failed = g_test_run();
	database_close(&d);
	storage_clear(&f);
	return failed;
}
