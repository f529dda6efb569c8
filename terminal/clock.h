/* clock.h - the system's clocks as struct moment: local time, business day, doubt.
 *
 * The business day D begins at the first instant whose local wall clock shows [terminal]
 * day_starts of date D or later, so it never runs backwards, also where the wall clock does: a
 * day_starts inside an hour that summer time repeats begins the day once, one inside an hour
 * that is left out begins it with the change.  Times before 1970 are not asked for.
 *
 * Nothing here allocates, blocks or makes a system call that leaves user space, but for
 * adjtimex() while a step of the clock is in doubt.  The caller's memory; one thread a clock.
 */
#ifndef TILLASK_CLOCK_H
#define TILLASK_CLOCK_H

#include <glib.h>

#include "core/moment.h"

/* What the three system clocks said at one time. */
struct clock_reading {
	int64_t mono_ms;   /* CLOCK_MONOTONIC */
	int64_t boot_ms;   /* CLOCK_BOOTTIME: runs on while the machine sleeps */
	int64_t utc_ms;    /* CLOCK_REALTIME */
	bool synchronised; /* the kernel says that a time server keeps the clock */
};

struct clock {
	GTimeZone *zone; /* borrowed */
	int32_t day_starts_s;
	int64_t newest_ms; /* utc_ms of the newest row, or INT64_MIN */
	int64_t anchor_ms; /* utc - boot when the wall clock was last believed; INT64_MIN: never */
	int64_t stepped_ms; /* boot_ms at which a step was seen, or INT64_MIN */
	int64_t last_ms;    /* utc - boot at the last reading */
	int64_t quarter;    /* the quarter of an hour whose offset is at hand */
	int32_t offset_s;
	int32_t day;                     /* the business day at hand, */
	int64_t day_from_s, day_until_s; /* from its first second to the next one's */
};

/* ZONE and DAY_STARTS_MIN (0..1439) as in struct config.  NEWEST_UTC_MS: time of the newest row
 * of the database, or INT64_MIN.  The wall clock is believed as it stands, unless it lies more
 * than a minute before that row or before 2024. */
void clock_init(struct clock *c, GTimeZone *zone, int day_starts_min,
		int64_t newest_utc_ms);

/* Now.  `doubtful`: before 2024; more than a minute before the newest row; or the wall clock
 * was set by more than a minute against the others since the first reading.  A set clock is
 * believed again when it is set back, or after an hour if the kernel then says that a time
 * server keeps it. */
void clock_now(struct clock *c, struct moment *out);

/* The same from given readings (tests), in the order they were made. */
void clock_moment(struct clock *c, const struct clock_reading *r, struct moment *out);

/* The business day of an instant. */
int32_t clock_day(struct clock *c, int64_t utc_ms);

/* The first instant of the business day DAY (utc_ms); its end is the start of DAY + 1. */
int64_t clock_day_start_ms(const struct clock *c, int32_t day);

/* When it is MINUTE (0..1439, local wall clock) on the business day DAY: the first instant at which
 * the clock shows it, or has leapt over it. */
int64_t clock_at_ms(const struct clock *c, int32_t day, int minute);

#endif
