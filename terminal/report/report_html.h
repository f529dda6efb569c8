/* report_html.h - a report as one HTML file that stands alone.
 *
 * No script, no outside address: plots are inline SVG, the style is inside, and a
 * Content-Security-Policy forbids everything else.  Light and dark by what the reader prefers,
 * one column on a phone, A4 on paper.  On top what is to be seen in ten seconds: the main score
 * with its interval, whether it changed, what to do first, what went wrong most.
 */
#ifndef TILLASK_REPORT_REPORT_HTML_H
#define TILLASK_REPORT_REPORT_HTML_H

#include <stdio.h>

#include "report_model.h"
#include "words.h"

/* Writes REPORT; LANGUAGE of WORDS is the one that it was made in.  OUT's errors are the
 * caller's to look for (ferror). */
void report_html(FILE *out, const struct report *report, const struct words *words,
		 int language);

#endif
