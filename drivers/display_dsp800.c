/* display_dsp800.c - DSP-800: frames 04 01 command .. 17, text bare; after Tysso's manual */
#include "drivers/display.h"

#include <string.h>

#define END 0x17

/* Positions are 0x31 (1) to 0x58 (40); -1: none. */
static int position(unsigned char byte)
{
	return byte >= 0x31 && byte <= 0x58 ? byte - 0x31 : -1;
}

static void go(struct display *d, int at)
{
	display_screen_to(&d->screen, at / DISPLAY_COLS, at % DISPLAY_COLS);
}

static void clear(struct display *d, const unsigned char *p)
{
	int from = position(p[0]), to = position(p[1]);

	if (from < 0 || to < 0 || p[2] != END)
		return;
	go(d, from);
	display_screen_blank(&d->screen, from, to);
}

static void cursor(struct display *d, const unsigned char *p)
{
	if (position(p[0]) >= 0 && p[1] == END)
		go(d, position(p[0]));
}

/* A layer's number as a digit, 1 to 9; -1: none. */
static int layer(unsigned char byte)
{
	return byte >= '1' && byte <= '9' ? byte - '1' : -1;
}

static void save(struct display *d, const unsigned char *p)
{
	if (layer(p[0]) >= 0 && p[1] == END)
		memcpy(d->layer[layer(p[0])], d->screen.cells, sizeof(d->screen.cells));
}

static void show(struct display *d, const unsigned char *p)
{
	if (layer(p[0]) < 0 || p[2] != END)
		return;
	display_screen_clear(&d->screen);
	memcpy(d->screen.cells, d->layer[layer(p[0])], sizeof(d->screen.cells));
	d->screen.painted = true;
}

static void initialise(struct display *d, const unsigned char *p)
{
	if (p[0] == END)
		display_screen_reset(&d->screen);
}

/* The end of the frame is the last parameter. */
static const struct display_command commands[] = {
	{{0x04, 0x01, 'C'}, 3, 3, TAIL_NONE, clear},
	{{0x04, 0x01, 'P'}, 3, 2, TAIL_NONE, cursor},
	{{0x04, 0x01, 'I'}, 3, 2, TAIL_NONE, NULL}, /* country */
	{{0x04, 0x01, 'S'}, 3, 2, TAIL_NONE, save},
	{{0x04, 0x01, 'D'}, 3, 3, TAIL_NONE, show},
	{{0x04, 0x01, '%'}, 3, 1, TAIL_NONE, initialise},
};

const struct display_protocol display_dsp800 = {
	"dsp800", 9600, "8N1", DISPLAY_COMMANDS(commands), {0, 0}, END, true,
};
