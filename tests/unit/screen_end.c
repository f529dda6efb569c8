/* "You asked, we did it": the shop's own line on the thanks page, and nowhere else. */
#include <glib.h>
#include <string.h>

#include "tests/lib/pages.h"

#define LINE "A second till opens in the evening"

#define CODE "https://example.org/?s=017"
#define TOLD "Write to us: scan this code"

static struct pages *pages;

static char *picture(enum page_kind kind, int cols, int rows)
{
	int english = pages_language(pages, "en");
	struct page page = pages_page(pages, kind, english);
	struct canvas canvas;
	char *text;

	pages->questionnaire.done[english] = LINE;
	canvas_init(&canvas);
	canvas_resize(&canvas, rows, cols);
	view_draw(&canvas, &page, &pages->context);
	text = canvas_dump(&canvas, false);
	canvas_free(&canvas);
	return text;
}

static void test_thanks(void)
{
	static const int sizes[][2] = {{80, 24}, {40, 12}, {132, 43}};

	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		g_autofree char *text = picture(PAGE_THANKS, sizes[i][0], sizes[i][1]);

		g_test_message("%s", text);
		g_assert_nonnull(strstr(text, "saved"));
		g_assert_nonnull(strstr(text, "You asked, we did it:"));
		g_assert_nonnull(strstr(text, LINE));
		g_assert_nonnull(strstr(text, "14:05"));
	}
}

static void test_elsewhere(void)
{
	static const enum page_kind kinds[] = {PAGE_GREETING, PAGE_THANKS_UNSAVED,
					       PAGE_THANKS_PARTIAL, PAGE_DECLINED};

	for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
		g_autofree char *text = picture(kinds[i], 80, 24);

		g_assert_null(strstr(text, "You asked"));
	}
}

/* ---- the code of [survey] qr= ------------------------------------------------------------ */

static const enum page_kind thanks[] = {PAGE_THANKS, PAGE_THANKS_UNSAVED,
					PAGE_THANKS_PARTIAL};

static bool has_blocks(const char *text)
{
	return strstr(text, "▄▄▄▄▄") != NULL;
}

/* Sentence and code are there together or not at all; with what was there before. */
static void test_code(void)
{
	static const struct {
		int cols, rows;
		bool shown;
	} screens[] = {{80, 24, true},  {132, 43, true}, {71, 18, true},
		       {40, 12, false}, {70, 18, false}, {71, 17, false}};

	for (gsize i = 0; i < G_N_ELEMENTS(screens); i++)
		for (gsize k = 0; k < G_N_ELEMENTS(thanks); k++) {
			pages->questionnaire.qr = CODE;
			g_autofree char *text = picture(thanks[k], screens[i].cols,
							screens[i].rows);
			pages->questionnaire.qr = "";

			g_test_message("%s", text);
			g_assert_cmpint(strstr(text, TOLD) != NULL, ==, screens[i].shown);
			g_assert_cmpint(has_blocks(text), ==, screens[i].shown);
			g_assert_cmpint(strstr(text, LINE) != NULL, ==,
					thanks[k] == PAGE_THANKS);
			g_assert_nonnull(strstr(text, "Thank you"));
		}
}

/* What the page draws is what `tillask check` says. */
static void test_code_fits(void)
{
	static const char *const codes[] = {
		"1", CODE, "HTTPS://EXAMPLE.ORG/SHOP/017/3",
		"https://example.org/a-longer-way/to/the/same"};

	for (gsize i = 0; i < G_N_ELEMENTS(codes); i++) {
		pages->questionnaire.qr = codes[i];
		for (int cols = 60; cols < 90; cols++)
			for (int rows = 12; rows < 28; rows++) {
				g_autofree char *text = picture(PAGE_THANKS_UNSAVED, cols,
								rows);

				g_assert_cmpint(
					has_blocks(text), ==,
					view_fits_code(&pages->context, cols, rows));
			}
	}
	pages->questionnaire.qr = "";
	g_assert_false(view_fits_code(&pages->context, 132, 43));
}

static void test_code_elsewhere(void)
{
	static const enum page_kind kinds[] = {PAGE_GREETING, PAGE_DECLINED,
					       PAGE_COMPLAINT_SAVED};

	pages->questionnaire.qr = CODE;
	for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
		g_autofree char *text = picture(kinds[i], 132, 43);

		g_assert_null(strstr(text, TOLD));
		g_assert_false(has_blocks(text));
	}
	pages->questionnaire.qr = "";
}

int main(int argc, char **argv)
{
	int status;

	g_test_init(&argc, &argv, NULL);
	pages = pages_new();
	g_test_add_func("/end/thanks", test_thanks);
	g_test_add_func("/end/elsewhere", test_elsewhere);
	g_test_add_func("/end/code", test_code);
	g_test_add_func("/end/code-fits", test_code_fits);
	g_test_add_func("/end/code-elsewhere", test_code_elsewhere);
	status = g_test_run();
	pages_free(pages);
	return status;
}
