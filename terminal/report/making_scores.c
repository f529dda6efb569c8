/* making_scores.c - a score a wording: the figure, its change, its trend, and by what tells its
 * answers apart. */
#include <string.h>

#include "day.h"
#include "report/making.h"

static const enum word by_title[REPORT_BYS] = {
	[REPORT_BY_HOUR] = WORD_R_BY_HOUR,
	[REPORT_BY_WEEKDAY] = WORD_R_BY_WEEKDAY,
	[REPORT_BY_CASHIER] = WORD_R_BY_CASHIER,
	[REPORT_BY_LANGUAGE] = WORD_R_BY_LANGUAGE,
	[REPORT_BY_CARD_KIND] = WORD_R_BY_CARD_KIND,
	[REPORT_BY_SEGMENT] = WORD_R_BY_SEGMENT,
	[REPORT_BY_FLAG] = WORD_R_BY_FLAG,
	[REPORT_BY_RESPONDENT] = WORD_R_BY_RESPONDENT,
};
/* REPORT_BY_RESPONDENT is none of the tally's. */
G_STATIC_ASSERT((int)REPORT_BY_HOUR == (int)TALLY_BY_HOUR &&
		(int)REPORT_BY_FLAG == (int)TALLY_BY_FLAG &&
		(int)REPORT_BY_RESPONDENT == TALLY_BYS);

/* Keys of cells are counted from these. */
G_STATIC_ASSERT(WORD_R_SUN == WORD_R_MON + 6);
G_STATIC_ASSERT(WORD_R_MYSTERY == WORD_R_CUSTOMER + (int)RESPONDENT_MYSTERY);

static enum word title_of(const struct tally_wording *w)
{
	switch (w->measure) {
	case SCORE_NPS:
		return WORD_R_NPS;
	case SCORE_SHARE:
		return w->kind == QUESTION_SMILEY  ? WORD_R_SATISFIED
		       : w->kind == QUESTION_YESNO ? WORD_R_YES_SHARE
						   : WORD_R_GOOD_SHARE;
	case SCORE_CHOICES:
		return WORD_R_ANSWERS;
	case SCORE_NONE:
		return WORD_R_WORDS;
	}
	return WORD_R_WORDS;
}

static struct figure score(const struct making *m, const struct tally_wording *w,
			   enum respondent r)
{
	struct score_count c = tally_score(w, r);

	return figure_score(w->measure, &c, m->min_n);
}

/* The same wording in the period before; NULL when there was none. */
static const struct tally_wording *before_of(const struct making *m,
					     const struct tally_wording *w)
{
	int i = tally_find(m->before, w->n);

	return i < 0 ? NULL : making_wording(m->before, i);
}

static void make_change(struct making *m, const struct tally_wording *w,
			struct report_score *s)
{
	const struct tally_wording *b = before_of(m, w);
	struct score_count later = tally_score(w, RESPONDENT_CUSTOMER), earlier;

	s->earlier = s->change = figure_unknown();
	if (b == NULL || tally_answers(b, RESPONDENT_CUSTOMER) == 0)
		return;
	earlier = tally_score(b, RESPONDENT_CUSTOMER);
	s->earlier = score(m, b, RESPONDENT_CUSTOMER);
	s->change = figure_score_change(w->measure, &later, &earlier, m->min_n);
}

static void make_mean(struct making *m, const struct tally_wording *w,
		      struct report_score *s)
{
	struct question q = {.kind = w->kind};
	struct spread spread = {0};
	int least, most;

	s->mean = figure_unknown();
	if (w->measure == SCORE_CHOICES || w->measure == SCORE_NONE ||
	    w->kind == QUESTION_YESNO || w->kind == QUESTION_CHOICE)
		return;
	question_range(&q, &least, &most);
	for (int value = least; value <= most; value++)
		spread_add(&spread, value,
			   w->value[RESPONDENT_CUSTOMER][value - TALLY_SKIPPED]);
	s->mean_least = least;
	s->mean_most = most;
	s->mean = figure_mean(&spread, 1, least, most, m->min_n);
}

static char *value_label(const struct making *m, const struct tally_wording *w, int value)
{
	if (w->kind == QUESTION_YESNO)
		return making_text(m, value != 0 ? WORD_YES : WORD_NO);
	if (w->kind == QUESTION_CHOICE && value <= (int)w->choices->len)
		return g_strdup(w->choices->pdata[value - 1]);
	return g_strdup_printf("%d", value);
}

static void make_distribution(struct making *m, const struct tally_wording *w,
			      struct report_score *s)
{
	struct question q = {.kind = w->kind, .choices = (uint8_t)w->choices->len};
	int64_t n = tally_answers(w, RESPONDENT_CUSTOMER);
	int least, most;

