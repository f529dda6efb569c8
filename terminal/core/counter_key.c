#include "core/counter_parts.h"

#include <string.h>

const struct question *counter_rest_question(const struct counter *c)
{
	/* whom the manager chose is asked here and now */
	bool rests = c->respondent != RESPONDENT_CUSTOMER ||
		     (c->rules->offer == OFFER_REST && c->paused_ms == MOMENT_NEVER);
	if (!rests || c->rest_plan.count == 0 || counter_is_behind(c))
		return NULL;
	return &c->rules->questionnaire->question[c->rest_plan.item[0].question];
}

static bool is_digit(enum key key, uint32_t character)
{
	return key == KEY_TEXT && character >= '0' && character <= '9';
}

void counter_pause(struct counter *c, struct step *step)
{
	if (c->paused_ms != MOMENT_NEVER) {
		c->paused_ms = MOMENT_NEVER;
		counter_show_notice(c, step, (struct notice){.toast = TOAST_RESUMED});
	} else {
		c->paused_ms = step->now->mono_ms + COUNTER_PAUSE_MS;
		counter_show_notice(c, step, (struct notice){.toast = TOAST_PAUSED});
	}
	step_effect(step, EFFECT_DRAIN);
}

static void next_language(struct counter *c, struct step *step)
{
	c->language = counter_next_language(c, c->language);
	overlay_more_time(&c->overlay, step);
	if (visit_is_open(&c->visit)) {
		c->visit.row.language = c->language;
		visit_more_time(&c->visit, c->rules, step->now->mono_ms);
	} else {
		c->language_ms = c->language == c->rules->language
					 ? MOMENT_NEVER
					 : step->now->mono_ms + c->rules->answer_ms;
	}
}

/* In training too: what is confirmed is kept, and a customer may stand there. */
static void save_complaint(struct counter *c, struct step *step)
{
	struct save *save = step_save(step);
	struct visit_row *row = &save->visit;
	const struct visit_row *open = &c->visit.row;
	save->has_visit = true;
	save->closing = true;
	row->id = dice_id(step->dice, step->now->utc_ms);
	row->day = step->now->day;
	row->opened = row->last = *step->now;
	row->offered_ms = MOMENT_NEVER;
	row->trigger = TRIGGER_KEY;
	row->language = c->language;
	memcpy(row->card, open->card, sizeof row->card);
	row->card_kind = open->card_kind;
	if (visit_is_open(&c->visit))
		memcpy(row->receipt, open->receipt, sizeof row->receipt);
	else if (counter_sale_is_open(c))
		memcpy(row->receipt, c->receipt, sizeof row->receipt);
	memcpy(row->cashier, c->cashier, sizeof row->cashier);
	row->outcome = OUTCOME_COMPLAINT;
	row->complaint_choice = (uint8_t)c->overlay.marked;
	overlay_saving(&c->overlay, step, save->ticket);
}

static void overlay_gets(struct counter *c, struct step *step, enum key key,
			 uint32_t character)
{
	switch (overlay_key(&c->overlay, &c->guesses, step, key, character)) {
	case OVERLAY_STAYS:
		break;
	case OVERLAY_REFUSED:
		counter_show_notice(c, step,
				    (struct notice){.toast = TOAST_CARD_PAYMENT});
		break;
	case OVERLAY_CHOSEN:
		save_complaint(c, step);
		break;
	case OVERLAY_CLOSED:
		counter_uncover(c, step);
		break;
	}
}

/* Whether DIGIT would answer Q (with the choices from CHOICE_FROM on its page). */
static bool answers(const struct question *q, uint8_t choice_from, uint32_t digit)
{
	switch (q->kind) {
	case QUESTION_SMILEY:
		return digit >= 1 && digit <= 5;
	case QUESTION_NPS10:
	case QUESTION_NPS11:
		return true;
	case QUESTION_YESNO:
		return digit == 1 || digit == 2;
	case QUESTION_CHOICE:
		return digit >= 1 && choice_from + digit <= q->choices;
	case QUESTION_WORDS:
		return false;
	}
	return false;
}

/* Who leaves the manager's pages often presses Esc once more: no customer has declined. */
static bool is_managers(const struct counter *c, const struct step *step, enum key key)
{
	return key == KEY_ESCAPE && c->managed_ms != MOMENT_NEVER &&
	       step->now->mono_ms - c->managed_ms < VISIT_HAMMER_MS;
}

