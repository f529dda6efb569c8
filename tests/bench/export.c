/* export: what the daily files cost, as ratios to bare programs measured in the same run.
 *
 *     BENCH_ROUNDS=N   rounds of each measurement, 1 to 21 (default 3)
 *     BENCH_VISITS=N   visits of the large database (default 3333334: ten million answers)
 *
 * CSV and JSONL of a million visits, against the sqlite3 command line giving the same columns;
 * a workbook of 100,000 x 10 cells, against libxlsxwriter called with the same cells and the same
 * temporary folder; one day in the middle of a large database against a day of a small one (100
 * thousand answers); all answers of the large one as one CSV, whose memory is set beside that of
 * the small one.
 *
 * Memory is what wait4() tells, which begins with that of this process before exec(): no less
 * than the program's own.
 */
#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "day.h"
#include "export/xlsx.h"
#include "tests/bench/many.h"
#include "tests/bench/sample.h"

#define MILLION    1000000
#define SMALL      33334   /* 100 thousand answers */
#define LARGE      3333334 /* 10 million */
#define SHEET_ROWS 100000
#define COLUMNS    10
#define MOST_MB    16.0

static const char all_visits[] =
	"SELECT seq, lower(substr(hex(visit.id), 1, 8) || '-' || substr(hex(visit.id), 9, 4) || '-'"
	" || substr(hex(visit.id), 13, 4) || '-' || substr(hex(visit.id), 17, 4) || '-'"
	" || substr(hex(visit.id), 21)) AS visit, store, till.till, cashier,"
	" date(day * 86400, 'unixepoch') AS day,"
	" strftime('%Y-%m-%dT%H:%M:%f', started / 1000.0 + started_offset, 'unixepoch')"
	" || '+03:00' AS started,"
	" strftime('%Y-%m-%dT%H:%M:%f', ended / 1000.0 + ended_offset, 'unixepoch')"
	" || '+03:00' AS ended, \"trigger\", language, card_mask AS card, card_kind, receipt,"
	" sale_kind, tender, total / 100.0 AS total, currency, outcome, reason,"
	" round(visit.milliseconds / 1000.0, 1) AS seconds, iif(doubtful, 'doubtful', 'ok') AS clock,"
	" respondent, a.value AS overall, b.value AS nps, iif(c.value, 'yes', 'no') AS goods"
	" FROM visit JOIN till ON till.n = visit.till"
	" LEFT JOIN answer AS a ON a.visit = visit.n AND a.wording = 1"
	" LEFT JOIN answer AS b ON b.visit = visit.n AND b.wording = 2"
	" LEFT JOIN answer AS c ON c.visit = visit.n AND c.wording = 3"
	" WHERE seq IS NOT NULL ORDER BY seq";

static int rounds_wanted(void)
{
	const char *text = g_getenv("BENCH_ROUNDS");
	return CLAMP(text != NULL ? atoi(text) : 3, 1, SAMPLE_ROUNDS);
}

/* Runs a program, its standard output into FILE; seconds.  *MB: its greatest memory. */
static double run(const char *const *argv, const char *file, double *mb)
{
	gint64 begun = g_get_monotonic_time();
	struct rusage used;
	int status;
	pid_t pid = fork();
	if (pid == 0) {
		if (freopen(file, "w", stdout) != NULL)
			execvp(argv[0], (char **)argv);
		_exit(127);
	}
	g_assert_cmpint(wait4(pid, &status, 0, &used), ==, pid);
	if (status != 0)
		g_error("%s: status %d", argv[0], status);
	if (mb != NULL)
		*mb = MAX(*mb, (double)used.ru_maxrss / 1024);
	return (double)(g_get_monotonic_time() - begun) / G_USEC_PER_SEC;
}

struct place {
	char *folder, *config, *database, *out;
	const char *program;
	int64_t visits;
};

static void begin(struct place *p, const char *name, int64_t visits)
{
	p->visits = visits;
	p->folder = g_dir_make_tmp(name, NULL);
	p->config = g_build_filename(p->folder, "config.ini", NULL);
	p->database = g_build_filename(p->folder, "t.db", NULL);
	p->out = g_build_filename(p->folder, "out", NULL);
	p->program = g_getenv("TILLASK_EXPORT_BIN");
	g_autofree char *text = g_strdup_printf(
		"[terminal]\nstore=017\ntill=3\nlanguages=en\ndatabase=t.db\n"
		"[question own]\nkind=yesno\nwhen=always\ntext[en]=Was it?\n"
		"[reader demo]\ndevice=demo\n[export]\nexcel=yes\n");
	g_assert_true(g_file_set_contents(p->config, text, -1, NULL));
	/* in a process of its own: a child's greatest memory counts that of its parent's fork */
	pid_t pid = fork();
	if (pid == 0) {
		many_make(p->database, visits);
		_exit(0);
	}
	int status;
	g_assert_true(waitpid(pid, &status, 0) == pid && status == 0);
}

