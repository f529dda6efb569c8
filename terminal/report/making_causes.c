/* making_causes.c - why: reasons after low answers, what goes with critics, what was done. */
#include <stdlib.h>
#include <string.h>

#include "report/making.h"

/* Who answers for a choice: [question] responsible= of today, "" nobody. */
static const char *responsible(const struct making *m, const struct tally_wording *w,
			       int choice)
{
	const struct questionnaire *all = &m->how->config->questionnaire;

	for (int i = 0; i < all->count; i++) {
		const struct question *q = &all->question[i];

		if (strcmp(q->name, w->question) == 0 && q->choices == w->choices->len &&
		    q->responsible[choice - 1] != NULL)
			return q->responsible[choice - 1];
	}
	return "";
}

static int by_count(const void *a, const void *b)
{
	const struct report_cause *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return strcmp(x->text, y->text);
}

static void add_cause(struct making *m, GArray *causes, const struct tally_wording *w,
		      int choice)
{
	int b = tally_find(m->before, w->n);
	const struct tally_wording *before = b < 0 ? NULL : making_wording(m->before, b);
	int at = choice - TALLY_SKIPPED;
	int64_t n = tally_answers(w, RESPONDENT_CUSTOMER), earlier_n = 0;
	struct report_cause cause = {.count = w->value[RESPONDENT_CUSTOMER][at]};

	if (before != NULL) {
		cause.earlier_count = before->value[RESPONDENT_CUSTOMER][at];
		earlier_n = tally_answers(before, RESPONDENT_CUSTOMER);
	}
	if (cause.count == 0 && cause.earlier_count == 0)
		return;
	cause.text = g_strdup(w->choices->pdata[choice - 1]);
	cause.responsible = g_strdup(responsible(m, w, choice));
	cause.share = figure_share(cause.count, n, m->min_n);
	cause.change = earlier_n > 0
			       ? figure_share_change(cause.count, n, cause.earlier_count,
						     earlier_n, m->min_n)
			       : figure_unknown();
	g_array_append_val(causes, cause);
}

static void make_causes(struct making *m)
{
	struct report_table *table = making_section(m, REPORT_CAUSES, WORD_R_CAUSES, 0,
						    100);
	GArray *causes = g_array_new(FALSE, FALSE, sizeof(struct report_cause));

	for (guint i = 0; i < m->now->wordings->len; i++) {
		const struct tally_wording *w = making_wording(m->now, (int)i);

		for (int choice = 1; tally_is_reason(w) && choice <= (int)w->choices->len;
		     choice++)
			add_cause(m, causes, w, choice);
	}
	g_array_sort(causes, by_count);
	m->report->causes = causes->len;
	m->report->cause = (struct report_cause *)(void *)g_array_free(causes, FALSE);
	for (unsigned i = 0; i < m->report->causes; i++) {
		const struct report_cause *c = &m->report->cause[i];
		struct report_line *line = report_table_figure(table, g_strdup(c->text),
							       c->share);

		line->count = c->count;
		making_mark(m, line, &c->change, WORD_R_MORE_OFTEN, WORD_R_LESS_OFTEN);
	}
}

/* What a wording is called where space is short: its point, else its name. */
static const char *place_of(const struct tally_wording *w)
{
	return *w->point != '\0' ? w->point : w->question;
}

struct named {
	const char *place, *text;
	int64_t n;
};

static int by_place(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int place = strcmp(x->place, y->place);

	if (place != 0)
		return place;
	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return strcmp(x->text, y->text);
}

/* Adds to those of the same point and text: of several wordings. */
static void add_named(GArray *list, const struct named *named)
{
	for (guint i = 0; i < list->len; i++) {
		struct named *old = &g_array_index(list, struct named, i);

		if (strcmp(old->place, named->place) == 0 &&
		    strcmp(old->text, named->text) == 0) {
			old->n += named->n;
			return;
		}
	}
	g_array_append_val(list, *named);
}

static GArray *named_causes(const struct tally *t)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct named));
	GHashTableIter iter;
	void *key, *value;

	g_hash_table_iter_init(&iter, t->causes);
	while (g_hash_table_iter_next(&iter, &key, &value)) {
		struct tally_cause cause = tally_cause_of(*(gint64 *)key);
		const struct tally_wording *w = making_wording(t, cause.reason);

		if (!tally_is_reason(w) || cause.choice > (int)w->choices->len)
			continue;
		add_named(list, &(struct named){place_of(making_wording(t, cause.low)),
						w->choices->pdata[cause.choice - 1],
						*(int64_t *)value});
	}
	g_array_sort(list, by_place);
	return list;
}

