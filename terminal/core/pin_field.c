#include "core/pin_field.h"

#include <string.h>

#include "core/payment_card.h"

#define GUESS_DELAY_MS 500

void guesses_count(struct guesses *g, uint16_t wrong, int64_t now_ms)
{
	int64_t delay_ms = GUESS_DELAY_MAX_MS;
	if (wrong < 10)
		delay_ms = (int64_t)GUESS_DELAY_MS << wrong;
	if (delay_ms > GUESS_DELAY_MAX_MS)
		delay_ms = GUESS_DELAY_MAX_MS;
	g->not_before_ms = wrong > 0 ? now_ms + delay_ms : now_ms;
}

void pin_field_open(struct pin_field *f, bool numbered)
{
	explicit_bzero(f, sizeof *f);
	f->numbered = numbered;
	f->asks_pin = !numbered;
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

static void check(struct pin_field *f, struct guesses *g, struct step *step)
{
	int64_t wait_ms = g->not_before_ms - step->now->mono_ms;
	if (wait_ms > 0)
		f->wait_s = (uint16_t)((wait_ms + 999) / 1000);
	if (g->awaited || wait_ms > 0 || f->pin[0] == '\0')
		return;
	struct effect *effect = step_effect(step, EFFECT_CHECK_PIN);
	memcpy(effect->pin.cashier, f->number, sizeof f->number);
	memcpy(effect->pin.pin, f->pin, sizeof f->pin);
	explicit_bzero(f->pin, sizeof f->pin);
	f->checking = g->awaited = true;
}

/* False: there was nothing left to take away. */
static bool step_back(struct pin_field *f)
{
	if (f->asks_pin) {
		if (!erase(f->pin))
			f->asks_pin = !f->numbered;
		return true;
	}
	return erase(f->number);
}

static void type(struct pin_field *f, uint32_t character)
{
	if (f->asks_pin ? type_digit(f->pin, PIN_MAX, character)
			: type_digit(f->number, CASHIER_MAX, character))
		f->wrong = false;
}

/* Somebody types a bank card's number as if it were the cashier's. */
static bool is_payment_card(struct pin_field *f)
{
	static const struct card_rules any = {.any = true};
	if (payment_card_text(f->number, strlen(f->number), false, &any) ==
	    PAYMENT_CARD_CLEAR)
		return false;
	explicit_bzero(f->number, sizeof f->number);
	return true;
}

enum pin_result pin_field_key(struct pin_field *f, struct guesses *g, struct step *step,
			      enum key key, uint32_t character)
{
	bool pin = f->asks_pin;
	f->wait_s = 0;
	if (key == KEY_ESCAPE)
		return PIN_LEFT;
	if (f->checking)
		return PIN_STAYS;
	if (key == KEY_BACKSPACE)
		return step_back(f) ? PIN_STAYS : PIN_LEFT;
	if (key == KEY_TEXT)
		type(f, character);
	else if (key == KEY_ENTER && pin)
		check(f, g, step);
	else if (key == KEY_ENTER && f->number[0] != '\0')
		f->asks_pin = true;
	if (pin || !is_payment_card(f))
		return PIN_STAYS;
	f->asks_pin = false;
	return PIN_REFUSED;
}

bool pin_field_answer(struct pin_field *f, bool right)
{
	if (!f->checking)
		return false;
	f->checking = false;
	f->wrong = !right;
	return right;
}
