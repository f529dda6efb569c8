/* visit.h - one checkout: the state machine from its first event to its row.
 *
 *              sale begun, card            offer
 *   NONE ------------------------> WAITING ------> ASKING <---------------------+
 *     |     (card: up to 50 ms      |  ^            | |  |  Backspace           |
 *     |      for its facts)         |  |  time out, | |  +--- another page -----+
 *     |                             |  +- sale only | |                         |
 *     |  first key, offer at rest   |     begun     | |                         |
 *     +-----------------------------|--------------->| | last answer or skip     |
 *                                   |                | +----------> SAVING ------+
 *                        not asked: |           Esc  |    durable,   |           |
 *                        greeting   |                v    or 2 s     v           |
 *                                   |              LEFT           THANKED -------+
 *                                   v                |               |  Backspace
 *   NONE <----- close: time, paid + grace, next customer, end of program
 *
 * Every arrow is a row of the table `moves` in visit.c; visit_check() is the invariant.  The
 * row is complete and saved at every step: `outcome` in it is what would stand if the program
 * ended there.  Nothing here decides who is asked (asking.h) or when a customer changes
 * (counter.h).
 */
#ifndef TILLASK_CORE_VISIT_H
#define TILLASK_CORE_VISIT_H

#include "core/asking.h"
#include "core/event.h"
#include "core/page.h"
#include "core/step.h"

#define VISIT_HELD_MS    700  /* README, "Keys": the held 1 */
#define VISIT_CONFIRM_MS 2000 /* then a page that claims nothing */
#define VISIT_HAMMER_MS  1000 /* answer keys do nothing on a thanks page that young */
#define VISIT_BAR_S      5    /* the bar of the last seconds */

enum visit_state {
	VISIT_NONE,    /* nobody: the row is empty */
	VISIT_WAITING, /* open, nothing asked (yet, or at all), a greeting on the screen */
	VISIT_ASKING,
	VISIT_SAVING, /* all given; the confirmation waits for the store */
	VISIT_THANKED,
	VISIT_LEFT, /* Esc, or everything skipped: a friendly page, then the end */
};
#define VISIT_STATES 6

enum sale_stage { STAGE_NONE, STAGE_BEGUN, STAGE_TOTAL, STAGE_PAID };

enum given { GIVEN_NOTHING, GIVEN_SKIP, GIVEN_ANSWER };

struct visit {
	enum visit_state state;
	enum sale_stage stage;
	struct visit_row row;
	struct plan plan;
	uint8_t at; /* index in plan: the question on the screen */
	enum given given[QUESTIONS_MAX];
	int16_t value[QUESTIONS_MAX]; /* of GIVEN_ANSWER */
	struct card_facts facts;      /* of row.card */
	bool training;                /* the row is marked, and counts nowhere */
	bool left;                    /* Esc was pressed */
	bool confirmed;               /* the thanks page may say "saved" */
	bool unsaid;                  /* 2 s went by: it may not, for good */
	uint64_t confirm_ticket;      /* everything given is durable from here */
	int64_t deadline_ms;          /* end of this state, or MOMENT_NEVER */
	int64_t grace_ms;    /* end of an unanswered offer after paid, or MOMENT_NEVER */
	int64_t held_ms;     /* when the held 1 becomes an answer, or MOMENT_NEVER */
	int64_t entered_ms;  /* when this state, or this page of ASKING, began */
	bool page_at_rest;   /* the page stood there before anybody came */
	uint8_t choice_from; /* page of choices */
	uint8_t typing_question; /* the QUESTION_WORDS whose words `typing` are, entered or not */
	char typing[WORDS_MAX + 1];
};

/* Nobody. */
void visit_clear(struct visit *v);
bool visit_is_open(const struct visit *v);
bool visit_has_answers(const struct visit *v);
/* Neither answered nor skipped anything, nothing typed, no 1 held. */
bool visit_is_untouched(const struct visit *v);

/* NONE -> WAITING.  The row begins now; saved with the next visit_save(). */
void visit_open(struct visit *v, struct step *step, enum trigger trigger,
		uint8_t language);

/* WAITING -> ASKING with PLAN (count >= 1).  AT_REST: its first page already stood there.
 * After paid there is only the grace. */
void visit_offer(struct visit *v, struct step *step, const struct plan *plan,
		 bool at_rest);

/* ASKING and untouched: another plan (a card joined); the page stays if its question does. */
void visit_replan(struct visit *v, struct step *step, const struct plan *plan);

/* Stays or goes back to WAITING; the visit ends UNTIL_MS (MOMENT_NEVER: with its sale). */
void visit_not_asked(struct visit *v, struct step *step, enum reason reason,
		     int64_t until_ms);

/* Saves the row as it is; with ANSWER and CARD_EVENT where not NULL in the same transaction. */
void visit_save(struct visit *v, struct step *step, const struct answer_row *answer,
		const struct card_event_row *card_event);

/* One answer or skip to the question on the screen: saved, then the next page or the end.
 * VALUE as in struct answer_row; words are those typed, their digits starred where a payment
 * card's number is among them.  ASKING only. */
void visit_give(struct visit *v, struct step *step, enum given given, int value);
/* Esc: ASKING -> LEFT, saved. */
void visit_leave(struct visit *v, struct step *step);
/* One question back; from SAVING and THANKED to the last one. */
void visit_back(struct visit *v, struct step *step);
/* The question on the screen in ASKING and SAVING. */
const struct question *visit_question(const struct visit *v, const struct rules *rules);

/* A customer's key in ASKING, SAVING, THANKED or LEFT.  Keys that mean nothing there are
 * nothing.  visit_key.c.  KEY_TEXT `*` and `/`, and F-keys, never come here. */
void visit_key(struct visit *v, struct step *step, enum key key, uint32_t character);

/* The page takes words: there only Enter, Backspace, Esc and F-keys are commands. */
bool visit_wants_text(const struct visit *v, const struct rules *rules);

/* Starts the time of this page again: a key, `+`, a card, the sale's total. */
void visit_more_time(struct visit *v, const struct rules *rules, int64_t now_ms);
/* A page that lay over this one is gone: its time starts again, the grace after paid too. */
void visit_resume(struct visit *v, const struct rules *rules, int64_t now_ms);

/* The till said paid. */
void visit_paid(struct visit *v, struct step *step);

/* SAVING -> THANKED when the store has everything; called after ledger_saved(). */
void visit_saved(struct visit *v, struct step *step);

/* What is due at step->now.  True: the visit's time is over and the caller closes it. */
bool visit_wake(struct visit *v, struct step *step);
int64_t visit_wake_ms(const struct visit *v, int64_t now_ms);

/* Saves the final row (closing) and clears V.  INTERRUPTED: the program ends. */
void visit_close(struct visit *v, struct step *step, bool interrupted);

/* Fills the customer's part of PAGE; only while open. */
void visit_page(const struct visit *v, const struct moment *now, struct page *page);

/* The invariant, asserted after every step. */
void visit_check(const struct visit *v);

#endif
