/*
 * recording: what a device sent, as a text that replay:FILE plays (port.h), without a bank card
 *
 * A burst is held in fixed memory until the line is idle and the decoder has told what it
 * was; only then is it written, each piece with its time. A burst is written as it came when
 * all that was told of it are numbers that passed the guard, and the guard finds no other
 * in the bytes between (payment_card_text). Otherwise it is blanked first:
 *
 *   refused                     every digit becomes 0 and every letter X (x), save that a
 *                               number of 12 digits or more begins with 62 (a document's
 *                               with 636000): played again it is refused again
 *   not read, or nothing told   the same when it may hold a cut bank card: when there is a
 *                               sentinel or separator of a magnetic track in it, or a run of
 *                               more than 6 digits (10 where the protocol has hex numbers)
 *   read as another number      the same when there is such a sentinel, which only
 *                               magstripe has a use for
 *   longer than the memory      the same, whatever it was
 *
 * What says why a read failed is kept: lengths, sentinels, control bytes, parity of bytes,
 * the marks E and M1!. Bit 7 hides nothing: digits with the wrong parity are digits.
 *
 * Pure: no clock, no file: `write` takes the text. Wiped after each burst. One thread.
 */
#ifndef DRIVERS_RECORDING_H
#define DRIVERS_RECORDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/card.h"
#include "core/payment_card.h"

#ifdef TILLASK_TINY_BUFFERS
#define RECORDING_BYTES_MAX  48
#define RECORDING_PIECES_MAX 3
#else
#define RECORDING_BYTES_MAX  4096
#define RECORDING_PIECES_MAX 256
#endif

/* Takes a piece of the text: whole lines or parts of one. */
typedef void recording_write(const char *text, size_t n, void *user);

/* Bytes [from, the next one's from) came at at_ms. */
struct recording_piece {
	int64_t at_ms;
	size_t from;
};

/* All fields are the recording's own. */
struct recording {
	recording_write *write;
	void *user;
	const struct card_rules *rules;
	bool tracks, hex_ids; /* the protocol's: magnetic tracks, hex numbers */
	int64_t written_ms;   /* of the piece written last; -1: none */
	bool number, refused, document, failed; /* what was told of the burst */
	size_t n, pieces;
	unsigned char bytes[RECORDING_BYTES_MAX];
	struct recording_piece piece[RECORDING_PIECES_MAX];
};

/* `rules` is borrowed; `protocol` is the decoder's (reader.h). */
void recording_init(struct recording *r, const struct card_rules *rules,
		    const char *protocol, recording_write *write, void *user);

/* n bytes came at now_ms. `between`: the decoder has nothing begun before them, so a long
 * burst may be written here without waiting for its end. */
void recording_bytes(struct recording *r, const unsigned char *bytes, size_t n,
		     int64_t now_ms, bool between);

/* What the decoder told; also what it told at the idle line, before recording_idle(). */
void recording_card(struct recording *r, const struct card_reading *reading);

/* The line was idle, or ended: the burst is written, and wiped. */
void recording_idle(struct recording *r);

#endif
