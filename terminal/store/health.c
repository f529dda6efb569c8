#include "store/health.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "store/database.h"

/* The first line of what SQLite finds in the whole file; "ok" when it finds nothing. */
static int quick_check(struct database *d, char why[256])
{
	sqlite3_stmt *s;
	int rc = sqlite3_prepare_v2(d->db, "PRAGMA quick_check(1)", -1, &s, NULL);

	if (rc == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
		g_strlcpy(why, (const char *)sqlite3_column_text(s, 0), 256);
	if (rc == SQLITE_OK)
		rc = sqlite3_finalize(s);
	if (rc != SQLITE_OK)
		database_text(d, why);
	else if (strcmp(why, "ok") != 0)
		rc = SQLITE_CORRUPT;
	return rc;
}

/* The one number of a query; OTHERWISE when there is none. */
static int64_t one_number(struct database *d, enum query query, int64_t otherwise)
{
	sqlite3_stmt *s = database_query(d, query);
	int64_t number = otherwise;

	if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_type(s, 0) == SQLITE_INTEGER)
		number = sqlite3_column_int64(s, 0);
	database_end(d, s);
	return number;
}

static enum health_state failed(int rc)
{
	int code = rc & 0xff;

	return code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? HEALTH_DAMAGED
							       : HEALTH_UNREADABLE;
}

static enum health_state look(struct database *d, struct health *out)
{
	bool ours = false;
	int rc = database_is_ours(d, &ours);

	out->schema = database_schema(d);
	if (rc != SQLITE_OK || out->schema < 0) {
		database_text(d, out->why);
		return failed(rc != SQLITE_OK ? rc : sqlite3_extended_errcode(d->db));
	}
	if (!ours)
		return HEALTH_FOREIGN;
	if (out->schema > out->newest_schema)
		return HEALTH_NEWER;
	rc = quick_check(d, out->why);
	if (rc != SQLITE_OK)
		return failed(rc);
	if (out->schema < out->newest_schema)
		return HEALTH_OLDER;
	out->newest_ms = one_number(d, QUERY_newest, INT64_MIN);
	out->backlog = (uint32_t)one_number(d, QUERY_backlog, 0);
	return HEALTH_FINE;
}

void health_of(const char *path, struct health *out)
{
	struct database d;
	struct stat file;
	int rc;

	*out = (struct health){.newest_schema = database_schema_newest(),
			       .newest_ms = INT64_MIN};
	if (stat(path, &file) != 0 && errno == ENOENT) {
		out->state = HEALTH_ABSENT;
		return;
	}
	rc = database_open(&d, path, DATABASE_READ, out->why);
	if (rc != SQLITE_OK) {
		out->state = failed(rc);
		return;
	}
	if (file.st_size == 0) {
		out->state = HEALTH_DAMAGED;
		g_strlcpy(out->why, "the file is empty", sizeof(out->why));
	} else {
		out->state = look(&d, out);
	}
	database_close(&d);
}
