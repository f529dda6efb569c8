/* report_model.h - what a report says of a period, ready to be drawn.
 *
 * The text report, the HTML report and the manager's pages draw this and compute nothing: every
 * sentence is in the reader's language already, every number is a struct figure (core/figure.h:
 * figure_format() prints it, figure_place() says where it lies on an axis).  A count of things,
 * as of visits that were declined, is a plain number.
 *
 * Most of it are tables of lines: a label, a figure, perhaps a note.  Plots of their own are the
 * trend of a score with its band, and the actions on it.
 *
 * Made by report/report.h; in base so that the screen may draw it too.  Texts are UTF-8, one
 * line, never NULL unless said; everything belongs to the struct report.
 */
#ifndef TILLASK_REPORT_MODEL_H
#define TILLASK_REPORT_MODEL_H

#include <glib.h>

#include "core/figure.h"
#include "core/figure_counts.h"
#include "core/questionnaire.h"

#define REPORT_NO_COUNT -1

/* A line of a table.  `count` is how many there are (answers of a choice, visits of an outcome),
 * or REPORT_NO_COUNT.  A line with has_figure = false has only its count. */
struct report_line {
	char *label;
	bool has_figure;
	struct figure figure;
	int64_t count;
	char *note; /* "" or what is to be said of it: "changed", "contradiction" */
	bool is_marked; /* a change that is one, a contradiction: draw it so that it is seen */
};

/* Lines with one axis.  `least` < `most`: the axis of a bar; both 0: the lines are no bars, what
 * they show has different units.  An empty table (no lines, no note) is left out. */
struct report_table {
	char *title;
	double least, most;
	unsigned n;
	struct report_line *line;
	char *note; /* "" or a sentence below it: what is missing, how it was computed */
};

enum report_by {
	REPORT_BY_HOUR, /* local hour in which the visit began: "09" */
	REPORT_BY_WEEKDAY,
	REPORT_BY_CASHIER, /* only where [report] cashiers= allows */
	REPORT_BY_LANGUAGE,
	REPORT_BY_CARD_KIND,
	REPORT_BY_SEGMENT,    /* top fifth of customers by spending, the others */
	REPORT_BY_FLAG,       /* all visits, without those that are flagged */
	REPORT_BY_RESPONDENT, /* customers, staff, mystery shopper: side by side */
};
#define REPORT_BYS (REPORT_BY_RESPONDENT + 1)

/* A day of a trend.  Days without enough answers have a figure that is not shown; `day` counts
 * from 1970-01-01. */
struct report_day {
	int32_t day;
	struct figure figure;
};

/* Answers of customers to one exact wording of one question.  A question that was reworded or
 * rescaled in the period is there once for each wording: they are never pooled. */
struct report_score {
	char *question;    /* [question NAME] */
	char *point;       /* point of contact, "" none */
	char *text;        /* the wording in the reader's language */
	char *title;       /* heading: "NPS, whole", "Satisfied, queue" */
	char *short_title; /* "NPS", "Satisfied", "Yes", "Not low", "Answers" */
	enum question_kind kind;
	enum score_measure measure;
	double least, most; /* axis of score, trend and by[]; of SCORE_CHOICES: 0..100 */
	int32_t first_day, last_day; /* of the period on which it was answered */
	bool is_main; /* the one to show where there is room for one: NPS, else the most
			 * answered */
	bool is_broken; /* there is another wording of the question in the period: the line of
			 * the trend begins or ends here */

	struct figure score;   /* unknown for SCORE_CHOICES */
	struct figure earlier; /* of the same wording in the period before */
	struct figure change;  /* score less earlier; figure_is_change() decides */
	struct figure mean;    /* scales only, else unknown */
	double mean_least, mean_most;
	struct figure
		weighted;      /* score by 1/probability of being asked; unknown where all
				 * had the same chance */
	struct figure skipped; /* share of those to whom it was shown */

	struct report_table
		distribution; /* a line a value or choice, shares of the answers */
	unsigned days;        /* from..to of the period, a day each */
	struct report_day *day;
	struct report_table by[REPORT_BYS];
};

/* What was done, when, by whom; drawn on the trends of its point (all of them when it names
 * none).  Scores of its point on the days of the report's length before it, and from it on. */
struct report_action {
	int64_t id;
	int32_t day;
	char *point, *text, *responsible; /* "" none */
	bool in_period;
	char *score_title; /* which score `before` and `after` are of; "" none */
	struct figure before, after, change;
};

