#include "screen/glyph.h"
#include "screen/sheet.h"

#include <glib.h>

/*
 * Five faces, a field each.  The frame around a round face is only there when it is marked:
 * the face has an outline of its own.
 */
struct face_size {
	enum glyph_face face;
	int scale;      /* of the face */
	int cols, rows; /* of the field, frame included */
	int gap;        /* columns between fields */
	bool framed;
	int number_rows; /* below the field; 0: in its lower edge */
	int number_scale;
};

static const struct face_size sizes[SIZES] = {
	{GLYPH_FACE_SMALL, 1, 7, 5, 1, true, 0, 0},
	{GLYPH_FACE_SMALL, 1, 9, 5, 3, true, 1, 0},
	{GLYPH_FACE_ROUND, 1, 13, 7, 2, false, 1, 0},
	{GLYPH_FACE_ROUND, 1, 13, 7, 2, false, 3, 1},
	{GLYPH_FACE_ROUND, 2, 24, 12, 1, false, 3, 1},
};

/* Without blocks and lines: eyes and mouth. */
static const char *const ascii_faces[2][5][4] = {
	[GLYPH_FACE_SMALL] = {{"o o", " .-. ", "/   \\"},
			      {"o o", "", ".---."},
			      {"o o", "", "-----"},
			      {"o o", "", "'---'"},
			      {"o o", "\\   /", " '-' "}},
	[GLYPH_FACE_ROUND] = {{"o   o", "", " .---. ", "/     \\"},
			      {"o   o", "", "", ".-----."},
			      {"o   o", "", "", "-------"},
			      {"o   o", "", "", "'-----'"},
			      {"o   o", "", "\\     /", " '---' "}},
};

static int row_cols(const struct face_size *size)
{
	return 5 * size->cols + 4 * size->gap;
}

/* The largest up to SIZE that is not too wide. */
static const struct face_size *size_for(const struct sheet *sheet, int size)
{
	while (size > 0 && row_cols(&sizes[size]) > sheet->cols)
		size--;
	return &sizes[size];
}

static int rows(const struct sheet *sheet, const struct question *question, int size)
{
	const struct face_size *s = size_for(sheet, size);

	(void)question;
	return s->rows + s->number_rows + 1;
}

static void draw_ascii_face(struct sheet *sheet, struct area area,
			    const char *const lines[4], enum style style)
{
	int n = lines[3] == NULL ? 3 : 4;

	for (int i = 0; i < n; i++)
		sheet_centre_in(sheet,
				(struct area){area.row + (area.rows - n) / 2 + i,
					      area.col, 1, area.cols},
				style, lines[i]);
}

static void draw_face(struct sheet *sheet, struct area field,
		      const struct face_size *size, int value, enum style style)
{
	const struct glyph *face = glyph_face(size->face, value);
	struct area inside = sheet_inside(field);

	if (sheet->canvas->ascii_only) {
		draw_ascii_face(sheet, inside, ascii_faces[size->face][value - 1], style);
		return;
	}
	glyph_draw(sheet->canvas,
		   inside.row + (inside.rows - glyph_rows(face, size->scale)) / 2,
		   inside.col + (inside.cols - glyph_cols(face, size->scale)) / 2, style,
		   face, size->scale);
}

static void draw_number(struct sheet *sheet, struct area field,
			const struct face_size *size, int value, enum style style)
{
	struct area below = {field.row + field.rows, field.col, size->number_rows,
			     field.cols};

	if (size->number_rows == 0)
		below = (struct area){field.row + field.rows - 1, field.col, 1,
				      field.cols};
	glyph_number(sheet->canvas, below, style, value, size->number_scale);
}

static void draw(struct sheet *sheet, const struct question *question, int row, int size)
{
	const struct face_size *s = size_for(sheet, size);
	int left = (sheet->cols - row_cols(s)) / 2;

	for (int value = 1; value <= 5; value++) {
		bool marked = sheet->page->marked == value;
		struct area field = {row, left + (value - 1) * (s->cols + s->gap),
				     s->rows, s->cols};
		struct area touch = field;
		bool framed = s->framed || sheet->canvas->ascii_only;

		touch.rows += s->number_rows;
		canvas_region(sheet->canvas, touch, sheet_key('0' + (uint32_t)value));
		sheet_field(sheet, field, framed, marked,
			    sheet_key('0' + (uint32_t)value));
		draw_face(sheet, field, s, value, sheet_answer_style(marked));
		draw_number(sheet, field, s, value,
			    s->number_rows == 0 ? sheet_answer_style(marked)
						: STYLE_ANSWER);
	}
	view_end_labels(sheet, question, row + s->rows + s->number_rows, left,
			left + row_cols(s));
}

const struct answers answers_smiley = {rows, draw};
