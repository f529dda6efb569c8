/* replace: new hardware, the same till number; the old disk is found later (README, "Replacing a
 * till") */
#include <glib.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/lib/branch.h"

static struct postgres server;

static void recover(const struct branch *b, const char *old)
{
	const char *argv[] = {
		g_getenv("TILLASK_BIN"), "--config", b->config, "recover", old, NULL};
	g_autofree char *out = NULL, *errors = NULL;
	int status;

	g_assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL,
				   &out, &errors, &status, NULL));
	if (status != 0)
		g_error("recover: %s%s", out, errors);
}

static void expect_visits(const struct branch *b, int n)
{
	g_autofree char *both = g_strdup_printf("%d|%d", n, n);

	branch_expect(b, "SELECT count(*), count(DISTINCT visit) FROM tillask.visit",
		      both);
}

static void test_old_disk_found(void)
{
	struct branch old, new;

	branch_init(&old, &server, "replaced");
	branch_init(&new, &server, "unused");
	branch_expect_command(&old, "central migrate", 0, "installed");
	branch_fill(&old, 300);
	branch_expect_command(&old, "sync", 0, "sent: visits 300,");
	branch_fill(&old, 200); /* and then it breaks down */

	branch_connect(&new, old.conninfo);
	branch_fill(&new, 50);
	branch_expect_command(&new, "sync", 0, "sent: visits 50,");
	expect_visits(&old, 350);

	recover(&new, old.path);
	branch_expect_command(&new, "sync", 0, "set aside: 0");
	expect_visits(&old, 550);
	branch_expect(&old,
		      "SELECT (SELECT count(*) FROM tillask.answer) = (SELECT"
		      " count(DISTINCT (visit, wording_id)) FROM tillask.answer)",
		      "t");
	g_assert_cmpint(branch_number(&new, "SELECT count(*) FROM outbox"), ==, 0);
	g_assert_cmpint(branch_number(&new, "SELECT count(*) FROM answer"), ==,
			branch_number(&old, "SELECT count(*) FROM answer") +
				branch_number(&new,
					      "SELECT count(*) FROM answer JOIN visit"
					      " ON visit.n = visit WHERE seq <= 50"));
	/* nothing is missing, and what came again is known as moved */
	branch_expect(&old,
		      "SELECT count(*) FROM tillask.integrity"
		      " WHERE problem IN ('gap', 'clone', 'conflict')",
		      "0");
	branch_expect(&old,
		      "SELECT bool_and(moved), count(*) FROM tillask.conflict"
		      " WHERE fact = 'visit'",
		      "t|300");

	/* once more changes nothing */
	recover(&new, old.path);
	branch_expect_command(&new, "sync", 0, "sent: visits 0, answers 0,");
	expect_visits(&old, 550);
	branch_clear(&old);
	branch_clear(&new);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	postgres_init(&server, NULL);
	g_test_add_func("/replace/old-disk-found", test_old_disk_found);
	int failed = g_test_run();
	postgres_clear(&server);
	return failed;
}