	s->distribution.title = making_text(m, WORD_R_DISTRIBUTION);
	s->distribution.note = g_strdup("");
	s->distribution.most = 100;
	if (w->measure == SCORE_NONE)
		return;
	question_range(&q, &least, &most);
	for (int i = 0; i <= most - least; i++) {
		/* yes stands before no, as on the screen */
		int value = w->kind == QUESTION_YESNO ? most - i : least + i;
		int64_t count = w->value[RESPONDENT_CUSTOMER][value - TALLY_SKIPPED];

		report_table_figure(&s->distribution, value_label(m, w, value),
				    figure_share(count, n, m->min_n))
			->count = count;
	}
}

static void make_trend(struct making *m, const struct tally_wording *w,
		       struct report_score *s)
{
	s->days = (unsigned)(m->now->to - m->now->from) + 1;
	s->day = g_new0(struct report_day, s->days);
	for (unsigned i = 0; i < s->days; i++)
		s->day[i] = (struct report_day){
			m->now->from + (int32_t)i,
			figure_score(w->measure, &w->day[i], m->min_n)};
}

static char *key_label(const struct making *m, enum tally_by by, int key)
{
	static const enum word kinds[CARD_KINDS] = {
		[CARD_KIND_NONE] = WORD_R_NO_KIND,
		[CARD_KIND_BONUS] = WORD_KIND_BONUS,
		[CARD_KIND_DISCOUNT] = WORD_KIND_DISCOUNT,
		[CARD_KIND_PRIVILEGE] = WORD_KIND_PRIVILEGE,
		[CARD_KIND_STAFF] = WORD_KIND_STAFF,
	};

	switch (by) {
	case TALLY_BY_HOUR:
		return g_strdup_printf("%02d", key);
	case TALLY_BY_WEEKDAY:
		return making_text(m, (enum word)(WORD_R_MON + key));
	case TALLY_BY_CASHIER:
	case TALLY_BY_LANGUAGE:
		return g_strdup(m->now->names[by]->pdata[key]);
	case TALLY_BY_CARD_KIND:
		return making_text(m, kinds[key]);
	case TALLY_BY_SEGMENT:
		return making_text(m, key == TALLY_TOP ? WORD_R_TOP : WORD_R_OTHERS);
	case TALLY_BY_FLAG:
		return making_text(m, key == TALLY_ALL ? WORD_R_ALL : WORD_R_UNFLAGGED);
	}
	return g_strdup("");
}

/* A cashier against all others together. */
static void compare_cashier(struct making *m, const struct tally_wording *w,
			    const struct score_count *one, struct report_line *line)
{
	struct score_count others = tally_score(w, RESPONDENT_CUSTOMER);
	struct figure difference;

	others.n -= one->n;
	others.good -= one->good;
	others.bad -= one->bad;
	difference = figure_score_change(w->measure, one, &others, FIGURE_SOUND_N);
	making_mark(m, line, &difference, WORD_R_THAN_OTHERS_BETTER,
		    WORD_R_THAN_OTHERS_WORSE);
}

static void make_by(struct making *m, const struct tally_wording *w, enum tally_by by,
		    struct report_table *table)
{
	const GArray *cells = w->by[by];

	if (by == TALLY_BY_CASHIER && m->how->config->cashiers == CASHIERS_OFF)
		return;
	for (guint key = 0; key < cells->len; key++) {
		const struct score_count *c = &g_array_index(cells, struct score_count,
							     key);

		if (c->n == 0)
			continue;
		struct report_line *line =
			report_table_figure(table, key_label(m, by, (int)key),
					    figure_score(w->measure, c, m->min_n));
		if (by == TALLY_BY_CASHIER)
			compare_cashier(m, w, c, line);
	}
	if (by == TALLY_BY_CASHIER && table->n > 0)
		making_note(table, making_text(m, WORD_R_CASHIERS_NOTE));
}

/* Side by side, and the gap: the lesson. */
static void make_respondents(struct making *m, const struct tally_wording *w,
			     struct report_table *table)
{
	struct score_count customers = tally_score(w, RESPONDENT_CUSTOMER);
	struct score_count staff = tally_score(w, RESPONDENT_STAFF);

	if (staff.n == 0 && tally_answers(w, RESPONDENT_MYSTERY) == 0)
		return;
	for (int r = 0; r < TALLY_RESPONDENTS; r++)
		making_figure(m, table, (enum word)(WORD_R_CUSTOMER + r),
			      score(m, w, (enum respondent)r));
	if (staff.n > 0)
		making_figure(
			m, table, WORD_R_GAP,
			figure_score_change(w->measure, &staff, &customers, m->min_n));
}

