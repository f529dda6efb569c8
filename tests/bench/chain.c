/* Three servers: sending to each straight, and through a parent of foreign tables; NPS over all.
 *
 * Sending.  Equal: the rows, three senders at once, the tables of the three servers with their
 * constraints, indexes and triggers.  The parents have a partition a store.  Into one of them goes
 * what a till sends, COPY, which postgres_fdw of PostgreSQL 15 does row by row; into the other the
 * quickest that was found: staging at the centre and batches of 1,000 rows.  Servers and senders
 * share this machine's cores: with few of them it is their work that is measured.
 *
 * NPS by store and day.  Equal: the rows, the view (tillask.nps_by_day) and its figures, the
 * session, which has read it once before: the first reading opens connections and learns what
 * tables there are.  The floor has all rows in the tables of one server.
 */
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/bench.h"
#include "tests/bench/depot.h"
#include "tests/bench/sample.h"
#include "tests/lib/chain.h"

#define VISITS  40000  /* a till; BENCH_VISITS=N for others */
#define ANSWERS 100000 /* a store; BENCH_ANSWERS=N for others */
#define SENDERS 3

struct spread {
	struct postgres server[CHAIN_SERVERS];
	struct chain chain;
	char *copy[SENDERS], *staging[SENDERS]; /* scripts of the floors */
	double rows;                            /* of all tills */
};

static void sql(const struct spread *s, int i, const char *text)
{
	g_free(chain_sql(&s->chain, i, text));
}

/* The floor's parent at the centre, and partition I of it. */
static void make_parent(const struct spread *s)
{
	for (int t = 0; t < DEPOT_TABLES; t++) {
		g_autofree char *create = g_strdup_printf(
			"CREATE SCHEMA IF NOT EXISTS floor; CREATE TABLE floor.%s"
			" (LIKE tillask.%s INCLUDING DEFAULTS) PARTITION BY LIST (store)",
			depot_table[t], depot_table[t]);

		sql(s, 0, create);
	}
	sql(s, 0,
	    "CREATE SERVER tillask_near FOREIGN DATA WRAPPER postgres_fdw OPTIONS"
	    " (host '127.0.0.1', dbname 'spread');"
	    "CREATE USER MAPPING FOR CURRENT_USER SERVER tillask_near OPTIONS (user 'postgres')");
	g_autofree char *port = g_strdup_printf(
		"ALTER SERVER tillask_near OPTIONS (ADD port '%d')", s->server[0].port);
	sql(s, 0, port);
}

static const char *const stores[SENDERS] = {"017", "100", "101"};

static void make_partitions(const struct spread *s, int i)
{
	for (int t = 0; t < DEPOT_TABLES; t++) {
		g_autofree char *create = g_strdup_printf(
			"CREATE FOREIGN TABLE floor.%s_%d PARTITION OF floor.%s FOR VALUES IN"
			" ('%s') SERVER tillask_%s OPTIONS (schema_name 'tillask', table_name"
			" '%s', batch_size '1000')",
			depot_table[t], i, depot_table[t], stores[i],
			i == 0 ? "near" : chain_name[i], depot_table[t]);

		sql(s, 0, create);
	}
}

/* SCRIPT with the parent in place of the tables. */
static char *through_parent(const struct spread *s, int i, const char *script,
			    const char *before, const char *after)
{
	g_autofree char *text = NULL;

	g_assert_true(g_file_get_contents(script, &text, NULL, NULL));
	g_autoptr(GString) floor = g_string_new(text);
	g_assert_cmpuint(g_string_replace(floor, before, after, 0), ==, DEPOT_TABLES);
	g_autofree char *name = g_path_get_basename(script);
	g_autofree char *other = g_strconcat("floor-", name, NULL);
	char *path = g_build_filename(s->chain.till[i].folder, other, NULL);
	g_assert_true(g_file_set_contents(path, floor->str, -1, NULL));
	return path;
}

static void write_floors(struct spread *s, int i)
{
	const char *folder = s->chain.till[i].folder, *there = s->chain.conninfo[i];
	g_autofree char *copy = depot_script_copy(there, folder);
	g_autofree char *staging = depot_script_staging(there, folder);

	depot_write(there, folder);
	s->copy[i] = through_parent(s, i, copy, "\\copy tillask.", "\\copy floor.");
	s->staging[i] = through_parent(s, i, staging, "INSERT INTO tillask.",
				       "INSERT INTO floor.");
}

