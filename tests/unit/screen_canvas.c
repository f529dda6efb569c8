/* Text that may be drawn, and the cells it is drawn into. */
#include "screen/canvas.h"

#include <glib.h>
#include <string.h>

static struct screen_text text_of(const char *utf8)
{
	struct screen_text text;

	screen_text_set(&text, utf8);
	return text;
}

static void test_clean(void)
{
	static const struct {
		const char *in, *out;
		int cols;
	} rows[] = {
		{"да", "да", 2},
		{"", "", 0},
		{"a\033[31mb\007\x7f\001", "a[31mb", 6},
		{"a\tb\nc", "a b\nc", 5},
		{"中文", "中文", 4},
		{"e\u0301", "e\u0301", 1},
		{"\u0301e", "e", 1},                         /* no base */
		{"e\u0301\u0301\u0301", "e\u0301\u0301", 1}, /* no towers */
		{"a\u202eb\u200bc\ufeff\u2066", "abc", 3},   /* direction, zero width */
		{"a\xc2\x85\xc2\x9b"
		 "b",
		 "ab", 2}, /* C1 */
		{"\xff"
		 "A"
		 "\xc3",
		 "?A?", 3},
		{"\xed\xa0\x80", "???", 3}, /* a surrogate */
		{"a\u2028b", "a b", 3},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct screen_text text = text_of(rows[i].in);

		g_assert_cmpstr(text.utf8, ==, rows[i].out);
		g_assert_cmpint(text.cols, ==, rows[i].cols);
		g_assert_cmpint(text.length, ==, (int)strlen(rows[i].out));
	}
}

static void test_long(void)
{
	g_autofree char *long_text = g_strnfill(5000, 'x');
	struct screen_text text;
	GString *cyrillic = g_string_new("x");

	screen_text_set(&text, long_text);
	g_assert_cmpint(text.length, ==, SCREEN_TEXT_MAX);
	for (int i = 0; i < 1000; i++)
		g_string_append(cyrillic, "я");
	screen_text_set(&text, cyrillic->str);
	g_assert_cmpint(text.length, ==, SCREEN_TEXT_MAX - 1); /* whole characters */
	g_assert_true(g_utf8_validate(text.utf8, -1, NULL));
	g_string_free(cyrillic, TRUE);
}

static char *wrapped(const char *utf8, int cols)
{
	struct screen_text text = text_of(utf8);
	struct screen_line lines[10];
	int n = screen_text_wrap(&text, cols, lines, 10);
	GString *out = g_string_new(NULL);

	for (int i = 0; i < n && i < 10; i++) {
		g_assert_cmpint(lines[i].cols, <=, MAX(cols, 2));
		g_string_append_printf(out, "%s%.*s", i > 0 ? "|" : "", lines[i].length,
				       text.utf8 + lines[i].start);
	}
	return g_string_free(out, FALSE);
}

