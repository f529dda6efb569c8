/* canvas.h - cells in memory: the screen before it is escape codes.
 *
 * Views draw on it, tests dump it, tty.c paints it.  A cell holds one base character (and up to
 * two combining ones), its width and its style; a wide character takes two cells.  Regions of
 * cells can stand for a key, so that a touch or click is that key.  Fixed size, no allocation
 * after canvas_resize(); drawing outside is clipped.  Main thread only.
 */
#ifndef TILLASK_SCREEN_CANVAS_H
#define TILLASK_SCREEN_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/event.h"
#include "screen/screen_text.h"

#define CANVAS_ROWS_MAX 100
#define CANVAS_COLS_MAX 300
#define CANVAS_HITS_MAX 64

/* Meaning, not colour: tty.c maps each to colours and, on mono screens, to bold, reverse or
 * underline.  Meaning is never carried by colour alone. */
enum style {
	STYLE_PLAIN,
	STYLE_TITLE,  /* the question's wording */
	STYLE_ANSWER, /* a field, face or digit that can be chosen */
	STYLE_MARKED, /* the one chosen */
	STYLE_HINT,   /* keys and small print */
	STYLE_STATUS, /* the cashier's line */
	STYLE_GOOD,   /* toast: done */
	STYLE_ALERT,  /* toast: not done; not saving */
	STYLE_BAR,
	STYLE_POLE, /* the till's two lines */
	STYLE_DIM,  /* the clock of the night */
	STYLES
};

struct cell {
	/* Unicode; [0] 0: the right half of a wide character; [1], [2] combining or 0 */
	uint32_t character[3];
	uint8_t style;
	uint8_t width; /* 1 or 2; 0 for a right half */
	uint16_t hit;  /* 0, or 1 + index into hits */
};

/* The keys that a touch stands for: one, or `character` and then `second` (the 10 of nps11). */
struct canvas_hit {
	enum key key;
	uint32_t character; /* KEY_TEXT only */
	uint32_t second;    /* KEY_TEXT only; 0: none */
};

struct canvas {
	int rows, cols;
	struct cell *cell; /* rows * cols */
	uint8_t hits;
	struct canvas_hit hit[CANVAS_HITS_MAX];
	bool ascii_only; /* the screen has no box-drawing characters: views use + - | */
};

/* A rectangle of cells. */
struct area {
	int row, col, rows, cols;
};

void canvas_init(struct canvas *c); /* 0 x 0, not ascii_only */
void canvas_resize(struct canvas *c, int rows,
		   int cols);        /* clears; clamps to the maxima */
void canvas_clear(struct canvas *c); /* spaces, STYLE_PLAIN, no hits */
void canvas_free(struct canvas *c);

/* Draws TEXT (a '\n' in it as a space) from ROW, COL on; outside the canvas it is cut, a wide
 * character whole. */
void canvas_put(struct canvas *c, int row, int col, enum style style,
		const struct screen_text *text);
/* The same with a stretch of it. */
void canvas_put_line(struct canvas *c, int row, int col, enum style style,
		     const struct screen_text *text, struct screen_line line);

/* One character of width 1; for lines and blocks that a view draws itself. */
void canvas_draw(struct canvas *c, int row, int col, enum style style,
		 uint32_t character);

/* Spaces of STYLE. */
void canvas_fill(struct canvas *c, struct area area, enum style style);

/* A frame along the edge of AREA (at least 2 x 2): a single line, or a double one (in ASCII
 * "#"), which says "marked" without colour. */
void canvas_frame(struct canvas *c, struct area area, enum style style, bool twice);

/* A touch within AREA is HIT. */
void canvas_region(struct canvas *c, struct area area, struct canvas_hit hit);

/* What a touch at ROW, COL means; false when nothing. */
bool canvas_touched(const struct canvas *c, int row, int col, struct canvas_hit *hit);

/* The canvas as text, for tests: its rows without trailing spaces.  With `layers`, then a row
 * of "~" and the rows again with a letter a cell for its style: space plain, T title,
 * A answer, M marked, h hint, s status, g good, ! alert, b bar, p pole, d dim; and below them the regions of
 * touch: row, col, rows x cols, key.  g_free() it. */
char *canvas_dump(const struct canvas *c, bool layers);

#endif
