/* text.c - the report as plain text: in a terminal, in a mail. */
#include "day.h"
#include "report/text.h"

#include <string.h>

/* Sections below the scores, in this order. */
static const enum report_section order[] = {
	REPORT_RATES,    REPORT_OUTCOMES,        REPORT_SECONDS, REPORT_RATE_BY_HOUR,
	REPORT_CAUSES,   REPORT_CAUSES_BY_POINT, REPORT_CRITICS, REPORT_CUSTOMERS,
	REPORT_MONEY,    REPORT_LOYAL,           REPORT_FUNNEL,  REPORT_QUEUE,
	REPORT_CASHIERS, REPORT_FLAGS,
};
G_STATIC_ASSERT(G_N_ELEMENTS(order) == REPORT_SECTIONS);

static const char *say(const struct text *t, enum report_label label)
{
	return t->report->label[label];
}

static void put_head(struct text *t)
{
	const struct report *r = t->report;

	fprintf(t->out, "%s\n%s\n", r->title, r->period.text);
	if (r->is_open)
		text_sentence(t, 0, say(t, REPORT_LABEL_OPEN));
	fprintf(t->out, "%s\n%s\n", r->made, r->compared);
	text_count(t, 0, say(t, REPORT_LABEL_VISITS), r->visits, "");
}

static void put_list(struct text *t, enum report_label title, char *const *list)
{
	if (list[0] == NULL)
		return;
	text_heading(t, say(t, title));
	for (int i = 0; list[i] != NULL; i++) {
		g_autofree char *line = g_strdup_printf("%d. %s", i + 1, list[i]);

		text_sentence(t, 2, line);
	}
}

/* What a difference is called. */
static const char *verdict(const struct text *t, const struct figure *change)
{
	if (!figure_is_shown(change))
		return "";
	if (!figure_is_change(change))
		return say(t, REPORT_LABEL_SAME);
	return say(t, figure_sign(change) > 0 ? REPORT_LABEL_BETTER : REPORT_LABEL_WORSE);
}

static bool has_score(const struct report_score *s)
{
	return s->measure != SCORE_CHOICES && s->measure != SCORE_NONE;
}

/* Every score in a line, to be found at once. */
static void put_scores(struct text *t)
{
	fputc('\n', t->out);
	for (unsigned i = 0; i < t->report->scores; i++) {
		const struct report_score *s = &t->report->score[i];

		if (!has_score(s))
			continue;
		text_figure(t, 0, s->title, &s->score, "");
		if (s->change.state != FIGURE_UNKNOWN)
			text_figure(t, 2, say(t, REPORT_LABEL_CHANGE), &s->change,
				    verdict(t, &s->change));
	}
}

static void put_title(struct text *t, const struct report_score *s)
{
	g_autofree char *title = g_strconcat(s->title, *s->point != '\0' ? ", " : "",
					     s->point, NULL);

	text_heading(t, title);
	text_sentence(t, 2, s->text);
	if (s->is_broken)
		text_sentence(t, 2, say(t, REPORT_LABEL_BROKEN));
}

/* One cell alone, or none to be seen, tells nothing. */
static bool is_worth_it(const struct report_table *table)
{
	int seen = 0;

	for (unsigned i = 0; i < table->n; i++)
		seen += figure_is_shown(&table->line[i].figure);
	return seen >= 2;
}

static void put_part(struct text *t, const struct report_table *table)
{
	fprintf(t->out, "\n  %s\n", table->title);
	for (unsigned i = 0; i < table->n; i++)
		text_bar(t, table->line[i].label, &table->line[i].figure, table->least,
			 table->most, table->line[i].note);
	if (*table->note != '\0')
		text_sentence(t, 2, table->note);
}

static void put_score(struct text *t, const struct report_score *s)
{
	put_title(t, s);
	if (s->earlier.state != FIGURE_UNKNOWN)
		text_figure(t, 2, say(t, REPORT_LABEL_EARLIER), &s->earlier, "");
	if (s->mean.state != FIGURE_UNKNOWN)
		text_figure(t, 2, say(t, REPORT_LABEL_MEAN), &s->mean, "");
	if (s->weighted.state != FIGURE_UNKNOWN)
		text_figure(t, 2, say(t, REPORT_LABEL_WEIGHTED), &s->weighted, "");
	text_figure(t, 2, say(t, REPORT_LABEL_SKIPPED), &s->skipped, "");
	if (s->distribution.n > 0 && figure_is_shown(&s->distribution.line[0].figure))
		put_part(t, &s->distribution);
	text_trend(t, s);
	for (int by = 0; by < REPORT_BYS; by++)
		if (is_worth_it(&s->by[by]))
			put_part(t, &s->by[by]);
}

static char *responsible(const struct text *t, const char *name)
{
	char text[256];

	if (*name == '\0')
		return g_strdup(say(t, REPORT_LABEL_NOBODY));
	words_fill(text, sizeof text, say(t, REPORT_LABEL_RESPONSIBLE), "name", name,
		   NULL);
	return g_strdup(text);
}

static void put_causes(struct text *t)
{
	const struct report *r = t->report;

	if (!r->is_month || r->causes == 0)
		return;
	text_heading(t, say(t, REPORT_LABEL_CAUSES));
	for (unsigned i = 0; i < r->causes; i++) {
		g_autofree char *who = responsible(t, r->cause[i].responsible);

		text_figure(t, 2, r->cause[i].text, &r->cause[i].share, who);
		if (r->cause[i].change.state != FIGURE_UNKNOWN)
			text_figure(t, 4, say(t, REPORT_LABEL_CHANGE),
				    &r->cause[i].change, "");
	}
}

static void put_action(struct text *t, const struct report_action *a)
{
	g_autofree char *day = day_text(a->day);
	g_autofree char *who = responsible(t, a->responsible);
	g_autofree char *line = g_strdup_printf("%s %s%s%s (%s)", day, a->point,
						*a->point != '\0' ? ": " : "", a->text,
						who);

	text_sentence(t, 2, line);
	if (*a->score_title == '\0')
		return;
	text_figure(t, 4, say(t, REPORT_LABEL_ACTION_BEFORE), &a->before, a->score_title);
	text_figure(t, 4, say(t, REPORT_LABEL_ACTION_AFTER), &a->after, a->score_title);
	text_figure(t, 4, say(t, REPORT_LABEL_CHANGE), &a->change,
		    verdict(t, &a->change));
}

static void put_actions(struct text *t)
{
	if (t->report->actions == 0)
		return;
	text_heading(t, say(t, REPORT_LABEL_ACTIONS));
	for (unsigned i = 0; i < t->report->actions; i++)
		put_action(t, &t->report->action[i]);
}

void report_text(FILE *out, const struct report *report, const struct report_look *look)
{
	struct text t = {out, report, look};

	g_assert(look->cols >= 40);
	put_head(&t);
	put_scores(&t);
	put_list(&t, REPORT_LABEL_FIRST, report->first);
	for (unsigned i = 0; i < report->scores; i++)
		if (report->score[i].score.state != FIGURE_NO_ANSWERS)
			put_score(&t, &report->score[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
		text_table(&t, &report->section[order[i]]);
	put_causes(&t);
	put_actions(&t);
	put_list(&t, REPORT_LABEL_MISSING, report->missing);
}
