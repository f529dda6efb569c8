#include "core/step.h"

#include <assert.h>
#include <string.h>

struct effect *step_effect(struct step *step, enum effect_kind kind)
{
	struct effects *effects = step->effects;
	assert(effects->count < EFFECTS_MAX);
	struct effect *effect = &effects->effect[effects->count++];
	memset(effect, 0, sizeof *effect);
	effect->kind = kind;
	return effect;
}

struct save *step_save(struct step *step)
{
	struct ledger *ledger = step->ledger;
	struct save *save = &step_effect(step, EFFECT_SAVE)->save;
	if (ledger->waiting_since_ms == MOMENT_NEVER)
		ledger->waiting_since_ms = step->now->mono_ms;
	save->ticket = ++ledger->last;
	return save;
}

void ledger_saved(struct ledger *ledger, uint64_t ticket, int64_t now_ms)
{
	if (ticket <= ledger->saved || ticket > ledger->last)
		return;
	ledger->saved = ticket;
	ledger->waiting_since_ms = ledger_waiting(ledger) > 0 ? now_ms : MOMENT_NEVER;
}

uint64_t ledger_waiting(const struct ledger *ledger)
{
	return ledger->last - ledger->saved;
}
