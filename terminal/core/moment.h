/* moment.h - time and identity as the core sees them: values that come in from outside. */
#ifndef TILLASK_CORE_MOMENT_H
#define TILLASK_CORE_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

/* One reading of all clocks, made by the edge once for every event. */
struct moment {
	int64_t mono_ms;  /* monotonic; for every duration and deadline */
	int64_t utc_ms;   /* wall clock, ms since 1970-01-01T00:00Z */
	int32_t offset_s; /* local time minus UTC at that instant, seconds */
	int32_t day;   /* business day of [terminal] day_starts, days since 1970-01-01 */
	bool doubtful; /* the wall clock cannot be trusted (stepped, before the last row) */
};

/* The deadline that never comes. */
#define MOMENT_NEVER INT64_MAX

/* 128 bits, made before the first try to save, the key everywhere.  A UUID version 7: the
 * first 48 bits are utc_ms, so ids sort by time.  All zero: none. */
struct id {
	uint8_t byte[16];
};

#define ID_TEXT_MAX 37 /* 36 characters as in RFC 9562 and a NUL */

bool id_is_none(const struct id *id);
bool id_equal(const struct id *a, const struct id *b);
/* Writes xxxxxxxx-xxxx-7xxx-xxxx-xxxxxxxxxxxx. */
void id_format(const struct id *id, char out[ID_TEXT_MAX]);

/* The core's dice: xoshiro256**, seeded by the edge with 32 bytes from the system's random
 * source (the simulation: from its seed).  Draws questions, samples and ids; keeps no secret. */
struct dice {
	uint64_t s[4];
};

void dice_seed(struct dice *d, const uint8_t seed[32]);
uint64_t dice_next(struct dice *d);
/* Uniform in 0..n-1 without bias; n >= 1. */
uint32_t dice_below(struct dice *d, uint32_t n);
/* True in PERCENT of 100 throws; 0 never, 100 always. */
bool dice_percent(struct dice *d, uint32_t percent);
struct id dice_id(struct dice *d, int64_t utc_ms);

#endif
