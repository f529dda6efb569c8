#include "tests/lib/report_fixture.h"

#include <string.h>

#include "core/figure_mean.h"

#define MIN_N 5
/* 2026-11-01, a Sunday */
#define FIRST_DAY 20758

static const struct {
	const char *name;
	unsigned days, questions, cashiers;
	int64_t a_day; /* answers, about */
} size_of[REPORT_FIXTURES] = {
	[REPORT_FIXTURE_EMPTY] = {"empty", 1, 0, 0, 0},
	[REPORT_FIXTURE_ONE] = {"one", 1, 1, 0, 1},
	[REPORT_FIXTURE_DAY] = {"day", 1, 5, 4, 96},
	[REPORT_FIXTURE_MONTH] = {"month", 30, 5, 6, 70},
	[REPORT_FIXTURE_YEAR] = {"year", 365, 5, 6, 40},
	[REPORT_FIXTURE_MANY] = {"many", 31, 40, 30, 30},
	[REPORT_FIXTURE_HIDDEN] = {"hidden", 7, 5, 3, 0},
	[REPORT_FIXTURE_HOSTILE] = {"hostile", 31, 5, 6, 20},
};

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

static const char *const reasons[][2] = {
	{"долго ждать", "long wait"},
	{"цена не та, что на ценнике", "price differed from the tag"},
	{"не найти нужный товар", "could not find the item"},
	{"не у кого спросить о товаре", "nobody to ask about goods"},
	{"грубость или невнимание", "rude or careless staff"},
	{"несвежий или плохой товар", "stale or poor goods"},
	{"другое", "something else"},
};

static const char *const deeds[][2] = {
	{"открыли вторую кассу с 17 до 20", "a second till open from 17 to 20"},
	{"больше места у входа", "more room at the entrance"},
	{"проверили все ценники", "all price tags checked"},
};

const char *const report_fixture_hostile[] = {
	"</title></style><script>alert(1)</script>",
	"\"><img src=http://evil.example/x onerror=alert(2)>",
	"' onmouseover='alert(3)' x='",
	"=HYPERLINK(\"http://evil.example\";\"x\")",
	"\u202eright to left override \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
	"]]>--><!-- &lt;b&gt; &amp; &#x3c;script&#x3e;",
	"line\nend\ttab\x1b[31mred\x07 \xff\xfe broken",
	"Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"
	"Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft",
	"a very long wording that somebody wrote because a question can be asked in one line but "
	"was not, and it goes on and on, past the end of every column and of every page, until "
	"the reader has forgotten where it began and what it was that had been asked",
	NULL,
};

struct making {
	const struct words *words;
	struct report *report;
	enum report_fixture which;
	int language;
	uint32_t state;
	unsigned hostile;
};

/* 0..n-1, the same every time. */
static int64_t draw(struct making *m, int64_t n)
{
	m->state = m->state * 1664525u + 1013904223u;
	return n <= 0 ? 0 : (int64_t)(m->state >> 8) % n;
}

/* TEXT, or in the hostile report the next attack. */
static char *text(struct making *m, const char *usual)
{
	const char *attack;

	if (m->which != REPORT_FIXTURE_HOSTILE)
		return g_strdup(usual);
	attack = report_fixture_hostile[m->hostile++];
	if (report_fixture_hostile[m->hostile] == NULL)
		m->hostile = 0;
	return g_strdup(attack);
}

static char *word(struct making *m, enum word w)
{
	return text(m, words_text(m->words, w, m->language));
}

static void put(char **where, char *what)
{
	g_free(*where);
	*where = what;
}

/* ---- scores --------------------------------------------------------------------------- */

static struct score_count count(struct making *m, int64_t n, int good, int bad)
{
	struct score_count c = {.n = n};

	for (int64_t i = 0; i < n; i++) {
		int64_t at = draw(m, 100);

		c.good += at < good;
		c.bad += at >= 100 - bad;
	}
	return c;
}

static void begin(struct making *m, struct report_table *table, enum word title,
		  double least, double most)
{
	put(&table->title, word(m, title));
	if (table->note == NULL)
		table->note = g_strdup("");
	table->least = least;
	table->most = most;
}

