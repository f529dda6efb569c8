/* display_utc.c - UTC standard (Logic Controls, PD1100) and enhanced; after
 * Tysso's VFD-450/550 */
#include "drivers/display.h"

#define CR 0x0D

static const struct display_command commands[] = {
	{{0x04}, 1, 1, TAIL_NONE, NULL}, /* brightness */
	{{0x05}, 1, 0, TAIL_TEXT, display_act_upper},
	{{0x08}, 1, 0, TAIL_NONE, display_act_left},
	{{0x09}, 1, 0, TAIL_NONE, display_act_right},
	{{0x0A}, 1, 0, TAIL_NONE, display_act_down},
	{{0x0D}, 1, 0, TAIL_NONE, display_act_row_start},
	{{0x10}, 1, 1, TAIL_NONE, display_act_position},
	{{0x11}, 1, 0, TAIL_NONE, display_act_overwrite},
	{{0x12}, 1, 0, TAIL_NONE, display_act_vertical},
	{{0x13}, 1, 0, TAIL_NONE, NULL}, /* cursor */
	{{0x14}, 1, 0, TAIL_NONE, NULL},
	{{0x1F}, 1, 0, TAIL_NONE, display_act_reset},
	{{0x1B, 0x0F}, 2, 1, TAIL_NONE, NULL}, /* leaves the enhanced set: 0D */
	{{0x1B, 0x64}, 2, 0, TAIL_NONE, NULL}, /* enters it */
	{{0x1B, 0x75, 0x41}, 3, 0, TAIL_TEXT, display_act_upper},
	{{0x1B, 0x75, 0x42}, 3, 0, TAIL_TEXT, display_act_lower},
	{{0x1B, 0x75, 0x44}, 3, 0, TAIL_TEXT, display_act_upper}, /* scrolls */
	{{0x1B, 0x75, 0x45}, 3, 0, TAIL_TEXT, NULL},              /* time */
	{{0x1B, 0x75, 0x48}, 3, 3, TAIL_NONE, NULL}, /* attention code: n m 0D */
	{{0x1B, 0x75, 0x49}, 3, 0, TAIL_TEXT, display_act_both},
};

const struct display_protocol display_utc = {
	"utc", 9600, "8N1", DISPLAY_COMMANDS(commands), {0, 0}, CR, true,
};
