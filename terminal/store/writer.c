#include "store/writer.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "store/files.h"
#include "store/rows.h"
#include "store/wording.h"

void writer_init(struct writer *w, const struct store_options *options)
{
	memset(w, 0, sizeof *w);
	w->options = options;
}

static bool no_room(int error)
{
	return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

/* What a result code means for those who wait. */
static enum writer_result meaning(int rc, int error)
{
	switch (rc & 0xff) {
	case SQLITE_OK:
		return WRITER_OK;
	case SQLITE_FULL:
		return WRITER_FULL;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return WRITER_BUSY;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return WRITER_DAMAGED;
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return no_room(error) ? WRITER_FULL : WRITER_DENIED;
	default: /* not an enum */
		return no_room(error) ? WRITER_FULL : WRITER_FAILING;
	}
}

/* Notes what went wrong on this connection before anything else happens on it. */
static enum writer_result result_of(struct writer *w, struct database *d, int rc)
{
	if (rc == SQLITE_OK)
		return WRITER_OK;
	database_text(d, w->text);
	return meaning(rc, database_errno(d));
}

static enum writer_result refuse(struct writer *w, enum writer_result result,
				 const char *text)
{
	g_strlcpy(w->text, text, sizeof w->text);
	return result;
}

static int find_till(struct database *d, const struct store_options *o, int64_t *till)
{
	static const enum query both[] = {QUERY_till_put, QUERY_till_get};
	for (int i = 0; i < 2; i++) {
		struct binding b = {database_query(d, both[i]), 0};
		bind_always(&b, o->store);
		bind_always(&b, o->till);
		bind_always(&b, o->currency);
		if (sqlite3_step(b.statement) == SQLITE_ROW)
			*till = sqlite3_column_int64(b.statement, 0);
		int rc = database_end(d, b.statement);
		if (rc != SQLITE_OK)
			return rc;
	}
	return SQLITE_OK;
}

/* Who this database is: the first row of a new file. */
static int put_meta(struct writer *w, struct database *d)
{
	uint8_t generation[16];
	int64_t till = 0;
	int rc = find_till(d, w->options, &till);
	if (rc != SQLITE_OK)
		return rc;
	randombytes_buf(generation, sizeof generation);
	if (!w->has_secret)
		randombytes_buf(w->secret, sizeof w->secret);
	struct binding b = {database_query(d, QUERY_meta_put), 0};
	bind_blob(&b, generation, sizeof generation);
	bind_blob(&b, w->secret, sizeof w->secret);
	bind_int(&b, till);
	return database_run(d, b.statement);
}

/* One that nobody sees yet needs no journal: it is on the disk with the last of these, which
 * writes its WAL mode, and a power cut before that leaves what is made anew. */
static int fill_new(struct writer *w, struct database *d)
{
	int rc = database_unseen(d);
	if (rc == SQLITE_OK)
		rc = database_migrate(d);
	if (rc == SQLITE_OK)
		rc = database_do(d, QUERY_begin);
	if (rc == SQLITE_OK)
		rc = put_meta(w, d);
	if (rc == SQLITE_OK)
		rc = wording_register(d, w->options, w->wording);
	if (rc == SQLITE_OK)
		rc = database_do(d, QUERY_commit);
	return rc == SQLITE_OK ? database_seen(d) : rc;
}

/* Made under another name, so that a power cut leaves a whole database or none. */
static enum writer_result create(struct writer *w)
{
	g_autofree char *path = g_strconcat(w->options->path, ".new", NULL);
	g_autoptr(GError) error = NULL;
	struct database d;
	if (!files_create(path, &error))
		return refuse(w, no_room(errno) ? WRITER_FULL : WRITER_DENIED,
			      error->message);
	int rc = database_open(&d, path, DATABASE_WRITE, w->text);
	if (rc != SQLITE_OK)
		return meaning(rc, errno);
	enum writer_result result = result_of(w, &d, fill_new(w, &d));
	database_close(&d);
	if (result == WRITER_OK && !files_rename_new(path, w->options->path))
		return refuse(w, no_room(errno) ? WRITER_FULL : WRITER_FAILING,
			      g_strerror(errno));
	return result;
}

/* Reads meta.  A database without it is damaged. */
static enum writer_result read_secret(struct writer *w, struct database *d)
{
	sqlite3_stmt *s = database_query(d, QUERY_meta_get);
	bool found = sqlite3_step(s) == SQLITE_ROW &&
		     sqlite3_column_bytes(s, 1) == KEEP_SECRET_BYTES;
	if (found) {
		memcpy(w->secret, sqlite3_column_blob(s, 1), KEEP_SECRET_BYTES);
		w->has_secret = true;
	}
	enum writer_result result = result_of(w, d, database_end(d, s));
	if (result == WRITER_OK && !found)
		return refuse(w, WRITER_DAMAGED, "it does not say whose it is");
	return result;
}

static enum writer_result read_card_secret(struct writer *w, struct database *d)
{
	sqlite3_stmt *s = database_query(d, QUERY_central_get);
	memcpy(w->card_secret, w->secret, KEEP_SECRET_BYTES);
	if (sqlite3_step(s) == SQLITE_ROW &&
	    sqlite3_column_bytes(s, 2) == KEEP_SECRET_BYTES)
		memcpy(w->card_secret, sqlite3_column_blob(s, 2), KEEP_SECRET_BYTES);
	return result_of(w, d, database_end(d, s));
}

static enum writer_result check(struct writer *w)
{
	struct database *d = &w->database;
	bool ours = false;
	enum writer_result result = result_of(w, d, database_is_ours(d, &ours));
	if (result != WRITER_OK)
		return result;
	if (!ours)
		return refuse(w, WRITER_FOREIGN, "it is a database of another program");
	if (database_schema(d) > database_schema_newest())
		return refuse(
			w, WRITER_NEWER,
			"it was written by a newer tillask: install that one, or give "
			"another file as [terminal] database=");
	result = result_of(w, d, database_wal(d));
	if (result == WRITER_OK)
		result = result_of(w, d, database_migrate(d));
	if (result == WRITER_OK)
		result = result_of(w, d, database_cheap_check(d));
	if (result == WRITER_OK)
		result = read_secret(w, d);
	return result == WRITER_OK ? read_card_secret(w, d) : result;
}

static int newest(struct database *d, int64_t *newest_ms)
{
	sqlite3_stmt *s = database_query(d, QUERY_newest);
	*newest_ms = INT64_MIN;
	if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_type(s, 0) == SQLITE_INTEGER)
		*newest_ms = sqlite3_column_int64(s, 0);
	return database_end(d, s);
}

