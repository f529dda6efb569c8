/*
 * display_screen: the 2 x 20 characters of a customer display, and its cursor
 *
 * What every command set moves about on (Epson DM-D110 specification). Rows and columns
 * count from 0 here. The wrap is deferred, so that tills that send 40 characters in a row
 * read as those that send 20 and LF CR: the 20th leaves the cursor on the last column, and
 * only the next one wraps; every move of the cursor takes that back.
 *
 * A till that paints the same picture for ever never leaves its line quiet. So the screen
 * keeps, besides what stands on it, the last *whole picture*: what stood there when the
 * till began to paint anew (clears, goes home, writes the upper line again) or turned away
 * from the display.
 *
 * Pure, fixed memory. One thread.
 */
#ifndef DRIVERS_DISPLAY_SCREEN_H
#define DRIVERS_DISPLAY_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DISPLAY_ROWS 2
#define DISPLAY_COLS 20

struct display_cell {
	uint32_t character; /* Unicode, printable */
	char mark;          /* '.', ',' or ';' in the same cell; 0: none */
};

typedef struct display_cell display_picture[DISPLAY_ROWS][DISPLAY_COLS];

enum display_mode {
	DISPLAY_OVERWRITE,  /* after row 0 comes row 1, after row 1 row 0 */
	DISPLAY_VERTICAL,   /* after row 1 the rows move up */
	DISPLAY_HORIZONTAL, /* at the right end the row moves left */
};

struct display_screen {
	display_picture cells;
	uint8_t row, col;
	bool edge; /* the last column is written: the next character wraps */
	enum display_mode mode;
	display_picture whole; /* the last whole picture */
	bool painted;          /* characters were put since */
	uint32_t wholes;       /* how many there were, modulo 2^32 */
};

/* Blank, overwrite mode, cursor at home; no whole picture yet. */
void display_screen_init(struct display_screen *s);
/* The display is initialised by command: blank, overwrite, home. */
void display_screen_reset(struct display_screen *s);
void display_screen_clear(struct display_screen *s);     /* and home */
void display_screen_clear_row(struct display_screen *s); /* and to its left end */
void display_screen_put(struct display_screen *s, uint32_t character, char mark);
/* Outside the screen: nothing. */
void display_screen_to(struct display_screen *s, int row, int col);
void display_screen_left(struct display_screen *s);
void display_screen_right(struct display_screen *s);
void display_screen_up(struct display_screen *s);
void display_screen_down(struct display_screen *s);
/* A row at once: n characters, blanks after them, more than fit are dropped. The cursor
 * stays. */
void display_screen_write(struct display_screen *s, int row, const uint32_t *text, int n);
/* Blanks from position `from` to `to` (0 to 39, row after row). */
void display_screen_blank(struct display_screen *s, int from, int to);
/* What stands there is a whole picture. */
void display_screen_whole(struct display_screen *s);

/* UTF-8 of a row with the marks after their characters, all 20 columns, and a NUL. */
#define DISPLAY_LINE_MAX (DISPLAY_COLS * 5)
void display_line_text(const struct display_cell row[DISPLAY_COLS],
		       char out[DISPLAY_LINE_MAX + 1]);

#endif
