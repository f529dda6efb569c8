/* sample.h - times that were measured, and the table of what they came to.
 *
 * A round gives many samples and of them a few numbers (p50, p99); a measurement has as many
 * rounds as BENCH_ROUNDS says (default 5, at most SAMPLE_ROUNDS), product and floor taking turns.
 * A line of the table compares the median of the product's rounds with that of the floor's, and
 * shows the least and greatest of the rounds' own ratios: the spread.  One thread.
 */
#ifndef TESTS_BENCH_SAMPLE_H
#define TESTS_BENCH_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

#define SAMPLE_MAX    4096 /* a round */
#define SAMPLE_ROUNDS 21

/* The times of one round, in microseconds. */
struct samples {
	size_t n;
	double us[SAMPLE_MAX];
};

void sample_add(struct samples *s, double us);
/* By nearest rank; sorts.  0 without samples. */
double sample_percentile(struct samples *s, int percent);

/* One number a round. */
struct rounds {
	int n;
	double value[SAMPLE_ROUNDS];
};

void sample_round(struct rounds *r, double value);
double sample_median(const struct rounds *r);

/* Prints the head of the table. */
void sample_head(void);

/* Lines of it.  UNIT is printed after both numbers; SCALE multiplies them first (0.001 makes ms
 * of us).  Reached is a ratio of at most MOST, of at least LEAST, a difference of at most MORE
 * (in the printed unit), a product's number of at most MOST. */
void sample_at_most_times(const char *what, const struct rounds *product,
			  const struct rounds *floor, double scale, const char *unit,
			  double most);
void sample_at_least_times(const char *what, const struct rounds *product,
			   const struct rounds *floor, double scale, const char *unit,
			   double least);
void sample_at_most_more(const char *what, const struct rounds *product,
			 const struct rounds *floor, double scale, const char *unit,
			 double more);
void sample_at_most(const char *what, double product, const char *unit, double most);

/* A line that has nothing to reach: for understanding. */
void sample_note(const char *what, const struct rounds *product,
		 const struct rounds *floor, double scale, const char *unit);

/* A line that says why there is no number. */
void sample_unknown(const char *why);

/* How many lines missed so far. */
int sample_missed(void);

#endif