/* Hold-outs are few: looks back far enough to find QUEUE_TIMES_MAX of them at 5 %. */
#define QUEUE_LOOK_BACK (20 * QUEUE_TIMES_MAX)

static int recall_queue(struct database *d, struct queue_past *past)
{
	struct binding b = {database_query(d, QUERY_queue_times_latest), 0};
	memset(past, 0, sizeof *past);
	bind_int(&b, QUEUE_LOOK_BACK);
	while (sqlite3_step(b.statement) == SQLITE_ROW) {
		bool held_out = sqlite3_column_int(b.statement, 0) != 0;
		enum queue_group group = held_out ? QUEUE_HELD_OUT : QUEUE_ASKED;
		if (past->n[group] < QUEUE_TIMES_MAX)
			past->ms[group][past->n[group]++] =
				sqlite3_column_int(b.statement, 1);
	}
	return database_end(d, b.statement);
}

static int register_all(struct writer *w)
{
	struct database *d = &w->database;
	int rc = database_do(d, QUERY_begin);
	if (rc == SQLITE_OK)
		rc = find_till(d, w->options, &w->till);
	if (rc == SQLITE_OK) {
		struct binding b = {database_query(d, QUERY_meta_till), 0};
		bind_int(&b, w->till);
		rc = database_run(d, b.statement);
	}
	if (rc == SQLITE_OK)
		rc = wording_register(d, w->options, w->wording);
	if (rc == SQLITE_OK)
		rc = newest(d, &w->newest_ms);
	if (rc == SQLITE_OK)
		rc = recall_queue(d, &w->queue);
	return rc == SQLITE_OK ? database_do(d, QUERY_commit) : rc;
}

