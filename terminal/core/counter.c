#include "core/counter_parts.h"

#include <assert.h>
#include <string.h>

void counter_prepare_rest(struct counter *c)
{
	c->deck_before = c->deck;
	c->dice_before = c->dice;
	asking_plan(c->rules, &card_facts_unknown, c->now.day, &c->deck, &c->dice,
		    &c->rest_plan);
	c->plan_used = false;
	c->rest_choice_from = 0;
}

void counter_init(struct counter *c, const struct rules *rules, const uint8_t seed[32],
		  const struct moment *now)
{
	memset(c, 0, sizeof *c);
	c->rules = rules;
	c->now = *now;
	dice_seed(&c->dice, seed);
	c->ledger.waiting_since_ms = MOMENT_NEVER;
	c->language = rules->language;
	c->language_ms = c->lookup_ms = c->paused_ms = c->wait_ms = MOMENT_NEVER;
	c->managed_ms = MOMENT_NEVER;
	c->respondent_ms = c->training_ms = MOMENT_NEVER;
	c->active_ms = now->mono_ms;
	c->repeat_ms = c->last_card_ms = INT64_MIN / 2;
	visit_clear(&c->visit);
	held_init(&c->held);
	queue_cost_init(&c->queue);
	overlay_close(&c->overlay);
	counter_prepare_rest(c);
	counter_page(c, &c->shown);
}

struct id counter_visit(const struct counter *c)
{
	return c->visit.row.id;
}

void counter_recall_queue(struct counter *c, const struct queue_past *past)
{
	queue_cost_recall(&c->queue, past, &c->dice);
}

const struct queue_cost *counter_queue(const struct counter *c)
{
	return &c->queue;
}

uint64_t counter_last_ticket(const struct counter *c)
{
	return c->ledger.last;
}

bool counter_manages(const struct counter *c)
{
	return c->overlay.kind == OVERLAY_MANAGER && c->manager.at != MANAGER_PIN;
}

bool counter_is_behind(const struct counter *c)
{
	return ledger_waiting(&c->ledger) >= COUNTER_BEHIND;
}

bool counter_is_full(const struct counter *c)
{
	return ledger_waiting(&c->ledger) >= COUNTER_FULL;
}

bool counter_sale_is_open(const struct counter *c)
{
	return c->stage == STAGE_BEGUN || (c->stage == STAGE_TOTAL && c->says_paid);
}

bool counter_is_undecided(const struct counter *c)
{
	return c->visit.state == VISIT_WAITING && c->lookup_ms != MOMENT_NEVER &&
	       c->visit.row.reason == REASON_NONE && c->visit.plan.count == 0;
}

void counter_show_notice(struct counter *c, struct step *step, struct notice notice)
{
	notice.until_ms = step->now->mono_ms + COUNTER_TOAST_MS;
	c->notice = notice;
}

void counter_close(struct counter *c, struct step *step, bool keep_keys)
{
	counter_answered(c, &c->visit);
	visit_close(&c->visit, step, false);
	counter_reset(c, step, keep_keys);
}

void counter_reset(struct counter *c, struct step *step, bool keep_keys)
{
	c->lookup_ms = c->wait_ms = MOMENT_NEVER;
	c->language = c->rules->language;
	c->language_ms = MOMENT_NEVER;
	if (c->plan_used)
		counter_prepare_rest(c);
	c->rest_choice_from = 0;
	c->errors = 0;
	if (c->notice.card[0] != '\0')
		memset(&c->notice, 0, sizeof c->notice);
	if (!keep_keys)
		step_effect(step, EFFECT_DRAIN_KEYS);
}

/* The visit's time goes on; closes it when that is over. */
static void expire(struct counter *c, struct step *step)
{
	if (c->overlay.kind == OVERLAY_NONE && visit_is_open(&c->visit) &&
	    (c->wait_ms == MOMENT_NEVER || c->visit.held_ms <= step->now->mono_ms) &&
	    visit_wake(&c->visit, step))
		counter_close(c, step, false);
}

