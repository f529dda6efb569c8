/* paper_score.c - questions: all in one table, and each by itself. */
#include "report/paper.h"

static bool has_score(const struct report_score *score)
{
	return score->measure == SCORE_NPS || score->measure == SCORE_SHARE;
}

static void put_question(const struct paper *p, const struct report_score *s)
{
	html_markup(p->html, "<tr><th scope=\"row\"><bdi>");
	html_text(p->html, s->text);
	html_markup(p->html, "</bdi> <span class=\"soft\">");
	html_text(p->html, s->title);
	html_markup(p->html, "</span></th>");
	if (s->days > 1) {
		html_markup(p->html, "<td class=\"plot wide\">");
		svg_spark(p->html, s);
		html_markup(p->html, "</td>");
	}
	html_markup(p->html, "<td>");
	if (has_score(s))
		html_figure(p->html, &s->score);
	html_markup(p->html, "</td><td>");
	if (has_score(s))
		paper_change(p, &s->change);
	html_markup(p->html, "</td></tr>\n");
}

void paper_questions(const struct paper *p)
{
	if (p->report->scores < 2)
		return;
	html_markup(p->html, "<section class=\"together\">");
	paper_heading(p, WORD_P_QUESTIONS);
	html_markup(p->html, "<table class=\"questions\"><thead><tr>");
	paper_column(p, WORD_P_QUESTION);
	if (p->report->score[0].days > 1) {
		html_markup(p->html, "<th scope=\"col\" class=\"plot wide\">");
		paper_word(p, WORD_R_TREND);
		html_markup(p->html, "</th>");
	}
	paper_column(p, WORD_P_VALUE);
	paper_column(p, WORD_R_CHANGE);
	html_markup(p->html, "</tr></thead>\n<tbody>\n");
	for (unsigned i = 0; i < p->report->scores; i++)
		put_question(p, &p->report->score[i]);
	html_markup(p->html, "</tbody></table></section>\n");
}

static void put_fact(const struct paper *p, const char *name, const struct figure *figure)
{
	if (figure->state == FIGURE_UNKNOWN)
		return;
	html_markup(p->html, "<div><dt>");
	html_text(p->html, name);
	html_markup(p->html, "</dt><dd>");
	html_figure(p->html, figure);
	html_markup(p->html, "</dd></div>");
}

static void put_facts(const struct paper *p, const struct report_score *s)
{
	html_markup(p->html, "<dl>");
	put_fact(p, s->short_title, &s->score);
	put_fact(p, paper_say(p, WORD_R_EARLIER), &s->earlier);
	if (has_score(s)) {
		html_markup(p->html, "<div><dt>");
		paper_word(p, WORD_R_CHANGE);
		html_markup(p->html, "</dt><dd>");
		paper_change(p, &s->change);
		html_markup(p->html, "</dd></div>");
	}
	put_fact(p, paper_say(p, WORD_R_MEAN), &s->mean);
	put_fact(p, paper_say(p, WORD_R_WEIGHTED), &s->weighted);
	put_fact(p, paper_say(p, WORD_R_SKIPPED), &s->skipped);
	html_markup(p->html, "</dl>\n");
}

/* The main score's trend stands on top of the report already. */
void paper_score(const struct paper *p, const struct report_score *s)
{
	html_markup(p->html, "<section class=\"score\">");
	paper_subheading(p, s->text);
	html_markup(p->html, "<p class=\"soft\"><bdi>");
	html_text(p->html, s->title);
	html_markup(p->html, "</bdi></p>");
	put_facts(p, s);
	if (s != &p->report->score[0])
		paper_trend(p, s);
	html_markup(p->html, "<div class=\"tables\">");
	paper_distribution(p, s);
	paper_by(p, s);
	html_markup(p->html, "</div></section>\n");
}
