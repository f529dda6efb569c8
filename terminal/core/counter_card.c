#include "core/counter_parts.h"

#include <string.h>

/* The event as it goes into the database: of a card that is not ours nothing else is kept. */
static struct card_event_row event_row(struct step *step, const struct event *event,
				       enum card_event_result result)
{
	struct card_event_row row = {
		.id = dice_id(step->dice, step->now->utc_ms),
		.at = *step->now,
		.reader = event->card.reader,
		.result = result,
	};
	return row;
}

/* One of ours: number and kind too. */
static struct card_event_row number_row(struct step *step, const struct event *event,
					enum card_event_result result)
{
	struct card_event_row row = event_row(step, event, result);
	const char *digits = event->card.reading.number;
	memcpy(row.card, digits, strnlen(digits, CARD_NUMBER_MAX));
	row.card_kind = event->card.kind;
	return row;
}

static void save_alone(struct step *step, const struct card_event_row *row)
{
	struct save *save = step_save(step);
	save->has_card_event = true;
	save->card_event = *row;
}

static struct notice about(const struct event *event, enum toast toast)
{
	struct notice notice = {.toast = toast, .kind = event->card.kind};
	card_mask(event->card.reading.number, notice.card);
	return notice;
}

static void bad_read(struct counter *c, struct step *step, const struct event *event)
{
	struct card_event_row row = event_row(step, event, CARD_EVENT_ERROR);
	row.error = event->card.reading.error;
	save_alone(step, &row);
	if (c->errors < 3)
		c->errors++;
	counter_show_notice(c, step,
			    (struct notice){.toast = c->errors < 3 ? TOAST_CARD_ERROR
								   : TOAST_CARD_ERROR_3});
}

static void not_ours(struct counter *c, struct step *step, const struct event *event,
		     enum card_event_result result, enum toast toast)
{
	struct card_event_row row = event_row(step, event, result);
	save_alone(step, &row);
	counter_show_notice(c, step, (struct notice){.toast = toast});
}

static void repeated(struct counter *c, struct step *step, const struct event *event)
{
	struct card_event_row row = number_row(step, event, CARD_EVENT_REPEATED);
	if (strcmp(c->visit.row.card, row.card) == 0)
		row.visit = c->visit.row.id;
	save_alone(step, &row);
	counter_show_notice(c, step, about(event, TOAST_CARD_REPEATED));
}

static void look_up(struct counter *c, struct step *step)
{
	struct effect *effect = step_effect(step, EFFECT_LOOKUP);
	effect->lookup.lookup = ++c->lookup;
	memcpy(effect->lookup.card, c->visit.row.card, sizeof effect->lookup.card);
	c->lookup_ms = step->now->mono_ms + COUNTER_LOOKUP_MS;
}

/* The card becomes the open visit's; one transaction with its event. */
static void join(struct counter *c, struct step *step, const struct event *event,
		 enum card_event_result result)
{
	struct visit *v = &c->visit;
	struct card_event_row row = number_row(step, event, result);
	row.visit = v->row.id;
	memcpy(v->row.card, row.card, sizeof v->row.card);
	v->row.card_kind = event->card.kind;
	v->facts = card_facts_unknown;
	visit_more_time(v, c->rules, step->now->mono_ms);
	visit_save(v, step, NULL, &row);
}

/* Another sale's customer was asked already: a late card is not a second chance. */
static bool sale_is_settled(const struct counter *c)
{
	return counter_sale_is_open(c) && !visit_is_open(&c->visit);
}

static void open_by_card(struct counter *c, struct step *step, const struct event *event)
{
	bool settled = sale_is_settled(c);
	counter_open(c, step, TRIGGER_CARD, SALE_NONE);
	if (settled && c->visit.row.reason == REASON_NONE)
		c->visit.row.reason = REASON_COOLDOWN;
	if (c->visit.row.reason != REASON_NONE)
		counter_not_asked(c, step, c->visit.row.reason);
	join(c, step, event, CARD_EVENT_ACCEPTED);
	look_up(c, step);
}

static void staff(struct counter *c, struct step *step, const struct event *event)
{
	struct card_event_row row = number_row(step, event, CARD_EVENT_ACCEPTED);
	if (c->overlay.kind == OVERLAY_CASHIER) {
		counter_sign_in(c, row.card);
		counter_uncover(c, step);
		save_alone(step, &row);
		counter_show_notice(c, step, about(event, TOAST_SIGNED_IN));
		return;
	}
	if (visit_is_open(&c->visit)) {
		save_alone(step, &row);
	} else {
		counter_open(c, step, TRIGGER_CARD, SALE_NONE);
		counter_not_asked(c, step, REASON_STAFF);
		join(c, step, event, CARD_EVENT_ACCEPTED);
	}
	counter_show_notice(c, step, about(event, TOAST_CARD_STAFF));
}

/* Another customer's card, and no sale holds the two together. */
static bool is_next_customer(const struct counter *c, const struct event *event)
{
	const struct visit *v = &c->visit;
	if (v->row.respondent != RESPONDENT_CUSTOMER)
		return true;
	return v->row.card[0] != '\0' && v->stage != STAGE_BEGUN &&
	       v->stage != STAGE_TOTAL &&
	       strcmp(v->row.card, event->card.reading.number) != 0;
}

