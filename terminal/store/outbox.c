#include "store/outbox.h"

#include <string.h>

#include "core/questionnaire.h"
#include "store/database.h"
#include "store/store.h"

#define TRANSACTION_US 20000
#define PAUSE_US       5000
#define BUSY_TRIES     30  /* of a second each */
#define SINCE_ROWS     500 /* looked at between two looks at the clock */
#define OUTBOX_KINDS   3

struct outbox {
	char *path;
	struct database database;
	char *store, *till;
	int low, kind, value; /* columns of the answers' query, or -1 until it is known */
};

#define NONE QUERY_COUNT

static const struct {
	const char *name;
	enum query query[OUTBOX_KINDS]; /* of records of kind 1, 2 and 3 */
} facts[OUTBOX_FACTS] = {
	[OUTBOX_VISIT] = {"visit", {QUERY_outbox_visits, NONE, NONE}},
	[OUTBOX_ANSWER] = {"answer", {QUERY_outbox_answers, NONE, NONE}},
	[OUTBOX_CARD_EVENT] = {"card_event",
			       {QUERY_outbox_visit_cards, QUERY_outbox_cards, NONE}},
	[OUTBOX_QUEUE_TIME] = {"queue_time", {NONE, NONE, QUERY_outbox_queue_times}},
};

const char *outbox_fact_name(enum outbox_fact fact)
{
	return facts[fact].name;
}

static bool failed(struct outbox *o, const char *what, GError **error)
{
	char text[256];

	database_text(&o->database, text);
	database_error(error, STORE_ERROR_FAILED, what, o->path, text);
	return false;
}

static bool end(struct outbox *o, sqlite3_stmt *statement, GError **error)
{
	if (database_end(&o->database, statement) == SQLITE_OK)
		return true;
	return failed(o, "reading the database", error);
}

/* ---- opening ---------------------------------------------------------------------------- */

static bool is_ours(struct outbox *o, GError **error)
{
	struct database *d = &o->database;
	int schema = database_schema(d), newest = database_schema_newest();
	bool ours = false;

	if (database_is_ours(d, &ours) == SQLITE_OK && ours && schema == newest)
		return true;
	database_error(
		error, schema > newest ? STORE_ERROR_NEWER : STORE_ERROR_FAILED,
		"reading the database", o->path,
		!ours ? "it is no database of tillask"
		: schema > newest
			? "it was written by a newer tillask: install that one"
			: "start the terminal once (tillask run), it will bring the "
			  "file up to date");
	return false;
}

static struct outbox *open_in(const char *path, enum database_mode mode, GError **error)
{
	char text[256];
	struct outbox *o = g_new0(struct outbox, 1);

	o->path = g_strdup(path);
	o->low = o->kind = o->value = -1;
	if (database_open(&o->database, path, mode, text) != SQLITE_OK)
		database_error(error, STORE_ERROR_FAILED, "opening the database", path,
			       text);
	else if (is_ours(o, error))
		return o;
	outbox_close(o);
	return NULL;
}

struct outbox *outbox_open(const char *path, GError **error)
{
	return open_in(path, DATABASE_WRITE, error);
}

char *outbox_mark(const char *database)
{
	return g_strconcat(database, ".urgent", NULL);
}

void outbox_close(struct outbox *o)
{
	if (o->database.db != NULL)
		database_close(&o->database);
	g_free(o->store);
	g_free(o->till);
	g_free(o->path);
	g_free(o);
}

bool outbox_whose(struct outbox *o, struct outbox_whose *out, GError **error)
{
	sqlite3_stmt *s = database_query(&o->database, QUERY_meta_get);

	memset(out, 0, sizeof *out);
	if (sqlite3_step(s) == SQLITE_ROW &&
	    sqlite3_column_bytes(s, 0) == sizeof out->generation) {
		memcpy(&out->generation, sqlite3_column_blob(s, 0),
		       sizeof out->generation);
		g_free(o->store);
		g_free(o->till);
		out->store = o->store = g_strdup((const char *)sqlite3_column_text(s, 2));
		out->till = o->till = g_strdup((const char *)sqlite3_column_text(s, 3));
	}
	if (!end(o, s, error))
		return false;
	if (out->store == NULL)
		return failed(o, "reading whose it is from the database", error);
	s = database_query(&o->database, QUERY_outbox_last_seq);
	if (sqlite3_step(s) == SQLITE_ROW)
		out->last_seq = sqlite3_column_int64(s, 0);
	return end(o, s, error);
}

