/* pulse.h - the till's sign of life: a heartbeat and what its readers read. */
#ifndef TILLASK_SYNC_PULSE_H
#define TILLASK_SYNC_PULSE_H

#include "config.h"
#include "store/outbox.h"
#include "sync/server.h"

/* Sends both, in one transaction.  Blocks. */
bool pulse_send(struct server *s, struct outbox *outbox, const struct config *config,
		GError **error);

#endif
