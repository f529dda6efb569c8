/* Days as people write them. */
#include "day.h"

static void test_text(void)
{
	static const struct {
		int32_t day;
		const char *text;
	} rows[] = {
		{0, "1970-01-01"},     {59, "1970-03-01"},    {11016, "2000-02-29"},
		{20423, "2025-12-01"}, {47541, "2100-03-01"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = day_text(rows[i].day);
		int32_t day;

		g_assert_cmpstr(text, ==, rows[i].text);
		g_assert_true(day_parse(text, 0, &day));
		g_assert_cmpint(day, ==, rows[i].day);
	}
}

static void test_wrong(void)
{
	static const char *const wrong[] = {
		"",           "soon",       "2025-02-29", "2025-13-01",   "2025-00-01",
		"2025-01-00", "1969-12-31", "2025-1-1",   "2025-01-01\n", "20250101",
	};
	int32_t day = -7;

	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		g_assert_false(day_parse(wrong[i], 0, &day));
		g_assert_cmpint(day, ==, -7);
	}
	g_assert_true(day_parse("today", 12, &day) && day == 12);
	g_assert_true(day_parse("yesterday", 12, &day) && day == 11);
}

static void test_weeks_and_months(void)
{
	g_assert_cmpint(day_monday(20419), ==, 20416); /* Thursday, 2025-11-27 */
	g_assert_cmpint(day_monday(20416), ==, 20416);
	g_assert_cmpint(day_monday(20422), ==, 20416); /* Sunday */
	g_assert_cmpint(day_month(20419), ==, 20393);
	g_assert_cmpint(day_month(20393), ==, 20393);
	g_assert_cmpint(day_month_length(20419), ==, 30);
	g_assert_cmpint(day_month_length(19772), ==, 29); /* 2024-02-19 */
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/base/day/text", test_text);
	g_test_add_func("/base/day/wrong", test_wrong);
	g_test_add_func("/base/day/weeks-and-months", test_weeks_and_months);
	return g_test_run();
}
