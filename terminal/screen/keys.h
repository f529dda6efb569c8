/* keys.h - bytes from a keyboard, and the time, -> keys and touches.
 *
 * Pure: no clock, file or terminal; the result does not depend on how reads were split (but for
 * the burst below).  What is promised (README, "Keys"):
 *   - Escape is a key only when nothing follows it for KEYS_ESCAPE_MS: an unknown escape
 *     sequence, Alt and a letter, or half a sequence is never Escape, and never text;
 *   - a paste is nothing: between the marks of bracketed paste, and where the terminal has no
 *     marks, a burst of more than KEYS_BURST bytes in one read and all that follows it
 *     without a pause of KEYS_PAUSE_MS;
 *   - the keypad with NumLock off counts as digits;
 *   - control characters (Ctrl-C, Ctrl-Z, ...) are nothing.
 */
#ifndef TILLASK_SCREEN_KEYS_H
#define TILLASK_SCREEN_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/event.h"

#define KEYS_ESCAPE_MS    20   /* Esc acts within 25 ms */
#define KEYS_SEQUENCE_MS  500  /* half a sequence is given up */
#define KEYS_PASTE_MS     2000 /* a paste whose end never came */
#define KEYS_BURST        1024 /* bytes: no person types that in one read */
#define KEYS_PAUSE_MS     50
#define KEYS_SEQUENCE_MAX 32
#define KEYS_OWN_MAX      8

enum keys_kind { KEYS_KEY, KEYS_TOUCH };

struct keys_event {
	enum keys_kind kind;
	enum key key;       /* KEYS_KEY */
	uint32_t character; /* Unicode, KEY_TEXT only */
	int row, col;       /* KEYS_TOUCH: 0-based */
};

typedef void keys_func(void *self, const struct keys_event *event);

enum keys_state {
	KEYS_GROUND,
	KEYS_ESCAPED,   /* ESC came */
	KEYS_CSI,       /* ESC [ */
	KEYS_CONSOLE,   /* ESC [ [ of the Linux console */
	KEYS_SS3,       /* ESC O */
	KEYS_STRING,    /* ESC P, ], X, ^, _ : up to BEL or ESC \ */
	KEYS_MOUSE,     /* ESC [ M, three bytes follow */
	KEYS_META_UTF8, /* Alt and a character of several bytes */
	KEYS_PASTE,     /* up to ESC [ 201 ~ */
	KEYS_FLOOD,     /* a paste without marks */
};

struct keys {
	enum keys_state state;
	int64_t since_ms; /* of the last byte, when not KEYS_GROUND */
	int length;       /* of `sequence`, without the ESC */
	char sequence[KEYS_SEQUENCE_MAX + 1];
	bool utf8;
	uint32_t high[128]; /* not utf8: Unicode of the bytes 0x80..0xff; 0: none */
	uint32_t character; /* UTF-8 so far */
	uint32_t least;     /* smallest character of that length */
	int missing;        /* bytes of it to come */
	int own;
	struct {
		char sequence[KEYS_SEQUENCE_MAX + 1];
		enum key key;
	} own_key[KEYS_OWN_MAX];
};

/* HIGH: for a locale of one byte a character, what its bytes 0x80..0xff are; NULL: UTF-8. */
void keys_init(struct keys *keys, const uint32_t high[128]);

/* A sequence of this terminal (terminfo's kf2, ...), with its ESC, besides the well-known ones.
 * NULL, one without ESC, or one too many is ignored. */
void keys_add(struct keys *keys, const char *sequence, enum key key);

/* One read of N bytes at NOW_MS (monotonic).  Calls TAKE for each key and touch. */
void keys_feed(struct keys *keys, const void *bytes, size_t n, int64_t now_ms,
	       keys_func *take, void *self);

/* When keys_time() must be called, or MOMENT_NEVER; changes with every call. */
int64_t keys_deadline_ms(const struct keys *keys);

/* The time is NOW_MS and no byte came. */
void keys_time(struct keys *keys, int64_t now_ms, keys_func *take, void *self);

/* What came so far is no key any more: an Escape, half a character or half a sequence is dropped;
 * the rest of a sequence or a paste that is still to come is swallowed. */
void keys_drain(struct keys *keys);

#endif
