/*
 * report_fixture_parts: what the files of report_fixture share
 */
#ifndef TESTS_REPORT_FIXTURE_PARTS_H
#define TESTS_REPORT_FIXTURE_PARTS_H

#include "tests/lib/report_fixture.h"

#define MIN_N     5
#define FIRST_DAY 20758 /* 2026-11-01, a Sunday */

struct fixture_size {
	const char *name;
	unsigned days, questions, cashiers;
	int64_t a_day; /* answers, about */
};

struct fixture_making {
	const struct words *words;
	struct report *report;
	enum report_fixture which;
	const struct fixture_size *size;
	int language;
	uint32_t state;
	unsigned hostile;
};

/* 0..n-1, the same every time. */
int64_t fixture_draw(struct fixture_making *m, int64_t n);
/* TEXT, or in the hostile report the next attack. */
char *fixture_text(struct fixture_making *m, const char *usual);
char *fixture_word(struct fixture_making *m, enum word w);
/* Puts WHAT in the place of the text that was there. */
void fixture_put(char **where, char *what);
/* N answers, of a hundred GOOD and BAD ones. */
struct score_count fixture_count(struct fixture_making *m, int64_t n, int good, int bad);
void fixture_begin(struct fixture_making *m, struct report_table *table, enum word title,
		   double least, double most);

void fixture_make_score(struct fixture_making *m, unsigned i, struct report_score *s);
/* N: visits of the period; of make_causes(), low answers. */
void fixture_make_causes(struct fixture_making *m, int64_t n);
void fixture_make_visits(struct fixture_making *m, int64_t n);
void fixture_make_people(struct fixture_making *m, int64_t n);
void fixture_make_actions(struct fixture_making *m);
void fixture_make_first(struct fixture_making *m);

#endif
