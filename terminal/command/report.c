/* report.c - figures for a person (README, "Figures").
 *
 *	tillask report [--day DAY] [--week | --month] | --from DAY --to DAY
 *	               [--format text|html] [--output FILE|-]
 *	tillask report --sleeping [--full-cards] [--output FILE|-]
 */
#include "report/report.h"

#include <errno.h>
#include <inttypes.h>
#include <langinfo.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "day.h"
#include "outfile.h"
#include "period.h"
#include "progress.h"
#include "report/report_html.h"
#include "store/census.h"
#include "store/inbox.h"

#define TEXT_COLS     80
#define LIFETIME_DAYS 28 /* shorter periods do without the money of all visits ever */

static char *option_day, *option_from, *option_to, *option_format, *option_output;
static gboolean option_week, option_month, option_sleeping, option_full_cards;

static const GOptionEntry options[] = {
	{"day", 0, 0, G_OPTION_ARG_STRING, &option_day,
	 "today (default), yesterday or YYYY-MM-DD: a business day", "DAY"},
	{"week", 0, 0, G_OPTION_ARG_NONE, &option_week,
	 "the week in which that day lies, Monday to Sunday", NULL},
	{"month", 0, 0, G_OPTION_ARG_NONE, &option_month,
	 "its month, with the sheet of causes", NULL},
	{"from", 0, 0, G_OPTION_ARG_STRING, &option_from, "first day of a range", "DAY"},
	{"to", 0, 0, G_OPTION_ARG_STRING, &option_to, "last day of a range", "DAY"},
	{"format", 0, 0, G_OPTION_ARG_STRING, &option_format, "text (default) or html",
	 "FORMAT"},
	{"output", 0, 0, G_OPTION_ARG_FILENAME, &option_output,
	 "a file, or - for standard output (default)", "FILE"},
	{"sleeping", 0, 0, G_OPTION_ARG_NONE, &option_sleeping,
	 "instead: the cards that sleep on the (last) day, as CSV", NULL},
	{"full-cards", 0, 0, G_OPTION_ARG_NONE, &option_full_cards,
	 "with --sleeping: the cards in full", NULL},
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

/* One call, from its options to the drawing. */
struct call {
	const struct config *config;
	int32_t today, from, to;
	int32_t before_from, before_to; /* the period to compare with */
	bool is_month, is_html;
	struct words *words;
	struct archive *archive;
	struct progress progress;
};

/* The week or month of the day. */
static void widen(struct call *c)
{
	int32_t day = c->from;

	if (option_week) {
		c->from = day_monday(day);
		c->to = c->from + 6;
	}
	if (option_month) {
		c->from = day_month(day);
		c->to = c->from + day_month_length(day) - 1;
		c->is_month = true;
	}
}

/* As long a period just before; of a month the month before.  Of one that is not over only the
 * days that are compare. */
static void choose_before(struct call *c)
{
	c->before_to = c->from - 1;
	c->before_from = c->is_month ? day_month(c->before_to)
				     : c->from - (c->to - c->from + 1);
}

/* False: it has been said what is wrong. */
static bool choose_days(struct invocation *call, struct call *c)
{
	c->today = period_today(c->config);
	if (option_week && option_month) {
		command_wrong(call, "--week and --month; one or the other");
		return false;
	}
	if ((option_from != NULL || option_to != NULL) && (option_week || option_month)) {
		command_wrong(call, "--from and --to go without --week and --month");
		return false;
	}
	if (!period_choose(call, option_day, option_from, option_to, c->today, &c->from,
			   &c->to))
		return false;
	widen(c);
	choose_before(c);
	return true;
}

static bool choose_format(struct invocation *call, struct call *c)
{
	c->is_html = g_strcmp0(option_format, "html") == 0;
	if (option_format == NULL || strcmp(option_format, "text") == 0 || c->is_html)
		return true;
	command_wrong(call, "--format %s is unknown; allowed are text and html",
		      option_format);
	return false;
}

static void told(void *self, int64_t done, int64_t total)
{
	progress_show(self, done, total + 1);
}

static struct tally *count(struct call *c, int32_t from, int32_t to, bool roll_up_only,
			   GError **error)
{
	struct tally *t = tally_new(from, to, c->config->active_days,
				    c->config->sleeping_after_days);
	const struct census_how how = {
		.language = c->config->languages[c->config->language],
		.roll_up_only = roll_up_only,
		.lifetime = to - from >= LIFETIME_DAYS - 1,
		.progress = told,
		.self = &c->progress,
	};

	if (census_take(c->archive, t, &how, error))
		return t;
	tally_free(t);
	return NULL;
}

static struct report *make(struct call *c, const struct tally *now,
			   const struct tally *before)
{
	g_autoptr(GDateTime) clock = g_date_time_new_now(c->config->timezone);
	g_autofree char *made = g_date_time_format(clock, "%Y-%m-%d %H:%M");
	const struct report_how how = {
		.config = c->config,
		.words = c->words,
		.language = c->config->language,
		.code = c->config->languages[c->config->language],
		.made = made,
		.today = c->today,
		.is_month = c->is_month,
	};

	return report_make(now, before, &how);
}

static struct report *read_report(struct call *c, GError **error)
{
	struct tally *now = count(c, c->from, c->to, false, error);
	struct tally *before =
		now == NULL ? NULL : count(c, c->before_from, c->before_to, true, error);
	struct report *report = before == NULL ? NULL : make(c, now, before);

	progress_show(&c->progress, 1, 1);
	tally_free(now);
	tally_free(before);
	return report;
}

static bool put_sleeper(void *self, const char *card, int32_t seen_day)
{
	FILE *out = self;
	g_autofree char *day = day_text(seen_day);
	char mask[6];

	card_mask(card, mask);
	fprintf(out, "%s,%s\r\n", option_full_cards ? card : mask, day);
	return !ferror(out);
}

/* Draws into OUT, which may be a file or standard output. */
static bool draw(struct call *c, const struct report *report, FILE *out, GError **error)
{
	const struct report_look look = {TEXT_COLS,
					 strcmp(nl_langinfo(CODESET), "UTF-8") == 0};

	if (report != NULL && c->is_html)
		report_html(out, report, c->words, c->config->language);
	else if (report != NULL)
		report_text(out, report, &look);
	if (report != NULL)
		return true;
	fputs("card,seen\r\n", out);
	return census_sleeping(c->archive, c->to - c->config->sleeping_after_days,
			       put_sleeper, out, error);
}

static bool put_file(struct call *c, const struct report *report, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(option_output);
	g_autofree char *name = g_path_get_basename(option_output);
	struct outfile *file = outfile_begin(folder, name, error);

	if (file == NULL)
		return false;
	if (draw(c, report, outfile_stream(file), error))
		return outfile_commit(file, error) &&
		       fprintf(stderr, "written: %s\n", option_output) > 0;
	outfile_drop(file);
	return false;
}

static bool put_report(struct call *c, GError **error)
{
	struct report *report = option_sleeping ? NULL : read_report(c, error);
	bool done;

	if (report == NULL && !option_sleeping)
		return false;
	if (option_output == NULL || strcmp(option_output, "-") == 0)
		done = draw(c, report, stdout, error);
	else
		done = put_file(c, report, error);
	report_free(report);
	return done;
}

static struct words *words_of(const struct config *config)
{
	struct faults *faults = faults_new("messages.ini");
	struct words *words = words_new(config->languages, config->n_languages, faults);

	faults_free(faults);
	return words;
}

static enum command_exit run_with(struct invocation *call, const struct config *config)
{
	struct call c = {.config = config, .progress.what = "Counting"};
	GError *error = NULL;

	if (option_full_cards && !option_sleeping)
		return command_wrong(call, "--full-cards goes with --sleeping");
	if (!choose_days(call, &c) || !choose_format(call, &c))
		return COMMAND_WRONG;
	c.archive = archive_open(c.config->database, &error);
	if (c.archive == NULL)
		return command_failed(call, error);
	c.words = words_of(c.config);
	bool done = put_report(&c, &error);
	words_free(c.words);
	archive_close(c.archive);
	return done ? COMMAND_DONE : command_failed(call, error);
}

/* With the questions of today as they are asked: also those of head office. */
static enum command_exit run(struct invocation *call)
{
	struct config *config = inbox_in_force(call->config);
	enum command_exit exit = run_with(call, config);

	config_free(config);
	return exit;
}

const struct command command_report = {
	.name = "report",
	.synopsis = "[--day DAY] [--week | --month] | --from DAY --to DAY "
		    "[--format text|html] [--output FILE|-] [--sleeping [--full-cards]]",
	.help = "say how the shop did: scores, trends, reasons, customers",
	.config = CONFIG_FIRST,
	.options = options,
	.least_args = 0,
	.most_args = 0,
	.run = run,
};
