#include "progress.h"

#include <stdio.h>
#include <unistd.h>

#define BAR_COLS 30

void progress_show(struct progress *p, int64_t done, int64_t total)
{
	gint64 now = g_get_monotonic_time();
	if (p->began == 0)
		p->began = now;
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
