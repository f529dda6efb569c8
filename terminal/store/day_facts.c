#include "store/day_facts.h"

#include <errno.h>
#include <string.h>

#include "store/archive_parts.h"
#include "store/files.h"
#include "store/store.h"

int day_facts_lock(const char *database, int wait_ms, GError **error)
{
	static const char what[] = "writing the daily files of";
	g_autofree char *lock = g_strconcat(database, ".export.lock", NULL);
	char holder[FILES_HOLDER_MAX];
	int fd = files_hold(lock, wait_ms, holder);
	if (fd < 0 && errno == EWOULDBLOCK)
		database_error(
			error, STORE_ERROR_LOCKED, what, database,
			"another tillask export is at it; try again when it has ended");
	else if (fd < 0)
		database_error(error, STORE_ERROR_FAILED, what, database,
			       g_strerror(errno));
	return fd;
}

/* ---- reading ---------------------------------------------------------------------------- */

static void clear_part(gpointer part)
{
	g_free(((struct day_part *)part)->questions);
}

static void clear_revision(gpointer revision)
{
	g_free(((struct day_revision *)revision)->why);
}

static struct day_facts *new_facts(int32_t day)
{
	struct day_facts *f = g_new0(struct day_facts, 1);
	f->day = day;
	f->previous_day = DAY_NONE;
	f->parts = g_array_new(FALSE, TRUE, sizeof(struct day_part));
	f->files = g_array_new(FALSE, TRUE, sizeof(struct day_file));
	f->revisions = g_array_new(FALSE, TRUE, sizeof(struct day_revision));
	g_array_set_clear_func(f->parts, clear_part);
	g_array_set_clear_func(f->revisions, clear_revision);
	return f;
}

void day_facts_free(struct day_facts *f)
{
	if (f == NULL)
		return;
	g_free(f->store);
	g_free(f->till);
	g_free(f->language);
	g_array_unref(f->parts);
	g_array_unref(f->files);
	g_array_unref(f->revisions);
	g_free(f);
}

void day_facts_set(char **member, const char *text)
{
	char *old = *member;
	*member = g_strdup(text);
	g_free(old);
}

static struct binding of_day(struct archive *a, enum query query, int32_t day)
{
	struct binding b = {database_query(&a->database, query), 0};
	bind_int(&b, day);
	return b;
}

/* Whether there is one. */
static bool bytes(sqlite3_stmt *s, int column, uint8_t *out, int size)
{
	if (sqlite3_column_bytes(s, column) != size)
		return false;
	memcpy(out, sqlite3_column_blob(s, column), (size_t)size);
	return true;
}

static bool read_day(struct archive *a, struct day_facts *f, GError **error)
{
	struct binding b = of_day(a, QUERY_export_day_get, f->day);
	sqlite3_stmt *s = b.statement;
	if (sqlite3_step(s) == SQLITE_ROW) {
		f->known = true;
		f->store = g_strdup(archive_text(s, 0));
		f->till = g_strdup(archive_text(s, 1));
		f->excel = sqlite3_column_int(s, 2) != 0;
		f->decimal_sign = archive_text(s, 3)[0];
		f->language = g_strdup(archive_text(s, 4));
		f->published = sqlite3_column_int(s, 5) != 0;
		bytes(s, 6, f->generation, DAY_GENERATION);
		f->sealed = bytes(s, 7, f->seal, DAY_HASH);
		if (bytes(s, 8, f->previous, DAY_HASH))
			f->previous_day = sqlite3_column_int(s, 9);
	}
	return archive_end(a, s, error);
}

static bool read_parts(struct archive *a, struct day_facts *f, GError **error)
{
	struct binding b = of_day(a, QUERY_export_parts, f->day);
	while (sqlite3_step(b.statement) == SQLITE_ROW) {
		struct day_part part = {
			.part = sqlite3_column_int(b.statement, 0),
			.upto = {sqlite3_column_int64(b.statement, 1),
				 sqlite3_column_int64(b.statement, 2),
				 sqlite3_column_int64(b.statement, 3)},
			.questions = g_strdup(archive_text(b.statement, 4)),
		};
		g_array_append_val(f->parts, part);
	}
	return archive_end(a, b.statement, error);
}

