/* display_acts.c - what the commands of several sets do, see display.h */
#include "drivers/display.h"

#define UNUSED(p) ((void)(p))

void display_act_clear(struct display *d, const unsigned char *p)
{
	UNUSED(p);
	d->string_mode = false;
	display_screen_clear(&d->screen);
}

void display_act_clear_row(struct display *d, const unsigned char *p)
{
	UNUSED(p);
	d->string_mode = false;
	display_screen_clear_row(&d->screen);
}

void display_act_reset(struct display *d, const unsigned char *p)
{
	UNUSED(p);
	d->string_mode = false;
	display_screen_reset(&d->screen);
}

/* In CD5220's string mode the cursor is nobody's. */
#define MOVE(name, move)                                                   \
	void display_act_##name(struct display *d, const unsigned char *p) \
	{                                                                  \
		UNUSED(p);                                                 \
		if (!d->string_mode)                                       \
			move;                                              \
	}

MOVE(left, display_screen_left(&d->screen))
MOVE(right, display_screen_right(&d->screen))
MOVE(up, display_screen_up(&d->screen))
MOVE(down, display_screen_down(&d->screen))
MOVE(home, display_screen_to(&d->screen, 0, 0))
MOVE(row_start, display_screen_to(&d->screen, d->screen.row, 0))
MOVE(row_end, display_screen_to(&d->screen, d->screen.row, DISPLAY_COLS - 1))
MOVE(bottom, display_screen_to(&d->screen, DISPLAY_ROWS - 1, DISPLAY_COLS - 1))
MOVE(position, display_screen_to(&d->screen, p[0] / DISPLAY_COLS, p[0] % DISPLAY_COLS))
MOVE(column_row, display_screen_to(&d->screen, p[1] - 1, p[0] - 1))
MOVE(overwrite, d->screen.mode = DISPLAY_OVERWRITE)
MOVE(vertical, d->screen.mode = DISPLAY_VERTICAL)
MOVE(horizontal, d->screen.mode = DISPLAY_HORIZONTAL)

void display_act_upper(struct display *d, const unsigned char *p)
{
	UNUSED(p);
	display_screen_write(&d->screen, 0, d->text, d->texts);
}

void display_act_lower(struct display *d, const unsigned char *p)
{
	UNUSED(p);
	display_screen_write(&d->screen, 1, d->text, d->texts);
}

void display_act_both(struct display *d, const unsigned char *p)
{
	int upper = d->texts < DISPLAY_COLS ? d->texts : DISPLAY_COLS;

	UNUSED(p);
	display_screen_write(&d->screen, 0, d->text, upper);
	display_screen_write(&d->screen, 1, d->text + upper, d->texts - upper);
}

void display_act_select(struct display *d, const unsigned char *p)
{
	d->printer = (p[0] & 2) == 0;
	d->recent = 0x0A; /* the printer is at the beginning of a line */
	if (d->printer)
		display_screen_whole(&d->screen);
}

void display_act_table(struct display *d, const unsigned char *p)
{
	const struct display_tables *tables = d->options.tables != NULL
						      ? d->options.tables
						      : &display_tables_usual;

	for (int i = 0; i < tables->n; i++) {
		if (tables->row[i].number == p[0])
			display_use(d, tables->row[i].page);
	}
}

void display_act_kick(struct display *d, const unsigned char *p)
{
	UNUSED(p);
	d->kicked = true;
}
