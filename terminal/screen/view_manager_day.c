#include "screen/panel.h"

#include <glib.h>
#include <stdio.h>

#define TEXT_MAX      256
#define PLOT_LEAST    3 /* rows below which no plot is drawn */
#define PLOT_MOST     14
#define LABEL_COLS    12
#define WORDING_LINES 2

/* "25.11.2026, today   2/7" */
static struct panel open_day(struct sheet *sheet)
{
	const struct page_manager *m = &sheet->page->manager;
	char day[16], text[TEXT_MAX], number[24] = "";

	panel_day(sheet, m->day, day);
	if (!m->awaits)
		g_snprintf(number, sizeof(number), "   %d/%d", m->item + 1,
			   page_day_pages(&m->findings));
	g_snprintf(text, sizeof(text), "%s%s%s%s", day, m->day == m->today ? ", " : "",
		   m->day == m->today ? sheet_cashier_word(sheet, WORD_TODAY) : "",
		   number);
	return panel_open(sheet, text, WORD_KEYS_DAY);
}

/* ---- plots of columns ----------------------------------------------------------------------- */

struct plot {
	struct area area; /* of the columns */
	int each;         /* columns of cells a value */
	uint32_t most;
};

/* COUNT as a column of half cells, in MARK where it is no full block. */
static void draw_column(struct sheet *sheet, const struct plot *plot, int i,
			uint32_t count, uint32_t mark, enum style style)
{
	struct canvas *c = sheet->canvas;
	uint64_t dots = 2u * (uint64_t)plot->area.rows;
	uint64_t halves = plot->most > 0 ? (count * dots + plot->most - 1) / plot->most
					 : 0;
	bool block = mark == L'█';

	for (int k = 0; k < plot->area.rows && 2u * (uint64_t)k < halves; k++) {
		bool half = block && 2u * (uint64_t)k + 1 == halves;
		uint32_t character = half ? L'▄' : mark;

		for (int x = 0; x < MAX(plot->each - 1, 1); x++)
			canvas_draw(c, plot->area.row + plot->area.rows - 1 - k,
				    plot->area.col + i * plot->each + x, style,
				    character);
	}
}

/* NUMBER below column I, cut where it would touch the next. */
static void draw_below(struct sheet *sheet, const struct plot *plot, int i, int row,
		       int64_t number, int cols)
{
	char text[24];

	g_snprintf(text, sizeof(text), "%" G_GINT64_FORMAT, number);
	if (sheet_width(text) <= cols)
		sheet_text(sheet, row, plot->area.col + i * plot->each, cols, false,
			   STYLE_HINT, text);
}

/* ---- the day at a glance -------------------------------------------------------------------- */

static const enum word outcome_words[OUTCOMES] = {
	[OUTCOME_COMPLETED] = WORD_OUTCOME_COMPLETED,
	[OUTCOME_PARTIAL] = WORD_OUTCOME_PARTIAL,
	[OUTCOME_DECLINED] = WORD_OUTCOME_DECLINED,
	[OUTCOME_IGNORED] = WORD_OUTCOME_IGNORED,
	[OUTCOME_NOT_ASKED] = WORD_OUTCOME_NOT_ASKED,
	[OUTCOME_INTERRUPTED] = WORD_OUTCOME_INTERRUPTED,
	[OUTCOME_COMPLAINT] = WORD_OUTCOME_COMPLAINT,
};

static void draw_outcomes(struct panel *p, const struct day_findings *day)
{
	/* where lines lack, the last ones go */
	static const enum outcome order[] = {OUTCOME_COMPLETED,  OUTCOME_COMPLAINT,
					     OUTCOME_PARTIAL,    OUTCOME_DECLINED,
					     OUTCOME_IGNORED,    OUTCOME_NOT_ASKED,
					     OUTCOME_INTERRUPTED};
	uint32_t most = 1;

	for (int o = 0; o < OUTCOMES; o++)
		most = MAX(most, day->outcome[o]);
	for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
		panel_bar(p, sheet_cashier_word(p->sheet, outcome_words[order[i]]),
			  LABEL_COLS, day->outcome[order[i]], most, false);
}

