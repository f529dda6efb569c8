#include "screen/sheet.h"

#include <glib.h>
#include <stdio.h>

#define HINTS_MAX   8
#define GAP_MIN     2
#define GAP_MAX     5
#define BAR_SECONDS 5

/* One key with what it does, or a line of small print. */
struct hint {
	enum word word, brief; /* brief: where the long one does not fit */
	struct canvas_hit hit; /* character 0 with KEY_TEXT: no key, small print */
	int keep;              /* the greatest is left out first */
	/* filled in by pack() */
	const char *text;
	int cols, row;
};

struct hints {
	int n;
	struct hint hint[HINTS_MAX];
	int row_cols[2], row_n[2];
};

static void add(struct hints *hints, enum word word, enum word brief,
		struct canvas_hit hit, int keep)
{
	hints->hint[hints->n++] = (struct hint){word, brief, hit, keep, NULL, 0, 0};
}

static void add_key(struct hints *hints, enum word word, enum key key, int keep)
{
	add(hints, word, word, (struct canvas_hit){key, 0, 0}, keep);
}

static const struct question *question_of(const struct sheet *sheet)
{
	return &sheet->context->questionnaire->question[sheet->page->question];
}

/* While words are typed, the signs are letters. */
static bool types_words(const struct sheet *sheet)
{
	return sheet->page->kind == PAGE_QUESTION &&
	       question_of(sheet)->kind == QUESTION_WORDS;
}

static bool can_change_language(const struct sheet *sheet)
{
	return sheet->page->next_language != sheet->page->language && !types_words(sheet);
}

static void words_hints(struct hints *hints, const struct page *page)
{
	add_key(hints, WORD_KEY_DECLINE_ESC, KEY_ESCAPE, 0);
	add(hints, page->words[0] == '\0' ? WORD_KEY_SKIP : WORD_KEY_DONE,
	    page->words[0] == '\0' ? WORD_KEY_SKIP_SHORT : WORD_KEY_DONE,
	    (struct canvas_hit){KEY_ENTER, 0, 0}, 1);
	if (page->can_go_back && page->words[0] == '\0')
		add_key(hints, WORD_KEY_BACK, KEY_BACKSPACE, 4);
}

static void question_hints(struct hints *hints, const struct page *page)
{
	add(hints, WORD_KEY_DECLINE, WORD_KEY_DECLINE, sheet_key('-'), 0);
	add(hints, WORD_KEY_SKIP, WORD_KEY_SKIP_SHORT,
	    (struct canvas_hit){KEY_ENTER, 0, 0}, 3);
	if (page->can_go_back)
		add_key(hints, WORD_KEY_BACK, KEY_BACKSPACE, 4);
}

/* In the order in which they are read. */
static void collect(struct hints *hints, const struct sheet *sheet,
		    struct hint_wishes wishes)
{
	const struct page *page = sheet->page;
	enum word linked = page->linked ? WORD_LINKED : WORD_ANONYMOUS;

	hints->n = 0;
	if (wishes.more)
		add(hints, WORD_KEY_MORE, WORD_KEY_MORE, sheet_key('0'), 0);
	switch (page->kind) {
	case PAGE_QUESTION:
		if (types_words(sheet))
			words_hints(hints, page);
		else
			question_hints(hints, page);
		break;
	case PAGE_COMPLAINT:
		add(hints, WORD_KEY_RETURN, WORD_KEY_RETURN, sheet_key('-'), 0);
		break;
	case PAGE_THANKS:
	case PAGE_THANKS_UNSAVED:
	case PAGE_THANKS_PARTIAL:
	case PAGE_DECLINED:
		if (page->can_go_back)
			add_key(hints, WORD_KEY_BACK, KEY_BACKSPACE, 0);
		break;
	case PAGE_GREETING:
	case PAGE_COMPLAINT_SAVED:
	case PAGE_CASHIER:
	case PAGE_MANAGER:
	case PAGE_ASLEEP:
		break;
	}
	if (page->kind != PAGE_COMPLAINT && page->kind != PAGE_COMPLAINT_SAVED &&
	    !types_words(sheet))
		add(hints, WORD_COMPLAIN, WORD_COMPLAIN_SHORT, sheet_key('*'), 1);
	if (wishes.language && can_change_language(sheet))
		add(hints, WORD_KEY_LANGUAGE, WORD_KEY_LANGUAGE, sheet_key('/'), 2);
	if (page->kind == PAGE_QUESTION)
		add(hints, linked, linked, sheet_key(0),
		    page->linked && wishes.linked ? 2 : 5);
}

static const char *text_of(const struct sheet *sheet, enum word word)
{
	if (word == WORD_KEY_LANGUAGE)
		return words_text(sheet->context->words, word,
				  sheet->page->next_language);
	return sheet_word(sheet, word);
}

/* Puts the hints into rows one after the other, those with keep >= BRIEF in short; APART: the
 * complaint begins a row.  Returns the rows needed, or MAX_ROWS + 1. */
