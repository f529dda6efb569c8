#include "core/visit.h"

#include <assert.h>
#include <string.h>

#include "core/payment_card.h"

static const bool moves[VISIT_STATES][VISIT_STATES] = {
	[VISIT_NONE] = {[VISIT_WAITING] = true},
	[VISIT_WAITING] = {[VISIT_ASKING] = true, [VISIT_NONE] = true},
	[VISIT_ASKING] = {[VISIT_SAVING] = true,
			  [VISIT_LEFT] = true,
			  [VISIT_WAITING] = true,
			  [VISIT_NONE] = true},
	[VISIT_SAVING] =
		{[VISIT_THANKED] = true, [VISIT_ASKING] = true, [VISIT_NONE] = true},
	[VISIT_THANKED] =
		{[VISIT_ASKING] = true, [VISIT_WAITING] = true, [VISIT_NONE] = true},
	[VISIT_LEFT] = {[VISIT_WAITING] = true, [VISIT_NONE] = true},
};

/* The one writer of `state`. */
static void move(struct visit *v, enum visit_state to, int64_t now_ms,
		 int64_t deadline_ms)
{
	assert(moves[v->state][to]);
	v->state = to;
	v->entered_ms = now_ms;
	v->deadline_ms = deadline_ms;
	v->held_ms = MOMENT_NEVER;
	v->grace_ms = to == VISIT_ASKING ? v->grace_ms : MOMENT_NEVER;
}

void visit_clear(struct visit *v)
{
	explicit_bzero(v, sizeof *v);
	v->facts = card_facts_unknown;
	v->deadline_ms = v->grace_ms = v->held_ms = MOMENT_NEVER;
	v->row.offered_ms = MOMENT_NEVER;
}

bool visit_is_open(const struct visit *v)
{
	return v->state != VISIT_NONE;
}

static uint8_t count_given(const struct visit *v, enum given given)
{
	uint8_t n = 0;
	for (uint8_t i = 0; i < v->plan.count; i++)
		n = (uint8_t)(n + (v->given[v->plan.item[i].question] == given));
	return n;
}

bool visit_has_answers(const struct visit *v)
{
	return count_given(v, GIVEN_ANSWER) > 0;
}

bool visit_is_untouched(const struct visit *v)
{
	return count_given(v, GIVEN_NOTHING) == v->plan.count &&
	       v->held_ms == MOMENT_NEVER && v->typing[0] == '\0';
}

const struct question *visit_question(const struct visit *v, const struct rules *rules)
{
	return &rules->questionnaire->question[v->plan.item[v->at].question];
}

bool visit_wants_text(const struct visit *v, const struct rules *rules)
{
	return v->state == VISIT_ASKING &&
	       visit_question(v, rules)->kind == QUESTION_WORDS;
}

/* README, "A visit": the outcomes. */
static enum outcome outcome_now(const struct visit *v, bool interrupted)
{
	if (v->row.reason != REASON_NONE || v->plan.count == 0)
		return interrupted && v->row.reason == REASON_NONE ? OUTCOME_INTERRUPTED
								   : OUTCOME_NOT_ASKED;
	bool answers = visit_has_answers(v);
	if (count_given(v, GIVEN_NOTHING) == 0)
		return answers ? OUTCOME_COMPLETED : OUTCOME_IGNORED;
	if (v->left)
		return answers ? OUTCOME_PARTIAL : OUTCOME_DECLINED;
	if (interrupted)
		return OUTCOME_INTERRUPTED;
	return answers ? OUTCOME_PARTIAL : OUTCOME_IGNORED;
}

static void touch_row(struct visit *v, const struct moment *now)
{
	int64_t from = v->row.offered_ms != MOMENT_NEVER ? v->row.offered_ms
							 : v->row.opened.mono_ms;
	v->row.last = *now;
	v->row.seconds_ms = now->mono_ms - from;
}

/* The row as it is saved. */
static void put_row(const struct visit *v, struct save *save)
{
	save->has_visit = true;
	save->visit = v->row;
	if (!v->training)
		return;
	save->visit.outcome = OUTCOME_NOT_ASKED;
	save->visit.reason = REASON_TRAINING;
	save->visit.offered_ms = MOMENT_NEVER;
}

void visit_save(struct visit *v, struct step *step, const struct answer_row *answer,
		const struct card_event_row *card_event)
{
	struct save *save = step_save(step);
	touch_row(v, step->now);
	v->row.outcome = outcome_now(v, true);
	put_row(v, save);
	if (answer != NULL) {
		save->has_answer = true;
		save->answer = *answer;
	}
	if (card_event != NULL) {
		save->has_card_event = true;
		save->card_event = *card_event;
	}
}

