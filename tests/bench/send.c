/* One million rows from a till's database to a server, the first and the second time.
 *
 * Equal: the rows, the schema with its constraints, indexes and triggers, the superuser, the disk
 * that is synced.  Not equal: psql and pgloader read text files that are made already, where the
 * product reads a database, and takes each record out of it durably; they commit once a table,
 * the product every batch.  The second time the product compares all values too, and the floor
 * does not.
 */
#include <glib.h>
#include <stdio.h>

#include "tests/bench/bench.h"
#include "tests/bench/depot.h"
#include "tests/bench/sample.h"

#define VISITS 294000 /* 1.0 million rows; BENCH_VISITS=N for others */

struct depot {
	struct postgres server;
	struct branch till;
	char *ours, *floor;         /* connections */
	char *copy, *staging;       /* scripts of the floor */
	char *loader[DEPOT_TABLES]; /* pgloader's; NULL: it is not installed */
	double rows;
};

static char *write_loader(const struct depot *d, const char *table)
{
	g_autofree char *columns = depot_columns(d->floor, table);
	g_autofree char *text = g_strdup_printf(
		"LOAD COPY FROM '%s/%s.copy' INTO postgresql://postgres@127.0.0.1:%d/floor"
		" TARGET TABLE tillask.%s (%s)"
		" WITH workers = 4, concurrency = 1;\n",
		d->till.folder, table, d->server.port, table, columns);
	char *path = g_strdup_printf("%s/%s.load", d->till.folder, table);

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	return path;
}

static void open_depot(struct depot *d)
{
	g_autofree char *loader = g_find_program_in_path("pgloader");

	postgres_init(&d->server, DEPOT_SETTINGS);
	branch_init(&d->till, &d->server, "scrap");
	d->ours = depot_database(&d->till, &d->server, "ours");
	d->floor = depot_database(&d->till, &d->server, "floor");
	branch_connect(&d->till, d->ours);
	branch_fill(&d->till, depot_visits(VISITS));
	depot_sync(&d->till);
	d->rows = (double)depot_rows(d->ours);
	depot_write(d->ours, d->till.folder);
	d->copy = depot_script_copy(d->floor, d->till.folder);
	d->staging = depot_script_staging(d->floor, d->till.folder);
	for (int i = 0; loader != NULL && i < DEPOT_TABLES; i++)
		d->loader[i] = write_loader(d, depot_table[i]);
}

static void close_depot(struct depot *d)
{
	branch_clear(&d->till);
	postgres_clear(&d->server);
	g_free(d->ours);
	g_free(d->floor);
	g_free(d->copy);
	g_free(d->staging);
	for (int i = 0; i < DEPOT_TABLES; i++)
		g_free(d->loader[i]);
}

static void expect_rows(const struct depot *d, const char *conninfo)
{
	double rows = (double)depot_rows(conninfo);

	if (rows < d->rows || rows > d->rows)
		g_error("%s: %.0f rows of %.0f", conninfo, rows, d->rows);
}

static double load(const struct depot *d)
{
	gint64 begun = g_get_monotonic_time();

	for (int i = 0; i < DEPOT_TABLES; i++) {
		const char *argv[] = {"pgloader", "--quiet", d->loader[i], NULL};
		int status;

		g_spawn_sync(d->till.folder, (char **)argv, NULL,
			     G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL,
			     NULL, NULL, &status, NULL);
		g_assert_cmpint(status, ==, 0);
	}
	return (double)(g_get_monotonic_time() - begun) / 1e6;
}

struct figures {
	struct rounds first, copy, load, second, staging;
};

static void measure(const struct depot *d, struct figures *f)
{
	depot_empty(d->ours);
	depot_wait_again(&d->till);
	sample_round(&f->first, d->rows / depot_sync(&d->till));
	expect_rows(d, d->ours);
	if (d->loader[0] != NULL) {
		depot_empty(d->floor);
		sample_round(&f->load, d->rows / load(d));
		expect_rows(d, d->floor);
	}
	depot_empty(d->floor);
	sample_round(&f->copy, d->rows / depot_psql(d->floor, d->copy));
	expect_rows(d, d->floor);
	depot_wait_again(&d->till);
	sample_round(&f->second, d->rows / depot_sync(&d->till));
	expect_rows(d, d->ours);
	sample_round(&f->staging, d->rows / depot_psql(d->floor, d->staging));
	expect_rows(d, d->floor);
}

void bench_sync_send(const struct bench *bench)
{
	struct depot d = {0};
	struct figures f = {0};

	open_depot(&d);
	for (int i = 0; i < bench->rounds; i++)
		measure(&d, &f);
	sample_at_least_times("1 million rows sent, psql \\copy", &f.first, &f.copy, 1,
			      "/s", 0.9);
	if (f.load.n > 0)
		sample_at_least_times("1 million rows sent, pgloader", &f.first, &f.load,
				      1, "/s", 2);
	else
		sample_unknown("1 million rows sent, pgloader: not installed; "
			       "tests/lib/deps.sh bench");
	sample_at_least_times("sent again, psql INSERT ON CONFLICT", &f.second,
			      &f.staging, 1, "/s", 0.95);
	close_depot(&d);
}