void counter_uncover(struct counter *c, struct step *step)
{
	int64_t now_ms = step->now->mono_ms;
	bool too_long = c->overlay.kind == OVERLAY_MANAGER &&
			now_ms - c->manager.opened_ms >= c->rules->answer_ms;
	if (counter_manages(c)) {
		step_effect(step, EFFECT_DRAIN);
		c->managed_ms = now_ms;
	}
	if (overlay_back(&c->overlay, step)) {
		if (c->overlay.kind == OVERLAY_MANAGER)
			manager_open(&c->manager, step);
		return;
	}
	manager_close(&c->manager);
	if (too_long) /* whoever stood there has gone: no question of theirs comes up again */
		expire(c, step);
	else
		visit_resume(&c->visit, c->rules, now_ms);
	if (c->language_ms != MOMENT_NEVER)
		c->language_ms = now_ms + c->rules->answer_ms;
}

void counter_make_way(struct counter *c, struct step *step)
{
	switch (c->overlay.kind) {
	case OVERLAY_CASHIER:
	case OVERLAY_MANAGER:
		if (!counter_manages(c))
			step_effect(step, EFFECT_DRAIN_KEYS);
		counter_uncover(c, step);
		break;
	case OVERLAY_NONE:
	case OVERLAY_COMPLAINT:
	case OVERLAY_COMPLAINT_SAVING:
	case OVERLAY_COMPLAINT_DONE:
		break;
	}
}

void counter_plan(struct counter *c, struct plan *plan)
{
	struct dice dice = c->dice_before;
	c->deck = c->deck_before;
	c->plan_used = true;
	asking_plan(c->rules, &c->visit.facts, c->visit.row.day, &c->deck, &dice, plan);
}

void counter_not_asked(struct counter *c, struct step *step, enum reason reason)
{
	struct visit *v = &c->visit;
	const struct rules *rules = c->rules;
	int64_t until = MOMENT_NEVER;
	switch (v->stage) {
	case STAGE_NONE:
		until = step->now->mono_ms + rules->thanks_ms;
		break;
	case STAGE_TOTAL:
		until = step->now->mono_ms + rules->answer_ms;
		break;
	case STAGE_PAID:
		until = step->now->mono_ms + rules->grace_ms;
		break;
	case STAGE_BEGUN:
		break;
	}
	visit_not_asked(v, step, reason, until);
}

void counter_open(struct counter *c, struct step *step, enum trigger trigger,
		  enum sale_kind kind)
{
	struct visit *v = &c->visit;
	enum reason reason = REASON_NONE;
	visit_open(v, step, trigger, c->language);
	c->language_ms = MOMENT_NEVER;
	v->training = c->training_ms != MOMENT_NEVER;
	if (trigger == TRIGGER_KEY)
		v->row.respondent = c->respondent;
	memcpy(v->row.cashier, c->cashier, sizeof v->row.cashier);
	if (trigger != TRIGGER_SALE && counter_sale_is_open(c))
		memcpy(v->row.receipt, c->receipt, sizeof v->row.receipt);
	if (c->overlay.kind == OVERLAY_COMPLAINT_DONE)
		overlay_close(&c->overlay);
	if (trigger == TRIGGER_KEY)
		return;
	if (kind == SALE_RETURN || kind == SALE_VOID)
		reason = REASON_RETURN;
	else if (c->paused_ms != MOMENT_NEVER)
		reason = REASON_PAUSED;
	else if (!v->training) /* who trains is to see the questions */
		reason = asking_draw(c->rules, step->dice, trigger == TRIGGER_SALE);
	if (trigger == TRIGGER_SALE && reason == REASON_NONE && !v->training &&
	    !queue_cost_asks(&c->queue, step->dice))
		reason = REASON_BUDGET;
	if (trigger == TRIGGER_SALE && reason == REASON_SAMPLE)
		c->group = QUEUE_HELD_OUT;
	v->row.reason = reason;
}

bool counter_ask(struct counter *c, struct step *step)
{
	struct visit *v = &c->visit;
	struct plan plan;
	if (v->plan.count > 0 || v->state != VISIT_WAITING)
		return false; /* no second ask, ever */
	enum reason reason = v->row.reason;
	if (reason == REASON_NONE)
		reason = asking_card(c->rules, &v->facts, v->row.day);
	if (reason == REASON_NONE) {
		counter_plan(c, &plan);
		if (plan.count > 0) {
			const struct page *shown = &c->shown;
			bool stood = shown->kind == PAGE_QUESTION && shown->at_rest &&
				     shown->question == plan.item[0].question;
			visit_offer(v, step, &plan, stood);
			if (v->row.trigger == TRIGGER_SALE && !v->training)
				c->group = QUEUE_ASKED;
			return false;
		}
		reason = REASON_NO_QUESTIONS;
	}
	counter_not_asked(c, step, reason);
	return true;
}

