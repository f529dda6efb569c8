/* watch.h - a descriptor and a deadline in the main loop, and whom to call.
 *
 * A GLib source of the default context that costs nothing to change: neither a new descriptor
 * nor a new deadline allocates.  Main thread only.
 */
#ifndef TILLASK_RUN_WATCH_H
#define TILLASK_RUN_WATCH_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct watch;

/* The descriptor answered (CONDITION, with G_IO_HUP and G_IO_ERR as they come) or, with 0, the
 * deadline is reached; it is then gone. */
typedef void (*watch_call)(void *self, GIOCondition condition);

/* Watches nothing yet.  All watches are equals: each that is due is called once a turn of the
 * loop, in the order in which they were made, so a call that does a bounded piece of work keeps
 * nobody waiting. */
struct watch *watch_new(watch_call call, void *self);

/* Any time but within its own call.  NULL is allowed. */
void watch_free(struct watch *w);

/* Waits for CONDITION on FD instead of what was waited for; -1: for nothing. */
void watch_fd(struct watch *w, int fd, GIOCondition condition);

/* Calls at this CLOCK_MONOTONIC time, in place of an earlier one; MOMENT_NEVER or a negative
 * one: not at all. */
void watch_time(struct watch *w, int64_t mono_ms);

#endif
