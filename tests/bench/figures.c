/* NPS by day of a year, of a database of ten million answers: by the roll-up as `report` reads
 * it, against the plain query over the answers.
 *
 * Equal: the database, the days, the question, whom it counts (customers, no training), the
 * figures: compared to the bit.  Not equal: ours opens the archive anew each round (the floor's
 * statement is prepared and its connection open) and brings the counts of every question with it;
 * the floor has SQLite's own, larger cache, and the file is in the system's cache for both.
 */
#include <glib.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>

#include "day.h"
#include "store/census.h"
#include "tests/bench/bench.h"
#include "tests/bench/many.h"
#include "tests/bench/sample.h"

#define VISITS  3333334 /* three answers each */
#define DAYS    365
#define FIRST   (MANY_FIRST_DAY + 1000)
#define LAST    (FIRST + DAYS - 1)
#define WORDING 2 /* nps */

static const char plain[] =
	"SELECT day, 100.0 * (sum(value >= 9) - sum(value <= 6)) / count(value)"
	" FROM answer JOIN visit ON visit.n = answer.visit"
	" WHERE wording = ?1 AND value IS NOT NULL AND day BETWEEN ?2 AND ?3"
	" AND seq IS NOT NULL AND respondent = 'customer'"
	" AND NOT (outcome = 'not_asked' AND reason = 'training')"
	" GROUP BY day ORDER BY day";

static double by_roll_up(const char *path, double nps[DAYS])
{
	const struct census_how how = {.language = "en", .roll_up_only = true};
	gint64 begun = g_get_monotonic_time();
	struct archive *archive = archive_open(path, NULL);
	struct tally *t = tally_new(FIRST, LAST, 90, 90);

	g_assert_nonnull(archive);
	g_assert_true(census_take(archive, t, &how, NULL));
	const struct tally_wording *w = t->wordings->pdata[tally_find(t, WORDING)];
	for (int day = 0; day < DAYS; day++)
		nps[day] = figure_nps(&w->day[day], 5).figure_raw_value;
	double us = (double)(g_get_monotonic_time() - begun);
	tally_free(t);
	archive_close(archive);
	return us;
}

static double by_query(sqlite3_stmt *s, double nps[DAYS])
{
	gint64 begun = g_get_monotonic_time();
	int day = 0;

	sqlite3_bind_int(s, 1, WORDING);
	sqlite3_bind_int(s, 2, FIRST);
	sqlite3_bind_int(s, 3, LAST);
	for (; sqlite3_step(s) == SQLITE_ROW; day++)
		nps[day] = sqlite3_column_double(s, 1);
	g_assert_cmpint(day, ==, DAYS);
	sqlite3_reset(s);
	return (double)(g_get_monotonic_time() - begun);
}

/* The most memory that a running process ever had, in MB; 0 when it has ended. */
static double most_memory(pid_t pid)
{
	g_autofree char *file = g_strdup_printf("/proc/%d/status", (int)pid);
	g_autofree char *text = NULL;
	const char *row;

	if (!g_file_get_contents(file, &text, NULL, NULL))
		return 0;
	row = strstr(text, "VmHWM:");
	return row != NULL ? g_ascii_strtod(row + strlen("VmHWM:"), NULL) / 1024 : 0;
}

/* Runs the real program's whole report over all of it; its memory in MB.  (Not by wait4(): what
 * it tells of a child begins with the memory of its parent.) */
static double whole_report(const struct bench *bench, const char *folder,
			   const char *path)
{
	g_autofree char *config = g_build_filename(folder, "config.ini", NULL);
	g_autofree char *out = g_build_filename(folder, "report.txt", NULL);
	g_autofree char *text = g_strdup_printf(
		"[terminal]\nlanguages=en\ndatabase=%s\n"
		"[question nps]\nkind=nps10\ntext[en]=x\nlow[en]=a\nhigh[en]=b\n",
		path);
	g_autofree char *from = day_text(MANY_FIRST_DAY);
	g_autofree char *to = day_text(many_last_day(VISITS));
	const char *argv[] = {bench->tillask, "--config", config, "report",
			      "--from",       from,       "--to", to,
			      "--output",     out,        NULL};
	double most = 0;
	GPid child;
	int status;

	g_assert_true(g_file_set_contents(config, text, -1, NULL));
	g_assert_true(g_spawn_async(NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD,
				    NULL, NULL, &child, NULL));
	while (waitpid(child, &status, WNOHANG) == 0) {
		most = MAX(most, most_memory(child));
		g_usleep(20000);
	}
	g_assert_cmpint(status, ==, 0);
	return most;
}

void bench_figures(const struct bench *bench)
{
	g_autofree char *folder = g_dir_make_tmp("figures-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "till.db", NULL);
	const char *remove[] = {"rm", "-rf", folder, NULL};
	struct rounds ours = {0}, theirs = {0};
	double nps[2][DAYS];
	sqlite3 *db;
	sqlite3_stmt *query;

	many_make(path, VISITS);
	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_prepare_v2(db, plain, -1, &query, NULL), ==, SQLITE_OK);
	for (int i = 0; i < bench->rounds; i++) {
		sample_round(&ours, by_roll_up(path, nps[0]));
		sample_round(&theirs, by_query(query, nps[1]));
		g_assert_true(memcmp(nps[0], nps[1], sizeof nps[0]) == 0);
	}
	sqlite3_finalize(query);
	sqlite3_close(db);
	sample_at_most_times("NPS by day of a year, 10 million answers", &ours, &theirs,
			     0.001, "ms", 0.01);
	sample_at_most("report of all 10 million answers: memory",
		       whole_report(bench, folder, path), "MB", 16);
	g_spawn_sync(NULL, (char **)remove, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
		     NULL, NULL, NULL);
}
