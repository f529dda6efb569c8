/* pause.h - how long a sender waits after failures: growing, jittered, pure.
 *
 * Thousands of tills lose one server at the same time; the dice keep them from coming back at
 * the same time.
 */
#ifndef TILLASK_SYNC_PAUSE_H
#define TILLASK_SYNC_PAUSE_H

#include <stdint.h>

#define PAUSE_LEAST_MS 2000
#define PAUSE_MOST_MS  900000 /* before the dice: half to one and a half of it */

/* After so many FAILURES in a row (1..): PAUSE_LEAST_MS doubled for each further one, at most
 * PAUSE_MOST_MS, times 0.5 to 1.5 by DICE (any 32 random bits). */
int64_t pause_ms(int failures, uint32_t dice);

/* What is left at NOW of a pause until NOT_BEFORE (INT64_MIN: none), wall clock.  A clock that
 * was set makes none longer than the longest. */
int64_t pause_left_ms(int64_t not_before_ms, int64_t now_ms);

#endif
