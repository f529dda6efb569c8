#include "sync/sender.h"

#include <stdlib.h>
#include <string.h>

#include "progress.h"
#include "sync/facts.h"
#include "sync/home.h"
#include "sync/pulse.h"
#include "sync/recent.h"
#include "sync/schema.h"

/* Records in a batch: few at first, for a line that breaks often; then as many as go in about
 * a second.  A record is about 4 rows, 1 kB. */
#define BATCH_FIRST 100
#define BATCH_LEAST 10
#define BATCH_MOST  10000
#define QUICK_US    500000
#define SLOW_US     2000000
/* So many refused before anything was taken: it is the server that is wrong, not the records. */
#define REFUSED_MOST 20
#define MOVES_MOST   3 /* so often a run asks anew where its store is */

/* While one batch is being sent, a thread acknowledges the one before and reads the one after:
 * the outbox is that thread's until it is joined. */
struct batch {
	GArray *records; /* struct outbox_record */
	struct facts *facts;
	bool sent; /* the server has it, the outbox does not know yet */
};

struct sender {
	const struct config *config;
	struct outbox *outbox;
	struct server *server; /* the store's home */
	bool apart;            /* which is another one than the centre */
	struct facts *facts;   /* of a part of a batch */
	struct batch batch[2];
	bool staging;        /* keys of the batch before were there already */
	unsigned batch_size; /* of the next one that is read, records */
	struct sender_result *result;
	const char *begin; /* of a transaction */
	int64_t delivered; /* records */
	int moves;         /* of the store, during the run */
	int64_t total;
	struct progress progress;
};

/* ---- one transaction -------------------------------------------------------------------- */

static bool copy(struct sender *s, const struct facts *facts, enum outbox_fact fact,
		 bool staged, GError **error)
{
	const GString *text = facts_text(facts, fact);
	g_autofree char *sql = g_strdup_printf(
		"COPY %s%s (%s) FROM STDIN", staged ? "pg_temp.incoming_" : "tillask.",
		outbox_fact_name(fact), facts_columns(facts, fact));

	return text->len == 0 || server_copy(s->server, sql, text->str, text->len, error);
}

static bool copy_all(struct sender *s, const struct facts *facts, bool staged,
		     GError **error)
{
	for (enum outbox_fact fact = 0; fact < OUTBOX_FACTS; fact++)
		if (!copy(s, facts, fact, staged, error))
			return false;
	return true;
}

/* *KNOWN: rows that were there already. */
static bool take(struct sender *s, int64_t *known, GError **error)
{
	PGresult *result = server_query(s->server, "SELECT tillask.take()", error);

	if (result == NULL)
		return false;
	*known = g_ascii_strtoll(PQgetvalue(result, 0, 0), NULL, 10);
	PQclear(result);
	return true;
}

static bool transaction(struct sender *s, const struct facts *facts, bool staged,
			GError **error)
{
	struct server *server = s->server;
	int64_t known = 0;

	if (server_do(server, s->begin, error) &&
	    (!staged || server_do(server, "SELECT tillask.stage()", error)) &&
	    copy_all(s, facts, staged, error) && (!staged || take(s, &known, error)) &&
	    server_do(server, "COMMIT", error)) {
		s->staging = known > 0;
		return true;
	}
	server_roll_back(server);
	return false;
}

/* Straight in, or by the staging tables where a key is there already.  Where one batch had such
 * keys the next one is likely to have them. */
static bool send_rows(struct sender *s, const struct facts *facts, GError **error)
{
	GError *refusal = NULL;
	bool sent = transaction(s, facts, s->staging, &refusal);

	if (!sent && g_error_matches(refusal, SERVER_ERROR, SERVER_ERROR_KEY)) {
		g_clear_error(&refusal);
		sent = transaction(s, facts, true, &refusal);
	}
	if (!sent) {
		g_propagate_error(error, refusal);
		return false;
	}
	for (enum outbox_fact fact = 0; fact < OUTBOX_FACTS; fact++)
		s->result->rows[fact] += facts_rows(facts, fact);
	return true;
}

/* ---- a batch of which the server refuses something -------------------------------------- */

static void count(struct sender *s, unsigned n)
{
	s->delivered += n;
	progress_show(&s->progress, s->delivered, s->total + 1);
}

