/*
 * card: loyalty numbers, their kinds, and how they are shown
 *
 * What a card reader, a barcode, a file or a person may hand to the rest of the program is
 * a struct card_reading: a number that passed the guard (payment_card.h), or an error, or
 * a refusal. Nothing here holds track data.
 *
 * Pure: no clock, no allocation, no input or output; every function may be called on any
 * thread, and none blocks. Strings are NUL-terminated ASCII.
 */
#ifndef CORE_CARD_H
#define CORE_CARD_H

#include <stdbool.h>

/* The longest number any protocol gives: a whole track 1 of 40 characters
 * (drivers/magstripe.h). */
#define CARD_NUMBER_MAX 40

enum card_result {
	CARD_NUMBER,           /* a number that may be kept */
	CARD_ERROR,            /* the card could not be read; .error says how */
	CARD_REFUSED_PAYMENT,  /* a bank card: nothing of it is left */
	CARD_REFUSED_DOCUMENT, /* a driving licence or the like: nothing of it is left */
};

/* The order is that in which one swipe's errors are told: the first that occurs. */
enum card_error {
	CARD_READ_ERROR, /* the reader said so, or a track came empty */
	CARD_TRUNCATED,  /* a start without its end */
	CARD_BAD_CHAR,   /* a byte that the track's alphabet lacks */
	CARD_OVERLONG,   /* more than the standard allows */
	CARD_FORMAT,     /* well-formed, but no number in it */
	CARD_CHECKSUM,   /* RFID, EAN */
	CARD_LENGTH,     /* RFID, UID */
};
#define CARD_ERRORS (CARD_LENGTH + 1)

/* One event of a reader, passed by value. `error` is meaningful for CARD_ERROR only;
 * `number` is empty for everything but CARD_NUMBER. */
struct card_reading {
	enum card_result result;
	enum card_error error;
	char number[CARD_NUMBER_MAX + 1];
};

/* Where a decoder's readings go. The reading is borrowed for the call, and wiped after it. */
typedef void card_sink(const struct card_reading *reading, void *user);

/* The word of an error on every surface (listen, logs, database): "read-error",
 * "truncated", "bad-char", "overlong", "format", "checksum", "length". */
const char *card_error_name(enum card_error error);

/* Kinds of loyalty card, `[cards KIND]` in config.ini. */
enum card_kind {
	CARD_KIND_NONE,
	CARD_KIND_BONUS,
	CARD_KIND_DISCOUNT,
	CARD_KIND_PRIVILEGE,
	CARD_KIND_STAFF,
};
#define CARD_KINDS (CARD_KIND_STAFF + 1)

/* "", "bonus", "discount", "privilege", "staff". */
const char *card_kind_name(enum card_kind kind);

/* The reverse. False, and *kind untouched, for any other word; "" is CARD_KIND_NONE. */
bool card_kind_from_name(const char *name, enum card_kind *kind);

/*
 * Which numbers are ours, as one reader sees it: its own `prefix=` values, of kind none,
 * and every `[cards KIND] prefix=`. `any`: the reader names no prefix of its own, and every
 * number is accepted; the list then only tells kinds (and exceptions to the guard).
 * A prefix is 1 to 19 characters, compared character by character. A UPC-A comes with 12
 * digits from some scanners and with a zero before them from others: a
 * number with a right check digit matches a prefix in either form.
 */
#define CARD_PREFIXES_MAX 64
struct card_prefix {
	char digits[20];
	enum card_kind kind;
};
struct card_rules {
	bool any;
	int n;
	struct card_prefix prefix[CARD_PREFIXES_MAX];
};

/*
 * Is `number` one of ours? False: foreign, *kind is CARD_KIND_NONE. True: *kind is that of
 * the longest matching prefix that names a kind (a reader's own prefix says whose the
 * number is, not what kind it is), else CARD_KIND_NONE.
 */
bool card_accepts(const struct card_rules *rules, const char *number,
		  enum card_kind *kind);

/* Does `number` begin with a prefix of the list, whatever `any` says? The guard's and the
 * decoders' question: "a configured loyalty prefix" (payment_card.h, magstripe.h). */
bool card_has_prefix(const struct card_rules *rules, const char *number);

/* The number as people and files see it: '*' and its last four characters, never more than
 * half of it: "*1234"; "*34" for "1234"; "*" for an empty one. */
void card_mask(const char *number, char out[6]);

/* Is this an EAN or UPC: 8, 12 or 13 digits whose check digit is right? From the right,
 * weights 1,3,1,3...; the sum is a multiple of 10 (GS1). */
bool card_ean(const char *number);

#endif
