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
	struct term *term;
	struct fake_device *device;
	int swiped;
};

/* Each card another one: none is `repeated`. */
static double swipe(struct swiper *s, const char *end)
{
	g_autofree char *bytes = NULL;
	char mask[6];
	gint64 begun;
	int number = s->swiped++ % 10000;

	bytes = g_strdup_printf(";964300100000%04d=25120000000?%s", number, end);
	g_snprintf(mask, sizeof(mask), "*%04d", number);
	begun = g_get_monotonic_time();
	fake_device_send(s->device, bytes, strlen(bytes));
	return side_wait(s->term, begun, mask);
}

static void round_of(struct swiper *s, int n, const char *end, struct rounds *p50)
{
	static struct samples samples;

	samples.n = 0;
	for (int i = 0; i < n; i++) {
		sample_add(&samples, swipe(s, end));
		term_run(s->term, 10);
	}
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

/* The page with its toast. */
static char *write_picture(const struct shop *shop, const struct term *term)
{
	g_autofree char *screen = term_screen(term);
	char *path = g_build_filename(shop->folder, "toast", NULL);

	g_assert_true(g_file_set_contents(path, screen, -1, NULL));
	return path;
}

void bench_swipes(const struct bench *bench)
{
	struct shop shop;
	struct fake_device device;
	g_autofree char *picture = NULL;

	side_shop(&shop, bench);
	fake_device_init(&device);
	fake_device_plug(&device);
	struct swiper ours = {shop_run(&shop), &shop.device, 0};
	term_run(ours.term, 300);
	swipe(&ours, "\r\x03");
	picture = write_picture(&shop, ours.term);
	struct swiper theirs = {side_floor(bench, "floor_page", picture, device.link), &device,
				0};
	term_expect(theirs.term, "*0000", 5000);
	theirs.swiped++;
	compare(bench, &ours, &theirs, "swipe, end certain (ETX) -> toast, p50", "\r\x03",
		WITH_ETX);
	compare(bench, &ours, &theirs, "swipe, end by 300 ms of idle -> toast, p50", "\r",
		WITH_IDLE);
	shop_stop(ours.term);
	term_free(theirs.term);
	fake_device_clear(&device);
	shop_close(&shop);
}