static void add_score(struct making *m, struct report_table *table,
		      const struct report_score *s, char *label, int64_t n)
{
	struct score_count c = count(m, n, 30 + (int)draw(m, 40), 5 + (int)draw(m, 25));

	report_table_figure(table, label, figure_score(s->measure, &c, MIN_N));
}

static void distribute(struct making *m, struct report_score *s, int64_t n)
{
	struct question q = {.kind = s->kind, .choices = 3};
	int least, most;

	question_range(&q, &least, &most);
	begin(m, &s->distribution, WORD_R_DISTRIBUTION, 0, 100);
	for (int value = least; value <= most; value++) {
		int64_t some = draw(m, 2 * n / (most - least + 1) + 1);
		char *label = s->kind == QUESTION_YESNO
				      ? word(m, value == least ? WORD_YES : WORD_NO)
			      : s->kind == QUESTION_CHOICE
				      ? text(m, reasons[value][m->language])
				      : g_strdup_printf("%d", value);

		report_table_figure(&s->distribution, label, figure_share(some, n, MIN_N))
			->count = some;
	}
}

static void tell_apart(struct making *m, struct report_score *s, int64_t n)
{
	static const enum word titles[REPORT_BYS] = {
		WORD_R_BY_HOUR,     WORD_R_BY_WEEKDAY,   WORD_R_BY_CASHIER,
		WORD_R_BY_LANGUAGE, WORD_R_BY_CARD_KIND, WORD_R_BY_SEGMENT,
		WORD_R_BY_FLAG,     WORD_R_BY_RESPONDENT};
	unsigned cashiers = size_of[m->which].cashiers;
	struct score_count staff;

	for (int by = 0; by < REPORT_BYS; by++)
		begin(m, &s->by[by], titles[by], s->least, s->most);
	for (int hour = 8; hour < 22; hour++)
		add_score(m, &s->by[REPORT_BY_HOUR], s, g_strdup_printf("%02d", hour),
			  n / 14 + draw(m, n / 14 + 1));
	for (int day = 0; day < 7 && s->days > 1; day++)
		add_score(m, &s->by[REPORT_BY_WEEKDAY], s,
			  word(m, (enum word)(WORD_R_MON + day)), n / 7);
	for (unsigned i = 0; i < cashiers; i++)
		add_score(m, &s->by[REPORT_BY_CASHIER], s,
			  g_strdup_printf("K%02u", i + 1), n / cashiers);
	if (cashiers > 2) {
		s->by[REPORT_BY_CASHIER].line[2].is_marked = true;
		put(&s->by[REPORT_BY_CASHIER].line[2].note,
		    word(m, WORD_R_THAN_OTHERS_WORSE));
		put(&s->by[REPORT_BY_CASHIER].note, word(m, WORD_R_CASHIERS_NOTE));
	}
	add_score(m, &s->by[REPORT_BY_LANGUAGE], s, g_strdup("ru"), n * 4 / 5);
	add_score(m, &s->by[REPORT_BY_LANGUAGE], s, g_strdup("en"), n / 5);
	add_score(m, &s->by[REPORT_BY_CARD_KIND], s, word(m, WORD_KIND_BONUS), n / 2);
	add_score(m, &s->by[REPORT_BY_CARD_KIND], s, word(m, WORD_KIND_PRIVILEGE), n / 9);
	add_score(m, &s->by[REPORT_BY_SEGMENT], s, word(m, WORD_R_TOP), n / 5);
	add_score(m, &s->by[REPORT_BY_SEGMENT], s, word(m, WORD_R_OTHERS), n * 4 / 5);
	add_score(m, &s->by[REPORT_BY_FLAG], s, word(m, WORD_R_ALL), n);
	add_score(m, &s->by[REPORT_BY_FLAG], s, word(m, WORD_R_UNFLAGGED), n - n / 30);
	add_score(m, &s->by[REPORT_BY_RESPONDENT], s, word(m, WORD_R_CUSTOMER), n);
	add_score(m, &s->by[REPORT_BY_RESPONDENT], s, word(m, WORD_R_STAFF), n / 40);
	add_score(m, &s->by[REPORT_BY_RESPONDENT], s, word(m, WORD_R_MYSTERY),
		  n > 0 ? 2 : 0);
	staff = count(m, 12, 90, 2);
	struct score_count customers = count(m, n, 50, 20);
	report_table_figure(&s->by[REPORT_BY_RESPONDENT], word(m, WORD_R_GAP),
			    figure_score_change(s->measure, &staff, &customers, MIN_N));
}

