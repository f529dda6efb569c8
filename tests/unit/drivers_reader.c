/* The life of a device: plugged, paused, lost, back again; through the plain code and
 * through libserialport (tests/lib/preload/pty_shim.c). Time is a number here. */
#include "tests/lib/preload/pty_shim.c"

#include <poll.h>
#include <unistd.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "tests/unit/drivers_reader_counter.h"

#define SHIM_NAME "/dev/ttyTEST0"
#define VISA      "%B4111111111111111^TEST/CARD^2912?;4111111111111111=2912101000?\r"

static void test_table(void)
{
	g_assert_null(reader_protocol_find("morse"));
	for (size_t i = 0; i < reader_protocols_n; i++) {
		const struct reader_protocol *row = &reader_protocols[i];
		struct port_frame frame;

		g_assert_true(reader_protocol_find(row->name) == row);
		g_assert_true(port_frame_parse(row->frame, &frame));
		g_assert_cmpuint(row->idle_ms, >, 0);
	}
}

static void test_swipes(void)
{
	struct counter counter;

	counter_init(&counter, NULL, false);
	start(&counter);
	say(&counter, ";96430");
	pump(&counter);
	pass(&counter, 299);
	say(&counter, "01?\r");
	pump(&counter);
	pass(&counter, 299);
	expect(&counter, "");
	pass(&counter, 1);
	expect(&counter, "card 9643001;");
	g_assert_cmpint(reader_deadline_ms(&counter.reader), ==, -1);
	say(&counter, ";9643002?\x03" VISA);
	pump(&counter);
	expect(&counter, "card 9643002;refused;");
	pass(&counter, 300);
	say(&counter, ";1234");
	pump(&counter);
	pass(&counter, 300);
	expect(&counter, "error truncated;");
	counter_clear(&counter);
}

/* The loop was busy for seconds; the rest of the swipe waits in the device. */
static void test_late_loop(void)
{
	struct counter counter;

	counter_init(&counter, NULL, false);
	start(&counter);
	say(&counter, ";96430");
	pump(&counter);
	say(&counter, "01?\r");
	pass(&counter, 5000);
	pump(&counter);
	pass(&counter, 300);
	expect(&counter, "card 9643001;");
	counter_clear(&counter);
}

/* Nothing of a refused card is left in the reader, nor of an accepted or unread one. */
static void test_forgets(void)
{
	static const char *const swipes[] = {
		VISA,
		"%B4111111111111111^CUT",
		";7005123456789?",
		";E?+7005123456789",
		";636014012345678=24?",
	};
	static const char *const numbers[] = {"4111111", "7005123", "6360140"};
	struct counter counter;

	counter_init(&counter, NULL, false);
	start(&counter);
	for (size_t i = 0; i < G_N_ELEMENTS(swipes); i++) {
		say(&counter, swipes[i]);
		pump(&counter);
		pass(&counter, 300);
		for (size_t j = 0; j < G_N_ELEMENTS(numbers); j++)
			g_assert_null(memmem(&counter.reader, sizeof(counter.reader),
					     numbers[j], strlen(numbers[j])));
	}
	expect(&counter, "refused;refused;card 7005123456789;error read-error;document;");
	say(&counter, ";7005123456789?");
	pump(&counter);
	reader_disable(&counter.reader, &counter.sink);
	g_assert_null(memmem(&counter.reader, sizeof(counter.reader), "7005123", 7));
	counter_clear(&counter);
}

/* What is swiped before the start and during a pause is dropped unread. */
static void test_pause(void)
{
	struct counter counter;

	counter_init(&counter, NULL, false);
	fake_device_plug(&counter.device);
	say(&counter, ";1111?\x03");
	reader_open(&counter.reader, counter.now_ms, &counter.sink);
	expect(&counter, "claimed;");
	say(&counter, ";2222?\x03");
	pump(&counter);
	say(&counter, ";3333?\x03");
	reader_enable(&counter.reader, &counter.sink);
	pump(&counter);
	pass(&counter, 300);
	expect(&counter, "enabled;");
	say(&counter, ";4444?");
	pump(&counter);
	reader_disable(&counter.reader, &counter.sink);
	pass(&counter, 300);
	reader_enable(&counter.reader, &counter.sink);
	reader_enable(&counter.reader, &counter.sink);
	say(&counter, ";5555?\x03");
	pump(&counter);
	expect(&counter, "claimed;enabled;card 5555;");
	counter_clear(&counter);
}

