/* run_readers: a reader of each protocol at the real terminal, what is counted of them, and that
 * nothing of a bank card stays anywhere */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "tests/lib/shop.h"

#define S(text) text, sizeof(text) - 1
#define BANK \
	"%B4111111111111111^TEST/CARD^29121010000000000000?;4111111111111111=2912101?\r"

#define READERS 4

/* A shop with a reader of each protocol: msr, tag, scan, nfc. */
struct counter {
	struct shop shop;
	struct fake_device device[READERS - 1];
	struct term *t;
};

static void counter_open(struct counter *c)
{
	g_autofree char *groups = NULL;
	struct shop_how how = {0};

	for (int i = 0; i < READERS - 1; i++) {
		fake_device_init(&c->device[i]);
		fake_device_plug(&c->device[i]);
	}
	groups = g_strdup_printf(
		"[reader tag]\ndevice=%s\nprotocol=rfid\nprefix=0C\n"
		"[reader scan]\ndevice=%s\nprotocol=barcode\nprefix=04;29\n"
		"[reader nfc]\ndevice=%s\nprotocol=uid\nreverse=yes\n",
		c->device[0].link, c->device[1].link, c->device[2].link);
	how.groups = groups;
	shop_open(&c->shop, &how);
	c->t = shop_run(&c->shop);
	term_run(c->t, 300);
}

static void counter_close(struct counter *c)
{
	shop_stop(c->t);
	for (int i = 0; i < READERS - 1; i++)
		fake_device_clear(&c->device[i]);
	shop_close(&c->shop);
}

static struct fake_device *device_of(struct counter *c, int reader)
{
	return reader == 0 ? &c->shop.device : &c->device[reader - 1];
}

static void test_protocols(void)
{
	struct counter c;

	counter_open(&c);
	fake_device_send(&c.device[0], S("\x02"
					 "0C000621A58E\x03\x02"
					 "0C000621A58E\x03"));
	term_expect(c.t, "*21A5", 2000);
	fake_device_send(&c.device[1], S("]E0412345678903\r\n"));
	term_expect(c.t, "Another card", 2000);
	fake_device_send(&c.device[1], S("4012345678901\r\n"));
	term_expect(c.t, "Not one of our cards", 2000);
	fake_device_send(&c.device[2], S("04A1B2C3\r\n"));
	shop_await(&c.shop, "SELECT reader, result, card FROM card_event ORDER BY n",
		   "tag|accepted|0C000621A5\nscan|accepted|412345678903\nscan|foreign|\n"
		   "nfc|accepted|C3B2A104",
		   3000);
	counter_close(&c);
}

static bool file_holds(const char *path, const char *bytes)
{
	GMappedFile *file = g_mapped_file_new(path, FALSE, NULL);
	bool holds = file != NULL &&
		     memmem(g_mapped_file_get_contents(file),
			    g_mapped_file_get_length(file), bytes, strlen(bytes)) != NULL;

	if (file != NULL)
		g_mapped_file_unref(file);
	return holds;
}

/* A core dump of the running program, with all of its memory, as a debugger writes it: `run`
 * itself allows the kernel none.  NULL: nobody here may, or there is no gcore. */
static char *core_dump(const struct counter *c)
{
	g_autofree char *prefix = g_build_filename(c->shop.folder, "core", NULL);
	g_autofree char *pid = g_strdup_printf("%d", (int)term_pid(c->t));
	g_autofree char *path = g_strconcat(prefix, ".", pid, NULL);
	const char *argv[] = {"gcore", "-a", "-o", prefix, pid, NULL};

	if (!g_spawn_sync(NULL, (char **)argv, NULL,
			  G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL |
				  G_SPAWN_STDERR_TO_DEV_NULL,
			  NULL, NULL, NULL, NULL, NULL, NULL) ||
	    !g_file_test(path, G_FILE_TEST_EXISTS))
		return NULL;
	return g_steal_pointer(&path);
}

