/* display: a till draws on its customer display, and the real program knows what it is doing */
#include <glib.h>
#include <string.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <unistd.h>

#include "tests/lib/shop.h"

/* One sale as tills of each kind paint it. */
static const struct till {
	const char *protocol, *more;
	const char *item, *total, *paid, *welcome;
} tills[] = {
	{"escpos", "", "\x1b=\x02\x0c\x0bMilk              x2      2.50      5.00",
	 "\x1b=\x02\x0c\x0bTotal       1,234.50     Thank you      ",
	 "\x1b=\x02\x0c\x0b"
	 "CHANGE          5.00                    ",
	 "\x1b=\x02\x0c\x0b    Welcome                             "},
	{"cd5220", "encoding=CP866\n", "\x0c\x1bQAMolokoff x1\r\x1bQB5,00 5,00\r",
	 "\x0c\x1bQA\x88\x92\x8e\x83\x8e:\r\x1bQB          1 234,50\r",
	 "\x0c\x1bQA\x91\x84\x80\x97\x80\r\x1bQB5,00\r",
	 "\x0c\x1bQA\x84\x8e\x81\x90\x8e \x8f\x8e\x86\x80\x8b\x8e\x82\x80\x92\x9c\r"},
	{"dsp800", "",
	 "\x04\x01"
	 "C1X\x17"
	 "Milk\x04\x01PE\x17"
	 "2 x 2.50",
	 "\x04\x01"
	 "C1X\x17"
	 "TOTAL\x04\x01PE\x17"
	 "1234.50",
	 "\x04\x01"
	 "C1X\x17"
	 "CHANGE 5.00",
	 "\x04\x01%\x17WELCOME"},
	{"utc", "",
	 "\x1fMilk\x10\x14"
	 "2 x 2.50",
	 "\x1fTOTAL\x10\x14$1,234.50",
	 "\x1b"
	 "d\x1buACHANGE\r\x1buB5.00\r\x1b\x0f\r",
	 "\x1f"},
	{"aedex", "", "!#1Milk\r!#22 x 2.50\r", "!#1TOTAL\r!#21234.50\r",
	 "!#9CHANGE         5.00\r", "!#1WELCOME\r!#2\r"},
	{"surepos", "",
	 "\x10\x0dMilk\x10\x14"
	 "2 x 2.50",
	 "\x10\x01TOTAL              \x10\x14"
	 "1.234,50      ",
	 "\x10\x01"
	 "CHANGE             \x10\x14"
	 "5,00          ",
	 "\x10\x01WELCOME            \x10\x14              "},
};

struct counter_top {
	struct shop shop;
	struct fake_device line;
	char *groups;
};

static void open_shop(struct counter_top *top, const char *protocol, const char *more)
{
	struct shop_how how = {
		.survey = "questions=3\nanswer_seconds=30\nthanks_seconds=1\n"
			  "grace_seconds=1\nholdout_percent=0\n"};

	fake_device_init(&top->line);
	fake_device_plug(&top->line);
	top->groups = g_strdup_printf("[till]\ndevice=%s\nprotocol=%s\n%s",
				      top->line.link, protocol, more);
	how.groups = top->groups;
	shop_open(&top->shop, &how);
}

static void close_shop(struct counter_top *top)
{
	shop_close(&top->shop);
	fake_device_clear(&top->line);
	g_free(top->groups);
}

/* What a device sends before it is opened is dropped: waits until all are. */
static struct term *start(struct shop *s)
{
	struct term *t = shop_start(s);

	term_expect(t, "Welcome!", 5000);
	term_expect(t, "Reader ready", 5000);
	term_run(t, 200);
	return t;
}

/* Paints a picture and lets the line be quiet. */
static void paint(struct counter_top *top, const char *bytes)
{
	fake_device_send(&top->line, bytes, strlen(bytes));
	g_usleep(350 * 1000);
}

/* Welcome at rest, offered at the total, answered, paid; then one that is not answered. */
static void test_sale(gconstpointer data)
{
	const struct till *till = data;
	struct counter_top top;
	struct term *t;

	open_shop(&top, till->protocol, till->more);
	t = start(&top.shop);
	paint(&top, till->item);
	term_run(t, 100);
	g_assert_true(term_shows(t, "Welcome!"));
	paint(&top, till->total);
	shop_answer_all(t);
	paint(&top, till->paid);
	paint(&top, till->welcome);
	term_expect(t, "Welcome!", 4000);
	paint(&top, till->item);
	paint(&top, till->total);
	term_expect(t, SHOP_FIRST, 2000);
	paint(&top, till->paid);
	term_expect(t, "Welcome!", 4000); /* the grace is over */
	paint(&top, till->welcome);
	shop_await(
		&top.shop,
		"SELECT \"trigger\", total, sale_kind, outcome FROM visit WHERE seq > 0 "
		"ORDER BY seq",
		"sale|123450|sale|completed\nsale|123450|sale|ignored", 5000);
	shop_stop(t);
	close_shop(&top);
}

