/* sender.h - the outbox to the server, exactly once.
 *
 *	outbox -> batch -> BEGIN, COPY ..., COMMIT -> answered -> acknowledged in the outbox
 *
 * A batch is one transaction there.  When a key of it is there already (an answer was lost, a
 * disk was copied) the batch goes by staging tables, which take each row once.  A record that
 * the server refuses is found by halving the batch, and set aside with the reason; the rest
 * goes on.  Whatever dies in between, the next run finishes.
 */
#ifndef TILLASK_SYNC_SENDER_H
#define TILLASK_SYNC_SENDER_H

#include "config.h"
#include "store/outbox.h"
#include "sync/publication.h"

struct sender_result {
	int64_t rows[OUTBOX_FACTS]; /* the server holds them; also those it had already */
	int64_t waiting;
	int64_t set_aside; /* by this run */
	char refused[256]; /* why the last of them */
	struct publication_result published;
	int64_t clock_ahead_ms; /* this machine's clock less the server's */
};

/* Sends what waits and the till's pulse to the server that holds the store (home.h), what comes
 * meanwhile too; fetches what comes down from the centre, also where that server is another one
 * and cannot be reached.  The caller holds the lock (lock.h).  False: RESULT says how far it came.
 * Blocks. */
bool sender_run(const struct config *config, struct sender_result *result,
		GError **error);

#endif
