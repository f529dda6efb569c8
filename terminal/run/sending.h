/* sending.h - when `tillask-sync` is started: on a timer, and at once for a low answer.
 *
 * Only where [sync] server= names a server; else every function does nothing.  by=run: by the
 * terminal, on a timer that is jittered, so that tills which were switched on together do not
 * send together, and at once when an urgent visit is durable (urgency.h).  by=service: never by the
 * terminal; for an urgent visit it makes the file outbox_mark() instead, which wakes a path unit
 * (README, "By a service manager").  Main thread only; nothing blocks.
 */
#ifndef TILLASK_RUN_SENDING_H
#define TILLASK_RUN_SENDING_H

#include "config.h"
#include "core/rows.h"

/* SENT is called whenever a run of the terminal's own has ended: the backlog may be another one. */
void sending_open(const struct config *config, void (*sent)(void *self), void *self);
/* A run that is under way goes on by itself. */
void sending_close(void);

/* Every save that is handed to the store. */
void sending_note(const struct save *save);

/* Everything up to this ticket is durable: what is urgent among it is sent now. */
void sending_saved(uint64_t ticket);

#endif