static enum writer_result open_existing(struct writer *w)
{
	GStatBuf file;
	w->visit_n = 0;
	if (g_stat(w->options->path, &file) == 0 && file.st_size == 0)
		return refuse(w, WRITER_DAMAGED, "the file is empty");
	int rc = database_open(&w->database, w->options->path, DATABASE_WRITE, w->text);
	enum writer_result result = meaning(rc, errno);
	if (result == WRITER_OK)
		result = check(w);
	if (result == WRITER_OK)
		result = result_of(w, &w->database, register_all(w));
	if (result != WRITER_OK)
		writer_close(w);
	return result;
}

/* Renames the file away.  Tokens made from now on stay comparable with those in it. */
static enum writer_result move_aside(struct writer *w, char **aside)
{
	struct database old;
	*aside = files_set_aside(w->options->path);
	if (*aside == NULL)
		return refuse(w, WRITER_FAILING, g_strerror(errno));
	if (!w->has_secret &&
	    database_open(&old, *aside, DATABASE_READ, NULL) == SQLITE_OK) {
		read_secret(w, &old);
		database_close(&old);
	}
	return WRITER_OK;
}

enum writer_result writer_open(struct writer *w, bool set_aside, char **aside)
{
	const char *path = w->options->path;
	g_autofree char *log = g_strconcat(path, "-wal", NULL);
	*aside = NULL;
	writer_close(w);
	if (g_file_test(path, G_FILE_TEST_EXISTS) && !set_aside) {
		enum writer_result result = open_existing(w);
		if (result != WRITER_DAMAGED)
			return result;
		set_aside = true;
	}
	/* A log without its database would be taken for one of the new database. */
	if (set_aside || g_file_test(log, G_FILE_TEST_EXISTS)) {
		enum writer_result result = move_aside(w, aside);
		if (result != WRITER_OK)
			return result;
	}
	enum writer_result result = create(w);
	return result == WRITER_OK ? open_existing(w) : result;
}

enum writer_result writer_register(struct writer *w)
{
	struct database *d = &w->database;
	enum writer_result result = result_of(w, d, register_all(w));

	if (result != WRITER_OK && !sqlite3_get_autocommit(d->db))
		database_do(d, QUERY_rollback);
	return result;
}

void writer_close(struct writer *w)
{
	if (w->database.db != NULL)
		database_close(&w->database);
}

static int recover_all(struct writer *w)
{
	struct database *d = &w->database;
	for (;;) {
		struct id id;
		sqlite3_stmt *s = database_query(d, QUERY_visit_open_ids);
		bool found = sqlite3_step(s) == SQLITE_ROW;
		if (found)
			memcpy(&id, sqlite3_column_blob(s, 0), sizeof id);
		int rc = database_end(d, s);
		if (rc != SQLITE_OK || !found)
			return rc;
		if ((rc = rows_close(w, &id)) != SQLITE_OK)
			return rc;
	}
}

static enum writer_result transaction(struct writer *w, const struct save *saves,
				      unsigned n)
{
	struct database *d = &w->database;
	int rc = database_do(d, QUERY_begin);
	if (rc == SQLITE_OK && saves == NULL)
		rc = recover_all(w);
	for (unsigned i = 0; rc == SQLITE_OK && i < n; i++)
		rc = rows_save(w, &saves[i]);
	if (rc == SQLITE_OK)
		rc = database_do(d, QUERY_commit);
	if (rc == SQLITE_OK)
		return WRITER_OK;
	enum writer_result result = result_of(w, d, rc);
	w->visit_n = 0;
	if (!sqlite3_get_autocommit(d->db))
		database_do(d, QUERY_rollback);
	return result;
}

enum writer_result writer_recover(struct writer *w)
{
	return transaction(w, NULL, 0);
}

enum writer_result writer_backlog(struct writer *w, uint32_t *records)
{
	sqlite3_stmt *s = database_query(&w->database, QUERY_backlog);
	if (sqlite3_step(s) == SQLITE_ROW)
		*records = (uint32_t)sqlite3_column_int64(s, 0);
	return result_of(w, &w->database, database_end(&w->database, s));
}

enum writer_result writer_save(struct writer *w, const struct save *saves, unsigned n)
{
	return transaction(w, saves, n);
}
