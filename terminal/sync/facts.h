/* facts.h - rows of the outbox as the text that COPY takes, a buffer a table.
 *
 * Columns are named by the store's queries; the table in facts.c says how those are written that
 * are not written as they are.  Pure but for memory: any thread, one at a time.
 */
#ifndef TILLASK_SYNC_FACTS_H
#define TILLASK_SYNC_FACTS_H

#include "store/outbox.h"

struct facts;

struct facts *facts_new(struct outbox *outbox, GError **error);
void facts_free(struct facts *f);

/* The rows of these N records, of any kinds, in place of what was there. */
bool facts_load(struct facts *f, struct outbox *outbox,
		const struct outbox_record *records, unsigned n, GError **error);

/* "store, till, generation, ...": quoted where needed. */
const char *facts_columns(const struct facts *f, enum outbox_fact fact);
const GString *facts_text(const struct facts *f, enum outbox_fact fact);
unsigned facts_rows(const struct facts *f, enum outbox_fact fact);

/* Single values, without the tab or line end after them. */
void facts_put_text(GString *out, const char *text, gssize size); /* escaped */
void facts_put_id(GString *out, const void *id);                  /* 16 bytes as a UUID */
void facts_put_day(GString *out, int64_t day);                    /* 2024-09-05 */
void facts_put_moment(GString *out, int64_t ms); /* 2024-09-05 14:03:07.120+00 */
/* VALUE counts 10^-DECIMALS. */
void facts_put_decimal(GString *out, int64_t value, int decimals);

#endif
