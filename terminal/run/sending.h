/* sending.h - when the terminal starts `tillask-sync`: on a timer, and at once for a low answer.
 *
 * Only where [sync] server= names a server and by=run; else every function does nothing.  The
 * timer is jittered, so that tills which were switched on together do not send together.  Main
 * thread only; nothing blocks.
 */
#ifndef TILLASK_RUN_SENDING_H
#define TILLASK_RUN_SENDING_H

#include "config.h"
#include "core/rows.h"

/* SENT is called whenever a run has ended: the backlog may be another one. */
void sending_open(const struct config *config, void (*sent)(void *self), void *self);
/* A run that is under way goes on by itself. */
void sending_close(void);

/* Every save that is handed to the store.  A visit is urgent when it is closed with an answer
 * that is low (answer_row.low), or is a complaint; training is not. */
void sending_note(const struct save *save);

/* Everything up to this ticket is durable: what is urgent among it is sent now. */
void sending_saved(uint64_t ticket);

#endif
