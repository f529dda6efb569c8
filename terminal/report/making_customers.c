/* making_customers.c - customers who are known by a card: who stays, who leaves, what it costs. */
#include <math.h>

#include "day.h"
#include "report/making.h"

#define UNIT 100.0 /* smallest units in a whole one; totals have two decimals */

static bool has_customers(const struct tally *t)
{
	return t->active_start > 0 || t->active_end > 0 || t->lost > 0;
}

static void make_activity(struct making *m)
{
	const struct tally *t = m->now;
	struct report_table *table = making_section(m, REPORT_CUSTOMERS, WORD_R_CUSTOMERS,
						    0, 0);

	if (!has_customers(t)) {
		making_append(&m->report->missing, making_text(m, WORD_R_MISSING_CARDS));
		return;
	}
	making_figure(m, table, WORD_R_RETENTION,
		      figure_share(t->active_end - t->fresh - t->returned,
				   t->active_start, m->min_n));
	making_figure(m, table, WORD_R_CHURN,
		      figure_share(t->lost, t->active_start, m->min_n));
	making_count(m, table, WORD_R_ACTIVE_START, t->active_start);
	making_count(m, table, WORD_R_LOST, t->lost);
	making_count(m, table, WORD_R_RETURNED, t->returned);
	making_count(m, table, WORD_R_NEW, t->fresh);
	making_count(m, table, WORD_R_ACTIVE_END, t->active_end);
	making_count(m, table, WORD_R_SLEEPING, t->sleeping);
}

/* What a customer who leaves would have paid in such a period, in smallest units. */
static double worth_of_period(const struct tally *t)
{
	if (t->bill.n == 0 || t->payments.n == 0)
		return 0;
	return (double)t->net / (double)t->bill.n * (double)t->payments.sum /
	       (double)t->payments.n;
}

static void add_sum(struct making *m, struct report_table *table, enum word label,
		    double value, int64_t n)
{
	making_figure(m, table, label, figure_sum(value, n, 2, m->min_n));
}

static void make_churn(struct making *m, struct report_table *table)
{
	const struct tally *t = m->now;
	const struct config *c = m->how->config;
	double lost = (double)t->lost, cost = lost * worth_of_period(t) / UNIT;

	if (!has_customers(t))
		return;
	if (t->payments.n > 0)
		add_sum(m, table, WORD_R_CHURN_COST, cost, t->lost);
	if (c->customer_year == 0)
		return;
	double year = lost * c->customer_year;
	add_sum(m, table, WORD_R_CHURN_YEAR, year, t->lost);
	if (c->income_year > 0)
		add_sum(m, table, WORD_R_CHURN_INCOME, 100 * year / c->income_year,
			t->lost);
}

/* What was spent in the period, in whole units: as entered, else of config.ini's month each day
 * its share; NAN: not known. */
static double spent(const struct making *m, enum tally_entry entry, int month)
{
	double sum = 0;

	if (m->now->has_entry[entry])
		return (double)m->now->entry[entry] / UNIT;
	for (int32_t day = m->now->from; day <= m->now->to; day++)
		sum += month / (double)day_month_length(day);
	return month > 0 ? sum : NAN;
}

static void make_new_cost(struct making *m, struct report_table *table)
{
	double marketing = spent(m, ENTRY_MARKETING, m->how->config->marketing_month);
	double wages = spent(m, ENTRY_WAGES, m->how->config->wages_month);
	int64_t n = m->now->new_cards;

	if (isnan(marketing))
		making_append(&m->report->missing,
			      making_text(m, WORD_R_MISSING_MARKETING));
	if (isnan(wages))
		making_append(&m->report->missing, making_text(m, WORD_R_MISSING_WAGES));
	if (isnan(marketing) || !has_customers(m->now))
		return;
	if (n == 0) {
		making_note(table, g_strconcat(making_say(m, WORD_R_NEW_COST), ": ",
					       making_say(m, WORD_R_NO_NEW), NULL));
		return;
	}
	add_sum(m, table, WORD_R_NEW_COST, marketing / (double)n, n);
	if (!isnan(wages))
		add_sum(m, table, WORD_R_NEW_COST_FULL, (marketing + wages) / (double)n,
			n);
}

static void make_money(struct making *m)
{
	const struct tally *t = m->now;
	struct report_table *table = making_section(m, REPORT_MONEY, WORD_R_MONEY, 0, 0);
	char title[128];

	words_fill(title, sizeof title, making_say(m, WORD_R_MONEY), "currency",
		   m->how->config->currency, NULL);
	g_free(table->title);
	table->title = g_strdup(title);
	if (t->bill.n > 0) {
		making_figure(m, table, WORD_R_BILL,
			      figure_mean(&t->bill, UNIT, 0, INFINITY, m->min_n));
		add_sum(m, table, WORD_R_BILL_NET,
			(double)t->net / (double)t->bill.n / UNIT, t->bill.n);
	}
	if (t->payments.n > 0)
		making_figure(m, table, WORD_R_PAYMENTS,
			      figure_mean(&t->payments, 1, 0, INFINITY, m->min_n));
	make_churn(m, table);
	if (t->lifetime.n > 0)
		making_figure(
			m, table, WORD_R_LIFETIME,
			figure_mean(&t->lifetime, UNIT, -INFINITY, INFINITY, m->min_n));
	make_new_cost(m, table);
}

static void add_class(struct making *m, struct report_table *table, enum word what,
		      int class, const struct spread *spread, double unit)
{
	static const enum word names[TALLY_CLASSES] = {
		[TALLY_CRITIC] = WORD_R_CRITIC,
		[TALLY_PASSIVE] = WORD_R_PASSIVES,
		[TALLY_PROMOTER] = WORD_R_PROMOTERS,
	};
	char label[128];

	words_fill(label, sizeof label, making_say(m, what), "class",
		   making_say(m, names[class]), NULL);
	report_table_figure(table, g_strdup(label),
			    figure_mean(spread, unit, 0, INFINITY, m->min_n));
}

static void make_loyal(struct making *m)
{
	const struct tally *t = m->now;
	struct report_table *table = making_section(m, REPORT_LOYAL, WORD_R_LOYAL, 0, 0);

	for (int class = TALLY_PROMOTER; class >= TALLY_CRITIC; class --)
		if (t->class_bill[class].n > 0)
			add_class(m, table, WORD_R_CLASS_BILL, class,
				  &t->class_bill[class], UNIT);
	for (int class = TALLY_PROMOTER; class >= TALLY_CRITIC; class --)
		if (t->class_visits[class].n > 0)
			add_class(m, table, WORD_R_CLASS_VISITS, class,
				  &t->class_visits[class], 1);
	if (t->all_net > 0)
		making_figure(m, table, WORD_R_TOP_SHARE,
			      figure_sum(100.0 * (double)t->top_net / (double)t->all_net,
					 t->payments.n, 1, m->min_n));
}

void making_customers(struct making *m)
{
	make_activity(m);
	make_money(m);
	make_loyal(m);
}
