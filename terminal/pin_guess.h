/* pin_guess.h - PINs tried, and how often in a row in vain, across restarts.
 *
 * A PIN counts as wrong, durably, before it is looked at, and as right only afterwards: who
 * pulls the plug to guess again has made a guess all the same.  The counts are lines
 * `manager N` and `cashier NUMBER N` of DATABASE.pin.wrong, of those who have a PIN; each person
 * has a count of their own, so a cashier's right PIN forgives nothing of guesses at the
 * manager's.  No time is kept: what the clock says plays no part (core/pin_field.h).
 *
 * On a disk that cannot be written the counts last until the program ends.
 */
#ifndef TILLASK_PIN_GUESS_H
#define TILLASK_PIN_GUESS_H

#include <stdbool.h>
#include <stdint.h>

struct pin_guess {
	bool right;
	uint16_t wrong; /* in a row, this one too; 0 when right */
};

/* pin_check() (pin.h), counted.  Blocks on the disk and the hash.  One thread at a time. */
struct pin_guess pin_guess(const char *database, const char *cashier, const char *pin);

/* The greatest count that stands; 0: none.  Blocks on the disk. */
uint16_t pin_guess_wrong(const char *database);

#endif
