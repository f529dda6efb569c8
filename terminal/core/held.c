#include "core/held.h"

#include <string.h>

static bool is_free(const struct held_sale *sale)
{
	return !visit_is_open(&sale->visit);
}

void held_init(struct held *held)
{
	memset(held, 0, sizeof *held);
	for (int i = 0; i < HELD_MAX; i++)
		visit_clear(&held->sale[i].visit);
}

/* It ended when it was held. */
static void close_one(struct held_sale *sale, struct step *step)
{
	struct step then = *step;
	then.now = &sale->since;
	visit_close(&sale->visit, &then, false);
}

static struct held_sale *place(struct held *held, struct step *step)
{
	struct held_sale *oldest = &held->sale[0];
	for (int i = 0; i < HELD_MAX; i++) {
		struct held_sale *sale = &held->sale[i];
		if (is_free(sale))
			return sale;
		if (sale->since.mono_ms < oldest->since.mono_ms)
			oldest = sale;
	}
	close_one(oldest, step);
	return oldest;
}

void held_put(struct held *held, struct visit *v, struct step *step)
{
	struct held_sale *sale = place(held, step);
	if (v->held_ms != MOMENT_NEVER)
		visit_give(v, step, GIVEN_ANSWER, 1);
	sale->visit = *v;
	sale->since = *step->now;
	visit_clear(v);
}

bool held_take(struct held *held, const char *receipt, struct visit *v, struct step *step)
{
	for (int i = 0; i < HELD_MAX; i++) {
		struct held_sale *sale = &held->sale[i];
		if (is_free(sale) || receipt[0] == '\0' ||
		    strcmp(sale->visit.row.receipt, receipt) != 0)
			continue;
		*v = sale->visit;
		visit_clear(&sale->visit);
		v->stage = STAGE_BEGUN;
		v->grace_ms = MOMENT_NEVER;
		v->entered_ms = step->now->mono_ms;
		visit_resume(v, step->rules, step->now->mono_ms);
		return true;
	}
	return false;
}

void held_wake(struct held *held, struct step *step)
{
	for (int i = 0; i < HELD_MAX; i++) {
		struct held_sale *sale = &held->sale[i];
		if (!is_free(sale) && sale->since.mono_ms + HELD_MS <= step->now->mono_ms)
			close_one(sale, step);
	}
}

int64_t held_wake_ms(const struct held *held)
{
	int64_t wake = MOMENT_NEVER;
	for (int i = 0; i < HELD_MAX; i++) {
		const struct held_sale *sale = &held->sale[i];
		if (!is_free(sale) && sale->since.mono_ms + HELD_MS < wake)
			wake = sale->since.mono_ms + HELD_MS;
	}
	return wake;
}

void held_close(struct held *held, struct step *step)
{
	for (int i = 0; i < HELD_MAX; i++)
		if (!is_free(&held->sale[i]))
			visit_close(&held->sale[i].visit, step, true);
}
