#include "sync/status.h"

#include <stdio.h>

#include "store/outbox.h"
#include "sync/schema.h"

#define CLOCK_SLACK_MS 120000

/* "2026-11-25 14:03 +03:00"; "never" for INT64_MIN. */
static char *moment_text(const struct config *config, int64_t ms)
{
	g_autoptr(GDateTime) utc = NULL;
	g_autoptr(GDateTime) local = NULL;

	if (ms == INT64_MIN)
		return g_strdup("never");
	utc = g_date_time_new_from_unix_utc(ms / 1000);
	if (utc != NULL)
		local = g_date_time_to_timezone(utc, config->timezone);
	return local != NULL ? g_date_time_format(local, "%Y-%m-%d %H:%M:%S %:z")
			     : g_strdup("at an impossible time");
}

static const char *records(int64_t n)
{
	return n == 1 ? "record" : "records";
}

bool status_print(const struct config *config, GError **error)
{
	struct outbox_status status;

	if (!outbox_status_of(config->database, &status, error))
		return false;
	g_autofree char *oldest = moment_text(config, status.oldest_ms);
	g_autofree char *success = moment_text(config, status.succeeded_ms);
	g_autofree char *failure = moment_text(config, status.failed_ms);
	if (*config->sync.server == '\0') {
		printf("nothing is sent, as [sync] server= names no server; kept for one: "
		       "%" G_GINT64_FORMAT " %s\n",
		       status.waiting, records(status.waiting));
		return true;
	}
	if (status.waiting == 0)
		puts("waiting: 0 records");
	else
		printf("waiting: %" G_GINT64_FORMAT " %s, the oldest of %s\n",
		       status.waiting, records(status.waiting), oldest);
	if (status.set_aside > 0)
		printf("set aside: %" G_GINT64_FORMAT
		       " %s; %s; `tillask sync --again` sends them again\n",
		       status.set_aside, records(status.set_aside), status.refused);
	else
		puts("set aside: 0 records");
	printf("last success: %s\n", success);
	if (status.failed_ms == INT64_MIN)
		puts("last error: none");
	else
		printf("last error: %s: %s (%d in a row)\n", failure, status.error,
		       status.failures);
	return true;
}

/* ---- for check -------------------------------------------------------------------------- */

static void say_clock(int64_t ahead_ms)
{
	if (ahead_ms > CLOCK_SLACK_MS || ahead_ms < -CLOCK_SLACK_MS)
		printf("warn this clock is %" G_GINT64_FORMAT
		       " s %s of the server's; set the time "
		       "(timedatectl set-ntp true)\n",
		       ABS(ahead_ms) / 1000, ahead_ms > 0 ? "ahead" : "behind");
}

void status_probe(const struct config *config)
{
	g_autoptr(GError) error = NULL;
	struct schema_state state;
	struct server *s = server_open(config->sync.server, &error);

	if (s != NULL && schema_ready(s, &state, &error)) {
		printf("ok reachable, schema %d\n", state.version);
		say_clock(g_get_real_time() / 1000 - state.clock_ms);
	} else {
		printf("FAIL %s; answers wait on this till\n", error->message);
	}
	if (s != NULL)
		server_close(s);
	if (server_has_password(config->sync.server))
		puts("warn [sync] server= holds a password, which others may read there; "
		     "put it into ~/.pgpass or a service file");
}
