/* display_surepos.c - IBM SurePOS as uniCenta drives it */
#include "drivers/display.h"

static const struct display_command commands[] = {
	{{0x00}, 1, 1, TAIL_NONE, NULL}, /* mode */
	{{0x02}, 1, 1, TAIL_NONE, display_act_table},
	{{0x08}, 1, 0, TAIL_NONE, display_act_left},
	{{0x0A}, 1, 0, TAIL_NONE, display_act_down},
	{{0x0D}, 1, 0, TAIL_NONE, display_act_row_start},
	{{0x10}, 1, 1, TAIL_NONE, display_act_position},
	{{0x11}, 1, 0, TAIL_NONE, display_act_overwrite},
	{{0x14}, 1, 0, TAIL_NONE, NULL}, /* cursor off */
};

const struct display_protocol display_surepos = {
	"surepos", 9600, "8N1", DISPLAY_COMMANDS(commands), {0, 0}, 0, true,
};
