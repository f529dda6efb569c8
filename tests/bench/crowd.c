/* Two hundred tills that wake at the same moment: through PgBouncer, and each with a connection.
 *
 * Each is a process of `tillask sync` with one batch; its time is from its start to its end, with
 * all that 200 processes on this machine's processors wait for.  Memory is what the server's
 * processes held at most (Pss), PgBouncer's own is told apart.
 */
#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/bench/bench.h"
#include "tests/bench/depot.h"
#include "tests/bench/sample.h"
#include "tests/bench/side.h"
#include "tests/lib/pgbouncer.h"

#define TILLS  200
#define VISITS 100
#define POOL   8

struct crowd {
	struct postgres server;
	struct pgbouncer pool;
	struct branch first;
	struct branch till[TILLS];
	char *direct, *pooled; /* connections */
};

static void copy_till(struct crowd *c, int i)
{
	struct branch *b = &c->till[i];
	g_autofree char *text = NULL;
	g_autofree char *from = g_strconcat(c->first.folder, "/.", NULL);
	g_autofree char *store = g_strdup_printf("store=%d", 1000 + i);
	g_autofree char *sql = g_strdup_printf(
		"UPDATE till SET store = '%d'; UPDATE meta SET generation = randomblob(16)",
		1000 + i);
	const char *argv[] = {"cp", "-a", from, NULL, NULL};

	*b = c->first;
	b->folder = g_dir_make_tmp("crowd-XXXXXX", NULL);
	argv[3] = b->folder;
	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
		     NULL, NULL, NULL);
	b->config = g_build_filename(b->folder, "config.ini", NULL);
	b->path = g_strconcat(b->folder, c->first.path + strlen(c->first.folder), NULL);
	g_assert_true(g_file_get_contents(b->config, &text, NULL, NULL));
	g_autoptr(GString) config = g_string_new(text);
	g_string_replace(config, c->first.folder, b->folder, 0);
	g_string_replace(config, "store=017", store, 1);
	g_assert_true(g_file_set_contents(b->config, config->str, -1, NULL));
	branch_run(b, sql);
	branch_fill(b, VISITS);
}

static void open_crowd(struct crowd *c)
{
	static const char *const logins[] = {"postgres", NULL};

	postgres_init(&c->server, DEPOT_SETTINGS);
	pgbouncer_init(&c->pool, &c->server, logins, POOL);
	branch_init(&c->first, &c->server, "crowd");
	branch_expect_command(&c->first, "central migrate", 0, "installed");
	c->direct = postgres_conninfo(&c->server, "crowd", "postgres", 0);
	c->pooled = postgres_conninfo(&c->server, "crowd", "postgres", c->pool.port);
	for (int i = 0; i < TILLS; i++)
		copy_till(c, i);
}

static void close_crowd(struct crowd *c)
{
	for (int i = 0; i < TILLS; i++) {
		const char *argv[] = {"rm", "-rf", c->till[i].folder, NULL};

		g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
			     NULL, NULL, NULL, NULL);
		g_free(c->till[i].folder);
		g_free(c->till[i].config);
		g_free(c->till[i].path);
	}
	branch_clear(&c->first);
	pgbouncer_clear(&c->pool);
	postgres_clear(&c->server);
	g_free(c->direct);
	g_free(c->pooled);
}

/* Of the postmaster and its children. */
static double memory_mb(const struct postgres *p)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/task/%d/children", p->pid,
						p->pid);
	g_autofree char *text = NULL;
	long kb = MAX(side_memory_kb(p->pid, "Pss"), 0);

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return 0;
	g_auto(GStrv) child = g_strsplit(g_strstrip(text), " ", -1);
	for (int i = 0; child[i] != NULL && *child[i] != '\0'; i++)
		kb += MAX(
			side_memory_kb((pid_t)g_ascii_strtoll(child[i], NULL, 10), "Pss"),
			0);
	return (double)kb / 1024;
}

struct figures {
	struct rounds rows, p99, memory;
};

/* Reaps whoever ended; how many are left. */
static int reap(pid_t pid[TILLS], gint64 begun, int left, struct samples *times)
{
	int status;
	pid_t ended;

	while (left > 0 && (ended = waitpid(-1, &status, WNOHANG)) > 0) {
		for (int i = 0; i < TILLS; i++) {
			if (pid[i] != ended)
				continue;
			g_assert_cmpint(status, ==, 0);
			sample_add(times, (double)(g_get_monotonic_time() - begun));
			left--;
		}
	}
	return left;
}

static void measure(struct crowd *c, const char *conninfo, struct figures *f)
{
	static struct samples times;
	pid_t pid[TILLS];
	double most = 0;

	times.n = 0;
	depot_empty(c->direct);
	for (int i = 0; i < TILLS; i++) {
		branch_connect(&c->till[i], conninfo);
		depot_wait_again(&c->till[i]);
	}
	gint64 begun = g_get_monotonic_time();
	for (int i = 0; i < TILLS; i++)
		pid[i] = branch_start(&c->till[i], "sync");
	for (int left = TILLS; (left = reap(pid, begun, left, &times)) > 0;) {
		most = MAX(most, memory_mb(&c->server));
		g_usleep(20000);
	}
	double seconds = (double)(g_get_monotonic_time() - begun) / 1e6;
	sample_round(&f->rows, (double)depot_rows(c->direct) / seconds);
	sample_round(&f->p99, sample_percentile(&times, 99));
	sample_round(&f->memory, most);
}

void bench_sync_crowd(const struct bench *bench)
{
	static struct crowd c;
	struct figures pooled = {0}, direct = {0};

	open_crowd(&c);
	for (int i = 0; i < bench->rounds; i++) {
		measure(&c, c.pooled, &pooled);
		measure(&c, c.direct, &direct);
	}
	sample_note("200 tills at once: PgBouncer, direct", &pooled.rows, &direct.rows, 1,
		    "/s");
	sample_note("  p99 of a till's run", &pooled.p99, &direct.p99, 0.001, "ms");
	sample_note("  memory of the server", &pooled.memory, &direct.memory, 1, "MB");
	close_crowd(&c);
}
