/* Bytes and time -> keys: each sequence whole and byte by byte. */
#include "screen/keys.h"

#include <glib.h>
#include <string.h>

static const char *const names[] = {
	[KEY_ENTER] = "Enter", [KEY_BACKSPACE] = "Backspace", [KEY_ESCAPE] = "Esc",
	[KEY_PAUSE] = "F2",    [KEY_CASHIER] = "F4",          [KEY_MANAGER] = "F10",
	[KEY_DEMO] = "F12",
};

static void take(void *self, const struct keys_event *event)
{
	GString *log = self;

	if (log->len > 0)
		g_string_append_c(log, ' ');
	if (event->kind == KEYS_TOUCH)
		g_string_append_printf(log, "@%d,%d", event->row, event->col);
	else if (event->key == KEY_TEXT)
		g_string_append_unichar(log, event->character);
	else
		g_string_append(log, names[event->key]);
}

struct row {
	const char *bytes;
	const char *keys; /* once the sequence is over and the time has passed */
};

static const struct row rows[] = {
	{"1", "1"},
	{"0*/-+.", "0 * / - + ."},
	{"\r", "Enter"},
	{"\n", "Enter"},
	{"\177", "Backspace"},
	{"\b", "Backspace"},
	{"я", "я"},
	{"中\xf0\x9f\x98\x80", "中 \xf0\x9f\x98\x80"},
	{"\033", "Esc"},
	{"\033\033", "Esc"},
	/* control keys are nothing */
	{"\001\003\004\021\023\032\034\t", ""},
	/* the keypad with NumLock off: xterm, Linux, application cursor keys */
	{"\033[H\033[A\033[5~", "7 8 9"},
	{"\033[1~\033[A\033[5~", "7 8 9"},
	{"\033OH\033OA\033[5~", "7 8 9"},
	{"\033[D\033[E\033[C", "4 5 6"},
	{"\033OD\033OE\033OC", "4 5 6"},
	{"\033[G", "5"},
	{"\033[F\033[B\033[6~", "1 2 3"},
	{"\033[4~\033OF\033OB", "1 1 2"},
	{"\033[7~\033[8~", "7 1"},
	{"\033[2~\033[3~", "0 ."},
	/* the keypad in application mode */
	{"\033Op\033Oq\033Or\033Os\033Ot\033Ou\033Ov\033Ow\033Ox\033Oy",
	 "0 1 2 3 4 5 6 7 8 9"},
	{"\033On\033Oj\033Ok\033Om\033Oo\033OM", ". * + - / Enter"},
	/* function keys: xterm, vt220, Linux console */
	{"\033OQ\033OS\033[21~\033[24~", "F2 F4 F10 F12"},
	{"\033[12~\033[14~", "F2 F4"},
	{"\033[[B\033[[D", "F2 F4"},
	{"\033OP\033OR\033[15~\033[17~\033[20~\033[23~\033[[A\033[[E", ""},
	/* of this terminal, told by terminfo */
	{"\033[29~", "F10"},
	/* unknown: neither Escape nor text */
	{"\033x", ""},
	{"\0337", ""},
	{"\033я", ""},
	{"\033[1;5A", ""},
	{"\033[200;300;400z", ""},
	{"\033O5Q", ""},
	{"\033[", ""},
	{"\033[1;", ""},
	{"\033O", ""},
	{"\033[1234567890123456789012345678901234567890~", ""},
	{"\033]0;title 123\007", ""},
	{"\033Pq 123\033\\", ""},
	{"\033P123", ""},
	{"\033[?1;2c", ""},
	/* half a sequence, then a key */
	{"\033[1\r", "Enter"},
	{"\033\033[A", "8"},
	{"x\033[9999999999;1H5", "x 5"},
	/* a paste */
	{"\033[200~123\033[A\r\033\033[201~", ""},
	{"\033[200~1\033[201~2", "2"},
	{"\033[200~\033[20\033[201~3", "3"},
	{"\033[201~4", "4"},
	/* touch: press, release, other buttons, wheel, move, Shift */
	{"\033[<0;10;5M\033[<0;10;5m", "@4,9"},
	{"\033[<1;10;5M\033[<2;10;5M\033[<64;10;5M\033[<32;10;5M", ""},
	{"\033[<4;1;1M", "@0,0"},
	{"\033[<0;0;0M", ""},
	{"\033[<0;10M\033[<;;M\033[<0;10;5;6M\033[<0;-1;5M", ""},
	{"\033[M !\"", "@1,0"},
	{"\033[M#!\"", ""},
	/* no UTF-8 */
	{"\xff\xfe\x80", ""},
	{"\xc0\xaf\xe0\x80\xaf\xed\xa0\x80\xf8\x88", ""},
	{"\xd1"
	 "5",
	 "5"},
	{"\xc2\x9b", ""},
};

static void init(struct keys *keys, const uint32_t *high)
{
	keys_init(keys, high);
	keys_add(keys, "\033[29~", KEY_MANAGER);
	keys_add(keys, NULL, KEY_MANAGER);
	keys_add(keys, "\001", KEY_DEMO);
	keys_add(keys, "\033", KEY_DEMO);
}

