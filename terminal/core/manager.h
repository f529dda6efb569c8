/* manager.h - the manager's pages behind F10: PIN, pages, what each key does there.
 *
 * Lies over any other page (overlay.h: OVERLAY_MANAGER).  Knows nothing of visits: what a key
 * wishes done is said to the counter as a manager_wish, what a page shows of the database is
 * asked for by EFFECT_INQUIRE.  Keys are those of a number pad:
 *
 *	HOME    1 day  2 survey  3 queue  4 devices  5 database  6 files  7 test  0 or q: end?
 *	DAY     4 - the day before   6 + the day after   5 today   2 Enter on   8 back   7 proof
 *	PROOF   4 6 5 the day   7 its figures
 *	SURVEY  1 pause   2 who answers   3 training; without a PIN nothing
 *	FILES   4 6 5 the day   Enter: make them
 *	TEST    any key: the next picture
 *	QUIT    1 yes   2 no
 *	        Esc, Backspace, `.`: home, and from there out; F10: out
 */
#ifndef TILLASK_CORE_MANAGER_H
#define TILLASK_CORE_MANAGER_H

#include "core/page.h"
#include "core/pin_field.h"

#define MANAGER_IDLE_MS 60000 /* without a key the pages close by themselves */
/* The oldest day that can be leafed to. */
#define MANAGER_DAYS_BACK 3660

struct manager {
	enum manager_page at;
	bool doubts_pin; /* it is not known yet whether there is one */
	bool no_pin;
	struct pin_field pin;
	int64_t opened_ms;
	int32_t day;
	uint8_t item, items; /* MANAGER_DAY; pages of questions, as last heard */
	uint16_t test;       /* MANAGER_TEST: 0 is a page of its own */
	bool awaits;
	uint32_t inquiry; /* number of the latest one; survives manager_close() */
	struct findings findings;
};

enum manager_wish {
	MANAGER_STAYS,
	MANAGER_CLOSES,
	MANAGER_PAUSES,
	MANAGER_CHANGES_RESPONDENT, /* the next one of enum respondent */
	MANAGER_TRAINS,             /* training on, or off */
	MANAGER_MAKES_FILES,        /* of `day` */
	MANAGER_QUITS,              /* end the program */
};

/* Behind a PIN, until it is told that there is none. */
void manager_open(struct manager *m, struct step *step);
/* Wipes everything. */
void manager_close(struct manager *m);
enum manager_wish manager_key(struct manager *m, struct guesses *guesses,
			      struct step *step, enum key key, uint32_t character);
/* The answer to the PIN. */
void manager_pin(struct manager *m, bool right);
/* Whether there is a PIN at all.  Without one the pages open for everybody, and change nothing of
 * the survey: manager_key() never pauses, trains or chooses who answers.  One ends the program. */
void manager_pin_set(struct manager *m, bool set);
/* An answer of the database; one that nobody waits for any more is nothing. */
void manager_findings(struct manager *m, struct step *step,
		      const struct findings *findings);
/* The manager's part of PAGE. */
void manager_page(const struct manager *m, const struct rules *rules, struct page *page);

#endif
