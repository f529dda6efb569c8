/* run_cards: swipes at the real program, through a pty and through the real serial code */
#include <glib.h>
#include <string.h>
#include <unistd.h>

#include "tests/lib/shop.h"

static void test_card_joins(void)
{
	struct shop s;
	struct term *t;
	g_autofree char *csv = NULL;

	shop_open(&s, NULL);
	t = shop_run(&s);
	term_run(t, 300);
	term_send(t, "5");
	term_expect(t, SHOP_SECOND, 2000);
	shop_swipe(&s, "9643001000000017");
	term_expect(t, "*0017", 2000);
	g_assert_false(term_shows(t, "9643001000000017"));
	term_send(t, "1");
	term_expect(t, SHOP_THIRD, 2000);
	term_send(t, "2");
	term_expect(t, SHOP_SAVED, 5000);
	shop_stop(t);
	shop_expect(&s, "SELECT seq, \"trigger\", outcome, card FROM visit",
		    "1|key|completed|9643001000000017");
	shop_expect(&s, "SELECT reader, result, visit IS NOT NULL FROM card_event",
		    "msr|accepted|1");
	g_assert_cmpint(
		shop_command(&s, "export --what cards --output - --plain", &csv, NULL),
		==, 0);
	g_assert_nonnull(strstr(csv, ",msr,accepted,*0017\r\n"));
	g_assert_null(strstr(csv, "9643001000000017"));
	shop_close(&s);
}

/* The same through libserialport: the shim makes the pty look like a serial port. */
static void test_serial_port(void)
{
	const struct shop_how how = {.preload = "pty_shim", .device = "/dev/ttyTEST0"};
	struct shop s;
	struct term *t;

	shop_open(&s, &how);
	t = shop_run(&s);
	term_run(t, 500);
	shop_swipe(&s, "9643001000000017");
	term_expect(t, "*0017", 2000);
	shop_answer_all(t);
	shop_stop(t);
	shop_expect(&s, "SELECT \"trigger\", outcome, card FROM visit",
		    "card|completed|9643001000000017");
	shop_close(&s);
}

static void test_bank_card(void)
{
	struct shop s;
	struct term *t;
	g_autofree char *screen = NULL;

	shop_open(&s, NULL);
	t = shop_run(&s);
	term_run(t, 300);
	shop_swipe(&s, "4111111111111111");
	term_expect(t, "Bank card: not needed here", 2000);
	screen = term_screen(t);
	g_assert_null(strstr(screen, "1111"));
	shop_await(&s, "SELECT result, card, card_mask FROM card_event",
		   "refused payment-card||", 3000);
	shop_stop(t);
	for (int i = 0; i < 3; i++) {
		static const char *const ends[] = {"", "-wal", "-shm"};
		g_autofree char *path = g_strconcat(s.database, ends[i], NULL),
				*bytes = NULL;
		gsize n = 0;

		if (g_file_get_contents(path, &bytes, &n, NULL))
			g_assert_null(memmem(bytes, n, "411111", 6));
	}
	shop_close(&s);
}

static void test_bad_and_foreign(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	term_run(t, 300);
	fake_device_send(&s.device, ";E?\r", 4);
	term_expect(t, "Not read. Please swipe again", 2000);
	shop_swipe(&s, "7777001234567890");
	term_expect(t, "Not one of our cards", 2000);
	shop_await(&s, "SELECT result, card FROM card_event ORDER BY n",
		   "error read-error|\nforeign|", 3000);
	shop_stop(t);
	shop_expect(&s, "SELECT count(*) FROM visit", "0");
	shop_close(&s);
}

/* Pulled out in the middle of a visit, and back within 2 s of being plugged in. */
static void unplug(const struct shop_how *how)
{
	struct shop s;
	struct term *t;

	shop_open(&s, how);
	t = shop_run(&s);
	term_run(t, 300);
	term_send(t, "5");
	term_expect(t, SHOP_SECOND, 2000);
	fake_device_unplug(&s.device);
	term_expect(t, "Reader does not answer", 2000);
	term_send(t, "1");
	term_expect(t, SHOP_THIRD, 2000);
	term_run(t, 1500);
	fake_device_plug(&s.device);
	term_expect(t, "Reader ready", 2000);
	shop_swipe(&s, "9643001000000017");
	term_expect(t, "*0017", 2000);
	term_send(t, "2");
	term_expect(t, SHOP_SAVED, 5000);
	shop_stop(t);
	shop_expect(&s, "SELECT outcome, card FROM visit", "completed|9643001000000017");
	shop_close(&s);
}

static void test_unplug_pty(void)
{
	unplug(NULL);
}

static void test_unplug_serial(void)
{
	const struct shop_how how = {.preload = "pty_shim", .device = "/dev/ttyTEST0"};

	unplug(&how);
}

/* What waited in the device before the start is nobody's. */
static void test_buffered_at_start(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	shop_swipe(&s, "9643001000000017");
	t = shop_run(&s);
	term_run(t, 1000);
	g_assert_false(term_shows(t, "*0017"));
	shop_swipe(&s, "9643001000000025");
	term_expect(t, "*0025", 2000);
	shop_stop(t);
	shop_expect(&s, "SELECT card FROM card_event", "9643001000000025");
	shop_close(&s);
}

/* The demo reader of the shipped config.ini: F12 swipes. */
static void test_demo(void)
{
	const struct shop_how how = {.device = "demo"};
	struct shop s;
	struct term *t;

	shop_open(&s, &how);
	t = shop_run(&s);
	term_run(t, 500);
	term_send(t, "\x1b[24~");
	shop_await(&s, "SELECT count(*) > 0 FROM card_event", "1", 3000);
	shop_stop(t);
	shop_close(&s);
}

/* Garbage without end from the reader, as fast as it is taken: keys are answered all the same, the
 * cashier is told, and the database does not fill with what was no card. */
static void test_endless_garbage(void)
{
	struct shop s;
	struct term *t;
	char garbage[512], answer[512];
	gint64 end;

	memset(garbage, ';', sizeof(garbage));
	shop_open(&s, NULL);
	t = shop_run(&s);
	term_run(t, 300);
	end = g_get_monotonic_time() + 8000000;
	term_send(t, "5");
	while (g_get_monotonic_time() < end) {
		if (write(s.device.master, garbage, sizeof(garbage)) < 0)
			g_usleep(1000);
		term_read(t, 0);
	}
	g_assert_true(term_shows(t, SHOP_SECOND));
	g_assert_true(term_shows(t, "! A device sends without a pause"));
	g_assert_nonnull(strstr(shop_till(&s, "STATUS", answer), "reader=streams"));
	term_send(t, "1");
	term_expect(t, SHOP_THIRD, 500);
	term_expect_gone(t, "A device sends without a pause", 5000);
	shop_swipe(&s, "9643001000000017");
	term_expect(t, "*0017", 2000);
	shop_stop(t);
	shop_expect(&s, "SELECT count(*) BETWEEN 20 AND 60 FROM card_event", "1");
	shop_close(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/run/card-joins", test_card_joins);
	g_test_add_func("/run/serial-port", test_serial_port);
	g_test_add_func("/run/bank-card", test_bank_card);
	g_test_add_func("/run/bad-and-foreign", test_bad_and_foreign);
	g_test_add_func("/run/unplug-pty", test_unplug_pty);
	g_test_add_func("/run/unplug-serial", test_unplug_serial);
	g_test_add_func("/run/buffered-at-start", test_buffered_at_start);
	g_test_add_func("/run/demo", test_demo);
	g_test_add_func("/run/endless-garbage", test_endless_garbage);
	return g_test_run();
}
