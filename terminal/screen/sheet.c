#include "screen/sheet.h"

#include <glib.h>

#define LINES_MAX 8

const char *sheet_word(const struct sheet *sheet, enum word word)
{
	return words_text(sheet->context->words, word, sheet->page->language);
}

const char *sheet_cashier_word(const struct sheet *sheet, enum word word)
{
	return words_text(sheet->context->words, word, sheet->context->cashier_language);
}

int sheet_width(const char *text)
{
	struct screen_text t;

	screen_text_set(&t, text);
	return t.cols;
}

struct area sheet_text(struct sheet *sheet, int row, int col, int cols, bool right,
		       enum style style, const char *text)
{
	struct screen_text t;
	struct screen_line line;

	screen_text_set(&t, text);
	line = screen_text_head(&t, cols);
	if (right)
		col += cols - line.cols;
	canvas_put_line(sheet->canvas, row, col, style, &t, line);
	return (struct area){row, col, 1, line.cols};
}

void sheet_centre(struct sheet *sheet, int row, enum style style, const char *text)
{
	int room = sheet->canvas->cols - 2 * SHEET_MARGIN;
	int cols = MIN(sheet_width(text), room);

	sheet_text(sheet, row, (sheet->canvas->cols - cols) / 2, cols, false, style,
		   text);
}

void sheet_centre_in(struct sheet *sheet, struct area area, enum style style,
		     const char *text)
{
	struct screen_text t;
	struct screen_line lines[LINES_MAX];
	int n;

	screen_text_set(&t, text);
	n = screen_text_wrap(&t, area.cols, lines, LINES_MAX);
	n = MIN(n, MIN(LINES_MAX, area.rows));
	for (int i = 0; i < n; i++)
		canvas_put_line(sheet->canvas, area.row + (area.rows - n) / 2 + i,
				area.col + (area.cols - lines[i].cols) / 2, style, &t,
				lines[i]);
}

void sheet_check(struct sheet *sheet, const char *key, int choice, int needs, int has,
		 bool rows)
{
	if (needs > has && sheet->misfits < SHEET_MISFITS_MAX)
		sheet->misfit[sheet->misfits++] = (struct view_misfit){key, choice, needs,
								       has, rows};
}

void sheet_field(struct sheet *sheet, struct area area, bool framed, bool marked,
		 struct canvas_hit hit)
{
	if (marked)
		canvas_fill(sheet->canvas, area, STYLE_MARKED);
	if (framed || marked)
		canvas_frame(sheet->canvas, area, sheet_answer_style(marked), marked);
	canvas_region(sheet->canvas, area, hit);
}
