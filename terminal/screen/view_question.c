#include "screen/sheet.h"

#include <glib.h>
#include <stdio.h>

#define WORDING_COLS_MAX  64
#define WORDING_LINES_MAX 4

/* The cashier's line, below the page. */
enum cashier_line {
	LINE_KEPT,
	LINE_LENT,    /* its row is the customer's while it has nothing to say */
	LINE_COVERED, /* likewise; what it says then lies over the last row of keys */
};

/*
 * What a page gives up, and in which order, when it has too few rows: the first row of this
 * table that fits is the page.  The wording, the answers with their labels and one row of
 * keys are always there.
 */
static const struct level {
	int size; /* of the answers */
	int gap;  /* rows between the parts */
	int hint_rows;
	bool press; /* "press a number" */
	bool voluntary;
	bool top; /* where one is, and the other language */
	bool offer;
	enum cashier_line line;
} levels[] = {
	{4, 3, 2, true, true, true, true, LINE_KEPT},
	{4, 2, 2, true, true, true, true, LINE_KEPT},
	{3, 1, 2, true, true, true, true, LINE_KEPT},
	{2, 1, 2, true, true, true, true, LINE_KEPT},
	{1, 1, 2, true, true, true, true, LINE_KEPT},
	{2, 0, 2, true, true, true, true, LINE_KEPT},
	{1, 0, 2, true, true, true, true, LINE_KEPT},
	{1, 0, 2, false, true, true, true, LINE_KEPT},
	{1, 0, 2, false, false, true, true, LINE_KEPT},
	{0, 0, 2, false, false, true, true, LINE_KEPT},
	{0, 0, 1, false, false, true, true, LINE_KEPT},
	{0, 0, 1, false, false, true, false, LINE_KEPT},
	{0, 0, 2, false, false, false, true, LINE_KEPT},
	{0, 0, 2, false, false, false, true, LINE_LENT},
	{0, 0, 1, false, false, false, true, LINE_LENT},
	{0, 0, 1, false, false, false, true, LINE_KEPT},
	{0, 0, 1, false, false, false, false, LINE_KEPT},
	{0, 0, 1, false, false, false, true, LINE_COVERED},
	{0, 0, 1, false, false, false, false, LINE_COVERED},
};

enum part {
	PART_TOP,
	PART_OFFER,
	PART_WORDING,
	PART_ANSWERS,
	PART_PRESS,
	PART_HINTS,
	PARTS
};

/* Spare rows go above these parts, in this order, up to `most` each. */
static const struct {
	enum part part;
	int most;
} spaces[] = {
	{PART_ANSWERS, 3}, {PART_HINTS, 3}, {PART_WORDING, 3},
	{PART_PRESS, 2},   {PART_OFFER, 2},
};

struct plan {
	const struct level *level;
	const struct answers *answers;
	struct screen_text wording;
	struct screen_line line[WORDING_LINES_MAX];
	int lines;
	int rows[PARTS];
	int at[PARTS];
};

static const struct answers *answers_of(const struct question *question)
{
	switch (question->kind) {
	case QUESTION_SMILEY:
		return &answers_smiley;
	case QUESTION_NPS10:
	case QUESTION_NPS11:
		return &answers_scale;
	case QUESTION_YESNO:
		return &answers_yesno;
	case QUESTION_CHOICE:
		return &answers_choice;
	case QUESTION_WORDS:
		return &answers_words;
	}
	g_assert_not_reached();
}

static struct hint_wishes wishes(const struct question *question,
				 const struct level *level)
{
	return (struct hint_wishes){.language = !level->top,
				    .more = level->size == 0 && view_has_more(question),
				    .linked = !level->press};
}

