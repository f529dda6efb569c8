/* What fits which screen; and that no page, of any size, draws outside or loses what it must
 * have.
 */
#include <glib.h>
#include <string.h>

#include "tests/lib/pages.h"

static struct pages *pages;

static const struct {
	int cols, rows;
} screens[] = {{80, 24}, {40, 12}, {132, 43}, {64, 16}, {41, 13}, {300, 100}};

static void log_misfit(void *self, const struct view_misfit *misfit)
{
	g_string_append_printf(self, "%s%s", ((GString *)self)->len > 0 ? "; " : "",
			       misfit->key);
	if (misfit->choice > 0)
		g_string_append_printf(self, " %d", misfit->choice);
	g_string_append_printf(self, " needs %d %s, has %d", misfit->needs,
			       misfit->rows ? "rows" : "columns", misfit->has);
}

static char *misfits(int question, int language, int cols, int rows)
{
	GString *log = g_string_new(NULL);

	view_fit(&pages->context, question, language, cols, rows, log_misfit, log);
	return g_string_free(log, FALSE);
}

/* The samples fit every screen in every language. */
static void test_samples(void)
{
	for (gsize s = 0; s < G_N_ELEMENTS(screens); s++)
		for (int question = VIEW_COMPLAINT; question < PAGES_QUESTIONS;
		     question++)
			for (int i = 0; i < pages->languages; i++) {
				g_autofree char *log = misfits(
					question, i, screens[s].cols, screens[s].rows);

				if (log[0] == '\0')
					continue;
				g_test_message("question %d [%s] on %dx%d: %s", question,
					       pages->codes[i], screens[s].cols,
					       screens[s].rows, log);
				g_test_fail();
			}
}

static void expect(int question, int cols, int rows, const char *expected)
{
	g_autofree char *log = misfits(question, 0, cols, rows);

	g_assert_cmpstr(log, ==, expected);
}

/* Each misfit is found, and by how much; one column less and there is none. */
static void test_misfits(void)
{
	struct question *smiley = &pages->questionnaire.question[PAGES_SMILEY];
	struct question *nine = &pages->questionnaire.question[PAGES_NINE];
	const struct question old_smiley = *smiley, old_nine = *nine;
	g_autofree char *word = g_strnfill(52, 'w'), *fits = g_strnfill(36, 'w');
	g_autofree char *label = g_strnfill(31, 'l'), *choice = g_strnfill(33, 'c');

	smiley->text[0] = word;
	expect(PAGES_SMILEY, 40, 12, "text needs 52 columns, has 36");
	expect(PAGES_SMILEY, 80, 24, "");
	smiley->text[0] = fits;
	expect(PAGES_SMILEY, 40, 12, "");
	smiley->text[0] = "1\n2\n3\n4\n5";
	expect(PAGES_SMILEY, 80, 24, "text needs 5 rows, has 4");
	smiley->text[0] = old_smiley.text[0];
	smiley->low[0] = label;
	expect(PAGES_SMILEY, 40, 12, "low needs 31 columns, has 30");
	smiley->low[0] = label + 1;
	expect(PAGES_SMILEY, 40, 12, "");
	*smiley = old_smiley;
	nine->choice[4][0] = choice;
	expect(PAGES_NINE, 40, 12, "choices 5 needs 33 columns, has 32");
	nine->choice[4][0] = choice + 1;
	expect(PAGES_NINE, 40, 12, "");
	nine->text[0] = "two\nlines";
	expect(PAGES_NINE, 40, 12, "text needs 13 rows, has 12");
	*nine = old_nine;
}

/* A choice on a later page of choices is found too. */
static void test_later_page(void)
{
	struct question *many = &pages->questionnaire.question[PAGES_MANY];
	const struct question old = *many;
	g_autofree char *choice = g_strnfill(40, 'c'), *label = g_strnfill(60, 'w');

	many->choice[16][0] = choice;
	expect(PAGES_MANY, 40, 12, "choices 17 needs 40 columns, has 32");
	*many = old;
	many->text[0] = label;
	expect(PAGES_MANY, 40, 12,
	       "text needs 60 columns, has 36; text needs 13 rows, has 12");
	*many = old;
}

static bool shows(const struct canvas *c, const char *text)
{
	g_autofree char *dump = canvas_dump(c, false);

	return strstr(dump, text) != NULL;
}

