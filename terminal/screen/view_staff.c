#include "screen/sheet.h"

#include <glib.h>
#include <stdio.h>

#define FIELD_COLS 22
#define TEXT_MAX   256

/* "Number [1234_   ]": the fields stand below each other, in the middle. */
static void draw_field(struct sheet *sheet, int row, enum word label, const char *value,
		       bool active)
{
	int label_cols = MAX(sheet_width(sheet_cashier_word(sheet, WORD_NUMBER)),
			     sheet_width(sheet_cashier_word(sheet, WORD_PIN)));
	int col = (sheet->cols - label_cols - 2 - FIELD_COLS) / 2;
	struct area text;

	sheet_text(sheet, row, col, label_cols, true, STYLE_PLAIN,
		   sheet_cashier_word(sheet, label));
	col += label_cols + 1;
	sheet_text(sheet, row, col, 1, false, STYLE_ANSWER, "[");
	text = sheet_text(sheet, row, col + 1, FIELD_COLS - 2, false, STYLE_ANSWER,
			  value);
	if (active)
		canvas_draw(sheet->canvas, row, text.col + text.cols, STYLE_ANSWER, '_');
	sheet_text(sheet, row, col + FIELD_COLS, 1, false, STYLE_ANSWER, "]");
}

static void draw_hint(struct sheet *sheet, int row, enum word word, struct canvas_hit hit)
{
	const char *text = sheet_cashier_word(sheet, word);
	int cols = MIN(sheet_width(text), sheet->cols);

	canvas_region(sheet->canvas,
		      sheet_text(sheet, row, (sheet->cols - cols) / 2, cols, false,
				 STYLE_HINT, text),
		      hit);
}

static void draw_lines(struct sheet *sheet, int row, const enum word *words, int n)
{
	for (int i = 0; i < n; i++)
		sheet_centre(sheet, row + i, STYLE_PLAIN,
			     sheet_cashier_word(sheet, words[i]));
}

static void draw_pin(struct sheet *sheet, int row)
{
	char stars[FIELD_COLS];
	int n = MIN(sheet->page->typed, FIELD_COLS - 2);

	for (int i = 0; i < n; i++)
		stars[i] = '*';
	stars[n] = '\0';
	draw_field(sheet, row, WORD_PIN, stars, true);
}

static void draw_cashier(struct sheet *sheet, int row)
{
	static const enum word how[] = {WORD_SIGN_IN_CARD, WORD_SIGN_IN_NUMBER};

	if (sheet->page->asks_pin)
		sheet_centre(sheet, row, STYLE_PLAIN,
			     sheet_cashier_word(sheet, WORD_PIN_ENTER));
	else
		draw_lines(sheet, row, how, 2);
	draw_field(sheet, row + 3, WORD_NUMBER, sheet->page->number,
		   !sheet->page->asks_pin);
	if (sheet->page->asks_pin)
		draw_pin(sheet, row + 4);
}

static void draw_manager_pin(struct sheet *sheet, int row)
{
	sheet_centre(sheet, row, STYLE_PLAIN, sheet_cashier_word(sheet, WORD_PIN_ENTER));
	draw_pin(sheet, row + 3);
}

static void draw_refusal(struct sheet *sheet, int row)
{
	const struct page *page = sheet->page;
	char number[8], text[TEXT_MAX];

	snprintf(number, sizeof(number), "%u", page->wait_s);
	words_fill(text, sizeof(text), sheet_cashier_word(sheet, WORD_PIN_WAIT), "n",
		   number, NULL);
	if (page->wait_s > 0)
		sheet_centre(sheet, row, STYLE_ALERT, text);
	else if (page->wrong)
		sheet_centre(sheet, row, STYLE_ALERT,
			     sheet_cashier_word(sheet, WORD_PIN_WRONG));
}

void view_staff(struct sheet *sheet)
{
	enum page_kind kind = sheet->page->kind;
	int top = MAX(1, (sheet->rows - 10) / 3);

	sheet_centre(sheet, top, STYLE_TITLE,
		     sheet_cashier_word(sheet, kind == PAGE_CASHIER ? WORD_SIGN_IN
								    : WORD_MANAGER));
	if (kind == PAGE_CASHIER)
		draw_cashier(sheet, top + 2);
	else
		draw_manager_pin(sheet, top + 2);
	draw_refusal(sheet, top + 7);
	draw_hint(sheet, top + 8, WORD_KEY_ESC_BACK,
		  (struct canvas_hit){KEY_ESCAPE, 0, 0});
}