/* Rows that the page takes on LEVEL, without the spare ones. */
static int measure(struct plan *plan, struct sheet *sheet,
		   const struct question *question, const struct level *level)
{
	bool offer = sheet->page->offer;
	int sum = 0, parts = 0;

	plan->level = level;
	plan->rows[PART_TOP] = level->top;
	plan->rows[PART_OFFER] = offer * (level->offer + level->voluntary);
	plan->rows[PART_WORDING] = plan->lines;
	plan->rows[PART_ANSWERS] = plan->answers->rows(sheet, question, level->size);
	plan->rows[PART_PRESS] = level->press;
	plan->rows[PART_HINTS] = view_hints(sheet, 0, level->hint_rows,
					    wishes(question, level), false);
	for (int part = 0; part < PARTS; part++) {
		sum += plan->rows[part];
		parts += plan->rows[part] > 0;
	}
	return sum + (parts - 1) * level->gap;
}

/* Spreads the rows of the sheet over the parts: each its gap, then what is spare by the table
 * above, then half above the first part below the top row, half above the keys. */
static void spread(struct plan *plan, int rows, int needed)
{
	enum part first = plan->rows[PART_OFFER] > 0 ? PART_OFFER : PART_WORDING;
	int gap[PARTS] = {0}, spare = rows - needed, row = 0;
	bool more = true;

	for (int part = 1; part < PARTS; part++)
		if (plan->rows[part] > 0)
			gap[part] = plan->level->gap;
	if (plan->rows[PART_TOP] == 0)
		gap[first] = 0;
	while (spare > 0 && more) {
		more = false;
		for (gsize i = 0; i < G_N_ELEMENTS(spaces) && spare > 0; i++) {
			enum part part = spaces[i].part;

			if (plan->rows[part] == 0 || gap[part] >= spaces[i].most ||
			    (part == first && plan->rows[PART_TOP] == 0))
				continue;
			gap[part]++;
			spare--;
			more = true;
		}
	}
	gap[first] += spare / 2;
	gap[PART_HINTS] += spare - spare / 2;
	for (int part = 0; part < PARTS; part++) {
		row += gap[part];
		plan->at[part] = row;
		row += plan->rows[part];
	}
}

static void draw_offer(struct sheet *sheet, const struct plan *plan)
{
	int n = sheet->page->of;
	enum word word = n == 1 ? WORD_OFFER_1 : n < 5 ? WORD_OFFER_2 : WORD_OFFER_5;
	int row = plan->at[PART_OFFER];
	char number[12], text[256];

	snprintf(number, sizeof(number), "%d", n);
	words_fill(text, sizeof(text), sheet_word(sheet, word), "n", number, NULL);
	if (plan->level->offer)
		sheet_centre(sheet, row++, STYLE_PLAIN, text);
	if (plan->level->voluntary)
		sheet_centre(sheet, row, STYLE_PLAIN, sheet_word(sheet, WORD_VOLUNTARY));
}

/* Without a top row, where one is stands before the wording: "2/3".  Returns the columns that
 * are taken; 0: there is no room, or nothing to say. */
static int draw_place(struct sheet *sheet, const struct plan *plan)
{
	const struct page *page = sheet->page;
	char text[12];
	int widest = 0, taken;

	if (plan->level->top || page->kind != PAGE_QUESTION || page->of == 0)
		return 0;
	for (int i = 0; i < plan->lines; i++)
		widest = MAX(widest, plan->line[i].cols);
	snprintf(text, sizeof(text), "%d/%d", page->place, page->of);
	taken = 1 + sheet_width(text) + SHEET_MARGIN;
	if (taken + widest >= sheet->cols)
		return 0;
	sheet_text(sheet, plan->at[PART_WORDING], 1, sheet_width(text), false, STYLE_HINT,
		   text);
	return taken;
}

static void draw_wording(struct sheet *sheet, const struct plan *plan)
{
	int taken = draw_place(sheet, plan);

	for (int i = 0; i < plan->lines; i++) {
		int middle = (sheet->cols - plan->line[i].cols) / 2;

		canvas_put_line(sheet->canvas, plan->at[PART_WORDING] + i,
				MAX(middle, taken), STYLE_TITLE, &plan->wording,
				plan->line[i]);
	}
}

