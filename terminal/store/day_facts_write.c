/* day_facts_write.c - the facts of the daily files into the database, a transaction each. */
#include <string.h>

#include "store/database.h"
#include "store/day_facts.h"
#include "store/store.h"

static void bind_bytes(struct binding *b, bool there, const void *bytes, size_t size)
{
	if (there)
		bind_blob(b, bytes, size);
	else
		bind_null(b);
}

static int put_day(struct database *d, const struct day_facts *f)
{
	bool has_previous = f->sealed && f->previous_day != DAY_NONE;
	char sign[2] = {f->decimal_sign, '\0'};
	struct binding b = {database_query(d, QUERY_export_day_put), 0};
	bind_int(&b, f->day);
	bind_always(&b, f->store);
	bind_always(&b, f->till);
	bind_int(&b, f->excel);
	bind_always(&b, sign);
	bind_always(&b, f->language);
	bind_blob(&b, f->generation, DAY_GENERATION);
	bind_bytes(&b, f->sealed, f->seal, DAY_HASH);
	bind_bytes(&b, has_previous, f->previous, DAY_HASH);
	if (has_previous)
		bind_int(&b, f->previous_day);
	else
		bind_null(&b);
	return database_run(d, b.statement);
}

static int put_part(struct database *d, int32_t day, const struct day_part *part)
{
	struct binding b = {database_query(d, QUERY_export_part_put), 0};
	bind_int(&b, day);
	bind_int(&b, part->part);
	bind_int(&b, part->upto.seq);
	bind_int(&b, part->upto.card);
	bind_int(&b, part->upto.late);
	bind_always(&b, part->questions);
	return database_run(d, b.statement);
}

static int put_file(struct database *d, int32_t day, const struct day_file *file)
{
	struct binding b = {database_query(d, QUERY_export_file_put), 0};
	bind_int(&b, day);
	bind_int(&b, file->part);
	bind_always(&b, file->what);
	bind_always(&b, file->format);
	bind_int(&b, file->rows);
	bind_blob(&b, file->sha256, DAY_HASH);
	bind_always(&b, file->version);
	bind_bytes(&b, file->has_replaces, file->replaces, DAY_HASH);
	if (file->revision != 0)
		bind_int(&b, file->revision);
	else
		bind_null(&b);
	return database_run(d, b.statement);
}

static int put_revision(struct database *d, const struct day_revision *revision)
{
	if (!revision->has_content)
		return SQLITE_OK;
	struct binding b = {database_query(d, QUERY_export_revision_content), 0};
	bind_blob(&b, revision->content, DAY_HASH);
	bind_int(&b, revision->n);
	return database_run(d, b.statement);
}

static int put_all(struct database *d, const struct day_facts *f)
{
	int rc = put_day(d, f);
	for (unsigned i = 0; rc == SQLITE_OK && i < f->parts->len; i++)
		rc = put_part(d, f->day, &g_array_index(f->parts, struct day_part, i));
	for (unsigned i = 0; rc == SQLITE_OK && i < f->files->len; i++)
		rc = put_file(d, f->day, &g_array_index(f->files, struct day_file, i));
	for (unsigned i = 0; rc == SQLITE_OK && i < f->revisions->len; i++)
		rc = put_revision(d,
				  &g_array_index(f->revisions, struct day_revision, i));
	return rc;
}

static int put_published(struct database *d, const struct day_facts *f)
{
	struct binding b = {database_query(d, QUERY_export_day_published), 0};
	bind_int(&b, f->day);
	return database_run(d, b.statement);
}

static bool transaction(const char *path, const struct day_facts *f,
			int (*put)(struct database *, const struct day_facts *),
			GError **error)
{
	static const char doing[] = "writing down the daily files in";
	struct database d;
	char text[256];
	if (database_open(&d, path, DATABASE_WRITE, text) != SQLITE_OK) {
		database_error(error, STORE_ERROR_FAILED, doing, path, text);
		return false;
	}
	int rc = database_do(&d, QUERY_begin);
	if (rc == SQLITE_OK)
		rc = put(&d, f);
	if (rc == SQLITE_OK)
		rc = database_do(&d, QUERY_commit);
	if (rc != SQLITE_OK) {
		database_text(&d, text);
		database_error(error, STORE_ERROR_FAILED, doing, path, text);
	}
	database_close(&d); /* rolls back what is open */
	return rc == SQLITE_OK;
}

bool day_facts_write(const char *database, const struct day_facts *f, GError **error)
{
	return transaction(database, f, put_all, error);
}

bool day_facts_published(const char *database, int32_t day, GError **error)
{
	struct day_facts f = {.day = day};
	return transaction(database, &f, put_published, error);
}
