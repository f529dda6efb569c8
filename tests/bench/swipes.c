/* The last byte of a swipe -> its toast painted.
 *
 * Equal: the swipe (all of its bytes at once), the 300 ms of idle line after a CR and none after
 * an ETX, the terminal, the page's text.  Not equal: the floor decodes and stores nothing.
 */
#include <glib.h>
#include <string.h>
#include <unistd.h>

#include "tests/bench/bench.h"
#include "tests/bench/sample.h"
#include "tests/bench/side.h"

#define WITH_IDLE 25 /* swipes a round; a third of a second each */
#define WITH_ETX  200
#define WARM_UPS  10

struct swiper {
	struct side side;
	struct fake_device *device;
	int swiped;
};

/* A customer with another card each time. */
static double swipe(struct swiper *s, const char *end)
{
	int number = s->swiped++ % 10000;
	g_autofree char *bytes = g_strdup_printf(";964300100000%04d=25120000000?%s",
						 number, end);
	g_autofree char *mask = g_strdup_printf("*%04d", number);
	gint64 begun;

	side_next_customer(&s->side);
	side_pause(&s->side);
	begun = g_get_monotonic_time();
	fake_device_send(s->device, bytes, strlen(bytes));
	return side_wait(s->side.term, begun, mask);
}

static void round_of(struct swiper *s, int n, const char *end, struct rounds *p50)
{
	static struct samples samples;

	samples.n = 0;
	for (int i = 0; i < n; i++)
		sample_add(&samples, swipe(s, end));
	if (p50 != NULL)
		sample_round(p50, sample_percentile(&samples, 50));
}

static void compare(const struct bench *bench, struct swiper *ours, struct swiper *theirs,
		    const char *what, const char *end, int n)
{
	struct rounds product = {0}, floor = {0};

	round_of(ours, WARM_UPS, end, NULL);
	round_of(theirs, WARM_UPS, end, NULL);
	for (int i = 0; i < bench->rounds; i++) {
		round_of(ours, n, end, &product);
		round_of(theirs, n, end, &floor);
	}
	sample_at_most_more(what, &product, &floor, 0.001, "ms", 2);
}

/* The page before a swipe, and the page with its toast. */
static char *write_pictures(struct swiper *s)
{
	char *path = g_build_filename(s->side.shop->folder, "toast", NULL);
	g_autofree char *before = NULL, *after = NULL, *both = NULL;

	side_next_customer(&s->side);
	term_settle(s->side.term, 200);
	before = term_screen(s->side.term);
	swipe(s, "\r\x03");
	term_settle(s->side.term, 200);
	after = term_screen(s->side.term);
	both = g_strconcat(before, after, NULL);
	g_assert_true(g_file_set_contents(path, both, -1, NULL));
	return path;
}

void bench_swipes(const struct bench *bench)
{
	struct shop shop;
	struct fake_device device;
	struct swiper ours = {.side.shop = &shop, .device = &shop.device};
	struct swiper theirs = {.device = &device};
	g_autofree char *pictures = NULL;

	side_shop(&shop, bench, NULL);
	fake_device_init(&device);
	fake_device_plug(&device);
	ours.side.term = shop_run(&shop);
	side_take_pictures(&ours.side);
	pictures = write_pictures(&ours);
	theirs.side.term = side_floor(bench, "floor_page", pictures, device.link);
	side_copy_pictures(&theirs.side, &ours.side);
	term_expect(theirs.side.term, SHOP_FIRST, 5000);
	term_send(theirs.side.term, "p");
	term_expect(theirs.side.term, "*0000", 5000);
	compare(bench, &ours, &theirs, "swipe, end certain (ETX) -> toast, p50", "\r\x03",
		WITH_ETX);
	compare(bench, &ours, &theirs, "swipe, end by 300 ms of idle -> toast, p50", "\r",
		WITH_IDLE);
	shop_stop(ours.side.term);
	term_free(theirs.side.term);
	side_clear(&ours.side);
	side_clear(&theirs.side);
	fake_device_clear(&device);
	shop_close(&shop);
}