/* ---- reading ---------------------------------------------------------------------------- */

bool outbox_next(struct outbox *o, const struct outbox_record *after, GArray *records,
		 unsigned limit, GError **error)
{
	struct binding b = {database_query(&o->database, QUERY_outbox_next), 0};

	bind_int(&b, after != NULL ? after->kind : 0);
	bind_int(&b, after != NULL ? after->n : 0);
	bind_int(&b, limit);
	g_array_set_size(records, 0);
	while (sqlite3_step(b.statement) == SQLITE_ROW) {
		struct outbox_record record = {
			.kind = sqlite3_column_int(b.statement, 0),
			.n = sqlite3_column_int64(b.statement, 1),
			.changes = sqlite3_column_int64(b.statement, 2),
		};
		g_array_append_val(records, record);
	}
	return end(o, b.statement, error);
}

bool outbox_columns(struct outbox *o, enum outbox_fact fact,
		    const char *names[OUTBOX_COLUMNS_MAX], unsigned *n, GError **error)
{
	int kind = 0;
	sqlite3_stmt *s;

	while (facts[fact].query[kind] == NONE)
		kind++;
	s = database_query(&o->database, facts[fact].query[kind]);
	if (s == NULL)
		return failed(o, "reading the database", error);
	*n = (unsigned)sqlite3_column_count(s);
	g_assert(*n <= OUTBOX_COLUMNS_MAX);
	for (unsigned i = 0; i < *n; i++)
		names[i] = sqlite3_column_name(s, (int)i);
	return true;
}

static void read_value(sqlite3_stmt *s, int column, struct outbox_value *v)
{
	*v = (struct outbox_value){.kind = OUTBOX_ABSENT};
	switch (sqlite3_column_type(s, column)) {
	case SQLITE_INTEGER:
		v->kind = OUTBOX_INTEGER;
		v->integer = sqlite3_column_int64(s, column);
		break;
	case SQLITE_FLOAT:
		v->kind = OUTBOX_REAL;
		v->real = sqlite3_column_double(s, column);
		break;
	case SQLITE_TEXT:
		v->kind = OUTBOX_TEXT;
		v->text = (const char *)sqlite3_column_text(s, column);
		v->size = (size_t)sqlite3_column_bytes(s, column);
		break;
	case SQLITE_BLOB:
		v->kind = OUTBOX_BYTES;
		v->text = sqlite3_column_blob(s, column);
		v->size = (size_t)sqlite3_column_bytes(s, column);
		break;
	default: /* not an enum */
		break;
	}
}

static int column_of(sqlite3_stmt *s, const char *name)
{
	int i = 0;

	while (strcmp(sqlite3_column_name(s, i), name) != 0)
		i++;
	return i;
}

static enum question_kind kind_of(const char *name)
{
	enum question_kind kind = QUESTION_SMILEY;

	while (kind < QUESTION_WORDS && strcmp(question_kind_name(kind), name) != 0)
		kind++;
	return kind;
}

/* The query gives the choices that count as low; the row says whether this answer is. */
static void tell_low(struct outbox *o, sqlite3_stmt *s, struct outbox_value *value)
{
	if (o->low < 0) {
		o->low = column_of(s, "low");
		o->kind = column_of(s, "kind");
		o->value = column_of(s, "value");
	}
	struct question question = {
		.kind = kind_of(value[o->kind].text),
		.low_choices = (uint64_t)value[o->low].integer,
	};
	value[o->low].integer = value[o->value].kind == OUTBOX_INTEGER &&
				question_is_low(&question, (int)value[o->value].integer);
}