/* One bytes at a time or all at once, then the deadline. */
static char *run(const char *bytes, size_t n, size_t step)
{
	GString *log = g_string_new(NULL);
	struct keys keys;
	int64_t now = 1000;

	init(&keys, NULL);
	for (size_t at = 0; at < n; at += step)
		keys_feed(&keys, bytes + at, MIN(step, n - at), now++, take, log);
	while (keys_deadline_ms(&keys) != MOMENT_NEVER) {
		now = keys_deadline_ms(&keys);
		keys_time(&keys, now - 1, take, log);
		keys_time(&keys, now, take, log);
	}
	return g_string_free(log, FALSE);
}

static void test_rows(gconstpointer data)
{
	size_t step = GPOINTER_TO_SIZE(data);

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *keys = run(rows[i].bytes, strlen(rows[i].bytes), step);
		g_autofree char *shown = g_strescape(rows[i].bytes, NULL);

		if (strcmp(keys, rows[i].keys) != 0) {
			g_test_message("\"%s\": expected \"%s\", got \"%s\"", shown,
				       rows[i].keys, keys);
			g_test_fail();
		}
	}
}

/* Escape comes within 25 ms, and not before it is certain. */
static void test_escape_time(void)
{
	g_autoptr(GString) log = g_string_new(NULL);
	struct keys keys;

	init(&keys, NULL);
	g_assert_cmpint(keys_deadline_ms(&keys), ==, MOMENT_NEVER);
	keys_feed(&keys, "\033", 1, 5000, take, log);
	g_assert_cmpint(keys_deadline_ms(&keys), <=, 5025);
	keys_time(&keys, 5010, take, log);
	g_assert_cmpstr(log->str, ==, "");
	keys_time(&keys, 5025, take, log);
	g_assert_cmpstr(log->str, ==, "Esc");
	g_assert_cmpint(keys_deadline_ms(&keys), ==, MOMENT_NEVER);
}

/* The program was busy: what waited is still one sequence. */
static void test_late_read(void)
{
	g_autoptr(GString) log = g_string_new(NULL);
	struct keys keys;

	init(&keys, NULL);
	keys_feed(&keys, "\033", 1, 5000, take, log);
	keys_feed(&keys, "[A", 2, 9000, take, log);
	g_assert_cmpstr(log->str, ==, "8");
}

/* A megabyte without marks, in reads of any size. */
static void test_flood(void)
{
	g_autoptr(GString) log = g_string_new(NULL);
	char block[4095];
	struct keys keys;

	init(&keys, NULL);
	for (size_t i = 0; i < sizeof(block); i++)
		block[i] = i % 7 == 0 ? '\033' : (char)('0' + i % 10);
	for (int i = 0; i < 256; i++)
		keys_feed(&keys, block, i % 3 == 2 ? 100 : sizeof(block), 1000 + i, take,
			  log);
	g_assert_cmpstr(log->str, ==, "");
	keys_time(&keys, keys_deadline_ms(&keys), take, log);
	keys_feed(&keys, "5", 1, 3000, take, log);
	g_assert_cmpstr(log->str, ==, "5");
}

/* A marked paste of that size is over with its mark. */
static void test_marked_flood(void)
{
	g_autoptr(GString) log = g_string_new(NULL);
	g_autofree char *paste = g_strnfill(100000, '3');
	struct keys keys;

	init(&keys, NULL);
	memcpy(paste, "\033[200~", 6);
	keys_feed(&keys, paste, 50000, 1000, take, log);
	keys_feed(&keys, paste + 50000, 50000, 1001, take, log);
	keys_feed(&keys, "\033[201~1", 7, 1002, take, log);
	g_assert_cmpstr(log->str, ==, "1");
}

static void test_drain(void)
{
	static const char *const halves[][2] = {
		{"\033", "3"},
		{"\033[<0;1", ";1M3"},
		{"\033[200~12", "9\033[201~3"},
		{"\xd1", "3"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(halves); i++) {
		g_autoptr(GString) log = g_string_new(NULL);
		struct keys keys;

		init(&keys, NULL);
		keys_feed(&keys, halves[i][0], strlen(halves[i][0]), 1000, take, log);
		keys_drain(&keys);
		keys_feed(&keys, halves[i][1], strlen(halves[i][1]), 1001, take, log);
		g_assert_cmpstr(log->str, ==, "3");
	}
}

static void test_koi8(void)
{
	g_autoptr(GString) log = g_string_new(NULL);
	uint32_t high[128] = {0};
	struct keys keys;

	high[0xd1 - 0x80] = 0x44f; /* я */
	init(&keys, high);
	keys_feed(&keys,
		  "\xd1\x80"
		  "5\033\xd1",
		  5, 1000, take, log);
	g_assert_cmpstr(log->str, ==, "я 5");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/keys/whole", GSIZE_TO_POINTER(1000), test_rows);
	g_test_add_data_func("/keys/bytewise", GSIZE_TO_POINTER(1), test_rows);
	g_test_add_data_func("/keys/by-twos", GSIZE_TO_POINTER(2), test_rows);
	g_test_add_func("/keys/escape-time", test_escape_time);
	g_test_add_func("/keys/late-read", test_late_read);
	g_test_add_func("/keys/flood", test_flood);
	g_test_add_func("/keys/marked-flood", test_marked_flood);
	g_test_add_func("/keys/drain", test_drain);
	g_test_add_func("/keys/koi8-r", test_koi8);
	return g_test_run();
}
