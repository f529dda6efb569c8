#include "screen/sheet.h"

#include <glib.h>
#include <stdio.h>

#define GAP        3
#define ALERT_COLS 2 /* "! ": seen without colour too */
#define TEXT_MAX   256

struct toast_look {
	enum word word;
	enum style style;
	bool nothing_kept;
};

static const struct toast_look looks[] = {
	[TOAST_READER_READY] = {WORD_READER_READY, STYLE_GOOD, false},
	[TOAST_READER_OFF] = {WORD_READER_OFF, STYLE_ALERT, false},
	[TOAST_TILL_READY] = {WORD_TILL_READY, STYLE_GOOD, false},
	[TOAST_TILL_OFF] = {WORD_TILL_OFF, STYLE_ALERT, false},
	[TOAST_CARD_OK] = {WORD_CARD_OK, STYLE_GOOD, false},
	[TOAST_CARD_REPEATED] = {WORD_CARD_REPEATED, STYLE_GOOD, false},
	[TOAST_CARD_ERROR] = {WORD_CARD_ERROR, STYLE_ALERT, false},
	[TOAST_CARD_ERROR_3] = {WORD_CARD_ERROR_3, STYLE_ALERT, false},
	[TOAST_CARD_FOREIGN] = {WORD_CARD_FOREIGN, STYLE_ALERT, false},
	[TOAST_CARD_PAYMENT] = {WORD_CARD_PAYMENT, STYLE_ALERT, true},
	[TOAST_CARD_DOCUMENT] = {WORD_CARD_DOCUMENT, STYLE_ALERT, true},
	[TOAST_CARD_OTHER] = {WORD_CARD_OTHER, STYLE_GOOD, false},
	[TOAST_CARD_STAFF] = {WORD_CARD_STAFF, STYLE_GOOD, false},
	[TOAST_CARD_COOLDOWN] = {WORD_CARD_COOLDOWN, STYLE_GOOD, false},
	[TOAST_CARD_OFTEN] = {WORD_CARD_OFTEN, STYLE_ALERT, false},
	[TOAST_PAUSED] = {WORD_PAUSED, STYLE_GOOD, false},
	[TOAST_RESUMED] = {WORD_RESUMED, STYLE_GOOD, false},
	[TOAST_SIGNED_IN] = {WORD_SIGNED_IN, STYLE_GOOD, false},
	[TOAST_TRAINING_OVER] = {WORD_TRAINING_OVER, STYLE_ALERT, false},
	[TOAST_SIGN_IN_WRONG] = {WORD_PIN_WRONG, STYLE_ALERT, false},
};

static void format_minute(char out[8], int minute)
{
	snprintf(out, 8, "%02d:%02d", minute / 60 % 24, minute % 60);
}

static void fill_toast(const struct sheet *sheet, char text[TEXT_MAX])
{
	static const enum word kinds[CARD_KINDS] = {
		[CARD_KIND_BONUS] = WORD_KIND_BONUS,
		[CARD_KIND_DISCOUNT] = WORD_KIND_DISCOUNT,
		[CARD_KIND_PRIVILEGE] = WORD_KIND_PRIVILEGE,
		[CARD_KIND_STAFF] = WORD_KIND_STAFF,
	};
	const struct page *page = sheet->page;
	const char *wording = sheet_cashier_word(sheet, looks[page->toast].word);
	char number[8], minute[8];
	const char *cashier = page->toast_card[0] != '\0' ? page->toast_card
							  : page->cashier;
	const char *n = page->toast == TOAST_SIGNED_IN ? cashier : number;

	snprintf(number, sizeof(number), "%u", page->toast_number);
	format_minute(minute, MAX(page->paused_until, 0));
	words_fill(text, TEXT_MAX, wording, "last4", page->toast_card, "n", n, "time",
		   minute, NULL);
	if (page->toast == TOAST_CARD_OK && page->toast_kind != CARD_KIND_NONE) {
		g_strlcat(text, ", ", TEXT_MAX);
		g_strlcat(text, sheet_cashier_word(sheet, kinds[page->toast_kind]),
			  TEXT_MAX);
	}
}

/* A line that fills up from the left. */
struct line {
	struct sheet *sheet;
	int row, col, end;
	bool full;
	bool no_clock; /* its place was needed */
};

/* Adds TEXT if it fits, and nothing after the first that did not; the very first may take the
 * place of the clock. */
static void add(struct line *line, enum style style, const char *text)
{
	int mark = style == STYLE_ALERT ? ALERT_COLS : 0;
	int cols = sheet_width(text);

	if (line->full || line->col + mark + cols > line->end) {
		if (line->full || line->col > 1) {
			line->full = true;
			return;
		}
		line->no_clock = true;
		line->end = line->sheet->cols - 1;
	}
	if (mark > 0)
		sheet_text(line->sheet, line->row, line->col, mark, false, style, "! ");
	line->col += mark;
	sheet_text(line->sheet, line->row, line->col, line->end - line->col, false, style,
		   text);
	line->col += cols + GAP;
}

static void add_word(struct line *line, enum style style, enum word word)
{
	add(line, style, sheet_cashier_word(line->sheet, word));
}

