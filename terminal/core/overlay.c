#include "core/overlay.h"

#include <string.h>

#include "core/payment_card.h"

#define CONFIRM_MS 2000 /* contract.md: more than 2 s, and the page claims nothing */

static void stay(struct overlay *o, struct step *step, int64_t ms)
{
	o->deadline_ms = step->now->mono_ms + ms;
}

void overlay_close(struct overlay *o)
{
	explicit_bzero(o, sizeof *o);
	o->deadline_ms = MOMENT_NEVER;
	o->marked = -1;
}

static bool is_for_pin(const struct overlay *o)
{
	return o->kind == OVERLAY_CASHIER || o->kind == OVERLAY_MANAGER_PIN;
}

void overlay_open(struct overlay *o, enum overlay_kind kind, struct step *step)
{
	const struct question *q = &step->rules->questionnaire->complaint;
	struct overlay under = *o;
	overlay_close(o);
	o->kind = kind;
	if (kind == OVERLAY_COMPLAINT) {
		o->under = is_for_pin(&under) ? under.kind : OVERLAY_NONE;
		memcpy(o->number, under.number, sizeof o->number);
		stay(o, step, step->rules->answer_ms);
		if (q->rotate && q->choices > 2)
			o->shift = (uint8_t)dice_below(step->dice, q->choices - 1u);
	} else {
		stay(o, step, OVERLAY_IDLE_MS);
	}
	explicit_bzero(&under, sizeof under);
}

bool overlay_back(struct overlay *o, struct step *step)
{
	const struct overlay over = *o;
	overlay_close(o);
	if (over.under == OVERLAY_NONE)
		return false;
	overlay_open(o, over.under, step);
	memcpy(o->number, over.number, sizeof o->number);
	return true;
}

void overlay_more_time(struct overlay *o, struct step *step)
{
	if (o->kind == OVERLAY_COMPLAINT)
		stay(o, step, step->rules->answer_ms);
}

static enum overlay_result complaint_key(struct overlay *o, struct step *step,
					 enum key key, uint32_t character)
{
	const struct question *q = &step->rules->questionnaire->complaint;
	overlay_more_time(o, step);
	if (key == KEY_ESCAPE || key == KEY_BACKSPACE)
		return OVERLAY_CLOSED;
	if (key != KEY_TEXT)
		return OVERLAY_STAYS;
	if (character == '-' || character == '.')
		return OVERLAY_CLOSED;
	if (character == '0' && q->choices > 9)
		o->choice_from = o->choice_from + 9 < q->choices
					 ? (uint8_t)(o->choice_from + 9)
					 : 0;
	if (character < '1' || character > '9')
		return OVERLAY_STAYS;
	uint32_t line = o->choice_from + character - '1';
	if (line >= q->choices)
		return OVERLAY_STAYS;
	o->marked = page_choice_at(q, o->shift, (uint8_t)line);
	return OVERLAY_CHOSEN;
}

static bool type_digit(char *text, size_t most, uint32_t character)
{
	size_t length = strlen(text);
	if (character < '0' || character > '9' || length >= most)
		return false;
	text[length] = (char)character;
	return true;
}

static bool erase(char *text)
{
	size_t length = strlen(text);
	if (length == 0)
		return false;
	text[length - 1] = '\0';
	return true;
}

static void check_pin(struct overlay *o, struct step *step)
{
	struct effect *effect = step_effect(step, EFFECT_CHECK_PIN);
	if (o->kind == OVERLAY_CASHIER)
		memcpy(effect->pin.cashier, o->number, sizeof o->number);
	memcpy(effect->pin.pin, o->pin, sizeof o->pin);
	explicit_bzero(o->pin, sizeof o->pin);
	o->checking = true;
}

bool overlay_checks(const struct overlay *o)
{
	return o->kind == OVERLAY_MANAGER_PIN ||
	       (o->kind == OVERLAY_CASHIER && o->asks_pin);
}

/* Somebody types a bank card's number as if it were the cashier's. */
static bool is_payment_card(struct overlay *o)
{
	static const struct card_rules any = {.any = true};
	if (payment_card_text(o->number, strlen(o->number), false, &any) ==
	    PAYMENT_CARD_CLEAR)
		return false;
	explicit_bzero(o->number, sizeof o->number);
	return true;
}

