/* lock.h - one sender a database: DATABASE.sync, held while it sends. */
#ifndef TILLASK_SYNC_LOCK_H
#define TILLASK_SYNC_LOCK_H

#include <glib.h>

/* A descriptor that holds the lock until it is closed; it ends with the process.  Waits at most
 * WAIT_MS for another sender.  -1 and G_FILE_ERROR. */
int lock_take(const char *database, int wait_ms, GError **error);

#endif
