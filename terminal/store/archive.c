#include "store/archive.h"

#include <string.h>

#include "store/archive_parts.h"
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
	/* the moment is that of the first read */
	return archive_now(a, &(struct archive_marks){0}, error);
}

struct archive *archive_open(const char *path, GError **error)
{
	char text[256];
	struct archive *a = g_new0(struct archive, 1);
	a->path = g_strdup(path);
	a->tills = g_ptr_array_new_with_free_func(archive_till_free);
	a->wordings = g_ptr_array_new_with_free_func(archive_wording_free);
	a->words = g_string_chunk_new(1024);
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
	g_string_chunk_free(a->words);
	g_ptr_array_unref(a->tills);
	g_ptr_array_unref(a->wordings);
	g_free(a->path);
	g_free(a);
}

bool archive_now(struct archive *a, struct archive_marks *marks, GError **error)
{
	sqlite3_stmt *s = database_query(&a->database, QUERY_marks);
	if (sqlite3_step(s) == SQLITE_ROW)
		*marks = (struct archive_marks){sqlite3_column_int64(s, 0),
						sqlite3_column_int64(s, 1),
						sqlite3_column_int64(s, 2)};
	return archive_end(a, s, error);
}

bool archive_newest(struct archive *a, int64_t *utc_ms, GError **error)
{
	sqlite3_stmt *s = database_query(&a->database, QUERY_newest);
	*utc_ms = INT64_MIN;
	if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_type(s, 0) != SQLITE_NULL)
		*utc_ms = sqlite3_column_int64(s, 0);
	return archive_end(a, s, error);
}

struct archive_range archive_all(int32_t from, int32_t to)
{
	return (struct archive_range){
		.from = from, .to = to, .upto = {INT64_MAX, INT64_MAX, INT64_MAX}};
}

struct binding archive_days(struct archive *a, enum query query, int32_t from, int32_t to)
{
	struct binding b = {database_query(&a->database, query), 0};
	bind_int(&b, from);
	bind_int(&b, to);
	return b;
}

const char *archive_text(sqlite3_stmt *s, int column)
{
	const char *text = (const char *)sqlite3_column_text(s, column);
	return text != NULL ? text : "";
}

struct id archive_id(sqlite3_stmt *s, int column)
{
	struct id id = {{0}};
	if (sqlite3_column_bytes(s, column) == sizeof id)
		memcpy(&id, sqlite3_column_blob(s, column), sizeof id);
	return id;
}

/* The names that SEEN holds, as the database orders them; all that are read when it is NULL. */
static GPtrArray *read_names(struct archive *a, struct binding b, GHashTable *seen,
			     GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	while (sqlite3_step(b.statement) == SQLITE_ROW) {
		const char *name = archive_text(b.statement, 0);
		if (seen == NULL || g_hash_table_contains(seen, name))
			g_ptr_array_add(names, g_strdup(name));
	}
	return archive_end(a, b.statement, error) ? g_steal_pointer(&names) : NULL;
}

static bool note_questions(void *self, const struct archive_visit *visit)
{
	for (unsigned i = 0; i < visit->answers; i++)
		g_hash_table_add(self, (gpointer)visit->answer[i].question);
	return true;
}

GPtrArray *archive_questions(struct archive *a, const struct archive_range *range,
			     GError **error)
{
	struct archive_marks now;
	if (!archive_now(a, &now, error))
		return NULL;
	/* the counts of the roll-up are those of this moment */
	if (range->after.seq == 0 && range->upto.seq >= now.seq &&
	    range->upto.late >= now.late)
		return read_names(
			a, archive_days(a, QUERY_days_questions, range->from, range->to),
			NULL, error);
	/* texts of a->wordings */
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	if (!archive_visits(a, range, note_questions, seen, error))
		return NULL;
	return read_names(
		a, (struct binding){database_query(&a->database, QUERY_questions), 0},
		seen, error);
}

/* One number of a query by days. */
static bool number(struct archive *a, struct binding b, int column, int64_t *value,
		   GError **error)
{
	*value = 0;
	if (sqlite3_step(b.statement) == SQLITE_ROW)
		*value = sqlite3_column_int64(b.statement, column);
	return archive_end(a, b.statement, error);
}

bool archive_count(struct archive *a, int32_t from, int32_t to, int64_t *visits,
		   GError **error)
{
	return number(a, archive_days(a, QUERY_days_count, from, to), 2, visits, error);
}

bool archive_count_cards(struct archive *a, int32_t from, int32_t to, int64_t *cards,
			 GError **error)
{
	return number(a, archive_days(a, QUERY_days_cards_count, from, to), 0, cards,
		      error);
}
