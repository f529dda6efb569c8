/*
 * magstripe: bytes of a magnetic-stripe reader -> one card_reading a swipe
 *
 * A byte-wise state machine (reader.h, "Rules of all decoders") over what readers make of
 * ISO/IEC 7811, 7813 and ISO 4909. It reads every framing without being told which:
 *
 *   MagTek swipe       [STX ESC] %1? ;2? +3? [LRC] CR [ETX]; track 3 also ! or #
 *   MagTek insertion   the same and a digit 0 or 1, the card sensor, before CR
 *   ID TECH MiniMag    each track: SS data ? CR; or STX SS data ? [LRC] DLE, at last ETX
 *   Ultimate 500, 600  each track: SS data ? CR; a bad read is M1! CR or M2! CR
 *   Extech             an error is ESC E , nn , text CR LF
 *   all                a failed track is the letter E, or nothing, between its sentinels
 *
 *           start of track            `?`: closed, as it is
 *   OUTSIDE --------------> INSIDE --------------------------> OUTSIDE
 *     | ^                     | cut by % ; (tracks 2, 3), CR LF ETX DLE, idle: truncated
 *     | | any byte            | over 200 bytes: overlong, wait for the next start
 *     v |
 *   LRC, MARK (M1! of Ultimate readers), ESCAPE (ESC E , nn of Extech printers)
 *
 * A swipe is a set of tracks. It ends when a track number comes again, at ETX, when the
 * line is idle, or when all three tracks are there; a refusal is told at once, as nothing
 * that follows can take it back. Noise outside tracks, sign-on texts, sensor digits and
 * empty frames give nothing.
 *
 * The guard (payment_card.h) sees all tracks, bad ones too. Then the number is that of the
 * first good track in the order 2, 1, 3: the 4 to 19 digits before `=` or the end; on track
 * 1 the digits up to `^` behind format B, when a configured prefix begins them, else all
 * data, if they are 4 to 40 of 0-9A-Z. No number: one error, the first of enum card_error.
 *
 * Pure: no clock, no allocation, no GLib; any thread, one at a time; never blocks. Track
 * data are wiped when the swipe is told, by magstripe_reset, and as soon as a track was
 * refused. The caller wipes its own receive buffer.
 */
#ifndef DRIVERS_MAGSTRIPE_H
#define DRIVERS_MAGSTRIPE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/card.h"
#include "core/payment_card.h"

/* One frame's payload; above it the track is given up. */
#define MAGSTRIPE_PAYLOAD_MAX 200

enum magstripe_state {
	MAGSTRIPE_OUTSIDE,
	MAGSTRIPE_INSIDE,   /* between the sentinels of .track */
	MAGSTRIPE_LRC,      /* after `?`, with the LRC option: one byte to drop */
	MAGSTRIPE_M,        /* "M" was seen */
	MAGSTRIPE_M_DIGIT,  /* "M1" or "M2" */
	MAGSTRIPE_MARK,     /* "M1!" or "M2!": read error if CR follows, else track 3 */
	MAGSTRIPE_ESCAPE,   /* ESC */
	MAGSTRIPE_ESCAPE_E, /* ESC E */
	MAGSTRIPE_ESCAPE_E_COMMA, /* ESC E , and a digit makes it a read error */
};

/* All fields are the decoder's own. Tracks are 1 to 3; index 0 is unused. */
struct magstripe {
	const struct card_rules *rules;
	bool lrc;
	enum magstripe_state state;
	int track;        /* being read, or named by a mark */
	unsigned payload; /* bytes since its start sentinel */
	unsigned faults;  /* of it, bits by enum card_error */
	struct card_raw raw[4];
	bool closed[4]; /* the swipe has this track, good or bad */
	bool good[4];
	unsigned swipe_faults;
	bool told; /* the swipe was refused, and that was said */
};

/* `rules` is borrowed as long as the decoder lives. `lrc`: the reader sends one check
 * character after each `?`; whatever it is, it is dropped. */
void magstripe_init(struct magstripe *m, const struct card_rules *rules, bool lrc);

/* Takes n bytes as they came. `sink` is called once a swipe. */
void magstripe_feed(struct magstripe *m, const unsigned char *bytes, size_t n,
		    card_sink *sink, void *user);

/* The line was idle for MAGSTRIPE_IDLE_MS: the burst ends, and the swipe with it. */
#define MAGSTRIPE_IDLE_MS 300
void magstripe_idle(struct magstripe *m, card_sink *sink, void *user);

/* Is something begun that only more bytes or an idle line can end? When not, no idle
 * timer is needed. */
bool magstripe_pending(const struct magstripe *m);

/* Forgets everything unread and unsaid (port lost, input drained, pause), and wipes it. */
void magstripe_reset(struct magstripe *m);

#endif
