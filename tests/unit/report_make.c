/* A report from counts that are known: what is said first, what is left unsaid, how it is drawn.
 * Figures of random pasts are held by tests/system/report.c. */
#include "report/report.h"

#include <string.h>

#define DAY 20000

static struct config *config;
static struct words *words;

/* A shop with its counts, of two periods. */
struct shop {
	struct tally *now, *before;
	struct report *report;
	bool is_month;
};

static void add_wordings(struct tally *t)
{
	tally_wording(t, 1, "nps", "whole", "Recommend us?", QUESTION_NPS10, 0, 1);
	tally_wording(t, 2, "queue", "till", "How was the till?", QUESTION_SMILEY, 0, 2);
	tally_wording(t, 3, "improve", "", "What first?", QUESTION_CHOICE, 0, 3);
	tally_choice(t, "long wait");
	tally_choice(t, "else");
}

static void open_shop(struct shop *s)
{
	*s = (struct shop){.now = tally_new(DAY, DAY + 6, 90, 90),
			   .before = tally_new(DAY - 7, DAY - 1, 90, 90)};
	add_wordings(s->now);
	add_wordings(s->before);
}

/* N visits like this one: nps, queue and a reason (0: none). */
static void visit(struct tally *t, int n, int nps, int queue, int reason)
{
	struct tally_visit v = {
		.day = t->from,
		.hour = 12,
		.trigger = t->has_till ? TRIGGER_SALE : TRIGGER_KEY,
		.outcome = OUTCOME_COMPLETED,
		.offered = true,
		.milliseconds = 9000,
		.language = "en",
		.cashier = "11",
		.card = "",
		.answers = reason != 0 ? 3 : 2,
		.answer = {{0, nps, false, 2000, 1, 1},
			   {1, queue, false, 2000, 2, 1},
			   {2, reason, false, 2000, 3, 1}},
	};
	const int value[] = {nps, queue, reason};

	for (unsigned i = 0; i < v.answers; i++)
		tally_rolled_up(t, t->from, RESPONDENT_CUSTOMER, (int)i, value[i], n);
	tally_choose_main(t);
	for (int i = 0; i < n; i++)
		tally_visit(t, &v);
}

static const struct report *make(struct shop *s)
{
	const struct report_how how = {
		.config = config,
		.words = words,
		.language = 0,
		.code = "en",
		.made = "2024-10-11 12:00",
		.today = DAY + 3,
		.is_month = s->is_month,
	};

	tally_end(s->now);
	s->report = report_make(s->now, s->before, &how);
	return s->report;
}

static void close_shop(struct shop *s)
{
	tally_free(s->now);
	tally_free(s->before);
	report_free(s->report);
}

static char *draw(const struct report *report, int cols, bool unicode)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	report_text(out, report, &(struct report_look){cols, unicode});
	fclose(out);
	return text;
}

/* In the order of the rule: what fell, where the critics are, the reason named most, the queue. */
static void test_first(void)
{
	struct shop s;

	open_shop(&s);
	s.now->has_till = true;
	visit(s.before, 300, 10, 5, 0);
	visit(s.now, 200, 9, 5, 0);
	visit(s.now, 100, 3, 1, 1);
	for (int i = 0; i < 100; i++) {
		times_add(&s.now->queue[0], 9000 + i * 10);
		times_add(&s.now->queue[1], 5000 + i * 10);
	}
	const struct report *r = make(&s);
	g_assert_cmpint((int)g_strv_length(r->first), ==, 5);
	g_assert_true(g_str_has_prefix(r->first[0],
				       "It got worse, find out why: NPS: nps: -66.7 ["));
	g_assert_true(g_str_has_prefix(
		r->first[1], "It got worse, find out why: Satisfied, %: queue: -33.3 ["));
	g_assert_true(g_str_has_prefix(
		r->first[2], "Most critics where this was answered low: till: 100.0 ["));
	g_assert_cmpstr(
		r->first[3], ==,
		"Named most: long wait: 100.0 [96.3; 100.0], n=100; responsible: Anna");
	g_assert_true(
		g_str_has_prefix(r->first[4], "The survey holds up the queue: 4.0 ["));
	close_shop(&s);
}

