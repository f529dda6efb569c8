/* inbox_parts.h - between the files of inbox: nobody else includes it. */
#ifndef TILLASK_STORE_INBOX_PARTS_H
#define TILLASK_STORE_INBOX_PARTS_H

#include "store/database.h"
#include "store/inbox.h"

struct inbox {
	char *path;
	struct database database;
};

/* Sets ERROR to what the connection says; false. */
bool inbox_failed(struct inbox *b, const char *what, GError **error);

/* A writing transaction; it waits for those of the terminal. */
bool inbox_begin(struct inbox *b, GError **error);
/* Ends it: commits when FINE. */
bool inbox_finish(struct inbox *b, bool fine, GError **error);

#endif
