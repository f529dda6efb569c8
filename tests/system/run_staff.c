/* run_staff: cashier, manager, touch, at the real program */
#include <glib.h>
#include <string.h>

#include "tests/lib/shop.h"

#define F4  "\x1bOS"
#define F10 "\x1b[21~"

/* `tillask pin ARGUMENTS` with one line of standard input. */
static void set_pin(const struct shop *s, const char *arguments, const char *pin)
{
	g_autofree char *script =
		g_strdup_printf("echo %s | \"$TILLASK_BIN\" --config '%s' pin %s", pin,
				s->config, arguments);
	const char *argv[] = {"sh", "-c", script, NULL};
	int status;

	g_assert_true(g_spawn_sync(NULL, (char **)argv, NULL,
				   G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL |
					   G_SPAWN_STDERR_TO_DEV_NULL,
				   NULL, NULL, NULL, NULL, &status, NULL));
	g_assert_cmpint(status, ==, 0);
}

/* The PIN is set while the terminal runs: from then on F10 asks for it. */
static void test_manager(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	set_pin(&s, "", "2468");
	term_send(t, F10);
	term_expect(t, "PIN", 2000);
	term_send(t, "1111\r");
	term_expect(t, "Wrong PIN", 5000);
	g_assert_false(term_shows(t, "1111"));
	term_run(t, 1200);
	term_send(t, "2468\r");
	term_expect(t, "[0] End the program", 5000);
	term_send(t, "\x1b");
	term_expect(t, SHOP_FIRST, 2000);
	term_send(t, F10);
	term_expect(t, "PIN", 2000);
	term_run(t, 500);
	term_send(t, "2468\r");
	term_expect(t, "[0] End the program", 5000);
	term_send(t, "q");
	term_expect(t, "The survey will stop", 2000);
	term_send(t, "1");
	g_assert_cmpint(term_exit(t, 3000), ==, 0);
	term_free(t);
	shop_close(&s);
}

/* While a PIN is checked, keys and the till are answered: twenty times in less than half of what a
 * hash takes here and now (setting a PIN is one). */
static void test_check_does_not_wait(void)
{
	struct shop s;
	struct term *t;
	char answer[512];
	gint64 begun, hash;

	shop_open(&s, NULL);
	t = shop_run(&s);
	begun = g_get_monotonic_time();
	set_pin(&s, "", "2468");
	hash = g_get_monotonic_time() - begun;
	term_send(t, F10);
	term_expect(t, "PIN", 2000);
	term_send(t, "1111\r");
	begun = g_get_monotonic_time();
	for (int i = 0; i < 20; i++)
		g_assert_nonnull(strstr(shop_till(&s, "STATUS", answer), "OK"));
	g_assert_cmpint(g_get_monotonic_time() - begun, <, hash / 2);
	term_send(t, "\x1b");
	term_expect(t, SHOP_FIRST, 1000);
	shop_stop(t);
	shop_close(&s);
}

static void test_cashier_card(void)
{
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	term_run(t, 300);
	term_send(t, F4);
	term_expect(t, "Swipe a staff card", 2000);
	shop_swipe(&s, "9644000000000042");
	term_expect(t, "signed in", 2000);
	term_expect(t, SHOP_FIRST, 2000);
	shop_stop(t);
	shop_close(&s);
}

/* A press on an answer, as xterm tells it. */
static void test_touch(void)
{
	g_autofree char *press = NULL;
	struct shop s;
	struct term *t;
	int row, col;

	shop_open(&s, NULL);
	t = shop_run(&s);
	term_send(t, "4");
	term_expect(t, SHOP_SECOND, 2000);
	g_assert_true(term_find(t, "[-] not now", &row, &col));
	press = g_strdup_printf("\x1b[<0;%d;%dM\x1b[<0;%d;%dm", col + 3, row + 1, col + 3,
				row + 1);
	term_send(t, press);
	term_expect(t, "Thank you for your answer!", 2000);
	shop_stop(t);
	shop_expect(&s, "SELECT outcome FROM visit", "partial");
	shop_close(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/run/manager", test_manager);
	g_test_add_func("/run/check-does-not-wait", test_check_does_not_wait);
	g_test_add_func("/run/cashier-card", test_cashier_card);
	g_test_add_func("/run/touch", test_touch);
	return g_test_run();
}
