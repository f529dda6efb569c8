/* tally_visit.c - one visit's part of the counts: rates, answers by who and when, flags. */
#include "tally.h"

#include <string.h>

static struct score_count *cell(GArray *cells, int key)
{
	if ((int)cells->len <= key)
		g_array_set_size(cells, (guint)key + 1);
	return &g_array_index(cells, struct score_count, key);
}

static struct tally_rate *rate_of(GArray *rates, int key)
{
	if ((int)rates->len <= key)
		g_array_set_size(rates, (guint)key + 1);
	return &g_array_index(rates, struct tally_rate, key);
}

/* The key of a name; -1 for none. */
static int key_of(GPtrArray *names, const char *name)
{
	if (*name == '\0')
		return -1;
	for (guint i = 0; i < names->len; i++)
		if (strcmp(names->pdata[i], name) == 0)
			return (int)i;
	g_ptr_array_add(names, g_strdup(name));
	return (int)names->len - 1;
}

static struct tally_card *card_of(struct tally *t, const char *card)
{
	struct tally_card *c = g_hash_table_lookup(t->cards, card);

	if (c != NULL)
		return c;
	c = g_new0(struct tally_card, 1);
	c->last = TALLY_SILENT;
	g_hash_table_insert(t->cards, g_strdup(card), c);
	return c;
}

void tally_lifetime(struct tally *t, const char *card, enum sale_kind kind, int64_t total)
{
	struct tally_card *c = card_of(t, card);

	c->lifetime_net += tally_money(kind, total);
	c->has_paid = true;
}

int32_t tally_swipes_from(const struct tally *t)
{
	return MIN(t->from - t->active_days,
		   MIN(t->to - t->active_days, t->to - t->sleeping_after_days) + 1);
}

void tally_swipe(struct tally *t, const char *card, int32_t day)
{
	struct tally_card *c = card_of(t, card);

	c->at_start = c->at_start || (day >= t->from - t->active_days && day < t->from);
	c->at_end = c->at_end || (day > t->to - t->active_days && day <= t->to);
	c->awake = c->awake || (day > t->to - t->sleeping_after_days && day <= t->to);
}

void tally_card_known(struct tally *t, const char *card, int32_t first_day)
{
	struct tally_card *c = g_hash_table_lookup(t->cards, card);

	if (c != NULL)
		c->first_day = first_day;
	t->sleeping += first_day <= t->to && (c == NULL || !c->awake);
}

static bool has_answered(const struct tally_visit *v)
{
	return v->outcome == OUTCOME_COMPLETED || v->outcome == OUTCOME_PARTIAL;
}

/* A till's sale that was not a return, void or the like. */
static bool is_sale(const struct tally_visit *v)
{
	return (v->trigger == TRIGGER_SALE || v->sale_kind == SALE_SALE) &&
	       v->sale_kind != SALE_RETURN && v->sale_kind != SALE_VOID &&
	       v->reason != REASON_RETURN;
}

static void add_rate(struct tally_rate *r, const struct tally_visit *v)
{
	bool sale = is_sale(v);
	bool asked = v->trigger == TRIGGER_SALE && v->outcome != OUTCOME_NOT_ASKED &&
		     (v->outcome != OUTCOME_INTERRUPTED || v->offered);

	r->sales += sale;
	r->sales_offered += sale && v->offered;
	r->sales_answered += sale && v->offered && has_answered(v);
	r->paused += sale && v->reason == REASON_PAUSED;
	r->asked += asked;
	r->answered += asked && has_answered(v);
}

/* By the numbers that stand beside the answers on the screen; 0: not one of them. */
static int key_pressed(const struct tally_wording *w, int value)
{
	switch (w->kind) {
	case QUESTION_SMILEY:
	case QUESTION_NPS10:
	case QUESTION_NPS11:
		return value + 1;
	case QUESTION_YESNO:
		return value != 0 ? 2 : 3;
	case QUESTION_CHOICE:
	case QUESTION_WORDS:
		return 0;
	}
	return 0;
}

static bool is_fast(const struct tally_visit *v)
{
	int timed = 0;

	for (unsigned i = 0; i < v->answers; i++) {
		const struct tally_answer *a = &v->answer[i];

		if (a->skipped || a->milliseconds < 0)
			continue;
		if (a->milliseconds >= TALLY_FAST_MS)
			return false;
		timed++;
	}
	return timed >= 2;
}

