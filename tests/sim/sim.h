/* sim.h - a whole till in one process: virtual clock, seeded people, faults and power cuts.
 *
 *   people.c  customers, a cashier and a till do what the seed makes them do
 *   world.c   the table behind run/dispatch.h: clock, store on a crashing disk, screen
 *   promise.c what the screen promised, held against the database
 *
 * The core, the dispatcher, the card decoder with its guard and the store's writer are the real
 * ones.  The power goes between any two effects and at any write of the disk.
 */
#ifndef TESTS_SIM_SIM_H
#define TESTS_SIM_SIM_H

#include <setjmp.h>

#include "core/sale.h"
#include "drivers/magstripe.h"
#include "promise.h"
#include "run/dispatch.h"
#include "store/writer.h"

#define SIM_START_UTC_MS INT64_C(1767225600000) /* 2026-01-01T00:00Z */

struct sim {
	uint64_t seed;
	struct dice dice; /* of the world; the core has its own */
	struct moment now;
	struct questionnaire questionnaire;
	struct rules rules;
	struct dispatch dispatch;
	struct magstripe magstripe;
	struct card_rules cards;
	struct sale sale;
	struct promises promises;
	struct page page;
	uint64_t ticket_of_answers
		[VISITS_MAX]; /* by visit of promises: latest answer's ticket */
	const char *wrong;    /* the first must-never that happened */
	char text[400];

	/* what comes back later; MOMENT_NEVER: nothing does */
	int64_t wake_ms, commit_ms, saved_ms, facts_ms, pin_ms, pin_set_ms, findings_ms,
		files_ms;
	uint64_t saved_ticket; /* durable, not yet told */
	uint64_t acked_ticket; /* told */
	uint32_t lookup;
	struct card_facts facts;
	struct inquiry inquiry;
	struct files_made files;
	bool pin_right;
	uint16_t guesses; /* wrong in a row, as the disk has it */
	bool quit;
	int same_instant; /* turns without time moving on */

	/* the store thread's ring */
	struct save waiting[COUNTER_OUTSTANDING_MAX + 1];
	unsigned waiting_n;
	struct writer writer;
	struct store_options options;
	bool open, stalled;

	/* the power */
	jmp_buf cut;
	bool may_cut;
	int cuts, commits, faults;

	/* people */
	int acts;
	int64_t next_act_ms;
	uint32_t last_digit;
	int64_t last_digit_ms;
	int last_card;
};

/* world.c */
void world_boot(struct sim *sim);
/* Lets time pass to the next thing that happens and makes it happen. */
void world_turn(struct sim *sim);
void world_event(struct sim *sim, const struct event *event);
/* Closes everything the ordinary way; false when it does not end. */
bool world_stop(struct sim *sim);
/* After the power went: the files as they are, a new start. */
void world_power_on(struct sim *sim);
void sim_wrong(struct sim *sim, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* people.c */
extern const char *const people_cards[CARDS_MAX];
void people_rules(struct sim *sim);
void people_act(struct sim *sim);
/* What a customer can see on the page just drawn must be theirs. */
void people_look(struct sim *sim, const struct page *before);

#endif
