/* making_first.c - what to do first: the rule of report.h. */
#include <stdlib.h>

#include "report/making.h"

static void say(struct making *m, enum word sentence, const char *what,
		const struct figure *figure, const char *who)
{
	char number[FIGURE_TEXT_MAX], text[512];

	figure_format(figure, &m->report->figure_words, number);
	words_fill(text, sizeof text, making_say(m, sentence), "what", what, "figure",
		   number, "who", who, NULL);
	making_append(&m->report->first, g_strdup(text));
}

static int deepest_first(const void *a, const void *b)
{
	const struct report_score *const *x = a, *const *y = b;

	return figure_compare(&(*y)->change, &(*x)->change);
}

static void say_what_fell(struct making *m)
{
	g_autoptr(GPtrArray) fell = g_ptr_array_new();

	for (unsigned i = 0; i < m->report->scores; i++) {
		const struct report_score *s = &m->report->score[i];

		if (figure_is_change(&s->change) && figure_sign(&s->change) < 0)
			g_ptr_array_add(fell, (void *)s);
	}
	g_ptr_array_sort(fell, deepest_first);
	for (guint i = 0; i < fell->len; i++) {
		const struct report_score *s = fell->pdata[i];

		say(m, WORD_R_FIRST_FELL, s->title, &s->change, "");
	}
}

/* The tables are in order already. */
static void say_where_critics_are(struct making *m)
{
	const struct report_table *critics = &m->report->section[REPORT_CRITICS];

	if (critics->n > 0 && critics->line[0].is_marked)
		say(m, WORD_R_FIRST_CRITICS, critics->line[0].label,
		    &critics->line[0].figure, "");
}

static void say_cause(struct making *m)
{
	const struct report_cause *cause = m->report->cause;
	char who[256];

	if (m->report->causes == 0 || !figure_is_shown(&cause->share))
		return;
	if (*cause->responsible == '\0')
		g_strlcpy(who, making_say(m, WORD_R_NOBODY), sizeof who);
	else
		words_fill(who, sizeof who, making_say(m, WORD_R_RESPONSIBLE), "name",
			   cause->responsible, NULL);
	say(m, WORD_R_FIRST_CAUSE, cause->text, &cause->share, who);
}

static void say_queue(struct making *m)
{
	const struct report_table *queue = &m->report->section[REPORT_QUEUE];
	const struct report_line *cost = queue->n > 0 ? &queue->line[queue->n - 1] : NULL;

	if (cost != NULL && cost->is_marked)
		say(m, WORD_R_FIRST_QUEUE, "", &cost->figure, "");
}

static bool can_judge(const struct report *r)
{
	return r->scores > 0 && figure_is_shown(&r->score[0].score);
}

void making_first(struct making *m)
{
	say_what_fell(m);
	say_where_critics_are(m);
	say_cause(m);
	say_queue(m);
	if (m->report->first[0] == NULL)
		making_append(&m->report->first,
			      making_text(m, can_judge(m->report) ? WORD_R_FIRST_NOTHING
								  : WORD_R_FIRST_FEW));
}
