/* report_fixture_scores: questions and their answers */
#include "core/figure_mean.h"
#include "tests/lib/report_fixture_parts.h"

static const struct {
	const char *question, *point, *text[2];
	enum question_kind kind;
	int good, bad; /* of 100 answers */
} questions[] = {
	{"nps",
	 "",
	 {"Насколько вы готовы рекомендовать нас друзьям?",
	  "How likely are you to recommend us to a friend?"},
	 QUESTION_NPS10,
	 52,
	 21},
	{"overall",
	 "",
	 {"Как вам сегодня в нашем магазине?", "How was your visit today?"},
	 QUESTION_SMILEY,
	 74,
	 11},
	{"queue",
	 "till",
	 {"Как вам скорость на кассе?", "How was the speed at the till?"},
	 QUESTION_SMILEY,
	 58,
	 27},
	{"goods",
	 "hall",
	 {"Вы нашли всё, что хотели?", "Did you find all you wanted?"},
	 QUESTION_YESNO,
	 81,
	 19},
	{"prices",
	 "hall",
	 {"Цены на кассе и ценниках совпали?", "Did the till prices match the tags?"},
	 QUESTION_CHOICE,
	 88,
	 12},
};

static void add_score(struct fixture_making *m, struct report_table *table,
		      const struct report_score *s, char *label, int64_t n)
{
	struct score_count c = fixture_count(m, n, 30 + (int)fixture_draw(m, 40),
					     5 + (int)fixture_draw(m, 25));

	report_table_figure(table, label, figure_score(s->measure, &c, MIN_N));
}

static const char *const choices[][2] = {
	{"да", "yes"}, {"нет", "no"}, {"не знаю", "not sure"}};

static void distribute(struct fixture_making *m, struct report_score *s, int64_t n)
{
	struct question q = {.kind = s->kind, .choices = 3};
	int least, most;

	question_range(&q, &least, &most);
	fixture_begin(m, &s->distribution, WORD_R_DISTRIBUTION, 0, 100);
	for (int value = least; value <= most; value++) {
		int64_t some = fixture_draw(m, 2 * n / (most - least + 1) + 1);
		char *label = s->kind == QUESTION_YESNO
				      ? fixture_word(m,
						     value == least ? WORD_YES : WORD_NO)
			      : s->kind == QUESTION_CHOICE
				      ? fixture_text(m, choices[value - 1][m->language])
				      : g_strdup_printf("%d", value);

		report_table_figure(&s->distribution, label, figure_share(some, n, MIN_N))
			->count = some;
	}
}

static void tell_apart(struct fixture_making *m, struct report_score *s, int64_t n)
{
	static const enum word titles[REPORT_BYS] = {
		WORD_R_BY_HOUR,     WORD_R_BY_WEEKDAY,   WORD_R_BY_CASHIER,
		WORD_R_BY_LANGUAGE, WORD_R_BY_CARD_KIND, WORD_R_BY_SEGMENT,
		WORD_R_BY_FLAG,     WORD_R_BY_RESPONDENT};
	unsigned cashiers = m->size->cashiers;
	struct score_count staff;

	for (int by = 0; by < REPORT_BYS; by++)
		fixture_begin(m, &s->by[by], titles[by], s->least, s->most);
	for (int hour = 8; hour < 22; hour++)
		add_score(m, &s->by[REPORT_BY_HOUR], s, g_strdup_printf("%02d", hour),
			  n / 14 + fixture_draw(m, n / 14 + 1));
	for (int day = 0; day < 7 && s->days > 1; day++)
		add_score(m, &s->by[REPORT_BY_WEEKDAY], s,
			  fixture_word(m, (enum word)(WORD_R_MON + day)), n / 7);
	for (unsigned i = 0; i < cashiers; i++)
		add_score(m, &s->by[REPORT_BY_CASHIER], s,
			  g_strdup_printf("K%02u", i + 1), n / cashiers);
	if (cashiers > 2) {
		s->by[REPORT_BY_CASHIER].line[2].is_marked = true;
		fixture_put(&s->by[REPORT_BY_CASHIER].line[2].note,
			    fixture_word(m, WORD_R_THAN_OTHERS_WORSE));
		fixture_put(&s->by[REPORT_BY_CASHIER].note,
			    fixture_word(m, WORD_R_CASHIERS_NOTE));
	}
	add_score(m, &s->by[REPORT_BY_LANGUAGE], s, g_strdup("ru"), n * 4 / 5);
	add_score(m, &s->by[REPORT_BY_LANGUAGE], s, g_strdup("en"), n / 5);
	add_score(m, &s->by[REPORT_BY_CARD_KIND], s, fixture_word(m, WORD_KIND_BONUS),
		  n / 2);
	add_score(m, &s->by[REPORT_BY_CARD_KIND], s, fixture_word(m, WORD_KIND_PRIVILEGE),
		  n / 9);
	add_score(m, &s->by[REPORT_BY_SEGMENT], s, fixture_word(m, WORD_R_TOP), n / 5);
	add_score(m, &s->by[REPORT_BY_SEGMENT], s, fixture_word(m, WORD_R_OTHERS),
		  n * 4 / 5);
	add_score(m, &s->by[REPORT_BY_FLAG], s, fixture_word(m, WORD_R_ALL), n);
	add_score(m, &s->by[REPORT_BY_FLAG], s, fixture_word(m, WORD_R_UNFLAGGED),
		  n - n / 30);
	add_score(m, &s->by[REPORT_BY_RESPONDENT], s, fixture_word(m, WORD_R_CUSTOMER),
		  n);
	add_score(m, &s->by[REPORT_BY_RESPONDENT], s, fixture_word(m, WORD_R_STAFF),
		  n / 40);
	add_score(m, &s->by[REPORT_BY_RESPONDENT], s, fixture_word(m, WORD_R_MYSTERY),
		  n > 0 ? 2 : 0);
	staff = fixture_count(m, 12, 90, 2);
	struct score_count customers = fixture_count(m, n, 50, 20);
	report_table_figure(&s->by[REPORT_BY_RESPONDENT], fixture_word(m, WORD_R_GAP),
			    figure_score_change(s->measure, &staff, &customers, MIN_N));
}