/* A row of the sheet of causes (--month): what customers named after a low answer. */
struct report_cause {
	char *text;
	char *responsible; /* [question] responsible=, "" none is named */
	int64_t count, earlier_count;
	struct figure share;  /* of all that were named */
	struct figure change; /* of the share, against the period before */
};

enum report_section {
	REPORT_RATES,        /* response, offer; offered, asked */
	REPORT_OUTCOMES,     /* a line an outcome, with its reasons */
	REPORT_SECONDS,      /* p50, p95 of a visit that answered */
	REPORT_RATE_BY_HOUR, /* response rate */
	REPORT_CAUSES,       /* reasons after low answers */
	REPORT_CAUSES_BY_POINT,
	REPORT_CRITICS,   /* low at a point: how many more critics */
	REPORT_CUSTOMERS, /* retention, churn, new, returned, lost, sleeping */
	REPORT_MONEY, /* bills, cost of churn, lifetime value, cost of a new customer */
	REPORT_LOYAL, /* bills and visits of promoters, passives, critics; top fifth */
	REPORT_FUNNEL,
	REPORT_QUEUE,    /* what the survey costs the queue */
	REPORT_CASHIERS, /* a line a cashier: offered, response, paused; see note */
	REPORT_FLAGS,    /* what was flagged, and how often */
};
#define REPORT_SECTIONS (REPORT_FLAGS + 1)

/* What is written beside the rest, in the reader's language. */
enum report_label {
	REPORT_LABEL_OPEN,    /* "the period is not over, figures will still change" */
	REPORT_LABEL_BEFORE,  /* "Compared with 2026-10-01 .. 2026-10-31" */
	REPORT_LABEL_VISITS,  /* "Visits" */
	REPORT_LABEL_EARLIER, /* "Before": the figure of the period before */
	REPORT_LABEL_CHANGE,  /* "Change" */
	REPORT_LABEL_BETTER,  /* "better than before" */
	REPORT_LABEL_WORSE,   /* "worse than before" */
	REPORT_LABEL_SAME,    /* "not proven": the change is none */
	REPORT_LABEL_MEAN,    /* "Mean" */
	REPORT_LABEL_SKIPPED, /* "Skipped, %" */
	REPORT_LABEL_BROKEN,  /* "the question was changed: the line begins anew" */
	REPORT_LABEL_TREND,   /* "By day" */
	REPORT_LABEL_ACTIONS, /* "What was done" */
	REPORT_LABEL_ACTION_BEFORE, /* "28 days before" */
	REPORT_LABEL_ACTION_AFTER,  /* "28 days after" */
	REPORT_LABEL_CAUSES,        /* "Sheet of causes" */
	REPORT_LABEL_NOBODY,        /* "nobody is responsible" */
	REPORT_LABEL_RESPONSIBLE,   /* "responsible: {name}", for words_fill() */
	REPORT_LABEL_FIRST,         /* "What to do first" */
	REPORT_LABEL_MISSING,       /* "What is not known" */
	REPORT_LABEL_WEIGHTED,      /* "Weighted by 1/chance" */
};
#define REPORT_LABELS (REPORT_LABEL_WEIGHTED + 1)

struct report_period {
	int32_t from, to; /* business days, both included */
	char *text;       /* "24.11.2026", "01.11.2026 - 30.11.2026" */
};

struct report {
	char *title;    /* "Store 017, till 3" */
	char *language; /* "ru": for HTML's lang= */
	struct report_period period, before;
	char *made;     /* "made 25.11.2026 19:40" */
	bool is_open;   /* the period is not over: figures will still change */
	bool is_month;  /* with the sheet of causes */
	int64_t visits; /* customers' visits in the period, training left out */
	struct figure_words figure_words;
	const char *label[REPORT_LABELS]; /* these two live as long as the words do */
	char *compared;                   /* REPORT_LABEL_BEFORE with its period */

	unsigned
		scores; /* the main one first, then in the order in which they were asked */
	struct report_score *score;
	struct report_table section[REPORT_SECTIONS];
	unsigned causes; /* most named first */
	struct report_cause *cause;
	unsigned actions; /* by day */
	struct report_action *action;
	char **first; /* what to do first: sentences, the most pressing first; NULL ends */
	char **missing; /* what is not known, and how to enter it; NULL ends */
};

/* An empty report, everything of it "" or unknown. */
struct report *report_new(void);
void report_free(struct report *report);

/* For those who make one.  The texts are taken. */
struct report_line *report_table_add(struct report_table *table, char *label);
struct report_line *report_table_figure(struct report_table *table, char *label,
					struct figure figure);
struct report_line *report_table_count(struct report_table *table, char *label,
				       int64_t count);
bool report_table_is_empty(const struct report_table *table);

#endif