static void trend(struct making *m, struct report_score *s, int good, int bad,
		  struct score_count *sum)
{
	int64_t a_day = size_of[m->which].a_day;

	s->day = g_new0(struct report_day, s->days);
	for (unsigned i = 0; i < s->days; i++) {
		bool is_weekend = (FIRST_DAY + i + 3) % 7 > 4;
		int64_t n = a_day <= 1 ? (i == 0) : a_day / 2 + draw(m, a_day);
		int better = s->point[0] == 't' && i > s->days / 2 ? 15 : 0;
		struct score_count c;

		if (is_weekend && s->kind == QUESTION_YESNO)
			n /= 9; /* few, hidden and lone days */
		c = count(m, n, good + better, bad - better);
		s->day[i] = (struct report_day){FIRST_DAY + (int32_t)i,
						figure_score(s->measure, &c, MIN_N)};
		score_join(sum, &c);
	}
}

static void compare(struct making *m, struct report_score *s, int good, int bad,
		    const struct score_count *sum)
{
	struct score_count earlier = count(m, sum->n, good + 7, MAX(bad - 4, 0));

	s->earlier = figure_score(s->measure, &earlier, MIN_N);
	s->change = figure_score_change(s->measure, sum, &earlier, MIN_N);
}

static void average(struct making *m, struct report_score *s, int64_t n)
{
	struct question q = {.kind = s->kind};
	struct spread spread = {0};
	int least, most;

	if (s->kind == QUESTION_YESNO || s->kind == QUESTION_CHOICE)
		return;
	question_range(&q, &least, &most);
	for (int64_t i = 0; i < n; i++)
		spread_add(&spread, least + draw(m, most - least + 1), 1);
	s->mean = figure_mean(&spread, 1, least, most, MIN_N);
	s->mean_least = least;
	s->mean_most = most;
}

static void make_score(struct making *m, unsigned i, struct report_score *s)
{
	const unsigned k = i % G_N_ELEMENTS(questions);
	struct score_count sum = {0};

	s->kind = questions[k].kind;
	s->measure = score_measure(s->kind, 2);
	s->least = s->measure == SCORE_NPS ? -100 : 0;
	s->most = 100;
	s->days = size_of[m->which].days;
	s->is_main = i == 0;
	s->is_broken = k == 4;
	s->first_day = FIRST_DAY;
	s->last_day = FIRST_DAY + (int32_t)s->days - 1;
	s->question = g_strdup(questions[k].question);
	s->point = g_strdup(questions[k].point);
	s->text = text(m, questions[k].text[m->language]);
	s->short_title = word(m, s->measure == SCORE_NPS      ? WORD_R_NPS
				 : s->kind == QUESTION_SMILEY ? WORD_R_SATISFIED
				 : s->kind == QUESTION_YESNO  ? WORD_R_YES_SHARE
							      : WORD_R_GOOD_SHARE);
	s->title = g_strdup_printf("%s: %s", s->short_title, s->question);
	trend(m, s, questions[k].good, questions[k].bad, &sum);
	s->score = figure_score(s->measure, &sum, MIN_N);
	compare(m, s, questions[k].good, questions[k].bad, &sum);
	average(m, s, sum.n);
	s->skipped = figure_share(sum.n / 12, sum.n + sum.n / 12, MIN_N);
	distribute(m, s, sum.n);
	tell_apart(m, s, sum.n);
}

/* ---- sections ------------------------------------------------------------------------- */

static void add_share(struct making *m, enum report_section section, enum word label,
		      int64_t part, int64_t n)
{
	report_table_figure(&m->report->section[section], word(m, label),
			    figure_share(part, n, MIN_N))
		->count = part;
}

