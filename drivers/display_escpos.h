/*
 * display_escpos: commands that Epson's set and CD5220 share
 */
#ifndef DRIVERS_DISPLAY_ESCPOS_H
#define DRIVERS_DISPLAY_ESCPOS_H

#include "drivers/display.h"

/* n m of `define characters`: a count and a pattern for each follow. p: y n m. */
void display_act_define(struct display *d, const unsigned char *p);
/* Extended command: pL pH say how many bytes follow. p: f pL pH. */
void display_act_extended(struct display *d, const unsigned char *p);
void display_act_point(struct display *d, const unsigned char *p);
void display_act_comma(struct display *d, const unsigned char *p);
void display_act_semicolon(struct display *d, const unsigned char *p);

/* clang-format off */
#define DISPLAY_ESCPOS_COMMON                                                   \
	{{0x08}, 1, 0, TAIL_NONE, display_act_left},                            \
	{{0x09}, 1, 0, TAIL_NONE, display_act_right},                           \
	{{0x0A}, 1, 0, TAIL_NONE, display_act_down},                            \
	{{0x0B}, 1, 0, TAIL_NONE, display_act_home},                            \
	{{0x0C}, 1, 0, TAIL_NONE, display_act_clear},                           \
	{{0x0D}, 1, 0, TAIL_NONE, display_act_row_start},                       \
	{{0x18}, 1, 0, TAIL_NONE, display_act_clear_row},                       \
	{{0x1B, 0x25}, 2, 1, TAIL_NONE, NULL},               /* user characters */ \
	{{0x1B, 0x26}, 2, 3, TAIL_NONE, display_act_define},                    \
	{{0x1B, 0x3D}, 2, 1, TAIL_NONE, display_act_select},                    \
	{{0x1B, 0x3F}, 2, 1, TAIL_NONE, NULL},               /* likewise */     \
	{{0x1B, 0x40}, 2, 0, TAIL_NONE, display_act_reset},                     \
	{{0x1B, 0x52}, 2, 1, TAIL_NONE, NULL},               /* international set */ \
	{{0x1B, 0x70}, 2, 3, TAIL_NONE, display_act_kick},   /* both are selected */ \
	{{0x1B, 0x74}, 2, 1, TAIL_NONE, display_act_table},                     \
	{{0x1F, 0x01}, 2, 0, TAIL_NONE, display_act_overwrite},                 \
	{{0x1F, 0x02}, 2, 0, TAIL_NONE, display_act_vertical},                  \
	{{0x1F, 0x03}, 2, 0, TAIL_NONE, display_act_horizontal},                \
	{{0x1F, 0x0A}, 2, 0, TAIL_NONE, display_act_up},                        \
	{{0x1F, 0x0D}, 2, 0, TAIL_NONE, display_act_row_end},                   \
	{{0x1F, 0x23}, 2, 2, TAIL_NONE, NULL},               /* annunciator */  \
	{{0x1F, 0x24}, 2, 2, TAIL_NONE, display_act_column_row},                \
	{{0x1F, 0x28}, 2, 3, TAIL_NONE, display_act_extended},                  \
	{{0x1F, 0x2C}, 2, 1, TAIL_NONE, display_act_comma},                     \
	{{0x1F, 0x2E}, 2, 1, TAIL_NONE, display_act_point},                     \
	{{0x1F, 0x3B}, 2, 1, TAIL_NONE, display_act_semicolon},                 \
	{{0x1F, 0x40}, 2, 0, TAIL_NONE, NULL},               /* self-test */    \
	{{0x1F, 0x42}, 2, 0, TAIL_NONE, display_act_bottom},                    \
	{{0x1F, 0x43}, 2, 1, TAIL_NONE, NULL},               /* cursor */       \
	{{0x1F, 0x45}, 2, 1, TAIL_NONE, NULL},               /* blink */        \
	{{0x1F, 0x54}, 2, 2, TAIL_NONE, NULL},               /* clock */        \
	{{0x1F, 0x55}, 2, 0, TAIL_NONE, NULL},                                  \
	{{0x1F, 0x58}, 2, 1, TAIL_NONE, NULL},               /* brightness */   \
	{{0x1F, 0x72}, 2, 1, TAIL_NONE, NULL},               /* reverse */      \
	{{0x1F, 0x76}, 2, 1, TAIL_NONE, NULL}                /* DTR */
/* clang-format on */

#endif
