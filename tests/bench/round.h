/* round.h - a round of visits at one side, each key timed, and what many rounds came to. */
#ifndef TESTS_BENCH_ROUND_H
#define TESTS_BENCH_ROUND_H

#include "tests/bench/sample.h"
#include "tests/bench/side.h"

#define ROUND_VISITS   200 /* 400 keys that lead to a question, 200 last ones */
#define ROUND_WARM_UPS 20

/* Of one side, a number a round. */
struct times {
	struct rounds next50, next99, last50, last99;
};

/* TIMES may be NULL. */
void round_of(struct side *side, int visits, struct times *times);

/* Rounds of both by turns, and the two lines of the table: key -> next question beside WHAT. */
void round_beside(const struct bench *bench, struct side *ours, struct side *page,
		  const char *what);

#endif
