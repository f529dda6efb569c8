#include "period.h"

#include "clock.h"
#include "day.h"

int32_t period_today(const struct config *config)
{
	struct clock clock;

	clock_init(&clock, config->timezone, config->day_starts_min, INT64_MIN);
	return clock_day(&clock, g_get_real_time() / 1000);
}

bool period_day(const struct invocation *call, const char *text, int32_t today,
		int32_t *day)
{
	if (day_parse(text, today, day))
		return true;
	command_wrong(call,
		      "\"%s\" is no day; allowed are today, yesterday and YYYY-MM-DD",
		      text);
	return false;
}

/* A day that has begun. */
static bool begun(const struct invocation *call, const char *text, int32_t today,
		  int32_t *day)
{
	if (!period_day(call, text, today, day))
		return false;
	if (*day <= today)
		return true;
	g_autofree char *now = day_text(today);
	command_wrong(call, "%s has not begun; the business day of now is %s", text, now);
	return false;
}

bool period_choose(const struct invocation *call, const char *day, const char *from,
		   const char *to, int32_t today, int32_t *first, int32_t *last)
{
	if (day != NULL && (from != NULL || to != NULL)) {
		command_wrong(call, "--day and --from or --to; one or the other");
		return false;
	}
	if ((from == NULL) != (to == NULL)) {
		command_wrong(call, "--from and --to go together");
		return false;
	}
	if (day == NULL)
		day = "today";
	if (!begun(call, from != NULL ? from : day, today, first) ||
	    !begun(call, to != NULL ? to : day, today, last))
		return false;
	if (*first > *last) {
		command_wrong(call, "--from %s is after --to %s", from, to);
		return false;
	}
	return true;
}
