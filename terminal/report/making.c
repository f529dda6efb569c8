#include "report/making.h"

#include "day.h"

const char *making_say(const struct making *m, enum word word)
{
	return words_text(m->how->words, word, m->how->language);
}

char *making_text(const struct making *m, enum word word)
{
	return g_strdup(making_say(m, word));
}

static void replace(char **text, char *with)
{
	g_free(*text);
	*text = with;
}

struct report_table *making_section(struct making *m, enum report_section section,
				    enum word title, double least, double most)
{
	struct report_table *table = &m->report->section[section];

	replace(&table->title, making_text(m, title));
	table->least = least;
	table->most = most;
	return table;
}

void making_note(struct report_table *table, char *note)
{
	replace(&table->note, note);
}

struct report_line *making_figure(struct making *m, struct report_table *table,
				  enum word label, struct figure figure)
{
	return report_table_figure(table, making_text(m, label), figure);
}

struct report_line *making_count(struct making *m, struct report_table *table,
				 enum word label, int64_t count)
{
	return report_table_count(table, making_text(m, label), count);
}

void making_mark(struct making *m, struct report_line *line,
		 const struct figure *difference, enum word better, enum word worse)
{
	if (!figure_is_change(difference))
		return;
	line->is_marked = true;
	replace(&line->note,
		making_text(m, figure_sign(difference) > 0 ? better : worse));
}

void making_append(char ***list, char *text)
{
	guint n = g_strv_length(*list);

	*list = g_renew(char *, *list, n + 2);
	(*list)[n] = text;
	(*list)[n + 1] = NULL;
}

const struct tally_wording *making_wording(const struct tally *t, int i)
{
	return t->wordings->pdata[i];
}

static struct report_period period_of(const struct tally *t)
{
	g_autofree char *from = day_text(t->from);
	g_autofree char *to = day_text(t->to);

	return (struct report_period){
		t->from, t->to,
		t->from == t->to ? g_strdup(from) : g_strconcat(from, " .. ", to, NULL)};
}

static void make_words(struct making *m)
{
	m->report->figure_words = (struct figure_words){
		.unknown = making_say(m, WORD_R_UNKNOWN),
		.no_answers = making_say(m, WORD_R_NO_ANSWERS),
		.hidden = making_say(m, WORD_R_HIDDEN),
		.few = making_say(m, WORD_R_FEW),
		.no_interval = {[FIGURE_TOO_FEW] = making_say(m, WORD_R_TOO_FEW),
				[FIGURE_ALL_EQUAL] = making_say(m, WORD_R_ALL_EQUAL),
				[FIGURE_NO_METHOD] = making_say(m, WORD_R_SUM)},
	};
}

static void make_labels(struct making *m)
{
	static const enum word words[REPORT_LABELS] = {
		[REPORT_LABEL_OPEN] = WORD_R_OPEN,
		[REPORT_LABEL_BEFORE] = WORD_R_BEFORE,
		[REPORT_LABEL_VISITS] = WORD_R_VISITS,
		[REPORT_LABEL_EARLIER] = WORD_R_EARLIER,
		[REPORT_LABEL_CHANGE] = WORD_R_CHANGE,
		[REPORT_LABEL_BETTER] = WORD_R_BETTER,
		[REPORT_LABEL_WORSE] = WORD_R_WORSE,
		[REPORT_LABEL_SAME] = WORD_R_SAME,
		[REPORT_LABEL_MEAN] = WORD_R_MEAN,
		[REPORT_LABEL_SKIPPED] = WORD_R_SKIPPED,
		[REPORT_LABEL_BROKEN] = WORD_R_BROKEN,
		[REPORT_LABEL_TREND] = WORD_R_TREND,
		[REPORT_LABEL_ACTIONS] = WORD_R_ACTIONS,
		[REPORT_LABEL_ACTION_BEFORE] = WORD_R_ACTION_BEFORE,
		[REPORT_LABEL_ACTION_AFTER] = WORD_R_ACTION_AFTER,
		[REPORT_LABEL_CAUSES] = WORD_R_CAUSE_SHEET,
		[REPORT_LABEL_NOBODY] = WORD_R_NOBODY,
		[REPORT_LABEL_RESPONSIBLE] = WORD_R_RESPONSIBLE,
		[REPORT_LABEL_FIRST] = WORD_R_FIRST,
		[REPORT_LABEL_MISSING] = WORD_R_MISSING,
		[REPORT_LABEL_WEIGHTED] = WORD_R_WEIGHTED,
	};

	for (int i = 0; i < REPORT_LABELS; i++)
		m->report->label[i] = making_say(m, words[i]);
}

static void make_head(struct making *m)
{
	struct report *r = m->report;
	char text[256];

	words_fill(text, sizeof text, making_say(m, WORD_R_STORE), "store",
		   m->how->config->store, "till", m->how->config->till, NULL);
	replace(&r->title, g_strdup(text));
	words_fill(text, sizeof text, making_say(m, WORD_R_MADE), "time", m->how->made,
		   NULL);
	replace(&r->made, g_strdup(text));
	replace(&r->language, g_strdup(m->how->code));
	g_free(r->period.text);
	g_free(r->before.text);
	r->period = period_of(m->now);
	r->before = period_of(m->before);
	words_fill(text, sizeof text, making_say(m, WORD_R_BEFORE), "period",
		   r->before.text, NULL);
	replace(&r->compared, g_strdup(text));
	r->is_open = m->now->to >= m->how->today;
	r->is_month = m->how->is_month;
	r->visits = m->now->visits;
}

struct report *report_make(const struct tally *now, const struct tally *before,
			   const struct report_how *how)
{
	struct making m = {now, before, how, report_new(), how->config->min_n};

	make_words(&m);
	make_labels(&m);
	make_head(&m);
	making_scores(&m);
	making_answers(&m);
	making_causes(&m);
	making_customers(&m);
	making_shop(&m);
	making_first(&m);
	return m.report;
}
