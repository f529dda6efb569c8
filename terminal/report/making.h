/* making.h - the parts of report_make(), for report/making*.c. */
#ifndef TILLASK_REPORT_MAKING_H
#define TILLASK_REPORT_MAKING_H

#include "report/report.h"

struct making {
	const struct tally *now, *before;
	const struct report_how *how;
	struct report *report;
	int min_n;
};

/* A sentence in the reader's language. */
const char *making_say(const struct making *m, enum word word);
/* The same, to be kept. */
char *making_text(const struct making *m, enum word word);

/* A section that begins: its title, its axis (both 0: no bars). */
struct report_table *making_section(struct making *m, enum report_section section,
				    enum word title, double least, double most);
void making_note(struct report_table *table, char *note);
struct report_line *making_figure(struct making *m, struct report_table *table,
				  enum word label, struct figure figure);
struct report_line *making_count(struct making *m, struct report_table *table,
				 enum word label, int64_t count);
/* Marks a line whose figure is a certain difference, and says BETTER or WORSE. */
void making_mark(struct making *m, struct report_line *line,
		 const struct figure *difference, enum word better, enum word worse);

/* Appends to a NULL-terminated list; takes TEXT. */
void making_append(char ***list, char *text);

const struct tally_wording *making_wording(const struct tally *t, int i);

/* Another wording of its question has answers in the period. */
bool making_is_reworded(const struct making *m, const struct tally_wording *w);
/* WHAT, told apart from what belongs to another wording of the question: "WHAT from DAY". */
char *making_named(const struct making *m, const struct tally_wording *w,
		   const char *what);

void making_scores(struct making *m);    /* scores, trends, tables by ... */
void making_answers(struct making *m);   /* rates, outcomes, seconds, flags, cashiers */
void making_causes(struct making *m);    /* reasons, critics, actions */
void making_customers(struct making *m); /* customers, money, loyalty */
void making_shop(struct making *m);      /* funnel, queue */
void making_first(struct making *m);     /* what to do first; after all others */

#endif