void visit_open(struct visit *v, struct step *step, enum trigger trigger,
		uint8_t language)
{
	visit_clear(v);
	move(v, VISIT_WAITING, step->now->mono_ms, MOMENT_NEVER);
	v->row.id = dice_id(step->dice, step->now->utc_ms);
	v->row.day = step->now->day;
	v->row.opened = *step->now;
	v->row.trigger = trigger;
	v->row.language = language;
}

static int64_t answer_deadline(const struct visit *v, const struct rules *rules,
			       int64_t now_ms)
{
	/* a question that stands at rest anyway has time until the total is known */
	if (v->stage == STAGE_BEGUN && rules->offer == OFFER_REST &&
	    !visit_has_answers(v))
		return MOMENT_NEVER;
	return now_ms + rules->answer_ms;
}

static void show_item(struct visit *v, const struct rules *rules, uint8_t at,
		      int64_t now_ms)
{
	uint8_t question = v->plan.item[at].question;
	v->at = at;
	v->choice_from = 0;
	v->page_at_rest = false;
	v->entered_ms = now_ms;
	v->held_ms = MOMENT_NEVER;
	v->deadline_ms = answer_deadline(v, rules, now_ms);
	if (rules->questionnaire->question[question].kind == QUESTION_WORDS &&
	    v->typing_question != question) {
		v->typing_question = question;
		explicit_bzero(v->typing, sizeof v->typing);
	}
}

void visit_offer(struct visit *v, struct step *step, const struct plan *plan,
		 bool at_rest)
{
	assert(plan->count > 0);
	v->plan = *plan;
	v->row.offered_ms = step->now->mono_ms;
	move(v, VISIT_ASKING, step->now->mono_ms, MOMENT_NEVER);
	show_item(v, step->rules, 0, step->now->mono_ms);
	v->page_at_rest = at_rest;
	if (v->stage == STAGE_PAID)
		v->grace_ms = step->now->mono_ms + step->rules->grace_ms;
}

void visit_replan(struct visit *v, struct step *step, const struct plan *plan)
{
	bool same = v->plan.item[0].question == plan->item[0].question;
	v->plan = *plan;
	if (!same)
		show_item(v, step->rules, 0, step->now->mono_ms);
}

void visit_not_asked(struct visit *v, struct step *step, enum reason reason,
		     int64_t until_ms)
{
	v->row.reason = reason;
	if (v->state != VISIT_WAITING)
		move(v, VISIT_WAITING, step->now->mono_ms, until_ms);
	else
		v->deadline_ms = until_ms;
}

static void finish(struct visit *v, struct step *step)
{
	int64_t now_ms = step->now->mono_ms;
	if (visit_has_answers(v)) {
		v->confirm_ticket = step->ledger->last;
		move(v, VISIT_SAVING, now_ms, now_ms + VISIT_CONFIRM_MS);
	} else {
		move(v, VISIT_LEFT, now_ms, now_ms + step->rules->thanks_ms);
	}
}

static bool any_low(const struct visit *v, const struct questionnaire *all)
{
	for (uint8_t i = 0; i < v->plan.count; i++) {
		uint8_t question = v->plan.item[i].question;
		if (v->given[question] == GIVEN_ANSWER &&
		    question_is_low(&all->question[question], v->value[question]))
			return true;
	}
	return false;
}

/* The low answer was taken back: extras that nobody has answered yet go again. */
static void drop_low(struct visit *v, const struct questionnaire *all)
{
	uint8_t kept = 0;
	for (uint8_t i = 0; i < v->plan.count; i++) {
		uint8_t question = v->plan.item[i].question;
		if (all->question[question].when != WHEN_LOW ||
		    v->given[question] != GIVEN_NOTHING)
			v->plan.item[kept++] = v->plan.item[i];
	}
	v->plan.count = kept;
}

/* A bank card's number is kept nowhere, not in a customer's own words either: their digits go. */
static void hide_payment_card(char *words)
{
	static const struct card_rules any = {.any = true};
	if (payment_card_text(words, strlen(words), false, &any) == PAYMENT_CARD_CLEAR)
		return;
	for (char *c = words; *c != '\0'; c++)
		if (*c >= '0' && *c <= '9')
			*c = '*';
}

