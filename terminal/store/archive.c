#include "store/archive_parts.h"

#include <string.h>

#include "store/store.h"

bool archive_end(struct archive *a, sqlite3_stmt *statement, GError **error)
{
	char text[256];
	int rc = database_end(&a->database, statement);
	if (rc == SQLITE_OK)
		return true;
	database_text(&a->database, text);
	database_error(error, STORE_ERROR_FAILED, "reading the database", a->path, text);
	return false;
}

static bool begin(struct archive *a, GError **error)
{
	struct database *d = &a->database;
	int schema = database_schema(d), newest = database_schema_newest();
	bool ours = false;
	if (database_is_ours(d, &ours) != SQLITE_OK || !ours || schema != newest) {
		database_error(
			error, schema > newest ? STORE_ERROR_NEWER : STORE_ERROR_FAILED,
			"reading the database", a->path,
			!ours ? "it is no database of tillask"
			: schema > newest
				? "it was written by a newer tillask: install that one"
				: "start the terminal once (tillask run), it will "
				  "bring the file up to date");
		return false;
	}
	if (database_do(d, QUERY_begin_read) != SQLITE_OK)
		return archive_end(a, NULL, error);
	return true;
}

struct archive *archive_open(const char *path, GError **error)
{
	char text[256];
	struct archive *a = g_new0(struct archive, 1);
	a->path = g_strdup(path);
	a->texts = g_string_chunk_new(1024);
	a->answers = g_array_new(FALSE, TRUE, sizeof(struct archive_answer));
	if (database_open(&a->database, path, DATABASE_READ, text) != SQLITE_OK)
		database_error(error, STORE_ERROR_FAILED, "opening the database", path,
			       text);
	else if (begin(a, error))
		return a;
	archive_close(a);
	return NULL;
}

void archive_close(struct archive *a)
{
	if (a->database.db != NULL)
		database_close(&a->database);
	g_array_unref(a->answers);
	g_string_chunk_free(a->texts);
	g_free(a->path);
	g_free(a);
}

static struct binding days(struct archive *a, enum query query, int32_t from, int32_t to)
{
	struct binding b = {database_query(&a->database, query), 0};
	bind_int(&b, from);
	bind_int(&b, to);
	return b;
}

static const char *text_column(sqlite3_stmt *s, int column)
{
	const char *text = (const char *)sqlite3_column_text(s, column);
	return text != NULL ? text : "";
}

static struct id id_column(sqlite3_stmt *s, int column)
{
	struct id id = {{0}};
	if (sqlite3_column_bytes(s, column) == sizeof id)
		memcpy(&id, sqlite3_column_blob(s, column), sizeof id);
	return id;
}

GPtrArray *archive_questions(struct archive *a, int32_t from, int32_t to, GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	struct binding b = days(a, QUERY_days_questions, from, to);
	while (sqlite3_step(b.statement) == SQLITE_ROW)
		g_ptr_array_add(names, g_strdup(text_column(b.statement, 0)));
	return archive_end(a, b.statement, error) ? g_steal_pointer(&names) : NULL;
}

/* The seqs between which the visits of these days lie; 0 and 0 when there are none. */
static bool span(struct archive *a, int32_t from, int32_t to, int64_t *first,
		 int64_t *last, int64_t *visits, GError **error)
{
	struct binding b = days(a, QUERY_days_count, from, to);
	*first = *last = *visits = 0;
	if (sqlite3_step(b.statement) == SQLITE_ROW) {
		*first = sqlite3_column_int64(b.statement, 0);
		*last = sqlite3_column_int64(b.statement, 1);
		*visits = sqlite3_column_int64(b.statement, 2);
	}
	return archive_end(a, b.statement, error);
}

bool archive_count(struct archive *a, int32_t from, int32_t to, int64_t *visits,
		   GError **error)
{
	int64_t first, last;
	return span(a, from, to, &first, &last, visits, error);
}

static const char *keep_text(struct archive *a, const char *text)
{
	return *text != '\0' ? g_string_chunk_insert(a->texts, text) : "";
}