/* That answers are linked to a card is said on every screen; that keys are pressed is seen. */
static void draw_press(struct sheet *sheet, const struct plan *plan,
		       const struct question *question)
{
	enum word word = sheet->context->touch ? WORD_PRESS_TOUCH : WORD_PRESS;

	if (sheet->page->linked && !view_hints_say_linked(sheet, plan->level->hint_rows,
							  wishes(question, plan->level)))
		word = WORD_LINKED;
	if (question->kind != QUESTION_WORDS)
		sheet_centre(sheet, plan->at[PART_PRESS], STYLE_PLAIN,
			     sheet_word(sheet, word));
}

/* In place of something that stands there otherwise, so that nothing moves. */
static int bar_row(const struct plan *plan)
{
	if (plan->level->press)
		return plan->at[PART_PRESS];
	if (plan->level->top)
		return plan->at[PART_TOP];
	return plan->at[PART_HINTS] + plan->rows[PART_HINTS] - 1;
}

static void lay_wording(struct plan *plan, struct sheet *sheet,
			const struct question *question)
{
	int room = MIN(sheet->cols - 2 * SHEET_MARGIN, WORDING_COLS_MAX);

	screen_text_set(&plan->wording, question->text[sheet->page->language]);
	plan->lines = screen_text_wrap(&plan->wording, room, plan->line,
				       WORDING_LINES_MAX);
	sheet_check(sheet, "text", 0, screen_text_widest(&plan->wording), room, false);
	sheet_check(sheet, "text", 0, plan->lines, WORDING_LINES_MAX, true);
	plan->lines = MIN(plan->lines, WORDING_LINES_MAX);
}

/* *NEEDS counts the cashier's line too where it is kept. */
static bool has_room(struct plan *plan, struct sheet *sheet,
		     const struct question *question, const struct level *level,
		     int *needs)
{
	*needs = measure(plan, sheet, question, level) +
		 (level->line == LINE_KEPT ? STATUS_ROWS : 0);
	return *needs <= sheet->rows + STATUS_ROWS;
}

/* What a page can come down to: the cashier must be able to have the line at any moment, but
 * where the till's lines stand. */
static const struct level *least_of(const struct sheet *sheet)
{
	const struct level *least = levels + G_N_ELEMENTS(levels) - 1;

	while (least->line == LINE_COVERED && !sheet->context->pole)
		least--;
	return least;
}

/* The first level that fits; NULL: none, and *needs says how many rows there must be. */
static const struct level *choose(struct plan *plan, struct sheet *sheet,
				  const struct question *question, int *needs)
{
	const struct level *level = levels, *least = least_of(sheet);
	bool urgent = view_status_is_urgent(sheet->page);

	if (!has_room(plan, sheet, question, least, needs))
		return NULL;
	while (!has_room(plan, sheet, question, level, needs) ||
	       (level->line == LINE_LENT && urgent))
		level++;
	return level;
}

bool view_question(struct sheet *sheet, const struct question *question, int *needs)
{
	struct plan plan = {.answers = answers_of(question)};
	const struct level *level;

	lay_wording(&plan, sheet, question);
	level = choose(&plan, sheet, question, needs);
	if (level == NULL)
		return false;
	if (level->line != LINE_KEPT)
		sheet->rows += STATUS_ROWS;
	else
		*needs -= STATUS_ROWS;
	spread(&plan, sheet->rows, *needs);
	if (level->top)
		view_top(sheet, plan.at[PART_TOP]);
	if (sheet->page->offer)
		draw_offer(sheet, &plan);
	draw_wording(sheet, &plan);
	plan.answers->draw(sheet, question, plan.at[PART_ANSWERS], level->size);
	if (level->press)
		draw_press(sheet, &plan, question);
	view_hints(sheet, plan.at[PART_HINTS], level->hint_rows, wishes(question, level),
		   true);
	if (sheet->page->bar > 0)
		view_bar(sheet, bar_row(&plan));
	return true;
}
