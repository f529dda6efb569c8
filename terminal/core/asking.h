/* asking.h - who is asked, who is not and why not; which questions, in which order.
 *
 * Cool-downs and draws: config.ini, [survey]; README, "A visit".  An answer carries its `place`
 * and its `probability` of being asked, fixed before the first answer.  Extras (`low`, `returned`)
 * take no place from a turning question, so turning questions need no weights; estimates weigh
 * by 1/probability where it differs.
 */
#ifndef TILLASK_CORE_ASKING_H
#define TILLASK_CORE_ASKING_H

#include "core/rows.h"
#include "core/rules.h"

/* What a counter with nobody special in front of it knows of a card. */
extern const struct card_facts card_facts_unknown;

/* REASON_NONE: ask.  A card that answered less than cooldown_days ago, or declined less than
 * declined_days ago, rests. */
enum reason asking_card(const struct rules *rules, const struct card_facts *facts,
			int32_t day);

/* A sale that the till opened.  HOLDOUT_DRAWN: also throw for the hold-out. */
enum reason asking_draw(const struct rules *rules, struct dice *dice, bool holdout);

/* The turning questions still to be asked before each has been asked once more. */
struct deck {
	uint8_t count;
	uint8_t question[QUESTIONS_MAX];
};

struct planned {
	uint8_t question;   /* index in the questionnaire */
	uint8_t shift;      /* page.h: choice_shift */
	double probability; /* of standing in a plan like this one; extras 1 */
};

struct plan {
	uint8_t count;
	struct planned item[ASKED_MAX];
};

/* Plans one visit: WHEN_ALWAYS in the order of config.ini, then the places left from the deck,
 * then WHEN_RETURNED if the card comes back after sleeping.  What every_days rules out for this
 * card is left out and its place goes to the deck.  DECK changes; keep a copy to plan again. */
void asking_plan(const struct rules *rules, const struct card_facts *facts, int32_t day,
		 struct deck *deck, struct dice *dice, struct plan *plan);

/* Puts the WHEN_LOW questions that are not in PLAN yet after item AT, ASKED_MAX in all. */
void asking_add_low(const struct rules *rules, const struct card_facts *facts,
		    int32_t day, struct dice *dice, struct plan *plan, uint8_t at);

#endif