static void read_answer(struct archive *a, sqlite3_stmt *s)
{
	g_autofree char *wording = g_strdelimit(g_strdup(text_column(s, 2)), "\n", ' ');
	struct archive_answer answer = {
		.question = keep_text(a, text_column(s, 0)),
		.point = keep_text(a, text_column(s, 1)),
		.wording = keep_text(a, wording),
		.kind = keep_text(a, text_column(s, 3)),
		.at_ms = sqlite3_column_int64(s, 4),
		.at_offset_s = sqlite3_column_int(s, 5),
		.milliseconds = sqlite3_column_type(s, 6) == SQLITE_NULL
					? -1
					: sqlite3_column_int(s, 6),
		.place = (uint8_t)sqlite3_column_int(s, 7),
		.probability = sqlite3_column_double(s, 8),
		.has_value = sqlite3_column_type(s, 9) != SQLITE_NULL,
		.value = sqlite3_column_int(s, 9),
		.words = keep_text(a, text_column(s, 10)),
		.choice = keep_text(a, text_column(s, 11)),
	};
	g_array_append_val(a->answers, answer);
}

static bool read_answers(struct archive *a, int64_t visit, const char *language,
			 GError **error)
{
	g_array_set_size(a->answers, 0);
	g_string_chunk_clear(a->texts);
	struct binding b = {database_query(&a->database, QUERY_visit_answers), 0};
	bind_always(&b, language);
	bind_int(&b, visit);
	while (sqlite3_step(b.statement) == SQLITE_ROW)
		read_answer(a, b.statement);
	return archive_end(a, b.statement, error);
}

static void read_visit(struct archive *a, sqlite3_stmt *s, struct archive_visit *v)
{
	*v = (struct archive_visit){
		.seq = sqlite3_column_int64(s, 1),
		.id = id_column(s, 2),
		.store = text_column(s, 3),
		.till = text_column(s, 4),
		.cashier = text_column(s, 5),
		.day = sqlite3_column_int(s, 6),
		.started_ms = sqlite3_column_int64(s, 7),
		.started_offset_s = sqlite3_column_int(s, 8),
		.ended_ms = sqlite3_column_int64(s, 9),
		.ended_offset_s = sqlite3_column_int(s, 10),
		.trigger = text_column(s, 11),
		.language = text_column(s, 12),
		.card = text_column(s, 13),
		.card_mask = text_column(s, 14),
		.card_kind = text_column(s, 15),
		.receipt = text_column(s, 16),
		.sale_kind = text_column(s, 17),
		.tender = text_column(s, 18),
		.has_total = sqlite3_column_type(s, 19) != SQLITE_NULL,
		.total = sqlite3_column_int64(s, 19),
		.currency = text_column(s, 20),
		.outcome = text_column(s, 21),
		.reason = text_column(s, 22),
		.milliseconds = sqlite3_column_int64(s, 23),
		.doubtful = sqlite3_column_int(s, 24) != 0,
		.respondent = text_column(s, 25),
		.answer = (const struct archive_answer *)(void *)a->answers->data,
		.answers = a->answers->len,
	};
}

bool archive_visits(struct archive *a, int32_t from, int32_t to, archive_visit_fn *each,
		    void *self, GError **error)
{
	int64_t first, last, count;
	if (!span(a, from, to, &first, &last, &count, error))
		return false;
	struct binding b = {database_query(&a->database, QUERY_days_visits), 0};
	bind_int(&b, first);
	bind_int(&b, last);
	bind_int(&b, from);
	bind_int(&b, to);
	for (bool more = true; more && sqlite3_step(b.statement) == SQLITE_ROW;) {
		struct archive_visit v;
		if (!read_answers(a, sqlite3_column_int64(b.statement, 0),
				  text_column(b.statement, 12), error)) {
			database_end(&a->database, b.statement);
			return false;
		}
		read_visit(a, b.statement, &v);
		more = each(self, &v);
	}
	return archive_end(a, b.statement, error);
}

bool archive_cards(struct archive *a, int32_t from, int32_t to, archive_card_fn *each,
		   void *self, GError **error)
{
	struct binding b = days(a, QUERY_days_cards, from, to);
	for (bool more = true; more && sqlite3_step(b.statement) == SQLITE_ROW;) {
		struct archive_card card = {
			.event = id_column(b.statement, 0),
			.visit = id_column(b.statement, 1),
			.day = sqlite3_column_int(b.statement, 2),
			.at_ms = sqlite3_column_int64(b.statement, 3),
			.at_offset_s = sqlite3_column_int(b.statement, 4),
			.reader = text_column(b.statement, 5),
			.result = text_column(b.statement, 6),
			.card = text_column(b.statement, 7),
			.card_mask = text_column(b.statement, 8),
		};
		more = each(self, &card);
	}
	return archive_end(a, b.statement, error);
}
