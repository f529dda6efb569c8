#include "tally.h"

#include <stdlib.h>
#include <string.h>

const char *tally_entry_name(enum tally_entry entry)
{
	static const char *const names[] = {
		[ENTRY_MARKETING] = "marketing",
		[ENTRY_WAGES] = "wages",
		[ENTRY_PASSED] = "passed",
		[ENTRY_ENTERED] = "entered",
	};

	return names[entry];
}

static void free_wording(void *self)
{
	struct tally_wording *w = self;

	g_free(w->question);
	g_free(w->point);
	g_free(w->text);
	g_ptr_array_unref(w->choices);
	g_free(w->day);
	for (int by = 0; by < TALLY_BYS; by++)
		g_array_unref(w->by[by]);
	g_free(w);
}

static void free_action(void *self)
{
	struct tally_action *a = self;

	g_free(a->point);
	g_free(a->text);
	g_free(a->responsible);
	g_array_unref(a->before);
	g_array_unref(a->after);
	g_free(a);
}

struct tally *tally_new(int32_t from, int32_t to, int active_days,
			int sleeping_after_days)
{
	struct tally *t = g_new0(struct tally, 1);

	g_assert(from <= to);
	t->from = from;
	t->to = to;
	t->active_days = active_days;
	t->sleeping_after_days = sleeping_after_days;
	t->main = -1;
	t->wordings = g_ptr_array_new_with_free_func(free_wording);
	t->actions = g_ptr_array_new_with_free_func(free_action);
	t->causes = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
	t->critics = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	t->cards = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	for (int by = 0; by < TALLY_BYS; by++) {
		t->rates[by] = g_array_new(FALSE, TRUE, sizeof(struct tally_rate));
		t->names[by] = g_ptr_array_new_with_free_func(g_free);
	}
	return t;
}

void tally_free(struct tally *t)
{
	if (t == NULL)
		return;
	g_ptr_array_unref(t->wordings);
	g_ptr_array_unref(t->actions);
	g_hash_table_unref(t->causes);
	g_hash_table_unref(t->critics);
	g_hash_table_unref(t->cards);
	for (int by = 0; by < TALLY_BYS; by++) {
		g_array_unref(t->rates[by]);
		g_ptr_array_unref(t->names[by]);
	}
	g_free(t);
}

void tally_wording(struct tally *t, int64_t n, const char *question, const char *point,
		   const char *text, enum question_kind kind, uint64_t low_choices,
		   int64_t asked)
{
	struct tally_wording *w = g_new0(struct tally_wording, 1);

	w->n = n;
	w->question = g_strdup(question);
	w->point = g_strdup(point);
	w->text = g_strdelimit(g_strdup(text), "\n", ' ');
	w->kind = kind;
	w->low_choices = low_choices;
	w->asked = asked;
	w->measure = score_measure(kind, low_choices);
	w->choices = g_ptr_array_new_with_free_func(g_free);
	w->first_day = INT32_MAX;
	w->last_day = INT32_MIN;
	w->day = g_new0(struct score_count, (gsize)(t->to - t->from) + 1);
	for (int by = 0; by < TALLY_BYS; by++)
		w->by[by] = g_array_new(FALSE, TRUE, sizeof(struct score_count));
	g_ptr_array_add(t->wordings, w);
}

void tally_choice(struct tally *t, const char *text)
{
	struct tally_wording *w = t->wordings->pdata[t->wordings->len - 1];

	g_ptr_array_add(w->choices, g_strdelimit(g_strdup(text), "\n", ' '));
}

int tally_find(const struct tally *t, int64_t n)
{
	guint low = 0, high = t->wordings->len;

	while (low < high) {
		guint middle = (low + high) / 2;
		const struct tally_wording *w = t->wordings->pdata[middle];

		if (w->n == n)
			return (int)middle;
		if (w->n < n)
			low = middle + 1;
		else
			high = middle;
	}
	return -1;
}

void tally_rolled_up(struct tally *t, int32_t day, enum respondent respondent,
		     int wording, int value, int64_t answers)
{
	struct tally_wording *w = t->wordings->pdata[wording];

	g_assert(day >= t->from && day <= t->to);
	if (value < TALLY_SKIPPED || value > CHOICES_MAX)
		return;
	w->value[respondent][value - TALLY_SKIPPED] += answers;
	if (respondent != RESPONDENT_CUSTOMER || value == TALLY_SKIPPED)
		return;
	w->first_day = MIN(w->first_day, day);
	w->last_day = MAX(w->last_day, day);
	score_add(&w->day[day - t->from], w->kind, w->low_choices, value, answers);
}

int64_t tally_answers(const struct tally_wording *w, enum respondent r)
{
	int64_t n = 0;

	for (int value = 0; value <= CHOICES_MAX; value++)
		n += w->value[r][value - TALLY_SKIPPED];
	return n;
}

struct score_count tally_score(const struct tally_wording *w, enum respondent r)
{
	struct score_count c = {0};

	for (int value = 0; value <= CHOICES_MAX; value++)
		score_add(&c, w->kind, w->low_choices, value,
			  w->value[r][value - TALLY_SKIPPED]);
	return c;
}

/* NPS before shares, more answers before fewer. */
static int64_t worth(const struct tally_wording *w)
{
	int64_t n = tally_answers(w, RESPONDENT_CUSTOMER);

	switch (w->measure) {
	case SCORE_NPS:
		return n > 0 ? n + (INT64_C(1) << 62) : 0;
	case SCORE_SHARE:
		return n;
	case SCORE_CHOICES:
	case SCORE_NONE:
		return 0;
	}
	return 0;
}

void tally_choose_main(struct tally *t)
{
	int64_t most = 0;

	for (guint i = 0; i < t->wordings->len; i++) {
		int64_t n = worth(t->wordings->pdata[i]);

		if (n > most) {
			most = n;
			t->main = (int)i;
		}
	}
}

bool tally_is_reason(const struct tally_wording *w)
{
	int64_t n = tally_answers(w, RESPONDENT_CUSTOMER);

	return w->measure == SCORE_CHOICES && n > 0 && w->after_low * 20 >= n * 19;
}

gint64 tally_cause_key(const struct tally_cause *cause)
{
	return (gint64)cause->low << 36 | (gint64)cause->reason << 8 | cause->choice;
}

struct tally_cause tally_cause_of(gint64 key)
{
	return (struct tally_cause){(int)(key >> 36), (int)(key >> 8 & 0xfffffff),
				    (int)(key & 0xff)};
}

int64_t tally_money(enum sale_kind kind, int64_t total)
{
	switch (kind) {
	case SALE_NONE:
	case SALE_SALE:
		return total;
	case SALE_RETURN:
		return -llabs(total);
	case SALE_VOID:
		return 0;
	}
	return 0;
}
