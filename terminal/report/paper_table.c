/* paper_table.c - tables of the model: a label, a plot of the figure, the figure. */
#include "report/paper.h"

/* How its lines are drawn. */
struct drawing {
	const struct report_table *table;
	const struct report_score *score; /* whose it is; NULL: a section */
	struct svg_axis axis;             /* empty: no plot */
	bool is_distribution;
	bool has_counts, has_values; /* columns that are there */
};

#define SHORT_CHARS 4 /* of labels: their column is narrow */

/* Where the figure is hidden its count would tell it; one that is its n is not told twice. */
static bool has_count(const struct report_line *line)
{
	if (line->count == REPORT_NO_COUNT)
		return false;
	return !line->has_figure ||
	       (line->figure.state != FIGURE_HIDDEN && line->count != line->figure.n);
}

static bool has_counts(const struct report_table *table)
{
	for (unsigned i = 0; i < table->n; i++)
		if (has_count(&table->line[i]))
			return true;
	return false;
}

static bool has_values(const struct report_table *table)
{
	for (unsigned i = 0; i < table->n; i++)
		if (table->line[i].has_figure || *table->line[i].note != '\0')
			return true;
	return false;
}

/* The classes of answers that every kind of scale has: critics and promoters, unhappy and happy
 * faces.  Choices have none here: which of them are low is not in the model. */
static enum svg_shape shape_of_value(const struct report_score *score, unsigned i)
{
	int value = (int)i;

	switch (score->kind) {
	case QUESTION_NPS10:
		value++;
		return value <= 6 ? SVG_BAR_LOW : value <= 8 ? SVG_BAR_MIDDLE : SVG_BAR;
	case QUESTION_NPS11:
		return value <= 6 ? SVG_BAR_LOW : value <= 8 ? SVG_BAR_MIDDLE : SVG_BAR;
	case QUESTION_SMILEY:
		value++;
		return value <= 2 ? SVG_BAR_LOW : value == 3 ? SVG_BAR_MIDDLE : SVG_BAR;
	case QUESTION_YESNO:
		return i == 0 ? SVG_BAR : SVG_BAR_LOW; /* yes stands first */
	case QUESTION_CHOICE:
	case QUESTION_WORDS:
		return SVG_BAR;
	}
	return SVG_BAR;
}

static enum svg_shape shape_of(const struct drawing *d, unsigned i)
{
	if (d->is_distribution)
		return shape_of_value(d->score, i);
	return d->score == NULL && d->table->least >= 0 ? SVG_BAR : SVG_DOT;
}

/* A gap between two scores has no place on the axis of scores. */
static bool is_off_axis(const struct drawing *d, const struct report_line *line)
{
	return !line->has_figure || (d->score != NULL && line->figure.n_earlier >= 0);
}

/* What the figures need; bars begin at 0, and so do differences. */
static void stretch(const struct drawing *d, struct svg_axis *axis)
{
	for (unsigned i = 0; i < d->table->n; i++)
		if (!is_off_axis(d, &d->table->line[i]))
			figure_stretch(&d->table->line[i].figure, &axis->least,
				       &axis->most);
}

static struct svg_axis axis_from_zero(const struct drawing *d)
{
	struct svg_axis axis = svg_axis_empty();

	if (!(d->table->least < d->table->most))
		return axis;
	stretch(d, &axis);
	if (svg_axis_is_empty(&axis))
		return axis;
	axis.least = MIN(axis.least, 0);
	axis.most = MAX(axis.most, 0);
	svg_axis_round(&axis);
	return axis;
}

static void put_plot(const struct paper *p, const struct drawing *d, unsigned i)
{
	const struct report_line *line = &d->table->line[i];
	bool has_reference = d->score != NULL && !d->is_distribution;

	html_markup(p->html, "<td class=\"plot\">");
	if (!is_off_axis(d, line))
		svg_row(p->html, &line->figure, &d->axis, shape_of(d, i),
			has_reference ? &d->score->score : NULL);
	html_markup(p->html, "</td>");
}

static void put_count(const struct paper *p, const struct report_line *line)
{
	html_markup(p->html, "<td class=\"count\">");
	if (has_count(line))
		html_count(p->html, line->count);
	html_markup(p->html, "</td>");
}

static void put_label(const struct paper *p, const struct report_line *line)
{
	if (line->is_marked)
		html_markup(p->html,
			    "<th scope=\"row\" class=\"marked\"><span class=\"sign\">"
			    "\u25c6</span> ");
	else
		html_markup(p->html, "<th scope=\"row\">");
	html_markup(p->html, "<bdi>");
	html_text(p->html, line->label);
	html_markup(p->html, "</bdi>");
	html_markup(p->html, "</th>");
}

