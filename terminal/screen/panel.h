/* panel.h - a page of the manager: a title, lines from the top, and the keys below them.
 *
 * Internal to the views (view_manager*.c).  Lines that do not fit are left out, so what matters
 * most comes first.
 */
#ifndef TILLASK_SCREEN_PANEL_H
#define TILLASK_SCREEN_PANEL_H

#include "core/figure.h"
#include "screen/sheet.h"

struct panel {
	struct sheet *sheet;
	int row, end; /* the next line, and the row after the last */
	int left, cols;
};

/* Draws title and keys.  On a screen with room the lines stand in a column in the middle. */
struct panel panel_open(struct sheet *sheet, const char *title, enum word keys);
/* The same on every screen with all rows but two, the first and the last. */
struct panel panel_open_full(struct sheet *sheet, const char *title, enum word keys);
int panel_left(const struct panel *p); /* lines that still fit */
void panel_space(
	struct panel *p); /* an empty line where there is room for more than all */

void panel_text(struct panel *p, enum style style, const char *text);
/* Wrapped into at most MOST lines (up to 4); where it is longer it ends in "…". */
void panel_lines(struct panel *p, enum style style, const char *text, int most);
void panel_word(struct panel *p, enum style style, enum word word);
/* The word with its {n}, and {k}. */
void panel_number(struct panel *p, enum style style, enum word word, int64_t n,
		  int64_t k);
/* LABEL, and VALUE behind it, or on the next line where it would be cut. */
void panel_pair(struct panel *p, const char *label, const char *value);
/* The one way a figure is printed: value, interval and n (core/figure.h). */
void panel_figure(struct panel *p, enum word label, const struct figure *figure);
/* "[1] LABEL: VALUE", to be touched; VALUE "" leaves the colon out. */
void panel_key(struct panel *p, char key, const char *label, const char *value);
/* LABEL, a bar of COUNT where MOST fills it, and COUNT.  LOW: marked with "!". */
void panel_bar(struct panel *p, const char *label, int label_cols, int64_t count,
	       int64_t most, bool low);

/* The day as people write it, "25.11.2026" or "2026-11-25" by the cashier's language. */
void panel_day(const struct sheet *sheet, int32_t day, char out[16]);

/* view_manager_day.c, view_manager_proof.c, view_manager_state.c, view_manager_signs.c */
void view_manager_day(struct sheet *sheet);
void view_manager_question(struct sheet *sheet);
void view_manager_proof(struct sheet *sheet);
void view_manager_queue(struct sheet *sheet);
void view_manager_devices(struct sheet *sheet);
void view_manager_database(struct sheet *sheet);
void view_manager_signs(struct sheet *sheet);
/* False: the findings are not there (yet), and the page says so. */
bool view_manager_has(struct panel *p, enum inquiry_kind kind);

#endif