static void test_wrap(void)
{
	static const struct {
		const char *in;
		int cols;
		const char *out;
	} rows[] = {
		{"one two", 10, "one two"},
		{"one two", 7, "one two"},
		{"one two", 6, "one|two"},
		{"one\ntwo", 40, "one|two"},
		{"a b c d e f g h", 14, "a b c d|e f g h"}, /* lines much alike */
		{"Насколько вы готовы рекомендовать нас друзьям?", 36,
		 "Насколько вы готовы|рекомендовать нас друзьям?"},
		{"verylongword", 5, "veryl|ongwo|rd"},
		{"  a   b  ", 10, "a   b"},
		{"您愿意向朋友推荐我们吗？", 10, "您愿意向|朋友推荐|我们吗？"},
		{"好（吗）好", 6, "好|（吗）|好"},
		{"", 10, ""},
		{"中", 1, "中"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *out = wrapped(rows[i].in, rows[i].cols);

		g_assert_cmpstr(out, ==, rows[i].out);
	}
}

static void test_fold(void)
{
	struct screen_text text = text_of("one two  ");
	struct screen_line lines[4];

	g_assert_cmpint(screen_text_fold(&text, 20, lines, 4), ==, 1);
	g_assert_cmpint(lines[0].cols, ==, 9); /* the cursor stands behind the spaces */
	g_assert_cmpint(screen_text_fold(&text, 5, lines, 4), ==, 2);
	g_assert_cmpint(lines[1].cols, ==, 5);
}

static void test_widest(void)
{
	struct screen_text text = text_of("a bbb\ncccc 中文");

	g_assert_cmpint(screen_text_widest(&text), ==, 4);
	g_assert_cmpint(screen_text_head(&text, 3).cols, ==, 3);
}

static void put(struct canvas *c, int row, int col, const char *utf8)
{
	struct screen_text text = text_of(utf8);

	canvas_put(c, row, col, STYLE_TITLE, &text);
}

static void expect(const struct canvas *c, const char *picture)
{
	g_autofree char *dump = canvas_dump(c, false);

	g_assert_cmpstr(dump, ==, picture);
}

static void test_clip(void)
{
	struct canvas c;

	canvas_init(&c);
	canvas_resize(&c, 2, 6);
	put(&c, 0, -1, "abcdefghij");
	put(&c, -1, 0, "no");
	put(&c, 2, 0, "no");
	put(&c, 1, 6, "no");
	expect(&c, "bcdefg\n\n");
	put(&c, 1, 5, "中"); /* half of it would be outside */
	put(&c, 1, -1, "中x");
	expect(&c, "bcdefg\n x\n");
	canvas_frame(&c, (struct area){-5, -5, 100, 100}, STYLE_PLAIN, false);
	canvas_fill(&c, (struct area){-5, -5, 100, 100}, STYLE_PLAIN);
	expect(&c, "\n\n");
	canvas_free(&c);
}

/* Overwriting half of a wide character leaves no other half. */
static void test_wide(void)
{
	struct canvas c;

	canvas_init(&c);
	canvas_resize(&c, 1, 8);
	put(&c, 0, 0, "中文字");
	expect(&c, "中文字\n");
	put(&c, 0, 1, "x");
	expect(&c, " x文字\n");
	put(&c, 0, 2, "y");
	expect(&c, " xy 字\n");
	put(&c, 0, 3, "中");
	expect(&c, " xy中\n");
	canvas_clear(&c);
	put(&c, 0, 0, "e\u0301中\u0301");
	expect(&c, "e\u0301中\u0301\n");
	canvas_free(&c);
}

static void test_frame(void)
{
	struct canvas c;

	canvas_init(&c);
	canvas_resize(&c, 3, 8);
	canvas_frame(&c, (struct area){0, 0, 3, 4}, STYLE_ANSWER, false);
	canvas_frame(&c, (struct area){0, 4, 3, 4}, STYLE_MARKED, true);
	expect(&c, "┌──┐╔══╗\n│  │║  ║\n└──┘╚══╝\n");
	c.ascii_only = true;
	canvas_frame(&c, (struct area){0, 0, 3, 4}, STYLE_ANSWER, false);
	canvas_frame(&c, (struct area){0, 4, 3, 4}, STYLE_MARKED, true);
	expect(&c, "+--+####\n|  |#  #\n+--+####\n");
	canvas_free(&c);
}

static void test_touch(void)
{
	const struct canvas_hit one = {KEY_TEXT, '1', '0'}, two = {KEY_ENTER, 0, 0};
	struct canvas_hit hit;
	struct canvas c;

	canvas_init(&c);
	canvas_resize(&c, 4, 10);
	canvas_region(&c, (struct area){0, 0, 2, 5}, one);
	canvas_region(&c, (struct area){1, 4, 2, 100}, two);
	g_assert_true(canvas_touched(&c, 0, 4, &hit));
	g_assert_cmpint(hit.character, ==, '1');
	g_assert_cmpint(hit.second, ==, '0');
	g_assert_true(canvas_touched(&c, 1, 4, &hit)); /* the later one lies above */
	g_assert_cmpint(hit.key, ==, KEY_ENTER);
	g_assert_false(canvas_touched(&c, 3, 0, &hit));
	g_assert_false(canvas_touched(&c, -1, 0, &hit));
	g_assert_false(canvas_touched(&c, 0, 10, &hit));
	canvas_clear(&c);
	g_assert_false(canvas_touched(&c, 0, 0, &hit));
	canvas_free(&c);
}

static void test_size(void)
{
	struct canvas c;

	canvas_init(&c);
	canvas_resize(&c, 10000, 10000);
	g_assert_cmpint(c.rows, ==, CANVAS_ROWS_MAX);
	g_assert_cmpint(c.cols, ==, CANVAS_COLS_MAX);
	canvas_resize(&c, 0, 0);
	put(&c, 0, 0, "x");
	canvas_resize(&c, -1, 5);
	g_assert_cmpint(c.rows, ==, 0);
	canvas_free(&c);
}

static void test_layers(void)
{
	struct canvas c;
	g_autofree char *dump = NULL;

	canvas_init(&c);
	canvas_resize(&c, 2, 4);
	put(&c, 0, 1, "ab");
	canvas_region(&c, (struct area){0, 1, 1, 2},
		      (struct canvas_hit){KEY_TEXT, '5', 0});
	dump = canvas_dump(&c, true);
	g_assert_cmpstr(dump, ==, " ab\n\n~~~~\n TT\n\ntouch  0,1    1 x 2   5\n");
	canvas_free(&c);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/screen-text/clean", test_clean);
	g_test_add_func("/screen-text/long", test_long);
	g_test_add_func("/screen-text/wrap", test_wrap);
	g_test_add_func("/screen-text/fold", test_fold);
	g_test_add_func("/screen-text/widest", test_widest);
	g_test_add_func("/canvas/clip", test_clip);
	g_test_add_func("/canvas/wide", test_wide);
	g_test_add_func("/canvas/frame", test_frame);
	g_test_add_func("/canvas/touch", test_touch);
	g_test_add_func("/canvas/size", test_size);
	g_test_add_func("/canvas/layers", test_layers);
	return g_test_run();
}