static void customer(struct counter *c, struct step *step, const struct event *event)
{
	struct visit *v = &c->visit;
	struct notice notice = about(event, TOAST_CARD_READ);
	counter_make_way(c, step);
	if (!visit_is_open(v)) {
		open_by_card(c, step, event);
	} else if (v->row.card[0] == '\0' && v->row.respondent == RESPONDENT_CUSTOMER) {
		join(c, step, event, CARD_EVENT_ACCEPTED);
		look_up(c, step);
	} else if (is_next_customer(c, event)) {
		if (c->lookup_ms != MOMENT_NEVER)
			counter_facts(c, step,
				      NULL); /* too late to be asked, but offered */
		counter_close(c, step, false);
		overlay_close(&c->overlay);
		open_by_card(c, step, event);
		notice.toast = TOAST_CARD_OTHER;
	} else {
		join(c, step, event, CARD_EVENT_REPLACED);
		look_up(c, step);
	}
	notice.ticket = c->ledger.last;
	counter_show_notice(c, step, notice);
}

static void number(struct counter *c, struct step *step, const struct event *event)
{
	const char *digits = event->card.reading.number;
	int64_t now_ms = step->now->mono_ms;
	bool same = strcmp(digits, c->last_card) == 0 &&
		    now_ms - c->last_card_ms < COUNTER_SAME_CARD_MS;
	bool signing_in = c->overlay.kind == OVERLAY_CASHIER;
	memcpy(c->last_card, digits, sizeof c->last_card);
	c->last_card_ms = now_ms;
	if (!signing_in && (same || strcmp(digits, c->visit.row.card) == 0))
		repeated(c, step, event);
	else if (event->card.kind == CARD_KIND_STAFF)
		staff(c, step, event);
	else
		customer(c, step, event);
}

/* Nothing new is begun, but what was there does not wait for the next customer's keys. */
static void make_room(struct counter *c, struct step *step, const struct event *event)
{
	if (event->card.reading.result == CARD_NUMBER && event->card.accepted &&
	    event->card.kind != CARD_KIND_STAFF && is_next_customer(c, event))
		counter_close(c, step, false);
}

void counter_card(struct counter *c, struct step *step, const struct event *event)
{
	if (counter_manages(c)) { /* dropped unread; a customer is there */
		counter_make_way(c, step);
		counter_show_notice(c, step, (struct notice){.toast = TOAST_CARD_ERROR});
		return;
	}
	if (counter_is_behind(c)) {
		make_room(c, step, event);
		return;
	}
	if (event->card.reading.result != CARD_ERROR)
		c->errors = 0;
	switch (event->card.reading.result) {
	case CARD_ERROR:
		bad_read(c, step, event);
		break;
	case CARD_REFUSED_PAYMENT:
		not_ours(c, step, event, CARD_EVENT_REFUSED_PAYMENT, TOAST_CARD_PAYMENT);
		break;
	case CARD_REFUSED_DOCUMENT:
		not_ours(c, step, event, CARD_EVENT_REFUSED_DOCUMENT,
			 TOAST_CARD_DOCUMENT);
		break;
	case CARD_NUMBER:
		if (event->card.accepted)
			number(c, step, event);
		else
			not_ours(c, step, event, CARD_EVENT_FOREIGN, TOAST_CARD_FOREIGN);
		break;
	}
}

/* Asked, but nothing said yet: the card still decides. */
static void reconsider(struct counter *c, struct step *step)
{
	struct visit *v = &c->visit;
	struct plan plan;
	enum reason reason = asking_card(c->rules, &v->facts, v->row.day);
	if (reason == REASON_NONE) {
		counter_plan(c, &plan);
		if (plan.count == 0)
			reason = REASON_NO_QUESTIONS;
	}
	if (reason != REASON_NONE) {
		counter_not_asked(c, step, reason);
		visit_save(v, step, NULL, NULL);
	} else {
		visit_replan(v, step, &plan);
	}
}

static bool is_of_card(enum reason reason)
{
	return reason == REASON_COOLDOWN || reason == REASON_STAFF ||
	       reason == REASON_NO_QUESTIONS;
}

void counter_facts(struct counter *c, struct step *step, const struct card_facts *facts)
{
	struct visit *v = &c->visit;
	c->lookup_ms = MOMENT_NEVER;
	if (!visit_is_open(v))
		return;
	v->facts = facts != NULL ? *facts : card_facts_unknown;
	if (v->stage != STAGE_NONE && v->plan.count == 0 && is_of_card(v->row.reason))
		v->row.reason = REASON_NONE; /* the reason was that of a card replaced */
	bool may_wait = v->stage == STAGE_BEGUN && c->rules->offer == OFFER_TOTAL;
	if (v->state == VISIT_WAITING && !may_wait) {
		if (counter_ask(c, step) || v->stage != STAGE_NONE)
			visit_save(v, step, NULL, NULL);
	} else if (v->state == VISIT_ASKING && visit_is_untouched(v)) {
		reconsider(c, step);
	}
	if (v->row.reason == REASON_COOLDOWN &&
	    (c->notice.toast == TOAST_CARD_READ || c->notice.toast == TOAST_CARD_OK))
		c->notice.toast = TOAST_CARD_COOLDOWN;
	if (v->facts.swipes_today >= 3) {
		c->notice.toast = TOAST_CARD_OFTEN;
		c->notice.number = (uint16_t)(v->facts.swipes_today + 1);
	}
}
