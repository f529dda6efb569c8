/* daily_plan.c - see daily.h: the plan alone. */
#include "run/daily.h"

#define STEP_BACK_MS 60000

int64_t daily_next_ms(const struct clock *clock, int at_min, const struct moment *now)
{
	int64_t begins = clock_day_start_ms(clock, now->day);
	int64_t ends = clock_day_start_ms(clock, now->day + 1);
	const int64_t starts[] = {
		begins + DAILY_SLACK_MS,
		begins + DAILY_LATE_MS,
		clock_at_ms(clock, now->day, at_min),
		ends + DAILY_SLACK_MS,
	};
	int64_t next = INT64_MAX;

	for (size_t i = 0; i < G_N_ELEMENTS(starts); i++)
		if (starts[i] > now->utc_ms)
			next = MIN(next, starts[i]);
	return next;
}

void daily_plan_init(struct daily_plan *plan)
{
	plan->next_ms = plan->seen_ms = INT64_MIN;
}

bool daily_plan_due(struct daily_plan *plan, const struct clock *clock, int at_min,
		    const struct moment *now)
{
	bool back = plan->seen_ms != INT64_MIN &&
		    now->utc_ms < plan->seen_ms - STEP_BACK_MS;

	plan->seen_ms = now->utc_ms;
	if (now->doubtful)
		plan->next_ms = INT64_MIN; /* as soon as it is believed */
	else if (back && plan->next_ms != INT64_MIN)
		plan->next_ms = daily_next_ms(clock, at_min, now);
	if (now->doubtful || now->utc_ms < plan->next_ms)
		return false;
	plan->next_ms = daily_next_ms(clock, at_min, now);
	return true;
}

void daily_plan_failed(struct daily_plan *plan, const struct moment *now)
{
	plan->next_ms = MIN(plan->next_ms, now->utc_ms + DAILY_AGAIN_MS);
}
