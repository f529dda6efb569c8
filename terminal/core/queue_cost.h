/* queue_cost.h - what the survey costs the queue, and asking less when that is too much.
 *
 * README, "Figures": the time from paid to the next sale begun,
 * after sales that were asked against the random hold-out; p50 by nearest rank; a bootstrap
 * interval (95 %) of the difference.  Lies the interval wholly above the budget, the share of
 * sales that is asked halves (100, 50, 25, 12 %), and doubles again when it no longer does; each
 * time on QUEUE_LEAST new times of sales that were asked.
 *
 * A pause longer than QUEUE_PAUSE_MAX_MS was no queue and does not count.  The latest
 * QUEUE_TIMES_MAX times of each group are kept; a restart recalls them from the store, and asks
 * everybody until the next one.
 *
 * Pure, fixed memory.  A time costs up to half a millisecond of computing.
 */
#ifndef TILLASK_CORE_QUEUE_COST_H
#define TILLASK_CORE_QUEUE_COST_H

#include "core/moment.h"

#define QUEUE_TIMES_MAX    200
#define QUEUE_LEAST        20
#define QUEUE_PAUSE_MAX_MS (2 * 60 * 1000)
#define QUEUE_PERCENT_MIN  12

enum queue_group {
	QUEUE_ASKED,
	QUEUE_HELD_OUT,
	QUEUE_NEITHER, /* cool-down, pause, opened by a key or a card: says nothing */
};
#define QUEUE_GROUPS QUEUE_NEITHER

struct queue_times {
	uint16_t n, next;
	int32_t ms[QUEUE_TIMES_MAX];
};

/* Milliseconds.  `known`: both groups have QUEUE_LEAST times; else only the counts are. */
struct queue_figure {
	bool known;
	uint16_t n[QUEUE_GROUPS];
	int32_t p50_ms[QUEUE_GROUPS], p95_ms[QUEUE_GROUPS];
	int32_t cost_ms, low_ms, high_ms; /* asked less held out, at p50 */
};

struct queue_cost {
	struct queue_times times[QUEUE_GROUPS];
	int64_t paid_ms; /* of the last sale; MOMENT_NEVER: the next one has begun */
	enum queue_group group;
	uint16_t fresh;  /* times of sales asked since the share was changed */
	uint8_t percent; /* of sales that may be asked are */
	struct queue_figure figure;
};

/* Times of earlier, the newest first. */
struct queue_past {
	uint16_t n[QUEUE_GROUPS];
	int32_t ms[QUEUE_GROUPS][QUEUE_TIMES_MAX];
};

void queue_cost_init(struct queue_cost *q);

/* Before the first sale: as if they had been measured just now. */
void queue_cost_recall(struct queue_cost *q, const struct queue_past *past,
		       struct dice *dice);

/* A sale of GROUP is paid. */
void queue_cost_paid(struct queue_cost *q, enum queue_group group, int64_t now_ms);
/* The next one begins: the time is taken, the figure and the share are anew.  Returns the time
 * in ms, of `group`, or -1 when there is none that counts. */
int32_t queue_cost_begun(struct queue_cost *q, int32_t budget_ms, struct dice *dice,
			 int64_t now_ms);
/* Throws for one sale that would be asked; no dice are thrown at 100 %. */
bool queue_cost_asks(const struct queue_cost *q, struct dice *dice);

#endif
