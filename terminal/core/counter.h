/* counter.h - the core as one value: a checkout counter with its customer, cashier and till.
 *
 * counter_step() is the only way in: event and time -> new state and effects.  Pure: no clock,
 * file, socket, screen or allocation.  visit.h holds the machine of one checkout; this module
 * adds what outlives a visit: cards and cool-downs, the open sale, pause, cashier, complaint,
 * tickets of the store, the next draw of questions.
 */
#ifndef TILLASK_CORE_COUNTER_H
#define TILLASK_CORE_COUNTER_H

#include "core/event.h"
#include "core/held.h"
#include "core/manager.h"
#include "core/overlay.h"
#include "core/page.h"
#include "core/queue_cost.h"
#include "core/visit.h"

#define COUNTER_REPEAT_MS     400  /* the keyboard repeating */
#define COUNTER_SAME_CARD_MS  3000 /* the same card again is `repeated` */
#define COUNTER_LOOKUP_MS     50 /* then the card is unknown: a swipe waits for no disk */
#define COUNTER_TOAST_MS      4000
#define COUNTER_PAUSE_MS      (10 * 60 * 1000)
#define COUNTER_TRAINING_MS   (30 * 60 * 1000)
#define COUNTER_RESPONDENT_MS (10 * 60 * 1000) /* chosen, and nobody answers */
/* Outside opening hours the screen stays awake so long after a key, a card or the till: the shop
 * may still be serving. */
#define COUNTER_AWAKE_MS (10 * 60 * 1000)
#define COUNTER_WAIT_MS  (2 * 60 * 1000) /* longer no sale stands still */
#define COUNTER_NOT_SAVING_MS \
	2000 /* the cashier is told when the store is silent so long */
/* Records on their way to the disk beyond which nobody is asked and nothing is opened; what is
 * under way still ends, so the ring behind EFFECT_SAVE must hold COUNTER_OUTSTANDING_MAX. */
#define COUNTER_BEHIND 192
/* From here an open visit takes no more keys either: it can end by itself, and no more. */
#define COUNTER_FULL            240
#define COUNTER_OUTSTANDING_MAX 256

/* A line for the cashier, for a while. */
struct notice {
	enum toast toast;
	char card[6];
	enum card_kind kind;
	uint16_t number;
	int64_t until_ms;
	uint64_t ticket; /* TOAST_CARD_READ becomes TOAST_CARD_OK when this is durable */
};

struct counter {
	const struct rules *rules;
	struct moment now; /* of the latest step */
	struct dice dice;
	struct ledger ledger;
	struct page shown;

	/* the customer */
	struct visit visit;
	uint8_t language;
	int64_t language_ms; /* at rest: when a changed language goes back */
	int64_t managed_ms;  /* when the manager's pages closed */
	struct deck deck,
		deck_before; /* deck_before: as it was before rest_plan was drawn */
	struct dice
		dice_before; /* likewise: a card that may be asked all gets the same plan */
	struct plan rest_plan; /* of the next visit that a key opens */
	bool plan_used;
	uint8_t rest_choice_from;
	uint32_t repeat_key;
	int64_t repeat_ms;
	struct overlay overlay;
	struct manager manager; /* while overlay is OVERLAY_MANAGER */
	struct guesses guesses;
	struct files_made files;

	/* the card */
	char last_card[CARD_NUMBER_MAX + 1];
	int64_t last_card_ms;
	uint32_t lookup;   /* number of the latest one */
	int64_t lookup_ms; /* its deadline; MOMENT_NEVER: none is awaited */
	uint8_t errors;    /* bad reads in a row */

	/* who answers the next visit that a key opens, as the manager said; a sale or a card is a
	 * customer's always */
	enum respondent respondent;
	int64_t respondent_ms; /* end of that, or MOMENT_NEVER: customers */
	int64_t training_ms;   /* end of training, or MOMENT_NEVER: none */
	int32_t training_day;
	int64_t active_ms; /* the latest key, card or word of the till */

	/* the till and the cashier */
	enum sale_stage stage;
	bool says_paid; /* this till has said when a sale is over: then STAGE_TOTAL means open */
	bool by_display; /* STAGE_TOTAL was read from the display, and no PAY has come for it */
	int64_t display_total;
	char receipt[RECEIPT_MAX + 1];
	struct held held;
	int64_t wait_ms; /* end of TILL_WAIT, or MOMENT_NEVER: the sale does not stand still */
	struct queue_cost queue;
	enum queue_group group; /* of the till's sale */
	bool set_aside;         /* a damaged database was: told on the manager's page */
	bool export_failed;     /* the daily files could not be written: likewise */
	bool published_refused; /* some of what head office published is not used: likewise */
	bool till_off;          /* the line to the customer display is lost */
	char pole[POLE_LINES][POLE_LINE_MAX + 1];
	struct notice notice;
	int64_t paused_ms; /* end of the pause, or MOMENT_NEVER: not paused */
	char cashier[CASHIER_MAX + 1];
	uint8_t readers_ready; /* a bit each */
	uint16_t streams;      /* a bit a device */
	uint32_t backlog;
	bool quitting; /* EFFECT_QUIT is out: only EVENT_SAVED still counts */
};

/* Starts at rest.  RULES is borrowed for the counter's life.  Asks for nothing; the first
 * counter_page() may be drawn at once. */
void counter_init(struct counter *c, const struct rules *rules, const uint8_t seed[32],
		  const struct moment *now);
/* After counter_init(): what the queue waited before this start. */
void counter_recall_queue(struct counter *c, const struct queue_past *past);

/* Other RULES, borrowed as the first ones were, with another questionnaire; the page at rest is a
 * new one.  Pause, cashier, till and cards go on.  False, and nothing changes, while anybody
 * stands there, a sale is open or held, or a record is not durable yet: try again. */
bool counter_take_rules(struct counter *c, const struct rules *rules);

/* One event.  EFFECTS is cleared first.  Never blocks, never fails: what makes no sense in this
 * state changes nothing. */
void counter_step(struct counter *c, const struct event *event, const struct moment *now,
		  struct effects *effects);

/* mono_ms at which the core wants an EVENT_WAKE, or MOMENT_NEVER; changes with every step. */
int64_t counter_wake_ms(const struct counter *c);

/* What stands on the screen now.  Cheap; OUT is wholly written. */
void counter_page(const struct counter *c, struct page *out);

/* The open visit, or none: for the answer to PAY. */
struct id counter_visit(const struct counter *c);

/* What asking costs the queue, as of the latest sale. */
const struct queue_cost *counter_queue(const struct counter *c);

/* Greatest ticket handed out by EFFECT_SAVE so far; EFFECT_QUIT means: end when it is durable. */
uint64_t counter_last_ticket(const struct counter *c);

#endif