static void test_nothing_got_worse(void)
{
	struct shop s;

	open_shop(&s);
	visit(s.before, 100, 9, 5, 0);
	visit(s.now, 100, 9, 5, 0);
	const struct report *r = make(&s);
	g_assert_cmpstr(r->first[0], ==, "Nothing got worse for certain");
	g_assert_null(r->first[1]);
	close_shop(&s);
}

/* Four answers show nothing, in no table and no sentence. */
static void test_few_are_hidden(void)
{
	struct shop s;

	open_shop(&s);
	visit(s.now, 4, 3, 1, 1);
	const struct report *r = make(&s);
	g_autofree char *text = draw(r, 80, true);
	g_assert_cmpint(r->score[0].score.state, ==, FIGURE_HIDDEN);
	g_assert_cmpstr(r->first[0], ==, "There are too few answers to judge");
	g_assert_nonnull(
		strstr(text, "NPS: nps ........................ too few to show, n=4"));
	g_assert_false(g_regex_match_simple("\\[-?[0-9]", text, 0, 0));
	close_shop(&s);
}

/* Without a till there is no denominator; what is missing is said. */
static void test_missing(void)
{
	struct shop s;
	static const char *const missing[] = {
		"the till: [till] in config.ini",
		"customers' cards: none in this period",
		"marketing spend: tillask note marketing, or marketing_month=",
		"sales wages: tillask note wages, or wages_month=",
		"who passed: tillask note passed",
		"who entered: tillask note entered",
		"the queue: too few times measured after payment",
	};

	open_shop(&s);
	visit(s.now, 50, 9, 5, 0);
	const struct report *r = make(&s);
	g_assert_cmpint((int)g_strv_length(r->missing), ==, G_N_ELEMENTS(missing));
	for (size_t i = 0; i < G_N_ELEMENTS(missing); i++)
		g_assert_cmpstr(r->missing[i], ==, missing[i]);
	g_assert_cmpint(r->section[REPORT_RATES].line[0].figure.state, ==,
			FIGURE_UNKNOWN);
	g_assert_cmpstr(r->section[REPORT_RATES].note, ==, "unknown: no till connected");
	g_assert_cmpint((int)r->section[REPORT_FUNNEL].n, ==, 0);
	close_shop(&s);
}

/* More bought than entered: shown as a contradiction, no share of it. */
static void test_funnel(void)
{
	struct shop s;

	open_shop(&s);
	s.now->has_till = true;
	s.now->has_entry[ENTRY_ENTERED] = true;
	s.now->entry[ENTRY_ENTERED] = 40;
	visit(s.now, 50, 9, 5, 0);
	const struct report_table *t = &make(&s)->section[REPORT_FUNNEL];
	g_assert_cmpint((int)t->n, ==, 4); /* nobody counted who passed */
	g_assert_cmpstr(t->line[0].label, ==, "entered");
	g_assert_cmpstr(t->line[1].label, ==, "bought");
	g_assert_true(t->line[1].is_marked && !t->line[1].has_figure);
	g_assert_cmpint((int)t->line[1].count, ==, 50);
	g_assert_cmpstr(t->line[1].note, ==, "contradiction: more than the step before");
	g_assert_true(t->line[2].has_figure);
	close_shop(&s);
}

/* [report] cashiers=off: nothing of them, though the rows have them. */
static void test_cashiers_off(void)
{
	struct shop s;

	open_shop(&s);
	s.now->has_till = true;
	visit(s.now, 50, 9, 5, 0);
	const struct report *r = make(&s);
	g_assert_cmpint((int)r->section[REPORT_CASHIERS].n, ==, 0);
	g_assert_cmpint((int)r->score[0].by[REPORT_BY_CASHIER].n, ==, 0);
	g_assert_cmpint((int)r->score[0].by[REPORT_BY_HOUR].n, ==, 1);
	close_shop(&s);
}

/* The sheet of causes, with who answers for each, is a month's. */
static void test_causes(void)
{
	struct shop s;

	open_shop(&s);
	s.is_month = true;
	visit(s.now, 20, 3, 1, 2);
	visit(s.now, 30, 2, 2, 1);
	const struct report *r = make(&s);
	g_autofree char *text = draw(r, 80, false);
	g_assert_cmpint((int)r->causes, ==, 2);
	g_assert_cmpstr(r->cause[0].text, ==, "long wait");
	g_assert_cmpstr(r->cause[0].responsible, ==, "Anna");
	g_assert_cmpstr(r->cause[1].responsible, ==, "");
	g_assert_nonnull(
		strstr(text, "Sheet of causes\n---------------\n  long wait ....."));
	close_shop(&s);
}

