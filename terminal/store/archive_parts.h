/* archive_parts.h - the inside of an archive, for what reads over its connection: archive.c and
 * census.c. */
#ifndef TILLASK_STORE_ARCHIVE_PARTS_H
#define TILLASK_STORE_ARCHIVE_PARTS_H

#include "store/archive.h"
#include "store/database.h"

struct archive {
	char *path;
	struct database database;
	GStringChunk *texts; /* of one visit */
	GArray *answers;     /* likewise, struct archive_answer */
};

/* Ends a statement; sets ERROR when it did not go well. */
bool archive_end(struct archive *a, sqlite3_stmt *statement, GError **error);

#endif