/* One answer (or skip) to the question on the screen; the next page, or the end. */
void visit_give(struct visit *v, struct step *step, enum given given, int value)
{
	const struct questionnaire *all = step->rules->questionnaire;
	const struct moment *now = step->now;
	struct planned item = v->plan.item[v->at];
	int64_t key_ms = v->held_ms != MOMENT_NEVER ? v->held_ms - VISIT_HELD_MS
						    : now->mono_ms;
	struct answer_row row = {
		.visit = v->row.id,
		.question = item.question,
		.at = *now,
		.milliseconds = v->page_at_rest ? -1 : (int32_t)(key_ms - v->entered_ms),
		.place = (uint8_t)(v->at + 1),
		.probability = item.probability,
		.skipped = given == GIVEN_SKIP,
		.low = given == GIVEN_ANSWER &&
		       question_is_low(&all->question[item.question], value),
		.value = (int16_t)value,
	};
	if (given == GIVEN_ANSWER &&
	    all->question[item.question].kind == QUESTION_WORDS) {
		hide_payment_card(v->typing);
		memcpy(row.words, v->typing, sizeof row.words);
	}
	v->given[item.question] = given;
	v->value[item.question] = (int16_t)value;
	if (given == GIVEN_ANSWER)
		v->grace_ms = MOMENT_NEVER;
	if (!any_low(v, all))
		drop_low(v, all);
	else if (row.low)
		asking_add_low(step->rules, &v->facts, v->row.day, step->dice, &v->plan,
			       v->at);
	visit_save(v, step, &row, NULL);
	if (v->at + 1 < v->plan.count)
		show_item(v, step->rules, (uint8_t)(v->at + 1), now->mono_ms);
	else
		finish(v, step);
}

void visit_leave(struct visit *v, struct step *step)
{
	int64_t now_ms = step->now->mono_ms;
	v->left = true;
	visit_save(v, step, NULL, NULL);
	move(v, VISIT_LEFT, now_ms, now_ms + step->rules->thanks_ms);
}

void visit_back(struct visit *v, struct step *step)
{
	int64_t now_ms = step->now->mono_ms;
	if (v->state != VISIT_ASKING) {
		v->confirmed = v->unsaid = false; /* it may become another answer */
		move(v, VISIT_ASKING, now_ms, MOMENT_NEVER);
		show_item(v, step->rules, v->at, now_ms);
	} else if (v->at > 0) {
		show_item(v, step->rules, (uint8_t)(v->at - 1), now_ms);
	}
}

void visit_more_time(struct visit *v, const struct rules *rules, int64_t now_ms)
{
	if (v->state == VISIT_ASKING)
		v->deadline_ms = answer_deadline(v, rules, now_ms);
	else if (v->state == VISIT_THANKED || v->state == VISIT_LEFT)
		v->deadline_ms = now_ms + rules->thanks_ms;
	else if (v->state == VISIT_WAITING && v->stage == STAGE_TOTAL &&
		 v->deadline_ms == MOMENT_NEVER)
		v->deadline_ms = now_ms + rules->answer_ms; /* it waited for the total */
}

void visit_resume(struct visit *v, const struct rules *rules, int64_t now_ms)
{
	visit_more_time(v, rules, now_ms);
	if (v->grace_ms != MOMENT_NEVER)
		v->grace_ms = now_ms + rules->grace_ms;
}

void visit_paid(struct visit *v, struct step *step)
{
	int64_t end = step->now->mono_ms + step->rules->grace_ms;
	v->stage = STAGE_PAID;
	if (v->state == VISIT_WAITING && v->deadline_ms > end)
		v->deadline_ms = end;
	else if (v->state == VISIT_ASKING && !visit_has_answers(v))
		v->grace_ms = end;
}

void visit_saved(struct visit *v, struct step *step)
{
	int64_t now_ms = step->now->mono_ms;
	if (v->state != VISIT_SAVING || step->ledger->saved < v->confirm_ticket)
		return;
	v->confirmed = true;
	move(v, VISIT_THANKED, now_ms, now_ms + step->rules->thanks_ms);
}

/* A sale still being rung up keeps its visit: the total belongs to the same row. */
static bool time_over(struct visit *v, int64_t now_ms)
{
	if (v->stage != STAGE_BEGUN)
		return true;
	if (v->state == VISIT_WAITING)
		v->deadline_ms = MOMENT_NEVER;
	else
		move(v, VISIT_WAITING, now_ms, MOMENT_NEVER);
	return false;
}

