/* paper_actions.c - what was done, and the score of its point before and after. */
#include "report/paper.h"

static void put_cell(const struct paper *p, const char *text)
{
	html_markup(p->html, "<td><bdi>");
	html_text(p->html, text);
	html_markup(p->html, "</bdi></td>");
}

static void put_figure(const struct paper *p, const struct figure *figure)
{
	html_markup(p->html, "<td>");
	html_figure(p->html, figure);
	html_markup(p->html, "</td>");
}

static void put_action(const struct paper *p, unsigned i)
{
	const struct report_action *a = &p->report->action[i];

	html_markup(p->html, "<tr><td class=\"number\">");
	html_count(p->html, i + 1);
	html_markup(p->html, "</td><td class=\"day\">");
	paper_day(p, a->day);
	html_markup(p->html, "</td><th scope=\"row\"><bdi>");
	html_text(p->html, a->text);
	html_markup(p->html, "</bdi> <span class=\"soft\"><bdi>");
	html_text(p->html, a->score_title);
	html_markup(p->html, "</bdi></span></th>");
	put_cell(p, a->responsible);
	put_figure(p, &a->before);
	put_figure(p, &a->after);
	html_markup(p->html, "<td>");
	paper_change(p, &a->change);
	html_markup(p->html, "</td></tr>\n");
}

void paper_actions(const struct paper *p)
{
	if (p->report->actions == 0)
		return;
	html_markup(p->html, "<section>");
	paper_heading(p, WORD_R_ACTIONS);
	html_markup(p->html, "<div class=\"scroll\"><table class=\"actions\"><thead><tr>"
			     "<th scope=\"col\">\u2116</th>");
	paper_column(p, WORD_P_DAY);
	paper_column(p, WORD_P_ACTION);
	paper_column(p, WORD_P_RESPONSIBLE);
	paper_column(p, WORD_R_ACTION_BEFORE);
	paper_column(p, WORD_R_ACTION_AFTER);
	paper_column(p, WORD_R_CHANGE);
	html_markup(p->html, "</tr></thead>\n<tbody>\n");
	for (unsigned i = 0; i < p->report->actions; i++)
		put_action(p, i);
	html_markup(p->html, "</tbody></table></div></section>\n");
}
