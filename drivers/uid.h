/*
 * uid: lines of a 13.56 MHz module that sends the card's UID -> one card_reading a
 * presentation
 *
 * A byte-wise state machine (reader.h, "Rules of all decoders"), whose readings depend on
 * the times that its calls bear too: a line of 8, 14 or 20 hex digits (4, 7 or 10 bytes)
 * closed by CR, LF or ETX.
 *
 * Control bytes and 0xFF before a line are skipped: STX, a type byte (ACG: 01, 02, 03, FF),
 * noise. Bytes with bit 7 are not: they are digits read with the wrong parity, and a number
 * without them would be another card's. An empty line is nothing; one without an end (idle
 * line, STX inside) is truncated; over UID_LINE_MAX bytes overlong, once, and the rest of
 * the line is skipped.
 *
 * A line has one outcome: first the guard, then bad-char, length, else the number in
 * upper case; with `reverse` its bytes in the other order, for readers that send the last
 * one first. The same number again while the card lies there is nothing (presentation.h).
 *
 * Pure: no clock, no allocation, no GLib; any thread, one at a time; never blocks. Bytes are
 * wiped when the line's outcome is told, and by uid_reset. The caller wipes its own.
 */
#ifndef DRIVERS_UID_H
#define DRIVERS_UID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/card.h"
#include "core/payment_card.h"
#include "drivers/presentation.h"

#define UID_LINE_MAX 32
#define UID_IDLE_MS  300

enum uid_state {
	UID_BEFORE, /* a line */
	UID_INSIDE,
	UID_SKIPPING, /* to the end of a line that was too long */
};

/* All fields are the decoder's own. */
struct uid {
	const struct card_rules *rules;
	bool reverse;
	enum uid_state state;
	struct card_raw raw;
	struct presentation presentation;
};

/* `rules` is borrowed as long as the decoder lives. */
void uid_init(struct uid *u, const struct card_rules *rules, bool reverse);

/* Takes n bytes as they came at now_ms. */
void uid_feed(struct uid *u, const unsigned char *bytes, size_t n, int64_t now_ms,
	      card_sink *sink, void *user);

/* The line was idle for UID_IDLE_MS. */
void uid_idle(struct uid *u, card_sink *sink, void *user);

/* Is a line begun? */
bool uid_pending(const struct uid *u);

/* Forgets everything, the last card too, and wipes it. */
void uid_reset(struct uid *u);

#endif
