#include "core/counter_parts.h"

#include <string.h>

static void take_fields(struct counter *c, const struct till_event *till)
{
	struct visit_row *row = &c->visit.row;
	if (till->receipt[0] != '\0')
		memcpy(row->receipt, till->receipt, sizeof row->receipt);
	if (till->cashier[0] != '\0')
		memcpy(row->cashier, till->cashier, sizeof row->cashier);
	if (till->has_total) {
		row->has_total = true;
		row->total = till->total;
	}
	if (till->tender != TENDER_NONE)
		row->tender = till->tender;
	if (till->kind != SALE_NONE)
		row->sale_kind = till->kind;
	else if (row->sale_kind == SALE_NONE)
		row->sale_kind = SALE_SALE;
	memcpy(c->receipt, row->receipt, sizeof c->receipt);
}

/* contract.md: PAY/total joins an open visit that has no sale yet and no answers (one that was
 * declined too: no second ask, ever); the total of a sale that was begun is the same sale, and
 * so is a second one with the same receipt.  A 1 that is held and words being typed are an
 * answer on its way. */
static bool same_customer(const struct visit *v, const struct till_event *till)
{
	switch (v->stage) {
	case STAGE_NONE:
		return !visit_has_answers(v) && v->held_ms == MOMENT_NEVER &&
		       v->typing[0] == '\0';
	case STAGE_BEGUN:
		return till->word == TILL_TOTAL;
	case STAGE_TOTAL:
	case STAGE_PAID:
		return till->receipt[0] != '\0' &&
		       strcmp(till->receipt, v->row.receipt) == 0;
	}
	return false;
}

/* The sale is begun or its total shows; one visit a sale. */
static void sale(struct counter *c, struct step *step, const struct till_event *till)
{
	struct visit *v = &c->visit;
	enum sale_stage stage = till->word == TILL_TOTAL ? STAGE_TOTAL : STAGE_BEGUN;
	bool no_sale = till->kind == SALE_RETURN || till->kind == SALE_VOID;
	if (visit_is_open(v) && !same_customer(v, till)) {
		counter_close(c, step, false);
		overlay_close(&c->overlay);
	}
	c->stage = stage;
	if (!visit_is_open(v)) {
		memcpy(c->receipt, till->receipt, sizeof c->receipt);
		if (counter_is_behind(c))
			return;
		counter_open(c, step, TRIGGER_SALE, till->kind);
	}
	v->stage = stage;
	v->grace_ms = MOMENT_NEVER;
	take_fields(c, till);
	if (no_sale && !visit_has_answers(v) && !v->left)
		v->row.reason = REASON_RETURN;
	if (v->row.reason != REASON_NONE)
		counter_not_asked(c, step, v->row.reason);
	else if (c->lookup_ms == MOMENT_NEVER &&
		 (stage == STAGE_TOTAL || c->rules->offer != OFFER_TOTAL))
		counter_ask(c, step);
	visit_more_time(v, c->rules, step->now->mono_ms);
	if (!counter_is_full(c))
		visit_save(v, step, NULL, NULL);
}

static void paid(struct counter *c, struct step *step)
{
	struct visit *v = &c->visit;
	c->stage = STAGE_PAID;
	c->says_paid = true;
	if (v->stage != STAGE_BEGUN && v->stage != STAGE_TOTAL)
		return;
	visit_paid(v, step);
	if (v->row.reason == REASON_NONE && v->plan.count == 0 &&
	    c->lookup_ms == MOMENT_NEVER && !counter_is_full(c)) {
		counter_ask(c, step); /* no total was seen: this is the moment */
		visit_save(v, step, NULL, NULL);
	}
}

/* No sale came of it, or not now.  What the customer said stays said. */
static void withdrawn(struct counter *c, struct step *step, bool cancelled)
{
	struct visit *v = &c->visit;
	bool with_sale = v->stage == STAGE_BEGUN || v->stage == STAGE_TOTAL;
	c->stage = STAGE_NONE;
	if (!visit_is_open(v) || !with_sale)
		return;
	if (cancelled)
		v->row.sale_kind = SALE_VOID;
	if (cancelled && visit_is_untouched(v) && !v->left &&
	    v->row.reason == REASON_NONE)
		counter_not_asked(c, step, REASON_RETURN);
	counter_close(c, step, false);
}

void counter_till(struct counter *c, struct step *step, const struct till_event *till)
{
	counter_make_way(c, step);
	switch (till->word) {
	case TILL_BEGUN:
	case TILL_TOTAL:
	case TILL_RESUME:
		sale(c, step, till);
		break;
	case TILL_PAID:
		paid(c, step);
		break;
	case TILL_ENDED:
		if (c->stage == STAGE_BEGUN)
			withdrawn(c, step, true);
		else if (c->stage == STAGE_TOTAL)
			paid(c, step);
		break;
	case TILL_HOLD:
		withdrawn(c, step, false);
		break;
	case TILL_CANCEL:
		withdrawn(c, step, true);
		break;
	}
}
