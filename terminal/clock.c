/* clock.c - see clock.h */
#include "clock.h"

#include <sys/timex.h>
#include <time.h>

#define DAY_S             INT64_C(86400)
#define QUARTER_S         900 /* no zone changes its offset between quarters of an hour */
#define YEAR_2024_MS      (INT64_C(1704067200) * 1000)
#define STEP_MS           INT64_C(60000)
#define BELIEVED_AFTER_MS INT64_C(3600000)

static int64_t div_down(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int32_t offset_at(const struct clock *c, int64_t utc_s)
{
	int interval = g_time_zone_find_interval(c->zone, G_TIME_TYPE_UNIVERSAL, utc_s);

	return g_time_zone_get_offset(c->zone, interval);
}

/* The first instant at which the wall clock shows WALL seconds since 1970, or has leapt over it. */
static int64_t wall_s(const struct clock *c, int64_t wall)
{
	int64_t before = wall - offset_at(c, wall - 26 * 3600);
	int64_t after = wall - offset_at(c, wall + 26 * 3600);

	if (offset_at(c, before) == wall - before)
		return before;
	if (offset_at(c, after) == wall - after)
		return after;
	while (before - after > 1) {
		int64_t middle = after + (before - after) / 2;

		if (middle + offset_at(c, middle) < wall)
			after = middle;
		else
			before = middle;
	}
	return before;
}

static int64_t day_start_s(const struct clock *c, int32_t day)
{
	return wall_s(c, day * DAY_S + c->day_starts_s);
}

/* Makes the business day of UTC_S the one at hand. */
static void turn_to_day(struct clock *c, int64_t utc_s)
{
	if (utc_s >= c->day_from_s && utc_s < c->day_until_s)
		return;
	c->day = (int32_t)div_down(utc_s + offset_at(c, utc_s) - c->day_starts_s, DAY_S);
	while (day_start_s(c, c->day) > utc_s)
		c->day--;
	while (day_start_s(c, c->day + 1) <= utc_s)
		c->day++;
	c->day_from_s = day_start_s(c, c->day);
	c->day_until_s = day_start_s(c, c->day + 1);
}

static int64_t clock_ms(clockid_t which)
{
	struct timespec t;

	clock_gettime(which, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void read_clocks(struct clock_reading *r)
{
	r->mono_ms = clock_ms(CLOCK_MONOTONIC);
	r->boot_ms = clock_ms(CLOCK_BOOTTIME);
	r->utc_ms = clock_ms(CLOCK_REALTIME);
	r->synchronised = false;
}

static bool step(int64_t a, int64_t b)
{
	return a - b > STEP_MS || b - a > STEP_MS;
}

/* Whether the wall clock was set, and is not to be believed yet. */
static bool was_set(struct clock *c, const struct clock_reading *r)
{
	int64_t difference = r->utc_ms - r->boot_ms;

	if (c->anchor_ms == INT64_MIN)
		c->anchor_ms = c->last_ms = difference;
	if (step(difference, c->last_ms))
		c->stepped_ms = r->boot_ms;
	c->last_ms = difference;
	if (!step(difference, c->anchor_ms))
		c->stepped_ms = INT64_MIN;
	else if (c->stepped_ms == INT64_MIN)
		c->stepped_ms = r->boot_ms; /* in many small steps */
	else if (r->synchronised && r->boot_ms - c->stepped_ms > BELIEVED_AFTER_MS) {
		c->stepped_ms = INT64_MIN;
		c->anchor_ms = difference;
	}
	return c->stepped_ms != INT64_MIN;
}

void clock_init(struct clock *c, GTimeZone *zone, int day_starts_min,
		int64_t newest_utc_ms)
{
	*c = (struct clock){
		.zone = zone,
		.day_starts_s = day_starts_min * 60,
		.newest_ms = newest_utc_ms,
		.anchor_ms = INT64_MIN,
		.stepped_ms = INT64_MIN,
		.quarter = INT64_MIN,
	};
}

void clock_moment(struct clock *c, const struct clock_reading *r, struct moment *out)
{
	int64_t utc_s = div_down(r->utc_ms, 1000);
	int64_t quarter = div_down(utc_s, QUARTER_S);
	bool set = was_set(c, r);

	if (quarter != c->quarter) {
		c->quarter = quarter;
		c->offset_s = offset_at(c, utc_s);
	}
	turn_to_day(c, utc_s);
	*out = (struct moment){
		.mono_ms = r->mono_ms,
		.utc_ms = r->utc_ms,
		.offset_s = c->offset_s,
		.day = c->day,
		.doubtful = set || r->utc_ms < YEAR_2024_MS ||
			    (c->newest_ms != INT64_MIN &&
			     r->utc_ms < c->newest_ms - STEP_MS),
	};
}

void clock_now(struct clock *c, struct moment *out)
{
	struct clock_reading r;

	read_clocks(&r);
	if (c->stepped_ms != INT64_MIN) {
		struct timex t = {.modes = 0};

		r.synchronised = adjtimex(&t) != TIME_ERROR;
	}
	clock_moment(c, &r, out);
}

int32_t clock_day(struct clock *c, int64_t utc_ms)
{
	turn_to_day(c, div_down(utc_ms, 1000));
	return c->day;
}

int64_t clock_day_start_ms(const struct clock *c, int32_t day)
{
	return day_start_s(c, day) * 1000;
}

int64_t clock_at_ms(const struct clock *c, int32_t day, int minute)
{
	int32_t date = day + (minute * 60 < c->day_starts_s);

	return MAX(wall_s(c, date * DAY_S + minute * 60), day_start_s(c, day)) * 1000;
}
