/* paper_days.c - the figures behind the trends, day by day. */
#include "report/paper.h"

#define DAYS_MOST 62 /* a longer period has its band and the strip of n */
#define ROWS      11 /* of one table; the next stands beside it */

static bool is_told(const struct report_day *day)
{
	return day->figure.state != FIGURE_UNKNOWN &&
	       day->figure.state != FIGURE_NO_ANSWERS;
}

static void begin_table(const struct paper *p)
{
	html_markup(p->html, "<table><thead><tr>");
	paper_column(p, WORD_P_DAY);
	paper_column(p, WORD_P_VALUE);
	html_markup(p->html, "</tr></thead><tbody>\n");
}

static void put_score(const struct paper *p, const struct report_score *score)
{
	unsigned rows = 0;

	paper_subheading(p, score->title);
	html_markup(p->html, "<div class=\"days\">");
	for (unsigned i = 0; i < score->days; i++) {
		if (!is_told(&score->day[i]))
			continue;
		if (rows % ROWS == 0) {
			if (rows > 0)
				html_markup(p->html, "</tbody></table>");
			begin_table(p);
		}
		rows++;
		html_markup(p->html, "<tr><th scope=\"row\">");
		paper_day(p, score->day[i].day);
		html_markup(p->html, "</th><td>");
		html_figure(p->html, &score->day[i].figure);
		html_markup(p->html, "</td></tr>\n");
	}
	if (rows > 0)
		html_markup(p->html, "</tbody></table>");
	html_markup(p->html, "</div>\n");
}

static bool has_days(const struct report_score *score)
{
	return score->days > 1 && score->days <= DAYS_MOST &&
	       figure_is_shown(&score->score);
}

void paper_days(const struct paper *p)
{
	bool began = false;

	for (unsigned i = 0; i < p->report->scores; i++) {
		if (!has_days(&p->report->score[i]))
			continue;
		if (!began) {
			html_markup(p->html, "<section class=\"appendix\">");
			paper_heading(p, WORD_P_DAYS);
		}
		began = true;
		put_score(p, &p->report->score[i]);
	}
	if (began)
		html_markup(p->html, "</section>\n");
}