static void add_sum(struct making *m, enum report_section section, enum word label,
		    double value, int64_t n)
{
	report_table_figure(&m->report->section[section], word(m, label),
			    figure_sum(value, n, 2, MIN_N));
}

static void make_causes(struct making *m, int64_t n)
{
	struct report_table *table = &m->report->section[REPORT_CAUSES];
	struct report_table *critics = &m->report->section[REPORT_CRITICS];

	begin(m, table, WORD_R_CAUSES, 0, 100);
	begin(m, &m->report->section[REPORT_CAUSES_BY_POINT], WORD_R_CAUSES_BY_POINT, 0,
	      100);
	begin(m, critics, WORD_R_CRITICS, -100, 100);
	put(&critics->note, word(m, WORD_R_CRITICS_NOTE));
	m->report->causes = G_N_ELEMENTS(reasons);
	m->report->cause = g_new0(struct report_cause, m->report->causes);
	for (unsigned i = 0; i < m->report->causes; i++) {
		struct report_cause *c = &m->report->cause[i];

		c->text = text(m, reasons[i][m->language]);
		c->responsible = text(m, i % 3 == 0   ? "И. Петрова"
					 : i % 3 == 1 ? ""
						      : "A. Weber");
		c->count = n / (int64_t)(3 + 2 * i);
		c->share = figure_share(c->count, n, MIN_N);
		c->change = figure_share_change(c->count, n, n / 6, n, MIN_N);
		report_table_figure(table, g_strdup(c->text), c->share)->count = c->count;
		report_table_figure(
			&m->report->section[REPORT_CAUSES_BY_POINT],
			g_strdup_printf("%s: %s", i < 3 ? "queue" : "goods", c->text),
			c->share)
			->count = c->count;
	}
	table->line[0].is_marked = true;
	put(&table->line[0].note, word(m, WORD_R_WORSE));
	for (int i = 1; i < 4; i++) {
		struct report_line *line = report_table_figure(
			critics, text(m, questions[i].question),
			figure_share_change(n / (i + 2), n / 2, n / 6, n, MIN_N));

		line->count = n / 2;
		line->is_marked = figure_is_change(&line->figure);
	}
}

static void make_visits(struct making *m, int64_t n)
{
	begin(m, &m->report->section[REPORT_RATES], WORD_R_RATES, 0, 100);
	add_share(m, REPORT_RATES, WORD_R_RESPONSE, n / 8, n);
	add_share(m, REPORT_RATES, WORD_R_OFFER, n * 9 / 10, n);
	begin(m, &m->report->section[REPORT_OUTCOMES], WORD_R_OUTCOMES, 0, 0);
	for (int i = 0; i <= WORD_R_COMPLAINTS - WORD_R_COMPLETED; i++)
		report_table_count(&m->report->section[REPORT_OUTCOMES],
				   word(m, (enum word)(WORD_R_COMPLETED + i)),
				   n / (3 + i));
	begin(m, &m->report->section[REPORT_FUNNEL], WORD_R_FUNNEL, 0, 100);
	report_table_count(&m->report->section[REPORT_FUNNEL], word(m, WORD_R_PASSED),
			   n * 12);
	add_share(m, REPORT_FUNNEL, WORD_R_ENTERED, n * 2, n * 12);
	add_share(m, REPORT_FUNNEL, WORD_R_BOUGHT, n, n * 2);
	struct report_line *line = report_table_count(&m->report->section[REPORT_FUNNEL],
						      word(m, WORD_R_ASKED), n + 1);
	line->is_marked = true;
	put(&line->note, word(m, WORD_R_CONTRADICTION));
	begin(m, &m->report->section[REPORT_RATE_BY_HOUR], WORD_R_RATE_BY_HOUR, 0, 100);
	for (int hour = 8; hour < 22; hour++)
		report_table_figure(&m->report->section[REPORT_RATE_BY_HOUR],
				    g_strdup_printf("%02d", hour),
				    figure_share(draw(m, n / 40 + 1), n / 14, MIN_N));
	begin(m, &m->report->section[REPORT_FLAGS], WORD_R_FLAGS, 0, 100);
	add_share(m, REPORT_FLAGS, WORD_R_FLAG_ANY, n / 90, n / 8);
	add_share(m, REPORT_FLAGS, WORD_R_FLAG_FAST, n / 200, n / 8);
	begin(m, &m->report->section[REPORT_CASHIERS], WORD_R_CASHIERS, 0, 100);
	for (unsigned i = 0; i < size_of[m->which].cashiers; i++)
		report_table_figure(&m->report->section[REPORT_CASHIERS],
				    g_strdup_printf("K%02u", i + 1),
				    figure_share(draw(m, n / 20 + 1), n / 20, MIN_N));
	begin(m, &m->report->section[REPORT_QUEUE], WORD_R_QUEUE, 0, 0);
	if (m->which == REPORT_FIXTURE_HIDDEN)
		put(&m->report->section[REPORT_QUEUE].note,
		    word(m, WORD_R_MISSING_QUEUE));
	else
		add_sum(m, REPORT_QUEUE, WORD_R_QUEUE_ASKED, 8.4, n / 8);
}