static bool is_same_key(const struct tally *t, const struct tally_visit *v)
{
	int first = 0, n = 0;

	for (unsigned i = 0; i < v->answers; i++) {
		const struct tally_answer *a = &v->answer[i];
		int key = a->skipped
				  ? 0
				  : key_pressed(t->wordings->pdata[a->wording], a->value);

		if (key == 0)
			continue;
		if (n > 0 && key != first)
			return false;
		first = key;
		n++;
	}
	return n >= 3;
}

/* Bits of enum tally_flag. */
static unsigned flags_of(const struct tally *t, const struct tally_visit *v,
			 const struct tally_card *card)
{
	bool often = card != NULL && card->today_visits >= TALLY_OFTEN;
	bool no_sale = t->has_till && !is_sale(v);

	return (unsigned)is_fast(v) << FLAG_FAST |
	       (unsigned)is_same_key(t, v) << FLAG_SAME_KEY |
	       (unsigned)often << FLAG_OFTEN |
	       (unsigned)(v->card_kind == CARD_KIND_STAFF) << FLAG_STAFF |
	       (unsigned)no_sale << FLAG_NO_SALE;
}

static void count_flags(struct tally *t, unsigned flags)
{
	t->answered_visits++;
	t->flagged_visits += flags != 0;
	for (int flag = 0; flag < TALLY_FLAGS; flag++)
		t->flagged[flag] += (flags >> flag & 1) != 0;
}

static void add_cells(struct tally *t, const struct tally_visit *v,
		      const struct tally_answer *a, unsigned flags)
{
	struct tally_wording *w = t->wordings->pdata[a->wording];
	const int key[TALLY_BYS] = {
		[TALLY_BY_HOUR] = v->hour,
		[TALLY_BY_WEEKDAY] = (v->day + 3) % 7, /* 1970-01-01 was a Thursday */
		[TALLY_BY_CASHIER] = key_of(t->names[TALLY_BY_CASHIER], v->cashier),
		[TALLY_BY_LANGUAGE] = key_of(t->names[TALLY_BY_LANGUAGE], v->language),
		[TALLY_BY_CARD_KIND] = *v->card != '\0' ? (int)v->card_kind : -1,
		[TALLY_BY_SEGMENT] = -1, /* known at the end only */
		[TALLY_BY_FLAG] = TALLY_ALL,
	};

	score_weigh(&w->weight, w->kind, w->low_choices, a->value, a->probability);
	for (int by = 0; by < TALLY_BYS; by++)
		if (key[by] >= 0)
			score_add(cell(w->by[by], key[by]), w->kind, w->low_choices,
				  a->value, 1);
	if (flags == 0)
		score_add(cell(w->by[TALLY_BY_FLAG], TALLY_UNFLAGGED), w->kind,
			  w->low_choices, a->value, 1);
}

static bool is_low(const struct tally_wording *w, int value)
{
	struct question q = {.kind = w->kind, .low_choices = w->low_choices};

	return question_is_low(&q, value);
}

/* Index of the first answer from FROM on that is low, else -1. */
static int first_low(const struct tally *t, const struct tally_visit *v)
{
	for (unsigned i = 0; i < v->answers; i++)
		if (!v->answer[i].skipped &&
		    is_low(t->wordings->pdata[v->answer[i].wording], v->answer[i].value))
			return (int)i;
	return -1;
}

static void add_cause(struct tally *t, const struct tally_cause *cause)
{
	gint64 key = tally_cause_key(cause);
	int64_t *n = g_hash_table_lookup(t->causes, &key);

	if (n == NULL) {
		n = g_new0(int64_t, 1);
		g_hash_table_insert(t->causes, g_memdup2(&key, sizeof key), n);
	}
	++*n;
}

static void add_causes(struct tally *t, const struct tally_visit *v)
{
	int low = first_low(t, v);

	for (unsigned i = low < 0 ? v->answers : (unsigned)low + 1; i < v->answers; i++) {
		const struct tally_answer *a = &v->answer[i];
		struct tally_wording *w = t->wordings->pdata[a->wording];

		if (a->skipped || w->measure != SCORE_CHOICES)
			continue;
		w->after_low++;
		add_cause(t, &(struct tally_cause){v->answer[low].wording, a->wording,
						   a->value});
	}
}

static const struct tally_answer *answer_to(const struct tally_visit *v, int wording)
{
	for (unsigned i = 0; i < v->answers; i++)
		if (v->answer[i].wording == wording && !v->answer[i].skipped)
			return &v->answer[i];
	return NULL;
}

