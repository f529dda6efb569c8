#include "export/table.h"

#include <string.h>

#include "export/csv.h"
#include "export/jsonl.h"
#include "export/rows.h"
#include "export/summary.h"
#include "export/xlsx.h"

static const struct {
	const char *name, *file;
} tables[TABLES] = {
	[TABLE_VISITS] = {"visits", "survey"},
	[TABLE_ANSWERS] = {"answers", "answers"},
	[TABLE_CARDS] = {"cards", "cards"},
};
static const char *const formats[EXPORT_FORMATS] = {
	[EXPORT_CSV] = "csv", [EXPORT_JSONL] = "jsonl", [EXPORT_XLSX] = "xlsx"};

const char *table_name(enum table_what what)
{
	return tables[what].name;
}

const char *table_file(enum table_what what)
{
	return tables[what].file;
}

const char *table_format_name(enum export_format format)
{
	return formats[format];
}

int table_find(const char *name)
{
	for (int i = 0; i < TABLES; i++)
		if (strcmp(tables[i].name, name) == 0)
			return i;
	return -1;
}

int table_find_format(const char *name)
{
	for (int i = 0; i < EXPORT_FORMATS; i++)
		if (strcmp(formats[i], name) == 0)
			return i;
	return -1;
}

/* A table on its way. */
struct work {
	struct table *table;
	struct rows_how how;
	struct record *record;
	struct sink *sink;
	struct xlsx *xlsx;
	struct summary *summary; /* NULL: none */
	int64_t rows;
};

static void put_record(struct work *w)
{
	w->rows++;
	switch (w->table->format) {
	case EXPORT_CSV:
		csv_row(w->sink, &w->table->style, w->record);
		break;
	case EXPORT_JSONL:
		jsonl_row(w->sink, w->record);
		break;
	case EXPORT_XLSX:
		xlsx_row(w->xlsx, w->record);
		break;
	}
}

/* False when it is no use to go on. */
static bool go_on(struct work *w)
{
	struct table *t = w->table;
	t->done++;
	if (t->progress != NULL && t->done % 1024 == 0)
		progress_show(t->progress, t->done, MAX(t->total, t->done) + 1);
	return w->sink == NULL || !w->sink->failed;
}

static bool put_visit(void *self, const struct archive_visit *visit)
{
	struct work *w = self;
	rows_visit(w->record, &w->how, visit);
	put_record(w);
	if (w->summary != NULL)
		summary_add(w->summary, visit);
	return go_on(w);
}

static bool put_answers(void *self, const struct archive_visit *visit)
{
	struct work *w = self;
	for (unsigned i = 0; i < visit->answers; i++) {
		if (visit->answer[i].earlier)
			continue;
		rows_answer(w->record, visit, &visit->answer[i]);
		put_record(w);
	}
	return go_on(w);
}

static bool put_card(void *self, const struct archive_card *card)
{
	struct work *w = self;
	rows_card(w->record, &w->how, card);
	put_record(w);
	return go_on(w);
}

static void fill_header(struct work *w)
{
	static const struct archive_visit no_visit;
	static const struct archive_answer no_answer;
	static const struct archive_card no_card;
	switch (w->table->what) {
	case TABLE_VISITS:
		rows_visit(w->record, &w->how, &no_visit);
		break;
	case TABLE_ANSWERS:
		rows_answer(w->record, &no_visit, &no_answer);
		break;
	case TABLE_CARDS:
		rows_card(w->record, &w->how, &no_card);
		break;
	}
}

static bool put_rows(struct work *w, GError **error)
{
	struct table *t = w->table;
	switch (t->what) {
	case TABLE_VISITS:
		return archive_visits(t->archive, &t->range, put_visit, w, error);
	case TABLE_ANSWERS:
		return archive_answers(t->archive, &t->range, put_answers, w, error);
	case TABLE_CARDS:
		return archive_cards(t->archive, &t->range, put_card, w, error);
	}
	g_assert_not_reached();
}

static struct work begin(struct table *t)
{
	GPtrArray *names = g_ptr_array_new();
	for (unsigned i = 0; i < t->questions->len; i++)
		g_ptr_array_add(names, (gpointer)g_intern_string(t->questions->pdata[i]));
	struct work w = {
		.table = t,
		.how = {t->full_cards, names},
		.record = record_new(),
	};
	fill_header(&w);
	return w;
}

static void end(struct work *w)
{
	g_ptr_array_unref((GPtrArray *)w->how.questions);
	record_free(w->record);
}

bool table_to_sink(struct table *t, struct sink *sink, int64_t *rows, GError **error)
{
	struct work w = begin(t);
	w.sink = sink;
	if (t->format == EXPORT_CSV) {
		csv_begin(sink, &t->style);
		csv_header(sink, &t->style, w.record);
	}
	bool done = put_rows(&w, error);
	*rows = w.rows;
	end(&w);
	return done;
}

bool table_to_workbook(struct table *t, const char *path, const char *folder,
		       int64_t *rows, GError **error)
{
	struct work w = begin(t);
	/* the day after the last: what is in the file does not depend on when it is made */
	w.xlsx = xlsx_new(path, folder, ((time_t)t->range.to + 1) * 86400);
	if (t->what == TABLE_VISITS) {
		w.summary = summary_new(t->archive, t->language);
		summary_begin(w.summary, w.xlsx);
	}
	xlsx_table(w.xlsx, table_name(t->what), w.record);
	bool done = put_rows(&w, error);
	if (w.summary != NULL && done)
		summary_write(w.summary, t->store, t->till, t->range.from, t->range.to);
	if (w.summary != NULL)
		summary_free(w.summary);
	if (done)
		done = xlsx_end(w.xlsx, error);
	else
		xlsx_drop(w.xlsx);
	*rows = w.rows;
	end(&w);
	return done;
}
