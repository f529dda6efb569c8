/* note.c - what the manager alone knows, for the figures.
 *
 *	tillask note marketing|wages SUM [--day DAY]
 *	tillask note passed|entered PEOPLE [--day DAY]
 *	tillask note action TEXT [--point POINT] [--responsible NAME] [--day DAY]
 *	tillask note list [--from DAY --to DAY]
 *	tillask note remove marketing|wages|passed|entered [--day DAY]
 *	tillask note remove action NUMBER
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "day.h"
#include "period.h"
#include "store/inbox.h"
#include "store/notes.h"

#define TEXT_MAX    120 /* characters */
#define NUMBER_MAX  INT64_C(1000000000000)
#define LISTED_DAYS 400
#define SMALLEST    100 /* in a whole unit; two decimals */

static char *option_day, *option_point, *option_responsible, *option_from, *option_to;

static const GOptionEntry options[] = {
	{"day", 0, 0, G_OPTION_ARG_STRING, &option_day,
	 "the day, or the first one of the period that a sum is for; today (default), "
	 "yesterday or YYYY-MM-DD",
	 "DAY"},
	{"point", 0, 0, G_OPTION_ARG_STRING, &option_point,
	 "action: the point of contact it is for; default: the whole shop", "POINT"},
	{"responsible", 0, 0, G_OPTION_ARG_STRING, &option_responsible,
	 "action: who answers for it", "NAME"},
	{"from", 0, 0, G_OPTION_ARG_STRING, &option_from,
	 "list: first day; default: 400 days back", "DAY"},
	{"to", 0, 0, G_OPTION_ARG_STRING, &option_to, "list: last day; default: today",
	 "DAY"},
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

/* False: it has been said what is wrong.  TEXT NULL: USUAL. */
static bool choose_day(struct invocation *call, const char *text, int32_t usual,
		       int32_t *day)
{
	*day = usual;
	return text == NULL || period_day(call, text, period_today(call->config), day);
}

static bool find_entry(const char *name, enum tally_entry *entry)
{
	for (int i = 0; i < TALLY_ENTRIES; i++)
		if (strcmp(name, tally_entry_name((enum tally_entry)i)) == 0) {
			*entry = (enum tally_entry)i;
			return true;
		}
	return false;
}

static bool is_money(enum tally_entry entry)
{
	return entry == ENTRY_MARKETING || entry == ENTRY_WAGES;
}

/* "1234", of money also "1234.5" and "1234.50". */
static bool parse_value(const char *text, enum tally_entry entry, int64_t *value)
{
	const char *form = is_money(entry) ? "^[0-9]{1,12}([.,][0-9]{1,2})?$"
					   : "^[0-9]{1,12}$";

	if (!g_regex_match_simple(form, text, G_REGEX_DOLLAR_ENDONLY, 0))
		return false;
	*value = strtoll(text, NULL, 10);
	if (*value > NUMBER_MAX)
		return false;
	if (is_money(entry)) {
		const char *part = strpbrk(text, ".,");
		int hundredths = part == NULL ? 0 : atoi(part + 1);

		if (part != NULL && strlen(part + 1) == 1)
			hundredths *= 10;
		*value = *value * SMALLEST + hundredths;
	}
	return true;
}

static enum command_exit enter(struct invocation *call, enum tally_entry entry)
{
	GError *error = NULL;
	int32_t day;
	int64_t value;

	if (call->n_args != 2)
		return command_wrong(call, "%s needs one number", call->args[0]);
	if (!choose_day(call, option_day, period_today(call->config), &day))
		return COMMAND_WRONG;
	if (!parse_value(call->args[1], entry, &value))
		return command_wrong(
			call, "\"%s\" is no %s; allowed is %s, from 0 to 999999999999",
			call->args[1], is_money(entry) ? "sum" : "number of people",
			is_money(entry) ? "1234 or 1234.50" : "1234");
	return notes_enter(call->config->database, day, entry, value, &error)
		       ? COMMAND_DONE
		       : command_failed(call, error);
}

/* What is wrong with a text that people will read, or NULL. */
static const char *wrong_text(const char *text)
{
	if (*text == '\0')
		return "is empty";
	if (g_utf8_strlen(text, -1) > TEXT_MAX)
		return "is longer than 120 characters";
	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
		if (g_unichar_iscntrl(g_utf8_get_char(p)))
			return "holds a control character";
	return NULL;
}

/* The points of contact that are asked about now, as a sentence names them. */
static char *all_points(const struct config *local, const char *wanted, bool *is_there)
{
	GString *all = g_string_new(NULL);
	struct config *config = inbox_in_force(local);
	const struct questionnaire *q = &config->questionnaire;

	*is_there = false;
	for (int i = 0; i < q->count; i++) {
		const char *point = q->question[i].point;
		bool again = *point == '\0';

		*is_there = *is_there || strcmp(point, wanted) == 0;
		for (int k = 0; k < i; k++)
			again = again || strcmp(q->question[k].point, point) == 0;
		if (!again)
			g_string_append_printf(all, "%s%s", all->len > 0 ? ", " : "",
					       point);
	}
	config_free(config);
	return g_string_free(all, FALSE);
}

static enum command_exit act(struct invocation *call)
{
	const char *point = option_point != NULL ? option_point : "";
	const char *who = option_responsible != NULL ? option_responsible : "";
	const char *text = call->n_args == 2 ? call->args[1] : "";
	bool is_there;
	g_autofree char *points = all_points(call->config, point, &is_there);
	GError *error = NULL;
	int32_t day;

	if (call->n_args != 2)
		return command_wrong(call, "action needs one text");
	if (wrong_text(text) != NULL)
		return command_wrong(call, "the text %s", wrong_text(text));
	if (*who != '\0' && wrong_text(who) != NULL)
		return command_wrong(call, "--responsible %s", wrong_text(who));
	if (*point != '\0' && !is_there)
		return command_wrong(
			call,
			"no question asks about \"%s\"; allowed are the point= "
			"of [question], published ones too: %s",
			point, points);
	if (!choose_day(call, option_day, period_today(call->config), &day))
		return COMMAND_WRONG;
	return notes_act(call->config->database, day, point, text, who, &error)
		       ? COMMAND_DONE
		       : command_failed(call, error);
}

static void list_entry(void *self, int32_t day, const char *what, int64_t value)
{
	g_autofree char *text = day_text(day);
	enum tally_entry entry;

	(void)self;
	if (find_entry(what, &entry) && is_money(entry))
		printf("%s %s %" PRId64 ".%02" PRId64 "\n", text, what, value / SMALLEST,
		       value % SMALLEST);
	else
		printf("%s %s %" PRId64 "\n", text, what, value);
}

static void list_action(void *self, int64_t id, int32_t day, const char *point,
			const char *text, const char *responsible)
{
	g_autofree char *date = day_text(day);

	(void)self;
	printf("%s action %" PRId64 " %s%s%s%s%s%s\n", date, id, point,
	       *point != '\0' ? ": " : "", text, *responsible != '\0' ? " (" : "",
	       responsible, *responsible != '\0' ? ")" : "");
}

static enum command_exit list(struct invocation *call)
{
	const struct notes_reader reader = {list_entry, list_action, NULL};
	int32_t now = period_today(call->config), from, to;
	GError *error = NULL;

	if (call->n_args != 1)
		return command_wrong(call, "list takes --from and --to and nothing else");
	if (!choose_day(call, option_from, now - LISTED_DAYS, &from) ||
	    !choose_day(call, option_to, now, &to))
		return COMMAND_WRONG;
	return notes_read(call->config->database, from, to, &reader, &error)
		       ? COMMAND_DONE
		       : command_failed(call, error);
}

static enum command_exit removed_or_not(struct invocation *call, bool removed)
{
	if (removed)
		return COMMAND_DONE;
	return command_failed(call,
			      g_error_new(G_FILE_ERROR, G_FILE_ERROR_NOENT,
					  "removing a note: there is none; see tillask "
					  "note list"));
}

static enum command_exit remove_action(struct invocation *call)
{
	GError *error = NULL;
	char *end = NULL;
	bool removed;

	if (call->n_args != 3)
		return command_wrong(call, "remove action needs its number");
	gint64 id = g_ascii_strtoll(call->args[2], &end, 10);
	if (*call->args[2] == '\0' || *end != '\0')
		return command_wrong(call, "\"%s\" is no number of an action",
				     call->args[2]);
	if (!notes_remove_action(call->config->database, id, &removed, &error))
		return command_failed(call, error);
	return removed_or_not(call, removed);
}

static enum command_exit take_away(struct invocation *call)
{
	GError *error = NULL;
	enum tally_entry entry;
	int32_t day;
	bool removed;

	if (call->n_args > 1 && strcmp(call->args[1], "action") == 0)
		return remove_action(call);
	if (call->n_args != 2 || !find_entry(call->args[1], &entry))
		return command_wrong(call, "remove needs what: marketing, wages, passed, "
					   "entered, or action and its number");
	if (!choose_day(call, option_day, period_today(call->config), &day))
		return COMMAND_WRONG;
	if (!notes_remove_entry(call->config->database, day, entry, &removed, &error))
		return command_failed(call, error);
	return removed_or_not(call, removed);
}

static enum command_exit run(struct invocation *call)
{
	const char *what = call->args[0];
	enum tally_entry entry;

	if (find_entry(what, &entry))
		return enter(call, entry);
	if (strcmp(what, "action") == 0)
		return act(call);
	if (strcmp(what, "list") == 0)
		return list(call);
	if (strcmp(what, "remove") == 0)
		return take_away(call);
	return command_wrong(
		call,
		"\"%s\" cannot be noted; allowed are marketing, wages, passed, "
		"entered, action, list and remove",
		what);
}

const struct command command_note = {
	.name = "note",
	.synopsis = "marketing|wages|passed|entered NUMBER | action TEXT | list | "
		    "remove WHAT [--day DAY] [--point POINT] [--responsible NAME] "
		    "[--from DAY] [--to DAY]",
	.help = "note what was spent, who came in, what was done",
	.more = "\n"
		"  marketing SUM    spent on marketing that day, or in the period it begins\n"
		"  wages SUM        sales wages, likewise\n"
		"  passed PEOPLE    who passed the shop\n"
		"  entered PEOPLE   who came in\n"
		"  action TEXT      what was done to become better\n"
		"  list             what was noted\n"
		"  remove WHAT      a note of a day by its name, or action and its number\n",
	.config = CONFIG_FIRST,
	.options = options,
	.least_args = 1,
	.most_args = 3,
	.run = run,
};
