/* svg.h - plots of figures as inline SVG.
 *
 * A plot never shows a value alone: its interval is a line through it, of a trend a band, and n
 * stands beside it (the table's column of figures) or under it (the strip of a trend).  Nothing
 * is told by colour alone: few answers are a hollow dot, low answers are hatched.
 *
 * Plots are as wide as their place: places along x are percents, so letters keep their size on a
 * phone and on paper.  The colours are classes of report.css.
 */
#ifndef TILLASK_REPORT_SVG_H
#define TILLASK_REPORT_SVG_H

#include "report/html.h"
#include "report_model.h"

/* From LEAST to MOST, both multiples of STEP. */
struct svg_axis {
	double least, most, step;
};

/* No figure yet: nothing lies on it.  Then figure_stretch() it. */
struct svg_axis svg_axis_empty(void);
bool svg_axis_is_empty(const struct svg_axis *axis);
/* Outwards to whole steps, of which there are four at most. */
void svg_axis_round(struct svg_axis *axis);

enum svg_shape {
	SVG_DOT,
	SVG_BAR,        /* filled, from the axis' least */
	SVG_BAR_LOW,    /* hatched */
	SVG_BAR_MIDDLE, /* empty */
};

/* The patterns that bars refer to; once, before the first plot. */
void svg_patterns(struct html *html);

/* A figure on its axis, as high as a table's row: its interval, its value as SHAPE, and a line
 * where REFERENCE (may be NULL) lies.  Hidden from screen readers: the row tells the
 * same in words. */
void svg_row(struct html *html, const struct figure *figure, const struct svg_axis *axis,
	     enum svg_shape shape, const struct figure *reference);

/* A day that something happened on, with a number that the text explains. */
struct svg_flag {
	int32_t day;
	unsigned number;
};

struct svg_trend {
	const char *title, *description; /* for screen readers */
	const char *monday;              /* "Mon" */
	const struct report_score *score;
	unsigned flags; /* by day */
	const struct svg_flag *flag;
};

/* The days of a score: the band of their intervals, their values, the score of the whole period
 * as a dashed line, flags, n a day as a strip below.  The axis is as long as the band needs.  A day
 * without a shown figure is a gap. */
void svg_trend(struct html *html, const struct svg_trend *trend);

/* The same without axes and letters, as high as a table's row; hidden from screen readers. */
void svg_spark(struct html *html, const struct report_score *score);

#endif
