/* Code pages against iconv, byte by byte; UTF-8 cut in all ways. */
#include "drivers/code_page.h"

#include <glib.h>
#include <string.h>

static const struct {
	enum code_page page;
	const char *iconv;
} pages[] = {
	{CODE_PAGE_CP437, "CP437"},  {CODE_PAGE_CP858, "IBM858"},
	{CODE_PAGE_CP866, "CP866"},  {CODE_PAGE_CP1251, "CP1251"},
	{CODE_PAGE_KOI8R, "KOI8-R"},
};

static void append(GString *text, struct code_page_reader *reader, enum code_page page,
		   unsigned char byte)
{
	uint32_t c[2];
	int n = code_page_read(reader, page, byte, c);

	for (int i = 0; i < n; i++) {
		char utf8[4];

		g_string_append_len(text, utf8, (gssize)code_page_put(utf8, c[i]));
	}
}

static char *iconv_of(const char *name, unsigned char byte)
{
	char text[2] = {(char)byte, 0};

	return g_convert(text, 1, "UTF-8", name, NULL, NULL, NULL);
}

static void test_against_iconv(void)
{
	for (size_t p = 0; p < G_N_ELEMENTS(pages); p++) {
		g_autofree char *known = iconv_of(pages[p].iconv, 'A');

		if (known == NULL) { /* glibc calls it so only since 2.3x */
			g_test_message("iconv does not know %s", pages[p].iconv);
			g_assert_cmpint(pages[p].page, ==, CODE_PAGE_CP858);
			continue;
		}
		for (int byte = 0x20; byte < 0x100; byte++) {
			struct code_page_reader reader = {0};
			g_autoptr(GString) got = g_string_new(NULL);
			g_autofree char *right = iconv_of(pages[p].iconv,
							  (unsigned char)byte);

			append(got, &reader, pages[p].page, (unsigned char)byte);
			if (byte == 0x7F)
				right[0] = '\0';
			g_assert_cmpstr(got->str, ==, right != NULL ? right : "?");
		}
	}
}

/* 858 is 850 with the euro for the dotless i; what tills need of it. */
static void test_cp858(void)
{
	static const struct {
		unsigned char byte;
		const char *utf8;
	} rows[] = {{0xD5, "€"}, {0x9C, "£"}, {0x81, "ü"}, {0xA4, "ñ"}, {0xE1, "ß"}};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct code_page_reader reader = {0};
		g_autoptr(GString) got = g_string_new(NULL);

		append(got, &reader, CODE_PAGE_CP858, rows[i].byte);
		g_assert_cmpstr(got->str, ==, rows[i].utf8);
	}
}

static void test_names(void)
{
	enum code_page page;

	for (int i = 0; i < CODE_PAGES; i++) {
		g_assert_true(code_page_find(code_page_name((enum code_page)i), &page));
		g_assert_cmpint(page, ==, i);
	}
	g_assert_true(code_page_find("utf-8", &page));
	g_assert_cmpint(page, ==, CODE_PAGE_UTF8);
	g_assert_false(code_page_find("CP9999", &page));
	g_assert_false(code_page_find("", &page));
	g_assert_cmpint(page, ==, CODE_PAGE_UTF8);
}

static void test_utf8(void)
{
	static const struct {
		const char *bytes, *text;
	} rows[] = {
		{"Итого €", "Итого €"},
		{"\xD0", "?"},   /* cut at the end */
		{"\xD0x", "?x"}, /* cut by another */
		{"\xD0\xD0\x98", "?И"},
		{"\xE2\x82x", "?x"},
		{"\x80"
		 "a",
		 "?a"},            /* begins with no beginning */
		{"\xC0\x80", "?"}, /* written too long */
		{"\xE0\x80\xAF", "?"},
		{"\xED\xA0\x80", "?"},     /* half of a surrogate */
		{"\xF4\x90\x80\x80", "?"}, /* above Unicode */
		{"\xFF\xFE", "??"},
		{"\xC2\x85", ""}, /* a control character */
		{"\x1b\x07\x7f", ""},
		{"\xF0\x9F\x98\x80", "😀"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct code_page_reader reader = {0};
		g_autoptr(GString) got = g_string_new(NULL);

		for (const char *p = rows[i].bytes; *p != '\0'; p++)
			append(got, &reader, CODE_PAGE_UTF8, (unsigned char)*p);
		if (code_page_end(&reader))
			g_string_append_c(got, CODE_PAGE_UNKNOWN);
		g_assert_cmpstr(got->str, ==, rows[i].text);
		g_assert_true(g_utf8_validate(got->str, -1, NULL));
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/code-page/against-iconv", test_against_iconv);
	g_test_add_func("/code-page/cp858", test_cp858);
	g_test_add_func("/code-page/names", test_names);
	g_test_add_func("/code-page/utf8", test_utf8);
	return g_test_run();
}
