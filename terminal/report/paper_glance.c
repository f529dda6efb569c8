/* paper_glance.c - the top of the report: how it went, whether that is a change, what to do. */
#include "report/paper.h"

static void put_label(const struct paper *p, enum word word)
{
	html_markup(p->html, "<p><span class=\"soft\">");
	paper_word(p, word);
	html_markup(p->html, "</span> ");
}

static void put_question(const struct paper *p, const struct report_score *s)
{
	put_label(p, WORD_R_CHANGE);
	paper_change(p, &s->change);
	html_markup(p->html, "</p>");
	if (s->earlier.state != FIGURE_UNKNOWN) {
		put_label(p, WORD_R_EARLIER);
		html_figure(p->html, &s->earlier);
		html_markup(p->html, "</p>");
	}
	html_markup(p->html, "<p class=\"soft\" dir=\"auto\">");
	html_text(p->html, s->text);
	html_markup(p->html, "</p>");
}

static void put_main(const struct paper *p)
{
	const struct report_score *s = p->report->scores > 0 ? &p->report->score[0]
							     : NULL;
	struct figure none = {.state = FIGURE_NO_ANSWERS, .n_earlier = -1};

	html_markup(p->html, "<div class=\"main\"><h2 dir=\"auto\">");
	if (s != NULL)
		html_text(p->html, s->short_title);
	else
		paper_word(p, WORD_R_NPS);
	html_markup(p->html, "</h2><p class=\"big\">");
	html_figure(p->html, s != NULL ? &s->score : &none);
	html_markup(p->html, "</p>");
	if (s != NULL)
		put_question(p, s);
	html_markup(p->html, "</div>\n");
}

static void put_first(const struct paper *p)
{
	if (p->report->first[0] == NULL)
		return;
	html_markup(p->html, "<div class=\"first\">");
	paper_heading(p, WORD_R_FIRST);
	html_markup(p->html, "<ol>");
	for (char **first = p->report->first; *first != NULL; first++) {
		html_markup(p->html, "<li dir=\"auto\">");
		html_text(p->html, *first);
		html_markup(p->html, "</li>");
	}
	html_markup(p->html, "</ol></div>\n");
}

static void put_wrong(const struct paper *p)
{
	const struct report_table *table = p->report->section;

	if (report_table_is_empty(&table[REPORT_CAUSES]) &&
	    report_table_is_empty(&table[REPORT_CRITICS]))
		return;
	html_markup(p->html, "<section>");
	paper_heading(p, WORD_P_WRONG);
	html_markup(p->html, "<div class=\"wrong\">");
	paper_section(p, REPORT_CAUSES);
	paper_section(p, REPORT_CRITICS);
	html_markup(p->html, "</div></section>\n");
}

void paper_glance(const struct paper *p)
{
	html_markup(p->html, "<div class=\"glance\">");
	put_main(p);
	put_first(p);
	html_markup(p->html, "</div>\n");
	if (p->report->scores > 0)
		paper_trend(p, &p->report->score[0]);
	put_wrong(p);
}
