/* report_fixture_shop: causes, visits, customers, actions */
#include "tests/lib/report_fixture_parts.h"

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

static void add_share(struct fixture_making *m, enum report_section section,
		      enum word label, int64_t part, int64_t n)
{
	report_table_figure(&m->report->section[section], fixture_word(m, label),
			    figure_share(part, n, MIN_N))
		->count = part;
}

static void add_sum(struct fixture_making *m, enum report_section section,
		    enum word label, double value, int64_t n)
{
	report_table_figure(&m->report->section[section], fixture_word(m, label),
			    figure_sum(value, n, 2, MIN_N));
}

void fixture_make_causes(struct fixture_making *m, int64_t n)
{
	struct report_table *table = &m->report->section[REPORT_CAUSES];
	struct report_table *critics = &m->report->section[REPORT_CRITICS];

	fixture_begin(m, table, WORD_R_CAUSES, 0, 100);
	fixture_begin(m, &m->report->section[REPORT_CAUSES_BY_POINT],
		      WORD_R_CAUSES_BY_POINT, 0, 100);
	fixture_begin(m, critics, WORD_R_CRITICS, -100, 100);
	fixture_put(&critics->note, fixture_word(m, WORD_R_CRITICS_NOTE));
	m->report->causes = G_N_ELEMENTS(reasons);
	m->report->cause = g_new0(struct report_cause, m->report->causes);
	for (unsigned i = 0; i < m->report->causes; i++) {
		struct report_cause *c = &m->report->cause[i];

		c->text = fixture_text(m, reasons[i][m->language]);
		c->responsible = fixture_text(m, i % 3 == 0   ? "И. Петрова"
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
	fixture_put(&table->line[0].note, fixture_word(m, WORD_R_WORSE));
	for (int i = 1; i < 4; i++) {
		struct report_line *line = report_table_figure(
			critics, fixture_text(m, m->report->score[i].question),
			figure_share_change(n / (i + 2), n / 2, n / 6, n, MIN_N));

		line->count = n / 2;
		line->is_marked = figure_is_change(&line->figure);
	}
}

void fixture_make_visits(struct fixture_making *m, int64_t n)
{
	fixture_begin(m, &m->report->section[REPORT_RATES], WORD_R_RATES, 0, 100);
	add_share(m, REPORT_RATES, WORD_R_RESPONSE, n / 8, n);
	add_share(m, REPORT_RATES, WORD_R_OFFER, n * 9 / 10, n);
	fixture_begin(m, &m->report->section[REPORT_OUTCOMES], WORD_R_OUTCOMES, 0, 0);
	for (int i = 0; i <= WORD_R_COMPLAINTS - WORD_R_COMPLETED; i++)
		report_table_count(&m->report->section[REPORT_OUTCOMES],
				   fixture_word(m, (enum word)(WORD_R_COMPLETED + i)),
				   n / (3 + i));
	fixture_begin(m, &m->report->section[REPORT_FUNNEL], WORD_R_FUNNEL, 0, 100);
	report_table_count(&m->report->section[REPORT_FUNNEL],
			   fixture_word(m, WORD_R_PASSED), n * 12);
	add_share(m, REPORT_FUNNEL, WORD_R_ENTERED, n * 2, n * 12);
	add_share(m, REPORT_FUNNEL, WORD_R_BOUGHT, n, n * 2);
	struct report_line *line = report_table_count(
		&m->report->section[REPORT_FUNNEL], fixture_word(m, WORD_R_ASKED), n + 1);
	line->is_marked = true;
	fixture_put(&line->note, fixture_word(m, WORD_R_CONTRADICTION));
	fixture_begin(m, &m->report->section[REPORT_RATE_BY_HOUR], WORD_R_RATE_BY_HOUR, 0,
		      100);
	for (int hour = 8; hour < 22; hour++)
		report_table_figure(
			&m->report->section[REPORT_RATE_BY_HOUR],
			g_strdup_printf("%02d", hour),
			figure_share(fixture_draw(m, n / 40 + 1), n / 14, MIN_N));
	fixture_begin(m, &m->report->section[REPORT_FLAGS], WORD_R_FLAGS, 0, 100);
	add_share(m, REPORT_FLAGS, WORD_R_FLAG_ANY, n / 90, n / 8);
	add_share(m, REPORT_FLAGS, WORD_R_FLAG_FAST, n / 200, n / 8);
	fixture_begin(m, &m->report->section[REPORT_CASHIERS], WORD_R_CASHIERS, 0, 100);
	for (unsigned i = 0; i < m->size->cashiers; i++)
		report_table_figure(
			&m->report->section[REPORT_CASHIERS],
			g_strdup_printf("K%02u", i + 1),
			figure_share(fixture_draw(m, n / 20 + 1), n / 20, MIN_N));
	fixture_begin(m, &m->report->section[REPORT_QUEUE], WORD_R_QUEUE, 0, 0);
	if (m->which == REPORT_FIXTURE_HIDDEN)
		fixture_put(&m->report->section[REPORT_QUEUE].note,
			    fixture_word(m, WORD_R_MISSING_QUEUE));
	else
		add_sum(m, REPORT_QUEUE, WORD_R_QUEUE_ASKED, 8.4, n / 8);
}

void fixture_make_people(struct fixture_making *m, int64_t n)
{
	char title[128];

	fixture_begin(m, &m->report->section[REPORT_CUSTOMERS], WORD_R_CUSTOMERS, 0, 100);
	report_table_count(&m->report->section[REPORT_CUSTOMERS],
			   fixture_word(m, WORD_R_ACTIVE_START), n / 5);
	report_table_count(&m->report->section[REPORT_CUSTOMERS],
			   fixture_word(m, WORD_R_SLEEPING), n / 9);
	add_share(m, REPORT_CUSTOMERS, WORD_R_RETENTION, n / 6, n / 5);
	add_share(m, REPORT_CUSTOMERS, WORD_R_CHURN, n / 5 - n / 6, n / 5);
	fixture_begin(m, &m->report->section[REPORT_MONEY], WORD_R_MONEY, 0, 0);
	words_fill(title, sizeof title, words_text(m->words, WORD_R_MONEY, m->language),
		   "currency", "RUB", NULL);
	fixture_put(&m->report->section[REPORT_MONEY].title, fixture_text(m, title));
	add_sum(m, REPORT_MONEY, WORD_R_BILL, 612.35, n);
	add_sum(m, REPORT_MONEY, WORD_R_CHURN_COST, 128450.5, n / 30);
	fixture_put(&m->report->section[REPORT_MONEY].note,
		    fixture_word(m, WORD_R_NO_NEW));
	fixture_begin(m, &m->report->section[REPORT_LOYAL], WORD_R_LOYAL, 0, 0);
	add_sum(m, REPORT_LOYAL, WORD_R_PROMOTERS, 701.2, n / 17);
	add_sum(m, REPORT_LOYAL, WORD_R_CRITIC, 488.9, n / 60);
}

void fixture_make_actions(struct fixture_making *m)
{
	m->report->actions = G_N_ELEMENTS(deeds);
	m->report->action = g_new0(struct report_action, m->report->actions);
	for (unsigned i = 0; i < m->report->actions; i++) {
		struct report_action *a = &m->report->action[i];
		struct score_count before = fixture_count(m, 300, 48, 30),
				   after = fixture_count(m, 280, 60, 20);

		*a = (struct report_action){
			.id = i + 1,
			.day = FIRST_DAY + 4 + 9 * (int32_t)i,
			.point = g_strdup(i == 1   ? ""
					  : i == 0 ? "till"
						   : "hall"),
			.text = fixture_text(m, deeds[i][m->language]),
			.responsible = fixture_text(m, "И. Петрова"),
			.in_period = true,
			.score_title = fixture_text(m, "queue"),
			.before = figure_score(SCORE_SHARE, &before, MIN_N),
			.after = figure_score(SCORE_SHARE, &after, MIN_N),
			.change = figure_score_change(SCORE_SHARE, &after, &before,
						      MIN_N),
		};
	}
}

void fixture_make_first(struct fixture_making *m)
{
	char figure[FIGURE_TEXT_MAX], sentence[512];
	const struct report_score *s = m->report->score;
	g_autoptr(GPtrArray) first = g_ptr_array_new();

	if (!figure_is_shown(&s->score)) {
		g_ptr_array_add(first, fixture_word(m, WORD_R_FIRST_FEW));
	} else {
		figure_format(&s->change, &m->report->figure_words, figure);
		words_fill(sentence, sizeof sentence,
			   words_text(m->words, WORD_R_FIRST_FELL, m->language), "what",
			   s->title, "figure", figure, NULL);
		g_ptr_array_add(first, fixture_text(m, sentence));
		figure_format(&m->report->cause[0].share, &m->report->figure_words,
			      figure);
		words_fill(sentence, sizeof sentence,
			   words_text(m->words, WORD_R_FIRST_CAUSE, m->language), "what",
			   m->report->cause[0].text, "figure", figure, "who",
			   "И. Петрова", NULL);
		g_ptr_array_add(first, fixture_text(m, sentence));
	}
	g_ptr_array_add(first, NULL);
	g_strfreev(m->report->first);
	m->report->first = (char **)g_ptr_array_free(g_steal_pointer(&first), FALSE);
}
