/* sync.c - sends what the server has not acknowledged.
 *
 *	tillask sync [--status] [--again] [--since DAY] [--timer]
 *	tillask sync [--since DAY] --bundle FILE | --load FILE... | --enrol [KEY]
 */
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "period.h"
#include "sync/carry.h"
#include "sync/lock.h"
#include "sync/pause.h"
#include "sync/sender.h"
#include "sync/status.h"
#include "sync/sync.h"

#define LOCK_WAIT_MS   30000
#define CLOCK_SLACK_MS 120000

static gboolean option_status, option_again, option_timer, option_probe, option_enrol;
static char *option_bundle, *option_load, *option_since;

static const GOptionEntry options[] = {
	{"status", 0, 0, G_OPTION_ARG_NONE, &option_status,
	 "what waits and how the last run went; sends nothing", NULL},
	{"again", 0, 0, G_OPTION_ARG_NONE, &option_again,
	 "also what the server refused before", NULL},
	{"since", 0, 0, G_OPTION_ARG_STRING, &option_since,
	 "also everything of business day DAY (2026-11-25, today, yesterday) and later, sent "
	 "or not: the server has lost it",
	 "DAY"},
	{"timer", 0, 0, G_OPTION_ARG_NONE, &option_timer,
	 "on failure try again, with growing pauses, until the next run is due", NULL},
	{"bundle", 0, 0, G_OPTION_ARG_FILENAME, &option_bundle,
	 "writes what waits to a file, where there is no network", "FILE"},
	{"load", 0, 0, G_OPTION_ARG_FILENAME, &option_load,
	 "takes in: at head office a bundle, on the till its acknowledgement", "FILE"},
	{"enrol", 0, 0, G_OPTION_ARG_NONE, &option_enrol,
	 "the key that signs bundles; with KEY: that of head office", NULL},
	{"probe", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &option_probe,
	 "what check says of the server", NULL},
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

static void say(const struct sender_result *r)
{
	printf("sent: visits %" G_GINT64_FORMAT ", answers %" G_GINT64_FORMAT
	       ", card events %" G_GINT64_FORMAT ", queue times %" G_GINT64_FORMAT
	       "; waiting: %" G_GINT64_FORMAT "; set aside: %" G_GINT64_FORMAT "\n",
	       r->rows[OUTBOX_VISIT], r->rows[OUTBOX_ANSWER], r->rows[OUTBOX_CARD_EVENT],
	       r->rows[OUTBOX_QUEUE_TIME], r->waiting, r->set_aside);
	if (r->published.taken)
		puts("what head office published has changed; the terminal takes it with "
		     "the next customer");
}

/* What is wrong beside a run that went well. */
static enum command_exit judge(const struct sender_result *r)
{
	if (llabs(r->clock_ahead_ms) > CLOCK_SLACK_MS)
		fprintf(stderr,
			"tillask sync: this clock is %lld s %s of the server's; set the "
			"time\n",
			llabs(r->clock_ahead_ms) / 1000,
			r->clock_ahead_ms > 0 ? "ahead" : "behind");
	if (*r->published.refused != '\0')
		fprintf(stderr,
			"tillask sync: what head office published is not used: %s; what was "
			"in force before stays\n",
			r->published.refused);
	if (r->set_aside == 0)
		return *r->published.refused == '\0' ? COMMAND_DONE : COMMAND_FAILED;
	fprintf(stderr,
		"tillask sync: %" G_GINT64_FORMAT
		" %s refused and set aside: %s; when that is mended: tillask sync --again\n",
		r->set_aside, r->set_aside == 1 ? "record was" : "records were",
		r->refused);
	return COMMAND_FAILED;
}

static int64_t now_ms(void)
{
	return g_get_real_time() / 1000;
}

/* Notes how it went, for --status and the next pause; the error of the run stands whatever
 * happens here. */
static void note(const struct config *config, const GError *error)
{
	g_autoptr(GError) why = NULL;
	struct outbox *outbox = outbox_open(config->database, &why);
	struct outbox_status status;

	if (outbox == NULL || !outbox_status(outbox, &status, &why))
		g_info("%s", why->message);
	else if (error == NULL)
		outbox_succeeded(outbox, now_ms(), NULL);
	else
		outbox_failed(outbox, now_ms(), error->message,
			      now_ms() + pause_ms(status.failures + 1, g_random_int()),
			      NULL);
	if (outbox != NULL)
		outbox_close(outbox);
}

/* What --again and --since (NULL: not given) mean: it waits as if it had never been sent. */
static bool wait_again(const struct config *config, const int32_t *since, GError **error)
{
	struct outbox *outbox = outbox_open(config->database, error);

	if (outbox == NULL)
		return false;
	bool done = (!option_again || outbox_again(outbox, error)) &&
		    (since == NULL || outbox_since(outbox, *since, error));
	outbox_close(outbox);
	return done;
}

/* What is asked for from here on asks again. */
static void take_mark(const struct config *config)
{
	g_autofree char *mark = outbox_mark(config->database);

	g_unlink(mark);
}

/* One try, under the lock. */
static bool try(const struct config *config, struct sender_result *result, GError **error)
{
	GError *why = NULL;
	int lock = lock_take(config->database, LOCK_WAIT_MS, error);

	if (lock < 0)
		return false;
	take_mark(config);
	bool done = sender_run(config, result, &why);
	note(config, why);
	close(lock);
	if (why != NULL)
		g_propagate_error(error, why);
	return done;
}

/* Sleeps through the pause of an earlier failure; false when the timer comes before it ends. */
static bool sleep_until_due(const struct config *config, gint64 until_us)
{
	struct outbox_status status;

	if (!outbox_status_of(config->database, &status, NULL))
		return true; /* the run says what is wrong */
	int64_t left_ms = pause_left_ms(status.not_before_ms, now_ms());
	if (g_get_monotonic_time() + left_ms * 1000 >= until_us)
		return false;
	g_usleep((gulong)left_ms * 1000);
	return true;
}

/* Tries until it goes well, or the next run of the timer is due. */
static bool try_and_try(const struct config *config, struct sender_result *result,
			GError **error)
{
	gint64 until = g_get_monotonic_time() +
		       config->sync.every_minutes * G_GINT64_CONSTANT(60000000);

	while (sleep_until_due(config, until)) {
		g_clear_error(error);
		if (try(config, result, error))
			return true;
	}
	if (*error == NULL)
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_AGAIN,
			    "the server was not there; the next try is made later");
	return false;
}