/* Returns and cancelled sales are rows, and not asked; a drawer kick is cash. */
static void test_not_asked(void)
{
	struct counter_top top;
	struct term *t;

	open_shop(&top, "escpos", "");
	t = start(&top.shop);
	paint(&top, "\x0cTOTAL         -12.50");
	term_run(t, 300);
	g_assert_true(term_shows(t, "Welcome!"));
	paint(&top, "\x0c"
		    "CHANGE 12.50");
	paint(&top, "\x0cMilk x2             2.50 5.00");
	paint(&top, "\x0cVOID");
	paint(&top, "\x0cTOTAL 5.00");
	term_expect(t, SHOP_FIRST, 2000);
	paint(&top, "\x0cTOTAL 7.00\x1b=\x01\x1bp0AB\x1b=\x02");
	paint(&top, "\x0c"
		    "CHANGE 1.00");
	shop_await(
		&top.shop,
		"SELECT total, sale_kind, tender, outcome, reason FROM visit WHERE seq > 0 "
		"ORDER BY seq",
		"-1250|return||not_asked|return\n|void||not_asked|return\n"
		"700|sale|cash|ignored|",
		5000);
	shop_stop(t);
	close_shop(&top);
}

/* The terminal is the display: the two lines stand on its screen, also on the smallest. */
static void test_show(void)
{
	struct counter_top top;
	struct term *t;

	open_shop(&top, "escpos", "show=yes\n");
	t = start(&top.shop);
	paint(&top, "\x0cMilk              x2      2.50      5.00");
	term_expect(t, "Milk              x2", 2000);
	term_expect(t, "2.50      5.00", 2000);
	paint(&top, "\x0cTOTAL           5.00");
	term_expect(t, SHOP_FIRST, 2000);
	term_expect(t, "TOTAL           5.00", 2000);
	term_resize(t, 12, 40);
	term_expect(t, "TOTAL           5.00", 2000);
	term_expect(t, SHOP_FIRST, 2000);
	paint(&top, "\x0c");
	term_expect_gone(t, "TOTAL", 2000);
	shop_stop(t);
	close_shop(&top);
}

/* Any bytes whatever, a line lost and found, and a second program at it. */
static void test_bad_line(void)
{
	struct counter_top top;
	struct term *t;
	char noise[4096];
	g_autofree char *out = NULL, *errors = NULL;

	open_shop(&top, "escpos", "");
	t = start(&top.shop);
	for (int i = 0; i < 64; i++) {
		for (size_t k = 0; k < sizeof(noise); k++)
			noise[k] = (char)g_test_rand_int_range(0, 256);
		fake_device_send(&top.line, noise, sizeof(noise));
		term_run(t, 10);
	}
	g_assert_cmpint(shop_command(&top.shop, "check", &out, &errors), !=, 2);
	g_assert_nonnull(strstr(out, "is in use by the running terminal"));
	fake_device_unplug(&top.line);
	term_expect(t, "Till display cannot be heard", 3000);
	fake_device_plug(&top.line);
	term_expect(t, "Till display can be heard", 4000);
	paint(&top, "\x1b=\x02\x1b@\x0cTOTAL 5.00\x1f$"); /* and stops within a command */
	term_expect(t, SHOP_FIRST, 2000);
	shop_stop(t);
	close_shop(&top);
}

/* A FIFO whose writer goes away and comes back. */
static void test_fifo(void)
{
	struct shop s;
	struct shop_how how = {.survey = "questions=3\nholdout_percent=0\n"};
	g_autofree char *folder = g_dir_make_tmp("tillask-fifo-XXXXXX", NULL);
	g_autofree char *fifo = g_build_filename(folder, "line", NULL);
	g_autofree char *groups = g_strdup_printf("[till]\ndevice=%s\nprotocol=escpos\n",
						  fifo);
	struct term *t;

	g_assert_cmpint(mkfifo(fifo, 0600), ==, 0);
	how.groups = groups;
	shop_open(&s, &how);
	t = start(&s);
	for (int i = 0; i < 2; i++) {
		int fd = open(fifo, O_WRONLY | O_CLOEXEC);
		const char *picture = i == 0 ? "\x0cTOTAL 5.00"
					     : "\x0c"
					       "CHANGE 1.00";

		g_assert_cmpint(fd, >=, 0);
		g_assert_cmpint(write(fd, picture, strlen(picture)), >, 0);
		term_expect(t, i == 0 ? SHOP_FIRST : "Welcome!", 9000);
		close(fd);
		term_run(t, 300);
	}
	shop_await(&s, "SELECT total, outcome FROM visit WHERE seq > 0", "500|ignored",
		   5000);
	shop_stop(t);
	shop_close(&s);
	unlink(fifo);
	rmdir(folder);
}

/* `listen till` takes protocol, encoding and words of [till]. */
static void test_listen(void)
{
	struct counter_top top;
	struct term *t;

	open_shop(&top, "cd5220", "encoding=CP866\ntotal_words=SUMA\n");
	{
		const char *argv[] = {g_getenv("TILLASK_BIN"),
				      "--config",
				      top.shop.config,
				      "listen",
				      "till",
				      NULL};
		const struct term_how how = {.argv = argv, .rows = 24, .cols = 80};

		t = term_start(&how);
	}
	term_run(t, 300);
	paint(&top, "\x0c\x1bQA\x88\x92\x8e\x83\x8e\r\x1bQBSuma 5,00\r");
	term_expect(t, "display [ИТОГО               ]|[Suma 5,00           ]", 2000);
	term_expect(t, "sale total 500", 2000);
	term_send(t, "\x03");
	term_exit(t, 2000);
	term_free(t);
	close_shop(&top);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(tills); i++) {
		g_autofree char *name = g_strconcat("/display/sale/", tills[i].protocol,
						    NULL);

		g_test_add_data_func(name, &tills[i], test_sale);
	}
	g_test_add_func("/display/not-asked", test_not_asked);
	g_test_add_func("/display/show", test_show);
	g_test_add_func("/display/bad-line", test_bad_line);
	g_test_add_func("/display/fifo", test_fifo);
	g_test_add_func("/display/listen", test_listen);
	return g_test_run();
}