/* A choice that is asked of everybody is no question for reasons. */
static void test_no_reasons(void)
{
	struct shop s;

	open_shop(&s);
	visit(s.now, 20, 3, 1, 2);
	visit(s.now, 30, 10, 5, 1);
	g_assert_cmpint((int)make(&s)->causes, ==, 0);
	close_shop(&s);
}

/* A question that got another scale in the middle: two scores, each with its own kind, none
 * compared with the other, and the line of the trend is broken. */
static void test_rescaled(void)
{
	struct shop s;

	open_shop(&s);
	tally_wording(s.now, 4, "queue", "till", "How was the till?", QUESTION_NPS10, 0,
		      2);
	visit(s.before, 100, 9, 5, 0);
	visit(s.now, 100, 9, 5, 0);
	tally_rolled_up(s.now, DAY + 3, RESPONDENT_CUSTOMER, 3, 9, 50);
	const struct report *r = make(&s);
	g_assert_cmpint((int)r->scores, ==, 3);
	g_assert_cmpstr(r->score[1].title, ==, "Satisfied, %: queue");
	g_assert_cmpstr(r->score[2].title, ==, "NPS: queue from 2024-10-07");
	g_assert_true(r->score[1].is_broken && r->score[2].is_broken);
	g_assert_false(r->score[0].is_broken);
	g_assert_cmpint((int)r->score[1].score.n, ==, 100);
	g_assert_cmpint((int)r->score[2].score.n, ==, 50);
	g_assert_cmpint(r->score[1].change.state, !=, FIGURE_UNKNOWN);
	g_assert_cmpint(r->score[2].change.state, ==, FIGURE_UNKNOWN);
	close_shop(&s);
}

static void test_widths(void)
{
	static const int cols[] = {40, 60, 80, 132};
	struct shop s;

	open_shop(&s);
	s.now->has_till = true;
	visit(s.before, 300, 10, 5, 0);
	visit(s.now, 200, 9, 5, 0);
	visit(s.now, 20, 3, 1, 1);
	const struct report *r = make(&s);
	for (size_t i = 0; i < G_N_ELEMENTS(cols); i++)
		for (int unicode = 0; unicode < 2; unicode++) {
			g_autofree char *text = draw(r, cols[i], unicode);
			g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

			if (!unicode)
				for (const char *p = text; *p != '\0'; p++)
					g_assert_true((*p & 0x80) == 0);
			for (int k = 0; lines[k] != NULL; k++)
				if (g_utf8_strlen(lines[k], -1) > cols[i] &&
				    strchr(lines[k], '[') == NULL)
					g_error("%d: %s", cols[i], lines[k]);
		}
	close_shop(&s);
}

int main(int argc, char **argv)
{
	static const char text[] =
		"[terminal]\nlanguages=en\n"
		"[question improve]\nkind=choice\nwhen=low\ntext[en]=What first?\n"
		"choices[en]=long wait;else\nresponsible=Anna\n"
		"[question nps]\nkind=nps10\ntext[en]=x\nlow[en]=a\nhigh[en]=b\n";
	struct faults *faults = faults_new("config.ini");

	g_test_init(&argc, &argv, NULL);
	config = config_parse("config.ini", text, strlen(text), faults);
	if (config == NULL)
		g_error("%s", faults_text(faults));
	words = words_new(config->languages, 1, faults);
	g_test_add_func("/report/make/first", test_first);
	g_test_add_func("/report/make/nothing-got-worse", test_nothing_got_worse);
	g_test_add_func("/report/make/few-are-hidden", test_few_are_hidden);
	g_test_add_func("/report/make/missing", test_missing);
	g_test_add_func("/report/make/funnel", test_funnel);
	g_test_add_func("/report/make/cashiers-off", test_cashiers_off);
	g_test_add_func("/report/make/causes", test_causes);
	g_test_add_func("/report/make/no-reasons", test_no_reasons);
	g_test_add_func("/report/make/rescaled", test_rescaled);
	g_test_add_func("/report/make/widths", test_widths);
	int failed = g_test_run();
	words_free(words);
	config_free(config);
	faults_free(faults);
	return failed;
}
