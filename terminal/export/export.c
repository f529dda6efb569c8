/* export.c - the daily survey files, as CSV or JSONL (contract.md, "Files").
 *
 *	tillask export [--day DAY | --from DAY --to DAY] [--what TABLE] [--format FORMAT]
 *	               [--output FOLDER|-] [--plain] [--full-cards]
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clock.h"
#include "export/export.h"
#include "export/csv.h"
#include "export/rows.h"
#include "export/jsonl.h"
#include "outfile.h"
#include "progress.h"

#define JULIAN_1970 719163 /* GDate's number of 1970-01-01 */

static char *option_day, *option_from, *option_to, *option_what, *option_format,
	*option_output;
static gboolean option_plain, option_full_cards;

static const GOptionEntry options[] = {
	{"day", 0, 0, G_OPTION_ARG_STRING, &option_day,
	 "today (default), yesterday or YYYY-MM-DD: a business day", "DAY"},
	{"from", 0, 0, G_OPTION_ARG_STRING, &option_from, "first day of a range", "DAY"},
	{"to", 0, 0, G_OPTION_ARG_STRING, &option_to, "last day of a range", "DAY"},
	{"what", 0, 0, G_OPTION_ARG_STRING, &option_what,
	 "visits (default), answers or cards", "TABLE"},
	{"format", 0, 0, G_OPTION_ARG_STRING, &option_format,
	 "csv, jsonl or xlsx; default: [export] formats, with --output - csv", "FORMAT"},
	{"output", 0, 0, G_OPTION_ARG_FILENAME, &option_output,
	 "a folder, or - for standard output; default: [export] folder", "FOLDER"},
	{"plain", 0, 0, G_OPTION_ARG_NONE, &option_plain,
	 "CSV without the habits of spreadsheets; not into [export] folder", NULL},
	{"full-cards", 0, 0, G_OPTION_ARG_NONE, &option_full_cards,
	 "accepted cards in full; not into [export] folder", NULL},
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

enum what { WHAT_VISITS, WHAT_ANSWERS, WHAT_CARDS };
static const struct {
	const char *name, *file;
} whats[] = {
	[WHAT_VISITS] = {"visits", "survey"},
	[WHAT_ANSWERS] = {"answers", "answers"},
	[WHAT_CARDS] = {"cards", "cards"},
};
static const char *const formats[] = {
	[EXPORT_CSV] = "csv", [EXPORT_JSONL] = "jsonl", [EXPORT_XLSX] = "xlsx"};

/* One call, from its options to the rows. */
struct export
{
	const struct config *config;
	enum what what;
	bool format[EXPORT_FORMATS];
	const char *folder; /* NULL: standard output */
	int32_t from, to;
	struct archive *archive;
	struct export_how how;
	struct csv_style style;
	struct record *record;
	struct progress progress;
	int64_t done, total;
	/* the table being written */
	enum export_format now;
	FILE *out;
};

/* YYYY-MM-DD that exists, from 1970 on. */
static bool parse_day(const char *text, int32_t *day)
{
	GDate date;
	if (!g_regex_match_simple("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", text,
				  G_REGEX_DOLLAR_ENDONLY, 0))
		return false;
	int year = atoi(text), month = atoi(text + 5), number = atoi(text + 8);
	if (year < 1970 || month < 1 || month > 12 || number < 1 ||
	    !g_date_valid_dmy((GDateDay)number, (GDateMonth)month, (GDateYear)year))
		return false;
	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)number, (GDateMonth)month, (GDateYear)year);
	*day = (int32_t)g_date_get_julian(&date) - JULIAN_1970;
	return true;
}

static int32_t today(const struct config *config)
{
	struct clock clock;
	clock_init(&clock, config->timezone, config->day_starts_min, INT64_MIN);
	return clock_day(&clock, g_get_real_time() / 1000);
}

static bool choose_day(const struct config *config, const char *text, int32_t *day)
{
	if (strcmp(text, "today") == 0)
		*day = today(config);
	else if (strcmp(text, "yesterday") == 0)
		*day = today(config) - 1;
	else
		return parse_day(text, day);
	return true;
}

