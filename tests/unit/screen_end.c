/* "You asked, we did it": the shop's own line on the thanks page, and nowhere else. */
#include <glib.h>
#include <string.h>

#include "tests/lib/pages.h"

#define LINE "A second till opens in the evening"

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

int main(int argc, char **argv)
{
	int status;

	g_test_init(&argc, &argv, NULL);
	pages = pages_new();
	g_test_add_func("/end/thanks", test_thanks);
	g_test_add_func("/end/elsewhere", test_elsewhere);
	status = g_test_run();
	pages_free(pages);
	return status;
}