static void add_waiting(struct line *line, uint32_t waiting)
{
	char number[12], text[TEXT_MAX];

	snprintf(number, sizeof(number), "%u", waiting);
	words_fill(text, sizeof(text), sheet_cashier_word(line->sheet, WORD_WAITING), "n",
		   number, NULL);
	add(line, STYLE_STATUS, text);
}

static void add_until(struct line *line, enum style style, enum word word, int minute)
{
	char time[8], text[TEXT_MAX];

	format_minute(time, minute);
	words_fill(text, sizeof(text), sheet_cashier_word(line->sheet, word), "time",
		   time, NULL);
	add(line, style, text);
}

/* Nobody may take what is being done now for a customer's answers. */
static void add_mode(struct line *line, const struct page *page)
{
	if (page->training_until >= 0)
		add_until(line, STYLE_ALERT, WORD_TRAINING_UNTIL, page->training_until);
	if (page->respondent != RESPONDENT_CUSTOMER)
		add_word(line, STYLE_ALERT,
			 page->respondent == RESPONDENT_STAFF ? WORD_ANSWERS_STAFF
							      : WORD_ANSWERS_MYSTERY);
}

static void add_test(struct line *line, const struct page *page)
{
	char number[8], of[8], text[TEXT_MAX];

	snprintf(number, sizeof(number), "%u", page->test);
	snprintf(of, sizeof(of), "%u", page->tests);
	words_fill(text, sizeof(text), sheet_cashier_word(line->sheet, WORD_TEST_NUMBER),
		   "k", number, "n", of, NULL);
	add(line, STYLE_ALERT, text);
}

/* The most important first: what does not fit is left out. */
static void add_state(struct line *line, const struct page *page)
{
	if (page->not_saving)
		add_word(line, STYLE_ALERT, WORD_NOT_SAVING);
	if (page->clock_wrong)
		add_word(line, STYLE_ALERT, WORD_CLOCK_WRONG);
	if (page->export_failed)
		add_word(line, STYLE_ALERT, WORD_EXPORT_FAILED);
	add_mode(line, page);
	if (page->has_reader && !page->reader_ready && page->toast != TOAST_READER_OFF)
		add_word(line, STYLE_ALERT, WORD_READER_OFF);
	if (page->till_off && page->toast != TOAST_TILL_OFF)
		add_word(line, STYLE_ALERT, WORD_TILL_OFF);
	if (page->device_streams)
		add_word(line, STYLE_ALERT, WORD_DEVICE_STREAMS);
	if (page->paused_until >= 0 && page->toast != TOAST_PAUSED)
		add_until(line, STYLE_STATUS, WORD_PAUSED, page->paused_until);
	if (page->waiting > 0)
		add_waiting(line, page->waiting);
	if (page->has_reader && page->reader_ready && page->toast != TOAST_READER_READY)
		add_word(line, STYLE_STATUS, WORD_READER_READY);
}

/* A toast of two lines, the first on the row above. */
static void add_two_lines(struct line *line, enum style style, const char *first,
			  const char *second)
{
	struct line above = {line->sheet,           line->row - 1, 1,
			     line->sheet->cols - 1, false,         true};

	canvas_fill(line->sheet->canvas,
		    (struct area){above.row, 0, 1, line->sheet->cols}, STYLE_STATUS);
	add(&above, style, first);
	line->col += ALERT_COLS; /* below the text, not below its mark */
	add(line, STYLE_STATUS, second);
}

static void add_toast(struct line *line)
{
	const struct toast_look *look = &looks[line->sheet->page->toast];
	const char *kept = sheet_cashier_word(line->sheet, WORD_NOTHING_KEPT);
	int room = line->end - line->col - ALERT_COLS;
	char text[TEXT_MAX];

	fill_toast(line->sheet, text);
	if (look->nothing_kept && sheet_width(text) + GAP + sheet_width(kept) > room) {
		add_two_lines(line, look->style, text, kept);
		return;
	}
	add(line, look->style, text);
	if (look->nothing_kept)
		add(line, STYLE_STATUS, kept);
}

bool view_status_is_urgent(const struct page *page)
{
	return page->test > 0 || page->toast != TOAST_NONE || page->not_saving ||
	       page->clock_wrong || page->till_off || page->device_streams ||
	       page->paused_until >= 0 || page->training_until >= 0 ||
	       page->respondent != RESPONDENT_CUSTOMER ||
	       (page->has_reader && !page->reader_ready);
}

void view_status(struct sheet *sheet)
{
	const struct page *page = sheet->page;
	int row = sheet->status_row, cols = sheet->canvas->cols;
	struct line line = {sheet, row, 1, cols - 8, false, false};
	char clock[8];

	canvas_fill(sheet->canvas, (struct area){row, 0, 1, cols}, STYLE_STATUS);
	format_minute(clock, page->clock);
	if (page->test > 0)
		add_test(&line, page);
	if (page->toast != TOAST_NONE)
		add_toast(&line);
	add_state(&line, page);
	if (!line.no_clock)
		sheet_text(sheet, row, cols - 6, 5, true, STYLE_STATUS, clock);
}
