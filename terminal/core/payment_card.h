/*
 * payment_card: the guard. Is this a bank card, an identity document?
 *
 * Customers and cashiers will swipe bank cards. Their numbers are never kept, shown,
 * logged or sent (PCI DSS 4.0: 3.3.1, 3.4.1, 3.5.1; 3.2.1: 3.2 to 3.4): every number
 * passes here before it may become a struct card_reading, wherever it came from.
 *
 * A payment card is, of a table of issuer ranges (payment_card.c; after the public
 * table credit-card-type) and of AAMVA licences:
 *   1. track 1 is `B` and 12 or more digits (blanks between them do not count), unless a
 *      configured loyalty prefix begins them and rule 2 does not hold;
 *   2. 12-19 digits in a core range with a right Luhn sum (UnionPay 62: whatever the sum);
 *      a loyalty prefix never overrides this;
 *   3. 12-19 digits in the broad (Maestro) range with a right Luhn sum, and no configured
 *      loyalty prefix.
 * Five things are stricter here than is usual, because what is refused too much is a
 * nuisance and what is let through is a crime:
 *   - a track's digits end at its first character that is no digit, whichever it is;
 *   - a letter before the digits of track 1 (its format code) is passed over;
 *   - RuPay's 82 and Troy's 9792, which lie in no core range, are treated like the broad
 *     range;
 *   - on track 3 two digits of format code may stand before the number (ISO 4909): when a
 *     separator follows and no loyalty prefix begins the field, rule 2 is asked of the rest;
 *   - a licence is also known by its track 1 alone: two letters of a state, a city
 *     without digits, '^', and a name with '$' in it.
 *
 * Pure, no allocation, any thread, never blocks. Every copy made here is wiped.
 */
#ifndef CORE_PAYMENT_CARD_H
#define CORE_PAYMENT_CARD_H

#include <stdbool.h>
#include <stddef.h>

#include "core/card.h"

/*
 * Raw data of one track or frame: fixed, wipeable, and without a formatter. It may be
 * named only in drivers/ and payment_card.* (make check-source holds that). Whoever owns
 * one wipes it on every path.
 */
#define CARD_RAW_MAX 104 /* data characters of the longest track, ISO 4909 */
struct card_raw {
	unsigned n;
	char bytes[CARD_RAW_MAX]; /* not NUL-terminated */
};

/* Empties it so that the compiler cannot leave it out (explicit_bzero). */
void card_raw_wipe(struct card_raw *raw);

/* Adds a byte; beyond CARD_RAW_MAX it is dropped (the caller counts, and says overlong). */
void card_raw_add(struct card_raw *raw, unsigned char byte);

/* What the guard says of one track. */
enum payment_card_verdict {
	PAYMENT_CARD_CLEAR,
	PAYMENT_CARD_PAYMENT,
	PAYMENT_CARD_DOCUMENT,
};

/* The data between the sentinels of track 1, 2 or 3, complete, bad or cut. One refused
 * track refuses the whole swipe. A document is told before a payment card when both fit
 * (a licence's number passes Luhn one time in ten). */
enum payment_card_verdict payment_card_track(int track, const struct card_raw *raw,
					     const struct card_rules *rules);

/* Rules 2 and 3 for a number that was scanned, imported, sent or typed: true = refuse.
 * Blanks and hyphens between digits do not count; with any other character in it the text
 * is no number, and false. */
bool payment_card_number(const char *number, const struct card_rules *rules);

/*
 * The same and more for n bytes of a text, complete or cut, that a reader sent which is no
 * magnetic one, or that came through the socket: where numbers may stand among other things.
 * `barcode`: it was scanned, and an exception holds: 8, 12 or 13 digits with a right
 * EAN/UPC check digit, and nothing else, are clear.
 *   - each run of digits in it is asked as a number (blanks and hyphens between do not count);
 *   - what follows a `%` or `;` is asked as track 1 or 2: a magnetic reader on the wrong
 *     protocol; and a `=` or `^`, 7 or more digits (expiry, service code) and a `?` are the
 *     tail of a bank card's track whose head was lost;
 *   - a run of 12 or more digits that begins as a licence's is a document, and so are
 *     the head of a licence's PDF417 ("ANSI " or "AAMVA" and a digit) and the filler "<<" of
 *     passports and identity cards (ICAO 9303).
 * A document is told before a payment card.
 */
enum payment_card_verdict payment_card_text(const char *text, size_t n, bool barcode,
					    const struct card_rules *rules);

#endif
