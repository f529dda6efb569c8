/* step.h - what one turn of the core works with, and the ledger of what the store still owes.
 *
 * A struct step lives for one counter_step(); the modules of the core pass it on.
 */
#ifndef TILLASK_CORE_STEP_H
#define TILLASK_CORE_STEP_H

#include "core/effect.h"
#include "core/rules.h"

/* Tickets handed out and confirmed. */
struct ledger {
	uint64_t last, saved;
	int64_t waiting_since_ms; /* since when the oldest one waits; MOMENT_NEVER: none does */
};

struct step {
	const struct rules *rules;
	const struct moment *now;
	struct dice *dice;
	struct ledger *ledger;
	struct effects *effects;
};

/* Appends an effect, zeroed but for its kind.  Asserts that there is room. */
struct effect *step_effect(struct step *step, enum effect_kind kind);

/* Appends an EFFECT_SAVE with the next ticket, for the caller to fill. */
struct save *step_save(struct step *step);

/* The store confirmed everything up to TICKET. */
void ledger_saved(struct ledger *ledger, uint64_t ticket, int64_t now_ms);

/* Records handed out and not yet durable. */
uint64_t ledger_waiting(const struct ledger *ledger);

#endif