/* Number Enter PIN Enter; the manager has no number. */
static enum overlay_result pin_key(struct overlay *o, struct step *step, enum key key,
				   uint32_t character)
{
	bool pin = overlay_checks(o);
	stay(o, step, OVERLAY_IDLE_MS);
	o->too_soon = false;
	if (key == KEY_ESCAPE)
		return OVERLAY_CLOSED;
	if (o->checking)
		return OVERLAY_STAYS;
	if (key == KEY_TEXT && pin && type_digit(o->pin, PIN_MAX, character))
		o->wrong = false;
	else if (key == KEY_TEXT && !pin && type_digit(o->number, CASHIER_MAX, character))
		o->wrong = false;
	else if (key == KEY_BACKSPACE && pin && !erase(o->pin))
		o->asks_pin = false;
	else if (key == KEY_BACKSPACE && !pin && !erase(o->number))
		return OVERLAY_CLOSED;
	else if (key == KEY_ENTER && pin && o->pin[0] != '\0')
		check_pin(o, step);
	else if (key == KEY_ENTER && !pin && o->number[0] != '\0')
		o->asks_pin = true;
	return !pin && is_payment_card(o) ? OVERLAY_REFUSED : OVERLAY_STAYS;
}

enum overlay_result overlay_key(struct overlay *o, struct step *step, enum key key,
				uint32_t character)
{
	switch (o->kind) {
	case OVERLAY_COMPLAINT:
		return complaint_key(o, step, key, character);
	case OVERLAY_COMPLAINT_DONE:
		return key == KEY_ESCAPE || key == KEY_ENTER ? OVERLAY_CLOSED
							     : OVERLAY_STAYS;
	case OVERLAY_CASHIER:
	case OVERLAY_MANAGER_PIN:
		return pin_key(o, step, key, character);
	case OVERLAY_MANAGER:
		stay(o, step, OVERLAY_IDLE_MS);
		if (key == KEY_TEXT && (character == 'q' || character == 'Q'))
			return OVERLAY_QUIT;
		return key == KEY_ESCAPE || key == KEY_MANAGER ? OVERLAY_CLOSED
							       : OVERLAY_STAYS;
	case OVERLAY_NONE:
	case OVERLAY_COMPLAINT_SAVING:
		break;
	}
	return OVERLAY_STAYS;
}

void overlay_saving(struct overlay *o, struct step *step, uint64_t ticket)
{
	o->kind = OVERLAY_COMPLAINT_SAVING;
	o->ticket = ticket;
	stay(o, step, CONFIRM_MS);
}

void overlay_saved(struct overlay *o, struct step *step)
{
	if (o->kind != OVERLAY_COMPLAINT_SAVING || step->ledger->saved < o->ticket)
		return;
	o->kind = OVERLAY_COMPLAINT_DONE;
	o->confirmed = true;
	stay(o, step, step->rules->thanks_ms);
}

bool overlay_pin(struct overlay *o, struct step *step, bool right)
{
	if (!o->checking)
		return false;
	o->checking = false;
	o->wrong = !right;
	stay(o, step, OVERLAY_IDLE_MS);
	if (right && o->kind == OVERLAY_MANAGER_PIN)
		o->kind = OVERLAY_MANAGER;
	return right;
}

bool overlay_wake(struct overlay *o, struct step *step)
{
	if (o->kind == OVERLAY_NONE || o->deadline_ms > step->now->mono_ms)
		return false;
	if (o->kind != OVERLAY_COMPLAINT_SAVING)
		return true;
	o->kind = OVERLAY_COMPLAINT_DONE;
	stay(o, step, step->rules->thanks_ms);
	return false;
}

void overlay_page(const struct overlay *o, struct page *page)
{
	switch (o->kind) {
	case OVERLAY_NONE:
		return;
	case OVERLAY_COMPLAINT:
	case OVERLAY_COMPLAINT_SAVING:
		page->kind = PAGE_COMPLAINT;
		page->marked = o->marked;
		page->choice_from = o->choice_from;
		page->choice_shift = o->shift;
		break;
	case OVERLAY_COMPLAINT_DONE:
		page->kind = o->confirmed ? PAGE_COMPLAINT_SAVED : PAGE_THANKS_UNSAVED;
		break;
	case OVERLAY_CASHIER:
	case OVERLAY_MANAGER_PIN:
		page->kind = o->kind == OVERLAY_CASHIER ? PAGE_CASHIER : PAGE_MANAGER_PIN;
		page->typed = (uint8_t)strlen(o->pin);
		memcpy(page->number, o->number, sizeof page->number);
		page->asks_pin = o->asks_pin;
		page->wrong = o->wrong;
		page->too_soon = o->too_soon;
		break;
	case OVERLAY_MANAGER:
		page->kind = PAGE_MANAGER;
		break;
	}
}
