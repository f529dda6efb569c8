#include "report_model.h"

static char *empty(void)
{
	return g_strdup("");
}

struct report *report_new(void)
{
	struct report *report = g_new0(struct report, 1);

	report->title = empty();
	report->language = empty();
	report->made = empty();
	report->compared = empty();
	report->period.text = empty();
	report->before.text = empty();
	report->first = g_new0(char *, 1);
	report->missing = g_new0(char *, 1);
	for (int i = 0; i < REPORT_SECTIONS; i++) {
		report->section[i].title = empty();
		report->section[i].note = empty();
	}
	return report;
}

static void clear_table(struct report_table *table)
{
	for (unsigned i = 0; i < table->n; i++) {
		g_free(table->line[i].label);
		g_free(table->line[i].note);
	}
	g_free(table->line);
	g_free(table->title);
	g_free(table->note);
}

static void clear_score(struct report_score *score)
{
	g_free(score->question);
	g_free(score->point);
	g_free(score->text);
	g_free(score->title);
	g_free(score->short_title);
	g_free(score->day);
	clear_table(&score->distribution);
	for (int i = 0; i < REPORT_BYS; i++)
		clear_table(&score->by[i]);
}

static void clear_actions(struct report *report)
{
	for (unsigned i = 0; i < report->actions; i++) {
		g_free(report->action[i].point);
		g_free(report->action[i].text);
		g_free(report->action[i].responsible);
		g_free(report->action[i].score_title);
	}
	g_free(report->action);
}

static void clear_causes(struct report *report)
{
	for (unsigned i = 0; i < report->causes; i++) {
		g_free(report->cause[i].text);
		g_free(report->cause[i].responsible);
	}
	g_free(report->cause);
}

void report_free(struct report *report)
{
	if (report == NULL)
		return;
	for (unsigned i = 0; i < report->scores; i++)
		clear_score(&report->score[i]);
	g_free(report->score);
	for (int i = 0; i < REPORT_SECTIONS; i++)
		clear_table(&report->section[i]);
	clear_actions(report);
	clear_causes(report);
	g_free(report->title);
	g_free(report->language);
	g_free(report->made);
	g_free(report->compared);
	g_free(report->period.text);
	g_free(report->before.text);
	g_strfreev(report->first);
	g_strfreev(report->missing);
	g_free(report);
}

struct report_line *report_table_add(struct report_table *table, char *label)
{
	table->line = g_renew(struct report_line, table->line, table->n + 1);
	table->line[table->n] = (struct report_line){
		.label = label,
		.figure = figure_unknown(),
		.count = REPORT_NO_COUNT,
		.note = empty(),
	};
	return &table->line[table->n++];
}

struct report_line *report_table_figure(struct report_table *table, char *label,
					struct figure figure)
{
	struct report_line *line = report_table_add(table, label);

	line->has_figure = true;
	line->figure = figure;
	return line;
}

struct report_line *report_table_count(struct report_table *table, char *label,
				       int64_t count)
{
	struct report_line *line = report_table_add(table, label);

	line->count = count;
	return line;
}

bool report_table_is_empty(const struct report_table *table)
{
	return table->n == 0 && (table->note == NULL || *table->note == '\0');
}
