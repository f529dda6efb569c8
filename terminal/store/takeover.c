#include "store/takeover.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/rows.h"
#include "store/database.h"
#include "store/store.h"

#define TRANSACTION_US 20000
#define PAUSE_US       5000
#define BUSY_TRIES     30 /* of a second each */

struct work {
	struct database from, into;
	struct takeover *result;
	gint64 began; /* of the transaction that is open; 0: none is */
	/* told to the caller */
	copy_progress_fn *progress;
	void *self;
	int64_t done, total;
};

/* Binds every column of a row from FIRST on to the next parameters. */
static void bind_row(struct binding *b, sqlite3_stmt *row, int first)
{
	for (int i = first; i < sqlite3_column_count(row); i++)
		sqlite3_bind_value(b->statement, ++b->at, sqlite3_column_value(row, i));
}

/* Runs a statement in INTO; *CHANGES: rows it added. */
static int put(struct work *w, sqlite3_stmt *statement, int64_t *changes)
{
	int rc = database_run(&w->into, statement);
	*changes = rc == SQLITE_OK ? sqlite3_changes(w->into.db) : 0;
	return rc;
}

static int begin(struct work *w)
{
	int rc = SQLITE_BUSY;
	for (int i = 0; i < BUSY_TRIES && (rc & 0xff) == SQLITE_BUSY; i++)
		rc = database_do(&w->into, QUERY_begin);
	w->began = g_get_monotonic_time();
	return rc;
}

/* Between two rows: lets the terminal write when we have for long enough. */
static int breathe(struct work *w, bool last)
{
	if (w->progress != NULL)
		w->progress(w->self, w->done, w->total);
	if (!last && g_get_monotonic_time() - w->began < TRANSACTION_US)
		return SQLITE_OK;
	int rc = database_do(&w->into, QUERY_commit);
	if (rc != SQLITE_OK || last)
		return rc;
	g_usleep(PAUSE_US);
	return begin(w);
}

/* Ends a reading statement: damage is counted, not an error. */
static void end_read(struct work *w, sqlite3_stmt *statement)
{
	if (database_end(&w->from, statement) != SQLITE_OK)
		w->result->unreadable++;
}

/* The greatest n that this query knows of; 0 when it cannot be read. */
static int64_t last_n(struct work *w, enum query query, int kind)
{
	struct binding b = {database_query(&w->from, query), 0};
	if (kind != 0)
		bind_int(&b, kind);
	int64_t last = sqlite3_step(b.statement) == SQLITE_ROW
			       ? sqlite3_column_int64(b.statement, 0)
			       : 0;
	end_read(w, b.statement);
	return last;
}

/* Where the end of a table is damaged, others still tell how far it went. */
static int64_t last_visit(struct work *w)
{
	int64_t last = last_n(w, QUERY_visit_last, 0);
	last = MAX(last, last_n(w, QUERY_visit_last_answered, 0));
	return MAX(last, last_n(w, QUERY_outbox_last, 1));
}

static int64_t last_card_event(struct work *w)
{
	int64_t last = last_n(w, QUERY_card_event_last, 0);
	return MAX(last, last_n(w, QUERY_outbox_last, 2));
}

/* Texts or choices of a wording: rows that hang on it. */
static int take_parts(struct work *w, int64_t from, int64_t into, enum query read,
		      enum query write)
{
	int64_t changes;
	int rc = SQLITE_OK;
	struct binding r = {database_query(&w->from, read), 0};
	bind_int(&r, from);
	while (rc == SQLITE_OK && sqlite3_step(r.statement) == SQLITE_ROW) {
		struct binding b = {database_query(&w->into, write), 0};
		bind_int(&b, into);
		bind_row(&b, r.statement, 0);
		rc = put(w, b.statement, &changes);
	}
	end_read(w, r.statement);
	return rc;
}

static int take_wording(struct work *w, sqlite3_stmt *row)
{
	int64_t added;
	struct binding name = {database_query(&w->into, QUERY_question_put), 0};
	sqlite3_bind_value(name.statement, 1, sqlite3_column_value(row, 1));
	int rc = put(w, name.statement, &added);
	if (rc != SQLITE_OK)
		return rc;
	struct binding b = {database_query(&w->into, QUERY_wording_put), 0};
	bind_row(&b, row, 2);
	sqlite3_bind_value(b.statement, ++b.at, sqlite3_column_value(row, 1));
	rc = put(w, b.statement, &added);
	if (rc != SQLITE_OK || added == 0)
		return rc;
	int64_t from = sqlite3_column_int64(row, 0),
		into = sqlite3_last_insert_rowid(w->into.db);
	rc = take_parts(w, from, into, QUERY_wording_texts, QUERY_wording_text_put);
	return rc == SQLITE_OK ? take_parts(w, from, into, QUERY_wording_choices,
					    QUERY_wording_choice_put)
			       : rc;
}

