#include "export/summary.h"

#include <string.h>

#include "faults.h"
#include "words.h"

#define HOURS      24
#define VALUES     (CHOICES_MAX + 1)
#define CHARTS_MAX 24
#define CHART_COLS 8 /* of the sheet that a chart covers */
#define CHART_ROWS 15

/* The answers to one question of one kind. */
struct tally {
	const char *question, *kind_name;
	enum question_kind kind;
	int64_t wording_n; /* the latest: for its text */
	const char *label[VALUES];
	int most;
	int64_t count[VALUES];
};

struct summary {
	struct archive *archive;
	const char *language;
	struct words *words;
	int64_t outcome[OUTCOME_COMPLAINT + 1];
	int64_t hour[HOURS];
	GPtrArray *tallies;
	/* being written */
	struct xlsx *x;
	lxw_worksheet *sheet;
	lxw_row_t row;
	unsigned charts;
};

static const enum word outcome_words[] = {
	[OUTCOME_COMPLETED] = WORD_R_COMPLETED,
	[OUTCOME_PARTIAL] = WORD_R_PARTIAL,
	[OUTCOME_DECLINED] = WORD_R_DECLINED,
	[OUTCOME_IGNORED] = WORD_R_IGNORED,
	[OUTCOME_NOT_ASKED] = WORD_R_NOT_ASKED,
	[OUTCOME_INTERRUPTED] = WORD_R_INTERRUPTED,
	[OUTCOME_COMPLAINT] = WORD_R_COMPLAINTS,
};

struct summary *summary_new(struct archive *archive, const char *language)
{
	struct summary *s = g_new0(struct summary, 1);
	struct faults *faults = faults_new("messages.ini");
	s->archive = archive;
	s->language = language;
	s->words = words_new(&language, 1, faults);
	s->tallies = g_ptr_array_new_with_free_func(g_free);
	faults_free(faults);
	return s;
}

void summary_free(struct summary *s)
{
	words_free(s->words);
	g_ptr_array_unref(s->tallies);
	g_free(s);
}

/* ---- counting --------------------------------------------------------------------------- */

static struct tally *tally_of(struct summary *s, const struct archive_answer *a)
{
	for (unsigned i = 0; i < s->tallies->len; i++) {
		struct tally *t = s->tallies->pdata[i];
		if (t->kind == a->kind && strcmp(t->question, a->question) == 0)
			return t;
	}
	struct tally *t = g_new0(struct tally, 1);
	t->question = a->question;
	t->kind = a->kind;
	t->kind_name = a->kind_name;
	g_ptr_array_add(s->tallies, t);
	return t;
}

static void count_answer(struct summary *s, const struct archive_answer *a)
{
	if (!a->has_value || a->value < 0 || a->value >= VALUES)
		return;
	struct tally *t = tally_of(s, a);
	t->wording_n = MAX(t->wording_n, a->wording_n);
	t->count[a->value]++;
	t->most = MAX(t->most, a->value);
	if (t->label[a->value] == NULL)
		t->label[a->value] = archive_choice_text(s->archive, a->wording_n,
							 a->value, s->language);
}

void summary_add(struct summary *s, const struct archive_visit *v)
{
	if (strcmp(v->respondent, respondent_name(RESPONDENT_CUSTOMER)) != 0 ||
	    strcmp(v->reason, reason_name(REASON_TRAINING)) == 0)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(outcome_words); i++)
		if (strcmp(v->outcome, outcome_name((enum outcome)i)) == 0)
			s->outcome[i]++;
	int64_t local_s = v->started_ms / 1000 + v->started_offset_s;
	s->hour[(local_s % 86400 + 86400) % 86400 / 3600]++;
	for (unsigned i = 0; i < v->answers; i++)
		count_answer(s, &v->answer[i]);
}

/* ---- writing ---------------------------------------------------------------------------- */

static const char *word(struct summary *s, enum word word)
{
	return words_text(s->words, word, 0);
}

static void put_value(struct summary *s, lxw_col_t column, const struct value *value)
{
	static const struct cell_style typed = {.use = CELL_SHEET};
	struct cell_scratch scratch;
	xlsx_put(s->x, s->sheet, s->row, column, cell_of_value(value, &typed, &scratch));
}

static void put_text(struct summary *s, lxw_col_t column, const char *text)
{
	struct value value = {.kind = *text != '\0' ? VALUE_TEXT : VALUE_ABSENT,
			      .text = text};
	put_value(s, column, &value);
}

static void put_number(struct summary *s, lxw_col_t column, int64_t number)
{
	struct value value = {.kind = VALUE_INTEGER, .number = number};
	put_value(s, column, &value);
}

static void put_day(struct summary *s, lxw_col_t column, int32_t day)
{
	struct value value = {.kind = VALUE_DAY, .number = day};
	put_value(s, column, &value);
}

