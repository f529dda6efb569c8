/* sync_facts: values as COPY takes them */
#include <glib.h>

#include "sync/facts.h"

static void test_text(void)
{
	static const struct {
		const char *text, *written;
	} rows[] = {
		{"", ""},
		{"Очередь", "Очередь"},
		{"a\tb\nc\rd\\e", "a\\tb\\nc\\rd\\\\e"},
		{"\\N", "\\\\N"},
		{"\\.", "\\\\."},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GString) out = g_string_new(NULL);
		facts_put_text(out, rows[i].text, -1);
		g_assert_cmpstr(out->str, ==, rows[i].written);
	}
}

static void test_day_and_moment(void)
{
	static const struct {
		gint64 ms;
		const char *written;
	} rows[] = {
		{0, "1970-01-01 00:00:00.000+00"},
		{-1, "1969-12-31 23:59:59.999+00"},
		{INT64_C(1725534187120), "2024-09-05 11:03:07.120+00"},
		{INT64_C(951782399999), "2000-02-28 23:59:59.999+00"},
		{INT64_C(951782400000), "2000-02-29 00:00:00.000+00"},
		{INT64_MAX,
		 "106751991167 07:12:55.807+00"}, /* for the server to refuse */
	};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GString) out = g_string_new(NULL);
		facts_put_moment(out, rows[i].ms);
		g_assert_cmpstr(out->str, ==, rows[i].written);
	}
}

static void test_decimal(void)
{
	static const struct {
		gint64 value;
		int decimals;
		const char *written;
	} rows[] = {
		{12345, 2, "123.45"}, {5, 2, "0.05"},
		{-5, 2, "-0.05"},     {0, 1, "0.0"},
		{99, 1, "9.9"},       {INT64_MIN, 2, "-92233720368547758.08"},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GString) out = g_string_new(NULL);
		facts_put_decimal(out, rows[i].value, rows[i].decimals);
		g_assert_cmpstr(out->str, ==, rows[i].written);
	}
}

static void test_id(void)
{
	static const guint8 id[16] = {0, 0x1f, 0xa0, 255};
	g_autoptr(GString) out = g_string_new(NULL);

	facts_put_id(out, id);
	g_assert_cmpstr(out->str, ==, "001fa0ff000000000000000000000000");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/facts/text", test_text);
	g_test_add_func("/facts/day-and-moment", test_day_and_moment);
	g_test_add_func("/facts/decimal", test_decimal);
	g_test_add_func("/facts/id", test_id);
	return g_test_run();
}
