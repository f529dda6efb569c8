#include "core/figure_counts.h"

#include <assert.h>
#include <math.h>

#define Z 1.959964

enum score_measure score_measure(enum question_kind kind, uint64_t low_choices)
{
	switch (kind) {
	case QUESTION_NPS10:
	case QUESTION_NPS11:
		return SCORE_NPS;
	case QUESTION_SMILEY:
	case QUESTION_YESNO:
		return SCORE_SHARE;
	case QUESTION_CHOICE:
		return low_choices != 0 ? SCORE_SHARE : SCORE_CHOICES;
	case QUESTION_WORDS:
		return SCORE_NONE;
	}
	return SCORE_NONE;
}

static bool is_good(enum question_kind kind, int value, bool is_low)
{
	switch (kind) {
	case QUESTION_NPS10:
	case QUESTION_NPS11:
		return value >= 9;
	case QUESTION_SMILEY:
		return value >= 4;
	case QUESTION_YESNO:
	case QUESTION_CHOICE:
		return !is_low;
	case QUESTION_WORDS:
		return false;
	}
	return false;
}

void score_add(struct score_count *c, enum question_kind kind, uint64_t low_choices,
	       int value, int64_t times)
{
	struct question q = {.kind = kind, .low_choices = low_choices};
	bool is_low = question_is_low(&q, value);
	c->n += times;
	c->bad += is_low ? times : 0;
	c->good += is_good(kind, value, is_low) ? times : 0;
}

void score_join(struct score_count *c, const struct score_count *more)
{
	c->n += more->n;
	c->good += more->good;
	c->bad += more->bad;
}

/* The adjusted counts: t~ and the variance v/n~ of it. */
struct adjusted {
	double t, variance;
};

static struct adjusted adjusted_of(double of, double good, double bad)
{
	double n = of + 3, p = (good + 0.75) / n, d = (bad + 0.75) / n;
	double t = p - d;
	return (struct adjusted){t, (p + d - t * t) / n};
}

static struct adjusted adjust(const struct score_count *c)
{
	return adjusted_of((double)c->n, (double)c->good, (double)c->bad);
}

static double nps(const struct score_count *c)
{
	return 100.0 * (double)(c->good - c->bad) / (double)c->n;
}

struct figure figure_nps(const struct score_count *c, int min_n)
{
	struct figure f;
	assert(c->good >= 0 && c->bad >= 0 && c->good + c->bad <= c->n);
	if (!figure_begin(&f, c->n, -1, 1, min_n))
		return f;
	struct adjusted a = adjust(c);
	double half = Z * sqrt(a.variance);
	figure_set(&f, nps(c), 100 * (a.t - half), 100 * (a.t + half), -100, 100);
	return f;
}

struct figure figure_nps_change(const struct score_count *later,
				const struct score_count *earlier, int min_n)
{
	struct figure f;
	if (!figure_begin(&f, later->n, earlier->n, 1, min_n))
		return f;
	struct adjusted a = adjust(later), b = adjust(earlier);
	double half = Z * sqrt(a.variance + b.variance);
	figure_set(&f, nps(later) - nps(earlier), 100 * (a.t - b.t - half),
		   100 * (a.t - b.t + half), -200, 200);
	return f;
}

struct wilson {
	double p, low, high;
};

static struct wilson wilson_of(double good, double n)
{
	double p = good / n, zz = Z * Z;
	double centre = (p + zz / (2 * n)) / (1 + zz / n);
	double half = Z * sqrt(p * (1 - p) / n + zz / (4 * n * n)) / (1 + zz / n);
	return (struct wilson){p, centre - half, centre + half};
}

static struct wilson wilson(int64_t good, int64_t of)
{
	assert(good >= 0 && good <= of);
	return wilson_of((double)good, (double)of);
}

struct figure figure_share(int64_t good, int64_t n, int min_n)
{
	struct figure f;
	if (!figure_begin(&f, n, -1, 1, min_n))
		return f;
	struct wilson w = wilson(good, n);
	figure_set(&f, 100.0 * (double)good / (double)n, 100 * w.low, 100 * w.high, 0,
		   100);
	return f;
}

struct figure figure_share_change(int64_t later_good, int64_t later_n,
				  int64_t earlier_good, int64_t earlier_n, int min_n)
{
	struct figure f;
	if (!figure_begin(&f, later_n, earlier_n, 1, min_n))
		return f;
	struct wilson a = wilson(later_good, later_n),
		      b = wilson(earlier_good, earlier_n);
	double change = a.p - b.p;
	double down = hypot(a.p - a.low, b.high - b.p);
	double up = hypot(a.high - a.p, b.p - b.low);
	figure_set(&f, 100 * change, 100 * (change - down), 100 * (change + up), -100,
		   100);
	return f;
}

void score_weigh(struct score_weight *w, enum question_kind kind, uint64_t low_choices,
		 int value, double probability)
{
	struct score_count one = {0};
	double weight = 1 / probability;
	assert(probability > 0);
	score_add(&one, kind, low_choices, value, 1);
	w->least = w->n == 0 ? probability : fmin(w->least, probability);
	w->most = w->n == 0 ? probability : fmax(w->most, probability);
	w->n++;
	w->sum += weight;
	w->squares += weight * weight;
	w->good += one.good > 0 ? weight : 0;
	w->bad += one.bad > 0 ? weight : 0;
}

bool score_weight_differs(const struct score_weight *w)
{
	return w->n > 0 && w->most > w->least * (1 + 1e-9);
}

static void set_weighted_nps(struct figure *f, const struct score_weight *w, double worth)
{
	struct adjusted a = adjusted_of(worth, worth * w->good / w->sum,
					worth * w->bad / w->sum);
	double half = Z * sqrt(a.variance);
	figure_set(f, 100 * (w->good - w->bad) / w->sum, 100 * (a.t - half),
		   100 * (a.t + half), -100, 100);
}

struct figure figure_score_weighted(enum score_measure measure,
				    const struct score_weight *w, int min_n)
{
	struct figure f;
	if (measure == SCORE_CHOICES || measure == SCORE_NONE)
		return figure_unknown();
	if (!figure_begin(&f, w->n, -1, 1, min_n))
		return f;
	double worth = w->sum * w->sum / w->squares;
	if (measure == SCORE_NPS) {
		set_weighted_nps(&f, w, worth);
	} else {
		struct wilson one = wilson_of(worth * w->good / w->sum, worth);
		figure_set(&f, 100 * w->good / w->sum, 100 * one.low, 100 * one.high, 0,
			   100);
	}
	return f;
}

struct figure figure_score(enum score_measure measure, const struct score_count *c,
			   int min_n)
{
	switch (measure) {
	case SCORE_NPS:
		return figure_nps(c, min_n);
	case SCORE_SHARE:
		return figure_share(c->good, c->n, min_n);
	case SCORE_CHOICES:
	case SCORE_NONE:
		return figure_unknown();
	}
	return figure_unknown();
}

struct figure figure_score_change(enum score_measure measure,
				  const struct score_count *later,
				  const struct score_count *earlier, int min_n)
{
	switch (measure) {
	case SCORE_NPS:
		return figure_nps_change(later, earlier, min_n);
	case SCORE_SHARE:
		return figure_share_change(later->good, later->n, earlier->good,
					   earlier->n, min_n);
	case SCORE_CHOICES:
	case SCORE_NONE:
		return figure_unknown();
	}
	return figure_unknown();
}
