/* PINs: set, checked, replaced; what is refused; what lies on the disk. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "pin.h"

static char *folder, *database, *file;

static void set(const char *cashier, const char *pin)
{
	g_autoptr(GError) error = NULL;

	g_assert_true(pin_set(database, cashier, pin, &error));
	g_assert_no_error(error);
}

/* What cannot be read may hold one. */
static void unreadable(void)
{
	g_autofree char *other = g_build_filename(folder, "other.db", NULL);
	g_autofree char *there = g_strconcat(other, ".pin", NULL);

	g_assert_false(pin_is_set(other, ""));
	g_assert_cmpint(g_mkdir(there, 0700), ==, 0);
	g_assert_true(pin_is_set(other, ""));
	g_assert_false(pin_check(other, "", "1234"));
	g_assert_cmpint(g_rmdir(there), ==, 0);
}

static void set_and_check(void)
{
	g_assert_false(pin_is_set(database, ""));
	g_assert_false(pin_check(database, "", "1234"));
	set("", "1234");
	g_assert_true(pin_is_set(database, ""));
	g_assert_true(pin_check(database, "", "1234"));
	g_assert_false(pin_check(database, "", "1235"));
	g_assert_false(pin_check(database, "", ""));
	g_assert_false(pin_is_set(database, "1"));

	set("1", "1111");
	set("12", "121212121212");
	g_assert_true(pin_check(database, "1", "1111"));
	g_assert_true(pin_check(database, "12", "121212121212"));
	g_assert_false(pin_check(database, "1", "121212121212"));
	g_assert_false(pin_check(database, "2", "1111"));
	g_assert_true(pin_check(database, "", "1234"));

	set("", "99990000");
	g_assert_true(pin_check(database, "", "99990000"));
	g_assert_false(pin_check(database, "", "1234"));
	g_assert_true(pin_check(database, "1", "1111"));
}

static void on_disk(void)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	struct stat file_is, folder_is;
	g_autofree char *above = g_path_get_dirname(database);

	g_assert_true(g_file_get_contents(file, &text, NULL, NULL));
	g_assert_cmpint(g_stat(file, &file_is), ==, 0);
	g_assert_cmpint(g_stat(above, &folder_is), ==, 0);
	g_assert_cmpint(file_is.st_mode & 0777, ==, 0600);
	g_assert_cmpint(folder_is.st_mode & 0777, ==, 0700);
	lines = g_strsplit(text, "\n", -1);
	g_assert_cmpuint(g_strv_length(lines), ==, 4); /* three, and the end */
	g_assert_true(g_str_has_prefix(lines[0], "cashier 1 $argon2id$"));
	g_assert_true(g_str_has_prefix(lines[1], "cashier 12 $argon2id$"));
	g_assert_true(g_str_has_prefix(lines[2], "manager $argon2id$"));
	g_assert_null(strstr(text, "1111"));
}

static void refused(void)
{
	static const struct {
		const char *cashier, *pin;
		int code;
	} rows[] = {
		{"", "123", PIN_ERROR_PIN},
		{"", "1234567890123", PIN_ERROR_PIN},
		{"", "12a4", PIN_ERROR_PIN},
		{"", "", PIN_ERROR_PIN},
		{"x", "1234", PIN_ERROR_CASHIER},
		{"1 2", "1234", PIN_ERROR_CASHIER},
		{"123456789012345678901", "1234", PIN_ERROR_CASHIER},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_false(pin_set(database, rows[i].cashier, rows[i].pin, &error));
		g_assert_error(error, PIN_ERROR, rows[i].code);
	}
	g_assert_true(pin_check(database, "", "99990000"));
}

static void not_writable(void)
{
	g_autoptr(GError) error = NULL;

	/* a file stands where a folder would have to be made */
	g_autofree char *below = g_build_filename(file, "x.db", NULL);
	g_assert_false(pin_set(below, "", "1234", &error));
	g_assert_error(error, PIN_ERROR, PIN_ERROR_FAILED);
	g_assert_true(g_str_has_suffix(error->message, "nothing was changed"));
}

int main(int argc, char **argv)
{
	int result;

	g_test_init(&argc, &argv, NULL);
	folder = g_dir_make_tmp("pin-XXXXXX", NULL);
	database = g_build_filename(folder, "data", "t.db", NULL);
	file = g_strconcat(database, ".pin", NULL);
	g_test_add_func("/pin/set-and-check", set_and_check);
	g_test_add_func("/pin/unreadable", unreadable);
	g_test_add_func("/pin/on-disk", on_disk);
	g_test_add_func("/pin/refused", refused);
	g_test_add_func("/pin/not-writable", not_writable);
	result = g_test_run();
	g_unlink(file);
	g_free(file);
	g_free(database);
	g_free(folder);
	return result;
}
