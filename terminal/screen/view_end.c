#include "screen/glyph.h"
#include "screen/qr.h"
#include "screen/sheet.h"

#include <glib.h>

#define FRAME_COLS_MAX 60
#define TOP_ROWS       1
#define HINT_ROWS      1
#define DONE_ROWS      3
#define CODE_ROWS      2 /* of the words beside it */
#define CODE_GAP       2
#define CODE_MARGIN    1
#define WORDS_COLS_MIN 38 /* a sentence of 36 columns in its frame, beside the code */

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

/* "Write to us" is said to everyone who is thanked, so that it tells nothing of the answers. */
static bool is_thanks(enum page_kind kind)
{
	return kind == PAGE_THANKS || kind == PAGE_THANKS_UNSAVED ||
	       kind == PAGE_THANKS_PARTIAL;
}

struct area view_end_code(const struct sheet *sheet)
{
	const char *text = sheet->context->questionnaire->qr;
	int room = sheet->rows - TOP_ROWS - HINT_ROWS, rows, cols;
	int both = sheet->cols - 2 * CODE_MARGIN - CODE_GAP; /* words and code */

	if (text == NULL || !is_thanks(sheet->page->kind) || sheet->canvas->ascii_only ||
	    !qr_size(text, &rows, &cols) || rows > room || cols + WORDS_COLS_MIN > both)
		return (struct area){0};
	both = MIN(both, FRAME_COLS_MAX + cols);
	return (struct area){TOP_ROWS + (room - rows) / 2,
			     (sheet->cols + both + CODE_GAP) / 2 - cols, rows, cols};
}

/* The columns of the words: all, or what the code leaves. */
static struct area words_beside(const struct sheet *sheet, const struct area *code)
{
	int cols = MIN(code->col - CODE_GAP - CODE_MARGIN, FRAME_COLS_MAX);

	if (code->cols == 0)
		return (struct area){.col = SHEET_MARGIN,
				     .cols = sheet->cols - 2 * SHEET_MARGIN};
	return (struct area){.col = code->col - CODE_GAP - cols, .cols = cols};
}

static void centre(struct sheet *sheet, const struct area *words, int row,
		   enum style style, const char *text)
{
	int cols = MIN(sheet_width(text), words->cols);

	sheet_text(sheet, row, words->col + (words->cols - cols) / 2, cols, false, style,
		   text);
}

static void draw_words(struct sheet *sheet, const struct area *words, int row,
		       const char *done, bool has_code)
{
	const char *text = sheet_word(sheet, word_of(sheet->page->kind));

	centre(sheet, words, row, STYLE_TITLE, text);
	row += 2;
	if (done != NULL) {
		centre(sheet, words, row, STYLE_PLAIN, sheet_word(sheet, WORD_DONE));
		centre(sheet, words, row + 1, STYLE_PLAIN, done);
		row += DONE_ROWS;
	}
	if (has_code)
		centre(sheet, words, row, STYLE_PLAIN, sheet_word(sheet, WORD_QR));
}

void view_end(struct sheet *sheet)
{
	const struct hint_wishes none = {0};
	const struct glyph *check = glyph_check();
	const struct area code = view_end_code(sheet);
	const struct area words = words_beside(sheet, &code);
	int hint_rows = view_hints(sheet, 0, HINT_ROWS, none, false);
	int scale = sheet->rows >= 36 ? 2 : 1;
	int cols = MIN(words.cols, FRAME_COLS_MAX);
	const char *done = done_line(sheet);
	int more_rows = (done != NULL ? DONE_ROWS : 0) + (code.cols > 0 ? CODE_ROWS : 0);
	int room = sheet->rows - TOP_ROWS - hint_rows;
	int check_rows = has_check(sheet) ? glyph_rows(check, scale) + 1 : 0;
	if (more_rows > 0 && check_rows + 3 + more_rows >= room)
		check_rows =
			0; /* a small screen: the words are worth more than the tick */
	int air = CLAMP((room * 2 / 3 - check_rows - more_rows - 3) / 2, 0,
			2 * scale); /* above and below */
	int rows = check_rows + 3 + more_rows + 2 * air;
	struct area frame = {TOP_ROWS + (room - rows) / 2,
			     words.col + (words.cols - cols) / 2, rows, cols};
	int row = frame.row + 1 + air;

	view_top(sheet, 0);
	canvas_frame(sheet->canvas, frame, STYLE_PLAIN, false);
	if (check_rows > 0)
		glyph_draw(sheet->canvas, row,
			   words.col + (words.cols - glyph_cols(check, scale)) / 2,
			   STYLE_ANSWER, check, scale);
	draw_words(sheet, &words, row + check_rows, done, code.cols > 0);
	if (code.cols > 0)
		qr_draw(sheet->canvas, code.row, code.col,
			sheet->context->questionnaire->qr);
	view_hints(sheet, sheet->rows - hint_rows, HINT_ROWS, none, true);
}
