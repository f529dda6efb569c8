/* files.h - what the store does with files as files: the lock, a new database, setting aside. */
#ifndef TILLASK_STORE_FILES_H
#define TILLASK_STORE_FILES_H

#include <glib.h>
#include <stdbool.h>

#define FILES_HOLDER_MAX 32

/* Takes the lock file LOCK (created 0600, in it our pid) for as long as the descriptor stays open;
 * it ends with the process.  Waits at most WAIT_MS for another process.  -1: errno, of which
 * EWOULDBLOCK means that one has it: HOLDER is its pid as it wrote it. */
int files_hold(const char *lock, int wait_ms, char holder[FILES_HOLDER_MAX]);

/* Takes PATH.lock, a database's, without waiting; makes the folder (0700) when it is missing.  -1
 * and ERROR: STORE_ERROR_LOCKED with the other's pid, or STORE_ERROR_FAILED. */
int files_lock(const char *path, GError **error);

/* Makes an empty file PATH (0600) in place of what a power cut left of an earlier try.  False: errno. */
bool files_create(const char *path, GError **error);

/* Makes FROM durable under the name TO, in the same folder; TO must not exist: then errno is
 * EEXIST.  FROM is gone afterwards.  False: errno. */
bool files_rename_new(const char *from, const char *to);

/* Renames PATH, if it is there, and PATH-wal, -shm and -journal to
 * PATH.damaged-YYYYMMDDTHHMMSS (UTC; with -2, -3, ... where that exists) and the same endings.
 * The new name, for g_free(), or NULL: errno. */
char *files_set_aside(const char *path);

#endif
