#include "store/copy.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "store/database.h"
#include "store/files.h"
#include "store/store.h"

#define PAGES_A_STEP 256

static bool fail(GError **error, const char *what, const char *path, const char *why)
{
	database_error(error, STORE_ERROR_FAILED, what, path, why);
	return false;
}

/* Holds FROM at this moment. */
static bool begin(struct database *from, const char *path, GError **error)
{
	char text[256];
	bool ours = false;
	if (database_open(from, path, DATABASE_READ, text) != SQLITE_OK)
		return fail(error, "opening the database", path, text);
	if (database_is_ours(from, &ours) != SQLITE_OK || !ours)
		g_strlcpy(text, "it is no database of tillask", sizeof text);
	else if (database_do(from, QUERY_begin_read) == SQLITE_OK &&
		 database_do(from, QUERY_meta_get) == SQLITE_OK)
		return true;
	else
		database_text(from, text);
	database_close(from);
	return fail(error, "reading the database", path, text);
}

static bool copy_pages(struct database *from, const char *to, copy_progress_fn *progress,
		       void *self, char text[256])
{
	struct database d;
	if (database_open(&d, to, DATABASE_WRITE, text) != SQLITE_OK)
		return false;
	/* the whole file is made durable before it gets its name */
	sqlite3_exec(d.db, "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF", NULL,
		     NULL, NULL);
	int rc = SQLITE_ERROR;
	sqlite3_backup *backup = sqlite3_backup_init(d.db, "main", from->db, "main");
	if (backup != NULL) {
		do {
			rc = sqlite3_backup_step(backup, PAGES_A_STEP);
			int total = sqlite3_backup_pagecount(backup);
			if (progress != NULL)
				progress(self, total - sqlite3_backup_remaining(backup),
					 total);
		} while (rc == SQLITE_OK || rc == SQLITE_BUSY);
		rc = sqlite3_backup_finish(backup);
	}
	if (rc != SQLITE_OK)
		database_text(&d, text);
	database_close(&d);
	return rc == SQLITE_OK;
}

bool copy_database(const char *from, const char *to, copy_progress_fn *progress,
		   void *self, GError **error)
{
	struct database d;
	char text[256] = "";
	g_autofree char *temporary = g_strdup_printf("%s.%ld.tmp", to, (long)getpid());
	if (g_file_test(to, G_FILE_TEST_EXISTS))
		return fail(error, "writing the copy", to,
			    "the file exists; give another name, nothing is overwritten");
	if (!begin(&d, from, error))
		return false;
	bool done = false;
	if (files_create(temporary, error)) {
		done = copy_pages(&d, temporary, progress, self, text);
		if (done && !files_rename_new(temporary, to)) {
			done = false;
			g_strlcpy(text, g_strerror(errno), sizeof text);
		}
		if (!done) {
			unlink(temporary);
			fail(error, "writing the copy", to, text);
		}
	}
	database_close(&d);
	return done;
}
