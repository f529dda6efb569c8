/* bundle_batch.h - one batch of a bundle (bundle.h), as it is read: its rows parted by store, since each
 * store's go to the server that holds it.
 */
#ifndef TILLASK_SYNC_BUNDLE_BATCH_H
#define TILLASK_SYNC_BUNDLE_BATCH_H

#include "sync/packet.h"

/* Rows of one table, as COPY takes them. */
struct bundle_table {
	char *name;    /* of one of the server's tables */
	char *columns; /* quoted; store and till are the first */
	GString *rows;
};

struct bundle_share {
	char *store;
	GPtrArray *tables; /* struct bundle_table */
};

struct bundle_batch {
	GPtrArray *shares; /* struct bundle_share */
	GHashTable *whose; /* "STORE\tTILL" of all rows */
	GArray *records;   /* struct outbox_record: what of the outbox they are of */
};

/* Puts the next batch of P in the place of what is in B (all zero at first).  BUNDLE_BATCH_ODD: it is not
 * what bundle_write() writes; only that may be put together to SQL. */
enum bundle_batch_read { BUNDLE_BATCH_READ, BUNDLE_BATCH_NONE, BUNDLE_BATCH_ODD };
enum bundle_batch_read bundle_batch_next(struct bundle_batch *b, struct packet *p);
void bundle_batch_clear(struct bundle_batch *b);

/* Adds what a line `record ...` says to RECORDS; false: it is none. */
bool bundle_batch_record(const char *line, gsize length, GArray *records);

#endif