static bool read_files(struct archive *a, struct day_facts *f, GError **error)
{
	struct binding b = of_day(a, QUERY_export_files, f->day);
	sqlite3_stmt *s = b.statement;
	while (sqlite3_step(s) == SQLITE_ROW) {
		struct day_file file = {
			.part = sqlite3_column_int(s, 0),
			.rows = sqlite3_column_int64(s, 3),
			.revision = sqlite3_column_int64(s, 7),
		};
		g_strlcpy(file.what, archive_text(s, 1), sizeof file.what);
		g_strlcpy(file.format, archive_text(s, 2), sizeof file.format);
		g_strlcpy(file.version, archive_text(s, 5), sizeof file.version);
		bytes(s, 4, file.sha256, DAY_HASH);
		file.has_replaces = bytes(s, 6, file.replaces, DAY_HASH);
		g_array_append_val(f->files, file);
	}
	return archive_end(a, s, error);
}

static bool read_revisions(struct archive *a, struct day_facts *f, GError **error)
{
	struct binding b = of_day(a, QUERY_export_revisions, f->day);
	sqlite3_stmt *s = b.statement;
	while (sqlite3_step(s) == SQLITE_ROW) {
		struct day_revision revision = {
			.n = sqlite3_column_int64(s, 0),
			.why = g_strdup(archive_text(s, 1)),
			.at_ms = sqlite3_column_int64(s, 2),
			.at_offset_s = sqlite3_column_int(s, 3),
		};
		revision.has_content = bytes(s, 4, revision.content, DAY_HASH);
		g_array_append_val(f->revisions, revision);
	}
	return archive_end(a, s, error);
}

struct day_facts *day_facts_read(struct archive *a, int32_t day, GError **error)
{
	struct day_facts *f = new_facts(day);
	if (read_day(a, f, error) && read_parts(a, f, error) && read_files(a, f, error) &&
	    read_revisions(a, f, error))
		return f;
	day_facts_free(f);
	return NULL;
}

bool day_facts_before(struct archive *a, int32_t day, int32_t *before,
		      uint8_t seal[DAY_HASH], GError **error)
{
	struct binding b = of_day(a, QUERY_export_sealed_before, day);
	*before = DAY_NONE;
	if (sqlite3_step(b.statement) == SQLITE_ROW &&
	    bytes(b.statement, 1, seal, DAY_HASH))
		*before = sqlite3_column_int(b.statement, 0);
	return archive_end(a, b.statement, error);
}

bool day_facts_generation(struct archive *a, uint8_t generation[DAY_GENERATION],
			  GError **error)
{
	sqlite3_stmt *s = database_query(&a->database, QUERY_meta_get);
	memset(generation, 0, DAY_GENERATION);
	if (sqlite3_step(s) == SQLITE_ROW)
		bytes(s, 0, generation, DAY_GENERATION);
	return archive_end(a, s, error);
}

bool day_facts_seqs(struct archive *a, int32_t day, int64_t *first, int64_t *last,
		    GError **error)
{
	struct binding b = archive_days(a, QUERY_days_count, day, day);
	*first = *last = 0;
	if (sqlite3_step(b.statement) == SQLITE_ROW) {
		*first = sqlite3_column_int64(b.statement, 0);
		*last = sqlite3_column_int64(b.statement, 1);
	}
	return archive_end(a, b.statement, error);
}

bool day_facts_open_visit(struct archive *a, int32_t day, bool *open, GError **error)
{
	struct binding b = of_day(a, QUERY_visit_open_of_day, day);
	*open = sqlite3_step(b.statement) == SQLITE_ROW;
	return archive_end(a, b.statement, error);
}

bool day_facts_purged(struct archive *a, int32_t from, int32_t to, int32_t *day,
		      GError **error)
{
	struct binding b = archive_days(a, QUERY_purged, from, to);
	*day = DAY_NONE;
	if (sqlite3_step(b.statement) == SQLITE_ROW)
		*day = sqlite3_column_int(b.statement, 0);
	return archive_end(a, b.statement, error);
}

static GArray *read_list(struct archive *a, sqlite3_stmt *s, GError **error)
{
	g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(int32_t));
	while (sqlite3_step(s) == SQLITE_ROW) {
		int32_t day = sqlite3_column_int(s, 0);
		g_array_append_val(days, day);
	}
	return archive_end(a, s, error) ? g_steal_pointer(&days) : NULL;
}

GArray *day_facts_unfinished(struct archive *a, GError **error)
{
	return read_list(a, database_query(&a->database, QUERY_export_unfinished), error);
}

GArray *day_facts_unsealed(struct archive *a, int32_t before, GError **error)
{
	return read_list(a, of_day(a, QUERY_export_unsealed, before).statement, error);
}
