/* making_answers.c - who was asked and who answered: rates, outcomes, seconds, cashiers, flags. */
#include "report/making.h"

static struct figure response(const struct making *m, const struct tally_rate *r)
{
	return m->now->has_till ? figure_share(r->answered, r->asked, m->min_n)
				: figure_unknown();
}

static struct figure offer(const struct making *m, const struct tally_rate *r)
{
	return m->now->has_till ? figure_share(r->sales_offered, r->sales, m->min_n)
				: figure_unknown();
}

static void make_response_change(struct making *m, struct report_table *table)
{
	const struct tally *now = m->now, *before = m->before;
	struct report_line *line;

	if (now->asked == 0 || before->asked == 0)
		return;
	struct figure change = figure_share_change(
		now->answered, now->asked, before->answered, before->asked, m->min_n);
	line = making_figure(m, table, WORD_R_CHANGE, change);
	making_mark(m, line, &change, WORD_R_BETTER, WORD_R_WORSE);
}

static void make_rates(struct making *m)
{
	struct report_table *table = making_section(m, REPORT_RATES, WORD_R_RATES, 0,
						    100);

	making_figure(m, table, WORD_R_RESPONSE, response(m, &m->now->rate));
	make_response_change(m, table);
	making_figure(m, table, WORD_R_OFFER, offer(m, &m->now->rate));
	if (m->now->has_till)
		return;
	making_note(table, making_text(m, WORD_R_NO_TILL));
	making_append(&m->report->missing, making_text(m, WORD_R_MISSING_TILL));
}

static void make_rate_by_hour(struct making *m)
{
	struct report_table *table = making_section(m, REPORT_RATE_BY_HOUR,
						    WORD_R_RATE_BY_HOUR, 0, 100);
	const GArray *rates = m->now->rates[TALLY_BY_HOUR];

	for (guint hour = 0; m->now->has_till && hour < rates->len; hour++) {
		const struct tally_rate *r = &g_array_index(rates, struct tally_rate,
							    hour);

		if (r->asked > 0)
			report_table_figure(table, g_strdup_printf("%02u", hour),
					    response(m, r));
	}
}

static const enum word outcome_word[TALLY_OUTCOMES] = {
	[OUTCOME_COMPLETED] = WORD_R_COMPLETED,
	[OUTCOME_PARTIAL] = WORD_R_PARTIAL,
	[OUTCOME_DECLINED] = WORD_R_DECLINED,
	[OUTCOME_IGNORED] = WORD_R_IGNORED,
	[OUTCOME_NOT_ASKED] = WORD_R_NOT_ASKED,
	[OUTCOME_INTERRUPTED] = WORD_R_INTERRUPTED,
	[OUTCOME_COMPLAINT] = WORD_R_COMPLAINTS,
};

static const enum word reason_word[TALLY_REASONS] = {
	[REASON_NONE] = WORD_R_NOT_ASKED,     [REASON_COOLDOWN] = WORD_R_COOLDOWN,
	[REASON_SAMPLE] = WORD_R_SAMPLE,      [REASON_PAUSED] = WORD_R_PAUSED,
	[REASON_BUDGET] = WORD_R_BUDGET,      [REASON_STAFF] = WORD_R_STAFF_CARD,
	[REASON_RETURN] = WORD_R_RETURN,      [REASON_NO_QUESTIONS] = WORD_R_NO_QUESTIONS,
	[REASON_TRAINING] = WORD_R_NOT_ASKED,
};

static void make_reasons(struct making *m, struct report_table *table)
{
	for (int reason = REASON_COOLDOWN; reason < TALLY_REASONS; reason++) {
		int64_t n = m->now->outcome[OUTCOME_NOT_ASKED][reason];

		if (n > 0)
			report_table_count(
				table,
				g_strconcat(making_say(m, WORD_R_NOT_ASKED), ": ",
					    making_say(m, reason_word[reason]), NULL),
				n);
	}
}

static void make_outcomes(struct making *m)
{
	struct report_table *table = making_section(m, REPORT_OUTCOMES, WORD_R_OUTCOMES,
						    0, 0);

	for (int outcome = 0; outcome < TALLY_OUTCOMES; outcome++) {
		int64_t n = 0;

		for (int reason = 0; reason < TALLY_REASONS; reason++)
			n += m->now->outcome[outcome][reason];
		if (n > 0)
			making_count(m, table, outcome_word[outcome], n);
		if (outcome == OUTCOME_NOT_ASKED)
			make_reasons(m, table);
	}
}

static void make_seconds(struct making *m)
{
	struct report_table *table = making_section(m, REPORT_SECONDS, WORD_R_SECONDS, 0,
						    0);

	if (m->now->seconds.n == 0)
		return;
	making_figure(m, table, WORD_R_P50,
		      figure_percentile(&m->now->seconds, 50, m->min_n));
	making_figure(m, table, WORD_R_P95,
		      figure_percentile(&m->now->seconds, 95, m->min_n));
}

static void add_cashier(struct making *m, struct report_table *table, const char *name,
			enum word what, struct figure figure)
{
	report_table_figure(table, g_strconcat(name, ": ", making_say(m, what), NULL),
			    figure);
}

static void make_cashiers(struct making *m)
{
	struct report_table *table = making_section(m, REPORT_CASHIERS, WORD_R_CASHIERS,
						    0, 100);
	const GArray *rates = m->now->rates[TALLY_BY_CASHIER];

	if (m->how->config->cashiers == CASHIERS_OFF)
		return;
	for (guint i = 0; i < rates->len; i++) {
		const struct tally_rate *r = &g_array_index(rates, struct tally_rate, i);
		const char *name = m->now->names[TALLY_BY_CASHIER]->pdata[i];

		add_cashier(m, table, name, WORD_R_OFFER, offer(m, r));
		add_cashier(m, table, name, WORD_R_RESPONSE, response(m, r));
		add_cashier(m, table, name, WORD_R_PAUSED_SHARE,
			    m->now->has_till ? figure_share(r->paused, r->sales, m->min_n)
					     : figure_unknown());
	}
}

static void make_flags(struct making *m)
{
	static const enum word word[TALLY_FLAGS] = {
		[FLAG_FAST] = WORD_R_FLAG_FAST,
		[FLAG_SAME_KEY] = WORD_R_FLAG_SAME_KEY,
		[FLAG_OFTEN] = WORD_R_FLAG_OFTEN,
		[FLAG_STAFF] = WORD_R_FLAG_STAFF,
		[FLAG_NO_SALE] = WORD_R_FLAG_NO_SALE,
	};
	struct report_table *table = making_section(m, REPORT_FLAGS, WORD_R_FLAGS, 0,
						    100);
	int64_t all = m->now->answered_visits;

	if (m->now->flagged_visits == 0)
		return;
	making_figure(m, table, WORD_R_FLAG_ANY,
		      figure_share(m->now->flagged_visits, all, m->min_n))
		->count = m->now->flagged_visits;
	for (int flag = 0; flag < TALLY_FLAGS; flag++)
		if (m->now->flagged[flag] > 0)
			making_figure(m, table, word[flag],
				      figure_share(m->now->flagged[flag], all, m->min_n))
				->count = m->now->flagged[flag];
}

void making_answers(struct making *m)
{
	make_rates(m);
	make_outcomes(m);
	make_seconds(m);
	make_rate_by_hour(m);
	make_cashiers(m);
	make_flags(m);
}
