/* Every sign that pages are made of: a broken font, a code page or a colour is seen here. */
#include "screen/glyph.h"
#include "screen/panel.h"

static void draw_letters(struct panel *p)
{
	static const char *const lines[] = {
		"ABCDEFGHIJKLM abcdefghijklm 01234",
		"NOPQRSTUVWXYZ nopqrstuvwxyz 56789",
		"АБВГДЕЁЖЗИЙКЛМНОП абвгдеёжзийклмноп",
		"РСТУФХЦЧШЩЪЫЬЭЮЯ рстуфхцчшщъыьэюя",
		"[*] [-] [/] [+] (;:,.!?) \"'<>%&#@=_",
	};

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		panel_text(p, STYLE_PLAIN, lines[i]);
}

static void draw_blocks(struct panel *p)
{
	struct canvas *c = p->sheet->canvas;

	if (panel_left(p) == 0)
		return;
	if (c->ascii_only)
		panel_text(p, STYLE_BAR, "#### ==== ---- ||||  . : - # ");
	else
		panel_text(p, STYLE_BAR, "████ ▀▀▀▀ ▄▄▄▄ ▌▌▌▌ ░░░░  ─│┌┐└┘ ═║╔╗╚╝");
}

static void draw_styles(struct panel *p)
{
	static const enum style styles[] = {STYLE_PLAIN,  STYLE_TITLE, STYLE_ANSWER,
					    STYLE_MARKED, STYLE_HINT,  STYLE_STATUS,
					    STYLE_GOOD,   STYLE_ALERT, STYLE_BAR,
					    STYLE_POLE,   STYLE_DIM};
	int col = p->left;

	if (panel_left(p) == 0)
		return;
	for (size_t i = 0; i < sizeof styles / sizeof styles[0]; i++, col += 3)
		sheet_text(p->sheet, p->row, col, 2, false, styles[i], "Aя");
	p->row++;
}

static void draw_pictures(struct panel *p)
{
	struct canvas *c = p->sheet->canvas;
	bool big = panel_left(p) >= 9;
	enum glyph_face size = big ? GLYPH_FACE_ROUND : GLYPH_FACE_SMALL;
	int col = p->left;

	if (c->ascii_only || panel_left(p) < glyph_rows(glyph_face(size, 1), 1))
		return;
	for (int face = 1; face <= 5; face++) {
		glyph_draw(c, p->row, col, STYLE_ANSWER, glyph_face(size, face), 1);
		col += glyph_cols(glyph_face(size, face), 1) + 2;
	}
	p->row += glyph_rows(glyph_face(size, 1), 1) + 1;
	col = p->left;
	for (int digit = 0; digit <= 9 && panel_left(p) >= 3; digit++) {
		glyph_draw(c, p->row, col, STYLE_ANSWER, glyph_digit(digit), 1);
		col += 4;
	}
}

/* The edges of the screen: a line here that is not whole is a wrong size. */
static void draw_edges(struct sheet *sheet)
{
	struct canvas *c = sheet->canvas;

	canvas_frame(c, (struct area){0, 0, sheet->rows, c->cols}, STYLE_PLAIN, false);
}

void view_manager_signs(struct sheet *sheet)
{
	struct panel p;

	draw_edges(sheet);
	p = panel_open(sheet, sheet_cashier_word(sheet, WORD_MANAGER_TEST),
		       WORD_KEYS_NEXT);
	draw_letters(&p);
	draw_blocks(&p);
	draw_styles(&p);
	draw_pictures(&p);
}