/* The same when the reader is wanted from the beginning. */
static void test_start(void)
{
	struct counter counter;

	counter_init(&counter, NULL, false);
	fake_device_plug(&counter.device);
	reader_enable(&counter.reader, &counter.sink);
	reader_open(&counter.reader, counter.now_ms, &counter.sink);
	reader_close(&counter.reader, &counter.sink);
	say(&counter, ";1111?\x03");
	reader_open(&counter.reader, counter.now_ms, &counter.sink);
	pump(&counter);
	expect(&counter, "enabled;closed;enabled;");
	counter_clear(&counter);
}

static void test_listening(void)
{
	struct counter counter;

	counter_init(&counter, NULL, true);
	fake_device_plug(&counter.device);
	reader_enable(&counter.reader, &counter.sink);
	reader_open(&counter.reader, counter.now_ms, &counter.sink);
	say(&counter, ";1111?\x03");
	pump(&counter);
	expect(&counter, "enabled;card 1111;");
	reader_close(&counter.reader, &counter.sink);
	say(&counter, ";2222?\x03");
	reader_open(&counter.reader, counter.now_ms, &counter.sink);
	pump(&counter);
	expect(&counter, "closed;enabled;card 2222;");
	counter_clear(&counter);
}

/* A device that comes at any moment of the waiting is back within 2 s, and swipes count. */
static void check_replug(struct counter *counter)
{
	for (int64_t away = 1; away < 6000; away = away * 3 / 2 + 17) {
		int64_t plugged;

		say(counter, ";9643001?\r");
		pump(counter);
		fake_device_unplug(&counter->device);
		pump(counter);
		expect(counter, "card 9643001;off-line;");
		g_assert_cmpint(reader_fd(&counter->reader), ==, -1);
		g_assert_nonnull(strstr(reader_why(&counter->reader), "plug it in"));
		counter->silent = true;
		pass(counter, away);
		counter->silent = false;
		expect(counter, "");
		fake_device_plug(&counter->device);
		plugged = counter->now_ms;
		while (reader_state_of(&counter->reader) != READER_ENABLED) {
			counter->now_ms = reader_deadline_ms(&counter->reader);
			g_assert_cmpint(counter->now_ms, >=, plugged);
			g_assert_cmpint(counter->now_ms, <=, plugged + 2000);
			reader_on_time(&counter->reader, counter->now_ms, &counter->sink);
		}
		expect(counter, "enabled;");
		pass(counter, 10000);
	}
}

static void test_replug(void)
{
	struct counter counter;

	counter_init(&counter, NULL, false);
	start(&counter);
	check_replug(&counter);
	counter_clear(&counter);
}

static void test_replug_serial(void)
{
	struct counter counter;
	g_autofree char *map = NULL;

	counter_init(&counter, SHIM_NAME, false);
	map = g_strdup_printf("%s=%s", SHIM_NAME, counter.device.link);
	g_setenv("TILLASK_PTY_SHIM", map, TRUE);
	start(&counter);
	check_replug(&counter);
	counter_clear(&counter);
	g_unsetenv("TILLASK_PTY_SHIM");
}

/* Hang-up in the middle of a frame, and of nothing. */
static void test_lost(void)
{
	struct counter counter;

	counter_init(&counter, NULL, false);
	start(&counter);
	say(&counter, "%B41111111");
	pump(&counter);
	fake_device_unplug(&counter.device);
	pump(&counter);
	expect(&counter, "error truncated;off-line;");
	reader_disable(&counter.reader, &counter.sink);
	fake_device_plug(&counter.device);
	pass(&counter, 1000);
	expect(&counter, "claimed;");
	fake_device_unplug(&counter.device);
	pump(&counter);
	expect(&counter, "off-line;");
	counter_clear(&counter);
}

/* Not there at the start: said once; the same words are not said again. In use: other
 * words. */
