/* paper_sheet.c - the sheet of causes: a form that people print, fill in together, and hang up. */
#include "report/paper.h"

#define EMPTY_ROWS 3 /* for what nobody named by a key */

/* What people fill in. */
static void put_blanks(const struct paper *p)
{
	html_markup(p->html,
		    "<td class=\"blank\"></td><td class=\"blank\"></td>"
		    "<td class=\"done\"><span class=\"box\"></span></td></tr>\n");
}

static void put_cause(const struct paper *p, const struct report_cause *c)
{
	html_markup(p->html, "<tr><th scope=\"row\" dir=\"auto\">");
	html_text(p->html, c->text);
	html_markup(p->html, "</th><td>");
	html_figure(p->html, &c->share);
	if (c->change.state != FIGURE_UNKNOWN) {
		html_markup(p->html, "<br/><span class=\"soft\">");
		paper_word(p, WORD_R_CHANGE);
		html_markup(p->html, ": ");
		html_figure(p->html, &c->change);
		html_markup(p->html, "</span>");
	}
	html_markup(p->html, "</td><td dir=\"auto\">");
	html_text(p->html, c->responsible);
	html_markup(p->html, "</td>");
	put_blanks(p);
}

void paper_sheet(const struct paper *p)
{
	if (!p->report->is_month)
		return;
	html_markup(p->html, "<section class=\"sheet\">");
	paper_heading(p, WORD_R_CAUSE_SHEET);
	html_markup(p->html, "<p>");
	html_text(p->html, p->report->title);
	html_markup(p->html, ", ");
	html_text(p->html, p->report->period.text);
	html_markup(p->html, ". ");
	paper_word(p, WORD_P_SHEET_HOW);
	html_markup(p->html, "</p><div class=\"scroll\"><table><thead><tr>");
	paper_column(p, WORD_P_CAUSE);
	paper_column(p, WORD_P_HOW_OFTEN);
	paper_column(p, WORD_P_RESPONSIBLE);
	paper_column(p, WORD_P_MEASURE);
	paper_column(p, WORD_P_DEADLINE);
	paper_column(p, WORD_P_DONE);
	html_markup(p->html, "</tr></thead>\n<tbody>\n");
	for (unsigned i = 0; i < p->report->causes; i++)
		put_cause(p, &p->report->cause[i]);
	for (int i = 0; i < EMPTY_ROWS; i++) {
		html_markup(p->html, "<tr><td class=\"blank\"></td><td></td><td></td>");
		put_blanks(p);
	}
	html_markup(p->html, "</tbody></table></div><p class=\"signed\">");
	paper_word(p, WORD_P_SIGNED);
	html_markup(p->html, "</p></section>\n");
}
