/* At rest: the first question stands, the clock is shown, the reader is plugged in. */
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/bench.h"
#include "tests/bench/sample.h"
#include "tests/bench/side.h"

#define REST_S 60

struct used {
	gint64 cpu_ns, sleeps;
};

static void add_thread(const char *folder, const char *thread, struct used *used)
{
	g_autofree char *schedule = g_build_filename(folder, thread, "schedstat", NULL);
	g_autofree char *status = g_build_filename(folder, thread, "status", NULL);
	g_autofree char *text = NULL, *all = NULL;
	const char *line;

	g_assert_true(g_file_get_contents(schedule, &text, NULL, NULL));
	used->cpu_ns += g_ascii_strtoll(text, NULL, 10);
	g_assert_true(g_file_get_contents(status, &all, NULL, NULL));
	line = strstr(all, "\nvoluntary_ctxt_switches:");
	used->sleeps += atoll(strchr(line, ':') + 1);
}

/* Time on a processor (user and system) and sleeps that ended, of all threads. */
static struct used used_by(pid_t pid)
{
	g_autofree char *folder = g_strdup_printf("/proc/%d/task", pid);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	struct used used = {0};
	const char *thread;

	while ((thread = g_dir_read_name(dir)) != NULL)
		add_thread(folder, thread, &used);
	return used;
}

void bench_rest(const struct bench *bench)
{
	struct used before, after;
	struct shop shop;
	struct term *term;

	side_shop(&shop, bench, NULL);
	term = shop_run(&shop);
	term_run(term, 6000); /* the toast of the reader goes */
	before = used_by(term_pid(term));
	term_run(term, REST_S * 1000);
	after = used_by(term_pid(term));
	sample_at_most("processor at rest, of one, over 60 s",
		       (double)(after.cpu_ns - before.cpu_ns) / (REST_S * 1e9) * 100, "%",
		       0.005);
	sample_at_most("wake-ups a second at rest",
		       (double)(after.sleeps - before.sleeps) / REST_S, "", 1);
	shop_stop(term);
	shop_close(&shop);
}
