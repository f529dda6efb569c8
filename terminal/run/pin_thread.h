/* pin_thread.h - PINs checked beside the main loop: a hash takes a tenth of a second, a disk that
 * hangs for ever.
 *
 * Main thread only; nothing but pin_thread_end() waits.
 */
#ifndef TILLASK_RUN_PIN_THREAD_H
#define TILLASK_RUN_PIN_THREAD_H

#include "pin_guess.h"

typedef void (*pin_thread_done)(void *self, const struct pin_guess *guess,
				const char *cashier);

/* Begins a check (pin_guess.h) of CASHIER's PIN, "" the manager's; DONE is called from the main loop,
 * unless another check was begun meanwhile.  Texts are copied and wiped, DATABASE is borrowed. */
void pin_thread_check(const char *database, const char *cashier, const char *pin,
		      pin_thread_done done, void *self);

typedef void (*pin_thread_set)(void *self, bool set);

/* Asks whether the manager's PIN is set (pin.h); ANSWER is called from the main loop, unless it was
 * asked again meanwhile.  On a disk that hangs: never. */
void pin_thread_ask_set(const char *database, pin_thread_set answer, void *self);

/* Waits for checks under way; nothing is told any more. */
void pin_thread_end(void);

#endif
