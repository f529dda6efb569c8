/* progress.h - a bar on standard error for work that takes longer than a second. */
#ifndef TILLASK_PROGRESS_H
#define TILLASK_PROGRESS_H

#include <glib.h>
#include <stdint.h>

/* Zero it, but for `what`, to begin. */
struct progress {
	const char *what;    /* "Exporting" */
	gint64 began, shown; /* g_get_monotonic_time() */
};

/* DONE of TOTAL; draws at most ten times a second, and only where standard error is a terminal.
 * DONE >= TOTAL takes the bar away again. */
void progress_show(struct progress *p, int64_t done, int64_t total);

#endif
