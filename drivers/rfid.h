/*
 * rfid: bytes of a 125 kHz module (EM4100 cards) -> one card_reading a presentation
 *
 * A byte-wise state machine (reader.h, "Rules of all decoders"), whose readings depend on
 * the times that its calls bear too.
 *
 *   standard   STX, 10 hex digits, 2 of their checksum (XOR of the 5 bytes), [CR LF,] ETX:
 *              RDM6300 and ID-2/12/20
 *   parallax   LF, 10 hex digits, CR: Parallax #28140/28340, 2400 Bd, no checksum
 *
 *           start                  end: judged
 *   OUTSIDE -----> INSIDE ----------------------------> OUTSIDE
 *    any byte       start again, idle line: truncated
 *    is skipped     over RFID_PAYLOAD_MAX bytes: overlong
 *
 * A frame has one outcome: the number, all 10 digits in upper case (too short to be a bank
 * card's); else the guard's refusal (a bank card on the wrong protocol); else the first
 * that holds of bad-char, length, checksum. A Parallax frame without a byte in it is a line end, and
 * nothing. The same number again while the card lies there is nothing (presentation.h).
 *
 * Pure: no clock, no allocation, no GLib; any thread, one at a time; never blocks. Bytes are
 * wiped when the frame's outcome is told, and by rfid_reset. The caller wipes its own.
 */
#ifndef DRIVERS_RFID_H
#define DRIVERS_RFID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/card.h"
#include "core/payment_card.h"
#include "drivers/presentation.h"

#define RFID_DIGITS      10
#define RFID_PAYLOAD_MAX 32 /* above it the frame is given up */
#define RFID_IDLE_MS     300

/* All fields are the decoder's own. */
struct rfid {
	const struct card_rules *rules;
	bool parallax;
	bool inside;
	unsigned payload;    /* bytes since the start, line ends too */
	unsigned line_ends;  /* CR and LF since the last other byte */
	struct card_raw raw; /* payload without line ends before the end */
	struct presentation presentation;
};

/* `rules` is borrowed as long as the decoder lives. */
void rfid_init(struct rfid *r, const struct card_rules *rules, bool parallax);

/* Takes n bytes as they came at now_ms. */
void rfid_feed(struct rfid *r, const unsigned char *bytes, size_t n, int64_t now_ms,
	       card_sink *sink, void *user);

/* The line was idle for RFID_IDLE_MS: a begun frame is truncated. */
void rfid_idle(struct rfid *r, card_sink *sink, void *user);

/* Is a frame begun? */
bool rfid_pending(const struct rfid *r);

/* Forgets everything, the last card too, and wipes it. */
void rfid_reset(struct rfid *r);

/*
 * What is printed on such a card: the last four of its five bytes as a
 * decimal of 10 digits. `number`: 10 hex digits. False, and `out` untouched, for any other
 * text.
 */
bool rfid_decimal(const char *number, char out[RFID_DIGITS + 1]);

#endif
