#include "screen/sheet.h"

#include <glib.h>
#include <string.h>

#define POLE_COLS   20
#define FRAME_COLS  (POLE_COLS + 4)
#define FRAMED_FROM 20 /* rows of a screen that has room for a frame */

int view_pole_rows(const struct canvas *canvas)
{
	return canvas->rows >= FRAMED_FROM ? POLE_LINES + 2 : 1;
}

/* A line as it stands on the display: its blanks at the left count. */
static void put(struct sheet *sheet, int row, int col, int cols, enum style style,
		const char *line)
{
	int at = (int)strspn(line, " ");

	if (at < cols)
		sheet_text(sheet, row, col + at, cols - at, false, style, line + at);
}

void view_pole(struct sheet *sheet)
{
	const struct page *page = sheet->page;
	int rows = view_pole_rows(sheet->canvas), row = sheet->canvas->rows - rows;
	int middle = sheet->canvas->cols / 2;
	struct area frame = {row, middle - FRAME_COLS / 2, rows, FRAME_COLS};

	if (rows == 1) {
		canvas_fill(sheet->canvas, (struct area){row, 0, 1, sheet->canvas->cols},
			    STYLE_POLE);
		put(sheet, row, middle - POLE_COLS, POLE_COLS, STYLE_POLE, page->pole[0]);
		put(sheet, row, middle, POLE_COLS, STYLE_POLE, page->pole[1]);
		return;
	}
	canvas_fill(sheet->canvas, (struct area){row, 0, rows, sheet->canvas->cols},
		    STYLE_PLAIN);
	canvas_frame(sheet->canvas, frame, STYLE_POLE, false);
	for (int i = 0; i < POLE_LINES; i++)
		put(sheet, row + 1 + i, frame.col + 2, POLE_COLS, STYLE_POLE,
		    page->pole[i]);
}
