/* sync_sender: a batch is sent while a second thread acknowledges the one before and reads the next
 *
 * Several batches to a real PostgreSQL; what the two threads share is ThreadSanitizer's to see
 * (make SAN=tsan unit T=sync_). */
#include <glib.h>
#include <string.h>

#include "sync/chain.h"
#include "sync/sender.h"
#include "tests/lib/branch.h"
#include "tests/lib/storage.h"

#define VISITS 3000 /* batches double from 100 */

static struct postgres server;

struct fixture {
	struct storage storage;
	char *conninfo;
	struct config *config;
};

static void init(struct fixture *f, const char *database)
{
	g_autofree char *create = g_strdup_printf("CREATE DATABASE %s", database);
	g_autoptr(GError) error = NULL;

	storage_init(&f->storage, NULL);
	struct store *store = store_open(&f->storage.options, &error);
	g_assert_no_error(error);
	g_assert_true(store_close(store, 5000));
	struct branch till = {.path = f->storage.path};
	branch_fill(&till, VISITS);

	g_free(postgres_sql(&server, create));
	f->conninfo = postgres_conninfo(&server, database, "postgres", 0);
	g_autofree char *text = g_strdup_printf(
		"[terminal]\nstore=017\ntill=3\ndatabase=%s\n[sync]\nserver=%s\n"
		"[question overall]\nkind=smiley\ntext[ru]=Как вам?\nlow[ru]=а\nhigh[ru]=б\n",
		f->storage.path, f->conninfo);
	struct faults *faults = faults_new("config.ini");
	f->config = config_parse("config.ini", text, strlen(text), faults);
	g_assert_nonnull(f->config);
	faults_free(faults);
}

static void clear(struct fixture *f)
{
	config_free(f->config);
	g_free(f->conninfo);
	storage_clear(&f->storage);
}

static char *ask(const struct fixture *f, const char *sql)
{
	g_autofree char *errors = NULL;
	char *result = postgres_try(f->conninfo, sql, &errors);

	if (result == NULL)
		g_error("%s: %s", sql, errors);
	return result;
}

static void migrate(const struct fixture *f)
{
	g_autoptr(GError) error = NULL;
	int from, to;

	chain_migrate(f->conninfo, &from, &to, &error);
	g_assert_no_error(error);
	g_assert_cmpint(from, ==, 0);
}

static void run(const struct fixture *f, struct sender_result *result)
{
	g_autoptr(GError) error = NULL;

	sender_run(f->config, result, &error);
	g_assert_no_error(error);
}

static void test_batch_after_batch(void)
{
	struct sender_result result;
	struct fixture f;

	init(&f, "batches");
	migrate(&f);
	run(&f, &result);
	g_assert_cmpint(result.rows[OUTBOX_VISIT], ==, VISITS);
	g_assert_cmpint(result.waiting, ==, 0);
	g_assert_cmpint(result.set_aside, ==, 0);
	g_autofree char *there = ask(&f, "SELECT count(*), count(DISTINCT visit),"
					 " max(seq) FROM tillask.visit");
	g_assert_cmpstr(there, ==, "3000|3000|3000");
	clear(&f);
}

/* One record is refused in a late batch: it is found by halves, and the thread of the outbox
 * goes on with the rest. */
static void test_refused(void)
{
	struct sender_result result;
	struct fixture f;

	init(&f, "refused");
	migrate(&f);
	g_free(ask(&f, "ALTER TABLE tillask.visit ADD CHECK"
		       " (receipt IS DISTINCT FROM 'R2103')"));
	run(&f, &result);
	g_assert_cmpint(result.set_aside, ==, 1);
	g_assert_cmpint(result.rows[OUTBOX_VISIT], ==, VISITS - 1);
	g_assert_cmpint(result.waiting, ==, 0);
	g_autofree char *there = ask(&f,
				     "SELECT count(DISTINCT visit) FROM tillask.visit");
	g_assert_cmpstr(there, ==, "2999");
	clear(&f);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	postgres_init(&server, NULL);
	g_test_add_func("/sender/batch-after-batch", test_batch_after_batch);
	g_test_add_func("/sender/refused", test_refused);
	int failed = g_test_run();
	postgres_clear(&server);
	return failed;
}