static void wake(struct counter *c, struct step *step)
{
	int64_t now_ms = step->now->mono_ms;
	if (c->lookup_ms <= now_ms)
		counter_facts(c, step, NULL);
	if (c->notice.toast != TOAST_NONE && c->notice.until_ms <= now_ms)
		memset(&c->notice, 0, sizeof c->notice);
	if (c->paused_ms <= now_ms) {
		c->paused_ms = MOMENT_NEVER;
		counter_show_notice(c, step, (struct notice){.toast = TOAST_RESUMED});
	}
	counter_mode_wake(c, step);
	if (c->overlay.kind == OVERLAY_NONE && c->language_ms <= now_ms) {
		c->language = c->rules->language;
		c->language_ms = MOMENT_NEVER;
	}
	if (overlay_wake(&c->overlay, step)) {
		step_effect(step, EFFECT_DRAIN_KEYS);
		counter_uncover(c, step);
	}
	if (c->wait_ms <= now_ms)
		counter_go_on(c, step);
	held_wake(&c->held, step);
	expire(c, step);
}

static void saved(struct counter *c, struct step *step, uint64_t ticket)
{
	ledger_saved(&c->ledger, ticket, step->now->mono_ms);
	visit_saved(&c->visit, step);
	overlay_saved(&c->overlay, step);
	if (c->notice.toast == TOAST_CARD_READ && c->notice.ticket <= c->ledger.saved)
		c->notice.toast = TOAST_CARD_OK;
}

static void reader(struct counter *c, struct step *step, uint8_t index, bool ready)
{
	uint8_t bit = (uint8_t)(1u << index);
	if (((c->readers_ready & bit) != 0) == ready)
		return;
	c->readers_ready = (uint8_t)(ready ? c->readers_ready | bit
					   : c->readers_ready & ~bit);
	counter_show_notice(
		c, step,
		(struct notice){.toast = ready ? TOAST_READER_READY : TOAST_READER_OFF});
}

static void till_line(struct counter *c, struct step *step, bool ready)
{
	if (ready == !c->till_off)
		return;
	c->till_off = !ready;
	counter_show_notice(
		c, step,
		(struct notice){.toast = ready ? TOAST_TILL_READY : TOAST_TILL_OFF});
}

static void stream(struct counter *c, uint8_t device, bool streams)
{
	uint16_t bit = (uint16_t)(1u << device);
	c->streams = (uint16_t)(streams ? c->streams | bit : c->streams & ~bit);
}

void counter_sign_in(struct counter *c, const char *cashier)
{
	memset(c->cashier, 0, sizeof c->cashier); /* equal pages are equal bytes */
	memcpy(c->cashier, cashier, strnlen(cashier, sizeof c->cashier - 1));
}

/* A wrong one costs time also when its page is gone. */
static void pin(struct counter *c, struct step *step, const struct event *event)
{
	bool right = event->pin.right;
	if (!c->guesses.awaited)
		return;
	c->guesses.awaited = false;
	guesses_count(&c->guesses, right ? 0 : event->pin.wrong, step->now->mono_ms);
	if (c->overlay.kind == OVERLAY_MANAGER) {
		overlay_stay(&c->overlay, step);
		manager_pin(&c->manager, right);
	} else if (overlay_pin(&c->overlay, step, right)) {
		counter_sign_in(c, event->pin.cashier);
		counter_uncover(c, step);
		counter_show_notice(c, step, (struct notice){.toast = TOAST_SIGNED_IN});
	}
}

void counter_quit(struct counter *c, struct step *step)
{
	if (visit_is_open(&c->visit))
		visit_close(&c->visit, step, true);
	held_close(&c->held, step);
	overlay_close(&c->overlay);
	manager_close(&c->manager);
	c->quitting = true;
	step_effect(step, EFFECT_QUIT);
}