static void test_absent(void)
{
	struct counter counter, other;

	counter_init(&counter, NULL, false);
	reader_enable(&counter.reader, &counter.sink);
	reader_open(&counter.reader, counter.now_ms, &counter.sink);
	pass(&counter, 60000);
	expect(&counter, "opened;");
	g_assert_nonnull(strstr(reader_why(&counter.reader), "there is no such device"));
	fake_device_plug(&counter.device);
	counter_init(&other, counter.device.link, false);
	reader_open(&other.reader, other.now_ms, &other.sink);
	pass(&counter, 5000);
	expect(&counter, "opened;");
	g_assert_nonnull(strstr(reader_why(&counter.reader), "another program uses it"));
	reader_close(&other.reader, &other.sink);
	expect(&other, "claimed;closed;");
	pass(&counter, 2000);
	expect(&counter, "enabled;");
	counter_clear(&other);
	counter_clear(&counter);
}

/* Garbage with pauses: one call takes a bounded piece, memory stays, one error a frame; and of
 * many bad frames a second's first few. */
static void test_garbage(void)
{
	struct counter counter;
	char garbage[4000];

	counter_init(&counter, NULL, false);
	start(&counter);
	memset(garbage, '7', sizeof(garbage));
	garbage[0] = ';';
	for (int i = 0; i < 50; i++) {
		fake_device_send(&counter.device, garbage, sizeof(garbage));
		g_assert_cmpuint(pump(&counter), >=, sizeof(garbage) / READER_READ_MAX);
		pass(&counter, 400);
	}
	g_assert_cmpint(counter.cards, ==, 50);

	counter.cards = 0;
	memset(garbage, ';', sizeof(garbage));
	for (int i = 0; i < 10; i++) {
		fake_device_send(&counter.device, garbage, sizeof(garbage));
		pump(&counter);
		pass(&counter, 1000);
	}
	g_assert_cmpint(counter.cards, <=, 10 * READER_ERRORS_PER_SECOND);
	g_assert_cmpint(counter.cards, >=, 9 * READER_ERRORS_PER_SECOND);
	expect_card(&counter);
	counter_clear(&counter);
}

static void test_replay(void)
{
	g_autofree char *file = NULL;
	g_autofree char *device = NULL;
	struct counter counter;
	int fd = g_file_open_tmp("tillask-replay-XXXXXX", &file, NULL);

	close(fd);
	g_assert_true(g_file_set_contents(file, "+0 \";9643001?\" 0d\n+30 \";E?\" 0d\n",
					  -1, NULL));
	device = g_strconcat("replay:", file, NULL);
	counter_init(&counter, device, false);
	reader_enable(&counter.reader, &counter.sink);
	reader_open(&counter.reader, counter.now_ms, &counter.sink);
	while (reader_state_of(&counter.reader) == READER_ENABLED)
		pump(&counter);
	expect(&counter, "enabled;card 9643001;error read-error;ended;");
	g_assert_cmpint(reader_deadline_ms(&counter.reader), ==, -1);
	counter_clear(&counter);
	g_unlink(file);
}

static void test_demo(void)
{
	struct counter counter;

	counter_init(&counter, "demo", false);
	g_assert_null(reader_demo_swipe(&counter.reader));
	reader_enable(&counter.reader, &counter.sink);
	reader_open(&counter.reader, counter.now_ms, &counter.sink);
	for (int i = 0; i < 4; i++) {
		g_assert_nonnull(reader_demo_swipe(&counter.reader));
		pump(&counter);
		pass(&counter, 300);
	}
	expect(&counter, "enabled;card 9643001000000010;error read-error;"
			 "card 9643001000000028;refused;");
	counter_clear(&counter);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/reader/table", test_table);
	g_test_add_func("/reader/swipes", test_swipes);
	g_test_add_func("/reader/late_loop", test_late_loop);
	g_test_add_func("/reader/forgets", test_forgets);
	g_test_add_func("/reader/pause", test_pause);
	g_test_add_func("/reader/start", test_start);
	g_test_add_func("/reader/listening", test_listening);
	g_test_add_func("/reader/replug", test_replug);
	g_test_add_func("/reader/replug_serial", test_replug_serial);
	g_test_add_func("/reader/lost", test_lost);
	g_test_add_func("/reader/absent", test_absent);
	g_test_add_func("/reader/garbage", test_garbage);
	g_test_add_func("/reader/replay", test_replay);
	g_test_add_func("/reader/demo", test_demo);
	return g_test_run();
}
