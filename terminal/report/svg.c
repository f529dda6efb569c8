#include "report/svg.h"

#include <glib.h>
#include <math.h>

#define STEPS_MOST 4

struct svg_axis svg_axis_empty(void)
{
	return (struct svg_axis){.least = INFINITY, .most = -INFINITY};
}

bool svg_axis_is_empty(const struct svg_axis *axis)
{
	return axis->least > axis->most;
}

static double step_of(double length)
{
	static const double steps[] = {1, 2, 5, 10, 20, 25, 50};

	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++)
		if (length <= STEPS_MOST * steps[i])
			return steps[i];
	return 100;
}

void svg_axis_round(struct svg_axis *axis)
{
	axis->step = step_of(axis->most - axis->least);
	axis->least = axis->step * floor(axis->least / axis->step);
	axis->most = axis->step * ceil(axis->most / axis->step);
	if (axis->most <= axis->least)
		axis->most = axis->least + axis->step;
}

void svg_patterns(struct html *html)
{
	html_markup(
		html,
		"<svg class=\"defs\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>"
		"<pattern id=\"hatch\" width=\"5\" height=\"5\" "
		"patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
		"<rect class=\"hatch\" width=\"2\" height=\"5\"/></pattern>"
		"</defs></svg>\n");
}

static void percent(struct html *html, double share)
{
	html_percent(html, share);
	html_markup(html, "\"");
}

static void bar(struct html *html, enum svg_shape shape, double length)
{
	switch (shape) {
	case SVG_DOT:
		return;
	case SVG_BAR:
		html_markup(html, "<rect class=\"bar\"");
		break;
	case SVG_BAR_LOW:
		html_markup(html, "<rect class=\"bar low\"");
		break;
	case SVG_BAR_MIDDLE:
		html_markup(html, "<rect class=\"bar middle\"");
		break;
	}
	html_markup(html, " y=\"18%\" height=\"64%\" width=\"");
	percent(html, length);
	html_markup(html, "/>");
}

/* A line across the row. */
static void upright(struct html *html, double at)
{
	html_markup(html, " y2=\"100%\" x1=\"");
	percent(html, at);
	html_markup(html, " x2=\"");
	percent(html, at);
	html_markup(html, "/>");
}

static void interval_and_value(struct html *html, const struct figure *figure,
			       const struct figure_place *place)
{
	if (place->low < place->high) {
		html_markup(html, "<line class=\"int\" y1=\"50%\" y2=\"50%\" x1=\"");
		percent(html, place->low);
		html_markup(html, " x2=\"");
		percent(html, place->high);
		html_markup(html, "/>");
	}
	if (figure->state == FIGURE_FEW)
		html_markup(html, "<circle class=\"few\" r=\"3.5\" cy=\"50%\" cx=\"");
	else
		html_markup(html, "<circle r=\"3.5\" cy=\"50%\" cx=\"");
	percent(html, place->value);
	html_markup(html, "/>");
}

void svg_row(struct html *html, const struct figure *figure, const struct svg_axis *axis,
	     enum svg_shape shape, const struct figure *reference)
{
	double least = axis->least, most = axis->most;
	struct figure_place place, at;

	html_markup(html, "<svg class=\"row\" aria-hidden=\"true\">");
	if (least < 0 && most > 0) {
		html_markup(html, "<line class=\"zero\"");
		upright(html, -least / (most - least));
	}
	if (reference != NULL && figure_place(reference, least, most, &at)) {
		html_markup(html, "<line class=\"ref\"");
		upright(html, at.value);
	}
	if (figure_place(figure, least, most, &place)) {
		bar(html, shape, place.value);
		interval_and_value(html, figure, &place);
	}
	html_markup(html, "</svg>");
}