/* One thing at a time; what waits again only goes with what sends it. */
static bool is_called_right(const struct invocation *call)
{
	int chosen = (option_bundle != NULL) + (option_load != NULL) + option_enrol +
		     option_status + option_probe;
	bool again = option_again || option_since != NULL;

	return chosen <= 1 && (!again || chosen == 0 || option_bundle != NULL) &&
	       (call->n_args == 0 || option_load != NULL ||
		(option_enrol && call->n_args == 1));
}

/* What needs no server, or another one than a till's; false: it is none of these. */
static bool run_carried(struct invocation *call, enum command_exit *result)
{
	if (option_bundle != NULL)
		*result = carry_bundle(call, option_bundle);
	else if (option_load != NULL)
		*result = carry_load(call, option_load);
	else if (option_enrol)
		*result = carry_enrol(call);
	else
		return false;
	return true;
}

static enum command_exit run(struct invocation *call)
{
	const struct config *config = call->config;
	enum command_exit carried;
	struct sender_result result;
	GError *error = NULL;
	int32_t today = period_today(config), since, last;

	if (!is_called_right(call))
		return command_wrong(call, "there is too much; it is called so: %s",
				     call->command->synopsis);
	if (option_since != NULL &&
	    !period_choose(call, option_since, NULL, NULL, today, &since, &last))
		return COMMAND_WRONG;
	if ((option_again || option_since != NULL) &&
	    !wait_again(config, option_since != NULL ? &since : NULL, &error))
		return command_failed(call, error);
	if (run_carried(call, &carried))
		return carried;
	if (option_status)
		return status_print(config, &error) ? COMMAND_DONE
						    : command_failed(call, error);
	if (*config->sync.server == '\0')
		return command_wrong(call,
				     "no server is named; write under [sync] in %s "
				     "server=host=NAME dbname=tillask user=ROLE",
				     config->file);
	if (option_probe) {
		status_probe(config);
		return COMMAND_DONE;
	}
	if (!(option_timer ? try_and_try(config, &result, &error)
			   : try(config, &result, &error)))
		return command_failed(call, error);
	say(&result);
	return judge(&result);
}

const struct command command_sync = {
	.name = "sync",
	.synopsis = "[--status] [--again] [--since DAY] [--timer] | --bundle FILE | "
		    "--load FILE... | --enrol [KEY]",
	.help = COMMAND_HELP_SYNC,
	.config = CONFIG_FIRST,
	.options = options,
	.least_args = 0,
	.most_args = 1000,
	.run = run,
};