static void put_value(const struct paper *p, const struct report_line *line)
{
	html_markup(p->html, "<td>");
	if (line->has_figure)
		html_figure(p->html, &line->figure);
	if (*line->note != '\0') {
		html_markup(p->html, " <span class=\"note\">");
		html_text(p->html, line->note);
		html_markup(p->html, "</span>");
	}
	html_markup(p->html, "</td>");
}

static void put_line(const struct paper *p, const struct drawing *d, unsigned i)
{
	const struct report_line *line = &d->table->line[i];

	html_markup(p->html, "<tr>");
	put_label(p, line);
	if (!svg_axis_is_empty(&d->axis))
		put_plot(p, d, i);
	if (d->has_counts)
		put_count(p, line);
	if (d->has_values)
		put_value(p, line);
	html_markup(p->html, "</tr>\n");
}

/* The ends of the axis are its column's heading. */
static void put_axis(const struct paper *p, const struct svg_axis *axis)
{
	html_markup(p->html, "<th class=\"axis\" aria-hidden=\"true\"><span>");
	html_count(p->html, (int64_t)axis->least);
	html_markup(p->html, "</span><span>");
	html_count(p->html, (int64_t)axis->most);
	html_markup(p->html, "</span></th>");
}

static bool has_short_labels(const struct report_table *table)
{
	for (unsigned i = 0; i < table->n; i++)
		if (g_utf8_strlen(table->line[i].label, -1) > SHORT_CHARS)
			return false;
	return true;
}

static void put_head(const struct paper *p, const struct drawing *d)
{
	html_markup(p->html, "<table class=\"lines");
	if (has_short_labels(d->table))
		html_markup(p->html, " short");
	if (d->has_counts && d->has_values)
		html_markup(p->html, " both");
	html_markup(p->html, "\"><caption>");
	html_text(p->html, d->table->title);
	html_markup(p->html, "</caption>\n<thead><tr>");
	html_markup(p->html, "<th scope=\"col\"><span class=\"hide\">");
	paper_word(p, WORD_P_WHAT);
	html_markup(p->html, "</span></th>");
	if (!svg_axis_is_empty(&d->axis))
		put_axis(p, &d->axis);
	if (d->has_counts) {
		html_markup(p->html, "<th scope=\"col\" class=\"count\">");
		paper_word(p, WORD_P_COUNT);
		html_markup(p->html, "</th>");
	}
	if (d->has_values)
		paper_column(p, WORD_P_VALUE);
	html_markup(p->html, "</tr></thead>\n<tbody>\n");
}

static void put_table(const struct paper *p, const struct drawing *d)
{
	const struct report_table *table = d->table;

	if (report_table_is_empty(table))
		return;
	html_markup(p->html, "<div class=\"table\">");
	if (table->n > 0) {
		put_head(p, d);
		for (unsigned i = 0; i < table->n; i++)
			put_line(p, d, i);
		html_markup(p->html, "</tbody></table>");
	} else {
		paper_subheading(p, table->title);
	}
	if (*table->note != '\0') {
		html_markup(p->html, "<p class=\"soft\">");
		html_text(p->html, table->note);
		html_markup(p->html, "</p>");
	}
	html_markup(p->html, "</div>\n");
}

static struct drawing drawing_of(const struct report_table *table,
				 const struct report_score *score)
{
	return (struct drawing){
		.table = table,
		.score = score,
		.axis = svg_axis_empty(),
		.has_counts = has_counts(table),
		.has_values = has_values(table),
	};
}

void paper_section(const struct paper *p, enum report_section section)
{
	struct drawing d = drawing_of(&p->report->section[section], NULL);

	d.axis = axis_from_zero(&d);
	put_table(p, &d);
}

/* It adds nothing to the score above: no line has a figure to show, or its one line is about
 * the same answers. */
static bool is_silent(const struct report_table *table, const struct report_score *score)
{
	if (table->n == 1 && table->line[0].figure.n == score->score.n)
		return true;
	for (unsigned i = 0; i < table->n; i++)
		if (figure_is_shown(&table->line[i].figure))
			return false;
	return true;
}

void paper_distribution(const struct paper *p, const struct report_score *score)
{
	struct drawing d = drawing_of(&score->distribution, score);

	if (is_silent(d.table, score))
		return;
	d.is_distribution = true;
	d.axis = axis_from_zero(&d);
	put_table(p, &d);
}

/* One axis for all, so that they can be compared. */
void paper_by(const struct paper *p, const struct report_score *score)
{
	struct svg_axis axis = svg_axis_empty();

	for (int by = 0; by < REPORT_BYS; by++) {
		struct drawing d = drawing_of(&score->by[by], score);

		stretch(&d, &axis);
	}
	if (!svg_axis_is_empty(&axis)) {
		figure_stretch(&score->score, &axis.least, &axis.most);
		svg_axis_round(&axis);
	}
	for (int by = 0; by < REPORT_BYS; by++) {
		struct drawing d = drawing_of(&score->by[by], score);

		d.axis = axis;
		if (!is_silent(d.table, score))
			put_table(p, &d);
	}
}
