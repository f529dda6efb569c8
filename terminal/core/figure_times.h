/* figure_times.h - figures from durations: percentiles, and the difference of two medians.
 *
 * Durations are counted in tenths of a second, as the files show them, so a year of visits is as
 * small as a day.  What lasts longer than TIMES_MOST_MS counts as that.
 */
#ifndef TILLASK_CORE_FIGURE_TIMES_H
#define TILLASK_CORE_FIGURE_TIMES_H

#include "core/figure.h"
#include "core/moment.h"

#define TIMES_STEP_MS 100
#define TIMES_MOST_MS (5 * 60 * 1000)
#define TIMES_STEPS   (TIMES_MOST_MS / TIMES_STEP_MS + 1)

/* Zero it to begin. */
struct times {
	int64_t n;
	int64_t count[TIMES_STEPS];
};

/* MS >= 0, rounded half up to a tenth of a second. */
void times_add(struct times *t, int64_t ms);

/* The value of PERCENT of all by nearest rank, in seconds with one decimal.  Its interval is that
 * of order statistics: the values of the ranks floor(np - z sqrt(np(1-p))) and
 * ceil(np + z sqrt(np(1-p))) + 1; none where one of them does not exist. */
struct figure figure_percentile(const struct times *t, int percent, int min_n);

/* The median of LATER less that of EARLIER, in seconds with one decimal, with a bootstrap
 * interval of RESAMPLES resamples. */
struct figure figure_median_change(const struct times *later, const struct times *earlier,
				   struct dice *dice, int min_n);

#endif