static int pack(struct hints *hints, const struct sheet *sheet, int max_rows, int brief,
		bool apart)
{
	int room = sheet->cols - SHEET_MARGIN, row = 0;

	hints->row_cols[0] = hints->row_n[0] = 0;
	for (int i = 0; i < hints->n; i++) {
		struct hint *hint = &hints->hint[i];

		hint->text = text_of(sheet,
				     hint->keep >= brief ? hint->brief : hint->word);
		hint->cols = sheet_width(hint->text);
		if (hints->row_n[row] > 0 &&
		    ((apart && hint->word == WORD_COMPLAIN) ||
		     hints->row_cols[row] + GAP_MIN * hints->row_n[row] + hint->cols >
			     room)) {
			if (++row == max_rows)
				return max_rows + 1;
			hints->row_cols[row] = hints->row_n[row] = 0;
		}
		hint->row = row;
		hints->row_cols[row] += hint->cols;
		hints->row_n[row]++;
	}
	return hints->n == 0 ? 0 : row + 1;
}

static void leave_one_out(struct hints *hints)
{
	int worst = 0;

	for (int i = 1; i < hints->n; i++)
		if (hints->hint[i].keep > hints->hint[worst].keep)
			worst = i;
	for (int i = worst; i + 1 < hints->n; i++)
		hints->hint[i] = hints->hint[i + 1];
	hints->n--;
}

/* The most hints, in the longest form, that fit MAX_ROWS; returns the rows they take. */
static int fit(struct hints *hints, const struct sheet *sheet, int max_rows)
{
	static const struct {
		int brief; /* none; skip; complaint too */
		bool apart;
	} ways[] = {{100, true}, {100, false}, {3, true}, {3, false}, {1, false}};

	for (;; leave_one_out(hints))
		for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
			int rows = pack(hints, sheet, max_rows, ways[i].brief,
					ways[i].apart);

			if (rows <= max_rows)
				return rows;
		}
}

static void draw_row(struct sheet *sheet, const struct hints *hints, int wanted, int row)
{
	int n = hints->row_n[wanted], cols = hints->row_cols[wanted];
	int gap = n > 1 ? (sheet->cols - SHEET_MARGIN - cols) / (n - 1) : 0;
	int col;

	gap = MIN(gap, GAP_MAX);
	col = (sheet->cols - cols - gap * (n - 1)) / 2;
	for (int i = 0; i < hints->n; i++) {
		const struct hint *hint = &hints->hint[i];
		struct area area;

		if (hint->row != wanted)
			continue;
		area = sheet_text(sheet, row, col, hint->cols, false, STYLE_HINT,
				  hint->text);
		if (hint->hit.key != KEY_TEXT || hint->hit.character != 0)
			canvas_region(sheet->canvas, area, hint->hit);
		col += hint->cols + gap;
	}
}

int view_hints(struct sheet *sheet, int row, int max_rows, struct hint_wishes wishes,
	       bool draw)
{
	struct hints hints;
	int rows;

	g_assert(max_rows >= 1 && max_rows <= 2);
	collect(&hints, sheet, wishes);
	rows = fit(&hints, sheet, max_rows);
	for (int i = 0; draw && i < rows; i++)
		draw_row(sheet, &hints, i, row + i);
	return rows;
}

bool view_hints_say_linked(const struct sheet *sheet, int max_rows,
			   struct hint_wishes wishes)
{
	struct hints hints;

	collect(&hints, sheet, wishes);
	fit(&hints, sheet, max_rows);
	for (int i = 0; i < hints.n; i++)
		if (hints.hint[i].word == WORD_LINKED)
			return true;
	return false;
}

void view_top(struct sheet *sheet, int row)
{
	const struct page *page = sheet->page;
	int half = sheet->cols / 2 - 1;

	if (page->kind == PAGE_QUESTION && page->of > 0) {
		char k[8], n[8], text[128];

		snprintf(k, sizeof(k), "%d", page->place);
		snprintf(n, sizeof(n), "%d", page->of);
		words_fill(text, sizeof(text), sheet_word(sheet, WORD_PROGRESS), "k", k,
			   "n", n, NULL);
		sheet_text(sheet, row, 1, half, false, STYLE_HINT, text);
	}
	if (can_change_language(sheet)) {
		struct area area = sheet_text(sheet, row, sheet->cols - 1 - half, half,
					      true, STYLE_HINT,
					      text_of(sheet, WORD_KEY_LANGUAGE));

		canvas_region(sheet->canvas, area, sheet_key('/'));
	}
}

void view_bar(struct sheet *sheet, int row)
{
	const char *text = sheet_word(sheet, WORD_MORE_TIME);
	int second = sheet->cols >= 60 ? 4 : 2; /* columns */
	int cols = sheet_width(text), col;
	uint32_t full = sheet->canvas->ascii_only ? '#' : L'█';
	uint32_t gone = sheet->canvas->ascii_only ? '.' : L'░';
	struct area area;

	canvas_fill(sheet->canvas, (struct area){row, 0, 1, sheet->cols}, STYLE_PLAIN);
	col = (sheet->cols - cols - GAP_MIN - BAR_SECONDS * second) / 2;
	area = sheet_text(sheet, row, MAX(col, 0), cols, false, STYLE_BAR, text);
	canvas_region(sheet->canvas, (struct area){row, 0, 1, sheet->cols},
		      sheet_key('+'));
	for (int i = 0; i < BAR_SECONDS * second; i++)
		canvas_draw(sheet->canvas, row, area.col + area.cols + GAP_MIN + i,
			    STYLE_BAR, i < sheet->page->bar * second ? full : gone);
}
