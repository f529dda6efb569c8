#include "core/figure_times.h"

#include <math.h>

#include "core/resample.h"

#define Z              1.959964
#define STEPS_A_SECOND (1000.0 / TIMES_STEP_MS)

void times_add(struct times *t, int64_t ms)
{
	int64_t step = (ms + TIMES_STEP_MS / 2) / TIMES_STEP_MS;
	t->count[step < 0 ? 0 : step >= TIMES_STEPS ? TIMES_STEPS - 1 : step]++;
	t->n++;
}

/* The step in which the value of RANK, 1..n, lies. */
static int32_t step_of(const void *self, int64_t rank)
{
	const struct times *t = self;
	int32_t step = 0;
	for (; step < TIMES_STEPS - 1 && rank > t->count[step]; step++)
		rank -= t->count[step];
	return step;
}

static double seconds(int32_t steps)
{
	return steps / STEPS_A_SECOND;
}

struct figure figure_percentile(const struct times *t, int percent, int min_n)
{
	struct figure f;
	if (!figure_begin(&f, t->n, -1, 1, min_n))
		return f;
	double p = percent / 100.0, n = (double)t->n;
	double half = Z * sqrt(n * p * (1 - p));
	int64_t low = (int64_t)floor(n * p - half),
		high = (int64_t)ceil(n * p + half) + 1;
	double value = seconds(step_of(t, resample_rank(t->n, percent)));
	if (low < 1 || high > t->n)
		figure_set_bare(&f, value, FIGURE_TOO_FEW);
	else
		figure_set(&f, value, seconds(step_of(t, low)), seconds(step_of(t, high)),
			   0, TIMES_MOST_MS / 1000.0);
	return f;
}

struct figure figure_median_change(const struct times *later, const struct times *earlier,
				   struct dice *dice, int min_n)
{
	struct figure f;
	struct resample_values a = {later->n, step_of, later},
			       b = {earlier->n, step_of, earlier};
	int32_t low, high;
	if (!figure_begin(&f, later->n, earlier->n, 1, min_n))
		return f;
	int32_t change = step_of(later, resample_rank(later->n, 50)) -
			 step_of(earlier, resample_rank(earlier->n, 50));
	resample_median_difference(&a, &b, RESAMPLES, dice, &low, &high);
	figure_set(&f, seconds(change), seconds(low), seconds(high),
		   -TIMES_MOST_MS / 1000.0, TIMES_MOST_MS / 1000.0);
	return f;
}
