/* report.h - figures for people: a period's counts made into a report, and drawn.
 *
 * What a report holds stands in report_model.h; what each number means in the README,
 * "Figures"; what is counted in tally.h.
 */
#ifndef TILLASK_REPORT_REPORT_H
#define TILLASK_REPORT_REPORT_H

#include <stdio.h>

#include "config.h"
#include "report_model.h"
#include "tally.h"
#include "words.h"

struct report_how {
	const struct config *config;
	const struct words *words;
	int language;     /* of words: the reader's */
	const char *code; /* of that language: "ru" */
	const char *made; /* "2026-11-25 19:40" */
	int32_t today; /* the business day: a period that ends later or on it is open */
	bool is_month; /* with the sheet of causes */
};

/* NOW: counts of the period; BEFORE: of as long a one just before it, only its roll-up is
 * needed.  What is not known is said, never guessed.
 *
 * What to do first is a plain rule, the most pressing first: scores that fell for certain (the
 * interval of the change leaves out 0), the deepest fall first; then the point of contact whose
 * low answers go with critics most surely (by the lower end of the interval of the difference,
 * where that lies above 0); then the reason named most; then the queue, when the survey holds it
 * up for certain. */
struct report *report_make(const struct tally *now, const struct tally *before,
			   const struct report_how *how);

/* How text is drawn. */
struct report_look {
	int cols;     /* 40 or more; 80 in mail */
	bool unicode; /* bars of block elements, else of # and - */
};

/* Plain text, a figure a line: `NPS ... VALUE [LOW; HIGH], n=N`.  OUT's errors are the caller's
 * to look for. */
void report_text(FILE *out, const struct report *report, const struct report_look *look);

#endif
