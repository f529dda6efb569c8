#include "tests/bench/beside.h"

#include <glib.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/lib/storage.h"

#define TOGETHER 200   /* visits that wait in the store's ring */
#define PAUSE_US 20000 /* between checkpoints: others may write too */

void beside_fill(const char *database, uint32_t visits)
{
	g_autoptr(GError) error = NULL;
	struct storage f;
	struct store *store;

	storage_init(&f, NULL);
	f.options.path = database;
	store = store_open(&f.options, &error);
	g_assert_no_error(error);
	for (uint32_t i = 0; i < visits; i++) {
		storage_whole(&f, store, i);
		if (i % TOGETHER == TOGETHER - 1)
			g_assert_true(storage_wait(&f, store, 10000));
	}
	g_assert_true(store_close(store, 10000));
	storage_clear(&f);
}

/* A process group that dies with this program. */
static pid_t start(void (*work)(const struct shop *), const struct shop *shop)
{
	pid_t pid = fork();

	g_assert_cmpint(pid, >=, 0);
	if (pid != 0)
		return pid;
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;)
		work(shop);
}

static void export_once(const struct shop *shop)
{
	g_autofree char *arguments = g_strdup_printf(
		"export --from 2024-10-04 --to 2024-10-11 --output %s/beside",
		shop->folder);
	char *errors = NULL;

	g_assert_cmpint(nice(19), !=, -1);
	for (;;) {
		int code = shop_command(shop, arguments, NULL, &errors);

		if (code != 0)
			g_error("export beside the measurement: exit %d: %s", code,
				errors);
		g_free(errors);
	}
}

pid_t beside_export(const struct shop *shop)
{
	return start(export_once, shop);
}

static void checkpoints(const struct shop *shop)
{
	static const char begin[] =
		"PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;"
		"CREATE TABLE IF NOT EXISTS ballast (bytes BLOB);";
	static const char again[] =
		"BEGIN IMMEDIATE; DELETE FROM ballast;"
		"INSERT INTO ballast VALUES (randomblob(524288)); COMMIT;"
		"PRAGMA wal_checkpoint(PASSIVE);";
	sqlite3 *db;

	g_assert_cmpint(sqlite3_open(shop->database, &db), ==, SQLITE_OK);
	sqlite3_busy_timeout(db, 1000);
	sqlite3_exec(db, begin, NULL, NULL, NULL);
	for (;;) {
		if (sqlite3_exec(db, again, NULL, NULL, NULL) != SQLITE_OK)
			sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
		g_usleep(PAUSE_US);
	}
}

pid_t beside_checkpoint(const struct shop *shop)
{
	return start(checkpoints, shop);
}

void beside_stop(pid_t pid)
{
	kill(-pid, SIGKILL);
	waitpid(pid, NULL, 0);
}