static void search_core(const struct counter *c)
{
	g_autofree char *core = core_dump(c);

	if (core == NULL) {
		g_test_message(
			"NOT SEARCHED: a core dump cannot be made here (it needs gdb, and "
			"the right to trace a process)");
		return;
	}
	g_assert_true(file_holds(core, SHOP_FIRST)); /* it is whole */
	g_assert_false(file_holds(core, "411111111111"));
	g_assert_false(file_holds(core, "636014012345"));
	g_remove(core);
}

/* Bank cards at every reader and at the socket, whole, cut and with the wrong parity: then no
 * six digits of them are in the database, its WAL, the words to people, or a core dump. */
static void test_nothing_kept(void)
{
	static const struct {
		int reader;
		const char *bytes;
	} swipes[] = {
		{0, BANK},
		{0, "%B4111111111111111^TEST"},
		{0, ";411111111111"},
		{0, "4111111111111111\r"},
		{0, "\x02\x1b" BANK "\x03;E?\r\x03"},
		{1, "\x02;4111111111111111=2912101?\x03"},
		{1, "\x02" BANK},
		{2, "4111111111111111\r\n"},
		{2, "]C04111 1111 1111 1111\r\n"},
		{2, BANK},
		{3, "4111111111111111\r\n"},
		{3, BANK},
	};
	static const char *const ends[] = {"", "-wal", "-shm"};
	struct counter c;
	char answer[512];
	g_autofree char *screen = NULL, *errors = NULL;

	counter_open(&c);
	for (size_t i = 0; i < G_N_ELEMENTS(swipes); i++) {
		fake_device_send(device_of(&c, swipes[i].reader), swipes[i].bytes,
				 strlen(swipes[i].bytes));
		term_run(c.t, 400);
	}
	g_assert_cmpstr(shop_till(&c.shop, "CARD 4111111111111111", answer), ==,
			"ERR refused payment-card");
	g_assert_cmpstr(shop_till(&c.shop, "CARD 636014012345678", answer), ==,
			"ERR refused id-document");
	/* a good card after them overwrites nothing that should have been wiped */
	shop_await(&c.shop,
		   "SELECT count(*) >= 12 FROM card_event WHERE result LIKE 'refused%'",
		   "1", 3000);
	shop_expect(&c.shop, "SELECT count(*) FROM card_event WHERE card IS NOT NULL",
		    "0");
	screen = term_screen(c.t);
	errors = term_errors(c.t);
	g_assert_null(strstr(screen, "111111"));
	g_assert_null(strstr(errors, "111111"));
	search_core(&c);
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		g_autofree char *path = g_strconcat(c.shop.database, ends[i], NULL);

		g_assert_false(file_holds(path, "411111"));
		g_assert_false(file_holds(path, "636014"));
	}
	counter_close(&c);
}

/* 3 bad of 40: `check` says so, beside the running terminal and after a restart. */
static void test_counts(void)
{
	static const char words[] =
		"warn  devices: [reader msr] 3 of 40 swipes of the last 7 days were bad reads "
		"(2 read-error, 1 truncated), 3 times it was swiped again; clean the head";
	g_autofree char *before = NULL, *out = NULL, *after = NULL;
	struct shop s;
	struct term *t;

	shop_open(&s, NULL);
	t = shop_run(&s);
	term_run(t, 300);
	for (int i = 0; i < 40; i++) {
		if (i == 39)
			shop_command(&s, "check", &before, NULL);
		if (i == 5 || i == 20)
			fake_device_send(&s.device, S(";E?\r\x03"));
		else if (i == 30)
			fake_device_send(&s.device, S(";22\r\x03"));
		else
			fake_device_send(&s.device, S(";9643001000000017?\r\x03"));
		term_run(t, 20);
	}
	shop_await(&s, "SELECT count(*) FROM card_event", "40", 3000);
	shop_command(&s, "check", &out, NULL);
	g_test_message("%s", out);
	g_assert_nonnull(strstr(out, words));
	shop_stop(t);
	t = shop_run(&s);
	shop_command(&s, "check", &after, NULL);
	g_assert_nonnull(strstr(after, words));
	shop_stop(t);
	shop_close(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/run-readers/protocols", test_protocols);
	g_test_add_func("/run-readers/nothing-kept", test_nothing_kept);
	g_test_add_func("/run-readers/counts", test_counts);
	return g_test_run();
}
