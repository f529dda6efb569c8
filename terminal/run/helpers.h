/* helpers.h - programs that the terminal starts beside itself: sync, the day's files.
 *
 * A helper works over the same database at nice 19, in a session of its own, with /dev/null as
 * its three files, unless somebody listens.  Nothing here waits for it, nor for the disk that it
 * is read from; when it ends it is collected by the main loop.  It is left running when the terminal ends: a helper
 * that dies anywhere is finished by the next one.  Main thread only.
 */
#ifndef TILLASK_RUN_HELPERS_H
#define TILLASK_RUN_HELPERS_H

#include <stdbool.h>
#include <stdint.h>

#include "config.h"

struct helper;

/* It ended with exit code CODE; -1: a signal ended it, or it could not be started. */
typedef void helper_ended(void *self, int code);

/* A line of its standard error, without its end, cut to HELPER_LINE_MAX bytes. */
#define HELPER_LINE_MAX 255
typedef void helper_said(void *self, const char *line);

/* The program at PATH (command_helper_path()) with ARGS after its name, NULL-terminated; both
 * are copied.  ENDED may be NULL; it may call every function but helper_free().  Starts nothing
 * yet. */
struct helper *helper_new(const char *path, const char *const *args, helper_ended *ended,
			  void *self);
/* A program of ours, which is to see config.ini as CONFIG was read, whatever is in the file when it
 * starts: two that disagreed would mix stores, folders and servers.  Before the first start. */
void helper_config(struct helper *h, const struct config *config);
/* Standard error is read from the next start on, and progress is asked for in lines
 * (progress.h).  SAID may call every function but helper_free(); all is told before ENDED is. */
void helper_listen(struct helper *h, helper_said *said);
/* NULL is allowed. */
void helper_free(struct helper *h);

/* To be started at this CLOCK_MONOTONIC time, in place of an earlier one that has not come;
 * MOMENT_NEVER: not at all. */
void helper_at(struct helper *h, int64_t mono_ms);

/* To be started now; or, where it still runs, once more as soon as it has ended: it may have
 * looked already at what has come since. */
void helper_now(struct helper *h);

bool helper_running(const struct helper *h);

#endif
