/* Every row of drivers_display_rows.h: whole, byte by byte, in random splits, after a cut. */
#include "drivers/display.h"

#include <glib.h>
#include <string.h>

#include "tests/unit/drivers_display_rows.h"

/* Hex pairs and 'texts' -> bytes. */
static GByteArray *bytes_of(const char *text)
{
	GByteArray *bytes = g_byte_array_new();
	bool quoted = false;

	for (const char *p = text; *p != '\0'; p++) {
		guint8 byte = (guint8)*p;

		if (*p == '\'') {
			quoted = !quoted;
			continue;
		}
		if (!quoted && *p == ' ')
			continue;
		if (!quoted) {
			byte = (guint8)(g_ascii_xdigit_value(p[0]) * 16 +
					g_ascii_xdigit_value(p[1]));
			p++;
		}
		g_byte_array_append(bytes, &byte, 1);
	}
	return bytes;
}

static char *screen_of(const struct display *d)
{
	char line[DISPLAY_ROWS][DISPLAY_LINE_MAX + 1];

	for (int i = 0; i < DISPLAY_ROWS; i++) {
		display_line_text(d->screen.cells[i], line[i]);
		g_strchomp(line[i]);
	}
	return g_strdup_printf("%s|%s", line[0], line[1]);
}

static void start(struct display *d, const struct row *row)
{
	struct display_options options = {
		.protocol = display_protocol_find(row->protocol)};

	options.has_page = code_page_find(row->encoding, &options.page);
	g_assert_nonnull(options.protocol);
	display_init(d, &options);
}

static void expect(const struct display *d, const struct row *row, const char *how)
{
	g_autofree char *screen = screen_of(d);

	if (strcmp(screen, row->screen) != 0)
		g_test_message("%s: %s, %s", row->protocol, row->what, how);
	g_assert_cmpstr(screen, ==, row->screen);
}

static void test_rows(void)
{
	static struct display d;

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GByteArray) bytes = bytes_of(rows[i].bytes);

		start(&d, &rows[i]);
		display_feed(&d, bytes->data, bytes->len);
		expect(&d, &rows[i], "whole");
		start(&d, &rows[i]);
		for (guint k = 0; k < bytes->len; k++)
			display_feed(&d, bytes->data + k, 1);
		expect(&d, &rows[i], "byte by byte");
		for (int round = 0; round < 20; round++) {
			start(&d, &rows[i]);
			for (guint k = 0, n; k < bytes->len; k += n) {
				n = (guint)g_test_rand_int_range(1, 6);
				n = MIN(n, bytes->len - k);
				display_feed(&d, bytes->data + k, n);
			}
			expect(&d, &rows[i], "in pieces");
		}
	}
}

/* Cut at every byte, then a quiet line: the next picture stands as if nothing had been. */
static void test_cuts(void)
{
	static struct display d;
	const struct row *again[] = {&rows[0], NULL};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GByteArray) bytes = bytes_of(rows[i].bytes);
		g_autoptr(GByteArray) next = bytes_of(again[0]->bytes);

		if (strcmp(rows[i].protocol, "escpos") != 0 || *rows[i].encoding != '\0')
			continue;
		for (guint cut = 0; cut < bytes->len; cut++) {
			g_autofree char *screen = NULL;

			start(&d, &rows[i]);
			display_feed(&d, bytes->data, cut);
			display_quiet(&d);
			display_feed(&d, (const unsigned char *)"\x1b=\x02\x1b@", 5);
			display_feed(&d, next->data, next->len);
			screen = screen_of(&d);
			g_assert_cmpstr(screen, ==, again[0]->screen);
		}
	}
}

static void test_tables(void)
{
	static struct display d;
	const struct display_tables aures = {
		.n = 2, .row = {{11, CODE_PAGE_CP866}, {12, CODE_PAGE_CP1251}}};
	const struct display_options options = {.protocol = &display_escpos,
						.tables = &aures};
	g_autofree char *screen = NULL;

	display_init(&d, &options);
	display_feed(&d, (const unsigned char *)"\x1bt\x0b\x88\x1bt\x0c\xc8\x1bt\x11\xc8",
		     12);
	screen = screen_of(&d);
	g_assert_cmpstr(screen, ==, "ИИИ|");
}

static void test_kicks(void)
{
	static const struct {
		const char *bytes;
		bool kicked;
	} kicks[] = {
		{"1b 3d 01 1b 70 00 19 fa", true},
		{"1b 3d 01 1b 70 31 19 fa 1b 3d 02", true},
		{"1b 3d 01 07", true},
		{"1b 3d 01 'a' 0d 0a 07", true},
		{"1b 3d 01 1b 07 0b 37 07", true},
		{"1b 3d 01 10 14 01 00 01", true},
		{"1b 3d 03 1b 70 00 19 fa", true},
		{"1b 3d 01 'p' 00 19", false},
		{"1b 3d 01 'a' 07", false},
		{"1b 3d 01 1b 70 05 19", false},
		{"07 07", false},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(kicks); i++) {
		g_autoptr(GByteArray) bytes = bytes_of(kicks[i].bytes);
		static struct display d;

		display_init(&d, &(struct display_options){.protocol = &display_escpos});
		for (guint k = 0; k < bytes->len; k++)
			display_feed(&d, bytes->data + k, 1);
		g_test_message("%s", kicks[i].bytes);
		g_assert_cmpint(display_take_kick(&d), ==, kicks[i].kicked);
		g_assert_false(display_take_kick(&d));
	}
}

static void test_protocols(void)
{
	static const char *const names[] = {"escpos", "cd5220", "dsp800",
					    "utc",    "aedex",  "surepos"};

	g_assert_cmpuint(display_protocols_n, ==, G_N_ELEMENTS(names));
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		g_assert_nonnull(display_protocol_find(names[i]));
	g_assert_null(display_protocol_find("magstripe"));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/display/rows", test_rows);
	g_test_add_func("/display/cuts", test_cuts);
	g_test_add_func("/display/tables", test_tables);
	g_test_add_func("/display/kicks", test_kicks);
	g_test_add_func("/display/protocols", test_protocols);
	return g_test_run();
}
