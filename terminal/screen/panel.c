#include "screen/panel.h"

#include "day.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

#define TEXT_MAX   512
#define COLS_MOST  96
#define BIG_ROWS   16
#define LINES_MOST 4

static struct panel open_panel(struct sheet *sheet, const char *title, enum word keys,
			       bool big)
{
	const char *text = sheet_cashier_word(sheet, keys);
	int cols = MIN(sheet->cols - 2 * SHEET_MARGIN, COLS_MOST);
	int width = MIN(sheet_width(text), sheet->cols);
	struct area area;

	sheet_centre(sheet, big ? 1 : 0, STYLE_TITLE, title);
	area = sheet_text(sheet, sheet->rows - (big ? 2 : 1), (sheet->cols - width) / 2,
			  width, false, STYLE_HINT, text);
	canvas_region(sheet->canvas, area, (struct canvas_hit){KEY_ESCAPE, 0, 0});
	return (struct panel){.sheet = sheet,
			      .row = big ? 3 : 1,
			      .end = sheet->rows - (big ? 3 : 1),
			      .left = (sheet->cols - cols) / 2,
			      .cols = cols};
}

struct panel panel_open(struct sheet *sheet, const char *title, enum word keys)
{
	return open_panel(sheet, title, keys, sheet->rows >= BIG_ROWS);
}

struct panel panel_open_full(struct sheet *sheet, const char *title, enum word keys)
{
	return open_panel(sheet, title, keys, false);
}

int panel_left(const struct panel *p)
{
	return MAX(p->end - p->row, 0);
}

void panel_space(struct panel *p)
{
	if (p->sheet->rows >= BIG_ROWS)
		p->row++;
}

void panel_text(struct panel *p, enum style style, const char *text)
{
	if (panel_left(p) == 0)
		return;
	sheet_text(p->sheet, p->row++, p->left, p->cols, false, style, text);
}

void panel_lines(struct panel *p, enum style style, const char *text, int most)
{
	struct screen_line line[LINES_MOST];
	struct screen_text whole;
	int lines;

	g_assert(most <= LINES_MOST);
	screen_text_set(&whole, text);
	lines = screen_text_wrap(&whole, p->cols, line, LINES_MOST);
	for (int i = 0; i < MIN(lines, most) && panel_left(p) > 0; i++) {
		canvas_put_line(p->sheet->canvas, p->row, p->left, style, &whole,
				line[i]);
		if (i + 1 == most && lines > most)
			canvas_draw(p->sheet->canvas, p->row,
				    p->left + MIN(line[i].cols, p->cols - 1), style,
				    p->sheet->canvas->ascii_only ? '~' : L'…');
		p->row++;
	}
}

void panel_word(struct panel *p, enum style style, enum word word)
{
	panel_text(p, style, sheet_cashier_word(p->sheet, word));
}

void panel_number(struct panel *p, enum style style, enum word word, int64_t n, int64_t k)
{
	char first[24], second[24], text[TEXT_MAX];

	snprintf(first, sizeof(first), "%" G_GINT64_FORMAT, n);
	snprintf(second, sizeof(second), "%" G_GINT64_FORMAT, k);
	words_fill(text, sizeof(text), sheet_cashier_word(p->sheet, word), "n", first,
		   "k", second, NULL);
	panel_text(p, style, text);
}

/* Where values begin: below each other on a wide screen. */
static int value_col(const struct panel *p, const char *label)
{
	int col = p->cols >= 60 ? 24 : 0;

	return MAX(col, sheet_width(label) + 1);
}

void panel_pair(struct panel *p, const char *label, const char *value)
{
	int col = value_col(p, label);

	if (panel_left(p) == 0)
		return;
	sheet_text(p->sheet, p->row, p->left, p->cols, false, STYLE_PLAIN, label);
	if (col + sheet_width(value) > p->cols) { /* whole, or not at all */
		col = MAX(p->cols - sheet_width(value), 0);
		p->row++;
	}
	if (panel_left(p) > 0)
		sheet_text(p->sheet, p->row, p->left + col, p->cols - col, false,
			   STYLE_ANSWER, value);
	p->row++;
}

void panel_figure(struct panel *p, enum word label, const struct figure *figure)
{
	const struct sheet *sheet = p->sheet;
	const struct figure_words words = {
		.unknown = sheet_cashier_word(sheet, WORD_FIG_UNKNOWN),
		.no_answers = sheet_cashier_word(sheet, WORD_FIG_NO_ANSWERS),
		.hidden = sheet_cashier_word(sheet, WORD_FIG_HIDDEN),
		.few = sheet_cashier_word(sheet, WORD_FIG_FEW),
		.no_interval = {[FIGURE_TOO_FEW] = sheet_cashier_word(sheet,
								      WORD_FIG_TOO_FEW),
				[FIGURE_ALL_EQUAL] =
					sheet_cashier_word(sheet, WORD_FIG_ALL_EQUAL),
				[FIGURE_NO_METHOD] =
					sheet_cashier_word(sheet, WORD_FIG_TOO_FEW)},
	};
	char text[FIGURE_TEXT_MAX];

	figure_format(figure, &words, text);
	panel_pair(p, sheet_cashier_word(sheet, label), text);
}

void panel_key(struct panel *p, char key, const char *label, const char *value)
{
	char text[TEXT_MAX];
	struct area area;

	if (panel_left(p) == 0)
		return;
	snprintf(text, sizeof(text), "[%c] %s%s%s", key, label,
		 *value != '\0' ? ": " : "", value);
	area = sheet_text(p->sheet, p->row++, p->left, p->cols, false, STYLE_ANSWER,
			  text);
	canvas_region(p->sheet->canvas, area, sheet_key((uint32_t)key));
}

void panel_bar(struct panel *p, const char *label, int label_cols, int64_t count,
	       int64_t most, bool low)
{
	struct canvas *c = p->sheet->canvas;
	char number[24];
	int col = p->left + label_cols + 3, room, halves;

	if (panel_left(p) == 0)
		return;
	snprintf(number, sizeof(number), "%" G_GINT64_FORMAT, count);
	room = p->left + p->cols - col - 8;
	halves = most > 0 && room > 0 ? (int)((count * room * 2 + most - 1) / most) : 0;
	sheet_text(p->sheet, p->row, p->left, label_cols, false, STYLE_PLAIN, label);
	if (low)
		canvas_draw(c, p->row, p->left + label_cols + 1, STYLE_PLAIN, '!');
	for (int i = 0; i < halves / 2; i++)
		canvas_draw(c, p->row, col++, STYLE_BAR, c->ascii_only ? '#' : L'█');
	if (halves % 2 != 0)
		canvas_draw(c, p->row, col++, STYLE_BAR, c->ascii_only ? '-' : L'▌');
	sheet_text(p->sheet, p->row++, col + (halves > 0), 8, false, STYLE_PLAIN, number);
}

void panel_day(const struct sheet *sheet, int32_t day, char out[16])
{
	char d[4], m[4], y[8];
	const GDate date = day_date(day);

	g_snprintf(d, sizeof(d), "%02d", g_date_get_day(&date) % 100);
	g_snprintf(m, sizeof(m), "%02d", (int)g_date_get_month(&date) % 100);
	g_snprintf(y, sizeof(y), "%04d", g_date_get_year(&date) % 10000);
	words_fill(out, 16, sheet_cashier_word(sheet, WORD_DATE), "d", d, "m", m, "y", y,
		   NULL);
}
