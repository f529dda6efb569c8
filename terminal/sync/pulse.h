/* pulse.h - the till's sign of life: a heartbeat and what its readers read. */
#ifndef TILLASK_SYNC_PULSE_H
#define TILLASK_SYNC_PULSE_H

#include "config.h"
#include "store/outbox.h"
#include "sync/server.h"

enum pulse_part { PULSE_HEARTBEAT, PULSE_DEVICE_COUNT };
#define PULSE_PARTS (PULSE_DEVICE_COUNT + 1)

/* Its table on the server, and the columns of the rows, quoted. */
const char *pulse_table(enum pulse_part part);
const char *pulse_columns(enum pulse_part part);

/* The rows of this moment, as COPY takes them; "" where there are none.  Readers are counted since
 * yesterday, or since the oldest record that waits.  The caller frees all of them, also after an
 * error.  Blocks on the disk. */
bool pulse_rows(struct outbox *outbox, const struct config *config,
		GString *rows[PULSE_PARTS], GError **error);

/* Sends both, in one transaction.  Blocks. */
bool pulse_send(struct server *s, struct outbox *outbox, const struct config *config,
		GError **error);

#endif
