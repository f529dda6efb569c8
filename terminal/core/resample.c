#include "core/resample.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#define PI 3.14159265358979323846

int64_t resample_rank(int64_t n, int percent)
{
	return (n * percent + 99) / 100;
}

/* In (0, 1). */
static double uniform(struct dice *dice)
{
	return ((double)(dice_next(dice) >> 11) + 0.5) * 0x1p-53;
}

static double normal(struct dice *dice)
{
	return sqrt(-2 * log(uniform(dice))) * cos(2 * PI * uniform(dice));
}

/* Gamma with SHAPE >= 1 (Marsaglia and Tsang, 2000). */
static double gamma_of(double shape, struct dice *dice)
{
	double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
	for (;;) {
		double x = normal(dice), v = 1 + c * x;
		if (v <= 0)
			continue;
		v = v * v * v;
		if (log(uniform(dice)) < 0.5 * x * x + d - d * v + d * log(v))
			return d * v;
	}
}

static int64_t median_rank(int64_t n, struct dice *dice)
{
	int64_t k = resample_rank(n, 50);
	double below = gamma_of((double)k, dice);
	double above = gamma_of((double)(n + 1 - k), dice);
	int64_t rank = (int64_t)ceil((double)n * (below / (below + above)));
	return rank < 1 ? 1 : rank > n ? n : rank;
}

static int by_value(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
	return (x > y) - (x < y);
}

void resample_median_difference(const struct resample_values *a,
				const struct resample_values *b, int times,
				struct dice *dice, int32_t *low, int32_t *high)
{
	int32_t difference[RESAMPLES];
	assert(times >= 20 && times <= RESAMPLES && a->n > 0 && b->n > 0);
	for (int i = 0; i < times; i++) {
		int32_t x = a->value(a->self, median_rank(a->n, dice));
		int32_t y = b->value(b->self, median_rank(b->n, dice));
		difference[i] = x - y;
	}
	qsort(difference, (size_t)times, sizeof difference[0], by_value);
	*low = difference[(times + 39) / 40 - 1];
	*high = difference[(39 * times + 39) / 40 - 1];
}
