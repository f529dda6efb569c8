/* paper_trend.c - the days of a score, and what was done on them. */
#include <string.h>

#include "day.h"
#include "report/paper.h"

/* On this score's trend: in the period, and of its point or of none. */
static bool is_flag(const struct report_score *score, const struct report_action *action)
{
	return action->in_period && action->day >= score->day[0].day &&
	       action->day <= score->day[score->days - 1].day &&
	       (*action->point == '\0' || strcmp(action->point, score->point) == 0);
}

static void describe(const struct paper *p, const struct report_score *score, char *out,
		     size_t size)
{
	g_autofree char *from = day_text(score->day[0].day);
	g_autofree char *to = day_text(score->day[score->days - 1].day);
	char figure[FIGURE_TEXT_MAX];

	figure_format(&score->score, &p->report->figure_words, figure);
	words_fill(out, size, paper_say(p, WORD_P_TREND_TELLS), "from", from, "to", to,
		   "figure", figure, NULL);
}

/* Numbers are those of the table of actions. */
static void put_legend(const struct paper *p, const struct svg_trend *trend)
{
	for (unsigned i = 0; i < trend->flags; i++) {
		const struct report_action *a =
			&p->report->action[trend->flag[i].number - 1];

		html_markup(p->html, "<br/><b class=\"number\">");
		html_count(p->html, trend->flag[i].number);
		html_markup(p->html, "</b> ");
		paper_day(p, a->day);
		html_markup(p->html, " <bdi>");
		html_text(p->html, a->text);
		html_markup(p->html, "</bdi>");
	}
}

static void put_caption(const struct paper *p, const struct svg_trend *trend)
{
	html_markup(p->html, "<figcaption>");
	html_text(p->html, trend->description);
	if (trend->score->is_broken) {
		html_markup(p->html, "<br/><span class=\"sign\">\u25c6</span> ");
		paper_day(p, trend->score->first_day);
		html_markup(p->html, "..");
		paper_day(p, trend->score->last_day);
		html_markup(p->html, ": ");
		paper_word(p, WORD_R_BROKEN);
	}
	put_legend(p, trend);
	html_markup(p->html, "</figcaption>");
}

void paper_trend(const struct paper *p, const struct report_score *score)
{
	g_autofree struct svg_flag *flag = g_new(struct svg_flag, p->report->actions + 1);
	char description[512];
	struct svg_trend trend = {
		.title = score->title,
		.description = description,
		.monday = paper_say(p, WORD_R_MON),
		.score = score,
		.flag = flag,
	};

	if (score->days < 2 || !figure_is_shown(&score->score))
		return;
	describe(p, score, description, sizeof description);
	for (unsigned i = 0; i < p->report->actions; i++)
		if (is_flag(score, &p->report->action[i]))
			flag[trend.flags++] = (struct svg_flag){p->report->action[i].day,
								i + 1};
	html_markup(p->html, "<figure>");
	svg_trend(p->html, &trend);
	put_caption(p, &trend);
	html_markup(p->html, "</figure>\n");
}
