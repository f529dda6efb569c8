/* making_shop.c - from the street to the answer, and what the survey costs the queue. */
#include "report/making.h"

/* A step and how many took it; -1: not known. */
struct step_count {
	enum word word;
	int64_t n;
};

static void add_step(struct making *m, struct report_table *table,
		     const struct step_count *before, const struct step_count *step)
{
	struct report_line *line;

	if (step->n < 0)
		return;
	if (before == NULL || before->n < 0) {
		making_count(m, table, step->word, step->n);
		return;
	}
	if (step->n <= before->n) {
		line = making_figure(m, table, step->word,
				     figure_share(step->n, before->n, m->min_n));
	} else {
		line = making_count(m, table, step->word, step->n);
		line->is_marked = true;
		g_free(line->note);
		line->note = making_text(m, WORD_R_CONTRADICTION);
	}
	line->count = step->n;
}

static int64_t entered(const struct tally *t, enum tally_entry entry)
{
	return t->has_entry[entry] ? t->entry[entry] : -1;
}

static void make_funnel(struct making *m)
{
	const struct tally *t = m->now;
	struct report_table *table = making_section(m, REPORT_FUNNEL, WORD_R_FUNNEL, 0,
						    100);
	const struct step_count steps[] = {
		{WORD_R_PASSED, entered(t, ENTRY_PASSED)},
		{WORD_R_ENTERED, entered(t, ENTRY_ENTERED)},
		{WORD_R_BOUGHT, t->has_till ? t->rate.sales : -1},
		{WORD_R_ASKED, t->has_till ? t->rate.sales_offered : -1},
		{WORD_R_ANSWERED, t->has_till ? t->rate.sales_answered : -1},
	};

	if (steps[0].n < 0)
		making_append(&m->report->missing, making_text(m, WORD_R_MISSING_PASSED));
	if (steps[1].n < 0)
		making_append(&m->report->missing,
			      making_text(m, WORD_R_MISSING_ENTERED));
	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++)
		add_step(m, table, i > 0 ? &steps[i - 1] : NULL, &steps[i]);
}

static void add_percentile(struct making *m, struct report_table *table, enum word who,
			   const struct times *t, int percent)
{
	report_table_figure(table,
			    g_strdup_printf("%s, p%d", making_say(m, who), percent),
			    figure_percentile(t, percent, m->min_n));
}

/* Seeded by the period: made again, the report says the same. */
static struct dice dice_of(const struct tally *t)
{
	uint8_t seed[32] = {0};
	struct dice dice;

	for (int i = 0; i < 4; i++) {
		seed[i] = (uint8_t)((uint32_t)t->from >> 8 * i);
		seed[8 + i] = (uint8_t)((uint32_t)t->to >> 8 * i);
	}
	dice_seed(&dice, seed);
	return dice;
}

static void make_queue(struct making *m)
{
	const struct times *asked = &m->now->queue[0], *held_out = &m->now->queue[1];
	struct report_table *table = making_section(m, REPORT_QUEUE, WORD_R_QUEUE, 0, 0);
	struct dice dice = dice_of(m->now);

	if (asked->n == 0 || held_out->n == 0) {
		making_append(&m->report->missing, making_text(m, WORD_R_MISSING_QUEUE));
		return;
	}
	add_percentile(m, table, WORD_R_QUEUE_ASKED, asked, 50);
	add_percentile(m, table, WORD_R_QUEUE_ASKED, asked, 95);
	add_percentile(m, table, WORD_R_QUEUE_HELD_OUT, held_out, 50);
	add_percentile(m, table, WORD_R_QUEUE_HELD_OUT, held_out, 95);
	struct figure cost = figure_median_change(asked, held_out, &dice, m->min_n);
	struct report_line *line = making_figure(m, table, WORD_R_QUEUE_COST, cost);
	line->is_marked = figure_is_change(&cost) && figure_sign(&cost) > 0;
}

void making_shop(struct making *m)
{
	make_funnel(m);
	make_queue(m);
}