static void draw_hours(struct panel *p, const struct day_findings *day)
{
	struct canvas *c = p->sheet->canvas;
	struct plot plot = {.most = 0};
	char legend[TEXT_MAX];
	int rows = MIN(panel_left(p) - 3, PLOT_MOST);

	if (rows < PLOT_LEAST)
		return;
	for (int hour = 0; hour < DAY_HOURS; hour++)
		plot.most = MAX(plot.most, day->asked[hour]);
	panel_number(p, STYLE_PLAIN, WORD_BY_HOUR, plot.most, 0);
	plot.each = p->cols / DAY_HOURS;
	plot.area = (struct area){p->row, p->left, rows, plot.each * DAY_HOURS};
	for (int hour = 0; hour < DAY_HOURS; hour++) {
		draw_column(p->sheet, &plot, hour, day->asked[hour],
			    c->ascii_only ? '.' : L'░', STYLE_PLAIN);
		draw_column(p->sheet, &plot, hour, day->answered[hour],
			    c->ascii_only ? '#' : L'█', STYLE_BAR);
		if (hour % 3 == 0)
			draw_below(p->sheet, &plot, hour, p->row + rows, hour,
				   3 * plot.each - 1);
	}
	p->row += rows + 1;
	g_snprintf(legend, sizeof(legend), "%s %s   %s %s", c->ascii_only ? "#" : "█",
		   sheet_cashier_word(p->sheet, WORD_HOURS_ANSWERED),
		   c->ascii_only ? "." : "░",
		   sheet_cashier_word(p->sheet, WORD_HOURS_ASKED));
	panel_text(p, STYLE_HINT, legend);
}

static void draw_others(struct panel *p, const struct day_findings *day)
{
	if (day->staff + day->mystery > 0)
		panel_number(p, STYLE_PLAIN, WORD_OTHER_VISITS, day->staff, day->mystery);
	if (day->training > 0)
		panel_number(p, STYLE_PLAIN, WORD_TRAINING_VISITS, day->training, 0);
}

/* Without a till both lack the same: it is said as the report says it. */
static void draw_rates(struct panel *p, const struct day_findings *day)
{
	if (day->response.state == FIGURE_UNKNOWN) {
		panel_pair(p, sheet_cashier_word(p->sheet, WORD_RESPONSE),
			   sheet_cashier_word(p->sheet, WORD_R_NO_TILL));
		return;
	}
	panel_figure(p, WORD_RESPONSE, &day->response);
	panel_figure(p, WORD_OFFERED, &day->offer);
}

void view_manager_day(struct sheet *sheet)
{
	const struct page_manager *m = &sheet->page->manager;
	const struct day_findings *day = &m->findings.of_day;
	struct panel p = open_day(sheet);

	if (!view_manager_has(&p, INQUIRY_DAY))
		return;
	if (findings_day_is_empty(day)) {
		panel_word(&p, STYLE_PLAIN, WORD_NO_VISITS);
		return;
	}
	if (m->item == MANAGER_DAY_HOURS) {
		draw_hours(&p, day);
		return;
	}
	if (day->has_nps)
		panel_figure(&p, WORD_NPS, &day->nps);
	draw_rates(&p, day);
	panel_space(&p);
	draw_outcomes(&p, day);
	draw_others(&p, day);
	panel_space(&p);
	draw_hours(&p, day);
}

/* ---- a question -------------------------------------------------------------------------------- */

static uint32_t greatest(const struct question_findings *q)
{
	uint32_t most = 1;

	for (int i = 0; i < q->lines; i++)
		most = MAX(most, q->count[i]);
	return most;
}

static void draw_choices(struct panel *p, const struct question_findings *q)
{
	int label_cols = 0;

	for (int i = 0; i < q->lines; i++)
		label_cols = MAX(label_cols, sheet_width(q->label[i]));
	label_cols = MIN(label_cols, p->cols - 14);
	for (int i = 0; i < q->lines; i++)
		panel_bar(p, q->label[i], label_cols, q->count[i], greatest(q),
			  (q->low >> i & 1) != 0);
}

