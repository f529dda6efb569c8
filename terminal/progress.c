#include "progress.h"

#include <stdio.h>
#include <unistd.h>

#define BAR_COLS 30

static bool wants_lines(struct progress *p)
{
	if (!p->asked)
		p->lines = g_strcmp0(g_getenv("TILLASK_PROGRESS"), "lines") == 0;
	p->asked = true;
	return p->lines;
}

void progress_show(struct progress *p, int64_t done, int64_t total)
{
	gint64 now = g_get_monotonic_time();
	if (p->began == 0)
		p->began = now;
	if (wants_lines(p)) {
		if (now - p->shown < G_USEC_PER_SEC / 10)
			return;
		p->shown = now;
		fprintf(stderr, "progress %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
			done, total);
		return;
	}
	if (done >= total) {
		if (p->shown != 0)
			fputs("\r\033[K", stderr);
		p->shown = 0;
		return;
	}
	if (now - p->began < G_USEC_PER_SEC || now - p->shown < G_USEC_PER_SEC / 10 ||
	    !isatty(STDERR_FILENO))
		return;
	p->shown = now;
	int full = (int)(done * BAR_COLS / total);
	fprintf(stderr, "\r%s [", p->what);
	for (int i = 0; i < BAR_COLS; i++)
		putc(i < full ? '#' : '.', stderr);
	fprintf(stderr, "] %d %%", (int)(done * 100 / total));
}
