#include "run/urgency.h"

static void note_answer(struct urgency *u, const struct answer_row *answer)
{
	uint32_t bit = UINT32_C(1) << answer->question;

	if (!id_equal(&u->visit, &answer->visit)) {
		u->visit = answer->visit;
		u->low = 0;
	}
	if (answer->low)
		u->low |= bit;
	else
		u->low &= ~bit;
}

void urgency_note(struct urgency *u, const struct save *save)
{
	const struct visit_row *visit = &save->visit;

	if (save->has_answer)
		note_answer(u, &save->answer);
	if (!save->has_visit || !save->closing || visit->reason == REASON_TRAINING)
		return;
	bool low = u->low != 0 && id_equal(&u->visit, &visit->id);
	if (low || visit->outcome == OUTCOME_COMPLAINT)
		u->ticket = save->ticket;
}

bool urgency_saved(struct urgency *u, uint64_t ticket)
{
	if (u->ticket == 0 || ticket < u->ticket)
		return false;
	u->ticket = 0;
	return true;
}
