/* outbox.h - what the server has not acknowledged, as a sender reads it and takes it away.
 *
 * Works beside a running terminal: reading transactions hold nobody up, writing ones last about
 * 20 ms with pauses in between.  Everything may block on the disk.  One thread at a time.
 *
 *	outbox_next() -> records -> outbox_rows() -> sent, committed there -> outbox_acknowledge()
 *
 * A record is a closed visit with its answers and card events, a card event of no visit, or a
 * time of the queue.  What happens to it between reading and acknowledgement keeps it waiting, so it is sent once more.
 */
#ifndef TILLASK_STORE_OUTBOX_H
#define TILLASK_STORE_OUTBOX_H

#include <glib.h>
#include <stdbool.h>

#include "core/moment.h"

struct outbox;

/* NULL and STORE_ERROR as archive_open(), or when the file may not be written. */
struct outbox *outbox_open(const char *path, GError **error);
void outbox_close(struct outbox *o);

/* DATABASE.urgent: a file that the terminal makes when something should not wait for a timer
 * ([sync] by=service).  A sender takes it away before it looks.  The caller frees. */
char *outbox_mark(const char *database);

/* Whose records they are; texts live until outbox_close(). */
struct outbox_whose {
	const char *store, *till; /* as it was opened last */
	struct id generation;
	int64_t last_seq;
};
bool outbox_whose(struct outbox *o, struct outbox_whose *out, GError **error);

struct outbox_record {
	int kind; /* 1: visit, 2: card event, 3: queue time */
	int64_t n;
	int64_t changes;
};

/* Puts the next LIMIT records, at most, in place of what is in RECORDS (struct outbox_record).
 * They come after the record AFTER, NULL: from the start.  None: nothing waits there. */
bool outbox_next(struct outbox *o, const struct outbox_record *after, GArray *records,
		 unsigned limit, GError **error);

/* The tables of the server. */
enum outbox_fact { OUTBOX_VISIT, OUTBOX_ANSWER, OUTBOX_CARD_EVENT, OUTBOX_QUEUE_TIME };
#define OUTBOX_FACTS (OUTBOX_QUEUE_TIME + 1)
const char *outbox_fact_name(enum outbox_fact fact); /* "visit", ..., "queue_time" */

struct outbox_value {
	enum {
		OUTBOX_ABSENT,
		OUTBOX_INTEGER,
		OUTBOX_REAL,
		OUTBOX_TEXT,
		OUTBOX_BYTES
	} kind;
	int64_t integer;
	double real;
	const char *text; /* or bytes */
	size_t size;
};

#define OUTBOX_COLUMNS_MAX 32
/* Names of a fact's columns, those of the server's table, in the order of the values; they live
 * until outbox_close(). */
bool outbox_columns(struct outbox *o, enum outbox_fact fact,
		    const char *names[OUTBOX_COLUMNS_MAX], unsigned *n, GError **error);

/* Calls EACH for every row of the records FIRST to LAST (of one kind, as outbox_next() gave
 * them), table by table.  Values are borrowed for the call.  Times are ms UTC, days counted from
 * 1970-01-01, `total` hundredths, `seconds` ms, `wording_id` the SHA-256 over the wording. */
typedef void outbox_row_fn(void *self, enum outbox_fact fact,
			   const struct outbox_value *value, unsigned n);
bool outbox_rows(struct outbox *o, const struct outbox_record *first,
		 const struct outbox_record *last, outbox_row_fn *each, void *self,
		 GError **error);

/* The server holds these N records: they wait no longer, unless they have changed since. */
bool outbox_acknowledge(struct outbox *o, const struct outbox_record *records, unsigned n,
			GError **error);

/* The server refuses this record: it is kept apart with the REASON. */
bool outbox_set_aside(struct outbox *o, const struct outbox_record *record,
		      int64_t now_ms, const char *reason, GError **error);
/* Everything set aside waits again. */
bool outbox_again(struct outbox *o, GError **error);
/* Everything of business day DAY (from 1970-01-01) and later waits again: the server has lost it. */
bool outbox_since(struct outbox *o, int32_t day, GError **error);

/* How the last run went. */
bool outbox_succeeded(struct outbox *o, int64_t now_ms, GError **error);
bool outbox_failed(struct outbox *o, int64_t now_ms, const char *why,
		   int64_t not_before_ms, GError **error);

struct outbox_status {
	int64_t waiting, set_aside;
	int64_t oldest_ms; /* INT64_MIN: nothing waits */
	char refused[256]; /* why the server refused what was set aside last */
	int64_t succeeded_ms,
		failed_ms;     /* INT64_MIN: not yet; failed: since the last success */
	char error[256];       /* of the last failure */
	int failures;          /* in a row */
	int64_t not_before_ms; /* INT64_MIN: at any time */
};
/* Of the database at PATH, which is only read. */
bool outbox_status_of(const char *path, struct outbox_status *out, GError **error);
bool outbox_status(struct outbox *o, struct outbox_status *out, GError **error);

#endif
