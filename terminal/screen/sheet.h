/* sheet.h - what the views share: a canvas with a page, its words, and a list of misfits.
 *
 * Internal to the views (view_*.c).
 */
#ifndef TILLASK_SCREEN_SHEET_H
#define TILLASK_SCREEN_SHEET_H

#include "screen/view.h"

#define STATUS_ROWS       1 /* the cashier's */
#define SHEET_MARGIN      2 /* columns left free on each side of a text */
#define SHEET_MISFITS_MAX 48

struct sheet {
	struct canvas *canvas;
	const struct page *page;
	const struct view_context *context;
	int rows, cols; /* the customer's part; may come to hold the cashier's line too */
	int status_row; /* the cashier's line */
	int misfits;
	struct view_misfit misfit[SHEET_MISFITS_MAX];
};

/* The sentence in the customer's language, or in the cashier's. */
const char *sheet_word(const struct sheet *sheet, enum word word);
const char *sheet_cashier_word(const struct sheet *sheet, enum word word);

/* Draws TEXT centred in the row, cut to the columns between the margins. */
void sheet_centre(struct sheet *sheet, int row, enum style style, const char *text);
/* The same within AREA: centred both ways, broken into lines; cut what does not fit. */
void sheet_centre_in(struct sheet *sheet, struct area area, enum style style,
		     const char *text);
/* Draws TEXT from COL on, cut to COLS columns; ends there when RIGHT.  Returns the area. */
struct area sheet_text(struct sheet *sheet, int row, int col, int cols, bool right,
		       enum style style, const char *text);

/* Columns of TEXT on one line. */
int sheet_width(const char *text);

/* Notes that a text needs more than there is; nothing when NEEDS <= HAS. */
void sheet_check(struct sheet *sheet, const char *key, int choice, int needs, int has,
		 bool rows);

/* A field that can be chosen: its frame when FRAMED or MARKED (then a double one and reversed
 * inside), and its touch. */
void sheet_field(struct sheet *sheet, struct area area, bool framed, bool marked,
		 struct canvas_hit hit);

static inline struct canvas_hit sheet_key(uint32_t character)
{
	return (struct canvas_hit){KEY_TEXT, character, 0};
}

static inline enum style sheet_answer_style(bool marked)
{
	return marked ? STYLE_MARKED : STYLE_ANSWER;
}

static inline struct area sheet_inside(struct area area)
{
	return (struct area){area.row + 1, area.col + 1, area.rows - 2, area.cols - 2};
}

/* ---- the parts of a page, each in its own view_*.c ------------------------------------ */

/* view_question.c: the question or the complaint.  Where rows are few it takes that of the
 * cashier's line.  False: also then they are too few, and *needs says how many there must be,
 * with the cashier's and without the till's. */
bool view_question(struct sheet *sheet, const struct question *question, int *needs);

/* view_end.c: greeting, thanks, declined. */
void view_end(struct sheet *sheet);
/* Where the code of [survey] qr= stands on this page.  No columns: there is none, or no room. */
struct area view_end_code(const struct sheet *sheet);

/* view_staff.c: cashier, and the manager's PIN. */
void view_staff(struct sheet *sheet);

/* view_manager.c: the manager's pages past the PIN. */
void view_manager(struct sheet *sheet);

/* view_asleep.c: the clock of the night, elsewhere each minute; no other line is drawn. */
void view_asleep(struct sheet *sheet);

/* view_status.c: the cashier's line; a toast of two lines takes the row above too where the
 * screen is narrow. */
void view_status(struct sheet *sheet);
/* It has something to say that must not wait. */
bool view_status_is_urgent(const struct page *page);

/* view_pole.c: the till's customer display, on the last rows of the canvas.  How many rows: both
 * lines in a frame, or where rows are few side by side on one. */
int view_pole_rows(const struct canvas *canvas);
void view_pole(struct sheet *sheet);

/* What belongs among the keys because there is no room for it where it stands otherwise. */
struct hint_wishes {
	bool language; /* `/`, not on the top row */
	bool more;     /* `0`, not below the choices */
	bool linked; /* that answers are linked to a card, not in the place of "press" */
};

/* view_hints.c: the keys.  With `draw` false only counts; returns the rows that they take, at
 * most MAX_ROWS, leaving out what does not fit. */
int view_hints(struct sheet *sheet, int row, int max_rows, struct hint_wishes wishes,
	       bool draw);
/* Among those that fit is that answers are linked to the customer's card. */
bool view_hints_say_linked(const struct sheet *sheet, int max_rows,
			   struct hint_wishes wishes);
/* The top row: where one is, and the language that `/` leads to. */
void view_top(struct sheet *sheet, int row);
/* The last seconds, and how to get more. */
void view_bar(struct sheet *sheet, int row);

/*
 * The answers of one kind of question, in sizes 0 (least) to SIZES-1.  `rows` says how high
 * they are in that size on this sheet, `draw` draws them from ROW on.
 */
#define SIZES 5
struct answers {
	int (*rows)(const struct sheet *sheet, const struct question *question, int size);
	void (*draw)(struct sheet *sheet, const struct question *question, int row,
		     int size);
};
extern const struct answers answers_smiley; /* view_smiley.c */
extern const struct answers answers_scale;  /* view_scale.c: nps10, nps11 */
extern const struct answers answers_yesno;  /* view_choice.c */
extern const struct answers answers_choice; /* view_choice.c */
extern const struct answers answers_words;  /* view_words.c */

/* view_choice.c: its choices take more than one page. */
bool view_has_more(const struct question *question);

/* view_scale.c: the labels at the ends of a scale drawn from column LEFT to RIGHT. */
void view_end_labels(struct sheet *sheet, const struct question *question, int row,
		     int left, int right);

#endif
