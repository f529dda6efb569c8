/*
 * Fuzzes the display decoders for their promises, not only for crashes:
 *   - the screen does not depend on how the bytes were split;
 *   - every cell holds a printable character, every line is UTF-8 of 20 characters and marks;
 *   - after a quiet line a picture from the beginning stands there whole, whatever came before.
 * The input: a byte of options (protocol: modulo 6; 8: an encoding, bits 4-6), a byte that
 * seeds the splits, then the line's bytes; 0xFC in them is a quiet line.
 */
#include <stdlib.h>
#include <string.h>

#include "drivers/display.h"

#define QUIET 0xFC

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void start(struct display *d, uint8_t options)
{
	const struct display_options o = {
		.protocol = display_protocols[(options & 7) % display_protocols_n],
		.has_page = (options & 8) != 0,
		.page = (enum code_page)((options >> 4) % CODE_PAGES),
	};

	display_init(d, &o);
}

static void check_line(const struct display_cell *row)
{
	char text[DISPLAY_LINE_MAX + 1];

	for (int i = 0; i < DISPLAY_COLS; i++) {
		uint32_t c = row[i].character;

		check(c >= 0x20 && (c < 0x7F || c >= 0xA0) && c <= 0x10FFFF);
		check(row[i].mark == 0 || strchr(".,;", row[i].mark) != NULL);
	}
	display_line_text(row, text);
	check(strlen(text) >= DISPLAY_COLS && strlen(text) <= DISPLAY_LINE_MAX);
}

static void check_state(const struct display *d)
{
	check(d->screen.row < DISPLAY_ROWS && d->screen.col < DISPLAY_COLS);
	check(d->leads <= 3 && d->parameters <= DISPLAY_PARAMETERS_MAX);
	check(d->texts <= DISPLAY_TEXT_MAX);
	for (int row = 0; row < DISPLAY_ROWS; row++) {
		check_line(d->screen.cells[row]);
		check_line(d->screen.whole[row]);
	}
}

static void feed(struct display *d, const uint8_t *bytes, size_t n, unsigned *seed)
{
	while (n > 0) {
		size_t piece = 1;

		if (*bytes == QUIET) {
			display_quiet(d);
			bytes++;
			n--;
			continue;
		}
		*seed = *seed * 1103515245u + 12345u;
		while (piece < n && piece <= (*seed >> 16) % 9 && bytes[piece] != QUIET)
			piece++;
		display_feed(d, bytes, piece);
		bytes += piece;
		n -= piece;
	}
}

static const char *const pictures[] = {"\x1b=\x02\x1b@\x0cTOTAL",
				       "\x1b=\x02\x1b@\x0cTOTAL",
				       "\x04\x01%\x17TOTAL",
				       "\x1fTOTAL",
				       "",
				       ""};

/* Whatever was before: it can be used again. */
static void check_recovers(struct display *d, unsigned protocol)
{
	char text[DISPLAY_LINE_MAX + 1];

	if (*pictures[protocol] == '\0')
		return;
	display_quiet(d);
	display_feed(d, (const unsigned char *)pictures[protocol],
		     strlen(pictures[protocol]));
	display_line_text(d->screen.cells[0], text);
	check(memcmp(text, "TOTAL               ", DISPLAY_COLS) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct display whole, split;
	unsigned seed = 0;

	if (size < 2)
		return 0;
	start(&whole, data[0]);
	start(&split, data[0]);
	for (size_t i = 2; i < size; i++) {
		if (data[i] == QUIET)
			display_quiet(&whole);
		else
			display_feed(&whole, data + i, 1);
	}
	seed = data[1];
	feed(&split, data + 2, size - 2, &seed);
	check_state(&whole);
	for (int row = 0; row < DISPLAY_ROWS; row++)
		for (int i = 0; i < DISPLAY_COLS; i++)
			check(whole.screen.cells[row][i].character ==
				      split.screen.cells[row][i].character &&
			      whole.screen.cells[row][i].mark ==
				      split.screen.cells[row][i].mark);
	check(whole.kicked == split.kicked && whole.screen.wholes == split.screen.wholes);
	check_recovers(&whole, (unsigned)((data[0] & 7) % display_protocols_n));
	return 0;
}