static void trend(struct fixture_making *m, struct report_score *s, int good, int bad,
		  struct score_count *sum)
{
	int64_t a_day = m->size->a_day;

	s->day = g_new0(struct report_day, s->days);
	for (unsigned i = 0; i < s->days; i++) {
		bool is_weekend = (FIRST_DAY + i + 3) % 7 > 4;
		int64_t n = a_day <= 1 ? (i == 0) : a_day / 2 + fixture_draw(m, a_day);
		int better = s->point[0] == 't' && i > s->days / 2 ? 15 : 0;
		struct score_count c;

		if (is_weekend && s->kind == QUESTION_YESNO)
			n /= 9; /* few, hidden and lone days */
		c = fixture_count(m, n, good + better, bad - better);
		s->day[i] = (struct report_day){FIRST_DAY + (int32_t)i,
						figure_score(s->measure, &c, MIN_N)};
		score_join(sum, &c);
	}
}

static void compare(struct fixture_making *m, struct report_score *s, int good, int bad,
		    const struct score_count *sum)
{
	struct score_count earlier = fixture_count(m, sum->n, good + 7, MAX(bad - 4, 0));

	s->earlier = figure_score(s->measure, &earlier, MIN_N);
	s->change = figure_score_change(s->measure, sum, &earlier, MIN_N);
}

static void average(struct fixture_making *m, struct report_score *s, int64_t n)
{
	struct question q = {.kind = s->kind};
	struct spread spread = {0};
	int least, most;

	if (s->kind == QUESTION_YESNO || s->kind == QUESTION_CHOICE)
		return;
	question_range(&q, &least, &most);
	for (int64_t i = 0; i < n; i++)
		spread_add(&spread, least + fixture_draw(m, most - least + 1), 1);
	s->mean = figure_mean(&spread, 1, least, most, MIN_N);
	s->mean_least = least;
	s->mean_most = most;
}

void fixture_make_score(struct fixture_making *m, unsigned i, struct report_score *s)
{
	const unsigned k = i % G_N_ELEMENTS(questions);
	struct score_count sum = {0};

	s->kind = questions[k].kind;
	s->measure = score_measure(s->kind, 2);
	s->least = s->measure == SCORE_NPS ? -100 : 0;
	s->most = 100;
	s->days = m->size->days;
	s->is_main = i == 0;
	s->is_broken = k == 4;
	s->first_day = FIRST_DAY;
	s->last_day = FIRST_DAY + (int32_t)s->days - 1;
	s->question = g_strdup(questions[k].question);
	s->point = g_strdup(questions[k].point);
	s->text = fixture_text(m, questions[k].text[m->language]);
	s->short_title = fixture_word(m, s->measure == SCORE_NPS      ? WORD_R_NPS
					 : s->kind == QUESTION_SMILEY ? WORD_R_SATISFIED
					 : s->kind == QUESTION_YESNO  ? WORD_R_YES_SHARE
								     : WORD_R_GOOD_SHARE);
	s->title = g_strdup_printf("%s: %s", s->short_title, s->question);
	trend(m, s, questions[k].good, questions[k].bad, &sum);
	s->score = figure_score(s->measure, &sum, MIN_N);
	compare(m, s, questions[k].good, questions[k].bad, &sum);
	average(m, s, sum.n);
	s->weighted = i == 3 ? figure_share(sum.n * 4 / 5, sum.n, MIN_N)
			     : figure_unknown();
	s->skipped = figure_share(sum.n / 12, sum.n + sum.n / 12, MIN_N);
	distribute(m, s, sum.n);
	tell_apart(m, s, sum.n);
}
