/* files_now.h - the day's files, made because the manager wants them now.
 *
 * tillask-export as a helper (helpers.h): its progress and its end become EVENT_FILES.  One at a
 * time.  Main thread only; nothing blocks.
 */
#ifndef TILLASK_RUN_FILES_NOW_H
#define TILLASK_RUN_FILES_NOW_H

#include "config.h"
#include "core/event.h"

typedef void (*files_now_tell)(const struct event *event);

/* The files of business day DAY; CONFIG is borrowed for the call.  TELL is called from the main
 * loop, and at last with FILES_DONE or FILES_FAILED. */
void files_now_begin(const struct config *config, int32_t day, files_now_tell tell);

/* Nothing is told any more; a helper under way finishes by itself. */
void files_now_end(void);

#endif
