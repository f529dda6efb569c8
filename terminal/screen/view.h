/* view.h - a page (core/page.h) drawn on a canvas.
 *
 * Pure: equal pages, contexts and canvas sizes give equal canvases.  The customer's part is all
 * rows but the last; the last is the cashier's line, below it the till's two lines where this
 * terminal is the till's display.  A page that has too few rows for both lines of people gives
 * up the cashier's while that has nothing to say.  Made for one glance: what is asked, the
 * answers as large as there is room for, and the keys.  What is left out first when room lacks
 * is one table in view_question.c.
 *
 * Nothing personal is drawn on the customer's part.  Main thread only; nothing blocks.
 */
#ifndef TILLASK_SCREEN_VIEW_H
#define TILLASK_SCREEN_VIEW_H

#include "core/page.h"
#include "screen/canvas.h"
#include "words.h"

#define VIEW_COLS_MIN 40
#define VIEW_ROWS_MIN 12

/* What a page is drawn with; all borrowed. */
struct view_context {
	const struct questionnaire *questionnaire;
	const struct words *words;
	int cashier_language; /* index: the one at rest, whatever the customer chose */
	bool touch;           /* the customer can touch the screen */
	bool pole; /* this terminal is the till's display: page.pole stands on every page */
};

/* Clears CANVAS and draws PAGE on it.  Where the canvas is smaller than 40 x 12, or has too few
 * rows for what must be on the page, it is a page that says what size is needed. */
void view_draw(struct canvas *canvas, const struct page *page,
	       const struct view_context *context);

/* One text that does not fit a screen. */
struct view_misfit {
	const char *key; /* as in config.ini: "text", "low", "high", "choices" */
	int choice;      /* of "choices": 1..n, else 0 */
	int needs, has;  /* columns, or rows when `rows` */
	bool rows;
};

#define VIEW_COMPLAINT (-1) /* as a question: questionnaire.complaint */

/*
 * Does QUESTION (an index, or VIEW_COMPLAINT) in LANGUAGE fit a screen of COLS x ROWS on every
 * one of its pages?  Draws them and calls TELL (may be NULL) once for each text that had to be
 * cut, with SELF first.  Returns how many those are.
 *
 *	[question overall] text[de]: needs 52 columns, the screen 40x12 has 36
 */
int view_fit(const struct view_context *context, int question, int language, int cols,
	     int rows, void (*tell)(void *self, const struct view_misfit *misfit),
	     void *self);

/* Has a screen of COLS x ROWS room for the code of [survey] qr= on the pages of thanks?  Without
 * one it has not. */
bool view_fits_code(const struct view_context *context, int cols, int rows);

#endif
