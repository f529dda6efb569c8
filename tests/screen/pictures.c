/* Every page in every size and language, against pictures that a designer can read.
 *
 * tests/screen/pictures/SIZE-LANGUAGE.txt holds one picture after the other.  With
 * TILLASK_PICTURES=write in the environment the files are written anew instead of compared.
 */
#include "tests/lib/pages.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#define FOLDER "tests/screen/pictures"

static struct pages *pages;

struct set {
	int cols, rows;
	bool ascii;
	const char *code;
	bool layers; /* styles and touch too */
	bool pole;   /* the terminal is the till's display */
	bool qr;     /* with [survey] qr=: the pages of thanks alone */
};

static bool is_thanks(const struct pages_scene *scene)
{
	return g_str_has_prefix(scene->name, "thanks");
}

static char *draw_set(const struct set *set)
{
	GString *out = g_string_new(NULL);
	struct canvas canvas;
	int language = pages_language(pages, set->code);
	bool cashier = strcmp(set->code, "ru") == 0 || strcmp(set->code, "en") == 0;

	canvas_init(&canvas);
	canvas_resize(&canvas, set->rows, set->cols);
	canvas.ascii_only = set->ascii;
	pages->context.cashier_language = language;
	pages->context.pole = set->pole;
	pages->questionnaire.qr = set->qr ? "https://example.org/write-to-us" : "";
	for (int i = 0; i < pages_scenes_count; i++) {
		const struct pages_scene *scene = &pages_scenes[i];
		struct page page = pages_scene_page(pages, scene, language);
		g_autofree char *dump = NULL;

		if ((scene->cashier && !cashier) || (set->qr && !is_thanks(scene)))
			continue;
		if (set->pole) {
			g_strlcpy(page.pole[0], "ИТОГО       1 234,50", POLE_LINE_MAX);
			g_strlcpy(page.pole[1], "     Спасибо!       ", POLE_LINE_MAX);
		}
		view_draw(&canvas, &page, &pages->context);
		dump = canvas_dump(&canvas, set->layers);
		g_string_append_printf(out, "==== %s\n%s", scene->name, dump);
	}
	g_string_append(out, "====\n");
	canvas_free(&canvas);
	return g_string_free(out, FALSE);
}

static void show_difference(const char *file, const char *expected, const char *got)
{
	g_auto(GStrv) is = g_strsplit(expected, "\n", -1);
	g_auto(GStrv) now = g_strsplit(got, "\n", -1);
	const char *scene = "";
	int shown = 0;

	for (int i = 0; is[i] != NULL && now[i] != NULL && shown < 12; i++) {
		if (g_str_has_prefix(is[i], "===="))
			scene = is[i];
		if (strcmp(is[i], now[i]) == 0)
			continue;
		g_test_message("%s:%d %s", file, i + 1, scene);
		g_test_message("  picture: %s", is[i]);
		g_test_message("  now:     %s", now[i]);
		shown++;
	}
	g_test_message("if the new picture is right: TILLASK_PICTURES=write make screen");
	g_test_fail();
}

static void test_set(gconstpointer data)
{
	const struct set *set = data;
	g_autofree char *file = g_strdup_printf(
		"%s/%dx%d%s-%s%s%s%s.txt", FOLDER, set->cols, set->rows,
		set->ascii ? "-ascii" : "", set->code, set->layers ? "-layers" : "",
		set->pole ? "-pole" : "", set->qr ? "-qr" : "");
	g_autofree char *got = draw_set(set), *expected = NULL;

	if (g_strcmp0(g_getenv("TILLASK_PICTURES"), "write") == 0) {
		g_mkdir_with_parents(FOLDER, 0777);
		g_assert_true(g_file_set_contents(file, got, -1, NULL));
		return;
	}
	g_assert_true(g_file_get_contents(file, &expected, NULL, NULL));
	if (strcmp(expected, got) != 0)
		show_difference(file, expected, got);
}

static void add_sets(int cols, int rows)
{
	for (int i = 0; i < pages->languages; i++) {
		struct set *set = g_new0(struct set, 1);
		g_autofree char *name = g_strdup_printf("/pictures/%dx%d/%s", cols, rows,
							pages->codes[i]);

		*set = (struct set){cols,  rows,  false, pages->codes[i],
				    false, false, false};
		g_test_add_data_func_full(name, set, test_set, g_free);
	}
}

int main(int argc, char **argv)
{
	static const struct set ascii[] = {{80, 24, true, "ru", false, false, false},
					   {40, 12, true, "en", false, false, false},
					   {40, 12, false, "ru", true, false, false}};
	static const struct set pole[] = {{80, 24, false, "ru", false, true, false},
					  {80, 24, false, "en", false, true, false},
					  {40, 12, false, "ru", false, true, false},
					  {40, 12, false, "en", false, true, false}};
	static const struct set qr[] = {{80, 24, false, "ru", false, false, true},
					{80, 24, false, "en", false, true, true},
					{40, 12, false, "ru", false, false, true},
					{132, 43, false, "ru", false, false, true}};
	int result;

	g_test_init(&argc, &argv, NULL);
	pages = pages_new();
	add_sets(80, 24);
	add_sets(40, 12);
	add_sets(132, 43);
	g_test_add_data_func("/pictures/ascii/80x24/ru", &ascii[0], test_set);
	g_test_add_data_func("/pictures/ascii/40x12/en", &ascii[1], test_set);
	g_test_add_data_func("/pictures/layers/40x12/ru", &ascii[2], test_set);
	g_test_add_data_func("/pictures/pole/80x24/ru", &pole[0], test_set);
	g_test_add_data_func("/pictures/pole/80x24/en", &pole[1], test_set);
	g_test_add_data_func("/pictures/pole/40x12/ru", &pole[2], test_set);
	g_test_add_data_func("/pictures/pole/40x12/en", &pole[3], test_set);
	g_test_add_data_func("/pictures/qr/80x24/ru", &qr[0], test_set);
	g_test_add_data_func("/pictures/qr/80x24/en-pole", &qr[1], test_set);
	g_test_add_data_func("/pictures/qr/40x12/ru", &qr[2], test_set);
	g_test_add_data_func("/pictures/qr/132x43/ru", &qr[3], test_set);
	result = g_test_run();
	pages_free(pages);
	return result;
}
