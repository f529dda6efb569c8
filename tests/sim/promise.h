/* promise.h - what the screen promised people, held against the database.
 *
 * Written from the outside: it sees pages, keys and swipes, never the core's insides.  A key on
 * a question is an expectation of that visit; the page that says "saved" turns the visit's
 * expectations into promises; so does the toast "accepted" for a swipe.  promises_check() then
 * asks the database, after every power cut and at the end, whether each was kept: there, once,
 * and with nobody else's.
 */
#ifndef TESTS_SIM_PROMISE_H
#define TESTS_SIM_PROMISE_H

#include <sqlite3.h>

#include "core/page.h"

#define VISITS_MAX 400
#define CARDS_MAX  13

enum expected { EXPECTED_NOTHING, EXPECTED_VALUE, EXPECTED_SKIP, EXPECTED_UNSURE };

struct promised_visit {
	struct id id;
	struct {
		enum expected expected;
		int value;
		bool promised;
	} question[QUESTIONS_MAX];
	uint16_t cards; /* a bit a card swiped while it was open */
};

struct promises {
	const struct questionnaire *questionnaire;
	const char *const *cards; /* numbers, CARDS_MAX */
	int count;
	struct promised_visit visit[VISITS_MAX];
	int swipes[CARDS_MAX];   /* readings made */
	int accepted[CARDS_MAX]; /* promised by the toast */
	int thanks;              /* pages that said "saved", over all */
};

void promises_init(struct promises *p, const struct questionnaire *questionnaire,
		   const char *const *cards);
/* The visit with this id, new when unknown; NULL for none. */
struct promised_visit *promises_visit(struct promises *p, struct id id);
void promises_expect(struct promised_visit *v, uint8_t question, enum expected what,
		     int value);
/* The page that says "saved" is drawn. */
void promises_thanks(struct promises *p, struct id id);

/* NULL when every promise is kept in DB, else what is wrong; the caller frees.  ALL_CLOSED: no
 * visit may be open. */
char *promises_check(struct promises *p, sqlite3 *db, bool all_closed);

#endif
