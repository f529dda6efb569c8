/* daily.h - when the daily files are made: a plan that is pure, and `tillask export --due` by it.
 *
 * The helper itself knows what is due (export/due.h).  It is started soon after the terminal (what
 * a downtime left undone), at [export] at= of each business day, a minute after the day's end, when
 * its last visit is closed, and an hour later, when that is sealed too which stood open.  While the
 * clock is in doubt nothing is started; when it could not do its work, again every five minutes.
 */
#ifndef TILLASK_RUN_DAILY_H
#define TILLASK_RUN_DAILY_H

#include "clock.h"
#include "config.h"

#define DAILY_BEGIN_MS 5000
#define DAILY_SLACK_MS 60000
#define DAILY_LATE_MS  (3600000 + DAILY_SLACK_MS)
#define DAILY_AGAIN_MS 300000

struct daily_plan {
	int64_t next_ms; /* utc_ms of the next start; INT64_MIN: at once when the clock is believed */
	int64_t seen_ms; /* utc_ms when it was asked last */
};

/* utc_ms of the first planned start after NOW.  AT_MIN as [export] at=. */
int64_t daily_next_ms(const struct clock *clock, int at_min, const struct moment *now);

void daily_plan_init(struct daily_plan *plan);
/* Is it time?  Then the plan goes on to the next start.  Asked every minute or so: a wall clock
 * that was set, forward or back, is noticed then. */
bool daily_plan_due(struct daily_plan *plan, const struct clock *clock, int at_min,
		    const struct moment *now);
/* What was started did not do its work. */
void daily_plan_failed(struct daily_plan *plan, const struct moment *now);

struct daily;
/* FAILED: the files could not be made, or could be again.  CONFIG and CLOCK are borrowed. */
typedef void (*daily_told)(void *self, bool failed);
struct daily *daily_open(const struct config *config, struct clock *clock,
			 daily_told told, void *self);
/* NULL is allowed.  What runs goes on. */
void daily_close(struct daily *d);

#endif
