/* glyph.h - large digits and faces, built of half blocks.
 *
 * A glyph is a picture of dots; one cell shows two dots, one above the other, so that a dot is
 * about square.  Only for canvases that are not ascii_only.
 */
#ifndef TILLASK_SCREEN_GLYPH_H
#define TILLASK_SCREEN_GLYPH_H

#include "screen/canvas.h"

struct glyph;

enum glyph_face { GLYPH_FACE_SMALL, GLYPH_FACE_ROUND }; /* 5 x 3 and 11 x 5 cells */

const struct glyph *glyph_digit(int digit); /* 0..9: 3 x 3 cells; 1 is narrower */
const struct glyph *glyph_face(enum glyph_face size, int value); /* 1 worst .. 5 */
const struct glyph *glyph_check(void);                           /* a tick */

/* Cells that it takes, each dot SCALE dots wide and high. */
int glyph_cols(const struct glyph *glyph, int scale);
int glyph_rows(const struct glyph *glyph, int scale);

/* Draws the dots and leaves the cells between them as they are, but gives them STYLE. */
void glyph_draw(struct canvas *c, int row, int col, enum style style,
		const struct glyph *glyph, int scale);

/* NUMBER (0..99) in large digits, centred in AREA; the digit itself where the canvas is
 * ascii_only, or AREA or SCALE too small for it. */
void glyph_number(struct canvas *c, struct area area, enum style style, int number,
		  int scale);

#endif
