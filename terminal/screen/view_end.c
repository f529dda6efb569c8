#include "screen/glyph.h"
#include "screen/sheet.h"

#include <glib.h>

#define FRAME_COLS_MAX 60

static enum word word_of(enum page_kind kind)
{
	switch (kind) {
	case PAGE_GREETING:
		return WORD_REST;
	case PAGE_THANKS:
		return WORD_THANKS;
	case PAGE_THANKS_UNSAVED:
		return WORD_THANKS_UNSAVED;
	case PAGE_THANKS_PARTIAL:
		return WORD_THANKS_PARTIAL;
	case PAGE_DECLINED:
		return WORD_DECLINED;
	case PAGE_COMPLAINT_SAVED:
		return WORD_COMPLAINT_SAVED;
	case PAGE_QUESTION:
	case PAGE_COMPLAINT:
	case PAGE_CASHIER:
	case PAGE_MANAGER:
	case PAGE_ASLEEP:
		break;
	}
	g_assert_not_reached();
}

/* A tick stands only where something is safely stored. */
static bool has_check(const struct sheet *sheet)
{
	return (sheet->page->kind == PAGE_THANKS ||
		sheet->page->kind == PAGE_COMPLAINT_SAVED) &&
	       !sheet->canvas->ascii_only;
}

/* The shop's own line, where there is one and the customer is thanked for answers. */
static const char *done_line(const struct sheet *sheet)
{
	const char *line = sheet->context->questionnaire->done[sheet->page->language];
	return sheet->page->kind == PAGE_THANKS && line != NULL && line[0] != '\0' ? line
										   : NULL;
}

static void draw_done(struct sheet *sheet, int row, const char *line)
{
	sheet_centre(sheet, row, STYLE_PLAIN, sheet_word(sheet, WORD_DONE));
	sheet_centre(sheet, row + 1, STYLE_PLAIN, line);
}

void view_end(struct sheet *sheet)
{
	const char *text = sheet_word(sheet, word_of(sheet->page->kind));
	const struct hint_wishes none = {false, false};
	const struct glyph *check = glyph_check();
	int hint_rows = view_hints(sheet, 0, 1, none, false);
	int scale = sheet->rows >= 36 ? 2 : 1;
	int cols = MIN(sheet->cols - 2 * SHEET_MARGIN, FRAME_COLS_MAX);
	const char *done = done_line(sheet);
	int done_rows = done != NULL ? 3 : 0;
	int room = sheet->rows - 1 - hint_rows;
	int check_rows = has_check(sheet) ? glyph_rows(check, scale) + 1 : 0;
	if (done != NULL && check_rows + 3 + done_rows >= room)
		check_rows =
			0; /* a small screen: the words are worth more than the tick */
	int air = CLAMP((room * 2 / 3 - check_rows - done_rows - 3) / 2, 0,
			2 * scale); /* above and below */
	int rows = check_rows + 3 + done_rows + 2 * air;
	struct area frame = {1 + (room - rows) / 2, (sheet->cols - cols) / 2, rows, cols};
	int row = frame.row + 1 + air;

	view_top(sheet, 0);
	canvas_frame(sheet->canvas, frame, STYLE_PLAIN, false);
	if (check_rows > 0)
		glyph_draw(sheet->canvas, row,
			   (sheet->cols - glyph_cols(check, scale)) / 2, STYLE_ANSWER,
			   check, scale);
	sheet_centre(sheet, row + check_rows, STYLE_TITLE, text);
	if (done != NULL)
		draw_done(sheet, row + check_rows + 2, done);
	view_hints(sheet, sheet->rows - hint_rows, 1, none, true);
}
