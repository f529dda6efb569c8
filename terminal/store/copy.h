/* copy.h - a consistent copy of the database while the terminal writes. */
#ifndef TILLASK_STORE_COPY_H
#define TILLASK_STORE_COPY_H

#include <glib.h>
#include <stdbool.h>

/* How far it is, in whatever unit; may be NULL. */
typedef void copy_progress_fn(void *self, int64_t done, int64_t total);

/*
 * Copies the database FROM, as it is at this moment, to the new file TO (0600), which appears
 * whole or not at all.  The writer is not held up: this only reads, all of it in one read
 * transaction.  False and ERROR: TO exists, FROM is no readable database of tillask, no room.
 * Blocks for as long as it takes.
 */
bool copy_database(const char *from, const char *to, copy_progress_fn *progress,
		   void *self, GError **error);

#endif
