/* sync_pause: pauses grow, are jittered, and end */
#include <glib.h>

#include "sync/pause.h"

static void test_grows(void)
{
	g_assert_cmpint(pause_ms(1, 0), ==, PAUSE_LEAST_MS / 2);
	g_assert_cmpint(pause_ms(1, UINT32_MAX), <=, PAUSE_LEAST_MS * 3 / 2);
	for (int failures = 1; failures < 9; failures++)
		g_assert_cmpint(pause_ms(failures + 1, 7), ==, 2 * pause_ms(failures, 7));
	g_assert_cmpint(pause_ms(10000, 0), ==, PAUSE_MOST_MS / 2);
	g_assert_cmpint(pause_ms(10000, UINT32_MAX), <, PAUSE_MOST_MS * 3 / 2);
}

static void test_jitter_is_even(void)
{
	gint64 sum = 0;

	for (guint32 i = 0; i < 1000; i++)
		sum += pause_ms(3, i * 4294967u);
	g_assert_cmpint(sum / 1000, >, 4 * PAUSE_LEAST_MS - 100);
	g_assert_cmpint(sum / 1000, <, 4 * PAUSE_LEAST_MS + 100);
}

static void test_left(void)
{
	g_assert_cmpint(pause_left_ms(INT64_MIN, 1000), ==, 0);
	g_assert_cmpint(pause_left_ms(1000, 2000), ==, 0);
	g_assert_cmpint(pause_left_ms(5000, 2000), ==, 3000);
	/* the clock stood a year ahead when the pause was noted */
	g_assert_cmpint(pause_left_ms(INT64_C(31536000000), 2000), ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pause/grows", test_grows);
	g_test_add_func("/pause/jitter-is-even", test_jitter_is_even);
	g_test_add_func("/pause/left", test_left);
	return g_test_run();
}