static void draw_yesno(struct panel *p, const struct question_findings *q)
{
	panel_bar(p, sheet_cashier_word(p->sheet, WORD_YES), LABEL_COLS, q->count[1],
		  greatest(q), false);
	panel_bar(p, sheet_cashier_word(p->sheet, WORD_NO), LABEL_COLS, q->count[0],
		  greatest(q), true);
}

/* A column a value; below it the value and how often it was given. */
static void draw_scale(struct panel *p, const struct question_findings *q)
{
	struct canvas *c = p->sheet->canvas;
	int rows = MIN(panel_left(p) - 2, PLOT_MOST);
	struct plot plot = {.most = greatest(q), .each = MIN(p->cols / q->lines, 8)};

	if (rows < 1)
		return;
	plot.area = (struct area){p->row, p->left, rows, plot.each * q->lines};
	for (int i = 0; i < q->lines; i++) {
		draw_column(p->sheet, &plot, i, q->count[i], c->ascii_only ? '#' : L'█',
			    STYLE_BAR);
		draw_below(p->sheet, &plot, i, p->row + rows, q->first + i,
			   plot.each - 1);
		draw_below(p->sheet, &plot, i, p->row + rows + 1, q->count[i],
			   plot.each - 1);
	}
	p->row += rows + 2;
}

static enum word score_word(enum question_kind kind)
{
	switch (kind) {
	case QUESTION_NPS10:
	case QUESTION_NPS11:
		return WORD_NPS;
	case QUESTION_SMILEY:
		return WORD_SATISFIED;
	case QUESTION_YESNO:
		return WORD_SHARE_YES;
	case QUESTION_CHOICE:
		return WORD_SHARE_GOOD;
	case QUESTION_WORDS:
		break;
	}
	g_assert_not_reached();
}

static void draw_scores(struct panel *p, const struct question_findings *q)
{
	bool big = panel_left(p) > 12;
	const struct figure *staff = &q->score[RESPONDENT_STAFF];
	const struct figure *mystery = &q->score[RESPONDENT_MYSTERY];

	if (q->score[RESPONDENT_CUSTOMER].state == FIGURE_UNKNOWN)
		return;
	panel_figure(p, score_word(q->kind), &q->score[RESPONDENT_CUSTOMER]);
	if (big && q->mean.state != FIGURE_UNKNOWN)
		panel_figure(p, WORD_MEAN, &q->mean);
	if (big && staff->n > 0)
		panel_figure(p, WORD_STAFF, staff);
	if (big && mystery->n > 0)
		panel_figure(p, WORD_MYSTERY, mystery);
}

static void draw_answers(struct panel *p, const struct question_findings *q)
{
	if (q->lines == 0 && q->kind != QUESTION_WORDS) {
		panel_word(p, STYLE_HINT, WORD_FIG_HIDDEN);
		return;
	}
	switch (q->kind) {
	case QUESTION_SMILEY:
	case QUESTION_NPS10:
	case QUESTION_NPS11:
		draw_scale(p, q);
		break;
	case QUESTION_YESNO:
		draw_yesno(p, q);
		break;
	case QUESTION_CHOICE:
		draw_choices(p, q);
		break;
	case QUESTION_WORDS:
		panel_word(p, STYLE_PLAIN, WORD_WORDS_ELSEWHERE);
		break;
	}
}

void view_manager_question(struct sheet *sheet)
{
	const struct question_findings *q = &sheet->page->manager.findings.of_question;
	struct panel p = open_day(sheet);

	if (!view_manager_has(&p, INQUIRY_QUESTION))
		return;
	panel_lines(&p, STYLE_PLAIN, q->text, WORDING_LINES);
	panel_space(&p);
	draw_scores(&p, q);
	if (q->kind != QUESTION_CHOICE || q->score[0].state == FIGURE_UNKNOWN ||
	    panel_left(&p) > q->lines)
		panel_number(&p, STYLE_PLAIN, WORD_ANSWERS, q->answers, q->skipped);
	panel_space(&p);
	draw_answers(&p, q);
}
