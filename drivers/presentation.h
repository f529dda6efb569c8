/*
 * presentation: one event a card that lies on the antenna, however often it is read
 *
 * RFID modules send the id again and again while the card is there (RDM6300: each 65 ms).
 * The same id within PRESENTATION_MS of its last frame is the same
 * presentation. Only a fingerprint of the id is kept.
 *
 * Pure: no clock, no allocation; one thread at a time.
 */
#ifndef DRIVERS_PRESENTATION_H
#define DRIVERS_PRESENTATION_H

#include <stdbool.h>
#include <stdint.h>

/* Public drivers take 300 to 1000 ms: the longest, for the slowest module. */
#define PRESENTATION_MS 1000

/* All zero: nothing was presented yet. */
struct presentation {
	uint64_t fingerprint; /* 0: none */
	int64_t last_ms;
};

/* `number` was read at now_ms: is that a new presentation? */
bool presentation_begins(struct presentation *p, const char *number, int64_t now_ms);

#endif
