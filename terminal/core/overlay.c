#include "core/overlay.h"

#include <string.h>

#define CONFIRM_MS 2000 /* longer, and the page claims nothing (README, "A visit") */

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

void overlay_stay(struct overlay *o, struct step *step)
{
	stay(o, step, OVERLAY_IDLE_MS);
}

/* The manager's others let no complaint in. */
static bool is_for_pin(const struct overlay *o)
{
	return o->kind == OVERLAY_CASHIER || o->kind == OVERLAY_MANAGER;
}

void overlay_open(struct overlay *o, enum overlay_kind kind, struct step *step)
{
	const struct question *q = &step->rules->questionnaire->complaint;
	struct overlay under = *o;
	overlay_close(o);
	o->kind = kind;
	if (kind == OVERLAY_COMPLAINT) {
		o->under = is_for_pin(&under) ? under.kind : OVERLAY_NONE;
		memcpy(o->pin.number, under.pin.number, sizeof o->pin.number);
		stay(o, step, step->rules->answer_ms);
		if (q->rotate && q->choices > 2)
			o->shift = (uint8_t)dice_below(step->dice, q->choices - 1u);
	} else {
		pin_field_open(&o->pin, true);
		overlay_stay(o, step);
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
	memcpy(o->pin.number, over.pin.number, sizeof o->pin.number);
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

static enum overlay_result cashier_result(enum pin_result result)
{
	switch (result) {
	case PIN_STAYS:
		break;
	case PIN_LEFT:
		return OVERLAY_CLOSED;
	case PIN_REFUSED:
		return OVERLAY_REFUSED;
	}
	return OVERLAY_STAYS;
}

enum overlay_result overlay_key(struct overlay *o, struct guesses *guesses,
				struct step *step, enum key key, uint32_t character)
{
	switch (o->kind) {
	case OVERLAY_COMPLAINT:
		return complaint_key(o, step, key, character);
	case OVERLAY_COMPLAINT_DONE:
		return key == KEY_ESCAPE || key == KEY_ENTER ? OVERLAY_CLOSED
							     : OVERLAY_STAYS;
	case OVERLAY_CASHIER:
		overlay_stay(o, step);
		return cashier_result(
			pin_field_key(&o->pin, guesses, step, key, character));
	case OVERLAY_MANAGER:
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
	if (o->kind != OVERLAY_CASHIER || !o->pin.checking)
		return false;
	overlay_stay(o, step);
	return pin_field_answer(&o->pin, right);
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
		page->kind = PAGE_CASHIER;
		page->typed = (uint8_t)strlen(o->pin.pin);
		memcpy(page->number, o->pin.number, sizeof page->number);
		page->asks_pin = o->pin.asks_pin;
		page->wrong = o->pin.wrong;
		page->wait_s = o->pin.wait_s;
		break;
	case OVERLAY_MANAGER: /* manager_page() */
		break;
	}
}
