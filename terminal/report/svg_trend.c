/* svg_trend.c - svg_trend() and svg_spark(). */
#include <glib.h>

#include "day.h"
#include "report/svg.h"

/* Pixels down; shares of the width across. */
#define TOP          18
#define PLOT_HEIGHT  150
#define STRIP_TOP    190
#define STRIP_HEIGHT 24
#define LEFT         0.09
#define WIDTH        0.9
/* What is drawn in units of its own and stretched: a day is DAY wide, the plot FULL high. */
#define DAY  10
#define FULL 1000

#define DOTS_MOST    62 /* days: more of them are the line alone */
#define MONDAYS_MOST 45 /* days: more of them are told by months */
#define LABELS_MOST  6

struct plot {
	struct html *html;
	const struct report_score *score;
	struct svg_axis axis;
};

static bool place_of(const struct plot *p, unsigned i, struct figure_place *place)
{
	return figure_place(&p->score->day[i].figure, p->axis.least, p->axis.most, place);
}

static double across(const struct plot *p, unsigned i)
{
	return LEFT + WIDTH * ((double)i + 0.5) / p->score->days;
}

static double down(double share)
{
	return TOP + PLOT_HEIGHT * (1 - share);
}

/* One past the last day of the run of shown days that begins at FROM. */
static unsigned run_end(const struct plot *p, unsigned from)
{
	struct figure_place place;

	while (from < p->score->days && place_of(p, from, &place))
		from++;
	return from;
}

static void point(const struct plot *p, unsigned i, double share)
{
	html_place(p->html, (double)i * DAY + DAY / 2.0);
	html_markup(p->html, ",");
	html_place(p->html, FULL * (1 - share));
	html_markup(p->html, " ");
}

static void band(const struct plot *p, unsigned from, unsigned end)
{
	struct figure_place place;

	html_markup(p->html, "<polygon class=\"band\" points=\"");
	for (unsigned i = from; i < end; i++)
		if (place_of(p, i, &place))
			point(p, i, place.high);
	for (unsigned i = end; i-- > from;)
		if (place_of(p, i, &place))
			point(p, i, place.low);
	html_markup(p->html, "\"/>");
}

static void line(const struct plot *p, unsigned from, unsigned end)
{
	struct figure_place place;

	html_markup(p->html, "<polyline class=\"line\" points=\"");
	for (unsigned i = from; i < end; i++)
		if (place_of(p, i, &place))
			point(p, i, place.value);
	html_markup(p->html, "\"/>");
}

/* A day alone has no band: its interval is a line. */
static void lone_interval(const struct plot *p, unsigned i)
{
	struct figure_place place;

	if (!place_of(p, i, &place))
		return;
	html_markup(p->html, "<polyline class=\"int\" points=\"");
	point(p, i, place.low);
	point(p, i, place.high);
	html_markup(p->html, "\"/>");
}

static void runs(const struct plot *p)
{
	for (unsigned i = 0; i < p->score->days;) {
		unsigned end = run_end(p, i);

		if (end > i + 1) {
			band(p, i, end);
			line(p, i, end);
		} else if (end == i + 1) {
			lone_interval(p, i);
		}
		i = end + 1;
	}
}

/* The units of the stretched part, and its end. */
static void view_box(const struct plot *p, int height)
{
	html_markup(p->html, " preserveAspectRatio=\"none\" viewBox=\"0 0 ");
	html_count(p->html, (int64_t)p->score->days * DAY);
	html_markup(p->html, " ");
	html_count(p->html, height);
	html_markup(p->html, "\">");
}

static void stretched(const struct plot *p, int top, int height)
{
	html_markup(p->html, "<svg x=\"");
	html_percent(p->html, LEFT);
	html_markup(p->html, "\" width=\"");
	html_percent(p->html, WIDTH);
	html_markup(p->html, "\" y=\"");
	html_count(p->html, top);
	html_markup(p->html, "\" height=\"");
	html_count(p->html, height);
	html_markup(p->html, "\"");
}

static void dot(const struct plot *p, unsigned i)
{
	const struct report_day *day = &p->score->day[i];
	struct figure_place place;

	if (!place_of(p, i, &place))
		return;
	html_markup(p->html, "<circle");
	if (day->figure.state == FIGURE_FEW)
		html_markup(p->html, " class=\"few\"");
	html_markup(p->html, " r=\"3\" cx=\"");
	html_percent(p->html, across(p, i));
	html_markup(p->html, "\" cy=\"");
	html_place(p->html, down(place.value));
	html_markup(p->html, "\"><title>");
	html_figure_text(p->html, &day->figure);
	html_markup(p->html, "</title></circle>");
}

static bool is_alone(const struct plot *p, unsigned i)
{
	struct figure_place place;

	return (i == 0 || !place_of(p, i - 1, &place)) && run_end(p, i) == i + 1;
}

static void dots(const struct plot *p)
{
	for (unsigned i = 0; i < p->score->days; i++)
		if (p->score->days <= DOTS_MOST || is_alone(p, i))
			dot(p, i);
}

/* ---- axes --------------------------------------------------------------------------- */

/* False: no day is shown. */
static bool fit_axis(struct plot *p)
{
	p->axis = svg_axis_empty();
	for (unsigned i = 0; i < p->score->days; i++)
		figure_stretch(&p->score->day[i].figure, &p->axis.least, &p->axis.most);
	if (svg_axis_is_empty(&p->axis))
		return false;
	figure_stretch(&p->score->score, &p->axis.least, &p->axis.most);
	svg_axis_round(&p->axis);
	return true;
}

