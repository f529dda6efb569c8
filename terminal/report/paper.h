/* paper.h - the parts of report_html(), for report/paper*.c: one file a part.
 *
 * A part that has nothing to say writes nothing.
 */
#ifndef TILLASK_REPORT_PAPER_H
#define TILLASK_REPORT_PAPER_H

#include "report/html.h"
#include "report/svg.h"
#include "report_model.h"
#include "words.h"

struct paper {
	struct html *html;
	const struct report *report;
	const struct words *words;
	int language;
};

/* A sentence in the reader's language, and the same written. */
const char *paper_say(const struct paper *p, enum word word);
void paper_word(const struct paper *p, enum word word);
/* "2026-11-24" */
void paper_day(const struct paper *p, int32_t day);
/* <h2>; <h3> with a text of the report. */
void paper_heading(const struct paper *p, enum word word);
void paper_subheading(const struct paper *p, const char *text);
/* <th scope="col"> */
void paper_column(const struct paper *p, enum word word);
/* A difference: a sign and words for better, worse or not proven, then the figure. */
void paper_change(const struct paper *p, const struct figure *change);

/* A table of the model with its plot in the middle: of a section, bars; */
void paper_section(const struct paper *p, enum report_section section);
/* how answers are distributed, bars, hatched where an answer is low; */
void paper_distribution(const struct paper *p, const struct report_score *score);
/* a score told apart, each table: dots on one axis, held against the score of all. */
void paper_by(const struct paper *p, const struct report_score *score);

void paper_trend(const struct paper *p, const struct report_score *score);
void paper_glance(const struct paper *p);    /* the ten seconds */
void paper_questions(const struct paper *p); /* all scores, a line each */
void paper_score(const struct paper *p, const struct report_score *score);
void paper_actions(const struct paper *p);
void paper_days(const struct paper *p); /* figures by day, where there is a trend */
void paper_reading(const struct paper *p);
void paper_sheet(const struct paper *p); /* the sheet of causes */

#endif
