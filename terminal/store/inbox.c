#include "store/inbox_parts.h"

#include <stdlib.h>

#include "store/store.h"

#define BUSY_TRIES 30 /* of a second each */

bool inbox_failed(struct inbox *b, const char *what, GError **error)
{
	char text[256];

	database_text(&b->database, text);
	database_error(error, STORE_ERROR_FAILED, what, b->path, text);
	return false;
}

static struct inbox *open_in(const char *path, enum database_mode mode, GError **error)
{
	struct inbox *b = g_new0(struct inbox, 1);
	bool ours = false;
	char text[256];

	b->path = g_strdup(path);
	if (database_open(&b->database, path, mode, text) != SQLITE_OK)
		database_error(error, STORE_ERROR_FAILED, "opening the database", path,
			       text);
	else if (database_is_ours(&b->database, &ours) == SQLITE_OK && ours &&
		 database_schema(&b->database) == database_schema_newest())
		return b;
	else
		database_error(error, STORE_ERROR_FAILED, "reading the database", path,
			       "it is not up to date; start the terminal once (tillask "
			       "run)");
	inbox_close(b);
	return NULL;
}

struct inbox *inbox_open(const char *path, GError **error)
{
	return open_in(path, DATABASE_WRITE, error);
}

void inbox_close(struct inbox *b)
{
	if (b->database.db != NULL)
		database_close(&b->database);
	g_free(b->path);
	g_free(b);
}

/* ---- reading ---------------------------------------------------------------------------- */

void inbox_set_clear(struct inbox_set *set)
{
	g_clear_pointer(&set->strings, g_string_chunk_free);
	set->n = 0;
}

static const char *keep(struct inbox_set *set, sqlite3_stmt *s, int column)
{
	const char *text = (const char *)sqlite3_column_text(s, column);

	return g_string_chunk_insert(set->strings, text != NULL ? text : "");
}

static int by_scope(const void *a, const void *b)
{
	return (int)((const struct published *)a)->scope -
	       (int)((const struct published *)b)->scope;
}

bool inbox_read(struct inbox *b, enum inbox_state state, struct inbox_set *out,
		GError **error)
{
	struct binding q = {database_query(&b->database, QUERY_published_get), 0};

	*out = (struct inbox_set){.strings = g_string_chunk_new(1024)};
	bind_int(&q, state == INBOX_GOOD);
	while (sqlite3_step(q.statement) == SQLITE_ROW) {
		struct published *p = &out->p[out->n];
		g_assert(out->n < PUBLISHED_SCOPES); /* the table's key */
		if (!published_scope_from_name(keep(out, q.statement, 0), &p->scope))
			continue;
		p->whose = keep(out, q.statement, 1);
		p->version = sqlite3_column_int64(q.statement, 2);
		p->text = keep(out, q.statement, 3);
		out->n++;
	}
	qsort(out->p, (size_t)out->n, sizeof(out->p[0]), by_scope);
	if (database_end(&b->database, q.statement) == SQLITE_OK)
		return true;
	inbox_set_clear(out);
	return inbox_failed(b, "reading the database", error);
}

int64_t inbox_taken(const char *path, bool *refused)
{
	struct inbox *b = open_in(path, DATABASE_READ, NULL);
	int64_t taken = -1;

	if (b == NULL)
		return -1;
	sqlite3_stmt *s = database_query(&b->database, QUERY_central_get);
	if (sqlite3_step(s) == SQLITE_ROW) {
		taken = sqlite3_column_int64(s, 0);
		if (refused != NULL)
			*refused = sqlite3_column_type(s, 1) != SQLITE_NULL;
	}
	database_end(&b->database, s);
	inbox_close(b);
	return taken;
}

char *inbox_refused(struct inbox *b)
{
	sqlite3_stmt *s = database_query(&b->database, QUERY_central_get);
	char *why = NULL;

	if (sqlite3_step(s) == SQLITE_ROW)
		why = g_strdup((const char *)sqlite3_column_text(s, 1));
	database_end(&b->database, s);
	return why != NULL ? why : g_strdup("");
}

bool inbox_config(const struct config *local, enum inbox_state state,
		  struct faults *faults, struct config **out)
{
	struct inbox *b = open_in(local->database, DATABASE_READ, NULL);
	struct inbox_set set;

	*out = NULL;
	if (b == NULL)
		return false;
	bool read = inbox_read(b, state, &set, NULL);
	inbox_close(b);
	if (!read)
		return false;
	if (set.n > 0)
		*out = config_with(local, set.p, set.n, faults);
	inbox_set_clear(&set);
	return true;
}

struct config *inbox_in_force(const struct config *local)
{
	struct faults *faults = faults_new(local->file); /* `check` tells them */
	struct config *config;

	inbox_config(local, INBOX_GOOD, faults, &config);
	if (config == NULL) {
		faults_free(faults);
		faults = faults_new(local->file);
		config = config_with(local, NULL, 0, faults);
	}
	faults_free(faults);
	g_assert(config != NULL); /* LOCAL was right */
	return config;
}

/* ---- writing ---------------------------------------------------------------------------- */

bool inbox_begin(struct inbox *b, GError **error)
{
	int rc = SQLITE_BUSY;

	for (int i = 0; i < BUSY_TRIES && (rc & 0xff) == SQLITE_BUSY; i++)
		rc = database_do(&b->database, QUERY_begin);
	return rc == SQLITE_OK || inbox_failed(b, "writing to the database", error);
}

/* Ends what begin() began: commits when FINE. */
bool inbox_finish(struct inbox *b, bool fine, GError **error)
{
	if (fine && database_do(&b->database, QUERY_commit) == SQLITE_OK)
		return true;
	inbox_failed(b, "writing to the database", error);
	if (!sqlite3_get_autocommit(b->database.db))
		database_do(&b->database, QUERY_rollback);
	return false;
}

static bool clear(struct inbox *b, enum inbox_state state)
{
	struct binding q = {database_query(&b->database, QUERY_published_clear), 0};

	bind_int(&q, state == INBOX_GOOD);
	return database_run(&b->database, q.statement) == SQLITE_OK;
}

static bool put(struct inbox *b, const struct published *p)
{
	struct binding q = {database_query(&b->database, QUERY_published_put), 0};

	bind_always(&q, published_scope_name(p->scope));
	bind_always(&q, p->whose);
	bind_int(&q, p->version);
	bind_always(&q, p->text);
	return database_run(&b->database, q.statement) == SQLITE_OK;
}

bool inbox_fetched(struct inbox *b, const struct published *p, int n, GError **error)
{
	if (!inbox_begin(b, error))
		return false;
	bool fine = clear(b, INBOX_FETCHED) &&
		    database_do(&b->database, QUERY_central_unknown) == SQLITE_OK;
	for (int i = 0; fine && i < n; i++)
		fine = put(b, &p[i]);
	return inbox_finish(b, fine, error);
}

bool inbox_take(struct inbox *b, GError **error)
{
	if (!inbox_begin(b, error))
		return false;
	bool fine = clear(b, INBOX_GOOD) &&
		    database_do(&b->database, QUERY_published_flip) == SQLITE_OK &&
		    database_do(&b->database, QUERY_central_taken) == SQLITE_OK;
	return inbox_finish(b, fine, error);
}

bool inbox_refuse(struct inbox *b, const char *why, GError **error)
{
	if (!inbox_begin(b, error))
		return false;
	struct binding q = {database_query(&b->database, QUERY_central_refused), 0};
	bind_always(&q, why);
	bool fine = database_run(&b->database, q.statement) == SQLITE_OK;
	return inbox_finish(b, fine, error);
}
