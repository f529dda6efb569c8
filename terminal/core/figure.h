/* figure.h - a number that people act on: its value, its interval and how many are behind it.
 *
 * A figure is made by one of figure_counts.h, figure_mean.h and figure_times.h (README,
 * "Figures"), and shown by figure_format(), which prints all three:
 *
 *	30.0 [14.1; 44.2], n=100
 *
 * There is no other way to print one: the members figure_raw_* may be named only in
 * core/figure*.c (tests/lib/check-source.awk).  A plot asks figure_place() where on its axis a
 * figure lies; a rule asks figure_compare() and figure_is_change().  A figure from fewer than
 * min_n answers forgets its value when it is made: nobody can show it by mistake.
 *
 * Pure values; no memory is owned.
 */
#ifndef TILLASK_CORE_FIGURE_H
#define TILLASK_CORE_FIGURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A figure from fewer is shown with "few answers". */
#define FIGURE_SOUND_N 30

enum figure_state {
	FIGURE_UNKNOWN, /* what it is made from is missing (no till, nothing entered) */
	FIGURE_NO_ANSWERS, /* n = 0 */
	FIGURE_HIDDEN,     /* n below min_n: only n is shown */
	FIGURE_FEW,        /* n below FIGURE_SOUND_N: shown, and said */
	FIGURE_SOUND,
};

enum figure_interval {
	FIGURE_INTERVAL,  /* 95 % */
	FIGURE_TOO_FEW,   /* none: n does not allow one */
	FIGURE_ALL_EQUAL, /* none: a mean of equal answers */
	FIGURE_NO_METHOD, /* none: a sum of money, not an estimate */
};

struct figure {
	enum figure_state state;
	enum figure_interval interval;
	uint8_t decimals;  /* printed */
	int64_t n;         /* behind it; of a difference: behind the later, */
	int64_t n_earlier; /* and behind the earlier; -1: no difference */
	double figure_raw_value, figure_raw_low, figure_raw_high;
};

/* An all-zero struct figure: unknown. */
struct figure figure_unknown(void);

/* For core/figure*.c: a figure of N (and N_EARLIER, or -1) as yet without value: its state, and
 * true when a value belongs into it. */
bool figure_begin(struct figure *f, int64_t n, int64_t n_earlier, int decimals,
		  int min_n);
/* Its value and its interval, which is cut to LEAST..MOST. */
void figure_set(struct figure *f, double value, double low, double high, double least,
		double most);
/* Its value without interval, and why. */
void figure_set_bare(struct figure *f, double value, enum figure_interval why);

/* A sum of money or the like, N things behind it; printed with DECIMALS. */
struct figure figure_sum(double value, int64_t n, int decimals, int min_n);

/* FIGURE_FEW or FIGURE_SOUND: there is something to see. */
bool figure_is_shown(const struct figure *f);

/* Of a difference: shown, and its interval leaves out 0.  Nothing else is called a change. */
bool figure_is_change(const struct figure *f);

/* The sign of a shown value: -1, 0, 1; 0 when it is not shown. */
int figure_sign(const struct figure *f);

/* Order by value, the greatest first, those that are not shown last: < 0 when A comes first. */
int figure_compare(const struct figure *a, const struct figure *b);
/* The same by the lower end of the interval: what is certainly at least so much. */
int figure_compare_low(const struct figure *a, const struct figure *b);

/* Where a figure lies on an axis from LEAST to MOST, as shares of it, 0..1, what lies beyond
 * cut.  False: nothing is to be drawn.  Without interval low and high are the value. */
struct figure_place {
	double value, low, high;
};
bool figure_place(const struct figure *f, double least, double most,
		  struct figure_place *place);

/* Widens the axis LEAST..MOST so that the figure with its interval lies on it. */
void figure_stretch(const struct figure *f, double *least, double *most);

/* What a figure says in words, in the reader's language. */
struct figure_words {
	const char *unknown;                           /* "unknown" */
	const char *no_answers;                        /* "no answers" */
	const char *hidden;                            /* "too few answers to show" */
	const char *few;                               /* "few answers" */
	const char *no_interval[FIGURE_NO_METHOD + 1]; /* "no interval: all equal", ... */
};

#define FIGURE_TEXT_MAX 192

/* The one way to print a figure:
 *	VALUE [LOW; HIGH], n=N           n=LATER+EARLIER of a difference
 *	VALUE [LOW; HIGH], n=N (few)
 *	VALUE [no interval: why], n=N
 *	no answers | unknown | hidden, n=N
 * Rounded half away from zero here and nowhere before; a decimal point in every language (a
 * fixed format: README, "Figures").  Cut between characters when words are too long. */
void figure_format(const struct figure *f, const struct figure_words *words,
		   char out[FIGURE_TEXT_MAX]);

#endif
