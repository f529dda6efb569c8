#include "core/queue_cost.h"

#include <stdlib.h>
#include <string.h>

#include "core/resample.h"

#define QUEUE_RESAMPLES 200

void queue_cost_init(struct queue_cost *q)
{
	memset(q, 0, sizeof *q);
	q->paid_ms = MOMENT_NEVER;
	q->percent = 100;
}

void queue_cost_paid(struct queue_cost *q, enum queue_group group, int64_t now_ms)
{
	q->paid_ms = now_ms;
	q->group = group;
}

static int by_value(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
	return (x > y) - (x < y);
}

static int32_t value_of(const void *self, int64_t rank)
{
	const struct queue_times *sorted = self;
	return sorted->ms[rank - 1];
}

static int32_t percentile(const struct queue_times *sorted, int percent)
{
	return value_of(sorted, resample_rank(sorted->n, percent));
}

static void figure_anew(struct queue_cost *q, struct dice *dice)
{
	struct queue_figure *f = &q->figure;
	struct queue_times sorted[QUEUE_GROUPS];
	struct resample_values values[QUEUE_GROUPS];
	memset(f, 0, sizeof *f);
	memcpy(sorted, q->times, sizeof sorted);
	for (int g = 0; g < QUEUE_GROUPS; g++)
		f->n[g] = sorted[g].n;
	f->known = f->n[QUEUE_ASKED] >= QUEUE_LEAST &&
		   f->n[QUEUE_HELD_OUT] >= QUEUE_LEAST;
	if (!f->known)
		return;
	for (int g = 0; g < QUEUE_GROUPS; g++) {
		qsort(sorted[g].ms, sorted[g].n, sizeof sorted[g].ms[0], by_value);
		f->p50_ms[g] = percentile(&sorted[g], 50);
		f->p95_ms[g] = percentile(&sorted[g], 95);
		values[g] = (struct resample_values){sorted[g].n, value_of, &sorted[g]};
	}
	f->cost_ms = f->p50_ms[QUEUE_ASKED] - f->p50_ms[QUEUE_HELD_OUT];
	resample_median_difference(&values[QUEUE_ASKED], &values[QUEUE_HELD_OUT],
				   QUEUE_RESAMPLES, dice, &f->low_ms, &f->high_ms);
}

/* Measured anew: old times would hide for long that it is better, or worse. */
static void change(struct queue_cost *q, int percent)
{
	q->percent = (uint8_t)percent;
	q->fresh = 0;
	q->times[QUEUE_ASKED].n = q->times[QUEUE_ASKED].next = 0;
}

static void steer(struct queue_cost *q, int32_t budget_ms)
{
	int more = q->percent == QUEUE_PERCENT_MIN ? 25 : 2 * q->percent;
	if (!q->figure.known || q->fresh < QUEUE_LEAST)
		return;
	if (q->figure.low_ms > budget_ms)
		change(q, q->percent > QUEUE_PERCENT_MIN ? q->percent / 2
							 : QUEUE_PERCENT_MIN);
	else if (q->percent < 100)
		change(q, more);
}

static void keep(struct queue_times *times, int32_t ms)
{
	times->ms[times->next] = ms;
	times->next = (uint16_t)((times->next + 1) % QUEUE_TIMES_MAX);
	if (times->n < QUEUE_TIMES_MAX)
		times->n++;
}

void queue_cost_recall(struct queue_cost *q, const struct queue_past *past,
		       struct dice *dice)
{
	for (int g = 0; g < QUEUE_GROUPS; g++)
		for (int i = past->n[g] - 1; i >= 0; i--)
			keep(&q->times[g], past->ms[g][i]);
	q->fresh = past->n[QUEUE_ASKED] < QUEUE_LEAST ? past->n[QUEUE_ASKED]
						      : QUEUE_LEAST;
	figure_anew(q, dice);
}

int32_t queue_cost_begun(struct queue_cost *q, int32_t budget_ms, struct dice *dice,
			 int64_t now_ms)
{
	int64_t pause = now_ms - q->paid_ms;
	bool counts = q->paid_ms != MOMENT_NEVER && q->group != QUEUE_NEITHER &&
		      pause <= QUEUE_PAUSE_MAX_MS;
	q->paid_ms = MOMENT_NEVER;
	if (!counts)
		return -1;
	keep(&q->times[q->group], (int32_t)pause);
	if (q->group == QUEUE_ASKED && q->fresh < QUEUE_LEAST)
		q->fresh++;
	figure_anew(q, dice);
	steer(q, budget_ms);
	return (int32_t)pause;
}

bool queue_cost_asks(const struct queue_cost *q, struct dice *dice)
{
	return q->percent >= 100 || dice_percent(dice, q->percent);
}
