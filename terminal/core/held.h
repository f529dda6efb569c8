/* held.h - sales that the till put aside, each with its visit, until it takes them up again.
 *
 * A held visit stands still: nobody is asked, its row is open and saved.  Taken up again by its
 * receipt it goes on where it was: the same row, the same draw, the answers given.  One that is
 * not taken up within HELD_MS, or that a fifth one pushes out, closes as it was when it was held.
 *
 * Pure, fixed memory.
 */
#ifndef TILLASK_CORE_HELD_H
#define TILLASK_CORE_HELD_H

#include "core/visit.h"

#define HELD_MAX 4
#define HELD_MS  (2 * 60 * 60 * 1000)

struct held_sale {
	struct visit visit; /* VISIT_NONE: free */
	struct moment since;
};

struct held {
	struct held_sale sale[HELD_MAX];
};

void held_init(struct held *held);
/* Takes the open visit V over and clears it. */
void held_put(struct held *held, struct visit *v, struct step *step);
/* Gives the visit of RECEIPT back into V (nobody's); its sale is being rung up.  False: there is
 * none. */
bool held_take(struct held *held, const char *receipt, struct visit *v,
	       struct step *step);
/* Closes those whose time is over. */
void held_wake(struct held *held, struct step *step);
int64_t held_wake_ms(const struct held *held);
/* The program ends: closes all. */
void held_close(struct held *held, struct step *step);

#endif