bool outbox_rows(struct outbox *o, const struct outbox_record *first,
		 const struct outbox_record *last, outbox_row_fn *each, void *self,
		 GError **error)
{
	struct outbox_value value[OUTBOX_COLUMNS_MAX];

	g_assert(first->kind == last->kind);
	for (enum outbox_fact fact = 0; fact < OUTBOX_FACTS; fact++) {
		enum query query = facts[fact].query[first->kind - 1];
		if (query == NONE)
			continue;
		struct binding b = {database_query(&o->database, query), 0};
		bind_int(&b, first->n);
		bind_int(&b, last->n);
		while (sqlite3_step(b.statement) == SQLITE_ROW) {
			int n = sqlite3_column_count(b.statement);
			for (int i = 0; i < n; i++)
				read_value(b.statement, i, &value[i]);
			if (fact == OUTBOX_ANSWER)
				tell_low(o, b.statement, value);
			each(self, fact, value, (unsigned)n);
		}
		if (!end(o, b.statement, error))
			return false;
	}
	return true;
}

/* ---- writing ---------------------------------------------------------------------------- */

static bool begin(struct outbox *o, GError **error)
{
	int rc = SQLITE_BUSY;

	for (int i = 0; i < BUSY_TRIES && (rc & 0xff) == SQLITE_BUSY; i++)
		rc = database_do(&o->database, QUERY_begin);
	return rc == SQLITE_OK || failed(o, "writing to the database", error);
}

/* Ends what begin() began: commits when FINE. */
static bool finish(struct outbox *o, bool fine, GError **error)
{
	if (fine && database_do(&o->database, QUERY_commit) == SQLITE_OK)
		return true;
	failed(o, "writing to the database", error);
	if (!sqlite3_get_autocommit(o->database.db))
		database_do(&o->database, QUERY_rollback);
	return false;
}

static bool run(struct outbox *o, struct binding *b)
{
	return database_run(&o->database, b->statement) == SQLITE_OK;
}

static bool drop(struct outbox *o, const struct outbox_record *record)
{
	struct binding waits = {database_query(&o->database, QUERY_outbox_acknowledge),
				0};

	bind_int(&waits, record->kind);
	bind_int(&waits, record->n);
	bind_int(&waits, record->changes);
	return run(o, &waits);
}

static bool forget_refusal(struct outbox *o, const struct outbox_record *record)
{
	struct binding b = {database_query(&o->database, QUERY_refused_drop), 0};

	bind_int(&b, record->kind);
	bind_int(&b, record->n);
	return run(o, &b);
}

static bool count(struct outbox *o, enum query query, int64_t *number, GError **error)
{
	sqlite3_stmt *s = database_query(&o->database, query);

	*number = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
	return end(o, s, error);
}

bool outbox_acknowledge(struct outbox *o, const struct outbox_record *records, unsigned n,
			GError **error)
{
	int64_t refusals;

	if (!count(o, QUERY_refused_count, &refusals, error))
		return false;
	for (unsigned i = 0; i < n;) {
		if (i > 0)
			g_usleep(PAUSE_US);
		if (!begin(o, error))
			return false;
		gint64 began = g_get_monotonic_time();
		bool fine = true;
		while (fine && i < n && g_get_monotonic_time() - began < TRANSACTION_US) {
			fine = drop(o, &records[i]) &&
			       (refusals == 0 || forget_refusal(o, &records[i]));
			i++;
		}
		if (!finish(o, fine, error))
			return false;
	}
	return true;
}

bool outbox_set_aside(struct outbox *o, const struct outbox_record *record,
		      int64_t now_ms, const char *reason, GError **error)
{
	if (!begin(o, error))
		return false;
	struct binding b = {database_query(&o->database, QUERY_refused_put), 0};
	bind_int(&b, record->kind);
	bind_int(&b, record->n);
	bind_int(&b, now_ms);
	bind_always(&b, reason);
	bool fine = run(o, &b) && drop(o, record);
	return finish(o, fine, error);
}

bool outbox_again(struct outbox *o, GError **error)
{
	if (!begin(o, error))
		return false;
	bool fine = database_do(&o->database, QUERY_refused_again) == SQLITE_OK &&
		    database_do(&o->database, QUERY_refused_clear) == SQLITE_OK;
	return finish(o, fine, error);
}

