/* run_pin_thread: PINs are checked beside the loop, and only the latest is told */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "pin.h"
#include "run/pin_thread.h"

struct fixture {
	char *folder, *database;
	int told;
	bool right;
	char cashier[32];
};

static void on_pin(void *self, const struct pin_guess *guess, const char *cashier)
{
	struct fixture *f = self;

	f->told++;
	f->right = guess->right;
	g_strlcpy(f->cashier, cashier, sizeof(f->cashier));
}

static void set_up(struct fixture *f, gconstpointer data)
{
	g_autoptr(GError) error = NULL;

	(void)data;
	f->folder = g_dir_make_tmp("pin-XXXXXX", NULL);
	f->database = g_build_filename(f->folder, "t.db", NULL);
	f->told = 0;
	pin_set(f->database, "", "1234", &error);
	g_assert_no_error(error);
	pin_set(f->database, "9", "5678", &error);
	g_assert_no_error(error);
}

static void tear_down(struct fixture *f, gconstpointer data)
{
	const char *argv[] = {"rm", "-rf", f->folder, NULL};

	(void)data;
	pin_thread_end();
	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
		     NULL, NULL, NULL);
	g_free(f->database);
	g_free(f->folder);
}

static void expect(struct fixture *f, const char *cashier, const char *pin, bool right)
{
	int told = f->told;

	pin_thread_check(f->database, cashier, pin, on_pin, f);
	g_assert_cmpint(f->told, ==, told); /* not from within */
	while (f->told == told)
		g_main_context_iteration(NULL, TRUE);
	g_assert_cmpint(f->right, ==, right);
	g_assert_cmpstr(f->cashier, ==, cashier);
}

static void test_check(struct fixture *f, gconstpointer data)
{
	(void)data;
	expect(f, "", "1234", true);
	expect(f, "", "5678", false);
	expect(f, "9", "5678", true);
	expect(f, "8", "5678", false);
}

static void test_latest(struct fixture *f, gconstpointer data)
{
	(void)data;
	pin_thread_check(f->database, "9", "5678", on_pin, f);
	expect(f, "", "0000", false); /* not the cashier's "right" */
	g_assert_cmpint(f->told, ==, 1);
	pin_thread_check(f->database, "", "1234", on_pin, f);
	pin_thread_end();
	while (g_main_context_iteration(NULL, FALSE))
		;
	g_assert_cmpint(f->told, ==, 1);
}

static void on_set(void *self, bool set)
{
	struct fixture *f = self;

	f->told++;
	f->right = set;
}

/* Beside the loop too; and a check that is under way is told all the same. */
static void test_set(struct fixture *f, gconstpointer data)
{
	g_autofree char *other = g_build_filename(f->folder, "other.db", NULL);

	(void)data;
	pin_thread_ask_set(f->database, on_set, f);
	g_assert_cmpint(f->told, ==, 0);
	while (f->told == 0)
		g_main_context_iteration(NULL, TRUE);
	g_assert_true(f->right);
	pin_thread_ask_set(f->database, on_set, f);
	pin_thread_ask_set(other, on_set, f); /* the latest alone */
	pin_thread_check(f->database, "", "1234", on_pin, f);
	while (f->told == 1)
		g_main_context_iteration(NULL, TRUE);
	g_assert_false(f->right);
	while (f->told == 2)
		g_main_context_iteration(NULL, TRUE);
	g_assert_true(f->right);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/pin-thread/check", struct fixture, NULL, set_up, test_check,
		   tear_down);
	g_test_add("/pin-thread/latest", struct fixture, NULL, set_up, test_latest,
		   tear_down);
	g_test_add("/pin-thread/set", struct fixture, NULL, set_up, test_set, tear_down);
	return g_test_run();
}
