/* That answers are linked to a card is said on the first page that asks, on every screen. */
#include <glib.h>
#include <string.h>

#include "tests/lib/pages.h"

static void test_first(void)
{
	static const int sizes[][2] = {{80, 24}, {40, 12}, {132, 43}};
	struct pages *pages = pages_new();
	struct canvas canvas;

	canvas_init(&canvas);
	for (int language = 0; language < pages->languages; language++)
		for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
			struct page page = pages_page(pages, PAGE_QUESTION, language);
			const char *linked = words_text(pages->context.words, WORD_LINKED,
							language);
			g_autofree char *text = NULL;

			page.question = PAGES_SMILEY;
			page.place = 1;
			page.of = 3;
			page.offer = page.linked = true;
			canvas_resize(&canvas, sizes[i][1], sizes[i][0]);
			view_draw(&canvas, &page, &pages->context);
			text = canvas_dump(&canvas, false);
			g_test_message("%s", text);
			g_assert_nonnull(strstr(text, linked));
		}
	canvas_free(&canvas);
	pages_free(pages);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/linked/first", test_first);
	return g_test_run();
}
