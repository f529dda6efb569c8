/* Other rules and questions for a counter that is open, between two customers. */
#include "core/counter_parts.h"

#include <string.h>

/* Rows on their way and visits put aside name questions and languages by their numbers. */
static bool names_questions(const struct counter *c)
{
	for (int i = 0; i < HELD_MAX; i++)
		if (visit_is_open(&c->held.sale[i].visit))
			return true;
	return visit_is_open(&c->visit) || ledger_waiting(&c->ledger) > 0;
}

/* Nobody stands there who has done anything yet. */
static bool is_at_rest(const struct counter *c)
{
	return !c->quitting && c->overlay.kind == OVERLAY_NONE &&
	       c->lookup_ms == MOMENT_NEVER && c->language_ms == MOMENT_NEVER &&
	       !counter_sale_is_open(c) && !names_questions(c);
}

bool counter_take_rules(struct counter *c, const struct rules *rules)
{
	if (!is_at_rest(c))
		return false;
	c->rules = rules;
	c->language = rules->language;
	memset(&c->deck, 0, sizeof c->deck);
	memset(&c->rest_plan, 0, sizeof c->rest_plan);
	counter_prepare_rest(c);
	counter_page(c, &c->shown);
	return true;
}
