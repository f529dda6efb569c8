/* base_clock: business days, summer time, and when the clock is not to be believed */
#include <glib.h>

#include "clock.h"

#define MINUTE_MS INT64_C(60000)
#define DAY_MS    (1440 * MINUTE_MS)

static int64_t utc(const char *iso)
{
	g_autoptr(GDateTime) t = g_date_time_new_from_iso8601(iso, NULL);

	g_assert_nonnull(t);
	return g_date_time_to_unix(t) * 1000;
}

/* "2026-03-29" as a day number. */
static int32_t day(const char *date)
{
	g_autofree char *iso = g_strconcat(date, "T00:00:00Z", NULL);

	return (int32_t)(utc(iso) / DAY_MS);
}

static void expect_day(const char *zone_name, int day_starts_min, const char *at,
		       const char *is)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(zone_name);
	struct clock c;

	clock_init(&c, zone, day_starts_min, INT64_MIN);
	g_assert_cmpint(clock_day(&c, utc(at)), ==, day(is));
}

static void test_days(void)
{
	expect_day("Europe/Moscow", 240, "2026-05-10T00:59:59Z", "2026-05-09");
	expect_day("Europe/Moscow", 240, "2026-05-10T01:00:00Z", "2026-05-10");
	expect_day("Europe/Moscow", 0, "2026-05-09T21:00:00Z", "2026-05-10");
	expect_day("Europe/Moscow", 1439, "2026-05-10T20:58:59Z", "2026-05-09");
	expect_day("Asia/Kolkata", 240, "2026-05-09T22:29:59Z", "2026-05-09");
	expect_day("Asia/Kolkata", 240, "2026-05-09T22:30:00Z", "2026-05-10");
	expect_day("Pacific/Kiritimati", 240, "2026-05-09T14:00:00Z", "2026-05-10");
	expect_day("Pacific/Pago_Pago", 240, "2026-05-10T14:59:59Z", "2026-05-09");
}

/* Berlin, 2026: forward on 29 March 02:00 -> 03:00 (01:00Z), back on 25 October 03:00 -> 02:00
 * (01:00Z). */
static void test_summer_time(void)
{
	expect_day("Europe/Berlin", 240, "2026-03-29T01:59:59Z", "2026-03-28");
	expect_day("Europe/Berlin", 240, "2026-03-29T02:00:00Z", "2026-03-29");
	expect_day("Europe/Berlin", 240, "2026-10-25T02:59:59Z", "2026-10-24");
	expect_day("Europe/Berlin", 240, "2026-10-25T03:00:00Z", "2026-10-25");
	/* 02:30 is left out: the day begins with the change */
	expect_day("Europe/Berlin", 150, "2026-03-29T00:59:59Z", "2026-03-28");
	expect_day("Europe/Berlin", 150, "2026-03-29T01:00:00Z", "2026-03-29");
	/* 02:30 comes twice: the day begins once */
	expect_day("Europe/Berlin", 150, "2026-10-25T00:29:59Z", "2026-10-24");
	expect_day("Europe/Berlin", 150, "2026-10-25T00:30:00Z", "2026-10-25");
	expect_day("Europe/Berlin", 150, "2026-10-25T01:10:00Z", "2026-10-25");
	/* Moscow took an hour back without summer time, at 2014-10-25T22:00Z */
	expect_day("Europe/Moscow", 90, "2014-10-25T21:29:59Z", "2014-10-25");
	expect_day("Europe/Moscow", 90, "2014-10-25T21:30:00Z", "2014-10-26");
	expect_day("Europe/Moscow", 90, "2014-10-25T22:10:00Z", "2014-10-26");
}

/* Over two years in steps of 15 minutes: the day never runs backwards nor begins
 * before its time, and the offset at hand is the zone's. */
