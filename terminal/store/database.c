#include "store/database.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "store/store.h"

#define APPLICATION_ID "1953264491" /* "tlsk" */
#define MIGRATIONS     "schema/local/"
#define OLDER          "store/older-"

static const char *const query_names[] = {
#define Q(name) #name,
	QUERIES(Q)
#undef Q
};

G_DEFINE_QUARK(tillask - store - error - quark, store_error)

const char *database_query_name(enum query query)
{
	return query_names[query];
}

#define QUERIES_FILES "store/queries"

/* The text of one query: from the line after its name to the next name. */
static const char *query_text(enum query query, int *length)
{
	g_autofree char *head = g_strdup_printf("-- name: %s\n", query_names[query]);
	const char *found = NULL;
	for (size_t i = 0; found == NULL && i < embedded_files_count; i++)
		if (g_str_has_prefix(embedded_files[i].name, QUERIES_FILES))
			found = strstr((const char *)embedded_files[i].data, head);
	if (found == NULL)
		g_error("no file of queries has \"%s\"", query_names[query]);
	found += strlen(head);
	const char *end = strstr(found, "-- name: ");
	*length = (int)(end != NULL ? (size_t)(end - found) : strlen(found));
	return found;
}

sqlite3_stmt *database_query(struct database *d, enum query query)
{
	if (d->statement[query] == NULL) {
		int length;
		const char *text = query_text(query, &length);
		sqlite3_prepare_v3(d->db, text, length, SQLITE_PREPARE_PERSISTENT,
				   &d->statement[query], NULL);
	}
	return d->statement[query];
}

void bind_int(struct binding *b, int64_t value)
{
	sqlite3_bind_int64(b->statement, ++b->at, value);
}

void bind_null(struct binding *b)
{
	sqlite3_bind_null(b->statement, ++b->at);
}

void bind_real(struct binding *b, double value)
{
	sqlite3_bind_double(b->statement, ++b->at, value);
}

void bind_always(struct binding *b, const char *text)
{
	sqlite3_bind_text(b->statement, ++b->at, text, -1, SQLITE_STATIC);
}

void bind_text(struct binding *b, const char *text)
{
	bind_always(b, text != NULL && *text != '\0' ? text : NULL);
}

void bind_blob(struct binding *b, const void *blob, size_t size)
{
	sqlite3_bind_blob64(b->statement, ++b->at, blob, size, SQLITE_STATIC);
}

int database_end(struct database *d, sqlite3_stmt *statement)
{
	if (statement == NULL)
		return sqlite3_extended_errcode(d->db);
	int rc = sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
	return rc;
}

int database_run(struct database *d, sqlite3_stmt *statement)
{
	errno = 0;
	while (sqlite3_step(statement) == SQLITE_ROW)
		;
	d->run_errno = errno;
	return database_end(d, statement);
}

int database_do(struct database *d, enum query query)
{
	return database_run(d, database_query(d, query));
}

int database_errno(const struct database *d)
{
	if (d->db == NULL)
		return ENOMEM;
	int rc = sqlite3_errcode(d->db) & 0xff, system = sqlite3_system_errno(d->db);
	if (rc != SQLITE_IOERR && rc != SQLITE_FULL && rc != SQLITE_CANTOPEN)
		return 0;
	return system != 0 ? system : d->run_errno;
}

void database_text(struct database *d, char text[256])
{
	if (text == NULL)
		return;
	int system = database_errno(d);
	const char *why = d->db != NULL ? sqlite3_errmsg(d->db) : "out of memory";
	g_snprintf(text, 256, "%s%s%s%s", why, system != 0 ? " (" : "",
		   system != 0 ? g_strerror(system) : "", system != 0 ? ")" : "");
}

void database_error(GError **error, int code, const char *what, const char *path,
		    const char *why)
{
	g_set_error(error, STORE_ERROR, code, "%s %s: %s", what, path, why);
}

/* One number of a PRAGMA or the like. */
static int number(struct database *d, const char *sql, int *value)
{
	sqlite3_stmt *statement;
	int rc = sqlite3_prepare_v2(d->db, sql, -1, &statement, NULL);
	if (rc != SQLITE_OK)
		return rc;
	if (sqlite3_step(statement) == SQLITE_ROW)
		*value = sqlite3_column_int(statement, 0);
	return sqlite3_finalize(statement);
}

int database_schema(struct database *d)
{
	int version = -1;
	number(d, "PRAGMA user_version", &version);
	return version;
}

int database_is_ours(struct database *d, bool *ours)
{
	int id = 0;
	int rc = number(d, "PRAGMA application_id", &id);
	*ours = id == atoi(APPLICATION_ID);
	return rc;
}

