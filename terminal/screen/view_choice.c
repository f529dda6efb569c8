#include "screen/glyph.h"
#include "screen/sheet.h"

#include <glib.h>

/* ---- yes and no: two large fields ------------------------------------------------------ */

#define YESNO_COLS_MAX 36
#define YESNO_GAP      4

static int yesno_rows(const struct sheet *sheet, const struct question *question,
		      int size)
{
	static const int rows[SIZES] = {3, 5, 7, 7, 11};

	(void)sheet;
	(void)question;
	return rows[size];
}

static void yesno_field(struct sheet *sheet, struct area field, int key, enum word word,
			bool marked)
{
	enum style style = sheet_answer_style(marked);
	const char *text = sheet_word(sheet, word);
	int width = sheet_width(text);
	struct area inside = sheet_inside(field);
	int digit = inside.rows >= 9 ? 6 : 3; /* columns of the number */
	int left = inside.col + MAX(0, (inside.cols - digit - 3 - width) / 2);

	sheet_field(sheet, field, true, marked, sheet_key('0' + (uint32_t)key));
	glyph_number(sheet->canvas, (struct area){inside.row, left, inside.rows, digit},
		     style, key, inside.rows >= 9 ? 2 : 1);
	sheet_text(sheet, inside.row + inside.rows / 2, left + digit + 3, width, false,
		   style, text);
}

static void yesno_draw(struct sheet *sheet, const struct question *question, int row,
		       int size)
{
	int room = (sheet->cols - 2 * SHEET_MARGIN - YESNO_GAP) / 2;
	int cols = MIN(room, YESNO_COLS_MAX);
	int left = (sheet->cols - 2 * cols - YESNO_GAP) / 2;
	struct area field = {row, left, yesno_rows(sheet, question, size), cols};

	yesno_field(sheet, field, 1, WORD_YES, sheet->page->marked == 1);
	field.col += cols + YESNO_GAP;
	yesno_field(sheet, field, 2, WORD_NO, sheet->page->marked == 0);
}

const struct answers answers_yesno = {yesno_rows, yesno_draw};

/* ---- choices: numbered lines, nine a page ------------------------------------------------ */

#define CHOICE_PAGE 9
#define NUMBER_COLS 4  /* "[1] " */
#define FRAMED_COLS 36 /* at least, for a finger */

struct line_size {
	int rows; /* of one line */
	int gap;  /* rows between lines */
};

/* Lines of three rows are framed fields. */
static const struct line_size line_sizes[SIZES] = {
	{1, 0}, {1, 0}, {1, 1}, {3, 0}, {3, 1}};

static int lines_on_page(const struct sheet *sheet, const struct question *question)
{
	return MIN(question->choices - sheet->page->choice_from, CHOICE_PAGE);
}

bool view_has_more(const struct question *question)
{
	return question->kind == QUESTION_CHOICE && question->choices > CHOICE_PAGE;
}

/* The line "more" is among the keys when there is no room for it here. */
static bool has_more_line(const struct question *question, int size)
{
	return size > 0 && view_has_more(question);
}

/* The last page of several is as high as the others. */
static int choice_rows(const struct sheet *sheet, const struct question *question,
		       int size)
{
	const struct line_size *s = &line_sizes[size];
	int n = MIN(question->choices, CHOICE_PAGE);

	(void)sheet;
	return n * s->rows + (n - 1) * s->gap +
	       (has_more_line(question, size) ? s->gap + 1 : 0);
}

/* For the widest line of all pages: the list does not move when one leafs through it. */
static int list_cols(const struct sheet *sheet, const struct question *question,
		     bool framed)
{
	int widest = 0, frame = framed ? 4 : 0;

	for (int i = 0; i < question->choices; i++)
		widest = MAX(widest,
			     sheet_width(question->choice[i][sheet->page->language]));
	widest = MAX(widest + NUMBER_COLS + frame, framed ? FRAMED_COLS : 0);
	return MIN(widest, sheet->cols - 2 * SHEET_MARGIN);
}

static void choice_line(struct sheet *sheet, struct area field, int digit,
			const char *text, bool marked, int choice)
{
	enum style style = sheet_answer_style(marked);
	bool framed = field.rows > 1;
	int row = field.row + field.rows / 2;
	int col = field.col + (framed ? 2 : 0);
	int room = field.cols - NUMBER_COLS - (framed ? 4 : 0);

	if (framed)
		sheet_field(sheet, field, true, marked, sheet_key('0' + (uint32_t)digit));
	else
		canvas_region(sheet->canvas, field, sheet_key('0' + (uint32_t)digit));
	if (marked)
		canvas_fill(sheet->canvas, framed ? sheet_inside(field) : field, style);
	if (choice > 0)
		sheet_check(sheet, "choices", choice, sheet_width(text), room, false);
	canvas_draw(sheet->canvas, row, col, style, marked ? '>' : '[');
	canvas_draw(sheet->canvas, row, col + 1, style, '0' + (uint32_t)digit);
	canvas_draw(sheet->canvas, row, col + 2, style, marked ? '<' : ']');
	sheet_text(sheet, row, col + NUMBER_COLS, room, false,
		   marked ? style : STYLE_PLAIN, text);
}

static void choice_draw(struct sheet *sheet, const struct question *question, int row,
			int size)
{
	const struct page *page = sheet->page;
	const struct line_size *s = &line_sizes[size];
	int cols = list_cols(sheet, question, s->rows > 1);
	struct area field = {row, (sheet->cols - cols) / 2, s->rows, cols};

	for (int i = 0; i < lines_on_page(sheet, question); i++) {
		int choice = page_choice_at(question, page->choice_shift,
					    (uint8_t)(page->choice_from + i));

		choice_line(sheet, field, i + 1,
			    question->choice[choice - 1][page->language],
			    page->marked == choice, choice);
		field.row += s->rows + s->gap;
	}
	if (has_more_line(question, size)) {
		int last = row + choice_rows(sheet, question, size) - 1;
		struct area more =
			sheet_text(sheet, last, field.col + (s->rows > 1 ? 2 : 0), cols,
				   false, STYLE_ANSWER, sheet_word(sheet, WORD_KEY_MORE));

		canvas_region(sheet->canvas, more, sheet_key('0'));
	}
}

const struct answers answers_choice = {choice_rows, choice_draw};