bool visit_wake(struct visit *v, struct step *step)
{
	int64_t now_ms = step->now->mono_ms;
	if (v->held_ms <= now_ms) {
		visit_give(v, step, GIVEN_ANSWER, 1);
		return false;
	}
	if (v->deadline_ms > now_ms && v->grace_ms > now_ms)
		return false;
	if (v->state == VISIT_SAVING) {
		v->unsaid = true;
		move(v, VISIT_THANKED, now_ms, now_ms + step->rules->thanks_ms);
		return false;
	}
	return time_over(v, now_ms);
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* Whole seconds left for the bar, rounded up; 0: no bar. */
static uint8_t bar(const struct visit *v, int64_t now_ms)
{
	int64_t end = earlier(v->deadline_ms, v->grace_ms);
	if (v->state != VISIT_ASKING || end == MOMENT_NEVER || end <= now_ms ||
	    end - now_ms > VISIT_BAR_S * 1000)
		return 0;
	return (uint8_t)((end - now_ms + 999) / 1000);
}

int64_t visit_wake_ms(const struct visit *v, int64_t now_ms)
{
	int64_t end = earlier(v->deadline_ms, v->grace_ms);
	int64_t wake = earlier(end, v->held_ms);
	if (v->state != VISIT_ASKING || end == MOMENT_NEVER)
		return wake;
	int64_t shown = bar(v,
			    now_ms); /* the bar is one shorter at end - (shown - 1) s */
	return earlier(wake, end - 1000 * (shown > 0 ? shown - 1 : VISIT_BAR_S));
}

void visit_close(struct visit *v, struct step *step, bool interrupted)
{
	if (v->held_ms != MOMENT_NEVER)
		visit_give(v, step, GIVEN_ANSWER, 1);
	struct save *save = step_save(step);
	touch_row(v, step->now);
	v->row.outcome = outcome_now(v, interrupted);
	if (v->row.outcome == OUTCOME_NOT_ASKED && v->row.reason == REASON_NONE)
		v->row.reason = REASON_RETURN; /* a sale that never came to its total */
	save->closing = true;
	put_row(v, save);
	move(v, VISIT_NONE, step->now->mono_ms, MOMENT_NEVER);
	visit_clear(v);
}

static enum page_kind page_kind(const struct visit *v)
{
	switch (v->state) {
	case VISIT_ASKING:
	case VISIT_SAVING:
		return PAGE_QUESTION;
	case VISIT_THANKED:
		return v->confirmed && !v->unsaid ? PAGE_THANKS : PAGE_THANKS_UNSAVED;
	case VISIT_LEFT:
		return visit_has_answers(v) ? PAGE_THANKS_PARTIAL : PAGE_DECLINED;
	case VISIT_NONE:
	case VISIT_WAITING:
		break;
	}
	return PAGE_GREETING;
}

void visit_page(const struct visit *v, const struct moment *now, struct page *page)
{
	page->kind = page_kind(v);
	page->language = v->row.language;
	page->linked = v->row.card[0] != '\0';
	page->can_go_back = v->state == VISIT_THANKED;
	if (page->kind != PAGE_QUESTION)
		return;
	const struct planned *item = &v->plan.item[v->at];
	page->question = item->question;
	page->place = (uint8_t)(v->at + 1);
	page->of = v->plan.count;
	page->choice_from = v->choice_from;
	page->choice_shift = item->shift;
	page->offer = v->state == VISIT_ASKING && v->at == 0 && visit_is_untouched(v);
	page->can_go_back = v->at > 0;
	page->bar = bar(v, now->mono_ms);
	if (v->held_ms != MOMENT_NEVER)
		page->marked = 1;
	else if (v->given[item->question] == GIVEN_ANSWER)
		page->marked = v->value[item->question];
	if (v->typing_question == item->question)
		memcpy(page->words, v->typing, sizeof page->words);
}

void visit_check(const struct visit *v)
{
	assert((v->state == VISIT_NONE) == id_is_none(&v->row.id));
	assert(v->plan.count <= ASKED_MAX);
	assert(v->held_ms == MOMENT_NEVER || v->state == VISIT_ASKING);
	assert(!v->confirmed || visit_has_answers(v));
	switch (v->state) {
	case VISIT_ASKING:
		assert(v->at < v->plan.count && v->row.reason == REASON_NONE && !v->left);
		break;
	case VISIT_SAVING:
	case VISIT_THANKED:
		assert(count_given(v, GIVEN_NOTHING) == 0 && visit_has_answers(v));
		break;
	case VISIT_NONE:
	case VISIT_WAITING:
	case VISIT_LEFT:
		break;
	}
}
