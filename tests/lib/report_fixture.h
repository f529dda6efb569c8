/*
 * report_fixture: reports made by hand, for those who draw them
 *
 * What report_make() would make of a shop, without one: figures are real (core/figure_*), the
 * counts behind them come from a fixed sequence, so that a report is the same every time.
 */
#ifndef TESTS_REPORT_FIXTURE_H
#define TESTS_REPORT_FIXTURE_H

#include "report_model.h"
#include "words.h"

enum report_fixture {
	REPORT_FIXTURE_EMPTY, /* nothing is known at all */
	REPORT_FIXTURE_ONE,   /* a day with one answer */
	REPORT_FIXTURE_DAY,   /* a usual day */
	REPORT_FIXTURE_MONTH, /* 30 days, everything entered, actions, the sheet of causes */
	REPORT_FIXTURE_YEAR,   /* 365 days */
	REPORT_FIXTURE_MANY,   /* 40 questions, 30 cashiers */
	REPORT_FIXTURE_HIDDEN, /* everything below min_n, the till unknown */
	REPORT_FIXTURE_HOSTILE, /* a month whose every text attacks or overflows the page */
};
#define REPORT_FIXTURES (REPORT_FIXTURE_HOSTILE + 1)

/* "empty", "one", ... */
const char *report_fixture_name(enum report_fixture which);

/* The texts that REPORT_FIXTURE_HOSTILE is full of; NULL ends. */
extern const char *const report_fixture_hostile[];

/* LANGUAGE 0 is Russian, 1 English: words_new({"ru", "en"}).  For report_free(). */
struct report *report_fixture(enum report_fixture which, const struct words *words,
			      int language);

#endif