static void ticks(const struct plot *p)
{
	for (double at = p->axis.least; at <= p->axis.most; at += p->axis.step) {
		double y = down((at - p->axis.least) / (p->axis.most - p->axis.least));

		html_markup(p->html, "<line class=\"grid\" x1=\"9%\" x2=\"99%\" y1=\"");
		html_place(p->html, y);
		html_markup(p->html, "\" y2=\"");
		html_place(p->html, y);
		html_markup(p->html, "\"/><text class=\"y\" x=\"8%\" y=\"");
		html_place(p->html, y + 4);
		html_markup(p->html, "\">");
		html_count(p->html, (int64_t)at);
		html_markup(p->html, "</text>");
	}
}

static void begin_label(const struct plot *p, unsigned i)
{
	html_markup(p->html, "<text class=\"x\" y=\"184\" x=\"");
	html_percent(p->html, across(p, i));
	html_markup(p->html, "\">");
}

static void mondays(const struct plot *p, const char *monday)
{
	for (unsigned i = 0; i < p->score->days; i++) {
		GDate date = day_date(p->score->day[i].day);

		if (g_date_get_weekday(&date) != G_DATE_MONDAY)
			continue;
		begin_label(p, i);
		html_text(p->html, monday);
		html_markup(p->html, " ");
		html_count(p->html, g_date_get_day(&date));
		html_markup(p->html, "</text>");
	}
}

static void months(const struct plot *p)
{
	unsigned every = p->score->days / 31 / LABELS_MOST + 1, k = 0;

	for (unsigned i = 0; i < p->score->days; i++) {
		GDate date = day_date(p->score->day[i].day);
		char text[16];

		if (g_date_get_day(&date) != 1 || k++ % every != 0)
			continue;
		g_date_strftime(text, sizeof text, "%Y-%m", &date);
		begin_label(p, i);
		html_text(p->html, text);
		html_markup(p->html, "</text>");
	}
}

/* ---- n, the whole period, flags ------------------------------------------------------ */

static void strip(const struct plot *p)
{
	int64_t least = INT64_MAX, most = 1;

	for (unsigned i = 0; i < p->score->days; i++) {
		least = MIN(least, p->score->day[i].figure.n);
		most = MAX(most, p->score->day[i].figure.n);
	}
	stretched(p, STRIP_TOP, STRIP_HEIGHT);
	view_box(p, FULL);
	html_markup(p->html, "<path class=\"n\" d=\"");
	for (unsigned i = 0; i < p->score->days; i++) {
		double height = FULL * (double)p->score->day[i].figure.n / (double)most;

		html_markup(p->html, "M");
		html_count(p->html, (int64_t)i * DAY + 1);
		html_markup(p->html, " 1000v-");
		html_place(p->html, height);
		html_markup(p->html, "h8v");
		html_place(p->html, height);
		html_markup(p->html, "z");
	}
	html_markup(p->html, "\"/></svg><text class=\"x n\" x=\"99%\" y=\"228\">n=");
	html_count(p->html, least);
	if (least != most) {
		html_markup(p->html, "..");
		html_count(p->html, most);
	}
	html_markup(p->html, "</text>");
}

static void whole_period(const struct plot *p)
{
	struct figure_place place;

	if (!figure_place(&p->score->score, p->axis.least, p->axis.most, &place))
		return;
	html_markup(p->html, "<line class=\"ref\" x1=\"9%\" x2=\"99%\" y1=\"");
	html_place(p->html, down(place.value));
	html_markup(p->html, "\" y2=\"");
	html_place(p->html, down(place.value));
	html_markup(p->html, "\"/>");
}

/* Flags of one day share a line. */
static void flags(const struct plot *p, const struct svg_trend *t)
{
	for (unsigned i = 0; i < t->flags;) {
		int32_t day = t->flag[i].day;
		double at = across(p, (unsigned)(day - p->score->day[0].day));

		html_markup(p->html, "<line class=\"flag\" y1=\"14\" y2=\"168\" x1=\"");
		html_percent(p->html, at);
		html_markup(p->html, "\" x2=\"");
		html_percent(p->html, at);
		html_markup(p->html, "\"/><text class=\"x flag\" y=\"11\" x=\"");
		html_percent(p->html, at);
		html_markup(p->html, "\">");
		html_count(p->html, t->flag[i].number);
		for (i++; i < t->flags && t->flag[i].day == day; i++) {
			html_markup(p->html, ", ");
			html_count(p->html, t->flag[i].number);
		}
		html_markup(p->html, "</text>");
	}
}

void svg_trend(struct html *html, const struct svg_trend *t)
{
	struct plot p = {.html = html, .score = t->score};

	if (!fit_axis(&p))
		return;
	html_markup(
		html,
		"<svg class=\"trend\" role=\"img\" width=\"100%\" height=\"232\"><title>");
	html_text(html, t->title);
	html_markup(html, "</title><desc>");
	html_text(html, t->description);
	html_markup(html, "</desc>");
	ticks(&p);
	stretched(&p, TOP, PLOT_HEIGHT);
	view_box(&p, FULL);
	runs(&p);
	html_markup(html, "</svg>");
	whole_period(&p);
	dots(&p);
	flags(&p, t);
	if (p.score->days <= MONDAYS_MOST)
		mondays(&p, t->monday);
	else
		months(&p);
	strip(&p);
	html_markup(html, "</svg>\n");
}

void svg_spark(struct html *html, const struct report_score *score)
{
	struct plot p = {.html = html, .score = score};

	if (score->days < 2 || !fit_axis(&p))
		return;
	html_markup(html, "<svg class=\"spark\" aria-hidden=\"true\"");
	view_box(&p, FULL);
	runs(&p);
	html_markup(html, "</svg>");
}