static void make_people(struct making *m, int64_t n)
{
	char title[128];

	begin(m, &m->report->section[REPORT_CUSTOMERS], WORD_R_CUSTOMERS, 0, 100);
	report_table_count(&m->report->section[REPORT_CUSTOMERS],
			   word(m, WORD_R_ACTIVE_START), n / 5);
	report_table_count(&m->report->section[REPORT_CUSTOMERS],
			   word(m, WORD_R_SLEEPING), n / 9);
	add_share(m, REPORT_CUSTOMERS, WORD_R_RETENTION, n / 6, n / 5);
	add_share(m, REPORT_CUSTOMERS, WORD_R_CHURN, n / 5 - n / 6, n / 5);
	begin(m, &m->report->section[REPORT_MONEY], WORD_R_MONEY, 0, 0);
	words_fill(title, sizeof title, words_text(m->words, WORD_R_MONEY, m->language),
		   "currency", "RUB", NULL);
	put(&m->report->section[REPORT_MONEY].title, text(m, title));
	add_sum(m, REPORT_MONEY, WORD_R_BILL, 612.35, n);
	add_sum(m, REPORT_MONEY, WORD_R_CHURN_COST, 128450.5, n / 30);
	put(&m->report->section[REPORT_MONEY].note, word(m, WORD_R_NO_NEW));
	begin(m, &m->report->section[REPORT_LOYAL], WORD_R_LOYAL, 0, 0);
	add_sum(m, REPORT_LOYAL, WORD_R_PROMOTERS, 701.2, n / 17);
	add_sum(m, REPORT_LOYAL, WORD_R_CRITIC, 488.9, n / 60);
}

static void make_actions(struct making *m)
{
	m->report->actions = G_N_ELEMENTS(deeds);
	m->report->action = g_new0(struct report_action, m->report->actions);
	for (unsigned i = 0; i < m->report->actions; i++) {
		struct report_action *a = &m->report->action[i];
		struct score_count before = count(m, 300, 48, 30),
				   after = count(m, 280, 60, 20);

		*a = (struct report_action){
			.id = i + 1,
			.day = FIRST_DAY + 4 + 9 * (int32_t)i,
			.point = g_strdup(i == 1   ? ""
					  : i == 0 ? "till"
						   : "hall"),
			.text = text(m, deeds[i][m->language]),
			.responsible = text(m, "И. Петрова"),
			.in_period = true,
			.score_title = text(m, "queue"),
			.before = figure_score(SCORE_SHARE, &before, MIN_N),
			.after = figure_score(SCORE_SHARE, &after, MIN_N),
			.change = figure_score_change(SCORE_SHARE, &after, &before,
						      MIN_N),
		};
	}
}

