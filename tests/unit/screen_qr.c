/* screen_qr: what the canvas shows is read by another program */
#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "screen/qr.h"
#include "tests/lib/pages.h"
#include "tests/lib/pages_manager.h"

#define TEXT                                                        \
	"TILLASK 017/3 2026-11-25 V1200 A3600 C400 S100101-101300 " \
	"9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08"

#define SCALE 6

static struct canvas canvas;

static bool is_light(int y, int x)
{
	uint32_t character = canvas.cell[y / 2 * canvas.cols + x].character[0];

	if (character == 0x2588)
		return true;
	return character == (y % 2 == 0 ? 0x2580u : 0x2584u);
}

/* The screen as a camera sees it: a black ground. */
static void photograph(const char *path)
{
	FILE *file = fopen(path, "w");
	int rows = 2 * canvas.rows * SCALE, cols = canvas.cols * SCALE;

	g_assert_nonnull(file);
	fprintf(file, "P2\n%d %d\n255\n", cols, rows);
	for (int y = 0; y < rows; y++)
		for (int x = 0; x < cols; x++)
			fprintf(file, "%d\n", is_light(y / SCALE, x / SCALE) ? 255 : 0);
	g_assert_cmpint(fclose(file), ==, 0);
}

static void expect_read(const char *text)
{
	g_autofree char *path = g_strdup_printf("%s/qr-%d.pgm", g_get_tmp_dir(),
						g_random_int_range(0, 1 << 30));
	const char *argv[] = {"zbarimg", "--quiet", "--raw", path, NULL};
	g_autofree char *out = NULL, *errors = NULL;
	g_autoptr(GError) error = NULL;
	int status;

	photograph(path);
	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out,
		     &errors, &status, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(g_strchomp(out), ==, text);
	g_unlink(path);
}

static void test_is_read(void)
{
	static const char *const texts[] = {TEXT, "https://example.org/?s=017", "1"};

	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
		int rows, cols;

		canvas_resize(&canvas, 30, 80);
		canvas_clear(&canvas);
		g_assert_true(qr_size(texts[i], &rows, &cols));
		g_assert_true(qr_draw(&canvas, 3, (80 - cols) / 2, texts[i]));
		expect_read(texts[i]);
	}
}

/* The manager's page as a whole: beside its text, and above it. */
static void test_proof_is_read(void)
{
	static const struct {
		int cols, rows;
	} screens[] = {{80, 24}, {132, 43}, {71, 24}};
	struct pages *pages = pages_new();

	for (gsize i = 0; i < G_N_ELEMENTS(screens); i++) {
		struct page page = pages_page(pages, PAGE_MANAGER, 0);

		pages_proof(&page);
		canvas_resize(&canvas, screens[i].rows, screens[i].cols);
		view_draw(&canvas, &page, &pages->context);
		expect_read(page.manager.findings.of_proof.text);
	}
	pages_free(pages);
}

/* The page of thanks as a whole, in every language. */
static void test_thanks_is_read(void)
{
	static const char text[] = "https://example.org/write-to-us?store=017";
	struct pages *pages = pages_new();

	pages->questionnaire.qr = text;
	canvas_resize(&canvas, 24, 80);
	for (int language = 0; language < pages->languages; language++) {
		struct page page = pages_page(pages, PAGE_THANKS, language);

		view_draw(&canvas, &page, &pages->context);
		expect_read(text);
	}
	pages_free(pages);
}

/* Where the page says what it needs, that is enough and less is not; the text is whole. */
static void test_proof_needs(void)
{
	static const struct {
		int cols, rows;
		bool pole;
		const char *needs; /* NULL: nothing more */
	} screens[] = {
		{40, 12, false, "71x24"}, {70, 24, false, "71x24"},
		{71, 23, false, "71x24"}, {71, 24, false, NULL},
		{40, 12, true, "71x28"},  {71, 27, true, "71x28"},
		{71, 28, true, NULL},
	};
	struct pages *pages = pages_new();

	for (gsize i = 0; i < G_N_ELEMENTS(screens); i++) {
		struct page page = pages_page(pages, PAGE_MANAGER, 0);
		g_autofree char *dump = NULL;

		pages_proof(&page);
		pages->context.pole = screens[i].pole;
		canvas_resize(&canvas, screens[i].rows, screens[i].cols);
		view_draw(&canvas, &page, &pages->context);
		dump = canvas_dump(&canvas, false);
		g_assert_nonnull(strstr(dump, "B0F0 0A08\n"));
		g_assert_cmpint(strstr(dump, "▄▄▄▄▄") != NULL, ==,
				screens[i].needs == NULL);
		if (screens[i].needs != NULL)
			g_assert_nonnull(strstr(dump, screens[i].needs));
	}
	pages_free(pages);
}

/* The day's proof stands on the usual screen with a line above it and two below. */
static void test_size(void)
{
	int rows, cols;

	g_assert_true(qr_size(TEXT, &rows, &cols));
	g_assert_cmpint(rows, <=, 21);
	g_assert_cmpint(cols, <=, 80);
	g_assert_false(qr_size("", &rows, &cols));
	g_assert_false(qr_size("Как вам?", &rows, &cols));
	g_autofree char *much = g_strnfill(QR_TEXT_MAX + 1, 'x');
	g_assert_false(qr_size(much, &rows, &cols));
}

static void test_does_not_fit(void)
{
	g_autofree char *before = NULL, *after = NULL;

	canvas_resize(&canvas, 12, 40);
	before = canvas_dump(&canvas, true);
	g_assert_false(qr_draw(&canvas, 0, 0, TEXT));
	canvas.ascii_only = true;
	canvas_resize(&canvas, 50, 132);
	g_assert_false(qr_draw(&canvas, 0, 0, TEXT));
	canvas.ascii_only = false;
	g_assert_false(qr_draw(&canvas, 40, 0, TEXT));
	g_assert_false(qr_draw(&canvas, -1, 0, TEXT));
	canvas_resize(&canvas, 12, 40);
	after = canvas_dump(&canvas, true);
	g_assert_cmpstr(before, ==, after);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	canvas_init(&canvas);
	g_test_add_func("/qr/is-read", test_is_read);
	g_test_add_func("/qr/proof-is-read", test_proof_is_read);
	g_test_add_func("/qr/thanks-is-read", test_thanks_is_read);
	g_test_add_func("/qr/proof-needs", test_proof_needs);
	g_test_add_func("/qr/size", test_size);
	g_test_add_func("/qr/does-not-fit", test_does_not_fit);
	int failed = g_test_run();
	canvas_free(&canvas);
	return failed;
}