static void take(struct counter *c, struct step *step, const struct event *event)
{
	switch (event->kind) {
	case EVENT_WAKE:
		break;
	case EVENT_KEY:
		if (!counter_wakes_by(c, event->key.key, event->key.character))
			counter_key(c, step, event->key.key, event->key.character);
		break;
	case EVENT_CARD:
		c->active_ms = step->now->mono_ms;
		counter_card(c, step, event);
		break;
	case EVENT_CARD_FACTS:
		if (c->lookup_ms != MOMENT_NEVER && event->facts.lookup == c->lookup)
			counter_facts(c, step, &event->facts.facts);
		break;
	case EVENT_READER:
		reader(c, step, event->reader.reader, event->reader.ready);
		break;
	case EVENT_TILL:
		c->active_ms = step->now->mono_ms;
		counter_till(c, step, &event->till);
		break;
	case EVENT_SET_ASIDE:
		c->set_aside = true;
		break;
	case EVENT_EXPORT:
		c->export_failed = !event->ready;
		break;
	case EVENT_PUBLISHED:
		c->published_refused = !event->ready;
		break;
	case EVENT_TILL_LINE:
		till_line(c, step, event->ready);
		break;
	case EVENT_STREAM:
		stream(c, event->stream.device, event->stream.streams);
		break;
	case EVENT_POLE:
		c->active_ms = step->now->mono_ms;
		memset(c->pole, 0, sizeof c->pole); /* equal pages are equal bytes */
		for (int i = 0; i < POLE_LINES; i++)
			memcpy(c->pole[i], event->pole.line[i],
			       strnlen(event->pole.line[i], POLE_LINE_MAX));
		break;
	case EVENT_SAVED:
		saved(c, step, event->ticket);
		break;
	case EVENT_BACKLOG:
		c->backlog = event->backlog;
		break;
	case EVENT_PIN:
		pin(c, step, event);
		break;
	case EVENT_FINDINGS:
		manager_findings(&c->manager, step, &event->findings);
		break;
	case EVENT_PIN_SET:
		manager_pin_set(&c->manager, event->ready);
		break;
	case EVENT_FILES:
		memcpy(&c->files, &event->files, sizeof c->files);
		break;
	case EVENT_GUESSES:
		guesses_count(&c->guesses, event->guesses, step->now->mono_ms);
		break;
	case EVENT_STOP:
		counter_quit(c, step);
		break;
	}
}

void counter_step(struct counter *c, const struct event *event, const struct moment *now,
		  struct effects *effects)
{
	struct step step = {c->rules, now, &c->dice, &c->ledger, effects};
	struct page page;
	effects->count = 0;
	c->now = *now;
	if (!c->quitting) {
		wake(c, &step); /* what was due comes first, whatever event came */
		take(c, &step, event);
	} else if (event->kind == EVENT_SAVED) {
		ledger_saved(&c->ledger, event->ticket, now->mono_ms);
	}
	visit_check(&c->visit);
	assert(ledger_waiting(&c->ledger) <= COUNTER_OUTSTANDING_MAX);
	counter_page(c, &page);
	if (memcmp(&page, &c->shown, sizeof page) != 0) {
		c->shown = page;
		step_effect(&step, EFFECT_SHOW);
	}
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t local_ms(const struct moment *now)
{
	return now->utc_ms + INT64_C(1000) * now->offset_s;
}

int16_t counter_minute(const struct counter *c, int64_t later_ms)
{
	int64_t minute = (local_ms(&c->now) + later_ms) / 60000 % 1440;
	return (int16_t)(minute < 0 ? minute + 1440 : minute);
}

int64_t counter_wake_ms(const struct counter *c)
{
	int64_t now_ms = c->now.mono_ms;
	if (c->quitting)
		return MOMENT_NEVER;
	int64_t wake = now_ms + 60000 - (local_ms(&c->now) % 60000 + 60000) % 60000;
	wake = earlier(wake, c->lookup_ms);
	wake = earlier(wake, c->paused_ms);
	wake = earlier(wake, c->training_ms);
	wake = earlier(wake, c->respondent_ms);
	wake = earlier(wake, c->wait_ms);
	wake = earlier(wake, held_wake_ms(&c->held));
	if (c->notice.toast != TOAST_NONE)
		wake = earlier(wake, c->notice.until_ms);
	if (c->ledger.waiting_since_ms != MOMENT_NEVER &&
	    now_ms < c->ledger.waiting_since_ms + COUNTER_NOT_SAVING_MS)
		wake = earlier(wake, c->ledger.waiting_since_ms + COUNTER_NOT_SAVING_MS);
	if (c->overlay.kind != OVERLAY_NONE)
		return earlier(wake, c->overlay.deadline_ms);
	wake = earlier(wake, c->language_ms);
	if (visit_is_open(&c->visit))
		wake = earlier(wake, c->wait_ms == MOMENT_NEVER
					     ? visit_wake_ms(&c->visit, now_ms)
					     : c->visit.held_ms);
	return wake;
}
