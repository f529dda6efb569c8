/* display_cd5220.c - CD5220, after its user's manual and Tysso's VFD-450/550 */
#include "drivers/display_escpos.h"

static void string_upper(struct display *d, const unsigned char *p)
{
	d->string_mode = true;
	display_act_upper(d, p);
}

static void string_lower(struct display *d, const unsigned char *p)
{
	d->string_mode = true;
	display_act_lower(d, p);
}

/* The letter of an extra set. */
static void extra_set(struct display *d, const unsigned char *p)
{
	if (p[0] == 'R')
		display_use(d, CODE_PAGE_CP866);
}

static const struct display_command commands[] = {
	DISPLAY_ESCPOS_COMMON,
	{{0x1B, 0x11}, 2, 0, TAIL_NONE, display_act_overwrite},
	{{0x1B, 0x12}, 2, 0, TAIL_NONE, display_act_vertical},
	{{0x1B, 0x13}, 2, 0, TAIL_NONE, display_act_horizontal},
	{{0x1B, 0x2A}, 2, 1, TAIL_NONE, NULL}, /* brightness */
	{{0x1B, 0x51, 0x41}, 3, 0, TAIL_TEXT, string_upper},
	{{0x1B, 0x51, 0x42}, 3, 0, TAIL_TEXT, string_lower},
	{{0x1B, 0x51, 0x44},
	 3,
	 0,
	 TAIL_TEXT,
	 string_upper},                        /* it scrolls: as it begins */
	{{0x1B, 0x57}, 2, 4, TAIL_NONE, NULL}, /* window: s x1 x2 y */
	{{0x1B, 0x5B, 0x41}, 3, 0, TAIL_NONE, display_act_up},
	{{0x1B, 0x5B, 0x42}, 3, 0, TAIL_NONE, display_act_down},
	{{0x1B, 0x5B, 0x43}, 3, 0, TAIL_NONE, display_act_right},
	{{0x1B, 0x5B, 0x44}, 3, 0, TAIL_NONE, display_act_left},
	{{0x1B, 0x5B, 0x48}, 3, 0, TAIL_NONE, display_act_home},
	{{0x1B, 0x5B, 0x4B}, 3, 0, TAIL_NONE, display_act_bottom},
	{{0x1B, 0x5B, 0x4C}, 3, 0, TAIL_NONE, display_act_row_start},
	{{0x1B, 0x5B, 0x52}, 3, 0, TAIL_NONE, display_act_row_end},
	{{0x1B, 0x5F}, 2, 1, TAIL_NONE, NULL}, /* cursor */
	{{0x1B, 0x63}, 2, 1, TAIL_NONE, extra_set},
	{{0x1B, 0x66}, 2, 1, TAIL_NONE, NULL}, /* international set */
	{{0x1B, 0x6C}, 2, 2, TAIL_NONE, display_act_column_row},
	{{0x1B, 0x73}, 2, 1, TAIL_NONE, NULL}, /* user characters are saved */
};

const struct display_protocol display_cd5220 = {
	"cd5220", 9600, "8N1", DISPLAY_COMMANDS(commands), {0, 0}, 0, true,
};
