/* overlay.h - pages that lie over any other and return there: complaint, cashier, manager.
 *
 * README, "Keys": `*`, F4, F10.  While one is up, the time of the visit
 * below stands still.  What the manager's pages are is manager.h; here is that they are up.
 */
#ifndef TILLASK_CORE_OVERLAY_H
#define TILLASK_CORE_OVERLAY_H

#include "core/event.h"
#include "core/page.h"
#include "core/pin_field.h"

#define OVERLAY_IDLE_MS 60000 /* cashier's and manager's pages close by themselves */

enum overlay_kind {
	OVERLAY_NONE,
	OVERLAY_COMPLAINT,
	OVERLAY_COMPLAINT_SAVING,
	OVERLAY_COMPLAINT_DONE,
	OVERLAY_CASHIER,
	OVERLAY_MANAGER,
};

struct overlay {
	enum overlay_kind kind;
	int64_t deadline_ms;
	/* complaint */
	enum overlay_kind under; /* a PIN page that it lies over, or none */
	uint8_t choice_from, shift;
	int16_t marked;
	uint64_t ticket;
	bool confirmed;
	struct pin_field pin; /* cashier */
};

/* What became of a key. */
enum overlay_result {
	OVERLAY_STAYS,
	OVERLAY_CLOSED,
	OVERLAY_REFUSED, /* cashier: a payment card's number was typed, and is forgotten */
	OVERLAY_CHOSEN,  /* complaint: `marked` is the choice 1..n; the caller saves it */
};

/* A complaint opened over a page for a PIN returns there, the PIN forgotten. */
void overlay_open(struct overlay *o, enum overlay_kind kind, struct step *step);
/* Back to the page under a complaint; false: to none. */
bool overlay_back(struct overlay *o, struct step *step);
void overlay_close(struct overlay *o);
/* A key that is not the page's own (`/`): the time to choose a complaint starts again. */
void overlay_more_time(struct overlay *o, struct step *step);
/* A key on any of them but the manager's. */
enum overlay_result overlay_key(struct overlay *o, struct guesses *guesses,
				struct step *step, enum key key, uint32_t character);
/* Somebody is there: the time until it closes by itself starts again. */
void overlay_stay(struct overlay *o, struct step *step);
/* The complaint was handed to the store as TICKET. */
void overlay_saving(struct overlay *o, struct step *step, uint64_t ticket);
void overlay_saved(struct overlay *o, struct step *step);
/* The answer to a cashier's PIN; true: it is theirs, the page is done. */
bool overlay_pin(struct overlay *o, struct step *step, bool right);
/* True: its time is over, the caller closes it. */
bool overlay_wake(struct overlay *o, struct step *step);
void overlay_page(const struct overlay *o, struct page *page);

#endif
