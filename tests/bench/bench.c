/* bench: `make bench`.
 *
 *     BENCH_ROUNDS=N   rounds of each measurement, 1 to 21 (default 5)
 *     T=WORD           only the measurements whose name holds WORD
 *
 * Everything lies in a folder beside the program, which must be on a disk.  A figure that is
 * missed is told and fails nothing; exit 1 is for what could not be measured.
 */
#include "tests/bench/bench.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/vfs.h>

#include "tests/bench/sample.h"

static const struct measurement {
	const char *name;
	void (*measure)(const struct bench *bench);
} measurements[] = {
	{"keys", bench_keys},
	{"garbage", bench_garbage},
	{"swipes", bench_swipes},
	{"visits", bench_visits},
	{"survey", bench_survey},
	{"rest", bench_rest},
	{"figures", bench_figures},
	{"sync-send", bench_sync_send},
	{"sync-chain", bench_sync_chain},
	{"sync-crowd", bench_sync_crowd},
};

/* The database of a till is on a disk; in memory everything would be fast. */
static bool on_disk(const char *folder)
{
	struct statfs about;

	return statfs(folder, &about) == 0 && about.f_type != TMPFS_MAGIC &&
	       about.f_type != RAMFS_MAGIC;
}

static int rounds(void)
{
	const char *text = g_getenv("BENCH_ROUNDS");
	int n = text != NULL ? atoi(text) : 5;

	return CLAMP(n, 1, SAMPLE_ROUNDS);
}

/* Temporary folders of tests/lib are made here. */
static bool choose_folder(const char *floors)
{
	g_autofree char *folder = g_build_filename(floors, "disk", NULL);

	if (g_mkdir_with_parents(folder, 0700) != 0 || !on_disk(folder)) {
		fprintf(stderr,
			"measuring in %s: it is not on a disk; build on one: make OUT=FOLDER "
			"bench\n",
			folder);
		return false;
	}
	g_setenv("TMPDIR", folder, TRUE);
	return true;
}

int main(int argc, char **argv)
{
	g_autofree char *self = g_canonicalize_filename(argv[0], NULL);
	g_autofree char *floors = g_path_get_dirname(self);
	const struct bench bench = {g_getenv("TILLASK_BIN"), floors, rounds()};
	const char *only = g_getenv("T") != NULL ? g_getenv("T") : "";
	gint64 begun = g_get_monotonic_time();

	(void)argc;
	if (bench.tillask == NULL) {
		fprintf(stderr,
			"measuring: TILLASK_BIN does not name the program; use make "
			"bench\n");
		return 1;
	}
	if (!choose_folder(floors))
		return 1;
	printf("Medians of %d rounds, by turns; `rounds`: the ratio in the best and the worst "
	       "of them.\n\n",
	       bench.rounds);
	sample_head();
	for (size_t i = 0; i < G_N_ELEMENTS(measurements); i++)
		if (g_strrstr(measurements[i].name, only) != NULL)
			measurements[i].measure(&bench);
	printf("\n%d missed; measured in %d s\n", sample_missed(),
	       (int)((g_get_monotonic_time() - begun) / G_USEC_PER_SEC));
	return 0;
}
