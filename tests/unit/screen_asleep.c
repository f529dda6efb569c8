/* The dim page: wherever it is touched, it wakes. */
#include <glib.h>

#include "tests/lib/pages.h"

static void test_touch(void)
{
	static const int sizes[][2] = {{80, 24}, {40, 12}, {132, 43}};
	struct pages *pages = pages_new();
	struct page page = pages_page(pages, PAGE_ASLEEP, 0);
	struct canvas canvas;
	struct canvas_hit hit;

	canvas_init(&canvas);
	for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
		canvas_resize(&canvas, sizes[i][1], sizes[i][0]);
		view_draw(&canvas, &page, &pages->context);
		for (int cell = 0; cell < canvas.rows * canvas.cols; cell++) {
			g_assert_true(canvas_touched(&canvas, cell / canvas.cols,
						     cell % canvas.cols, &hit));
			g_assert_cmpint(hit.key, ==, KEY_TEXT);
			g_assert_cmpuint(hit.character, ==, '+');
		}
	}
	canvas_free(&canvas);
	pages_free(pages);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/asleep/touch", test_touch);
	return g_test_run();
}
