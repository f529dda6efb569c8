#include "screen/canvas.h"

#include <glib.h>
#include <string.h>

static const struct cell blank = {{' ', 0, 0}, STYLE_PLAIN, 1, 0};

void canvas_init(struct canvas *c)
{
	*c = (struct canvas){0};
}

void canvas_resize(struct canvas *c, int rows, int cols)
{
	c->rows = CLAMP(rows, 0, CANVAS_ROWS_MAX);
	c->cols = CLAMP(cols, 0, CANVAS_COLS_MAX);
	g_free(c->cell);
	c->cell = g_new(struct cell, (gsize)c->rows * (gsize)c->cols + 1);
	canvas_clear(c);
}

void canvas_clear(struct canvas *c)
{
	for (int i = 0; i < c->rows * c->cols; i++)
		c->cell[i] = blank;
	c->hits = 0;
}

void canvas_free(struct canvas *c)
{
	g_free(c->cell);
	*c = (struct canvas){0};
}

static struct cell *cell_at(const struct canvas *c, int row, int col)
{
	if (row < 0 || row >= c->rows || col < 0 || col >= c->cols)
		return NULL;
	return &c->cell[row * c->cols + col];
}

/* Leaves no half of a wide character behind where ROW, COL is overwritten. */
static void split(struct canvas *c, int row, int col)
{
	struct cell *cell = cell_at(c, row, col);
	struct cell *left = cell_at(c, row, col - 1), *right = cell_at(c, row, col + 1);

	if (cell == NULL)
		return;
	if (cell->width == 0 && left != NULL) {
		left->character[0] = ' ';
		left->character[1] = left->character[2] = 0;
		left->width = 1;
	}
	if (cell->width == 2 && right != NULL) {
		right->character[0] = ' ';
		right->width = 1;
	}
}

static void set(struct canvas *c, int row, int col, enum style style, uint32_t character,
		int width)
{
	struct cell *cell = cell_at(c, row, col);

	if (cell == NULL || (width == 2 && cell_at(c, row, col + 1) == NULL))
		return;
	split(c, row, col);
	cell->character[0] = character;
	cell->character[1] = cell->character[2] = 0;
	cell->style = (uint8_t)style;
	cell->width = (uint8_t)width;
	if (width == 2) {
		split(c, row, col + 1);
		cell[1] = (struct cell){{0, 0, 0}, (uint8_t)style, 0, cell[1].hit};
	}
}

static void combine(struct canvas *c, int row, int col, uint32_t character)
{
	struct cell *cell = cell_at(c, row, col);

	if (cell != NULL && cell->width == 0)
		cell = cell_at(c, row, col - 1);
	if (cell != NULL)
		cell->character[cell->character[1] == 0 ? 1 : 2] = character;
}

void canvas_put_line(struct canvas *c, int row, int col, enum style style,
		     const struct screen_text *text, struct screen_line line)
{
	const char *p = text->utf8 + line.start;
	const char *end = p + line.length;

	for (; p < end; p = g_utf8_next_char(p)) {
		gunichar character = g_utf8_get_char(p);
		int width = screen_text_width(character);

		if (width == 0)
			combine(c, row, col - 1, character);
		else
			set(c, row, col, style, character == '\n' ? ' ' : character,
			    width);
		col += width;
	}
}

void canvas_put(struct canvas *c, int row, int col, enum style style,
		const struct screen_text *text)
{
	canvas_put_line(c, row, col, style, text,
			(struct screen_line){0, text->length, text->cols});
}

void canvas_draw(struct canvas *c, int row, int col, enum style style, uint32_t character)
{
	set(c, row, col, style, character, 1);
}

void canvas_fill(struct canvas *c, struct area area, enum style style)
{
	for (int row = 0; row < area.rows; row++)
		for (int col = 0; col < area.cols; col++)
			set(c, area.row + row, area.col + col, style, ' ', 1);
}

/* across, down, corners: top left, top right, bottom left, bottom right */
static const uint32_t frames[2][2][6] = {
	{{L'─', L'│', L'┌', L'┐', L'└', L'┘'}, {L'═', L'║', L'╔', L'╗', L'╚', L'╝'}},
	{{'-', '|', '+', '+', '+', '+'}, {'#', '#', '#', '#', '#', '#'}},
};

