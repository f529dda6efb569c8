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

/* PAY for the sale whose total the display shows: the same till says it twice. */
static bool is_shown_sale(const struct counter *c, const struct till_event *till)
{
	return till->word == TILL_TOTAL && c->by_display && c->stage == STAGE_TOTAL &&
	       (!till->has_total || till->total == c->display_total);
}

/* What the display shows is the till's sale, and stays so until it shows more. */
static void note_source(struct counter *c, const struct till_event *till)
{
	if (till->word != TILL_SHOWN)
		c->by_display = false;
	else if (c->stage != STAGE_TOTAL)
		c->by_display = true;
	if (till->has_total)
		c->display_total = till->total;
}

/* README, "A visit": PAY/total joins an open visit that has no sale yet and no answers (one that
 * was declined too: no second ask, ever); the total of a sale that was begun is the same sale, and
 * so is a second one with the same receipt.  A display shows the total of the sale that is open,
 * however often.  A 1 that is held and words being typed are an answer on its way. */
static bool same_customer(const struct counter *c, const struct till_event *till)
{
	const struct visit *v = &c->visit;
	switch (v->stage) {
	case STAGE_NONE:
		return !visit_has_answers(v) && v->held_ms == MOMENT_NEVER &&
		       v->typing[0] == '\0' && v->row.respondent == RESPONDENT_CUSTOMER;
	case STAGE_BEGUN:
		return till->word == TILL_TOTAL || till->word == TILL_SHOWN;
	case STAGE_TOTAL:
		if (till->word == TILL_SHOWN || is_shown_sale(c, till))
			return true;
		break;
	case STAGE_PAID:
		break;
	}
	return till->receipt[0] != '\0' && strcmp(till->receipt, v->row.receipt) == 0;
}

/* The next customer's sale begins: what the one before cost the queue is known. */
static void end_queue_time(struct counter *c, struct step *step)
{
	int32_t ms = queue_cost_begun(&c->queue, c->rules->queue_budget_ms, step->dice,
				      step->now->mono_ms);
	if (ms < 0 || counter_is_behind(c))
		return;
	struct save *save = step_save(step);
	save->has_queue_time = true;
	save->queue_time = (struct queue_time_row){
		.id = dice_id(step->dice, step->now->utc_ms),
		.at = *step->now,
		.held_out = c->queue.group == QUEUE_HELD_OUT,
		.milliseconds = ms,
	};
}

/* Nobody is there, or somebody else: the visit of this sale, opened or taken up again. */
static void next_sale(struct counter *c, struct step *step, const struct till_event *till)
{
	struct visit *v = &c->visit;
	end_queue_time(c, step);
	c->group = QUEUE_NEITHER;
	if (visit_is_open(v)) {
		counter_close(c, step, false);
		overlay_close(&c->overlay);
	}
	memcpy(c->receipt, till->receipt, sizeof c->receipt);
	if (till->word == TILL_RESUME && held_take(&c->held, till->receipt, v, step)) {
		c->language = v->row.language;
		if (v->plan.count > 0 && v->row.trigger == TRIGGER_SALE)
			c->group = QUEUE_ASKED;
	} else if (!counter_is_behind(c)) {
		counter_open(c, step, TRIGGER_SALE, till->kind);
	}
}

/* A till takes up what it held, whoever stands there. */
static bool joins(const struct counter *c, const struct till_event *till)
{
	return visit_is_open(&c->visit) && same_customer(c, till) &&
	       (till->word != TILL_RESUME || c->visit.stage != STAGE_NONE);
}

/* The sale is begun or its total shows; one visit a sale. */
static void sale(struct counter *c, struct step *step, const struct till_event *till)
{
	struct visit *v = &c->visit;
	bool total = till->word == TILL_TOTAL || till->word == TILL_SHOWN;
	enum sale_stage stage = total ? STAGE_TOTAL : STAGE_BEGUN;
	bool no_sale = till->kind == SALE_RETURN || till->kind == SALE_VOID;
	/* its visit has ended, and the till only says more of the same sale */
	bool late = !visit_is_open(v) && c->stage == STAGE_TOTAL &&
		    (till->word == TILL_SHOWN || is_shown_sale(c, till));
	bool same = joins(c, till);
	note_source(c, till);
	if (late) {
		if (till->receipt[0] != '\0')
			memcpy(c->receipt, till->receipt, sizeof c->receipt);
		return;
	}
	if (!same)
		next_sale(c, step, till);
	else if (v->stage == STAGE_NONE)
		c->group = QUEUE_NEITHER;
	c->stage = stage;
	if (!visit_is_open(v))
		return;
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
	if (c->stage == STAGE_BEGUN || c->stage == STAGE_TOTAL)
		queue_cost_paid(&c->queue, c->group, step->now->mono_ms);
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

static bool has_open_sale(const struct visit *v)
{
	return visit_is_open(v) && (v->stage == STAGE_BEGUN || v->stage == STAGE_TOTAL);
}

/* No sale came of it.  What the customer said stays said. */
static void cancelled(struct counter *c, struct step *step)
{
	struct visit *v = &c->visit;
	c->stage = STAGE_NONE;
	if (!has_open_sale(v))
		return;
	v->row.sale_kind = SALE_VOID;
	if (visit_is_untouched(v) && !v->left && v->row.reason == REASON_NONE)
		counter_not_asked(c, step, REASON_RETURN);
	counter_close(c, step, false);
}

/* Not now: the next customer comes first. */
static void held(struct counter *c, struct step *step)
{
	c->stage = STAGE_NONE;
	if (!has_open_sale(&c->visit))
		return;
	held_put(&c->held, &c->visit, step);
	counter_reset(c, step, false);
}

static void tendered(struct counter *c, struct step *step, enum tender tender)
{
	struct visit *v = &c->visit;
	if (!visit_is_open(v) || v->stage == STAGE_NONE || tender == v->row.tender)
		return;
	v->row.tender = tender;
	if (!counter_is_full(c))
		visit_save(v, step, NULL, NULL);
}

void counter_go_on(struct counter *c, struct step *step)
{
	if (c->wait_ms == MOMENT_NEVER)
		return;
	c->wait_ms = MOMENT_NEVER;
	visit_resume(&c->visit, c->rules, step->now->mono_ms);
}

void counter_till(struct counter *c, struct step *step, const struct till_event *till)
{
	counter_make_way(c, step);
	counter_go_on(c, step);
	switch (till->word) {
	case TILL_BEGUN:
	case TILL_TOTAL:
	case TILL_SHOWN:
	case TILL_RESUME:
		sale(c, step, till);
		break;
	case TILL_PAID:
		paid(c, step);
		break;
	case TILL_ENDED:
		if (c->stage == STAGE_BEGUN)
			cancelled(c, step);
		else if (c->stage == STAGE_TOTAL)
			paid(c, step);
		break;
	case TILL_TENDER:
		tendered(c, step, till->tender);
		break;
	case TILL_WAIT:
		c->wait_ms = step->now->mono_ms + COUNTER_WAIT_MS;
		break;
	case TILL_GO_ON:
		break;
	case TILL_HOLD:
		held(c, step);
		break;
	case TILL_CANCEL:
		cancelled(c, step);
		break;
	}
}