/* Rows FIRST and the next ones of all kinds. */
static bool put_since(struct outbox *o, int64_t first, int32_t day)
{
	static const enum query query[OUTBOX_KINDS] = {QUERY_outbox_since_visits,
						       QUERY_outbox_since_cards,
						       QUERY_outbox_since_queue_times};
	bool fine = true;

	for (int i = 0; fine && i < OUTBOX_KINDS; i++) {
		struct binding b = {database_query(&o->database, query[i]), 0};
		bind_int(&b, first);
		bind_int(&b, first + SINCE_ROWS - 1);
		bind_int(&b, day);
		fine = run(o, &b);
	}
	return fine;
}

bool outbox_since(struct outbox *o, int32_t day, GError **error)
{
	int64_t newest;

	if (!count(o, QUERY_outbox_since_newest, &newest, error))
		return false;
	for (int64_t first = 1; first <= newest;) {
		if (first > 1)
			g_usleep(PAUSE_US);
		if (!begin(o, error))
			return false;
		gint64 began = g_get_monotonic_time();
		bool fine = true;
		for (; fine && first <= newest &&
		       g_get_monotonic_time() - began < TRANSACTION_US;
		     first += SINCE_ROWS)
			fine = put_since(o, first, day);
		if (!finish(o, fine, error))
			return false;
	}
	return true;
}

bool outbox_succeeded(struct outbox *o, int64_t now_ms, GError **error)
{
	if (!begin(o, error))
		return false;
	struct binding b = {database_query(&o->database, QUERY_sync_state_succeeded), 0};
	bind_int(&b, now_ms);
	bool fine = run(o, &b);
	return finish(o, fine, error);
}

bool outbox_failed(struct outbox *o, int64_t now_ms, const char *why,
		   int64_t not_before_ms, GError **error)
{
	if (!begin(o, error))
		return false;
	struct binding b = {database_query(&o->database, QUERY_sync_state_failed), 0};
	bind_int(&b, now_ms);
	bind_always(&b, why);
	bind_int(&b, not_before_ms);
	bool fine = run(o, &b);
	return finish(o, fine, error);
}

/* ---- how it stands ---------------------------------------------------------------------- */

static int64_t integer_or(sqlite3_stmt *s, int column, int64_t otherwise)
{
	return sqlite3_column_type(s, column) == SQLITE_INTEGER
		       ? sqlite3_column_int64(s, column)
		       : otherwise;
}

static void copy_text(char out[256], sqlite3_stmt *s, int column)
{
	const char *text = (const char *)sqlite3_column_text(s, column);

	g_strlcpy(out, text != NULL ? text : "", 256);
}

static bool read_state(struct outbox *o, struct outbox_status *out, GError **error)
{
	sqlite3_stmt *s = database_query(&o->database, QUERY_sync_state_get);

	if (sqlite3_step(s) == SQLITE_ROW) {
		out->succeeded_ms = integer_or(s, 0, INT64_MIN);
		out->failed_ms = integer_or(s, 1, INT64_MIN);
		copy_text(out->error, s, 2);
		out->failures = sqlite3_column_int(s, 3);
		out->not_before_ms = integer_or(s, 4, INT64_MIN);
	}
	return end(o, s, error);
}

bool outbox_status(struct outbox *o, struct outbox_status *out, GError **error)
{
	struct database *d = &o->database;

	*out = (struct outbox_status){.oldest_ms = INT64_MIN,
				      .succeeded_ms = INT64_MIN,
				      .failed_ms = INT64_MIN,
				      .not_before_ms = INT64_MIN};
	if (!count(o, QUERY_backlog, &out->waiting, error))
		return false;
	sqlite3_stmt *s = database_query(d, QUERY_outbox_oldest);
	if (sqlite3_step(s) == SQLITE_ROW)
		out->oldest_ms = integer_or(s, 0, INT64_MIN);
	if (!end(o, s, error))
		return false;
	s = database_query(d, QUERY_refused_count);
	if (sqlite3_step(s) == SQLITE_ROW) {
		out->set_aside = sqlite3_column_int64(s, 0);
		copy_text(out->refused, s, 1);
	}
	return end(o, s, error) && read_state(o, out, error);
}

bool outbox_status_of(const char *path, struct outbox_status *out, GError **error)
{
	struct outbox *o = open_in(path, DATABASE_READ, error);

	if (o == NULL)
		return false;
	bool read = outbox_status(o, out, error);
	outbox_close(o);
	return read;
}
