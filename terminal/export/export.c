/* export.c - the daily survey files (README, "Files").
 *
 *	tillask export [--day DAY | --from DAY --to DAY] [--what TABLE] [--format FORMAT]
 *	               [--output FOLDER|-] [--plain] [--full-cards]
 *	tillask export --due
 *
 * Into the [export] folder a day is made by export/kept.h, with seal and manifest; anywhere else by
 * export/loose.h.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "export/kept.h"
#include "export/due.h"
#include "export/export.h"
#include "export/loose.h"
#include "period.h"
#include "store/day_facts.h"

#define LOCK_MS 60000

static char *option_day, *option_from, *option_to, *option_what, *option_format,
	*option_output;
static gboolean option_plain, option_full_cards, option_due;

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
	{"due", 0, 0, G_OPTION_ARG_NONE, &option_due,
	 "all that `run` makes by itself: seals every day that has ended, and today's files "
	 "from [export] at on",
	 NULL},
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

/* One call, from its options to the rows. */
struct export
{
	const struct config *config;
	enum table_what what;
	bool format[EXPORT_FORMATS];
	const char *folder; /* NULL: standard output */
	bool kept;          /* it is the [export] folder */
	int32_t from, to;
	struct clock clock;
	struct moment now;
	struct progress progress;
};

/* False: it has been said what is wrong. */
static bool choose_days(struct invocation *call, struct export *e)
{
	return period_choose(call, option_day, option_from, option_to, e->now.day,
			     &e->from, &e->to);
}

static bool choose_what(struct invocation *call, struct export *e)
{
	int what = option_what != NULL ? table_find(option_what) : TABLE_VISITS;
	if (what < 0) {
		command_wrong(
			call,
			"--what %s is unknown; allowed are visits, answers and cards",
			option_what);
		return false;
	}
	e->what = (enum table_what)what;
	return true;
}

static bool choose_format(struct invocation *call, struct export *e)
{
	if (option_format == NULL) {
		memcpy(e->format, e->config->export.format, sizeof e->format);
		if (e->folder == NULL)
			memcpy(e->format, (bool[EXPORT_FORMATS]){[EXPORT_CSV] = true},
			       sizeof e->format);
		return true;
	}
	int format = table_find_format(option_format);
	if (format < 0) {
		command_wrong(call,
			      "--format %s is unknown; allowed are csv, jsonl and xlsx",
			      option_format);
		return false;
	}
	e->format[format] = true;
	return true;
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
	e->kept = e->folder != NULL && same_folder(e->folder, kept);
	if (e->kept && (option_plain || option_full_cards)) {
		command_wrong(call,
			      "%s is refused into the [export] folder %s, where the "
			      "daily files are kept; give another --output FOLDER or -",
			      option_plain ? "--plain" : "--full-cards", kept);
		return false;
	}
	return true;
}

/* --due chooses by itself. */
static bool choose_due(struct invocation *call)
{
	if (option_day == NULL && option_from == NULL && option_to == NULL &&
	    option_what == NULL && option_format == NULL && option_output == NULL &&
	    !option_plain && !option_full_cards)
		return true;
	command_wrong(call, "--due goes with no other option: it makes all that is due");
	return false;
}

static bool make_kept_days(struct export *e, GError **error)
{
	struct kept_order order = {.config = e->config, .progress = &e->progress};
	order.what[e->what] = true;
	memcpy(order.format, e->format, sizeof order.format);
	for (order.day = e->from; order.day <= e->to; order.day++) {
		due_ended(&e->clock, &e->now, &order);
		if (!kept_make(&order, error))
			return false;
	}
	return true;
}

/* Under the lock of the [export] folder. */
static bool make_kept(struct export *e, GError **error)
{
	int lock = day_facts_lock(e->config->database, LOCK_MS, error);
	if (lock < 0)
		return false;
	kept_sweep(e->config);
	bool done = option_due ? due_make(e->config, &e->progress, error)
			       : make_kept_days(e, error);
	close(lock);
	return done;
}

static bool make_loose(struct export *e, GError **error)
{
	struct loose_order order = {
		.config = e->config,
		.what = e->what,
		.folder = e->folder,
		.from = e->from,
		.to = e->to,
		.plain = option_plain,
		.full_cards = option_full_cards,
		.progress = &e->progress,
	};
	memcpy(order.format, e->format, sizeof order.format);
	return loose_make(&order, error);
}

static enum command_exit run(struct invocation *call)
{
	struct export e = {.config = call->config, .progress.what = "Exporting"};
	GError *error = NULL;

	if (option_due) {
		if (!choose_due(call))
			return COMMAND_WRONG;
		e.kept = true;
	} else {
		/* wrong options are told first, whatever the database */
		clock_init(&e.clock, e.config->timezone, e.config->day_starts_min,
			   INT64_MIN);
		clock_now(&e.clock, &e.now);
		if (!choose_days(call, &e) || !choose_what(call, &e) ||
		    !choose_output(call, &e) || !choose_format(call, &e))
			return COMMAND_WRONG;
		if (!due_clock(e.config, &e.clock, &e.now, &error))
			return command_failed(call, error);
	}
	bool done = e.kept ? make_kept(&e, &error) : make_loose(&e, &error);
	progress_show(&e.progress, 1, 1);
	return done ? COMMAND_DONE : command_failed(call, error);
}

const struct command command_export = {
	.name = "export",
	.synopsis = "[--day DAY | --from DAY --to DAY] [--what TABLE] [--format FORMAT] "
		    "[--output FOLDER|-] [--plain] [--full-cards] [--due]",
	.help = COMMAND_HELP_EXPORT,
	.config = CONFIG_FIRST,
	.options = options,
	.least_args = 0,
	.most_args = 0,
	.run = run,
};
