/* figure_counts.h - figures from counts: NPS, shares, and what changed between two of a kind.
 *
 * Everything x 100 with one decimal; z = 1.959964 (95 %).  Worked examples are in
 * tests/unit/core_figure.c.  N below MIN_N is hidden; of a difference each of the two counts.
 */
#ifndef TILLASK_CORE_FIGURE_COUNTS_H
#define TILLASK_CORE_FIGURE_COUNTS_H

#include "core/figure.h"
#include "core/questionnaire.h"

/* Answers to one question of one kind, as its score sees them.  nps10, nps11: promoters 9-10
 * are good, critics bad.  smiley: 4-5 good, 1-2 bad.  yesno: yes good, no bad.  choice: a choice
 * that counts as low is bad, every other one good.  What is skipped is in none of them. */
struct score_count {
	int64_t n, good, bad;
};

/* How a kind's answers are summed up in one figure. */
enum score_measure {
	SCORE_NPS, /* nps10, nps11: -100..100 */
	SCORE_SHARE, /* smiley: satisfied; yesno: yes; choice with low answers: not low: 0..100 */
	SCORE_CHOICES, /* choice without low answers: no score, the shares of its choices */
	SCORE_NONE,    /* words */
};
enum score_measure score_measure(enum question_kind kind, uint64_t low_choices);

/* Adds TIMES answers of VALUE (0..10, 1..5, 0/1, 1..n), none of them skipped. */
void score_add(struct score_count *c, enum question_kind kind, uint64_t low_choices,
	       int value, int64_t times);
void score_join(struct score_count *c, const struct score_count *more);

/* 100 (P - D)/n with the adjusted Wald interval of Sauro and Lewis:
 *	n~ = n+3   p~ = (P+3/4)/n~   d~ = (D+3/4)/n~   t~ = p~ - d~   v = p~ + d~ - t~^2
 *	t~ +- z sqrt(v/n~), cut to -100..100 */
struct figure figure_nps(const struct score_count *c, int min_n);

/* LATER less EARLIER, signed: raw1 - raw2, (t~1 - t~2) +- z sqrt(v1/n~1 + v2/n~2), cut to
 * -200..200. */
struct figure figure_nps_change(const struct score_count *later,
				const struct score_count *earlier, int min_n);

/* GOOD of N, Wilson's interval without continuity correction. */
struct figure figure_share(int64_t good, int64_t n, int min_n);

/* LATER less EARLIER, signed, in percentage points.  Newcombe's hybrid score interval (1998,
 * method 10): with Wilson's l and u of each,
 *	d - sqrt((p1 - l1)^2 + (u2 - p2)^2), d + sqrt((u1 - p1)^2 + (p2 - l2)^2) */
struct figure figure_share_change(int64_t later_good, int64_t later_n,
				  int64_t earlier_good, int64_t earlier_n, int min_n);

/* Answers with unlike chances of being asked: each counts 1/probability (asking.h).
 * Zero it to begin. */
struct score_weight {
	double sum, squares, good, bad;
	double least, most; /* of the probabilities */
	int64_t n;
};
void score_weigh(struct score_weight *w, enum question_kind kind, uint64_t low_choices,
		 int value, double probability);
/* Some answers were likelier to be asked for than others. */
bool score_weight_differs(const struct score_weight *w);
/* NPS or share of the weighted answers.  The interval is that of the plain figure for as many
 * answers as they are worth, sum^2 / squares (Kish); n are the answers. */
struct figure figure_score_weighted(enum score_measure measure,
				    const struct score_weight *w, int min_n);

/* The figure of a measure, and its change; unknown for SCORE_CHOICES and SCORE_NONE. */
struct figure figure_score(enum score_measure measure, const struct score_count *c,
			   int min_n);
struct figure figure_score_change(enum score_measure measure,
				  const struct score_count *later,
				  const struct score_count *earlier, int min_n);

#endif
