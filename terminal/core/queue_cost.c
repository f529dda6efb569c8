#include "core/queue_cost.h"

#include <string.h>

#define RESAMPLES 200
#define LOW_RANK  5 /* of RESAMPLES, 1-based: 2.5 and 97.5 % by nearest rank */
#define HIGH_RANK 195

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

static void sort(int32_t *values, int n)
{
	for (int i = 1; i < n; i++) {
		int32_t value = values[i];
		int at = i;
		for (; at > 0 && values[at - 1] > value; at--)
			values[at] = values[at - 1];
		values[at] = value;
	}
}

/* Nearest rank: the smallest value that PERCENT of all do not exceed. */
static int rank(int n, int percent)
{
	return (n * percent + 99) / 100;
}

static int32_t percentile(const struct queue_times *sorted, int percent)
{
	return sorted->ms[rank(sorted->n, percent) - 1];
}

/* The median of as many values, drawn with replacement. */
static int32_t resampled_p50(const struct queue_times *sorted, struct dice *dice)
{
	uint16_t drawn[QUEUE_TIMES_MAX] = {0};
	int left = rank(sorted->n, 50), at = 0;
	for (int i = 0; i < sorted->n; i++)
		drawn[dice_below(dice, sorted->n)]++;
	for (; left > drawn[at]; at++)
		left -= drawn[at];
	return sorted->ms[at];
}

static void figure_anew(struct queue_cost *q, struct dice *dice)
{
	struct queue_figure *f = &q->figure;
	struct queue_times sorted[QUEUE_GROUPS];
	int32_t difference[RESAMPLES];
	memset(f, 0, sizeof *f);
	memcpy(sorted, q->times, sizeof sorted);
	for (int g = 0; g < QUEUE_GROUPS; g++)
		f->n[g] = sorted[g].n;
	f->known = f->n[QUEUE_ASKED] >= QUEUE_LEAST &&
		   f->n[QUEUE_HELD_OUT] >= QUEUE_LEAST;
	if (!f->known)
		return;
	for (int g = 0; g < QUEUE_GROUPS; g++) {
		sort(sorted[g].ms, sorted[g].n);
		f->p50_ms[g] = percentile(&sorted[g], 50);
		f->p95_ms[g] = percentile(&sorted[g], 95);
	}
	for (int i = 0; i < RESAMPLES; i++)
		difference[i] = resampled_p50(&sorted[QUEUE_ASKED], dice) -
				resampled_p50(&sorted[QUEUE_HELD_OUT], dice);
	sort(difference, RESAMPLES);
	f->cost_ms = f->p50_ms[QUEUE_ASKED] - f->p50_ms[QUEUE_HELD_OUT];
	f->low_ms = difference[LOW_RANK - 1];
	f->high_ms = difference[HIGH_RANK - 1];
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

int32_t queue_cost_begun(struct queue_cost *q, int32_t budget_ms, struct dice *dice,
			 int64_t now_ms)
{
	int64_t pause = now_ms - q->paid_ms;
	bool counts = q->paid_ms != MOMENT_NEVER && q->group != QUEUE_NEITHER &&
		      pause <= QUEUE_PAUSE_MAX_MS;
	q->paid_ms = MOMENT_NEVER;
	if (!counts)
		return -1;
	struct queue_times *times = &q->times[q->group];
	times->ms[times->next] = (int32_t)pause;
	times->next = (uint16_t)((times->next + 1) % QUEUE_TIMES_MAX);
	if (times->n < QUEUE_TIMES_MAX)
		times->n++;
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
