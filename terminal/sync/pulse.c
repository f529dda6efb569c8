#include "sync/pulse.h"

#include <string.h>

#include "clock.h"
#include "store/reader_counts.h"
#include "sync/facts.h"

static const struct {
	const char *table, *columns;
} parts[] = {
	[PULSE_HEARTBEAT] = {"heartbeat",
			     "\"store\", \"till\", \"generation\", \"at\", \"version\","
			     " \"last_seq\", \"waiting\", \"oldest\", \"set_aside\""},
	[PULSE_DEVICE_COUNT] =
		{"device_count",
		 "\"store\", \"till\", \"generation\", \"at\", \"reader\","
		 " \"since\", \"good_reads\", \"failed_reads\", \"retries\","
		 " \"read_error\", \"truncated\", \"bad_char\", \"overlong\","
		 " \"format\", \"checksum\", \"length\""},
};

const char *pulse_table(enum pulse_part part)
{
	return parts[part].table;
}

const char *pulse_columns(enum pulse_part part)
{
	return parts[part].columns;
}

static void put_whose(GString *row, const struct outbox_whose *whose, int64_t now_ms)
{
	facts_put_text(row, whose->store, -1);
	g_string_append_c(row, '\t');
	facts_put_text(row, whose->till, -1);
	g_string_append_c(row, '\t');
	facts_put_id(row, &whose->generation);
	g_string_append_c(row, '\t');
	facts_put_moment(row, now_ms);
}

static void put_heartbeat(GString *row, const struct outbox_whose *whose,
			  const struct outbox_status *status, int64_t now_ms)
{
	put_whose(row, whose, now_ms);
	g_string_append_printf(row,
			       "\t" TILLASK_VERSION "\t%" G_GINT64_FORMAT
			       "\t%" G_GINT64_FORMAT "\t",
			       whose->last_seq, status->waiting);
	if (status->oldest_ms == INT64_MIN)
		g_string_append(row, "\\N");
	else
		facts_put_moment(row, status->oldest_ms);
	g_string_append_printf(row, "\t%" G_GINT64_FORMAT "\n", status->set_aside);
}

static void put_counts(GString *rows, const char *reader, int32_t since,
		       const struct reader_counts *c)
{
	g_string_append_c(rows, '\t');
	facts_put_text(rows, reader, -1);
	g_string_append_c(rows, '\t');
	facts_put_day(rows, since);
	g_string_append_printf(rows, "\t%u\t%u\t%u", c->good_reads, c->failed,
			       c->retries);
	for (int i = 0; i < CARD_ERRORS; i++)
		g_string_append_printf(rows, "\t%u", c->failed_reads[i]);
	g_string_append_c(rows, '\n');
}

/* Nothing is left out of a till that is synced once a day, or once a week by hand. */
static int32_t first_day(const struct config *config, const struct outbox_status *status,
			 int64_t now_ms)
{
	struct clock clock;

	clock_init(&clock, config->timezone, config->day_starts_min, INT64_MIN);
	int32_t yesterday = clock_day(&clock, now_ms) - 1;
	if (status->oldest_ms == INT64_MIN || status->oldest_ms > now_ms)
		return yesterday;
	return MIN(yesterday, clock_day(&clock, status->oldest_ms));
}

static void put_all_counts(GString *rows, const struct outbox_whose *whose,
			   const struct config *config, int32_t since, int64_t now_ms)
{
	for (int i = 0; i < config->n_readers; i++) {
		struct reader_counts counts;
		const char *name = config->readers[i].name;
		if (!reader_counts_of(config->database, name, since, &counts))
			continue;
		put_whose(rows, whose, now_ms);
		put_counts(rows, name, since, &counts);
	}
}

bool pulse_rows(struct outbox *outbox, const struct config *config,
		GString *rows[PULSE_PARTS], GError **error)
{
	int64_t now_ms = g_get_real_time() / 1000;
	struct outbox_whose whose;
	struct outbox_status status;

	for (enum pulse_part part = 0; part < PULSE_PARTS; part++)
		rows[part] = g_string_new(NULL);
	if (!outbox_whose(outbox, &whose, error) ||
	    !outbox_status(outbox, &status, error))
		return false;
	put_heartbeat(rows[PULSE_HEARTBEAT], &whose, &status, now_ms);
	put_all_counts(rows[PULSE_DEVICE_COUNT], &whose, config,
		       first_day(config, &status, now_ms), now_ms);
	return true;
}

static bool copy(struct server *s, enum pulse_part part, const GString *rows,
		 GError **error)
{
	g_autofree char *sql = g_strdup_printf("COPY tillask.%s (%s) FROM STDIN",
					       parts[part].table, parts[part].columns);

	return rows->len == 0 || server_copy(s, sql, rows->str, rows->len, error);
}

bool pulse_send(struct server *s, struct outbox *outbox, const struct config *config,
		GError **error)
{
	GString *rows[PULSE_PARTS];
	bool done = pulse_rows(outbox, config, rows, error) &&
		    server_do(s, "BEGIN", error) &&
		    copy(s, PULSE_HEARTBEAT, rows[PULSE_HEARTBEAT], error) &&
		    copy(s, PULSE_DEVICE_COUNT, rows[PULSE_DEVICE_COUNT], error) &&
		    server_do(s, "COMMIT", error);

	if (!done)
		server_roll_back(s);
	for (enum pulse_part part = 0; part < PULSE_PARTS; part++)
		g_string_free(rows[part], TRUE);
	return done;
}