static void test_never_backwards(void)
{
	static const char *const zones[] = {"Europe/Berlin", "Australia/Lord_Howe",
					    "America/St_Johns", "Africa/Casablanca"};

	for (guint z = 0; z < G_N_ELEMENTS(zones); z++) {
		g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(zones[z]);
		struct clock_reading r = {.utc_ms = utc("2025-01-01T00:00:00Z")};
		struct clock c;
		struct moment m;
		int32_t last = 0;

		clock_init(&c, zone, 105, INT64_MIN);
		for (int i = 0; i < 2 * 365 * 96; i++) {
			int interval;

			clock_moment(&c, &r, &m);
			interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL,
							     r.utc_ms / 1000);
			g_assert_cmpint(m.offset_s, ==,
					g_time_zone_get_offset(zone, interval));
			if (i > 0 && m.day != last) {
				g_assert_cmpint(m.day, ==, last + 1);
				g_assert_cmpint(r.utc_ms / 1000 + m.offset_s, >=,
						m.day * INT64_C(86400) + 105 * 60);
			}
			last = m.day;
			r.utc_ms += 15 * MINUTE_MS;
			r.mono_ms = r.boot_ms += 15 * MINUTE_MS;
		}
	}
}

static bool doubtful(struct clock *c, struct clock_reading *r, int64_t real_ms,
		     int64_t wall_ms)
{
	struct moment m;

	r->mono_ms += real_ms;
	r->boot_ms += real_ms;
	r->utc_ms += wall_ms;
	clock_moment(c, r, &m);
	return m.doubtful;
}

static void test_doubt(void)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	struct clock_reading r = {.boot_ms = 5000, .utc_ms = utc("2026-05-10T12:00:00Z")};
	struct clock c;

	clock_init(&c, zone, 240, INT64_MIN);
	g_assert_false(doubtful(&c, &r, 0, 0));
	g_assert_false(
		doubtful(&c, &r, 1000, 61000)); /* a minute: an ordinary correction */
	g_assert_true(doubtful(&c, &r, 1000, 3000));  /* and two seconds more */
	g_assert_false(doubtful(&c, &r, 5000, 1000)); /* set back */
	g_assert_true(doubtful(&c, &r, 1000, -DAY_MS));
	r.synchronised = true;
	g_assert_true(doubtful(&c, &r, 59 * MINUTE_MS, 59 * MINUTE_MS));
	g_assert_false(doubtful(&c, &r, 2 * MINUTE_MS, 2 * MINUTE_MS));
	r.synchronised = false;
	g_assert_false(doubtful(&c, &r, DAY_MS, DAY_MS));
	g_assert_true(doubtful(&c, &r, 0, -2 * MINUTE_MS));
	g_assert_true(doubtful(&c, &r, DAY_MS, DAY_MS)); /* no time server: for good */

	/* a sleeping machine: the monotonic clock stands still, the others do not */
	clock_init(&c, zone, 240, INT64_MIN);
	g_assert_false(doubtful(&c, &r, 0, 0));
	r.boot_ms += DAY_MS;
	r.utc_ms += DAY_MS;
	g_assert_false(doubtful(&c, &r, 0, 0));

	/* before 2024, before the newest row */
	clock_init(&c, zone, 240, INT64_MIN);
	r.utc_ms = utc("2023-12-31T23:59:59Z");
	g_assert_true(doubtful(&c, &r, 0, 0));
	g_assert_false(doubtful(&c, &r, 1000, 1000));
	clock_init(&c, zone, 240, utc("2026-05-10T12:00:00Z"));
	r.utc_ms = utc("2026-05-10T11:58:59Z");
	g_assert_true(doubtful(&c, &r, 0, 0));
	g_assert_false(doubtful(&c, &r, 1000, 1000));
}

static void test_now(void)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Asia/Kathmandu");
	struct clock c;
	struct moment a, b;

	clock_init(&c, zone, 240, INT64_MIN);
	clock_now(&c, &a);
	g_usleep(20000);
	clock_now(&c, &b);
	g_assert_cmpint(b.mono_ms - a.mono_ms, >=, 19);
	g_assert_cmpint(b.utc_ms / 1000 - g_get_real_time() / 1000000, >=, -2);
	g_assert_cmpint(b.offset_s, ==, 5 * 3600 + 45 * 60);
	g_assert_false(b.doubtful);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/clock/days", test_days);
	g_test_add_func("/clock/summer-time", test_summer_time);
	g_test_add_func("/clock/never-backwards", test_never_backwards);
	g_test_add_func("/clock/doubt", test_doubt);
	g_test_add_func("/clock/now", test_now);
	return g_test_run();
}