static bool set_aside(struct sender *s, const struct outbox_record *record,
		      GError *refusal, GError **error)
{
	if (s->delivered == 0 && s->result->set_aside == REFUSED_MOST) {
		outbox_again(s->outbox, NULL);
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

/* Delivers N records, or those of them that the server takes, by halves. */
static bool deliver_parts(struct sender *s, const struct outbox_record *records,
			  unsigned n, GError **error)
{
	GError *refusal = NULL;

	if (!facts_load(s->facts, s->outbox, records, n, error))
		return false;
	if (send_rows(s, s->facts, &refusal)) {
		count(s, n);
		return outbox_acknowledge(s->outbox, records, n, error);
	}
	if (!g_error_matches(refusal, SERVER_ERROR, SERVER_ERROR_ROW)) {
		g_propagate_error(error, refusal);
		return false;
	}
	if (n == 1)
		return set_aside(s, records, refusal, error);
	g_error_free(refusal);
	return deliver_parts(s, records, n / 2, error) &&
	       deliver_parts(s, records + n / 2, n - n / 2, error);
}

/* ---- batch after batch ------------------------------------------------------------------ */

static const struct outbox_record *records_of(const struct batch *b)
{
	return (const struct outbox_record *)(void *)b->records->data;
}

static bool acknowledge(struct sender *s, struct batch *b, GError **error)
{
	bool sent = b->sent;

	b->sent = false;
	return !sent ||
	       outbox_acknowledge(s->outbox, records_of(b), b->records->len, error);
}

/* AFTER: the last record before; NULL: from the start. */
static bool read_batch(struct sender *s, struct batch *b,
		       const struct outbox_record *after, GError **error)
{
	return outbox_next(s->outbox, after, b->records, s->batch_size, error) &&
	       facts_load(b->facts, s->outbox, records_of(b), b->records->len, error);
}

struct turn {
	struct sender *s;
	const struct batch *now;
	struct batch *next; /* holds the one before until it is acknowledged */
	GError *error;
	bool fine;
};

static gpointer work_beside(gpointer self)
{
	struct turn *t = self;

	t->fine = acknowledge(t->s, t->next, &t->error) &&
		  read_batch(t->s, t->next, &records_of(t->now)[t->now->records->len - 1],
			     &t->error);
	return NULL;
}

/* What a batch of N records that took so long says of the line and the server. */
static unsigned next_size(unsigned size, unsigned n, gint64 us)
{
	if (us > SLOW_US)
		return MAX(n / 2, BATCH_LEAST);
	if (us < QUICK_US && n == size)
		return MIN(size * 2, BATCH_MOST);
	return size;
}

/* *SIZE: of the batch after the next one. */
static bool send_batch(struct sender *s, struct batch *b, unsigned *size, GError **error)
{
	gint64 begun = g_get_monotonic_time();

	b->sent = send_rows(s, b->facts, error);
	if (!b->sent)
		return false;
	*size = next_size(*size, b->records->len, g_get_monotonic_time() - begun);
	count(s, b->records->len);
	return true;
}

/* One batch is sent, the next one is read. */
static bool take_turn(struct sender *s, struct batch *now, struct batch *next,
		      GError **error)
{
	struct turn turn = {.s = s, .now = now, .next = next};
	GThread *beside = g_thread_new("outbox", work_beside, &turn);
	GError *why = NULL;
	unsigned size = s->batch_size;
	bool sent = send_batch(s, now, &size, &why);

	g_thread_join(beside);
	s->batch_size = size;
	if (sent && turn.fine)
		return true;
	if (turn.fine && g_error_matches(why, SERVER_ERROR, SERVER_ERROR_ROW)) {
		g_error_free(why);
		return deliver_parts(s, records_of(now), now->records->len, error);
	}
	if (why != NULL && turn.error != NULL)
		g_clear_error(&turn.error);
	g_propagate_error(error, why != NULL ? why : turn.error);
	return false;
}

static bool deliver_all(struct sender *s, GError **error)
{
	struct batch *now = &s->batch[0], *next = &s->batch[1];
	bool fine = read_batch(s, now, NULL, error);

	while (fine && now->records->len > 0) {
		fine = take_turn(s, now, next, error);
		struct batch *before = now;
		now = next;
		next = before;
	}
	/* what was sent is acknowledged, whatever happened after it */
	for (int i = 0; i < 2; i++)
		fine = acknowledge(s, &s->batch[i], fine ? error : NULL) && fine;
	return fine;
}

static bool prepare(struct sender *s, GError **error)
{
	for (int i = 0; i < 2; i++) {
		s->batch[i].records = g_array_new(FALSE, FALSE,
						  sizeof(struct outbox_record));
		s->batch[i].facts = facts_new(s->outbox, error);
		if (s->batch[i].facts == NULL)
			return false;
	}
	s->facts = facts_new(s->outbox, error);
	return s->facts != NULL;
}

static void clear(struct sender *s)
{
	for (int i = 0; i < 2; i++) {
		if (s->batch[i].records != NULL)
			g_array_unref(s->batch[i].records);
		if (s->batch[i].facts != NULL)
			facts_free(s->batch[i].facts);
	}
	if (s->facts != NULL)
		facts_free(s->facts);
}

/* ---- a run ------------------------------------------------------------------------------ */

/* Where the server answers a commit before it is on its disk, this transaction waits. */
static const char *begin_of(const struct schema_state *state)
{
	return state->commit_waits ? "BEGIN"
				   : "BEGIN; SET LOCAL synchronous_commit TO on";
}

static bool connect_home(struct sender *s, GError **error)
{
	struct schema_state state;

	s->server = home_open(s->config, &state, &s->apart, error);
	if (s->server == NULL)
		return false;
	s->result->clock_ahead_ms = g_get_real_time() / 1000 - state.clock_ms;
	s->begin = begin_of(&state);
	return true;
}

/* The store is on another server now: to that one.  False: WHY is the error. */
static bool follow(struct sender *s, GError **why)
{
	if (!g_error_matches(*why, SERVER_ERROR, SERVER_ERROR_MOVED) ||
	    ++s->moves > MOVES_MOST)
		return false;
	g_clear_error(why);
	server_close(s->server);
	home_forget(s->config);
	return connect_home(s, why);
}

static bool send_all(struct sender *s, GError **error)
{
	GError *why = NULL;

	while (!deliver_all(s, &why) ||
	       !pulse_send(s->server, s->outbox, s->config, &why))
		if (!follow(s, &why)) {
			g_propagate_error(error, why);
			return false;
		}
	return true;
}

/* What comes down is at the centre, whichever server holds the store. */
static bool fetch_from(struct sender *s, struct server *centre, GError **error)
{
	return publication_fetch(centre, s->config, &s->result->published, error) &&
	       recent_exchange(centre, s->config, error);
}

static bool fetch_at_centre(struct sender *s, GError **error)
{
	struct schema_state state;
	struct server *centre = server_open(s->config->sync.server, error);

	if (centre == NULL)
		return false;
	bool done = schema_ready(centre, &state, error) && fetch_from(s, centre, error);
	server_close(centre);
	return done;
}

/* Rows bear the store that the terminal wrote into the database; where they go, and what comes
 * down, is chosen by config.ini. */
static bool is_one_till(const struct sender *s, GError **error)
{
	const struct config *config = s->config;
	struct outbox_whose whose;

	if (!outbox_whose(s->outbox, &whose, error))
		return false;
	if (strcmp(whose.store, config->store) == 0 &&
	    strcmp(whose.till, config->till) == 0)
		return true;
	g_set_error(
		error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
		"%s says store %s, till %s, and the terminal began as store %s, till %s; "
		"nothing is sent until the terminal was started again",
		config->file, config->store, config->till, whose.store, whose.till);
	return false;
}

/* Also where the home cannot be reached: one server that is down takes nothing away from the
 * other. */
static bool fetch_down(struct sender *s, bool sent, GError **error)
{
	if (!s->apart)
		return sent && fetch_from(s, s->server, error);
	if (fetch_at_centre(s, sent ? error : NULL))
		return true;
	if (sent)
		g_prefix_error(error, "what waited was sent; what comes down from head "
				      "office was not fetched, at the centre: ");
	return false;
}

static bool run(struct sender *s, GError **error)
{
	struct outbox_status status;

	if (!is_one_till(s, error) || !outbox_status(s->outbox, &status, error))
		return false;
	s->total = s->result->waiting = status.waiting;
	bool sent = connect_home(s, error) && send_all(s, error);
	bool done = fetch_down(s, sent, error) && sent;
	progress_show(&s->progress, 1, 1);
	if (outbox_status(s->outbox, &status, done ? error : NULL))
		s->result->waiting = status.waiting;
	return done;
}

bool sender_run(const struct config *config, struct sender_result *result, GError **error)
{
	struct sender s = {.config = config,
			   .result = result,
			   .progress.what = "Sending",
			   .batch_size = BATCH_FIRST};

	*result = (struct sender_result){0};
	s.outbox = outbox_open(config->database, error);
	if (s.outbox == NULL)
		return false;
	bool done = prepare(&s, error) && run(&s, error);
	if (s.server != NULL)
		server_close(s.server);
	clear(&s);
	outbox_close(s.outbox);
	return done;
}
