#include "screen/sheet.h"

#include <glib.h>

#define WORDS_COLS_MAX 72
#define LINES_MAX      40 /* of WORDS_MAX bytes, in the narrowest field */

/* The customer's own words: a framed field that shows the end of what was typed. */
static int rows(const struct sheet *sheet, const struct question *question, int size)
{
	static const int rows_of[SIZES] = {3, 4, 5, 8, 12};

	(void)sheet;
	(void)question;
	return rows_of[size];
}

static void draw(struct sheet *sheet, const struct question *question, int row, int size)
{
	int cols = MIN(sheet->cols - 2 * SHEET_MARGIN, WORDS_COLS_MAX);
	struct area field = {row, (sheet->cols - cols) / 2, rows(sheet, question, size),
			     cols};
	struct area inside = sheet_inside(field);
	struct screen_text text;
	struct screen_line lines[LINES_MAX];
	int n, first, col;

	inside.col++;
	inside.cols -= 2;
	canvas_frame(sheet->canvas, field, STYLE_ANSWER, false);
	screen_text_set(&text, sheet->page->words);
	n = screen_text_fold(&text, inside.cols - 1, lines, LINES_MAX);
	n = MIN(n, LINES_MAX);
	first = MAX(0, n - inside.rows);
	for (int i = first; i < n; i++)
		canvas_put_line(sheet->canvas, inside.row + i - first, inside.col,
				STYLE_PLAIN, &text, lines[i]);
	col = n > 0 ? lines[n - 1].cols : 0;
	canvas_draw(sheet->canvas, inside.row + MAX(0, n - 1 - first), inside.col + col,
		    STYLE_ANSWER, '_');
}

const struct answers answers_words = {rows, draw};
