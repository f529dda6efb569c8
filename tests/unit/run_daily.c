/* run_daily: when the daily files are made, in three zones, across midnight and clock changes */
#include "run/daily.h"

#define MINUTE INT64_C(60000)
#define HOUR   (60 * MINUTE)

static int64_t instant(const char *text)
{
	g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
	g_autoptr(GDateTime) t = g_date_time_new_from_iso8601(text, utc);
	g_assert_nonnull(t);
	return g_date_time_to_unix(t) * 1000;
}

struct place {
	GTimeZone *zone;
	struct clock clock;
	struct daily_plan plan;
};

static void begin(struct place *p, const char *zone, int day_starts_min)
{
	p->zone = g_time_zone_new_identifier(zone);
	g_assert_nonnull(p->zone);
	clock_init(&p->clock, p->zone, day_starts_min, INT64_MIN);
	daily_plan_init(&p->plan);
}

static struct moment at(struct place *p, int64_t utc_ms)
{
	return (struct moment){.utc_ms = utc_ms, .day = clock_day(&p->clock, utc_ms)};
}

static bool due(struct place *p, int at_min, int64_t utc_ms)
{
	struct moment now = at(p, utc_ms);
	return daily_plan_due(&p->plan, &p->clock, at_min, &now);
}

/* From FROM on, minute by minute, the starts are those of LIST (instants, blanks between). */
static void expect_starts(const char *zone, int day_starts_min, int at_min,
			  const char *from, const char *to, const char *list)
{
	struct place p;
	g_autoptr(GString) starts = g_string_new(NULL);
	begin(&p, zone, day_starts_min);
	due(&p, at_min, instant(from)); /* the start after the terminal's own */
	for (int64_t t = instant(from) + MINUTE; t <= instant(to); t += MINUTE) {
		if (!due(&p, at_min, t))
			continue;
		g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(t / 1000);
		g_autofree char *text = g_date_time_format(utc, "%FT%H:%M:%SZ");
		g_string_append_printf(starts, "%s%s", starts->len > 0 ? " " : "", text);
	}
	g_assert_cmpstr(starts->str, ==, list);
	g_time_zone_unref(p.zone);
}

static void test_ordinary(void)
{
	/* Moscow, +03:00: at 23:30, the day ends at 04:00 */
	expect_starts("Europe/Moscow", 240, 1410, "2026-11-25T12:00:00Z",
		      "2026-11-26T12:00:00Z",
		      "2026-11-25T20:30:00Z 2026-11-26T01:01:00Z 2026-11-26T02:01:00Z");
	/* Nepal, +05:45; at= after midnight belongs to the day before */
	expect_starts("Asia/Kathmandu", 240, 30, "2026-11-25T12:00:00Z",
		      "2026-11-26T12:00:00Z",
		      "2026-11-25T18:45:00Z 2026-11-25T22:16:00Z 2026-11-25T23:16:00Z");
	/* a day from midnight to midnight */
	expect_starts("Pacific/Apia", 0, 1410, "2026-11-25T00:00:00Z",
		      "2026-11-26T00:00:00Z",
		      "2026-11-25T10:30:00Z 2026-11-25T11:01:00Z 2026-11-25T12:01:00Z");
}

static void test_changes(void)
{
	/* New York, 8 March 2026: 02:00 EST becomes 03:00 EDT; at 02:30 there is none that night */
	expect_starts("America/New_York", 240, 150, "2026-03-07T12:00:00Z",
		      "2026-03-09T12:00:00Z",
		      "2026-03-08T07:00:00Z 2026-03-08T08:01:00Z 2026-03-08T09:01:00Z "
		      "2026-03-09T06:30:00Z 2026-03-09T08:01:00Z 2026-03-09T09:01:00Z");
	/* 1 November 2026: 02:00 EDT becomes 01:00 EST; 01:30 comes twice and counts once */
	expect_starts("America/New_York", 240, 90, "2026-10-31T12:00:00Z",
		      "2026-11-01T12:00:00Z",
		      "2026-11-01T05:30:00Z 2026-11-01T09:01:00Z 2026-11-01T10:01:00Z");
	/* the day begins inside the hour that comes twice */
	expect_starts("America/New_York", 90, 60, "2026-10-31T12:00:00Z",
		      "2026-11-01T12:00:00Z",
		      "2026-11-01T05:00:00Z 2026-11-01T05:31:00Z 2026-11-01T06:31:00Z");
}

static void test_clock(void)
{
	struct place p;
	int64_t noon = instant("2026-11-25T09:00:00Z");
	begin(&p, "Europe/Moscow", 240);
	struct moment now = at(&p, noon);
	now.doubtful = true;
	g_assert_false(daily_plan_due(&p.plan, &p.clock, 1410, &now));
	g_assert_true(due(&p, 1410, noon + MINUTE)); /* believed: at once */
	g_assert_false(due(&p, 1410, noon + 2 * MINUTE));
	/* it did not work: again in five minutes, and then as planned */
	now = at(&p, noon + 2 * MINUTE);
	daily_plan_failed(&p.plan, &now);
	g_assert_false(due(&p, 1410, noon + 6 * MINUTE));
	g_assert_true(due(&p, 1410, noon + 7 * MINUTE));
	g_assert_false(due(&p, 1410, noon + HOUR));
	/* the machine slept over night: once */
	g_assert_true(due(&p, 1410, noon + 24 * HOUR));
	g_assert_false(due(&p, 1410, noon + 24 * HOUR + MINUTE));
	/* and the clock is set back over midnight: as planned from there */
	g_assert_false(due(&p, 1410, noon + 11 * HOUR));
	g_assert_true(due(&p, 1410, noon + 12 * HOUR));
	g_time_zone_unref(p.zone);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/run/daily/ordinary", test_ordinary);
	g_test_add_func("/run/daily/changes", test_changes);
	g_test_add_func("/run/daily/clock", test_clock);
	return g_test_run();
}
