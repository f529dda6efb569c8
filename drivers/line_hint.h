/*
 * line_hint: what a technician should do about what a device sends, in words
 *
 * Looks at the bytes beside the decoder that reads them, a burst at a time. It sees what a
 * decoder cannot say: bit 7 set as another parity sets it, garbage as another speed gives
 * it, a line that nothing drives, everything twice, no line end, and frames of a protocol
 * that is not the one chosen (the other decoders run beside it, and only whether they read
 * something is kept of them).
 *
 * Pure: no clock, no allocation; any thread, one at a time; never blocks. Of the bytes only
 * counts are kept, and in the other decoders what they have begun; wiped at each idle
 * line. No text it gives holds anything that was read.
 */
#ifndef DRIVERS_LINE_HINT_H
#define DRIVERS_LINE_HINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/presentation.h"
#include "drivers/reader.h"

/* The other protocols that are tried; line_hint.c names them. */
#define LINE_HINT_TRIALS 5

struct line_hint_trial {
	union reader_decoder decoder;
	bool read; /* a number, or a refusal */
};

/* A burst, counted. */
struct line_hint_burst {
	size_t n;
	size_t printable,
		controls;        /* as 7 bits: 0x20-0x7E; bytes that frames are made of */
	size_t high, even;       /* bit 7 set; an even number of bits set */
	size_t empty;            /* NUL and FF */
	size_t twins;            /* pairs of equal bytes, at even places */
	unsigned char last, sum; /* sum: XOR since the last line end */
	unsigned char kinds;     /* all bytes are the same: 1 */
	int sign_on;             /* how far a MagTek sign-on text was matched */
	bool check_byte;         /* a line's last byte was the XOR of the others */
	unsigned numbers, errors,
		refusals; /* told by the decoder of the protocol chosen */
	bool bad_char, truncated, twice, random_uid;
};

/* All fields are its own. */
struct line_hint {
	const struct reader_options *options;
	struct presentation number; /* of the burst */
	struct line_hint_burst burst;
	struct line_hint_trial trial[LINE_HINT_TRIALS];
	const char *told;
};

/* `options` is borrowed. */
void line_hint_init(struct line_hint *h, const struct reader_options *options);

/* Takes n bytes as they came. */
void line_hint_bytes(struct line_hint *h, const unsigned char *bytes, size_t n,
		     int64_t now_ms);

/* What the chosen decoder told of them; also at the idle line, before line_hint_idle(). */
void line_hint_card(struct line_hint *h, const struct card_reading *reading);

/* The line was idle: what to do about the burst, a sentence without its full stop; NULL:
 * nothing, or the same as for the burst before. The text is constant. */
const char *line_hint_idle(struct line_hint *h);

#endif