static void open_spread(struct spread *s)
{
	for (int i = 0; i < CHAIN_SERVERS; i++)
		postgres_init(&s->server[i], DEPOT_SETTINGS);
	chain_init(&s->chain, s->server, "spread", SENDERS);
	chain_add(&s->chain, 1, 0);
	chain_add(&s->chain, 2, 0);
	branch_expect_command(&s->chain.till[0], "central move-store 100 s1", 0, "held");
	branch_expect_command(&s->chain.till[0], "central move-store 101 s2", 0, "held");
	make_parent(s);
	for (int i = 0; i < SENDERS; i++) {
		branch_fill(&s->chain.till[i], depot_visits(VISITS));
		depot_sync(&s->chain.till[i]);
		s->rows += (double)depot_rows(s->chain.conninfo[i]);
		make_partitions(s, i);
		write_floors(s, i);
	}
}

static void close_spread(struct spread *s)
{
	chain_clear(&s->chain);
	for (int i = 0; i < SENDERS; i++) {
		g_free(s->copy[i]);
		g_free(s->staging[i]);
	}
	for (int i = 0; i < CHAIN_SERVERS; i++)
		postgres_clear(&s->server[i]);
}

/* postgres_fdw sends in REPEATABLE READ, which this trigger refuses: the floor does without its
 * work. */
static void guard(const struct spread *s, const char *how)
{
	for (int i = 0; i < CHAIN_SERVERS; i++)
		for (int t = 0; t < DEPOT_TABLES; t++) {
			g_autofree char *alter = g_strdup_printf(
				"ALTER TABLE tillask.%s %s TRIGGER held_here",
				depot_table[t], how);

			sql(s, i, alter);
		}
}

static void empty(const struct spread *s)
{
	for (int i = 0; i < CHAIN_SERVERS; i++)
		depot_empty(s->chain.conninfo[i]);
}

struct sender {
	const struct spread *spread;
	int i;
};

static gpointer send_straight(gpointer data)
{
	const struct sender *s = data;

	depot_sync(&s->spread->chain.till[s->i]);
	return NULL;
}

static gpointer send_by_copy(gpointer data)
{
	const struct sender *s = data;

	depot_psql(s->spread->chain.conninfo[0], s->spread->copy[s->i]);
	return NULL;
}

static gpointer send_by_staging(gpointer data)
{
	const struct sender *s = data;

	depot_psql(s->spread->chain.conninfo[0], s->spread->staging[s->i]);
	return NULL;
}

/* Rows a second of all three at once. */
static double send(const struct spread *s, GThreadFunc way)
{
	struct sender sender[SENDERS];
	GThread *thread[SENDERS];
	gint64 begun = g_get_monotonic_time();

	for (int i = 0; i < SENDERS; i++) {
		sender[i] = (struct sender){s, i};
		thread[i] = g_thread_new("sender", way, &sender[i]);
	}
	for (int i = 0; i < SENDERS; i++)
		g_thread_join(thread[i]);
	double seconds = (double)(g_get_monotonic_time() - begun) / 1e6;
	double rows = 0;
	for (int i = 0; i < CHAIN_SERVERS; i++)
		rows += (double)depot_rows(s->chain.conninfo[i]);
	if (rows < s->rows || rows > s->rows)
		g_error("%.0f rows of %.0f came", rows, s->rows);
	return s->rows / seconds;
}

struct sending {
	struct rounds straight, copy, staging;
};

static void measure_sending(const struct spread *s, struct sending *m)
{
	empty(s);
	for (int t = 0; t < SENDERS; t++)
		depot_wait_again(&s->chain.till[t]);
	sample_round(&m->straight, send(s, send_straight));
	guard(s, "DISABLE");
	empty(s);
	sample_round(&m->copy, send(s, send_by_copy));
	empty(s);
	sample_round(&m->staging, send(s, send_by_staging));
	guard(s, "ENABLE");
}