static void end(struct place *p)
{
	g_autofree char *line = g_strdup_printf("rm -rf %s", p->folder);
	g_assert_true(g_spawn_command_line_sync(line, NULL, NULL, NULL, NULL));
	g_free(p->folder);
	g_free(p->config);
	g_free(p->database);
	g_free(p->out);
}

/* Table WHAT of the days FROM..TO into the place's file; seconds. */
static double export(const struct place *p, const char *what, const char *format,
		     int32_t from, int32_t to, double *mb)
{
	g_autofree char *first = day_text(from);
	g_autofree char *last = day_text(to);
	const char *argv[] = {p->program, "--config", p->config,  "export", "--output",
			      "-",        "--what",   what,       "--from", first,
			      "--to",     last,       "--format", format,   NULL};
	return run(argv, p->out, mb);
}

static double export_all(const struct place *p, const char *what, const char *format,
			 double *mb)
{
	return export(p, what, format, MANY_FIRST_DAY, many_last_day(p->visits), mb);
}

static void measure_text(const struct place *p, const char *format, const char *mode)
{
	const char *floor[] = {"sqlite3", mode, p->database, all_visits, NULL};
	struct rounds ours = {0}, theirs = {0};
	double mb = 0, rows = (double)p->visits;
	for (int i = 0; i < rounds_wanted(); i++) {
		sample_round(&ours, rows / export_all(p, "visits", format, &mb));
		sample_round(&theirs, rows / run(floor, p->out, NULL));
	}
	g_autofree char *what = g_strdup_printf("%s of a million visits", format);
	g_autofree char *memory = g_strdup_printf("%s: memory", format);
	sample_at_least_times(what, &ours, &theirs, 0.001, "k/s", 2.5);
	sample_at_most(memory, mb, "MB", MOST_MB);
}

/* ---- workbooks -------------------------------------------------------------------------- */

static void fill(struct record *r, int64_t i)
{
	static const char *const name[COLUMNS] = {"seq",  "day",  "started", "till",
						  "card", "text", "kind",    "total",
						  "nps",  "at"};
	record_begin(r, COLUMNS);
	record_integer(r, name[0], i);
	record_day(r, name[1], (int32_t)(20000 + i / 1000));
	record_time(r, name[2], 1728000000000 + i * 1000, 10800);
	record_text(r, name[3], "3");
	record_text(r, name[4], "*1234");
	record_text(r, name[5], "Как вам сегодня в нашем магазине?");
	record_word(r, name[6], "smiley");
	record_decimal(r, name[7], 45990 + i, 2);
	record_integer(r, name[8], i % 10 + 1);
	record_time(r, name[9], 1728000000000 + i * 1001, 10800);
}

