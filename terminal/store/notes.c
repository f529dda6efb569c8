#include "store/notes.h"

#include <sodium.h>

#include "core/moment.h"
#include "store/archive_parts.h"
#include "store/store.h"

static bool failed(struct database *d, const char *path, GError **error)
{
	char text[256];
	database_text(d, text);
	database_error(error, STORE_ERROR_FAILED, "writing to the database", path, text);
	return false;
}

/* Opens for writing what archive_open() finds in order. */
static bool open_for_writing(struct database *d, const char *path, GError **error)
{
	char text[256];
	struct archive *archive = archive_open(path, error);
	if (archive == NULL)
		return false;
	archive_close(archive);
	if (database_open(d, path, DATABASE_WRITE, text) == SQLITE_OK)
		return true;
	database_error(error, STORE_ERROR_FAILED, "opening the database", path, text);
	return false;
}

/* A statement as a transaction of its own. */
static bool write_one(struct database *d, sqlite3_stmt *statement, const char *path,
		      GError **error)
{
	if (database_do(d, QUERY_begin) != SQLITE_OK)
		return failed(d, path, error);
	if (database_run(d, statement) == SQLITE_OK &&
	    database_do(d, QUERY_commit) == SQLITE_OK)
		return true;
	failed(d, path, error);
	if (!sqlite3_get_autocommit(d->db))
		database_do(d, QUERY_rollback);
	return false;
}

bool notes_enter(const char *path, int32_t day, enum tally_entry entry, int64_t value,
		 GError **error)
{
	struct database d;
	if (!open_for_writing(&d, path, error))
		return false;
	struct binding b = {database_query(&d, QUERY_entry_put), 0};
	bind_int(&b, day);
	bind_always(&b, tally_entry_name(entry));
	bind_int(&b, value);
	bool done = write_one(&d, b.statement, path, error);
	database_close(&d);
	return done;
}

static struct id new_id(void)
{
	uint8_t seed[32];
	struct dice dice;
	randombytes_buf(seed, sizeof seed);
	dice_seed(&dice, seed);
	return dice_id(&dice, g_get_real_time() / 1000);
}

bool notes_act(const char *path, int32_t day, const char *point, const char *text,
	       const char *responsible, GError **error)
{
	struct id id = new_id();
	struct database d;
	if (!open_for_writing(&d, path, error))
		return false;
	struct binding b = {database_query(&d, QUERY_action_take), 0};
	bind_blob(&b, &id, sizeof id);
	bind_int(&b, day);
	bind_always(&b, point);
	bind_always(&b, text);
	bind_always(&b, responsible);
	bool done = write_one(&d, b.statement, path, error);
	database_close(&d);
	return done;
}

bool notes_remove_entry(const char *path, int32_t day, enum tally_entry entry,
			bool *removed, GError **error)
{
	struct database d;
	if (!open_for_writing(&d, path, error))
		return false;
	struct binding b = {database_query(&d, QUERY_entry_remove), 0};
	bind_int(&b, day);
	bind_always(&b, tally_entry_name(entry));
	bool done = write_one(&d, b.statement, path, error);
	*removed = sqlite3_changes(d.db) > 0;
	database_close(&d);
	return done;
}

bool notes_remove_action(const char *path, int64_t id, bool *removed, GError **error)
{
	struct database d;
	if (!open_for_writing(&d, path, error))
		return false;
	struct binding b = {database_query(&d, QUERY_action_remove), 0};
	bind_int(&b, id);
	bool done = write_one(&d, b.statement, path, error);
	*removed = sqlite3_changes(d.db) > 0;
	database_close(&d);
	return done;
}

static const char *text_column(sqlite3_stmt *s, int column)
{
	return (const char *)sqlite3_column_text(s, column);
}

static bool read_entries(struct archive *a, int32_t from, int32_t to,
			 const struct notes_reader *reader, GError **error)
{
	struct binding b = {database_query(&a->database, QUERY_notes_entries), 0};
	bind_int(&b, from);
	bind_int(&b, to);
	while (sqlite3_step(b.statement) == SQLITE_ROW)
		reader->entry(reader->self, sqlite3_column_int(b.statement, 0),
			      text_column(b.statement, 1),
			      sqlite3_column_int64(b.statement, 2));
	return archive_end(a, b.statement, error);
}

static bool read_actions(struct archive *a, int32_t from, int32_t to,
			 const struct notes_reader *reader, GError **error)
{
	struct binding b = {database_query(&a->database, QUERY_census_actions), 0};
	bind_int(&b, from);
	bind_int(&b, to);
	while (sqlite3_step(b.statement) == SQLITE_ROW)
		reader->action(reader->self, sqlite3_column_int64(b.statement, 0),
			       sqlite3_column_int(b.statement, 1),
			       text_column(b.statement, 2), text_column(b.statement, 3),
			       text_column(b.statement, 4));
	return archive_end(a, b.statement, error);
}

bool notes_read(const char *path, int32_t from, int32_t to,
		const struct notes_reader *reader, GError **error)
{
	struct archive *a = archive_open(path, error);
	if (a == NULL)
		return false;
	bool read = read_entries(a, from, to, reader, error) &&
		    read_actions(a, from, to, reader, error);
	archive_close(a);
	return read;
}
