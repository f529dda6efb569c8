#include "core/figure_mean.h"

#include <assert.h>
#include <math.h>

#define PI 3.14159265358979323846

void spread_add(struct spread *s, int64_t value, int64_t times)
{
	assert(times >= 0);
	if (times == 0)
		return;
	double step = (double)value - s->mean;
	if (s->n == 0 || value < s->least)
		s->least = value;
	if (s->n == 0 || value > s->most)
		s->most = value;
	s->n += times;
	s->sum += value * times;
	s->mean += step * ((double)times / (double)s->n);
	s->squares += step * ((double)value - s->mean) * (double)times;
}

/* P(|T| <= sqrt(df) tan(angle)), the finite sums of Abramowitz and Stegun 26.7.3 and 26.7.4. */
static double within(int64_t df, double angle)
{
	double cosine = cos(angle), square = cosine * cosine;
	double term = df % 2 == 0 ? 1 : cosine, sum = df == 1 ? 0 : term;
	for (int64_t i = df % 2 == 0 ? 2 : 3; i <= df - 2; i += 2) {
		term *= square * (double)(i - 1) / (double)i;
		sum += term;
	}
	return df % 2 == 0 ? sin(angle) * sum : 2 / PI * (angle + sin(angle) * sum);
}

/* Where the sums become long, the expansion in 1/df (26.7.5): from 200 on its next term is
 * below 1e-10. */
#define EXPANDED_FROM 200

static double expanded(int64_t df)
{
	const double x = 1.959963984540054, v = (double)df, x2 = x * x;
	double g1 = x * (x2 + 1) / 4;
	double g2 = x * ((5 * x2 + 16) * x2 + 3) / 96;
	double g3 = x * (((3 * x2 + 19) * x2 + 17) * x2 - 15) / 384;
	double g4 = x * ((((79 * x2 + 776) * x2 + 1482) * x2 - 1920) * x2 - 945) / 92160;
	return x + (g1 + (g2 + (g3 + g4 / v) / v) / v) / v;
}

double figure_mean_t(int64_t df)
{
	double low = 0, high = PI / 2;
	assert(df >= 1);
	if (df >= EXPANDED_FROM)
		return expanded(df);
	for (int i = 0; i < 60; i++) {
		double middle = (low + high) / 2;
		if (within(df, middle) < 0.95)
			low = middle;
		else
			high = middle;
	}
	return sqrt((double)df) * tan(low);
}

struct figure figure_mean(const struct spread *s, double unit, double least, double most,
			  int min_n)
{
	struct figure f;
	if (!figure_begin(&f, s->n, -1, 2, min_n))
		return f;
	double mean = (double)s->sum / (double)s->n / unit;
	if (s->n < 2) {
		figure_set_bare(&f, mean, FIGURE_TOO_FEW);
	} else if (s->least == s->most) {
		figure_set_bare(&f, mean, FIGURE_ALL_EQUAL);
	} else {
		double n = (double)s->n;
		double error = sqrt(s->squares / (n - 1) / n) / unit;
		double half = figure_mean_t(s->n - 1) * error;
		figure_set(&f, mean, mean - half, mean + half, least, most);
	}
	return f;
}
