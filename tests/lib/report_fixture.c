#include "tests/lib/report_fixture_parts.h"

static const struct fixture_size sizes[REPORT_FIXTURES] = {
	[REPORT_FIXTURE_EMPTY] = {"empty", 1, 0, 0, 0},
	[REPORT_FIXTURE_ONE] = {"one", 1, 1, 0, 1},
	[REPORT_FIXTURE_DAY] = {"day", 1, 5, 4, 96},
	[REPORT_FIXTURE_MONTH] = {"month", 30, 5, 6, 70},
	[REPORT_FIXTURE_YEAR] = {"year", 365, 5, 6, 40},
	[REPORT_FIXTURE_MANY] = {"many", 31, 40, 30, 30},
	[REPORT_FIXTURE_HIDDEN] = {"hidden", 7, 5, 3, 0},
	[REPORT_FIXTURE_HOSTILE] = {"hostile", 31, 5, 6, 20},
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

int64_t fixture_draw(struct fixture_making *m, int64_t n)
{
	m->state = m->state * 1664525u + 1013904223u;
	return n <= 0 ? 0 : (int64_t)(m->state >> 8) % n;
}

char *fixture_text(struct fixture_making *m, const char *usual)
{
	const char *attack;

	if (m->which != REPORT_FIXTURE_HOSTILE)
		return g_strdup(usual);
	attack = report_fixture_hostile[m->hostile++];
	if (report_fixture_hostile[m->hostile] == NULL)
		m->hostile = 0;
	return g_strdup(attack);
}

char *fixture_word(struct fixture_making *m, enum word w)
{
	return fixture_text(m, words_text(m->words, w, m->language));
}

void fixture_put(char **where, char *what)
{
	g_free(*where);
	*where = what;
}

struct score_count fixture_count(struct fixture_making *m, int64_t n, int good, int bad)
{
	struct score_count c = {.n = n};

	for (int64_t i = 0; i < n; i++) {
		int64_t at = fixture_draw(m, 100);

		c.good += at < good;
		c.bad += at >= 100 - bad;
	}
	return c;
}

void fixture_begin(struct fixture_making *m, struct report_table *table, enum word title,
		   double least, double most)
{
	fixture_put(&table->title, fixture_word(m, title));
	if (table->note == NULL)
		table->note = g_strdup("");
	table->least = least;
	table->most = most;
}

static void make_title(struct fixture_making *m)
{
	struct report *r = m->report;
	char title[512];
	const struct words *w = m->words;
	int l = m->language;

	words_fill(title, sizeof title, words_text(w, WORD_R_STORE, l), "store", "017",
		   "till", "3", NULL);
	fixture_put(&r->title, fixture_text(m, title));
	fixture_put(&r->language, g_strdup(l == 0 ? "ru" : "en"));
	words_fill(title, sizeof title, words_text(w, WORD_R_MADE, l), "time",
		   "2026-12-01 09:05", NULL);
	fixture_put(&r->made, fixture_text(m, title));
	fixture_put(&r->period.text,
		    fixture_text(m, m->size->days == 1 ? "2026-11-01"
						       : "2026-11-01..2026-11-30"));
	fixture_put(&r->before.text, fixture_text(m, "2026-10-02..2026-10-31"));
	words_fill(title, sizeof title, words_text(w, WORD_R_BEFORE, l), "period",
		   r->before.text, NULL);
	fixture_put(&r->compared, g_strdup(title));
	r->period.from = FIRST_DAY;
	r->period.to = FIRST_DAY + (int32_t)m->size->days - 1;
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
	return sizes[which].name;
}

struct report *report_fixture(enum report_fixture which, const struct words *words,
			      int language)
{
	struct fixture_making m = {words, report_new(), which, &sizes[which], language, 7,
				   0};
	struct report *r = m.report;
	int64_t visits = sizes[which].a_day * sizes[which].days * 10;

	make_title(&m);
	r->visits = visits;
	r->is_open = which == REPORT_FIXTURE_DAY;
	r->is_month = sizes[which].days >= 30 && which != REPORT_FIXTURE_YEAR;
	r->scores = sizes[which].questions;
	r->score = g_new0(struct report_score, r->scores);
	for (unsigned i = 0; i < r->scores; i++)
		fixture_make_score(&m, i, &r->score[i]);
	if (which == REPORT_FIXTURE_EMPTY || which == REPORT_FIXTURE_ONE)
		return r;
	fixture_make_causes(&m, visits / 40);
	fixture_make_visits(&m, visits);
	fixture_make_people(&m, visits);
	if (sizes[which].days > 1)
		fixture_make_actions(&m);
	fixture_make_first(&m);
	g_strfreev(r->missing);
	r->missing = g_new0(char *, 3);
	r->missing[0] = fixture_word(&m, WORD_R_MISSING_MARKETING);
	r->missing[1] = fixture_word(&m, WORD_R_MISSING_TILL);
	return r;
}
