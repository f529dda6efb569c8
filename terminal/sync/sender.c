#include "sync/sender.h"

#include <stdlib.h>

#include "progress.h"
#include "sync/facts.h"
#include "sync/pulse.h"
#include "sync/recent.h"
#include "sync/schema.h"

#define BATCH_RECORDS 2500 /* about 10,000 rows */
/* So many refused before anything was taken: it is the server that is wrong, not the records. */
#define REFUSED_MOST 20

struct sender {
	const struct config *config;
	struct outbox *outbox;
	struct server *server;
	struct facts *facts;
	struct sender_result *result;
	const char *begin; /* of a transaction */
	int64_t delivered; /* records */
	int64_t total;
	struct progress progress;
};

/* ---- one transaction -------------------------------------------------------------------- */

/* The rows of N records of any kinds, kind by kind. */
static bool load(struct sender *s, const struct outbox_record *records, unsigned n,
		 GError **error)
{
	facts_clear(s->facts);
	for (unsigned from = 0, to; from < n; from = to) {
		for (to = from + 1; to < n && records[to].kind == records[from].kind;
		     to++)
			;
		if (!outbox_rows(s->outbox, &records[from], &records[to - 1], facts_add,
				 s->facts, error))
			return false;
	}
	return true;
}

static bool copy(struct sender *s, enum outbox_fact fact, bool staged, GError **error)
{
	const GString *text = facts_text(s->facts, fact);
	g_autofree char *sql = g_strdup_printf(
		"COPY %s%s (%s) FROM STDIN", staged ? "pg_temp.incoming_" : "tillask.",
		outbox_fact_name(fact), facts_columns(s->facts, fact));

	return text->len == 0 || server_copy(s->server, sql, text->str, text->len, error);
}

static bool copy_all(struct sender *s, bool staged, GError **error)
{
	for (enum outbox_fact fact = 0; fact < OUTBOX_FACTS; fact++)
		if (!copy(s, fact, staged, error))
			return false;
	return true;
}

static bool transaction(struct sender *s, bool staged, GError **error)
{
	struct server *server = s->server;

	if (server_do(server, s->begin, error) &&
	    (!staged || server_do(server, "SELECT tillask.stage()", error)) &&
	    copy_all(s, staged, error) &&
	    (!staged || server_do(server, "SELECT tillask.take()", error)) &&
	    server_do(server, "COMMIT", error))
		return true;
	server_roll_back(server);
	return false;
}

/* ---- batches ---------------------------------------------------------------------------- */

static bool acknowledge(struct sender *s, const struct outbox_record *records, unsigned n,
			GError **error)
{
	for (enum outbox_fact fact = 0; fact < OUTBOX_FACTS; fact++)
		s->result->rows[fact] += facts_rows(s->facts, fact);
	s->delivered += n;
	progress_show(&s->progress, s->delivered, s->total + 1);
	return outbox_acknowledge(s->outbox, records, n, error);
}

static bool set_aside(struct sender *s, const struct outbox_record *record,
		      GError *refusal, GError **error)
{
	if (s->delivered == 0 && s->result->set_aside == REFUSED_MOST) {
		g_propagate_prefixed_error(error, refusal, "every record is refused; ");
		return false;
	}
	s->result->set_aside++;
	g_strlcpy(s->result->refused, refusal->message, sizeof s->result->refused);
	bool kept = outbox_set_aside(s->outbox, record, g_get_real_time() / 1000,
				     refusal->message, error);
	g_error_free(refusal);
	return kept;
}

/* Delivers N records, or those of them that the server takes. */
static bool deliver(struct sender *s, const struct outbox_record *records, unsigned n,
		    GError **error)
{
	GError *refusal = NULL;

	if (!load(s, records, n, error))
		return false;
	bool sent = transaction(s, false, &refusal);
	if (!sent && g_error_matches(refusal, SERVER_ERROR, SERVER_ERROR_KEY)) {
		g_clear_error(&refusal);
		sent = transaction(s, true, &refusal);
	}
	if (sent)
		return acknowledge(s, records, n, error);
	if (!g_error_matches(refusal, SERVER_ERROR, SERVER_ERROR_ROW)) {
		g_propagate_error(error, refusal);
		return false;
	}
	if (n == 1)
		return set_aside(s, records, refusal, error);
	g_error_free(refusal);
	return deliver(s, records, n / 2, error) &&
	       deliver(s, records + n / 2, n - n / 2, error);
}

static bool deliver_all(struct sender *s, GError **error)
{
	g_autoptr(GArray)
		records = g_array_new(FALSE, FALSE, sizeof(struct outbox_record));

	for (;;) {
		if (!outbox_next(s->outbox, records, BATCH_RECORDS, error))
			return false;
		if (records->len == 0)
			return true;
		if (!deliver(s, (const struct outbox_record *)(void *)records->data,
			     records->len, error))
			return false;
	}
}

/* ---- a run ------------------------------------------------------------------------------ */

/* Where the server answers a commit before it is on its disk, this transaction waits. */
static const char *begin_of(const struct schema_state *state)
{
	return state->commit_waits ? "BEGIN"
				   : "BEGIN; SET LOCAL synchronous_commit TO on";
}

static bool run(struct sender *s, GError **error)
{
	struct schema_state state;
	struct outbox_status status;

	if (!outbox_status(s->outbox, &status, error))
		return false;
	s->total = s->result->waiting = status.waiting;
	s->server = server_open(s->config->sync.server, error);
	if (s->server == NULL || !schema_ready(s->server, &state, error))
		return false;
	s->result->clock_ahead_ms = g_get_real_time() / 1000 - state.clock_ms;
	s->begin = begin_of(&state);
	bool done = deliver_all(s, error) &&
		    pulse_send(s->server, s->outbox, s->config, error) &&
		    publication_fetch(s->server, s->config, &s->result->published,
				      error) &&
		    recent_exchange(s->server, s->config, error);
	progress_show(&s->progress, 1, 1);
	if (outbox_status(s->outbox, &status, done ? error : NULL))
		s->result->waiting = status.waiting;
	return done;
}

bool sender_run(const struct config *config, struct sender_result *result, GError **error)
{
	struct sender s = {
		.config = config, .result = result, .progress.what = "Sending"};

	*result = (struct sender_result){0};
	s.outbox = outbox_open(config->database, error);
	if (s.outbox == NULL)
		return false;
	s.facts = facts_new(s.outbox, error);
	bool done = s.facts != NULL && run(&s, error);
	if (s.server != NULL)
		server_close(s.server);
	if (s.facts != NULL)
		facts_free(s.facts);
	outbox_close(s.outbox);
	return done;
}
