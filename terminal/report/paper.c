#include "report/paper.h"

#include "day.h"

const char *paper_say(const struct paper *p, enum word word)
{
	return words_text(p->words, word, p->language);
}

void paper_word(const struct paper *p, enum word word)
{
	html_text(p->html, paper_say(p, word));
}

void paper_day(const struct paper *p, int32_t day)
{
	g_autofree char *text = day_text(day);

	html_text(p->html, text);
}

void paper_heading(const struct paper *p, enum word word)
{
	html_markup(p->html, "<h2>");
	paper_word(p, word);
	html_markup(p->html, "</h2>\n");
}

void paper_subheading(const struct paper *p, const char *text)
{
	html_markup(p->html, "<h3 dir=\"auto\">");
	html_text(p->html, text);
	html_markup(p->html, "</h3>\n");
}

void paper_column(const struct paper *p, enum word word)
{
	html_markup(p->html, "<th scope=\"col\">");
	paper_word(p, word);
	html_markup(p->html, "</th>");
}

void paper_change(const struct paper *p, const struct figure *change)
{
	if (change->state == FIGURE_UNKNOWN) {
		html_markup(p->html, "<span class=\"soft\">");
		paper_word(p, WORD_P_NOTHING_BEFORE);
		html_markup(p->html, "</span>");
		return;
	}
	if (!figure_is_shown(change)) {
		html_figure(p->html, change);
		return;
	}
	if (!figure_is_change(change)) {
		html_markup(p->html,
			    "<span class=\"same\"><span class=\"sign\">\u2248</span> ");
		paper_word(p, WORD_R_SAME);
	} else if (figure_sign(change) < 0) {
		html_markup(p->html,
			    "<span class=\"worse\"><span class=\"sign\">\u25bc</span> ");
		paper_word(p, WORD_R_WORSE);
	} else {
		html_markup(p->html,
			    "<span class=\"better\"><span class=\"sign\">\u25b2</span> ");
		paper_word(p, WORD_R_BETTER);
	}
	html_markup(p->html, "</span> ");
	html_figure(p->html, change);
}
