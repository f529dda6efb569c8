/*
 * barcode: bytes of a scanner -> one card_reading a code
 *
 * A byte-wise state machine (reader.h, "Rules of all decoders"). A code is a line of
 * printable text:
 *
 *   [STX] [AIM prefix] text [BCC] CR, LF, CR LF or ETX
 *
 * Control bytes and 0xFF before it are skipped. STX inside it begins another one; the begun
 * one, and one without an end when the line is idle, is truncated: a number that was cut is
 * another card's. Behind an ETX all is skipped to the next STX or idle line (a BCC may stand
 * there). Over BARCODE_TEXT_MAX characters: overlong, once, and the rest is skipped.
 *
 * A code has one outcome, the first of these that holds:
 *   refused      the guard (payment_card.h): it sees cut and bad codes too. Behind the head of a
 *                document nothing more is told until the line is idle: a licence's PDF417 is
 *                many lines, a passport's two or three.
 *   read-error   the scanner's words for a trigger that read nothing: NR, NOREAD, NO LABEL
 *   bad-char     a byte outside 0x20-0x7E
 *   checksum     with `bcc`: the last byte is not the XOR of those before it
 *   format       with `ean`, or when the AIM prefix says EAN/UPC: not 8, 12 or 13 digits (]E4:
 *                8); else: nothing but blanks
 *   checksum     the same, and the check digit is wrong
 *   the number   as received, without AIM prefix and BCC
 * An empty line is nothing.
 *
 * The AIM prefix (ISO/IEC 15424) is `]`, a letter and a digit or letter. UPC-E must come
 * expanded, as scanners are told to by default; add-ons alone (]E1, ]E2) are no numbers.
 *
 * Pure: no clock, no allocation, no GLib; any thread, one at a time; never blocks. Bytes are
 * wiped when the code's outcome is told, and by barcode_reset. The caller wipes its own.
 */
#ifndef DRIVERS_BARCODE_H
#define DRIVERS_BARCODE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/card.h"
#include "core/payment_card.h"

#define BARCODE_TEXT_MAX CARD_NUMBER_MAX
#define BARCODE_IDLE_MS  300

enum barcode_state {
	BARCODE_BEFORE, /* a code */
	BARCODE_INSIDE,
	BARCODE_BCC,      /* `bcc`: the check byte was like an end, which must follow */
	BARCODE_BEHIND,   /* an ETX */
	BARCODE_SKIPPING, /* to the end of a code that was too long */
	BARCODE_REFUSING, /* a document, to the idle line */
};

/* All fields are the decoder's own. */
struct barcode {
	const struct card_rules *rules;
	bool ean, bcc;
	enum barcode_state state;
	bool framed; /* it began with STX */
	struct card_raw raw;
};

/* `rules` is borrowed as long as the decoder lives. `ean`: the profile of the same name.
 * `bcc`: a check byte stands before the end. */
void barcode_init(struct barcode *b, const struct card_rules *rules, bool ean, bool bcc);

/* Takes n bytes as they came. `sink` is called once a code. */
void barcode_feed(struct barcode *b, const unsigned char *bytes, size_t n,
		  card_sink *sink, void *user);

/* The line was idle for BARCODE_IDLE_MS. */
void barcode_idle(struct barcode *b, card_sink *sink, void *user);

/* Is something begun that an idle line ends? */
bool barcode_pending(const struct barcode *b);

/* Forgets everything, and wipes it. */
void barcode_reset(struct barcode *b);

#endif
