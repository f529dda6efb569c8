/* When a line to a display is looked at: quiet, busy for ever, lost and back. */
#include "drivers/display_line.h"

#include <glib.h>
#include <poll.h>
#include <string.h>

#include "tests/lib/fake_device.h"

#define PICTURE "\x1b=\x02\x0c\x0bTotal          12.50     Thank you      "
#define OTHER   "\x1b=\x02\x0c\x0bTotal          99.00     Thank you      "
#define BLANK   "\x1b=\x02\x0c\x0b                                        "

static struct display_line line;
static GString *told;

static void on_look(const struct display_look *look, void *user)
{
	char upper[DISPLAY_LINE_MAX + 1];

	(void)user;
	g_strlcpy(upper, look->line[0], sizeof(upper));
	g_string_append_printf(told, "[%s]%s", g_strchomp(upper),
			       look->kicked ? "!" : "");
}

static void start_at(const char *device)
{
	const struct display_line_options options = {
		.device = device, .display.protocol = display_protocol_find("escpos")};

	if (told != NULL)
		g_string_free(told, TRUE);
	told = g_string_new(NULL);
	display_line_init(&line, &options, on_look, NULL);
}

static void feed(const char *bytes, int64_t now_ms)
{
	display_line_feed(&line, (const unsigned char *)bytes, strlen(bytes), now_ms);
}

static void test_quiet(void)
{
	start_at("-");
	display_line_quiet(&line); /* nothing came */
	g_assert_cmpstr(told->str, ==, "");
	feed("\x0cone", 0);
	g_assert_true(display_line_pending(&line));
	display_line_quiet(&line);
	g_assert_false(display_line_pending(&line));
	feed("\x0cone\x1b=\x01\x1bp", 300);
	display_line_feed(&line, (const unsigned char *)"\x00\x19\xfa", 3, 310);
	display_line_quiet(&line); /* each time it has been quiet */
	g_assert_cmpstr(told->str, ==, "[one][one]!");
}

/* The same picture every 50 ms for ever: seen, once. */
static void test_busy(void)
{
	start_at("-");
	for (int i = 0; i < 100; i++)
		feed(PICTURE, 1000 + i * 50);
	g_assert_cmpstr(told->str, ==, "[Total          12.50]");
	for (int i = 0; i < 100; i++)
		feed(OTHER, 6000 + i * 50);
	g_assert_cmpstr(told->str, ==, "[Total          12.50][Total          99.00]");
	g_assert_true(display_line_pending(&line));
}

/* One that blinks: the dark half is no end of a sale. */
static void test_blinks(void)
{
	start_at("-");
	for (int i = 0; i < 200; i++)
		feed(i / 10 % 2 == 0 ? PICTURE : BLANK, 1000 + i * 50);
	g_assert_cmpstr(told->str, ==, "[Total          12.50]");
}

/* One that changes with every picture is seen all the same, whole. */
static void test_moves(void)
{
	start_at("-");
	for (int i = 0; i < 60; i++) {
		char bytes[60];

		g_snprintf(bytes, sizeof(bytes), "\x0cTotal 12.50\x1f$\x01\x02%05d", i);
		for (char *p = bytes; *p != '\0'; p++)
			display_line_feed(&line, (const unsigned char *)p, 1,
					  1000 + i * 50);
	}
	g_assert_true(g_str_has_prefix(told->str, "[Total 12.50]"));
	g_assert_null(strstr(told->str, "[]"));
}

/* A lower line alone, painted for ever. */
static void test_lower_line(void)
{
	start_at("-");
	feed("\x0cTotal 5.00", 1000);
	display_line_quiet(&line);
	for (int i = 0; i < 60; i++)
		feed("\x1f$\x01\x02hello", 2000 + i * 50);
	g_assert_cmpstr(told->str, ==, "[Total 5.00][Total 5.00]");
	g_assert_cmpint(line.told.line[1][0], ==, 'h');
}

/* A long print on a shared line: the display stands still meanwhile. */
static void test_print(void)
{
	start_at("-");
	feed("\x0cMilk 5.00", 1000);
	display_line_quiet(&line);
	feed("\x1b=\x02\x0cTotal 5.00\x1b=\x01", 2000);
	for (int i = 0; i < 60; i++)
		feed("a line on paper \x0c\r\n", 2000 + i * 50);
	g_assert_cmpstr(told->str, ==, "[Milk 5.00][Total 5.00]");
}

/* ---- as a device ---------------------------------------------------------------------- */

static GString *states;

static void on_state(const struct reader *reader, void *user)
{
	(void)user;
	g_string_append_printf(states, "%s ", reader_state_name(reader_state_of(reader)));
}

static void no_card(const struct card_reading *reading, void *user)
{
	(void)reading;
	(void)user;
	g_assert_not_reached();
}

static const struct reader_sink sink = {.card = no_card, .state = on_state};

static int64_t now_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

static void run(int ms)
{
	int64_t end = now_ms() + ms;

	while (now_ms() < end) {
		struct pollfd p = {.fd = reader_fd(&line.reader), .events = POLLIN};

		if (poll(&p, 1, 10) > 0)
			reader_on_readable(&line.reader, now_ms(), &sink);
		reader_on_time(&line.reader, now_ms(), &sink);
	}
}

static void test_device(void)
{
	struct fake_device device;

	fake_device_init(&device);
	fake_device_plug(&device);
	start_at(device.link);
	states = g_string_new(NULL);
	fake_device_send(&device, "\x0cold", 4); /* waits unread: dropped */
	reader_enable(&line.reader, &sink);
	reader_open(&line.reader, now_ms(), &sink);
	run(50);
	fake_device_send(&device, "\x0cTotal 1.00\x1f$", 13); /* cut within a command */
	run(350);
	g_assert_cmpstr(told->str, ==, "[Total 1.00]");
	fake_device_send(&device, "\x0cTotal 2.00", 11);
	run(50);
	fake_device_unplug(&device);
	run(100);
	g_assert_cmpstr(told->str, ==,
			"[Total 1.00][Total 2.00]"); /* what was there is told */
	fake_device_plug(&device);
	run(1500);
	fake_device_send(&device, "\x0cTotal 3.00", 11);
	run(350);
	g_assert_cmpstr(told->str, ==, "[Total 1.00][Total 2.00][Total 3.00]");
	g_assert_cmpstr(states->str, ==, "enabled off-line off-line enabled ");
	reader_close(&line.reader, &sink);
	g_string_free(states, TRUE);
	fake_device_clear(&device);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/display-line/quiet", test_quiet);
	g_test_add_func("/display-line/busy", test_busy);
	g_test_add_func("/display-line/blinks", test_blinks);
	g_test_add_func("/display-line/moves", test_moves);
	g_test_add_func("/display-line/lower-line", test_lower_line);
	g_test_add_func("/display-line/print", test_print);
	g_test_add_func("/display-line/device", test_device);
	return g_test_run();
}
