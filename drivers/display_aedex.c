/* display_aedex.c - AEDEX: commands begin with an attention pair; after Tysso's
 * VFD-450/550 */
#include "drivers/display.h"

#define CR 0x0D

/* n m 0D: they are the pair from now on. */
static void attention(struct display *d, const unsigned char *p)
{
	if (p[2] != CR)
		return;
	d->attention[0] = p[0];
	d->attention[1] = p[1];
}

static const struct display_command commands[] = {
	{{'!', '#', '1'}, 3, 0, TAIL_TEXT, display_act_upper},
	{{'!', '#', '2'}, 3, 0, TAIL_TEXT, display_act_lower},
	{{'!', '#', '4'}, 3, 0, TAIL_TEXT, display_act_upper}, /* scrolls */
	{{'!', '#', '5'}, 3, 0, TAIL_TEXT, NULL},              /* time */
	{{'!', '#', '6'}, 3, 0, TAIL_TEXT, display_act_upper}, /* scrolls */
	{{'!', '#', '8'}, 3, 3, TAIL_NONE, attention},
	{{'!', '#', '9'}, 3, 0, TAIL_TEXT, display_act_both},
};

const struct display_protocol display_aedex = {
	"aedex", 9600, "8N1", DISPLAY_COMMANDS(commands), {'!', '#'}, CR, false,
};
