/* till_desk.h - what the running terminal answers the till.
 *
 * A word of the till and a card number become events of the core; STATUS is read off its page.
 *
 *	PAY             OK visit=ID: the visit that the sale is in (none: it opens none now)
 *	PAID, HOLD, ... OK
 *	receipt= and cashier= pass the guard too: a payment card's number is not told to the core,
 *			and ` refused=receipt` or ` refused=cashier` follows the answer
 *	CARD            the guard first (payment_card.h), then the rules of all readers: OK, or
 *			ERR refused payment-card, ERR foreign: the core hears of these too
 *	STATUS		OK visit=ID|none reader=ready|off|none waiting=N saved=yes|no
 *			   paused=no|HH:MM clock=ok|doubtful config=MARK (config.h: of the
 *			   config.ini that this program began with)
 *
 * Main thread; never blocks or allocates.
 */
#ifndef TILLASK_RUN_TILL_DESK_H
#define TILLASK_RUN_TILL_DESK_H

#include "config.h"
#include "run/dispatch.h"
#include "run/till_line.h"

/* A TILL_LINE_WRONG is the socket's affair and may not come here. */
void till_desk_answer(struct dispatch *dispatch, const struct config *config,
		      const struct till_line *line, uint64_t saved_ticket, char *out,
		      size_t size);

#endif