/* False: it has been said what is wrong. */
static bool choose_days(struct invocation *call, struct export *e)
{
	if (option_day != NULL && (option_from != NULL || option_to != NULL)) {
		command_wrong(call, "--day and --from or --to; one or the other");
		return false;
	}
	if ((option_from == NULL) != (option_to == NULL)) {
		command_wrong(call, "--from and --to go together");
		return false;
	}
	const char *from = option_day != NULL ? option_day : option_from;
	const char *to = option_day != NULL ? option_day : option_to;
	const char *both[] = {from != NULL ? from : "today", to != NULL ? to : "today"};
	int32_t *day[] = {&e->from, &e->to};
	for (int i = 0; i < 2; i++)
		if (!choose_day(e->config, both[i], day[i])) {
			command_wrong(
				call,
				"\"%s\" is no day; allowed are today, yesterday and "
				"YYYY-MM-DD",
				both[i]);
			return false;
		}
	if (e->from > e->to) {
		command_wrong(call, "--from %s is after --to %s", both[0], both[1]);
		return false;
	}
	return true;
}

static bool choose_what(struct invocation *call, struct export *e)
{
	if (option_what == NULL)
		return true; /* visits */
	for (size_t i = 0; i < G_N_ELEMENTS(whats); i++)
		if (strcmp(option_what, whats[i].name) == 0) {
			e->what = (enum what)i;
			return true;
		}
	command_wrong(call, "--what %s is unknown; allowed are visits, answers and cards",
		      option_what);
	return false;
}

static bool choose_format(struct invocation *call, struct export *e)
{
	if (option_format == NULL && e->folder == NULL) {
		e->format[EXPORT_CSV] = true;
		return true;
	}
	if (option_format == NULL) {
		memcpy(e->format, e->config->export.format, sizeof e->format);
		if (e->format[EXPORT_XLSX])
			fputs("tillask export: xlsx is not available in this build; only the "
			      "other formats of [export] formats are written\n",
			      stderr);
		return true;
	}
	for (size_t i = 0; i < EXPORT_FORMATS; i++)
		e->format[i] = strcmp(option_format, formats[i]) == 0;
	if (e->format[EXPORT_XLSX])
		command_wrong(call,
			      "--format xlsx is not available in this build; allowed are "
			      "csv and jsonl");
	else if (!e->format[EXPORT_CSV] && !e->format[EXPORT_JSONL])
		command_wrong(call, "--format %s is unknown; allowed are csv and jsonl",
			      option_format);
	return e->format[EXPORT_CSV] || e->format[EXPORT_JSONL];
}

/* Are they one folder, by whatever names? */
static bool same_folder(const char *a, const char *b)
{
	g_autofree char *one = g_canonicalize_filename(a, NULL);
	g_autofree char *other = g_canonicalize_filename(b, NULL);
	char *real_one = realpath(one, NULL), *real_other = realpath(other, NULL);
	bool same = strcmp(one, other) == 0 || (real_one != NULL && real_other != NULL &&
						strcmp(real_one, real_other) == 0);
	free(real_one);
	free(real_other);
	return same;
}

static bool choose_output(struct invocation *call, struct export *e)
{
	const char *kept = e->config->export.folder;
	e->folder = option_output == NULL ? kept : option_output;
	if (strcmp(e->folder, "-") == 0)
		e->folder = NULL;
	if (e->folder != NULL && (option_plain || option_full_cards) &&
	    same_folder(e->folder, kept)) {
		command_wrong(call,
			      "%s is refused into the [export] folder %s, where the "
			      "daily files are kept; give another --output FOLDER or -",
			      option_plain ? "--plain" : "--full-cards", kept);
		return false;
	}
	return true;
}

static void put_record(struct export *e)
{
	if (e->now == EXPORT_CSV)
		csv_row(e->out, &e->style, e->record);
	else
		jsonl_row(e->out, e->record);
}

static bool put_visit(void *self, const struct archive_visit *visit)
{
	struct export *e = self;
	if (e->what == WHAT_VISITS) {
		export_visit(e->record, &e->how, visit);
		put_record(e);
	}
	for (unsigned i = 0; e->what == WHAT_ANSWERS && i < visit->answers; i++) {
		export_answer(e->record, visit, &visit->answer[i]);
		put_record(e);
	}
	progress_show(&e->progress, ++e->done, e->total + 1);
	return !ferror(e->out);
}