/* Of all reasons that were named after a low answer at the same point. */
static int64_t all_at(const GArray *list, const char *place)
{
	int64_t n = 0;

	for (guint i = 0; i < list->len; i++) {
		const struct named *named = &g_array_index(list, struct named, i);

		n += strcmp(named->place, place) == 0 ? named->n : 0;
	}
	return n;
}

static void make_causes_by_point(struct making *m)
{
	struct report_table *table = making_section(m, REPORT_CAUSES_BY_POINT,
						    WORD_R_CAUSES_BY_POINT, 0, 100);
	g_autoptr(GArray) list = named_causes(m->now);

	for (guint i = 0; i < list->len; i++) {
		const struct named *named = &g_array_index(list, struct named, i);

		report_table_figure(
			table, g_strconcat(named->place, ": ", named->text, NULL),
			figure_share(named->n, all_at(list, named->place), m->min_n))
			->count = named->n;
	}
}

static int by_surety(const void *a, const void *b)
{
	const struct report_line *x = a, *y = b;

	return figure_compare_low(&x->figure, &y->figure);
}

static void make_critics(struct making *m)
{
	struct report_table *table = making_section(m, REPORT_CRITICS, WORD_R_CRITICS,
						    -100, 100);

	for (guint i = 0; i < m->now->wordings->len; i++) {
		const struct tally_critics *c = g_hash_table_lookup(m->now->critics,
								    GUINT_TO_POINTER(i));
		const struct tally_wording *w = making_wording(m->now, (int)i);

		if (c == NULL || c->low == 0 || c->others == 0)
			continue;
		struct figure gap = figure_share_change(
			c->low_critics, c->low, c->other_critics, c->others, m->min_n);
		struct report_line *line =
			report_table_figure(table, making_named(m, w, place_of(w)), gap);
		line->count = c->low;
		line->is_marked = figure_is_change(&gap) && figure_sign(&gap) > 0;
	}
	if (table->n == 0)
		return;
	qsort(table->line, table->n, sizeof table->line[0], by_surety);
	making_note(table, making_text(m, WORD_R_CRITICS_NOTE));
}

/* The score that an action is measured by: of its point ("" any), NPS before others, with most
 * answers after; -1: none. */
static int measured_by(const struct tally *t, const struct tally_action *a)
{
	int best = -1;
	int64_t most = 0;

	for (guint i = 0; i < t->wordings->len; i++) {
		const struct tally_wording *w = making_wording(t, (int)i);
		int64_t before = g_array_index(a->before, struct score_count, i).n;
		int64_t after = g_array_index(a->after, struct score_count, i).n;
		int64_t worth = MIN(before, after) +
				(w->measure == SCORE_NPS ? INT64_C(1) << 62 : 0);

		if (w->measure == SCORE_CHOICES || w->measure == SCORE_NONE ||
		    before == 0 || after == 0 ||
		    (*a->point != '\0' && strcmp(a->point, w->point) != 0))
			continue;
		if (worth > most) {
			most = worth;
			best = (int)i;
		}
	}
	return best;
}

static void make_action(struct making *m, const struct tally_action *a,
			struct report_action *out)
{
	int by = measured_by(m->now, a);

	*out = (struct report_action){
		.id = a->id,
		.day = a->day,
		.point = g_strdup(a->point),
		.text = g_strdup(a->text),
		.responsible = g_strdup(a->responsible),
		.in_period = a->day >= m->now->from,
		.score_title = g_strdup(""),
		.before = figure_unknown(),
		.after = figure_unknown(),
		.change = figure_unknown(),
	};
	if (by < 0)
		return;
	const struct tally_wording *w = making_wording(m->now, by);
	const struct score_count *before = &g_array_index(a->before, struct score_count,
							  by);
	const struct score_count *after = &g_array_index(a->after, struct score_count,
							 by);
	g_free(out->score_title);
	out->score_title = g_strdup(w->question);
	out->before = figure_score(w->measure, before, m->min_n);
	out->after = figure_score(w->measure, after, m->min_n);
	out->change = figure_score_change(w->measure, after, before, m->min_n);
}

void making_causes(struct making *m)
{
	make_causes(m);
	make_causes_by_point(m);
	make_critics(m);
	m->report->actions = m->now->actions->len;
	m->report->action = g_new0(struct report_action, m->report->actions);
	for (unsigned i = 0; i < m->report->actions; i++)
		make_action(m, m->now->actions->pdata[i], &m->report->action[i]);
}