/* Every row of a small table; those that are here already stay as they are. */
static int take_rows(struct work *w, enum query read, enum query write)
{
	int rc = SQLITE_OK;
	int64_t added;
	sqlite3_stmt *s = database_query(&w->from, read);
	while (rc == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW) {
		struct binding b = {database_query(&w->into, write), 0};
		bind_row(&b, s, 0);
		rc = put(w, b.statement, &added);
	}
	end_read(w, s);
	return rc == SQLITE_OK ? breathe(w, false) : rc;
}

static int take_tills_and_wordings(struct work *w)
{
	int rc = take_rows(w, QUERY_tills, QUERY_till_put);
	sqlite3_stmt *s = database_query(&w->from, QUERY_wordings);
	while (rc == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
		rc = take_wording(w, s);
	end_read(w, s);
	return rc;
}

static int take_answers(struct work *w, int64_t n, const struct id *visit)
{
	int rc = SQLITE_OK;
	struct binding r = {database_query(&w->from, QUERY_answers_read), 0};
	bind_int(&r, n);
	while (rc == SQLITE_OK && sqlite3_step(r.statement) == SQLITE_ROW) {
		int64_t added;
		struct binding b = {database_query(&w->into, QUERY_answer_take), 0};
		bind_blob(&b, visit, sizeof *visit);
		bind_row(&b, r.statement, 0);
		rc = put(w, b.statement, &added);
		w->result->answers += added;
	}
	end_read(w, r.statement);
	return rc;
}

static int take_card_event(struct work *w, int64_t n)
{
	int rc = SQLITE_OK;
	struct binding r = {database_query(&w->from, QUERY_card_event_read), 0};
	bind_int(&r, n);
	if (sqlite3_step(r.statement) == SQLITE_ROW) {
		int64_t added;
		struct binding b = {database_query(&w->into, QUERY_card_event_take), 0};
		bind_row(&b, r.statement, 0);
		rc = put(w, b.statement, &added);
		w->result->cards += added;
	}
	end_read(w, r.statement);
	return rc;
}

static int take_queue_times(struct work *w)
{
	int rc = SQLITE_OK;
	int64_t added, last = last_n(w, QUERY_queue_time_last, 0);
	for (int64_t n = 1; rc == SQLITE_OK && n <= last; n++) {
		struct binding r = {database_query(&w->from, QUERY_queue_time_read), 0};
		bind_int(&r, n);
		if (sqlite3_step(r.statement) == SQLITE_ROW) {
			struct binding b = {
				database_query(&w->into, QUERY_queue_time_put), 0};
			bind_row(&b, r.statement, 0);
			rc = put(w, b.statement, &added);
		}
		end_read(w, r.statement);
		if (rc == SQLITE_OK)
			rc = breathe(w, false);
	}
	return rc;
}

static int take_card_events(struct work *w, int64_t visit)
{
	int rc = SQLITE_OK;
	struct binding r = {database_query(&w->from, QUERY_card_events_of_visit), 0};
	bind_int(&r, visit);
	while (rc == SQLITE_OK && sqlite3_step(r.statement) == SQLITE_ROW)
		rc = take_card_event(w, sqlite3_column_int64(r.statement, 0));
	end_read(w, r.statement);
	return rc;
}

/* Is the visit being filled at this moment by the terminal?  Then it is left alone. */
static int is_open_here(struct work *w, const struct id *visit, bool *open)
{
	struct binding b = {database_query(&w->into, QUERY_visit_find), 0};
	bind_blob(&b, visit, sizeof *visit);
	*open = sqlite3_step(b.statement) == SQLITE_ROW &&
		sqlite3_column_type(b.statement, 1) == SQLITE_NULL;
	return database_end(&w->into, b.statement);
}

/* The row of visit N, if there is one.  *ID: whose; *ADDED: it was not here. */
static int take_row(struct work *w, int64_t n, struct id *id, bool *found, int64_t *added)
{
	int rc = SQLITE_OK;
	struct binding r = {database_query(&w->from, QUERY_visit_read), 0};
	bind_int(&r, n);
	*found = sqlite3_step(r.statement) == SQLITE_ROW &&
		 sqlite3_column_bytes(r.statement, 0) == sizeof *id;
	if (*found) {
		memcpy(id, sqlite3_column_blob(r.statement, 0), sizeof *id);
		struct binding b = {database_query(&w->into, QUERY_visit_take), 0};
		bind_row(&b, r.statement, 0);
		rc = put(w, b.statement, added);
	}
	end_read(w, r.statement);
	return rc;
}

static int take_visit(struct work *w, int64_t n)
{
	struct id id;
	int64_t added = 0, closed;
	bool found, open;
	int rc = take_row(w, n, &id, &found, &added);
	if (rc != SQLITE_OK || !found)
		return rc;
	w->result->visits += added;
	w->result->known += 1 - added;
	if (added == 0 && ((rc = is_open_here(w, &id, &open)) != SQLITE_OK || open))
		return rc;
	if ((rc = take_answers(w, n, &id)) != SQLITE_OK ||
	    (rc = take_card_events(w, n)) != SQLITE_OK || added == 0)
		return rc;
	struct binding b = {database_query(&w->into, QUERY_visit_close), 0};
	bind_blob(&b, &id, sizeof id);
	return put(w, b.statement, &closed);
}

static int take_all(struct work *w)
{
	int64_t visits = last_visit(w), cards = last_card_event(w);
	int rc = begin(w);
	w->total = visits + cards + 1;
	if (rc == SQLITE_OK)
		rc = take_tills_and_wordings(w);
	for (int64_t n = 1; rc == SQLITE_OK && n <= visits; n++, w->done++)
		if ((rc = take_visit(w, n)) == SQLITE_OK)
			rc = breathe(w, false);
	/* those of no visit, and those whose visit could not be read */
	for (int64_t n = 1; rc == SQLITE_OK && n <= cards; n++, w->done++)
		if ((rc = take_card_event(w, n)) == SQLITE_OK)
			rc = breathe(w, false);
	if (rc == SQLITE_OK)
		rc = take_queue_times(w);
	if (rc == SQLITE_OK)
		rc = take_rows(w, QUERY_entries, QUERY_entry_take);
	if (rc == SQLITE_OK)
		rc = take_rows(w, QUERY_actions, QUERY_action_take);
	w->done = w->total;
	return rc == SQLITE_OK ? breathe(w, true) : rc;
}

static bool refuse(GError **error, enum store_error code, const char *path,
		   const char *why)
{
	database_error(error, (int)code, "taking over from", path, why);
	return false;
}

/* Store and till as which a database was last opened. */
static bool whose(struct database *d, char store_and_till[128])
{
	sqlite3_stmt *s = database_query(d, QUERY_meta_get);
	bool found = sqlite3_step(s) == SQLITE_ROW;
	if (found)
		g_snprintf(store_and_till, 128, "store %s, till %s",
			   (const char *)sqlite3_column_text(s, 2),
			   (const char *)sqlite3_column_text(s, 3));
	return database_end(d, s) == SQLITE_OK && found;
}

static bool check(struct work *w, const char *from, GError **error)
{
	char theirs[128], ours[128], why[512];
	bool from_ours = false;
	int newest = database_schema_newest(), schema = database_schema(&w->from);
	if (database_is_ours(&w->from, &from_ours) != SQLITE_OK || !from_ours)
		return refuse(
			error, STORE_ERROR_FAILED, from,
			"it is no database of tillask; name a database of this till");
	if (schema > newest) {
		g_snprintf(why, sizeof why, "its schema is %d, this tillask reads %d",
			   schema, newest);
		return refuse(error, STORE_ERROR_NEWER, from, why);
	}
	if (database_read_older(&w->from) != SQLITE_OK) {
		database_text(&w->from, why);
		return refuse(error, STORE_ERROR_FAILED, from, why);
	}
	if (database_schema(&w->into) != newest || !whose(&w->into, ours))
		return refuse(
			error, STORE_ERROR_FAILED, from,
			"this till's own database is not up to date; start the terminal once "
			"(tillask run)");
	if (!whose(&w->from, theirs))
		return refuse(error, STORE_ERROR_FAILED, from,
			      "it cannot be read any more whose it is");
	if (strcmp(theirs, ours) != 0) {
		g_snprintf(why, sizeof why, "it belongs to %s, this is %s", theirs, ours);
		return refuse(error, STORE_ERROR_FAILED, from, why);
	}
	return true;
}

static bool same_file(const char *a, const char *b)
{
	GStatBuf one, other;
	return g_stat(a, &one) == 0 && g_stat(b, &other) == 0 &&
	       one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

static bool run(struct work *w, const char *into, const char *from, GError **error)
{
	char text[256];
	if (database_open(&w->into, into, DATABASE_WRITE, text) != SQLITE_OK) {
		database_error(error, STORE_ERROR_FAILED, "opening the database", into,
			       text);
		return false;
	}
	/* where nothing may be written beside the file, it is read as it lies */
	if (database_open(&w->from, from, DATABASE_READ, text) != SQLITE_OK &&
	    database_open(&w->from, from, DATABASE_LOOSE, text) != SQLITE_OK) {
		g_strlcat(text, "; name a database of this till", sizeof text);
		return refuse(error, STORE_ERROR_FAILED, from, text);
	}
	if (!check(w, from, error))
		return false;
	if (take_all(w) == SQLITE_OK)
		return true;
	database_text(&w->into, text);
	database_error(error, STORE_ERROR_FAILED, "writing to the database", into, text);
	return false;
}

bool takeover(const char *into, const char *from, struct takeover *result,
	      copy_progress_fn *progress, void *self, GError **error)
{
	struct work w = {.result = result, .progress = progress, .self = self};
	memset(result, 0, sizeof *result);
	if (same_file(into, from))
		return refuse(error, STORE_ERROR_FAILED, from,
			      "it is this till's own database");
	bool done = run(&w, into, from, error);
	if (w.from.db != NULL)
		database_close(&w.from);
	if (w.into.db != NULL)
		database_close(&w.into); /* rolls back what is open */
	return done;
}
