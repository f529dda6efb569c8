/* urgency.h - which saves cannot wait for the timer: who was unhappy is called back the same day.
 *
 * Pure.  A visit is urgent when it is closed with an answer that is low (answer_row.low), or is a
 * complaint; training is not.  An answer that the customer took back counts as the one that
 * replaced it.
 */
#ifndef TILLASK_RUN_URGENCY_H
#define TILLASK_RUN_URGENCY_H

#include "core/rows.h"

struct urgency {
	struct id visit; /* of the answers below */
	uint32_t low;    /* a bit a question whose answer is low */
	uint64_t ticket; /* of the last urgent visit that is not durable yet; 0: none */
};

/* Every save that is handed to the store, in that order. */
void urgency_note(struct urgency *u, const struct save *save);

/* Everything up to TICKET is durable.  True, once: an urgent visit is among it. */
bool urgency_saved(struct urgency *u, uint64_t ticket);

#endif