int database_wal(struct database *d)
{
	return sqlite3_exec(d->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
}

int database_unseen(struct database *d)
{
	return sqlite3_exec(d->db,
			    "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF",
			    NULL, NULL, NULL);
}

int database_seen(struct database *d)
{
	int rc = sqlite3_exec(d->db, "PRAGMA synchronous = FULL", NULL, NULL, NULL);
	return rc == SQLITE_OK ? database_wal(d) : rc;
}

/* Writers keep the WAL file and write it over from its start after each checkpoint (SQLite's
 * own way as long as no journal_size_limit is set).  Small caches: the till has little memory. */
static const char setup_write[] = "PRAGMA synchronous = FULL;"
				  "PRAGMA foreign_keys = ON;"
				  "PRAGMA secure_delete = ON;"
				  "PRAGMA cache_size = -256;";
static const char setup_read[] = "PRAGMA query_only = ON; PRAGMA cache_size = -128;";

#define BUSY_MS 1000

int database_open(struct database *d, const char *path, enum database_mode mode,
		  char text[256])
{
	memset(d, 0, sizeof *d);
	g_autofree char *escaped = g_uri_escape_string(path, "/", TRUE);
	g_autofree char *uri = g_strdup_printf(
		"file:%s%s", escaped, mode == DATABASE_LOOSE ? "?immutable=1" : "");
	int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX |
		    (mode == DATABASE_WRITE ? SQLITE_OPEN_READWRITE
					    : SQLITE_OPEN_READONLY);
	int rc = sqlite3_open_v2(uri, &d->db, flags, NULL);
	if (rc == SQLITE_OK) {
		sqlite3_extended_result_codes(d->db, 1);
		sqlite3_busy_timeout(d->db, BUSY_MS);
		sqlite3_db_config(d->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
		rc = sqlite3_exec(d->db,
				  mode == DATABASE_WRITE ? setup_write : setup_read, NULL,
				  NULL, NULL);
	}
	if (rc == SQLITE_OK && mode == DATABASE_WRITE &&
	    sqlite3_db_readonly(d->db, "main") == 1)
		rc = SQLITE_READONLY;
	if (rc == SQLITE_OK && database_schema(d) < 0)
		rc = sqlite3_extended_errcode(d->db);
	if (rc != SQLITE_OK) {
		int system = database_errno(d);
		database_text(d, text);
		if (rc == SQLITE_READONLY && text != NULL)
			g_strlcpy(
				text,
				"it may not be written; see to its rights and its folder's",
				256);
		if (system == ENOENT && text != NULL)
			g_strlcpy(
				text,
				"there is no such file; a till's own is made by tillask run",
				256);
		database_close(d);
		errno = system;
	}
	return rc;
}

void database_close(struct database *d)
{
	for (int i = 0; i < QUERY_COUNT; i++)
		sqlite3_finalize(d->statement[i]);
	sqlite3_close_v2(d->db);
	memset(d, 0, sizeof *d);
}

/* The number of a migration's file name, 0 when it is none. */
static int migration_number(const struct embedded_file *file)
{
	if (!g_str_has_prefix(file->name, MIGRATIONS))
		return 0;
	return atoi(file->name + strlen(MIGRATIONS));
}

int database_schema_newest(void)
{
	int newest = 0;
	for (size_t i = 0; i < embedded_files_count; i++)
		newest = MAX(newest, migration_number(&embedded_files[i]));
	return newest;
}

static int migrate_to(struct database *d, int version, const char *sql)
{
	int rc = sqlite3_exec(d->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	if (rc != SQLITE_OK)
		return rc;
	rc = sqlite3_exec(d->db, sql, NULL, NULL, NULL);
	if (rc == SQLITE_OK) {
		g_autofree char *end =
			g_strdup_printf("PRAGMA application_id = " APPLICATION_ID
					"; PRAGMA user_version = %d;"
					"COMMIT",
					version);
		rc = sqlite3_exec(d->db, end, NULL, NULL, NULL);
	}
	if (rc != SQLITE_OK && !sqlite3_get_autocommit(d->db))
		sqlite3_exec(d->db, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}

int database_migrate(struct database *d)
{
	int newest = database_schema_newest();
	for (int version = database_schema(d) + 1; version <= newest; version++)
		for (size_t i = 0; i < embedded_files_count; i++) {
			const struct embedded_file *file = &embedded_files[i];
			if (migration_number(file) != version)
				continue;
			int rc = migrate_to(d, version, (const char *)file->data);
			if (rc != SQLITE_OK)
				return rc;
		}
	return SQLITE_OK;
}

int database_read_older(struct database *d)
{
	int schema = database_schema(d), least = 0;
	const char *sql = NULL;
	for (size_t i = 0; i < embedded_files_count; i++) {
		const struct embedded_file *file = &embedded_files[i];
		int older = g_str_has_prefix(file->name, OLDER)
				    ? atoi(file->name + strlen(OLDER))
				    : 0;
		if (older < schema || (sql != NULL && older > least))
			continue;
		least = older;
		sql = (const char *)file->data;
	}
	if (sql == NULL)
		return SQLITE_OK;
	/* the file itself is open for reading only */
	int rc = sqlite3_exec(d->db, "PRAGMA query_only = 0", NULL, NULL, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(d->db, sql, NULL, NULL, NULL);
	return rc;
}

int database_cheap_check(struct database *d)
{
	return database_do(d, QUERY_cheap_check);
}