/* A key while nobody is there: the question on the screen is the offer. */
static void rest_key(struct counter *c, struct step *step, enum key key,
		     uint32_t character)
{
	const struct question *q = counter_rest_question(c);
	if (q == NULL || is_managers(c, step, key))
		return;
	bool begins = key == KEY_ENTER || key == KEY_ESCAPE;
	if (q->kind == QUESTION_WORDS)
		begins = begins || key == KEY_TEXT;
	else if (is_digit(key, character))
		begins = answers(q, c->rest_choice_from, character - '0');
	else
		begins = begins || (key == KEY_TEXT && character == '-');
	if (begins) {
		counter_open(c, step, TRIGGER_KEY, SALE_NONE);
		c->plan_used = true;
		visit_offer(&c->visit, step, &c->rest_plan, true);
		c->visit.choice_from = c->rest_choice_from;
		visit_key(&c->visit, step, key, character);
	} else if (q->kind == QUESTION_CHOICE && key == KEY_TEXT && character == '0') {
		c->rest_choice_from = c->rest_choice_from + 9 < q->choices
					      ? (uint8_t)(c->rest_choice_from + 9)
					      : 0;
	}
}

static void customer_key(struct counter *c, struct step *step, enum key key,
			 uint32_t character)
{
	struct visit *v = &c->visit;
	if (counter_is_undecided(c) && counter_rest_question(c) != NULL)
		counter_facts(c, step, NULL); /* a customer is faster than the look-up */
	if (!visit_is_open(v)) {
		rest_key(c, step, key, character);
	} else if ((v->state == VISIT_THANKED || v->state == VISIT_LEFT) &&
		   is_digit(key, character)) {
		const struct question *q = counter_rest_question(c);
		if (q == NULL || v->stage == STAGE_BEGUN ||
		    step->now->mono_ms - v->entered_ms < VISIT_HAMMER_MS)
			return;
		counter_close(c, step, true);
		rest_key(c, step, key, character);
	} else {
		visit_key(v, step, key, character);
	}
}

/* The same answer key within 400 ms of its last is the keyboard repeating. */
static bool repeats(struct counter *c, int64_t now_ms, uint32_t character)
{
	bool again = character == c->repeat_key &&
		     now_ms - c->repeat_ms < COUNTER_REPEAT_MS;
	c->repeat_key = character;
	c->repeat_ms = now_ms;
	return again;
}

static bool takes_text(const struct counter *c)
{
	const struct question *q = counter_rest_question(c);
	if (visit_is_open(&c->visit))
		return visit_wants_text(&c->visit, c->rules);
	return q != NULL && q->kind == QUESTION_WORDS;
}

/* A complaint is the customer's until it is saved: no cashier's key takes it off the screen. */
static bool complains(const struct counter *c)
{
	return c->overlay.kind == OVERLAY_COMPLAINT ||
	       c->overlay.kind == OVERLAY_COMPLAINT_SAVING;
}

/* Keys that mean the same on every page.  True: it was one. */
static bool common_key(struct counter *c, struct step *step, enum key key)
{
	switch (key) {
	case KEY_DEMO:
		step_effect(step, EFFECT_DEMO_SWIPE);
		return true;
	case KEY_PAUSE:
		counter_pause(c, step);
		return true;
	case KEY_CASHIER:
		if (!counter_manages(c) && !complains(c))
			overlay_open(&c->overlay, OVERLAY_CASHIER, step);
		return true;
	case KEY_MANAGER:
		if (counter_manages(c))
			return false;
		if (!complains(c)) {
			overlay_open(&c->overlay, OVERLAY_MANAGER, step);
			manager_open(&c->manager, step);
		}
		return true;
	case KEY_TEXT:
	case KEY_ENTER:
	case KEY_BACKSPACE:
	case KEY_ESCAPE:
		break;
	}
	return false;
}

void counter_key(struct counter *c, struct step *step, enum key key, uint32_t character)
{
	bool pins = c->overlay.kind == OVERLAY_CASHIER ||
		    c->overlay.kind == OVERLAY_MANAGER;
	bool covered = c->overlay.kind != OVERLAY_NONE;
	bool text = !covered && takes_text(c);
	if (common_key(c, step, key))
		return;
	if (counter_manages(c)) {
		counter_manager_key(c, step, key, character);
		return;
	}
	if (counter_is_full(c) && !pins)
		return;
	if (!text && !complains(c) && key == KEY_TEXT && character == '*') {
		if (!counter_is_behind(c))
			overlay_open(&c->overlay, OVERLAY_COMPLAINT, step);
		return;
	}
	if (pins) {
		if (c->overlay.kind == OVERLAY_MANAGER)
			counter_manager_key(c, step, key, character);
		else
			overlay_gets(c, step, key, character);
		return;
	}
	if (!text && is_digit(key, character) &&
	    repeats(c, step->now->mono_ms, character))
		return;
	if (!text && key == KEY_TEXT && character == '/')
		next_language(c, step);
	else if (covered)
		overlay_gets(c, step, key, character);
	else
		customer_key(c, step, key, character);
}
