/* resample.h - percentiles by nearest rank, and the bootstrap of a median.
 *
 * The bootstrap draws n of n values with replacement and takes the median of them, many times.
 * Of such a draw only the rank matters at which the median falls in the sorted values, and that
 * rank is drawn at once: the k-th smallest of n draws from (0, 1) has the distribution
 * Beta(k, n + 1 - k), and times n, rounded up, it is the rank.  So a resample costs the same
 * whether 20 or 20 million values are behind it, and needs no memory.
 *
 * Pure; random bits come from the dice.
 */
#ifndef TILLASK_CORE_RESAMPLE_H
#define TILLASK_CORE_RESAMPLE_H

#include "core/moment.h"

/* Nearest rank, 1..n: the smallest value that PERCENT (1..100) of all do not exceed. */
int64_t resample_rank(int64_t n, int percent);

#define RESAMPLES 2000

/* N values in order: VALUE gives the one of RANK, 1..n. */
struct resample_values {
	int64_t n;
	int32_t (*value)(const void *self, int64_t rank);
	const void *self;
};

/* The median of A less that of B: 2.5 and 97.5 % (nearest rank) of TIMES (20..RESAMPLES)
 * resamples of both. */
void resample_median_difference(const struct resample_values *a,
				const struct resample_values *b, int times,
				struct dice *dice, int32_t *low, int32_t *high);

#endif
