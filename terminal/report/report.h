/* report.h - figures for people: a period's counts made into a report, and drawn.
 *
 * What a report holds stands in report_model.h; what each number means in figures.md.
 */
#ifndef TILLASK_REPORT_REPORT_H
#define TILLASK_REPORT_REPORT_H

#include <stdio.h>

#include "report_model.h"

/* How text is drawn. */
struct report_look {
	int cols;     /* 40 or more; 80 in mail */
	bool unicode; /* bars of block elements, else of # and - */
};

/* Plain text, a figure a line: `NPS ... VALUE [LOW; HIGH], n=N`.  OUT's errors are the caller's
 * to look for. */
void report_text(FILE *out, const struct report *report, const struct report_look *look);

#endif
