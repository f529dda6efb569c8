#include "screen/sheet.h"

#include <glib.h>
#include <stdio.h>

#define SPREAD 2654435761u /* Knuth: minutes that follow each other lie far apart */

/* What must be told stands with the clock, and moves with it. */
static const char *alert_of(const struct sheet *sheet)
{
	if (sheet->page->not_saving)
		return sheet_cashier_word(sheet, WORD_NOT_SAVING);
	if (sheet->page->clock_wrong)
		return sheet_cashier_word(sheet, WORD_CLOCK_WRONG);
	return "";
}

void view_asleep(struct sheet *sheet)
{
	int minute = sheet->page->clock, rows = sheet->canvas->rows;
	const char *alert = alert_of(sheet);
	int cols = MAX(sheet_width(alert), 5);
	uint32_t at = (uint32_t)minute * SPREAD;
	int row = (int)((at >> 8) % (uint32_t)MAX(rows - 1, 1));
	int col = (int)((at >> 18) % (uint32_t)MAX(sheet->canvas->cols - cols + 1, 1));
	char clock[8];

	snprintf(clock, sizeof(clock), "%02d:%02d", minute / 60 % 24, minute % 60);
	sheet_text(sheet, row, col, cols, false, STYLE_DIM, clock);
	sheet_text(sheet, row + 1, col, cols, false, STYLE_DIM, alert);
	/* a touch anywhere wakes; where somebody woke it just before, `+` does no harm */
	canvas_region(sheet->canvas,
		      (struct area){0, 0, sheet->canvas->rows, sheet->canvas->cols},
		      sheet_key('+'));
}