/* ---- NPS -------------------------------------------------------------------------------- */

/* Answers of stores 200 to 229, a third of them on each server and all on a fourth database. */
static void fill_answers(const char *conninfo, int first, int last)
{
	const char *answers = g_getenv("BENCH_ANSWERS");
	g_autofree char *text = g_strdup_printf(
		"INSERT INTO tillask.answer SELECT (200 + s)::text, '1', gen_random_uuid(), n,"
		" gen_random_uuid(), 'customer', false, date '2026-01-01' + n %% 30, now(), 0,"
		" 'nps', 'whole', 'Would you recommend us?', gen_random_uuid(), 'nps11',"
		" (n * 7 + s) %% 11, NULL, false, 900, 1, 1"
		" FROM generate_series(%d, %d) s, generate_series(1, %d) n;"
		"ANALYZE tillask.answer",
		first, last, answers != NULL ? atoi(answers) : ANSWERS);
	g_autofree char *errors = NULL;
	g_autofree char *done = postgres_try(conninfo, text, &errors);

	if (done == NULL)
		g_error("%s", errors);
}

static void place(const struct spread *s, int first, int last, int i)
{
	for (int n = first; n <= last; n++) {
		g_autofree char *line = g_strdup_printf("central move-store %d %s",
							200 + n, chain_name[i]);

		branch_expect_command(&s->chain.till[0], line, 0, "held");
	}
}

/* Milliseconds of the second reading in a session, as psql's \timing tells them. */
static double read_nps(const char *conninfo, const char *schema)
{
	g_autofree char *query = g_strdup_printf("SELECT count(*) FROM %s.nps_by_day",
						 schema);
	const char *argv[] = {"psql", "-XAtq", "-v",     "ON_ERROR_STOP=1",
			      "-c",   query,   "-c",     "\\timing on",
			      "-c",   query,   conninfo, NULL};
	g_autofree char *out = NULL;
	int status;

	g_assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL,
				   NULL, &out, NULL, &status, NULL));
	g_assert_cmpint(status, ==, 0);
	const char *time = strstr(out, "Time: ");
	g_assert_nonnull(time);
	return g_ascii_strtod(time + strlen("Time: "), NULL);
}

static void expect_same(const struct spread *s, const char *one)
{
	g_autofree char *all =
		chain_sql(&s->chain, 0,
			  "SELECT count(*), sum(n), sum(promoters), sum(nps), sum(low)"
			  " FROM tillask_chain.nps_by_day");
	g_autofree char *same =
		postgres_try(one,
			     "SELECT count(*), sum(n), sum(promoters), sum(nps), sum(low)"
			     " FROM tillask.nps_by_day",
			     NULL);

	if (g_strcmp0(all, same) != 0)
		g_error("three servers say %s, one says %s", all, same);
}

static void measure_nps(const struct spread *s, int rounds)
{
	struct rounds three = {0}, single = {0};
	g_autofree char *one = depot_database(&s->chain.till[0], &s->server[0], "one");

	fill_answers(one, 0, 29);
	for (int i = 0; i < CHAIN_SERVERS; i++) {
		place(s, 10 * i, 10 * i + 9, i);
		fill_answers(s->chain.conninfo[i], 10 * i, 10 * i + 9);
	}
	expect_same(s, one);
	for (int i = 0; i < rounds; i++) {
		sample_round(&three, read_nps(s->chain.conninfo[0], "tillask_chain"));
		sample_round(&single, read_nps(one, "tillask"));
	}
	sample_at_most_times("NPS by store and day, 3 servers, one", &three, &single, 1,
			     "ms", 1.2);
}

void bench_sync_chain(const struct bench *bench)
{
	struct sending m = {0};
	struct spread s = {0};

	open_spread(&s);
	for (int i = 0; i < bench->rounds; i++)
		measure_sending(&s, &m);
	sample_at_least_times("3 senders to 3 servers, COPY into a parent", &m.straight,
			      &m.copy, 1, "/s", 3);
	sample_at_least_times("3 senders to 3 servers, staging at a parent", &m.straight,
			      &m.staging, 1, "/s", 3);
	empty(&s);
	measure_nps(&s, bench->rounds);
	close_spread(&s);
}
