/* listen: what a device sends, printed by the real program */
#include <glib.h>
#include <string.h>
#include <unistd.h>

#include "tests/lib/shop.h"

struct heard {
	int code;
	char *out, *errors;
};

/* `listen ARGUMENTS` with INPUT on standard input. */
static struct heard listen_to(const struct shop *s, const char *arguments,
			      const char *input)
{
	g_autofree char *file = g_build_filename(s->folder, "input", NULL);
	g_autofree char *script =
		g_strdup_printf("exec \"$TILLASK_BIN\" --config '%s' listen %s <'%s'",
				s->config, arguments, file);
	const char *argv[] = {"sh", "-c", script, NULL};
	struct heard heard;
	int status;

	g_assert_true(g_file_set_contents(file, input, -1, NULL));
	g_assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL,
				   NULL, &heard.out, &heard.errors, &status, NULL));
	heard.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	return heard;
}

static void expect_heard(const struct shop *s, const char *arguments, const char *input,
			 int code, const char *out)
{
	struct heard heard = listen_to(s, arguments, input);

	g_assert_cmpstr(heard.out, ==, out);
	g_assert_cmpint(heard.code, ==, code);
	g_free(heard.out);
	g_free(heard.errors);
}

static void test_input(void)
{
	struct shop s;

	shop_open(&s, NULL);
	expect_heard(&s, "-", ";9643001000000017=2512?\r", 0, "card 9643001000000017\n");
	expect_heard(&s, "-", ";9643001000000017=2512?", 0, "card 9643001000000017\n");
	expect_heard(&s, "-", "", 0, "");
	expect_heard(&s, "-", "noise", 0, "");
	expect_heard(&s, "-", ";E?\r", 0, "error read-error\n");
	expect_heard(&s, "-", ";1234", 0, "error truncated\n");
	expect_heard(&s, "-", ";4111111111111111=2512?\r", 0, "refused payment-card\n");
	expect_heard(&s, "-", ";6360010123456=2512?\r", 0, "refused id-document\n");
	expect_heard(&s, "- --prefix 7777", ";9643001000000017?", 0,
		     "card 9643001000000017\n");
	expect_heard(&s, "- --lrc", ";12345?;%AB12?1\r", 0, "card 12345\n");
	expect_heard(&s, "- --protocol magstripe", ";12345?\r", 0, "card 12345\n");
	shop_close(&s);
}

/* Standard input needs no config.ini, nor a right one. */
static void test_input_without_config(void)
{
	const struct shop_how wrong = {.survey = "nonsense=1\n"};
	struct shop s;

	shop_open(&s, &wrong);
	expect_heard(&s, "-", ";12345?", 0, "card 12345\n");
	expect_heard(&s, "till --protocol escpos", "", 2, "");
	unlink(s.config);
	expect_heard(&s, "-", ";12345?", 0, "card 12345\n");
	shop_close(&s);
}

static void test_wrong_usage(void)
{
	static const char *const rows[] = {
		"- --protocol nonsense", "nobody",  "",
		"- --frame 9X1",         "- --ean", "- --prefix ''",
		"- --style parallax",
	};
	struct shop s;

	shop_open(&s, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		expect_heard(&s, rows[i], "", 2, "");
	shop_close(&s);
}

/* A recording ends by itself. */
static void test_recording(void)
{
	struct shop s;
	g_autofree char *path = NULL, *arguments = NULL;

	shop_open(&s, NULL);
	path = g_build_filename(s.folder, "swipes", NULL);
	g_assert_true(g_file_set_contents(
		path, "+0 \";9643001000000017?\" 0d\n+400 \";E?\" 0d\n", -1, NULL));
	arguments = g_strdup_printf("replay:%s", path);
	expect_heard(&s, arguments, "", 0, "card 9643001000000017\nerror read-error\n");
	shop_close(&s);
}

/* A device, and a [reader] by its name: events come while it runs. */
static void test_devices(void)
{
	for (int named = 0; named < 2; named++) {
		struct shop s;
		struct term *t;
		g_autofree char *screen = NULL;

		shop_open(&s, NULL);
		{
			const char *argv[] = {g_getenv("TILLASK_BIN"),
					      "--config",
					      s.config,
					      "listen",
					      named ? "msr" : s.device.link,
					      NULL};
			const struct term_how how = {
				.argv = argv, .rows = 24, .cols = 80};

			t = term_start(&how);
		}
		term_run(t, 300);
		shop_swipe(&s, "9643001000000017");
		term_expect(t, "card 9643001000000017", 2000);
		shop_swipe(&s, "4111111111111111");
		term_expect(t, "refused payment-card", 2000);
		fake_device_unplug(&s.device);
		term_run(t, 300);
		fake_device_plug(&s.device);
		term_run(t, 1500);
		shop_swipe(&s, "9643001000000025");
		term_expect(t, "card 9643001000000025", 2000);
		screen = term_screen(t);
		g_assert_null(strstr(screen, "1111"));
		term_send(t, "\x03");
		term_exit(t, 2000);
		term_free(t);
		shop_close(&s);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/listen/input", test_input);
	g_test_add_func("/listen/input-without-config", test_input_without_config);
	g_test_add_func("/listen/wrong-usage", test_wrong_usage);
	g_test_add_func("/listen/recording", test_recording);
	g_test_add_func("/listen/devices", test_devices);
	return g_test_run();
}
