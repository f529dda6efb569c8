/* pin_field.h - a PIN that is typed, with or without a number before it: F4 and F10.
 *
 * Guessing costs time: after N wrong ones in a row the next is not looked at for
 * 500 ms x 2^N, at most GUESS_DELAY_MAX_MS.  One clock for all pages, and one check at a time, so
 * neither another page nor Esc makes it free.  How many were wrong in a row is counted by the
 * world, for each person and across restarts (pin_guess.h); a restart begins the delay anew, so
 * nothing is won by pulling the plug or by setting the clock.
 *
 * PINs are wiped as soon as they are handed on.
 */
#ifndef TILLASK_CORE_PIN_FIELD_H
#define TILLASK_CORE_PIN_FIELD_H

#include "core/event.h"
#include "core/step.h"

#define GUESS_DELAY_MAX_MS (5 * 60 * 1000)

/* What all PIN fields of a counter share. */
struct guesses {
	bool awaited; /* one EFFECT_CHECK_PIN at a time, so that an answer is its own */
	int64_t not_before_ms;
};

/* WRONG of them in a row; 0: the next one may be tried at once. */
void guesses_count(struct guesses *g, uint16_t wrong, int64_t now_ms);

struct pin_field {
	bool numbered; /* number, [Enter], PIN, [Enter]; else the PIN only */
	char number[CASHIER_MAX + 1]; /* of a cashier */
	char pin[PIN_MAX + 1];
	bool asks_pin;
	bool checking, wrong;
	uint16_t wait_s; /* [Enter] came before the next try is allowed: so long still */
};

void pin_field_open(struct pin_field *f, bool numbered);

enum pin_result {
	PIN_STAYS,
	PIN_LEFT,    /* the field is to be left */
	PIN_REFUSED, /* a payment card's number was typed as the number, and is forgotten */
};

/* One key; [Enter] makes an EFFECT_CHECK_PIN. */
enum pin_result pin_field_key(struct pin_field *f, struct guesses *g, struct step *step,
			      enum key key, uint32_t character);

/* The answer to the check.  True: this field had asked, and it is right. */
bool pin_field_answer(struct pin_field *f, bool right);

#endif
