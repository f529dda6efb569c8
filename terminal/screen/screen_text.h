/* screen_text.h - text that may be drawn: no control characters, width known.
 *
 * Whatever comes from a file, a device, a server or a person becomes a struct screen_text
 * before a canvas takes it: what was typed elsewhere cannot move the cursor.  It holds
 * valid UTF-8 of printable characters, and '\n' where a line break is wished.
 *
 * Dropped: control characters, marks of writing direction, zero-width spaces, a combining
 * character without a base or past the second.  A tab is a space.  Bytes that are not UTF-8,
 * and characters that Unicode has not assigned, are '?'.
 */
#ifndef TILLASK_SCREEN_TEXT_H
#define TILLASK_SCREEN_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#define SCREEN_TEXT_MAX 1000 /* bytes; what is longer is cut between characters */

struct screen_text {
	int length; /* bytes */
	int cols;   /* on one line; '\n' counts as a space */
	char utf8[SCREEN_TEXT_MAX + 1];
};

/* A stretch of a text that stands on one line: without the spaces around it. */
struct screen_line {
	int start, length; /* bytes */
	int cols;
};

/* UTF8: any bytes, NUL-terminated. */
void screen_text_set(struct screen_text *text, const char *utf8);

/* Columns that CHARACTER takes: 0, 1 or 2. */
int screen_text_width(uint32_t character);

/*
 * Breaks TEXT at its '\n', at spaces and between wide characters into as few lines of at most
 * COLS columns as possible, of much the same width.  A word wider than COLS is broken within.
 * Writes up to MAX lines; returns how many there are, which may be more.
 */
int screen_text_wrap(const struct screen_text *text, int cols, struct screen_line *lines,
		     int max);

/* The same for a text that is being typed: each line takes what it can, and the spaces at the
 * end of the text stand on the last. */
int screen_text_fold(const struct screen_text *text, int cols, struct screen_line *lines,
		     int max);

/* The widest stretch that screen_text_wrap() breaks only by force. */
int screen_text_widest(const struct screen_text *text);

/* The first COLS columns of TEXT, as a line. */
struct screen_line screen_text_head(const struct screen_text *text, int cols);

#endif