/* Does a low answer at a point go with a low main score? */
static void add_critics(struct tally *t, const struct tally_visit *v,
			const struct tally_answer *main)
{
	bool critic = is_low(t->wordings->pdata[t->main], main->value);

	for (unsigned i = 0; i < v->answers; i++) {
		const struct tally_answer *a = &v->answer[i];
		const struct tally_wording *w = t->wordings->pdata[a->wording];
		void *key = GINT_TO_POINTER(a->wording);
		struct tally_critics *c = g_hash_table_lookup(t->critics, key);

		if (a->skipped || a->wording == t->main || w->measure == SCORE_NONE ||
		    w->measure == SCORE_CHOICES)
			continue;
		if (c == NULL) {
			c = g_new0(struct tally_critics, 1);
			g_hash_table_insert(t->critics, key, c);
		}
		bool low = is_low(w, a->value);
		c->low += low;
		c->low_critics += low && critic;
		c->others += !low;
		c->other_critics += !low && critic;
	}
}

static int class_of(const struct tally_wording *w, int value)
{
	struct score_count c = {0};

	score_add(&c, w->kind, w->low_choices, value, 1);
	return c.good > 0 ? TALLY_PROMOTER : c.bad > 0 ? TALLY_CRITIC : TALLY_PASSIVE;
}

static void add_main(struct tally *t, const struct tally_visit *v,
		     struct tally_card *card)
{
	const struct tally_answer *a = t->main >= 0 ? answer_to(v, t->main) : NULL;

	if (a == NULL)
		return;
	int class = class_of(t->wordings->pdata[t->main], a->value);
	if (is_sale(v) && v->has_total)
		spread_add(&t->class_bill[class], v->total, 1);
	if (card != NULL) {
		card->last = (int8_t) class;
		card->n++;
		card->good += class == TALLY_PROMOTER;
		card->bad += class == TALLY_CRITIC;
	}
	add_critics(t, v, a);
}

static void add_money(struct tally *t, const struct tally_visit *v,
		      struct tally_card *card)
{
	bool sale = is_sale(v);

	t->sales += sale;
	if (!v->has_total)
		return;
	int64_t money = tally_money(v->sale_kind, v->total);
	t->net += money;
	if (sale)
		spread_add(&t->bill, v->total, 1);
	if (card != NULL) {
		card->net += money;
		card->payments += sale;
	}
}

/* The visit's customer, counted as having been here; NULL without a customer's card. */
static struct tally_card *see_card(struct tally *t, const struct tally_visit *v)
{
	if (*v->card == '\0' || v->card_kind == CARD_KIND_STAFF)
		return NULL;
	struct tally_card *card = card_of(t, v->card);
	if (card->today != v->day) {
		card->today = v->day;
		card->today_visits = 0;
	}
	if (card->today_visits < INT16_MAX)
		card->today_visits++;
	card->visits += v->sale_kind != SALE_RETURN && v->sale_kind != SALE_VOID;
	return card;
}

static void sort_answers(struct tally_visit *v)
{
	for (unsigned i = 1; i < v->answers; i++)
		for (unsigned k = i; k > 0 && v->answer[k - 1].place > v->answer[k].place;
		     k--) {
			struct tally_answer kept = v->answer[k];

			v->answer[k] = v->answer[k - 1];
			v->answer[k - 1] = kept;
		}
}

static void add_answers(struct tally *t, struct tally_visit *v, struct tally_card *card)
{
	bool any = false;

	sort_answers(v);
	for (unsigned i = 0; i < v->answers; i++)
		any = any || !v->answer[i].skipped;
	if (!any)
		return;
	unsigned flags = flags_of(t, v, card);
	count_flags(t, flags);
	for (unsigned i = 0; i < v->answers; i++)
		if (!v->answer[i].skipped)
			add_cells(t, v, &v->answer[i], flags);
	add_causes(t, v);
	add_main(t, v, card);
}

void tally_visit(struct tally *t, struct tally_visit *v)
{
	bool training = v->outcome == OUTCOME_NOT_ASKED && v->reason == REASON_TRAINING;
	int cashier;

	if (v->respondent != RESPONDENT_CUSTOMER || training)
		return;
	t->outcome[v->outcome][v->reason]++;
	if (v->outcome == OUTCOME_COMPLAINT)
		return;
	t->visits++;
	add_rate(&t->rate, v);
	add_rate(rate_of(t->rates[TALLY_BY_HOUR], v->hour), v);
	cashier = key_of(t->names[TALLY_BY_CASHIER], v->cashier);
	if (cashier >= 0)
		add_rate(rate_of(t->rates[TALLY_BY_CASHIER], cashier), v);
	if (has_answered(v))
		times_add(&t->seconds, v->milliseconds);
	struct tally_card *card = see_card(t, v);
	add_money(t, v, card);
	add_answers(t, v, card);
}
