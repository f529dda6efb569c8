/* tally_end.c - what can be told of customers only when everything is in. */
#include "tally.h"

#include <string.h>

struct customer {
	const char *card;
	const struct tally_card *counts;
};

/* README, "Figures": active, new, returned, lost. */
static void count_activity(struct tally *t, const struct tally_card *c)
{
	bool before = c->first_day != DAY_NEVER && c->first_day < t->from;

	t->active_start += c->at_start;
	t->active_end += c->at_end;
	t->fresh += c->at_end && !c->at_start && !before;
	t->returned += c->at_end && !c->at_start && before;
	t->lost += c->at_start && !c->at_end;
	t->new_cards += c->first_day >= t->from && c->first_day <= t->to;
}

static int by_spending(const void *a, const void *b)
{
	const struct customer *x = a, *y = b;

	if (x->counts->net != y->counts->net)
		return x->counts->net < y->counts->net ? 1 : -1;
	return strcmp(x->card, y->card);
}

static void add_segment(struct tally *t, int segment, const struct tally_card *c)
{
	const struct score_count answers = {c->n, c->good, c->bad};

	if (t->main < 0)
		return;
	struct tally_wording *w = t->wordings->pdata[t->main];
	GArray *cells = w->by[TALLY_BY_SEGMENT];
	g_array_set_size(cells, TALLY_OTHERS + 1);
	score_join(&g_array_index(cells, struct score_count, segment), &answers);
}

/* A fifth of those who paid with a card, rounded up. */
static void split_by_spending(struct tally *t, GArray *payers)
{
	guint top = (payers->len + 4) / 5;

	g_array_sort(payers, by_spending);
	for (guint i = 0; i < payers->len; i++) {
		const struct tally_card *c =
			g_array_index(payers, struct customer, i).counts;

		t->all_net += c->net;
		if (i < top)
			t->top_net += c->net;
		add_segment(t, i < top ? TALLY_TOP : TALLY_OTHERS, c);
	}
}

void tally_end(struct tally *t)
{
	g_autoptr(GArray) payers = g_array_new(FALSE, FALSE, sizeof(struct customer));
	GHashTableIter iter;
	void *key, *value;

	g_hash_table_iter_init(&iter, t->cards);
	while (g_hash_table_iter_next(&iter, &key, &value)) {
		const struct tally_card *c = value;
		struct customer customer = {key, c};

		count_activity(t, c);
		if (c->has_paid)
			spread_add(&t->lifetime, c->lifetime_net, 1);
		if (c->payments > 0)
			spread_add(&t->payments, c->payments, 1);
		if (c->payments > 0)
			g_array_append_val(payers, customer);
		if (c->last != TALLY_SILENT && c->visits > 0)
			spread_add(&t->class_visits[c->last], c->visits, 1);
	}
	split_by_spending(t, payers);
}