/* A chart beside the tables, two in a row, over the last ROWS lines written. */
static void add_chart(struct summary *s, uint8_t type, const char *title, lxw_row_t rows)
{
	if (s->charts == CHARTS_MAX || s->sheet == NULL)
		return;
	lxw_chart *chart = workbook_add_chart(xlsx_book(s->x), type);
	lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
	lxw_row_t first = s->row - rows, last = s->row - 1;
	const char *sheet = word(s, WORD_SUMMARY);
	chart_series_set_categories(series, sheet, first, 0, last, 0);
	chart_series_set_values(series, sheet, first, 1, last, 1);
	chart_series_set_labels(series);
	chart_title_set_name(chart, title);
	chart_title_set_name_font(chart, &(lxw_chart_font){.size = 12});
	chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
	/* the bars bear their numbers; in a bar chart y is the axis of categories */
	lxw_chart_axis *values = type == LXW_CHART_BAR ? chart->x_axis : chart->y_axis;
	chart_axis_off(values);
	chart_axis_major_gridlines_set_visible(values, LXW_FALSE);
	if (type == LXW_CHART_BAR) /* the first line on top, as in the table */
		chart_axis_set_reverse(chart->y_axis);
	worksheet_insert_chart(s->sheet, s->charts / 2 * (CHART_ROWS + 1),
			       (lxw_col_t)(3 + s->charts % 2 * CHART_COLS), chart);
	s->charts++;
}

static void put_head(struct summary *s, const char *title, const char *label,
		     const char *count)
{
	s->row++;
	if (title != NULL) {
		put_text(s, 0, title);
		s->row++;
	}
	put_text(s, 0, label);
	put_text(s, 1, count);
	if (s->sheet != NULL)
		worksheet_set_row(s->sheet, s->row, LXW_DEF_ROW_HEIGHT, xlsx_bold(s->x));
	s->row++;
}

static void put_outcomes(struct summary *s)
{
	int64_t all = 0;
	put_head(s, NULL, word(s, WORD_SUMMARY_OUTCOME), word(s, WORD_SUMMARY_VISITS));
	for (size_t i = 0; i < G_N_ELEMENTS(outcome_words); i++, s->row++) {
		put_text(s, 0, word(s, outcome_words[i]));
		put_number(s, 1, s->outcome[i]);
		all += s->outcome[i];
	}
	add_chart(s, LXW_CHART_BAR, word(s, WORD_SUMMARY_VISITS),
		  G_N_ELEMENTS(outcome_words));
	put_text(s, 0, word(s, WORD_SUMMARY_ALL));
	put_number(s, 1, all);
	s->row++;
}

static void put_hours(struct summary *s)
{
	put_head(s, NULL, word(s, WORD_SUMMARY_HOUR), word(s, WORD_SUMMARY_BY_HOUR));
	for (int i = 0; i < HOURS; i++, s->row++) {
		put_number(s, 0, i);
		put_number(s, 1, s->hour[i]);
	}
	add_chart(s, LXW_CHART_COLUMN, word(s, WORD_SUMMARY_BY_HOUR), HOURS);
}

/* Every value of the scale has a line, also one that nobody chose. */
static void value_range(const struct tally *t, int *least, int *most)
{
	struct question q = {.kind = t->kind, .choices = (uint8_t)t->most};
	question_range(&q, least, most);
}

static void put_label(struct summary *s, const struct tally *t, int value)
{
	switch (t->kind) {
	case QUESTION_YESNO:
		put_text(s, 0, word(s, value != 0 ? WORD_YES : WORD_NO));
		break;
	case QUESTION_CHOICE:
		put_text(s, 0, t->label[value] != NULL ? t->label[value] : "");
		break;
	case QUESTION_SMILEY:
	case QUESTION_NPS10:
	case QUESTION_NPS11:
	case QUESTION_WORDS:
		put_number(s, 0, value);
		break;
	}
}

static void put_tally(struct summary *s, const struct tally *t)
{
	int least, most, lines = 0;
	g_autofree char *title = g_strdup_printf("%s (%s)", t->question, t->kind_name);
	const char *text = archive_wording_text(s->archive, t->wording_n, s->language);
	put_head(s, text, title, word(s, WORD_SUMMARY_ANSWERS));
	value_range(t, &least, &most);
	for (int value = least; value <= most; value++) {
		if (t->kind == QUESTION_CHOICE && t->count[value] == 0)
			continue;
		put_label(s, t, value);
		put_number(s, 1, t->count[value]);
		lines++;
		s->row++;
	}
	add_chart(s, t->kind == QUESTION_CHOICE ? LXW_CHART_BAR : LXW_CHART_COLUMN,
		  *text != '\0' ? text : title, (lxw_row_t)lines);
}

void summary_begin(struct summary *s, struct xlsx *x)
{
	s->x = x;
	s->sheet = xlsx_sheet(x, word(s, WORD_SUMMARY));
}

void summary_write(struct summary *s, const char *store, const char *till, int32_t from,
		   int32_t to)
{
	if (s->sheet != NULL) {
		worksheet_set_column(s->sheet, 0, 0, 30, NULL);
		worksheet_set_column(s->sheet, 1, 1, 20, NULL);
		worksheet_set_landscape(s->sheet);
		worksheet_set_paper(s->sheet, 9); /* A4 */
		worksheet_fit_to_pages(s->sheet, 1, 0);
	}
	put_text(s, 0, word(s, WORD_SUMMARY_STORE));
	put_text(s, 1, store);
	s->row++;
	put_text(s, 0, word(s, WORD_SUMMARY_TILL));
	put_text(s, 1, till);
	s->row++;
	put_text(s, 0, word(s, WORD_SUMMARY_DAY));
	put_day(s, 1, from);
	if (to != from)
		put_day(s, 2, to);
	s->row++;
	put_outcomes(s);
	put_hours(s);
	for (unsigned i = 0; i < s->tallies->len; i++)
		put_tally(s, s->tallies->pdata[i]);
}
