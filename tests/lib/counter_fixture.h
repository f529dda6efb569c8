/* counter_fixture.h - a counter with a virtual clock, a store and a till beside it, in text.
 *
 * For tests of the core: scripts go in ("5 ~700 9 Enter"), lines come out ("key completed
 * overall=5 nps=9").  After every step the invariants of the core are asserted, so each test
 * and the fuzzer hold them.  No GLib: the fuzzer links it too.
 */
#ifndef TILLASK_TESTS_COUNTER_FIXTURE_H
#define TILLASK_TESTS_COUNTER_FIXTURE_H

#include "core/counter.h"

#define FIXTURE_VISITS_MAX 8 /* remembered; older ones are all closed */
#define FIXTURE_TEXT_MAX   4096

struct fixture_visit {
	struct id id;
	bool closed;
	uint64_t answers_ticket; /* latest answer of it */
	struct answer_row answers[QUESTIONS_MAX];
	uint32_t answered; /* a bit a question: has a row in answers[] */
};

struct counter_fixture {
	/* set before fixture_start(), or at any time after */
	struct questionnaire questionnaire;
	struct rules rules;
	struct card_facts facts; /* what is known of every card */
	bool facts_never;        /* no look-up is answered */
	bool withhold;           /* the store confirms nothing */
	bool checks_pins;        /* PINs are answered at once: 1234 is right */
	bool no_pin;             /* there is none */
	bool doubts_pin;         /* whether there is one is not answered */

	/* to look at */
	struct counter counter;
	struct moment now;
	struct effects effects;    /* of the latest step */
	struct page page;          /* what stands on the screen */
	uint64_t saved;            /* confirmed so far */
	struct save last_save;     /* the latest */
	struct visit_row last_row; /* the latest visit row, closing or not */
	struct answer_row last_answer;
	struct card_event_row last_card_event;
	struct queue_time_row last_queue_time;
	unsigned drains, key_drains, quits, pin_checks, demo_swipes, lookups, closings,
		queue_times, inquiries, files;
	struct inquiry inquiry; /* the latest; the test answers it */
	int32_t files_day;

	/* its own */
	uint32_t lookup;
	uint16_t guesses; /* wrong PINs in a row */
	struct fixture_visit visits[FIXTURE_VISITS_MAX];
	unsigned visits_n;
	int64_t late_wake_ms;
	unsigned late_wakes;
	char rows[FIXTURE_TEXT_MAX], cards[FIXTURE_TEXT_MAX], text[FIXTURE_TEXT_MAX];
};

/* Rules as shipped (offer=rest, 20 s, grace 5 s, thanks 4 s, 30 and 90 days, everybody is
 * asked, two languages, one reader), three choices to complain of, no question yet. */
void fixture_init(struct counter_fixture *f);
/* One more question, all texts "x", three choices if it is a choice; the caller changes it. */
struct question *fixture_question(struct counter_fixture *f, const char *name,
				  enum question_kind kind, enum question_when when);
/* overall smiley always, nps nps10 always, goods yesno turn, improve choice low. */
void fixture_shop(struct counter_fixture *f);
/* The counter begins, with dice of SEED. */
void fixture_start(struct counter_fixture *f, uint8_t seed);
/* A shop that has begun, with dice of seed 1; one at a time, the next one takes its place. */
struct counter_fixture *fixture_begin(void);

/* One event now; then what store, look-up and PIN check answer at once. */
void fixture_event(struct counter_fixture *f, const struct event *event);
/* Keys, separated by spaces: a character, Enter, Back, Esc, F2, F4, F10, F12; ~N lets N
 * milliseconds go by. */
void press(struct counter_fixture *f, const char *keys);
/* Time goes by; the core is woken when it asks for it. */
void advance_ms(struct counter_fixture *f, int64_t ms);
/* NUMBER as reader 0 reads it; kind by its first digits: 9644 is a staff card, 9643 a bonus
 * card, everything else is foreign. */
void swipe(struct counter_fixture *f, const char *number);
/* What the reader reads instead of a number. */
void swipe_bad(struct counter_fixture *f, enum card_result result);
/* BEGUN, PAY (or TOTAL), SHOWN, TENDER, WAIT, GO_ON, PAID, ENDED, HOLD, RESUME, CANCEL, with receipt=R cashier=C total=N
 * (smallest units) kind=return|void|sale tender=cash|card. */
void till(struct counter_fixture *f, const char *line);
/* The store confirms everything handed to it. */
void fixture_confirm(struct counter_fixture *f);
void fixture_stop(struct counter_fixture *f);

/* The rows closed since the last call, "; " between them: "TRIGGER OUTCOME[/REASON]", then
 * what there is of " cN" (the complaint), " sale|return|void", " receipt=R", " total=N",
 * " card=NUMBER", and NAME=VALUE for each answer in the order of the questionnaire ("-":
 * skipped, "'...'": words). */
const char *fixture_rows(struct counter_fixture *f);
/* Card events since the last call: "accepted 9643..."; "+" before it: it belongs to a visit. */
const char *fixture_cards(struct counter_fixture *f);
/* The page in a line: "greeting", "rest overall 1/3", "nps 2/3", "nps 2/3 =10" (marked),
 * "words 1/1 'abc'", "... bar=4", "thanks", "unsaved", "partial", "declined", "complaint",
 * "complaint saved", "cashier NUMBER", "cashier NUMBER pin 2", "manager pin 2", "manager",
 * "manager survey", "manager day -1/0" (yesterday, first page), "greeting test 4", "asleep". */
const char *fixture_page(struct counter_fixture *f);

/* The invariants, counter_check.c; called after every step. */
void fixture_check_save(struct counter_fixture *f, const struct save *save);
void fixture_check_page(struct counter_fixture *f, bool shows);
void fixture_check_wake(struct counter_fixture *f);

#endif
