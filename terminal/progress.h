/* progress.h - a bar on standard error for work that takes longer than a second.
 *
 * With TILLASK_PROGRESS=lines in the environment a line `progress DONE TOTAL` instead, from the
 * beginning: for the terminal, which draws a bar of its own (run/helpers.h).
 */
#ifndef TILLASK_PROGRESS_H
#define TILLASK_PROGRESS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Zero it, but for `what`, to begin. */
struct progress {
	const char *what;    /* "Exporting" */
	gint64 began, shown; /* g_get_monotonic_time() */
	bool asked, lines;   /* what the environment says */
};

/* DONE of TOTAL; draws at most ten times a second, and only where standard error is a terminal
 * or lines are wanted.
 * DONE >= TOTAL takes the bar away again. */
void progress_show(struct progress *p, int64_t done, int64_t total);

#endif
