/* bare.h - plain SQLite doing what the store does: the same rows by the same statements (the
 * text of store/queries.sql), the same transactions, on a database that the store migrated, in
 * WAL mode with synchronous=FULL; without a thread, a ring, a lock or a way back from errors.
 *
 * SQLite is left as it comes (its cache is twice the store's, foreign keys are not checked), so
 * that the floor is never slower for a choice of ours.  Any error ends the program.
 */
#ifndef TESTS_BENCH_BARE_H
#define TESTS_BENCH_BARE_H

#include "core/rows.h"

struct bare;

/* A database made by the store of tests/lib/storage.h: question I has wording I + 1. */
struct bare *bare_open(const char *path);
void bare_close(struct bare *b);

/* One transaction: the visit, its answer when there is one, its closing when it closes.  Visits
 * without card, receipt, cashier and total, answers that are numbers: those of storage.h. */
void bare_save(struct bare *b, const struct save *save);

#endif
