/* manager.h - the manager's pages behind F10: PIN, pages, what each key does there.
 *
 * Lies over any other page (overlay.h: OVERLAY_MANAGER).  Knows nothing of visits: what a key
 * wishes done is said to the counter as a manager_wish.
 */
#ifndef TILLASK_CORE_MANAGER_H
#define TILLASK_CORE_MANAGER_H

#include "core/page.h"
#include "core/pin_field.h"

#define MANAGER_IDLE_MS 60000 /* without a key the pages close by themselves */

struct manager {
	enum manager_page at;
	struct pin_field pin;
};

enum manager_wish {
	MANAGER_STAYS,
	MANAGER_CLOSES,
	MANAGER_QUITS, /* end the program */
};

/* Behind a PIN where ASKS_PIN. */
void manager_open(struct manager *m, bool asks_pin);
/* Wipes everything. */
void manager_close(struct manager *m);
enum manager_wish manager_key(struct manager *m, struct guesses *guesses,
			      struct step *step, enum key key, uint32_t character);
/* The answer to the PIN. */
void manager_pin(struct manager *m, bool right);
/* The manager's part of PAGE. */
void manager_page(const struct manager *m, struct page *page);

#endif
