#include "drivers/display_screen.h"

#include <string.h>

#include "drivers/code_page.h"

#define LAST_ROW (DISPLAY_ROWS - 1)
#define LAST_COL (DISPLAY_COLS - 1)

static const struct display_cell blank = {' ', 0};

static void blank_row(struct display_cell *row)
{
	for (int i = 0; i < DISPLAY_COLS; i++)
		row[i] = blank;
}

static void blank_all(struct display_screen *s)
{
	for (int row = 0; row < DISPLAY_ROWS; row++)
		blank_row(s->cells[row]);
}

void display_screen_whole(struct display_screen *s)
{
	if (!s->painted)
		return;
	s->painted = false;
	memcpy(s->whole, s->cells, sizeof(s->whole));
	s->wholes++;
}

void display_screen_init(struct display_screen *s)
{
	memset(s, 0, sizeof(*s));
	blank_all(s);
	memcpy(s->whole, s->cells, sizeof(s->whole));
}

void display_screen_to(struct display_screen *s, int row, int col)
{
	if (row < 0 || row > LAST_ROW || col < 0 || col > LAST_COL)
		return;
	if (row == 0 && col == 0)
		display_screen_whole(s);
	s->row = (uint8_t)row;
	s->col = (uint8_t)col;
	s->edge = false;
}

void display_screen_clear(struct display_screen *s)
{
	display_screen_to(s, 0, 0);
	blank_all(s);
}

void display_screen_reset(struct display_screen *s)
{
	display_screen_clear(s);
	s->mode = DISPLAY_OVERWRITE;
}

void display_screen_clear_row(struct display_screen *s)
{
	display_screen_to(s, s->row, 0);
	blank_row(s->cells[s->row]);
}

/* The rows move up, or down; the one that comes in is blank. */
static void scroll(struct display_screen *s, bool up)
{
	int to = up ? 0 : LAST_ROW;

	memcpy(s->cells[to], s->cells[LAST_ROW - to], sizeof(s->cells[to]));
	blank_row(s->cells[LAST_ROW - to]);
}

static void shift_left(struct display_cell *row)
{
	memmove(row, row + 1, LAST_COL * sizeof(row[0]));
	row[LAST_COL] = blank;
}

static void shift_right(struct display_cell *row)
{
	memmove(row + 1, row, LAST_COL * sizeof(row[0]));
	row[0] = blank;
}

void display_screen_down(struct display_screen *s)
{
	if (s->row == LAST_ROW && s->mode == DISPLAY_VERTICAL)
		scroll(s, true);
	else
		s->row = (uint8_t)(LAST_ROW - s->row);
	s->edge = false;
}

void display_screen_up(struct display_screen *s)
{
	if (s->row == 0 && s->mode == DISPLAY_VERTICAL)
		scroll(s, false);
	else
		s->row = (uint8_t)(LAST_ROW - s->row);
	s->edge = false;
}

void display_screen_right(struct display_screen *s)
{
	s->edge = false;
	if (s->col < LAST_COL) {
		s->col++;
	} else if (s->mode == DISPLAY_HORIZONTAL) {
		shift_left(s->cells[s->row]);
	} else {
		display_screen_down(s);
		display_screen_to(s, s->row, 0);
	}
}

void display_screen_left(struct display_screen *s)
{
	s->edge = false;
	if (s->col > 0) {
		s->col--;
	} else if (s->mode == DISPLAY_HORIZONTAL) {
		shift_right(s->cells[s->row]);
	} else {
		display_screen_up(s);
		s->col = LAST_COL;
	}
}

void display_screen_put(struct display_screen *s, uint32_t character, char mark)
{
	if (s->edge)
		display_screen_right(s);
	s->cells[s->row][s->col] = (struct display_cell){character, mark};
	s->painted = true;
	if (s->col == LAST_COL)
		s->edge = true;
	else
		s->col++;
}

void display_screen_write(struct display_screen *s, int row, const uint32_t *text, int n)
{
	if (row == 0)
		display_screen_whole(s);
	blank_row(s->cells[row]);
	for (int i = 0; i < n && i < DISPLAY_COLS; i++)
		s->cells[row][i].character = text[i];
	s->painted = true;
}

void display_screen_blank(struct display_screen *s, int from, int to)
{
	for (int i = from; i <= to && i < DISPLAY_ROWS * DISPLAY_COLS; i++)
		s->cells[i / DISPLAY_COLS][i % DISPLAY_COLS] = blank;
}

void display_line_text(const struct display_cell row[DISPLAY_COLS],
		       char out[DISPLAY_LINE_MAX + 1])
{
	size_t n = 0;

	for (int i = 0; i < DISPLAY_COLS; i++) {
		n += code_page_put(out + n, row[i].character);
		if (row[i].mark != 0)
			out[n++] = row[i].mark;
	}
	out[n] = '\0';
}
