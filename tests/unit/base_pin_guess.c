/* PINs tried: each person's count, durable before the answer, gone with the right one. */
#include <glib.h>
#include <glib/gstdio.h>

#include "pin.h"
#include "pin_guess.h"

static char *folder, *database, *file;

static void expect(const char *cashier, const char *pin, bool right, uint16_t wrong)
{
	struct pin_guess guess = pin_guess(database, cashier, pin);

	g_assert_cmpint(guess.right, ==, right);
	g_assert_cmpuint(guess.wrong, ==, wrong);
}

static void test_counts(void)
{
	g_assert_true(pin_set(database, "", "1234", NULL));
	g_assert_true(pin_set(database, "7", "7777", NULL));
	g_assert_cmpuint(pin_guess_wrong(database), ==, 0);
	expect("", "1111", false, 1);
	expect("", "2222", false, 2);
	expect("7", "1111", false, 1);
	g_assert_cmpuint(pin_guess_wrong(database), ==, 2);
	expect("7", "7777", true, 0); /* forgives nothing of the manager's */
	expect("", "3333", false, 3);
	expect("", "1234", true, 0);
	g_assert_cmpuint(pin_guess_wrong(database), ==, 0);
	expect("8", "1234", false, 1); /* has none: nothing is kept */
	g_assert_cmpuint(pin_guess_wrong(database), ==, 0);
}

/* Another process, after a restart: only the file is left of it. */
static void test_outlives(void)
{
	g_autofree char *text = NULL;

	expect("", "1111", false, 1);
	g_assert_true(g_file_get_contents(file, &text, NULL, NULL));
	g_assert_cmpstr(text, ==, "manager 1\n");
	g_assert_true(
		g_file_set_contents(file, "manager 41\nx\ncashier 7 -3\n", -1, NULL));
	g_assert_cmpuint(pin_guess_wrong(database), ==, 41);
	expect("", "1111", false, 42);
	expect("", "1234", true, 0);
}

/* The file cannot be written: the counts last as long as the program. */
static void test_no_disk(void)
{
	g_unlink(file);
	g_assert_cmpint(g_mkdir(file, 0700), ==, 0);
	expect("", "1111", false, 1);
	expect("", "1111", false, 2);
	expect("", "1234", true, 0);
	expect("", "1111", false, 1);
	g_rmdir(file);
}

static void remove_folder(void)
{
	const char *argv[] = {"rm", "-rf", folder, NULL};

	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
		     NULL, NULL, NULL);
}

int main(int argc, char **argv)
{
	int result;

	g_test_init(&argc, &argv, NULL);
	folder = g_dir_make_tmp("guess-XXXXXX", NULL);
	database = g_build_filename(folder, "t.db", NULL);
	file = g_strconcat(database, ".pin.wrong", NULL);
	g_test_add_func("/pin-guess/counts", test_counts);
	g_test_add_func("/pin-guess/outlives", test_outlives);
	g_test_add_func("/pin-guess/no-disk", test_no_disk);
	result = g_test_run();
	remove_folder();
	g_free(file);
	g_free(database);
	g_free(folder);
	return result;
}
