/* display_escpos.c - Epson's display set, DM-D110/D210 and most clones */
#include "drivers/display_escpos.h"

void display_act_define(struct display *d, const unsigned char *p)
{
	if (p[2] < p[1])
		return;
	d->left = (uint32_t)(p[2] - p[1] + 1);
	d->state = DISPLAY_PATTERNS;
}

void display_act_extended(struct display *d, const unsigned char *p)
{
	d->left = p[1] + 256u * p[2];
	if (d->left > 0)
		d->state = DISPLAY_SKIP;
}

/* A character with a mark in the same cell. */
static void marked(struct display *d, unsigned char byte, char mark)
{
	struct code_page_reader reader = {0};
	uint32_t c[2];

	if (!d->string_mode && code_page_read(&reader, d->page, byte, c) == 1)
		display_screen_put(&d->screen, c[0], mark);
}

void display_act_point(struct display *d, const unsigned char *p)
{
	marked(d, p[0], '.');
}

void display_act_comma(struct display *d, const unsigned char *p)
{
	marked(d, p[0], ',');
}

void display_act_semicolon(struct display *d, const unsigned char *p)
{
	marked(d, p[0], ';');
}

/* n s [x1 y1 x2 y2]: the place follows when the window is set. */
static void window(struct display *d, const unsigned char *p)
{
	if ((p[1] & 1) == 0)
		return;
	d->left = 4;
	d->state = DISPLAY_SKIP;
}

static const struct display_command commands[] = {
	DISPLAY_ESCPOS_COMMON,
	{{0x1B, 0x57}, 2, 2, TAIL_NONE, window},
	{{0x02, 0x05}, 2, 0, TAIL_FRAME, NULL}, /* Aures, Oxhoo: 02 05 .. 03 */
};

const struct display_protocol display_escpos = {
	"escpos", 9600, "8N1", DISPLAY_COMMANDS(commands), {0, 0}, 0, true,
};