static void make_tables(struct making *m, const struct tally_wording *w,
			struct report_score *s)
{
	for (int by = 0; by < REPORT_BYS; by++) {
		s->by[by].title = making_text(m, by_title[by]);
		s->by[by].note = g_strdup("");
		s->by[by].least = s->least;
		s->by[by].most = s->most;
		if (w->measure == SCORE_CHOICES || w->measure == SCORE_NONE)
			continue;
		if (by == REPORT_BY_RESPONDENT)
			make_respondents(m, w, &s->by[by]);
		else
			make_by(m, w, (enum tally_by)by, &s->by[by]);
	}
}

bool making_is_reworded(const struct making *m, const struct tally_wording *w)
{
	for (guint i = 0; i < m->now->wordings->len; i++) {
		const struct tally_wording *other = making_wording(m->now, (int)i);

		if (other != w && strcmp(other->question, w->question) == 0 &&
		    tally_answers(other, RESPONDENT_CUSTOMER) > 0)
			return true;
	}
	return false;
}

char *making_named(const struct making *m, const struct tally_wording *w,
		   const char *what)
{
	char text[256];

	if (!making_is_reworded(m, w) || w->first_day <= m->now->from ||
	    w->first_day > w->last_day)
		return g_strdup(what);
	g_autofree char *day = day_text(w->first_day);
	words_fill(text, sizeof text, making_say(m, WORD_R_FROM_DAY), "what", what, "day",
		   day, NULL);
	return g_strdup(text);
}

static void make_score(struct making *m, int i, struct report_score *s)
{
	const struct tally_wording *w = making_wording(m->now, i);
	int64_t n = tally_answers(w, RESPONDENT_CUSTOMER);
	int64_t skipped = w->value[RESPONDENT_CUSTOMER][0];

	*s = (struct report_score){
		.question = g_strdup(w->question),
		.point = g_strdup(w->point),
		.text = g_strdup(w->text),
		.short_title = making_text(m, title_of(w)),
		.kind = w->kind,
		.measure = w->measure,
		.least = w->measure == SCORE_NPS ? -100 : 0,
		.most = 100,
		.first_day = w->first_day,
		.last_day = w->last_day,
		.is_main = i == m->now->main,
		.is_broken = making_is_reworded(m, w),
		.score = score(m, w, RESPONDENT_CUSTOMER),
		.weighted = score_weight_differs(&w->weight)
				    ? figure_score_weighted(w->measure, &w->weight,
							    m->min_n)
				    : figure_unknown(),
		.skipped = figure_share(skipped, n + skipped, m->min_n),
	};
	g_autofree char *title = g_strconcat(s->short_title, ": ", s->question, NULL);
	s->title = making_named(m, w, title);
	make_change(m, w, s);
	make_mean(m, w, s);
	make_distribution(m, w, s);
	make_trend(m, w, s);
	make_tables(m, w, s);
}

/* Was it shown to anybody, in any role? */
static bool is_there(const struct tally_wording *w)
{
	for (int r = 0; r < TALLY_RESPONDENTS; r++)
		if (tally_answers(w, (enum respondent)r) > 0 || w->value[r][0] > 0)
			return true;
	return false;
}

/* Where nothing was answered at all: the latest wording of each question, to say so. */
static bool is_latest(const struct tally *t, int i)
{
	const struct tally_wording *w = making_wording(t, i);

	if (w->measure == SCORE_CHOICES || w->measure == SCORE_NONE)
		return false;
	for (guint k = (guint)i + 1; k < t->wordings->len; k++)
		if (strcmp(making_wording(t, (int)k)->question, w->question) == 0)
			return false;
	return true;
}

static bool is_empty(const struct tally *t)
{
	for (guint i = 0; i < t->wordings->len; i++)
		if (is_there(making_wording(t, (int)i)))
			return false;
	return true;
}

struct order {
	int index;
	bool is_main;
	int64_t asked, n;
};

static int by_order(const void *a, const void *b)
{
	const struct order *x = a, *y = b;

	if (x->is_main != y->is_main)
		return y->is_main - x->is_main;
	if (x->asked != y->asked)
		return x->asked < y->asked ? -1 : 1;
	return x->n < y->n ? -1 : 1;
}

void making_scores(struct making *m)
{
	g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(struct order));

	bool empty = is_empty(m->now);

	for (guint i = 0; i < m->now->wordings->len; i++) {
		const struct tally_wording *w = making_wording(m->now, (int)i);
		struct order one = {(int)i, (int)i == m->now->main, w->asked, w->n};

		if (empty ? is_latest(m->now, (int)i) : is_there(w))
			g_array_append_val(order, one);
	}
	g_array_sort(order, by_order);
	m->report->scores = order->len;
	m->report->score = g_new0(struct report_score, order->len);
	for (guint i = 0; i < order->len; i++)
		make_score(m, g_array_index(order, struct order, i).index,
			   &m->report->score[i]);
}
