/* The day's proof: a code to be photographed, and its text to be read aloud. */
#include "screen/panel.h"
#include "screen/qr.h"

#include <glib.h>
#include <string.h>

#define TEXT_MAX   512
#define LINES_MAX  24
#define GAP        2
#define BESIDE_MIN 24 /* columns that the text needs beside the code */
#define GROUP      4  /* letters of the hash that are read in one breath */

/* The text, broken into lines. */
struct reading {
	struct screen_text text;
	struct screen_line line[LINES_MAX];
	int lines;
};

/* The counts on lines of their own, the hash below them in groups. */
static void read_aloud(struct screen_text *text, const char *proof)
{
	const char *hash = strrchr(proof, ' ');
	char out[TEXT_MAX];
	gsize n;

	if (hash == NULL) {
		screen_text_set(text, proof);
		return;
	}
	n = (gsize)g_snprintf(out, sizeof(out), "%.*s\n", (int)(hash - proof), proof);
	hash++;
	for (gsize i = 0; hash[i] != '\0' && n + 2 < sizeof(out); i++) {
		if (i > 0 && i % GROUP == 0)
			out[n++] = ' ';
		out[n++] = hash[i];
	}
	out[n] = '\0';
	screen_text_set(text, out);
}

static void wrap(struct reading *r, int cols)
{
	r->lines = MIN(screen_text_wrap(&r->text, cols, r->line, LINES_MAX), LINES_MAX);
}

static void draw_lines(struct panel *p, const struct reading *r, int col)
{
	for (int i = 0; i < r->lines && panel_left(p) > 0; i++)
		canvas_put_line(p->sheet->canvas, p->row++, col, STYLE_ANSWER, &r->text,
				r->line[i]);
}

static int widest(const struct reading *r)
{
	int cols = 0;

	for (int i = 0; i < r->lines; i++)
		cols = MAX(cols, r->line[i].cols);
	return cols;
}

/* How many rows a screen must have for ROWS within the panel, of which there are HAS here. */
static int rows_needed(const struct sheet *sheet, int rows, int has)
{
	int needs = sheet->canvas->rows - has + rows;
	const struct canvas larger = {.rows = needs};

	if (sheet->context->pole) /* the till's lines take more of it */
		needs += view_pole_rows(&larger) - view_pole_rows(sheet->canvas);
	return needs;
}

/* The least screen that has the text beside the code. */
static void draw_need(struct panel *p, int rows, int cols)
{
	char needs_rows[12], needs_cols[12], text[TEXT_MAX];
	const struct sheet *sheet = p->sheet;

	g_snprintf(needs_cols, sizeof(needs_cols), "%d",
		   cols + GAP + BESIDE_MIN + 2 * SHEET_MARGIN);
	g_snprintf(needs_rows, sizeof(needs_rows), "%d", rows);
	words_fill(text, sizeof(text), sheet_cashier_word(sheet, WORD_PROOF_NEEDS),
		   "cols", needs_cols, "rows", needs_rows, NULL);
	panel_text(p, STYLE_HINT, text);
}

static void draw_text(struct panel *p, struct reading *r)
{
	wrap(r, p->cols);
	draw_lines(p, r, p->left);
	panel_space(p);
}

static void draw_proof(struct panel *p, const char *proof)
{
	struct sheet *sheet = p->sheet;
	int rows, cols, beside, top = p->row, has = panel_left(p);
	struct reading r;

	read_aloud(&r.text, proof);
	if (sheet->canvas->ascii_only || !qr_size(proof, &rows, &cols)) {
		draw_text(p, &r);
		panel_word(p, STYLE_HINT, WORD_PROOF_NO_BLOCKS);
		return;
	}
	wrap(&r, p->cols);
	if (rows + 1 + r.lines <= has && cols <= p->cols) {
		qr_draw(sheet->canvas, top, (sheet->cols - cols) / 2, proof);
		p->row += rows + 1;
		draw_lines(p, &r, (sheet->cols - widest(&r)) / 2);
		return;
	}
	beside = sheet->cols - 2 * SHEET_MARGIN - cols - GAP;
	if (rows > has || beside < BESIDE_MIN) {
		draw_text(p, &r); /* whole, whatever there is no room for then */
		draw_need(p, rows_needed(sheet, rows, has), cols);
		return;
	}
	qr_draw(sheet->canvas, top, SHEET_MARGIN, proof);
	wrap(&r, beside);
	p->row += MAX((rows - r.lines) / 2, 0);
	draw_lines(p, &r, SHEET_MARGIN + cols + GAP);
}

void view_manager_proof(struct sheet *sheet)
{
	const struct page_manager *m = &sheet->page->manager;
	char day[16], title[TEXT_MAX];
	struct panel p;

	panel_day(sheet, m->day, day);
	g_snprintf(title, sizeof(title), "%s: %s",
		   sheet_cashier_word(sheet, WORD_MANAGER_PROOF), day);
	p = panel_open_full(sheet, title, WORD_KEYS_PROOF);
	if (view_manager_has(&p, INQUIRY_PROOF))
		draw_proof(&p, m->findings.of_proof.text);
}