static void make_first(struct making *m)
{
	char figure[FIGURE_TEXT_MAX], sentence[512];
	const struct report_score *s = m->report->score;
	g_autoptr(GPtrArray) first = g_ptr_array_new();

	if (!figure_is_shown(&s->score)) {
		g_ptr_array_add(first, word(m, WORD_R_FIRST_FEW));
	} else {
		figure_format(&s->change, &m->report->figure_words, figure);
		words_fill(sentence, sizeof sentence,
			   words_text(m->words, WORD_R_FIRST_FELL, m->language), "what",
			   s->title, "figure", figure, NULL);
		g_ptr_array_add(first, text(m, sentence));
		figure_format(&m->report->cause[0].share, &m->report->figure_words,
			      figure);
		words_fill(sentence, sizeof sentence,
			   words_text(m->words, WORD_R_FIRST_CAUSE, m->language), "what",
			   m->report->cause[0].text, "figure", figure, "who",
			   "И. Петрова", NULL);
		g_ptr_array_add(first, text(m, sentence));
	}
	g_ptr_array_add(first, NULL);
	g_strfreev(m->report->first);
	m->report->first = (char **)g_ptr_array_free(g_steal_pointer(&first), FALSE);
}

/* ---- the whole ------------------------------------------------------------------------ */

static void make_title(struct making *m)
{
	struct report *r = m->report;
	char title[512];
	const struct words *w = m->words;
	int l = m->language;

	words_fill(title, sizeof title, words_text(w, WORD_R_STORE, l), "store", "017",
		   "till", "3", NULL);
	put(&r->title, text(m, title));
	put(&r->language, g_strdup(l == 0 ? "ru" : "en"));
	words_fill(title, sizeof title, words_text(w, WORD_R_MADE, l), "time",
		   "2026-12-01 09:05", NULL);
	put(&r->made, text(m, title));
	put(&r->period.text,
	    text(m,
		 size_of[m->which].days == 1 ? "2026-11-01" : "2026-11-01..2026-11-30"));
	put(&r->before.text, text(m, "2026-10-02..2026-10-31"));
	words_fill(title, sizeof title, words_text(w, WORD_R_BEFORE, l), "period",
		   r->before.text, NULL);
	put(&r->compared, g_strdup(title));
	r->period.from = FIRST_DAY;
	r->period.to = FIRST_DAY + (int32_t)size_of[m->which].days - 1;
	r->figure_words = (struct figure_words){
		.unknown = words_text(w, WORD_R_UNKNOWN, l),
		.no_answers = words_text(w, WORD_R_NO_ANSWERS, l),
		.hidden = words_text(w, WORD_R_HIDDEN, l),
		.few = words_text(w, WORD_R_FEW, l),
		.no_interval = {[FIGURE_TOO_FEW] = words_text(w, WORD_R_TOO_FEW, l),
				[FIGURE_ALL_EQUAL] = words_text(w, WORD_R_ALL_EQUAL, l),
				[FIGURE_NO_METHOD] = words_text(w, WORD_R_SUM, l)},
	};
}

const char *report_fixture_name(enum report_fixture which)
{
	return size_of[which].name;
}

struct report *report_fixture(enum report_fixture which, const struct words *words,
			      int language)
{
	struct making m = {words, report_new(), which, language, 7, 0};
	struct report *r = m.report;
	int64_t visits = size_of[which].a_day * size_of[which].days * 10;

	make_title(&m);
	r->visits = visits;
	r->is_open = which == REPORT_FIXTURE_DAY;
	r->is_month = size_of[which].days >= 30 && which != REPORT_FIXTURE_YEAR;
	r->scores = size_of[which].questions;
	r->score = g_new0(struct report_score, r->scores);
	for (unsigned i = 0; i < r->scores; i++)
		make_score(&m, i, &r->score[i]);
	if (which == REPORT_FIXTURE_EMPTY || which == REPORT_FIXTURE_ONE)
		return r;
	make_causes(&m, visits / 40);
	make_visits(&m, visits);
	make_people(&m, visits);
	if (size_of[which].days > 1)
		make_actions(&m);
	make_first(&m);
	g_strfreev(r->missing);
	r->missing = g_new0(char *, 3);
	r->missing[0] = word(&m, WORD_R_MISSING_MARKETING);
	r->missing[1] = word(&m, WORD_R_MISSING_TILL);
	return r;
}
