#include "tests/bench/sample.h"

#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int missed;

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

void sample_add(struct samples *s, double us)
{
	g_assert_cmpuint(s->n, <, SAMPLE_MAX);
	s->us[s->n++] = us;
}

double sample_percentile(struct samples *s, int percent)
{
	size_t rank = (s->n * (size_t)percent + 99) / 100;

	if (s->n == 0)
		return 0;
	qsort(s->us, s->n, sizeof(s->us[0]), compare);
	return s->us[rank > 0 ? rank - 1 : 0];
}

void sample_round(struct rounds *r, double value)
{
	g_assert_cmpint(r->n, <, SAMPLE_ROUNDS);
	r->value[r->n++] = value;
}

double sample_median(const struct rounds *r)
{
	struct rounds sorted = *r;

	if (r->n == 0)
		return 0;
	qsort(sorted.value, (size_t)r->n, sizeof(sorted.value[0]), compare);
	return (sorted.value[(r->n - 1) / 2] + sorted.value[r->n / 2]) / 2;
}

void sample_head(void)
{
	printf("%-45s %11s %11s %8s %-13s %-10s\n", "what", "tillask", "floor", "ratio",
	       "rounds", "to reach");
}

/* Least and greatest of the rounds' ratios. */
static void spread(const struct rounds *product, const struct rounds *floor, char out[32])
{
	double least = INFINITY, most = 0;

	for (int i = 0; i < MIN(product->n, floor->n); i++) {
		least = fmin(least, product->value[i] / floor->value[i]);
		most = fmax(most, product->value[i] / floor->value[i]);
	}
	g_snprintf(out, 32, "%.2f-%.2f", least, most);
}

static void number(double value, const char *unit, char out[32])
{
	int decimals = value >= 1000 ? 0 : value >= 100 ? 1 : 2;

	g_snprintf(out, 32, "%.*f %s", decimals, value, unit);
}

static void line(const char *what, const struct rounds *product,
		 const struct rounds *floor, double scale, const char *unit,
		 const char *reach, bool reached)
{
	char ours[32], theirs[32], between[32];
	double a = sample_median(product) * scale, b = sample_median(floor) * scale;

	number(a, unit, ours);
	number(b, unit, theirs);
	spread(product, floor, between);
	printf("%-45s %11s %11s %8.2f %-13s %-10s %s\n", what, ours, theirs, a / b,
	       between, reach,
	       *reach == '\0' ? ""
	       : reached      ? "reached"
			      : "missed");
	fflush(stdout);
	if (*reach != '\0' && !reached)
		missed++;
}

static double ratio(const struct rounds *product, const struct rounds *floor)
{
	return sample_median(product) / sample_median(floor);
}

void sample_at_most_times(const char *what, const struct rounds *product,
			  const struct rounds *floor, double scale, const char *unit,
			  double most)
{
	char reach[32];

	g_snprintf(reach, sizeof(reach), "<= %gx", most);
	line(what, product, floor, scale, unit, reach, ratio(product, floor) <= most);
}

void sample_at_least_times(const char *what, const struct rounds *product,
			   const struct rounds *floor, double scale, const char *unit,
			   double least)
{
	char reach[32];

	g_snprintf(reach, sizeof(reach), ">= %gx", least);
	line(what, product, floor, scale, unit, reach, ratio(product, floor) >= least);
}

void sample_at_most_more(const char *what, const struct rounds *product,
			 const struct rounds *floor, double scale, const char *unit,
			 double more)
{
	char reach[32];
	double difference = (sample_median(product) - sample_median(floor)) * scale;

	g_snprintf(reach, sizeof(reach), "<= +%g %s", more, unit);
	line(what, product, floor, scale, unit, reach, difference <= more);
}

void sample_at_most(const char *what, double product, const char *unit, double most)
{
	char ours[32], reach[32];
	bool reached = product <= most;

	number(product, unit, ours);
	g_snprintf(reach, sizeof(reach), "<= %g %s", most, unit);
	printf("%-45s %11s %11s %8s %-13s %-10s %s\n", what, ours, "-", "-", "-", reach,
	       reached ? "reached" : "missed");
	fflush(stdout);
	if (!reached)
		missed++;
}

void sample_note(const char *what, const struct rounds *product,
		 const struct rounds *floor, double scale, const char *unit)
{
	line(what, product, floor, scale, unit, "", true);
}

void sample_unknown(const char *why)
{
	printf("%s\n", why);
	missed++;
}

int sample_missed(void)
{
	return missed;
}
