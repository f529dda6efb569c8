#include "tests/bench/bare.h"

#include <glib.h>
#include <sqlite3.h>
#include <string.h>

#include "embedded.h"

enum { BEGIN, COMMIT, VISIT_PUT, VISIT_FIND, ANSWER_PUT, VISIT_CLOSE, STATEMENTS };

static const char *const names[STATEMENTS] = {
	[BEGIN] = "begin",           [COMMIT] = "commit",
	[VISIT_PUT] = "visit_put",   [VISIT_FIND] = "visit_find",
	[ANSWER_PUT] = "answer_put", [VISIT_CLOSE] = "visit_close",
};

struct bare {
	sqlite3 *db;
	sqlite3_stmt *statement[STATEMENTS];
	struct id visit; /* whose number is known */
	sqlite3_int64 n;
};

static void fine(struct bare *b, int rc)
{
	if (rc != SQLITE_OK)
		g_error("bare SQLite: %s", sqlite3_errmsg(b->db));
}

static void prepare(struct bare *b, int i)
{
	g_autofree char *head = g_strdup_printf("-- name: %s\n", names[i]);
	const char *text = strstr(embedded_text("store/queries.sql", NULL), head);
	const char *end;

	g_assert_nonnull(text);
	text += strlen(head);
	end = strstr(text, "-- name: ");
	fine(b, sqlite3_prepare_v3(b->db, text, end != NULL ? (int)(end - text) : -1,
				   SQLITE_PREPARE_PERSISTENT, &b->statement[i], NULL));
}

struct bare *bare_open(const char *path)
{
	struct bare *b = g_new0(struct bare, 1);

	fine(b, sqlite3_open_v2(path, &b->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
				NULL));
	fine(b, sqlite3_exec(b->db, "PRAGMA synchronous = FULL", NULL, NULL, NULL));
	for (int i = 0; i < STATEMENTS; i++)
		prepare(b, i);
	return b;
}

void bare_close(struct bare *b)
{
	for (int i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(b->statement[i]);
	fine(b, sqlite3_close(b->db));
	g_free(b);
}

static void run(struct bare *b, int i)
{
	int rc = sqlite3_step(b->statement[i]);

	if (rc != SQLITE_DONE && rc != SQLITE_ROW)
		fine(b, rc);
	fine(b, sqlite3_reset(b->statement[i]));
}

static void text(sqlite3_stmt *s, int at, const char *value)
{
	sqlite3_bind_text(s, at, value, -1, SQLITE_STATIC);
}

static void put_visit(struct bare *b, const struct visit_row *v)
{
	static const char *const language[] = {"ru", "en"};
	sqlite3_stmt *s = b->statement[VISIT_PUT];

	/* Columns that are not bound (card to total) stay NULL. */
	sqlite3_bind_blob(s, 1, &v->id, sizeof(v->id), SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, 1);
	sqlite3_bind_int64(s, 3, v->day);
	text(s, 4, trigger_name(v->trigger));
	text(s, 5, language[v->language]);
	sqlite3_bind_int64(s, 6, v->opened.utc_ms);
	sqlite3_bind_int64(s, 7, v->opened.offset_s);
	sqlite3_bind_int64(s, 8, v->last.utc_ms);
	sqlite3_bind_int64(s, 9, v->last.offset_s);
	sqlite3_bind_int64(s, 10, v->seconds_ms);
	sqlite3_bind_int64(s, 11, v->opened.doubtful || v->last.doubtful);
	text(s, 20, outcome_name(v->outcome));
	text(s, 21, reason_name(v->reason));
	text(s, 22, respondent_name(v->respondent));
	sqlite3_bind_int64(s, 23, v->offered_ms != MOMENT_NEVER);
	run(b, VISIT_PUT);
}

static void find_visit(struct bare *b, const struct id *id)
{
	sqlite3_stmt *s = b->statement[VISIT_FIND];

	if (b->n != 0 && memcmp(&b->visit, id, sizeof(*id)) == 0)
		return;
	sqlite3_bind_blob(s, 1, id, sizeof(*id), SQLITE_STATIC);
	g_assert_cmpint(sqlite3_step(s), ==, SQLITE_ROW);
	b->n = sqlite3_column_int64(s, 0);
	b->visit = *id;
	fine(b, sqlite3_reset(s));
}

static void put_answer(struct bare *b, const struct answer_row *a)
{
	sqlite3_stmt *s = b->statement[ANSWER_PUT];

	find_visit(b, &a->visit);
	sqlite3_bind_int64(s, 1, b->n);
	sqlite3_bind_int64(s, 2, a->question + 1);
	sqlite3_bind_int64(s, 3, a->at.utc_ms);
	sqlite3_bind_int64(s, 4, a->at.offset_s);
	if (a->milliseconds >= 0)
		sqlite3_bind_int64(s, 5, a->milliseconds);
	else
		sqlite3_bind_null(s, 5);
	sqlite3_bind_int64(s, 6, a->place);
	sqlite3_bind_double(s, 7, a->probability);
	sqlite3_bind_int64(s, 8, a->value);
	run(b, ANSWER_PUT);
}

void bare_save(struct bare *b, const struct save *save)
{
	run(b, BEGIN);
	put_visit(b, &save->visit);
	if (save->has_answer)
		put_answer(b, &save->answer);
	if (save->closing) {
		sqlite3_bind_blob(b->statement[VISIT_CLOSE], 1, &save->visit.id,
				  sizeof(save->visit.id), SQLITE_STATIC);
		run(b, VISIT_CLOSE);
	}
	run(b, COMMIT);
}
