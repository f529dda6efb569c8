#include "screen/glyph.h"
#include "screen/sheet.h"

#include <glib.h>

#define LABEL_GAP 2

/* Boxed fields in one row with a common edge, as wide as the screen lets them be. */
struct field_size {
	int rows;     /* within the edges */
	int cols_max; /* likewise */
	int scale;    /* of the digits; 0: plain */
};

static const struct field_size sizes[SIZES] = {
	{1, 4, 0}, {3, 6, 1}, {3, 6, 1}, {5, 6, 1}, {7, 11, 2},
};

static int least(const struct question *question)
{
	return question->kind == QUESTION_NPS11 ? 0 : 1;
}

static int fields(const struct question *question)
{
	return 11 - least(question);
}

/* Columns within the edges of one field. */
static int field_cols(const struct sheet *sheet, const struct question *question,
		      int size)
{
	int room = (sheet->cols - 2 * SHEET_MARGIN - 1) / fields(question) - 1;

	return CLAMP(room, 2, sizes[size].cols_max);
}

/* Large digits need width as well as height. */
static int size_for(const struct sheet *sheet, const struct question *question, int size)
{
	static const int cols_of_ten[] = {2, 5, 10};

	while (size > 0 &&
	       field_cols(sheet, question, size) < cols_of_ten[sizes[size].scale])
		size--;
	return size;
}

static int rows(const struct sheet *sheet, const struct question *question, int size)
{
	return sizes[size_for(sheet, question, size)].rows + 2 + 1;
}

static struct canvas_hit hit_of(const struct question *question, int value)
{
	if (value < 10)
		return sheet_key('0' + (uint32_t)value);
	if (question->kind == QUESTION_NPS10)
		return sheet_key('0');
	return (struct canvas_hit){KEY_TEXT, '1', '0'};
}

/* The edges that two fields share. */
static void join(struct canvas *c, int row, int col, int bottom)
{
	if (c->ascii_only)
		return;
	canvas_draw(c, row, col, STYLE_ANSWER, L'┬');
	canvas_draw(c, bottom, col, STYLE_ANSWER, L'┴');
}

static void draw_field(struct sheet *sheet, const struct question *question,
		       struct area field, int value, int scale)
{
	bool marked = sheet->page->marked == value;

	sheet_field(sheet, field, true, marked, hit_of(question, value));
	glyph_number(sheet->canvas, sheet_inside(field), sheet_answer_style(marked),
		     value, scale);
}

static void draw(struct sheet *sheet, const struct question *question, int row, int size)
{
	int n = fields(question), first = least(question), cols, left;
	const struct field_size *s;

	size = size_for(sheet, question, size);
	s = &sizes[size];
	cols = field_cols(sheet, question, size);
	left = (sheet->cols - n * (cols + 1) - 1) / 2;
	for (int pass = 0; pass < 2;
	     pass++) /* the marked one last: its edges lie above */
		for (int i = 0; i < n; i++) {
			struct area field = {row, left + i * (cols + 1), s->rows + 2,
					     cols + 2};

			if ((sheet->page->marked == first + i) != (pass == 1))
				continue;
			draw_field(sheet, question, field, first + i, s->scale);
			if (i > 0 && pass == 0)
				join(sheet->canvas, row, field.col, row + s->rows + 1);
		}
	view_end_labels(sheet, question, row + s->rows + 2, left,
			left + n * (cols + 1) + 1);
}

void view_end_labels(struct sheet *sheet, const struct question *question, int row,
		     int left, int right)
{
	const char *low = question->low[sheet->page->language];
	const char *high = question->high[sheet->page->language];
	int low_cols = sheet_width(low), high_cols = sheet_width(high);
	int half;

	if (low_cols + high_cols + LABEL_GAP > right - left) {
		left = MIN(left, SHEET_MARGIN);
		right = MAX(right, sheet->cols - SHEET_MARGIN);
	}
	half = (right - left - LABEL_GAP) / 2;
	if (low_cols > half && high_cols <= half)
		half = right - left - LABEL_GAP - high_cols;
	sheet_check(sheet, "low", 0, low_cols, half, false);
	sheet_text(sheet, row, left, half, false, STYLE_PLAIN, low);
	half = right - left - LABEL_GAP - MIN(low_cols, half);
	sheet_check(sheet, "high", 0, high_cols, half, false);
	sheet_text(sheet, row, right - half, half, true, STYLE_PLAIN, high);
}

const struct answers answers_scale = {rows, draw};
