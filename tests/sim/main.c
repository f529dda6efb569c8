/* sim - thousands of tills, each with its seed.
 *
 *   sim [--tap] [--seeds N] [--from K] [--verbose]
 *
 * Prints TAP, one line a block of seeds; a seed that fails is named, and `--seeds 1 --from K`
 * plays it again.
 */
#include "sim.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crash_vfs.h"

#define ACTS   90
#define BLOCKS 10

static char *folder, *template, *database;

static const char *const languages[] = {"ru", "en"}, *const readers[] = {"msr"};

static void prepare(struct sim *sim, uint64_t seed)
{
	uint8_t bytes[32] = {1};
	memset(sim, 0, sizeof *sim);
	sim->seed = seed;
	memcpy(bytes + 8, &seed, sizeof seed);
	dice_seed(&sim->dice, bytes);
	for (int i = 0; i < 8; i++)
		dice_next(&sim->dice);
	sim->now = (struct moment){
		.mono_ms = 1000, .utc_ms = SIM_START_UTC_MS, .offset_s = 10800};
	sim->now.day = (int32_t)(SIM_START_UTC_MS / 86400000);
	sim->last_card = -1;
	sim->last_digit_ms = INT64_MIN / 2;
	sim->next_act_ms = 2000;
	people_rules(sim);
	promises_init(&sim->promises, &sim->questionnaire, people_cards);
	sim->options = (struct store_options){
		.path = database,
		.store = "001",
		.till = "1",
		.currency = "RUB",
		.questionnaire = &sim->questionnaire,
		.languages = 2,
		.language = languages,
		.readers = 1,
		.reader = readers,
	};
	writer_init(&sim->writer, &sim->options);
}

static void remove_database(void)
{
	static const char *const endings[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
		g_autofree char *path = g_strconcat(database, endings[i], NULL);
		g_unlink(path);
	}
}

/* An empty database, made once and copied for each seed. */
static void make_template(void)
{
	static struct sim sim;
	char *content, *aside = NULL;
	gsize size;
	prepare(&sim, 0);
	if (writer_open(&sim.writer, false, &aside) != WRITER_OK)
		g_error("a new database: %s", sim.writer.text);
	writer_close(&sim.writer);
	crash_vfs_restore(&sim.dice);
	if (!g_file_get_contents(database, &content, &size, NULL) ||
	    !g_file_set_contents(template, content, (gssize)size, NULL))
		g_error("%s: cannot be copied", database);
	g_free(content);
	remove_database();
}

static void copy_template(void)
{
	char *content;
	gsize size;
	if (!g_file_get_contents(template, &content, &size, NULL) ||
	    !g_file_set_contents_full(database, content, (gssize)size,
				      G_FILE_SET_CONTENTS_NONE, 0600, NULL))
		g_error("%s: cannot be copied", template);
	g_free(content);
}

static struct {
	int thanks, cuts, commits, faults, training, chosen;
} totals;

static int count(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *s = NULL;
	int n = 0;
	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK &&
	    sqlite3_step(s) == SQLITE_ROW)
		n = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return n;
}

static void live(struct sim *sim)
{
	sim->may_cut = true;
	if (setjmp(sim->cut) != 0)
		world_power_on(sim);
	else
		world_boot(sim);
	sim->may_cut = true;
	while (sim->acts < ACTS && sim->wrong == NULL)
		world_turn(sim);
}

/* NULL, or what went wrong; the caller frees. */
static char *run(uint64_t seed)
{
	static struct sim sim;
	char *wrong = NULL;
	prepare(&sim, seed);
	copy_template();
	live(&sim);
	if (sim.wrong == NULL && !world_stop(&sim))
		sim_wrong(&sim, "the program does not end");
	if (sim.wrong == NULL)
		wrong = promises_check(&sim.promises, sim.writer.database.db, true);
	if (wrong == NULL && sim.wrong != NULL)
		wrong = g_strdup(sim.wrong);
	totals.training += count(sim.writer.database.db,
				 "SELECT count(*) FROM visit WHERE reason = 'training'");
	totals.chosen +=
		count(sim.writer.database.db,
		      "SELECT count(*) FROM visit WHERE respondent <> 'customer'");
	writer_close(&sim.writer);
	crash_vfs_restore(&sim.dice);
	remove_database();
	totals.thanks += sim.promises.thanks;
	totals.cuts += sim.cuts;
	totals.commits += sim.commits;
	totals.faults += sim.faults;
	return wrong;
}

static int block(int number, uint64_t from, uint64_t n)
{
	int failures = 0;
	for (uint64_t seed = from; seed < from + n; seed++) {
		g_autofree char *wrong = run(seed);
		if (wrong != NULL && failures++ < 5)
			printf("# seed %" G_GUINT64_FORMAT ": %s\n", seed, wrong);
	}
	printf("%s %d - seeds %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT "\n",
	       failures > 0 ? "not ok" : "ok", number, from, from + n - 1);
	fflush(stdout);
	return failures;
}

int main(int argc, char **argv)
{
	uint64_t seeds = 1000, from = 1;
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--seeds") == 0 && i + 1 < argc)
			seeds = g_ascii_strtoull(argv[++i], NULL, 10);
		else if (strcmp(argv[i], "--from") == 0 && i + 1 < argc)
			from = g_ascii_strtoull(argv[++i], NULL, 10);
	}
	setlocale(LC_ALL, "C.UTF-8");
	if (sodium_init() < 0 || seeds == 0)
		return 1;
	folder = g_dir_make_tmp("tillask-sim-XXXXXX", NULL);
	template = g_build_filename(folder, "template", NULL);
	database = g_build_filename(folder, "till.db", NULL);
	crash_vfs_register();
	make_template();
	int blocks = (int)MIN(seeds, BLOCKS), failures = 0;
	for (int i = 0; i < blocks; i++) {
		uint64_t first = seeds * (uint64_t)i / (uint64_t)blocks;
		uint64_t next = seeds * (uint64_t)(i + 1) / (uint64_t)blocks;
		failures += block(i + 1, from + first, next - first);
	}
	printf("# %d thanks pages, %d commits, %d disk faults, %d power cuts\n",
	       totals.thanks, totals.commits, totals.faults, totals.cuts);
	/* a simulation in which nothing happens proves nothing */
	printf("# %d visits in training, %d of staff and mystery shoppers\n",
	       totals.training, totals.chosen);
	bool lived = seeds < 100 ||
		     (totals.thanks > 0 && totals.cuts > 0 && totals.faults > 0 &&
		      totals.training > 0 && totals.chosen > 0);
	printf("%s %d - people answered, the disk failed, the power went, the manager did\n",
	       lived ? "ok" : "not ok", blocks + 1);
	printf("1..%d\n", blocks + 1);
	g_unlink(template);
	g_rmdir(folder);
	return failures > 0 || !lived;
}
