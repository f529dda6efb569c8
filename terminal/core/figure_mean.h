/* figure_mean.h - means with Student's interval: of a scale, of a bill.
 *
 * A spread takes values one by one or many at once and keeps no list of them.
 */
#ifndef TILLASK_CORE_FIGURE_MEAN_H
#define TILLASK_CORE_FIGURE_MEAN_H

#include "core/figure.h"

/* Zero it to begin.  Values are whole numbers: scale values, kopecks.  After Welford. */
struct spread {
	int64_t n, sum, least, most;
	double mean, squares; /* sum of (value - mean)^2 */
};

void spread_add(struct spread *s, int64_t value, int64_t times);

/* The t of P(T <= t) = 0.975 with DF >= 1 degrees of freedom, to 1e-9 relative. */
double figure_mean_t(int64_t df);

/* mean +- t sd/sqrt(n), n-1 degrees of freedom, cut to LEAST..MOST, two decimals.  n = 1 and
 * values that are all equal give no interval, and the figure says so.  UNIT divides: 1, or 100
 * for money in its smallest units (LEAST and MOST are then in whole ones). */
struct figure figure_mean(const struct spread *s, double unit, double least, double most,
			  int min_n);

#endif