static bool put_card(void *self, const struct archive_card *card)
{
	struct export *e = self;
	export_card(e->record, &e->how, card);
	put_record(e);
	return !ferror(e->out);
}

static void put_header(struct export *e)
{
	static const struct archive_visit no_visit;
	static const struct archive_answer no_answer;
	static const struct archive_card no_card;
	if (e->now != EXPORT_CSV)
		return;
	switch (e->what) {
	case WHAT_VISITS:
		export_visit(e->record, &e->how, &no_visit);
		break;
	case WHAT_ANSWERS:
		export_answer(e->record, &no_visit, &no_answer);
		break;
	case WHAT_CARDS:
		export_card(e->record, &e->how, &no_card);
		break;
	}
	csv_begin(e->out, &e->style);
	csv_header(e->out, &e->style, e->record);
}

/* One table of the days FROM..TO to e->out, in the format e->now. */
static bool put_table(struct export *e, int32_t from, int32_t to, GError **error)
{
	g_autoptr(GPtrArray) questions = archive_questions(e->archive, from, to, error);
	if (questions == NULL)
		return false;
	e->how.questions = questions;
	put_header(e);
	return e->what == WHAT_CARDS
		       ? archive_cards(e->archive, from, to, put_card, e, error)
		       : archive_visits(e->archive, from, to, put_visit, e, error);
}

static bool put_file(struct export *e, int32_t day, GError **error)
{
	const struct config *c = e->config;
	GDate date;
	g_date_clear(&date, 1);
	g_date_set_julian(&date, (guint32)(day + JULIAN_1970));
	g_autofree char *name = g_strdup_printf(
		"%s-%s-%s-%04d-%02d-%02d.%s", whats[e->what].file, c->store, c->till,
		g_date_get_year(&date), (int)g_date_get_month(&date),
		g_date_get_day(&date), formats[e->now]);
	struct outfile *file = outfile_begin(e->folder, name, error);
	if (file == NULL)
		return false;
	e->out = outfile_stream(file);
	if (put_table(e, day, day, error))
		return outfile_commit(file, error);
	outfile_drop(file);
	return false;
}

static bool put_files(struct export *e, GError **error)
{
	for (int32_t day = e->from; day <= e->to; day++)
		if (!put_file(e, day, error))
			return false;
	return true;
}

static bool put_stream(struct export *e, GError **error)
{
	e->out = stdout;
	if (!put_table(e, e->from, e->to, error))
		return false;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return true;
	g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(errno),
		    "writing to standard output: %s", g_strerror(errno));
	clearerr(stdout); /* it is told once */
	return false;
}

static bool put_all(struct export *e, GError **error)
{
	if (!archive_count(e->archive, e->from, e->to, &e->total, error))
		return false;
	for (e->now = EXPORT_CSV; e->now < EXPORT_XLSX; e->now++) {
		if (!e->format[e->now])
			continue;
		e->done = 0;
		if (!(e->folder != NULL ? put_files(e, error) : put_stream(e, error)))
			return false;
	}
	progress_show(&e->progress, 1, 1);
	return true;
}

static enum command_exit run(struct invocation *call)
{
	const struct config *c = call->config;
	struct export e = {.config = c, .progress.what = "Exporting"};
	GError *error = NULL;

	if (!choose_days(call, &e) || !choose_what(call, &e) ||
	    !choose_output(call, &e) || !choose_format(call, &e))
		return COMMAND_WRONG;
	e.style.excel = c->export.excel && !option_plain;
	e.style.decimal_sign = csv_decimal_sign(c->languages[c->language]);
	e.archive = archive_open(c->database, &error);
	if (e.archive == NULL)
		return command_failed(call, error);
	e.how.full_cards = option_full_cards;
	e.record = record_new();
	bool done = put_all(&e, &error);
	record_free(e.record);
	archive_close(e.archive);
	return done ? COMMAND_DONE : command_failed(call, error);
}

const struct command command_export = {
	.name = "export",
	.synopsis = "[--day DAY | --from DAY --to DAY] [--what TABLE] [--format FORMAT] "
		    "[--output FOLDER|-] [--plain] [--full-cards]",
	.help = COMMAND_HELP_EXPORT,
	.config = CONFIG_FIRST,
	.options = options,
	.least_args = 0,
	.most_args = 0,
	.run = run,
};
