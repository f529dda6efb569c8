#include "core/asking.h"

#include <string.h>

const struct card_facts card_facts_unknown = {
	.last_seen_day = DAY_NEVER,
	.last_answered_day = DAY_NEVER,
	.last_declined_day = DAY_NEVER,
};

/* Whether THEN lies less than DAYS days before DAY.  A day in the future (the clock was set
 * back) counts as today; 0 days is no limit. */
static bool within(int32_t then, int32_t day, uint32_t days)
{
	return days > 0 && then != DAY_NEVER && (int64_t)day - then < (int64_t)days;
}

enum reason asking_card(const struct rules *rules, const struct card_facts *facts,
			int32_t day)
{
	if (within(facts->last_answered_day, day, rules->cooldown_days) ||
	    within(facts->last_declined_day, day, rules->declined_days))
		return REASON_COOLDOWN;
	return REASON_NONE;
}

enum reason asking_draw(const struct rules *rules, struct dice *dice, bool holdout)
{
	if (holdout && dice_percent(dice, rules->holdout_percent))
		return REASON_SAMPLE;
	return dice_percent(dice, rules->sample_percent) ? REASON_NONE : REASON_SAMPLE;
}

static bool in_plan(const struct plan *plan, uint8_t question)
{
	for (uint8_t i = 0; i < plan->count; i++)
		if (plan->item[i].question == question)
			return true;
	return false;
}

static bool allowed(const struct question *q, uint8_t index,
		    const struct card_facts *facts, int32_t day)
{
	return !within(facts->question_day[index], day, q->every_days);
}

static struct planned planned(const struct rules *rules, uint8_t question,
			      struct dice *dice, double probability)
{
	const struct question *q = &rules->questionnaire->question[question];
	uint8_t shift = 0;
	if (q->rotate && q->choices > 2)
		shift = (uint8_t)dice_below(dice, q->choices - 1u);
	return (struct planned){question, shift, probability};
}

/* Appends to the deck, shuffled, every turning question that is not in it. */
static void refill(const struct questionnaire *all, struct deck *deck, struct dice *dice)
{
	uint8_t kept = deck->count;
	for (uint8_t i = 0; i < all->count; i++) {
		if (all->question[i].when == WHEN_TURN &&
		    memchr(deck->question, i, kept) == NULL)
			deck->question[deck->count++] = i;
	}
	for (uint8_t n = (uint8_t)(deck->count - kept); n > 1; n--) {
		uint8_t a = (uint8_t)(kept + n - 1);
		uint8_t b = (uint8_t)(kept + dice_below(dice, n));
		uint8_t swap = deck->question[a];
		deck->question[a] = deck->question[b];
		deck->question[b] = swap;
	}
}

/* Takes the first question of the deck that ELIGIBLE (a bit each) names and PLAN lacks. */
static bool take(struct deck *deck, uint32_t eligible, const struct plan *plan,
		 uint8_t *question)
{
	for (uint8_t i = 0; i < deck->count; i++) {
		uint8_t candidate = deck->question[i];
		if ((eligible >> candidate & 1) == 0 || in_plan(plan, candidate))
			continue;
		memmove(deck->question + i, deck->question + i + 1, deck->count - i - 1u);
		deck->count--;
		*question = candidate;
		return true;
	}
	return false;
}

static void draw_turns(const struct rules *rules, const struct card_facts *facts,
		       int32_t day, struct deck *deck, struct dice *dice,
		       struct plan *plan)
{
	const struct questionnaire *all = rules->questionnaire;
	uint32_t eligible = 0;
	uint8_t count = 0, turning = 0;
	for (uint8_t i = 0; i < all->count; i++) {
		if (all->question[i].when != WHEN_TURN)
			continue;
		turning++;
		if (!allowed(&all->question[i], i, facts, day))
			continue;
		eligible |= UINT32_C(1) << i;
		count++;
	}
	/* a visit that may not be asked everything leaves the deck to the others: else what
	 * it must leave out would come to them oftener than their probability says */
	struct deck own = {0};
	if (count < turning)
		deck = &own;
	uint8_t places = plan->count < all->places ? (uint8_t)(all->places - plan->count)
						   : 0;
	if (places > count)
		places = count;
	double probability = count > 0 ? (double)places / count : 0;
	for (; places > 0; places--) {
		uint8_t question;
		if (!take(deck, eligible, plan, &question)) {
			refill(all, deck, dice);
			if (!take(deck, eligible, plan, &question))
				break;
		}
		plan->item[plan->count++] = planned(rules, question, dice, probability);
	}
}

static void add_returned(const struct rules *rules, const struct card_facts *facts,
			 int32_t day, struct dice *dice, struct plan *plan)
{
	const struct questionnaire *all = rules->questionnaire;
	if (facts->last_seen_day == DAY_NEVER ||
	    within(facts->last_seen_day, day, rules->sleeping_after_days))
		return;
	for (uint8_t i = 0; i < all->count && plan->count < ASKED_MAX; i++) {
		if (all->question[i].when == WHEN_RETURNED &&
		    allowed(&all->question[i], i, facts, day))
			plan->item[plan->count++] = planned(rules, i, dice, 1);
	}
}

void asking_plan(const struct rules *rules, const struct card_facts *facts, int32_t day,
		 struct deck *deck, struct dice *dice, struct plan *plan)
{
	const struct questionnaire *all = rules->questionnaire;
	memset(plan, 0, sizeof *plan);
	for (uint8_t i = 0; i < all->count && plan->count < all->places; i++) {
		if (all->question[i].when == WHEN_ALWAYS &&
		    allowed(&all->question[i], i, facts, day))
			plan->item[plan->count++] = planned(rules, i, dice, 1);
	}
	draw_turns(rules, facts, day, deck, dice, plan);
	add_returned(rules, facts, day, dice, plan);
}

void asking_add_low(const struct rules *rules, const struct card_facts *facts,
		    int32_t day, struct dice *dice, struct plan *plan, uint8_t at)
{
	const struct questionnaire *all = rules->questionnaire;
	for (uint8_t i = 0; i < all->count && plan->count < ASKED_MAX; i++) {
		if (all->question[i].when != WHEN_LOW || in_plan(plan, i) ||
		    !allowed(&all->question[i], i, facts, day))
			continue;
		at++;
		memmove(plan->item + at + 1, plan->item + at,
			(plan->count - at) * sizeof plan->item[0]);
		plan->item[at] = planned(rules, i, dice, 1);
		plan->count++;
	}
}