/* Of the processor: both sides write to the same disk. */
static double processor_s(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double product_sheet(const char *path)
{
	double begun = processor_s();
	struct record *r = record_new();
	struct xlsx *x = xlsx_new(path, g_get_tmp_dir(), 1728000000);
	fill(r, 0);
	xlsx_table(x, "visits", r);
	for (int64_t i = 1; i <= SHEET_ROWS; i++) {
		fill(r, i);
		xlsx_row(x, r);
	}
	g_assert_true(xlsx_end(x, NULL));
	record_free(r);
	return processor_s() - begun;
}

static double bare_sheet(const char *path)
{
	double begun = processor_s();
	lxw_workbook_options options = {.constant_memory = LXW_TRUE,
					.tmpdir = (char *)g_get_tmp_dir()};
	lxw_workbook *book = workbook_new_opt(path, &options);
	lxw_worksheet *sheet = workbook_add_worksheet(book, "visits");
	lxw_format *day = workbook_add_format(book), *time = workbook_add_format(book),
		   *money = workbook_add_format(book);
	format_set_num_format(day, "yyyy-mm-dd");
	format_set_num_format(time, "yyyy-mm-dd hh:mm:ss");
	format_set_num_format(money, "0.00");
	for (lxw_row_t i = 1; i <= SHEET_ROWS; i++) {
		double at = 45569 + (10800 + i) / 86400.0;
		worksheet_write_number(sheet, i, 0, i, NULL);
		worksheet_write_number(sheet, i, 1, 45569 + i / 1000, day);
		worksheet_write_number(sheet, i, 2, at, time);
		worksheet_write_string(sheet, i, 3, "3", NULL);
		worksheet_write_string(sheet, i, 4, "*1234", NULL);
		worksheet_write_string(sheet, i, 5, "Как вам сегодня в нашем магазине?",
				       NULL);
		worksheet_write_string(sheet, i, 6, "smiley", NULL);
		worksheet_write_number(sheet, i, 7, (45990 + i) / 100.0, money);
		worksheet_write_number(sheet, i, 8, i % 10 + 1, NULL);
		worksheet_write_number(sheet, i, 9, at + i / 86400000.0, time);
	}
	g_assert_cmpint(workbook_close(book), ==, LXW_NO_ERROR);
	return processor_s() - begun;
}

static void measure_sheet(void)
{
	g_autofree char *path = g_build_filename(g_get_tmp_dir(), "bench.xlsx", NULL);
	struct rounds ours = {0}, theirs = {0};
	for (int i = 0; i < rounds_wanted(); i++) {
		sample_round(&ours, SHEET_ROWS / product_sheet(path));
		sample_round(&theirs, SHEET_ROWS / bare_sheet(path));
	}
	g_unlink(path);
	sample_at_least_times("workbook of 100,000 x 10", &ours, &theirs, 0.001, "k/s",
			      0.95);
}

/* ---- the size of the history ------------------------------------------------------------ */

static double one_day_us(const struct place *p)
{
	int32_t day = (MANY_FIRST_DAY + many_last_day(p->visits)) / 2;
	return 1e6 * export(p, "visits", "csv", day, day, NULL);
}

static void measure_day(const struct place *large, const struct place *small)
{
	struct rounds one = {0}, other = {0};
	one_day_us(large); /* from the disk, once */
	one_day_us(small);
	for (int i = 0; i < 3 * rounds_wanted(); i++) {
		sample_round(&one, one_day_us(large));
		sample_round(&other, one_day_us(small));
	}
	sample_at_most_times("a day of a large database", &one, &other, 0.001, "ms", 1.2);
}

/* Rows of a file that has a header. */
static int64_t rows_of(const char *path)
{
	g_autofree char *line = g_strdup_printf("wc -l %s", path);
	g_autofree char *said = NULL;
	g_assert_true(g_spawn_command_line_sync(line, &said, NULL, NULL, NULL));
	return g_ascii_strtoll(said, NULL, 10) - 1;
}

static void measure_all_answers(const struct place *large, const struct place *small)
{
	struct rounds many = {0}, few = {0};
	double large_mb = 0, small_mb = 0;
	double s = export_all(large, "answers", "csv", &large_mb);
	int64_t rows = rows_of(large->out);
	g_assert_cmpint(rows, ==, 3 * large->visits);
	export_all(small, "answers", "csv", &small_mb);
	sample_round(&many, large_mb);
	sample_round(&few, small_mb);
	printf("csv of %" G_GINT64_FORMAT " answers: %.1f s, %.0f k/s\n", rows, s,
	       (double)rows / s / 1000);
	sample_at_most("csv of all answers: memory", large_mb, "MB", MOST_MB);
	sample_at_most_times("csv of all answers: memory, of 100 thousand", &many, &few,
			     1, "MB", 1.1);
}

int main(void)
{
	const char *visits_wanted = g_getenv("BENCH_VISITS");
	struct place million, small, large;
	if (g_getenv("TILLASK_EXPORT_BIN") == NULL) {
		fputs("measuring: TILLASK_EXPORT_BIN does not name the program; use make "
		      "bench\n",
		      stderr);
		return 1;
	}
	sample_head();
	measure_sheet();
	begin(&million, "bench-million-XXXXXX", MILLION);
	measure_text(&million, "csv", "-csv");
	measure_text(&million, "jsonl", "-json");
	end(&million);
	begin(&small, "bench-small-XXXXXX", SMALL);
	begin(&large, "bench-large-XXXXXX",
	      visits_wanted != NULL ? MAX(atoll(visits_wanted), 1) : LARGE);
	measure_day(&large, &small);
	measure_all_answers(&large, &small);
	end(&large);
	end(&small);
	printf("\n%d missed\n", sample_missed());
	return 0;
}
