/* text.h - lines of a text report: labels with dots, bars, figures; for report/text*.c. */
#ifndef TILLASK_REPORT_TEXT_H
#define TILLASK_REPORT_TEXT_H

#include "report/report.h"

struct text {
	FILE *out;
	const struct report *report;
	const struct report_look *look;
};

/* Columns of a text: wide characters two. */
int text_cols(const char *text);

/* A heading, underlined. */
void text_heading(struct text *t, const char *title);
/* A sentence, broken between words, INDENT columns from the left. */
void text_sentence(struct text *t, int indent, const char *sentence);

/* `LABEL ....... FIGURE  NOTE`, INDENT columns from the left, on one line, though it be longer than
 * the page; a NOTE for which there is no room ("": none) follows below. */
void text_figure(struct text *t, int indent, const char *label,
		 const struct figure *figure, const char *note);
/* The same with a number. */
void text_count(struct text *t, int indent, const char *label, int64_t count,
		const char *note);
/* The same with a bar on the axis LEAST..MOST, drawn from 0, or from LEAST where that is
 * greater; without the bar where there is no room for both. */
void text_bar(struct text *t, const char *label, const struct figure *figure,
	      double least, double most, const char *note);

/* A table with title, lines and note; nothing when it is empty. */
void text_table(struct text *t, const struct report_table *table);

/* The trend of a score: a bar a day up to 31 days, else a row of marks a month. */
void text_trend(struct text *t, const struct report_score *score);

#endif