/* Every page on every size from nothing up: it draws within, and what is too small says so. */
static void test_all_sizes(void)
{
	struct canvas c;

	canvas_init(&c);
	for (int rows = 0; rows <= 50; rows += rows < 26 ? 1 : 8)
		for (int cols = 0; cols <= 140; cols += cols < 38 || cols > 82 ? 9 : 1)
			for (int i = 0; i < pages_scenes_count; i++) {
				struct page page = pages_scene_page(
					pages, &pages_scenes[i], i % pages->languages);

				canvas_resize(&c, rows, cols);
				view_draw(&c, &page, &pages->context);
				if (rows >= VIEW_ROWS_MIN && cols >= VIEW_COLS_MIN)
					g_assert_false(shows(&c, "Экран слишком мал"));
				else if (rows >= 4 && cols >= 30)
					g_assert_true(shows(&c, "Экран слишком мал"));
			}
	canvas_free(&c);
}

/* Touching each answer of each page gives its key. */
static void test_touch(void)
{
	static const struct {
		const char *scene, *keys;
	} rows[] = {
		{"smiley", "12345"},
		{"nps10", "1234567890"},
		{"yes or no", "12"},
		{"three choices", "123"},
		{"eighteen choices", "1234567890"},
	};
	struct canvas c;

	canvas_init(&c);
	for (gsize s = 0; s < 3; s++)
		for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
			for (int k = 0; k < pages_scenes_count; k++) {
				struct page page = pages_scene_page(pages,
								    &pages_scenes[k], 0);
				g_autoptr(GString) keys = g_string_new(NULL);

				if (strcmp(pages_scenes[k].name, rows[i].scene) != 0)
					continue;
				canvas_resize(&c, screens[s].rows, screens[s].cols);
				view_draw(&c, &page, &pages->context);
				for (const char *p = rows[i].keys; *p != '\0'; p++)
					for (int at = 0; at < c.rows * c.cols; at++) {
						struct canvas_hit hit;

						if (!canvas_touched(&c, at / c.cols,
								    at % c.cols, &hit) ||
						    hit.key != KEY_TEXT ||
						    hit.character != (uint32_t)*p)
							continue;
						g_string_append_c(keys, *p);
						break;
					}
				g_assert_cmpstr(keys->str, ==, rows[i].keys);
			}
	canvas_free(&c);
}

/* Whatever the customer typed, it stays within its field. */
static void test_wild_words(void)
{
	struct page page = pages_page(pages, PAGE_QUESTION, 0);
	struct canvas c;

	canvas_init(&c);
	canvas_resize(&c, 12, 40);
	page.question = PAGES_WORDS;
	for (int i = 0; i < WORDS_MAX; i++)
		page.words[i] = i % 50 == 49 ? ' ' : 'w';
	view_draw(&c, &page, &pages->context);
	for (int row = 3; row < 8; row++)
		g_assert_true(c.cell[row * 40 + 1].character[0] == ' ' &&
			      c.cell[row * 40 + 38].character[0] == ' ');
	g_strlcpy(page.words, "\033[2Jx\007\xff", sizeof(page.words));
	view_draw(&c, &page, &pages->context);
	g_assert_true(shows(&c, "[2Jx?_"));
	canvas_free(&c);
}

/* The cashier's line: the most important first, the time at the right, nothing cut. */
static void test_status(void)
{
	struct page page = pages_page(pages, PAGE_GREETING, 0);
	struct canvas c;

	canvas_init(&c);
	canvas_resize(&c, 12, 40);
	page.waiting = 4000000000u;
	page.paused_until = 0;
	page.not_saving = true;
	view_draw(&c, &page, &pages->context);
	g_assert_true(shows(&c, "! Запись не идёт: позовите старшего\n"));
	page.not_saving = false;
	view_draw(&c, &page, &pages->context);
	g_assert_true(shows(&c, "Опрос на паузе до 00:00"));
	g_assert_false(shows(&c, "Ждут"));
	page.device_streams = true;
	view_draw(&c, &page, &pages->context);
	g_assert_true(shows(&c, "! Устройство шлёт без остановки"));
	page.device_streams = false;
	canvas_resize(&c, 24, 80);
	view_draw(&c, &page, &pages->context);
	g_assert_true(shows(&c, "Опрос на паузе до 00:00   Ждут отправки: 4000000000"));
	g_assert_true(shows(&c, "14:05\n"));
	canvas_free(&c);
}

int main(int argc, char **argv)
{
	int result;

	g_test_init(&argc, &argv, NULL);
	pages = pages_new();
	g_test_add_func("/fit/samples", test_samples);
	g_test_add_func("/fit/misfits", test_misfits);
	g_test_add_func("/fit/later-page", test_later_page);
	g_test_add_func("/fit/all-sizes", test_all_sizes);
	g_test_add_func("/fit/touch", test_touch);
	g_test_add_func("/fit/wild-words", test_wild_words);
	g_test_add_func("/fit/status", test_status);
	result = g_test_run();
	pages_free(pages);
	return result;
}
