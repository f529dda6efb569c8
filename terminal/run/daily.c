/* daily.c - see daily.h */
#include "run/daily.h"

#include "command.h"
#include "run/helpers.h"
#include "run/watch.h"

#define LOOK_MS 60000

struct daily {
	const struct config *config;
	struct clock *clock;
	daily_told told;
	void *self;
	struct daily_plan plan;
	struct watch *watch;
	struct helper *helper;
};

static void look_again(struct daily *d, const struct moment *now)
{
	int64_t wait_ms = LOOK_MS;

	if (d->plan.next_ms > now->utc_ms)
		wait_ms = MIN(wait_ms, d->plan.next_ms - now->utc_ms);
	watch_time(d->watch, now->mono_ms + wait_ms);
}

static void on_watch(void *self, GIOCondition condition)
{
	struct daily *d = self;
	struct moment now;

	(void)condition;
	clock_now(d->clock, &now);
	if (daily_plan_due(&d->plan, d->clock, d->config->export.at_min, &now))
		helper_now(d->helper);
	look_again(d, &now);
}

static void on_ended(void *self, int code)
{
	struct daily *d = self;
	struct moment now;

	clock_now(d->clock, &now);
	if (code != 0)
		daily_plan_failed(&d->plan, &now);
	look_again(d, &now);
	d->told(d->self, code != 0);
}

struct daily *daily_open(const struct config *config, struct clock *clock,
			 daily_told told, void *self)
{
	g_autofree char *path = command_helper_path("tillask-export");
	const char *args[] = {"--config", config->file, "export", "--due", NULL};
	struct daily *d = g_new0(struct daily, 1);
	struct moment now;

	d->config = config;
	d->clock = clock;
	d->told = told;
	d->self = self;
	d->helper = helper_new(path, args, on_ended, d);
	helper_config(d->helper, config);
	d->watch = watch_new(on_watch, d);
	daily_plan_init(&d->plan);
	clock_now(clock, &now);
	watch_time(d->watch, now.mono_ms + DAILY_BEGIN_MS);
	return d;
}

void daily_close(struct daily *d)
{
	if (d == NULL)
		return;
	helper_free(d->helper);
	watch_free(d->watch);
	g_free(d);
}