void canvas_frame(struct canvas *c, struct area area, enum style style, bool twice)
{
	const uint32_t *line = frames[c->ascii_only][twice];
	int bottom = area.row + area.rows - 1, right = area.col + area.cols - 1;

	for (int col = area.col + 1; col < right; col++) {
		set(c, area.row, col, style, line[0], 1);
		set(c, bottom, col, style, line[0], 1);
	}
	for (int row = area.row + 1; row < bottom; row++) {
		set(c, row, area.col, style, line[1], 1);
		set(c, row, right, style, line[1], 1);
	}
	set(c, area.row, area.col, style, line[2], 1);
	set(c, area.row, right, style, line[3], 1);
	set(c, bottom, area.col, style, line[4], 1);
	set(c, bottom, right, style, line[5], 1);
}

void canvas_region(struct canvas *c, struct area area, struct canvas_hit hit)
{
	g_assert(c->hits < CANVAS_HITS_MAX);
	c->hit[c->hits++] = hit;
	for (int row = 0; row < area.rows; row++)
		for (int col = 0; col < area.cols; col++) {
			struct cell *cell = cell_at(c, area.row + row, area.col + col);

			if (cell != NULL)
				cell->hit = c->hits;
		}
}

bool canvas_touched(const struct canvas *c, int row, int col, struct canvas_hit *hit)
{
	const struct cell *cell = cell_at(c, row, col);

	if (cell == NULL || cell->hit == 0)
		return false;
	*hit = c->hit[cell->hit - 1];
	return true;
}

static void dump_rows(const struct canvas *c, GString *out)
{
	for (int row = 0; row < c->rows; row++) {
		gsize end = out->len;

		for (int col = 0; col < c->cols; col++) {
			const struct cell *cell = &c->cell[row * c->cols + col];

			for (int i = 0; i < 3 && cell->character[i] != 0; i++)
				g_string_append_unichar(out, cell->character[i]);
			if (cell->character[0] != ' ')
				end = out->len;
		}
		g_string_truncate(out, end);
		g_string_append_c(out, '\n');
	}
}

static void dump_styles(const struct canvas *c, GString *out)
{
	static const char letter[STYLES] = {' ', 'T', 'A', 'M', 'h', 's',
					    'g', '!', 'b', 'p', 'd'};

	for (int row = 0; row < c->rows; row++) {
		gsize end = out->len;

		for (int col = 0; col < c->cols; col++) {
			enum style style = c->cell[row * c->cols + col].style;

			g_string_append_c(out, letter[style]);
			if (style != STYLE_PLAIN)
				end = out->len;
		}
		g_string_truncate(out, end);
		g_string_append_c(out, '\n');
	}
}

static const char *key_name(enum key key)
{
	switch (key) {
	case KEY_TEXT:
		return "text";
	case KEY_ENTER:
		return "Enter";
	case KEY_BACKSPACE:
		return "Backspace";
	case KEY_ESCAPE:
		return "Esc";
	case KEY_PAUSE:
		return "F2";
	case KEY_CASHIER:
		return "F4";
	case KEY_MANAGER:
		return "F10";
	case KEY_DEMO:
		return "F12";
	}
	return "";
}

static void dump_hits(const struct canvas *c, GString *out)
{
	for (int i = 0; i < c->hits; i++) {
		struct area a = {c->rows, c->cols, -1,
				 -1}; /* rows, cols: the last ones */

		for (int at = 0; at < c->rows * c->cols; at++) {
			if (c->cell[at].hit != i + 1)
				continue;
			a.row = MIN(a.row, at / c->cols);
			a.col = MIN(a.col, at % c->cols);
			a.rows = MAX(a.rows, at / c->cols);
			a.cols = MAX(a.cols, at % c->cols);
		}
		if (a.rows < 0)
			continue; /* another region lies over all of it */
		g_string_append_printf(out, "touch %2d,%-3d %2d x %-3d ", a.row, a.col,
				       a.rows - a.row + 1, a.cols - a.col + 1);
		if (c->hit[i].key == KEY_TEXT)
			g_string_append_unichar(out, c->hit[i].character);
		if (c->hit[i].second != 0)
			g_string_append_unichar(out, c->hit[i].second);
		if (c->hit[i].key != KEY_TEXT)
			g_string_append(out, key_name(c->hit[i].key));
		g_string_append_c(out, '\n');
	}
}

char *canvas_dump(const struct canvas *c, bool layers)
{
	GString *out = g_string_new(NULL);

	dump_rows(c, out);
	if (layers) {
		for (int col = 0; col < c->cols; col++)
			g_string_append_c(out, '~');
		g_string_append_c(out, '\n');
		dump_styles(c, out);
		dump_hits(c, out);
	}
	return g_string_free(out, FALSE);
}
