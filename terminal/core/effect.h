/* effect.h - everything that the core can ask of the world. */
#ifndef TILLASK_CORE_EFFECT_H
#define TILLASK_CORE_EFFECT_H

#include "core/findings.h"

#define PIN_MAX 12

enum effect_kind {
	EFFECT_SHOW, /* counter_page() is another now: draw it */
	EFFECT_SAVE, /* hand `save` to the store thread */
	EFFECT_LOOKUP, /* ask what is known of `card`; EVENT_CARD_FACTS answers, or nothing */
	EFFECT_DRAIN,      /* drop unread bytes of keyboard and readers */
	EFFECT_DRAIN_KEYS, /* drop unread bytes of the keyboard only (the customer changed) */
	EFFECT_CHECK_PIN, /* hash off the loop; EVENT_PIN answers */
	EFFECT_ASK_PIN_SET, /* is there a manager's PIN?  EVENT_PIN_SET answers, or nothing */
	EFFECT_DEMO_SWIPE,
	EFFECT_INQUIRE, /* ask the database `inquiry`; EVENT_FINDINGS answers, or nothing */
	EFFECT_MAKE_FILES, /* of `day`; EVENT_FILES tells how far it is */
	EFFECT_QUIT,       /* the visit is closed: end when the store has everything */
};

struct effect {
	enum effect_kind kind;
	union {
		struct save save;
		struct {
			uint32_t lookup;
			char card[CARD_NUMBER_MAX + 1];
		} lookup;
		struct {
			char cashier[CASHIER_MAX + 1]; /* "": the manager */
			char pin[PIN_MAX + 1];
		} pin;
		struct inquiry inquiry;
		int32_t day;
	};
};

/* More than any one step can make; core asserts it. */
#define EFFECTS_MAX 16

/* The caller's; filled by one step.  EFFECT_SHOW appears at most once and last. */
struct effects {
	uint8_t count;
	struct effect effect[EFFECTS_MAX];
};

#endif
