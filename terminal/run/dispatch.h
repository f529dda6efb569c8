/* dispatch.h - event -> core -> effects, over a table of world functions.
 *
 * The one seam between the core and the world.  `run` puts the real clock, store, screen and
 * devices behind the table; the simulation puts virtual ones.  No function of the table may
 * block or call dispatch_event() again; answers come as later events.  Main thread only.
 */
#ifndef TILLASK_RUN_DISPATCH_H
#define TILLASK_RUN_DISPATCH_H

#include "core/counter.h"

struct world {
	void *self; /* first argument of every function */
	void (*now)(void *self, struct moment *out);
	void (*show)(void *self, const struct page *page);
	/* SAVE is borrowed for the call; copy it to the store thread.  Never fails: the ring behind
	 * it is larger than the core ever has outstanding (COUNTER_OUTSTANDING_MAX). */
	void (*save)(void *self, const struct save *save);
	void (*lookup)(void *self, uint32_t lookup, const char *card);
	void (*drain)(void *self, bool readers_too);
	void (*check_pin)(void *self, const char *cashier, const char *pin);
	void (*ask_pin_set)(void *self);
	void (*demo_swipe)(void *self);
	void (*inquire)(void *self, const struct inquiry *inquiry);
	/* Begins to make the files of business day DAY; EVENT_FILES says how it ends, always. */
	void (*make_files)(void *self, int32_t day);
	void (*wake_at)(
		void *self,
		int64_t mono_ms); /* replaces the earlier one; MOMENT_NEVER: none */
	void (*quit)(void *self);
};

struct dispatch {
	struct counter counter;
	struct world world;
};

/* Prepares and shows the first page. */
void dispatch_init(struct dispatch *d, const struct world *world,
		   const struct rules *rules, const uint8_t seed[32]);
/* counter_take_rules(), and shows its page. */
bool dispatch_take_rules(struct dispatch *d, const struct rules *rules);
void dispatch_event(struct dispatch *d, const struct event *event);

#endif
