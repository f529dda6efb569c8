/* What the counter is set to: training, who answers, awake or asleep; the manager's wishes. */
#include "core/counter_parts.h"

#include <string.h>

/* ---- training, and who answers ------------------------------------------------------------ */

static void train(struct counter *c, const struct moment *now)
{
	if (c->training_ms != MOMENT_NEVER) {
		c->training_ms = MOMENT_NEVER;
		return;
	}
	c->training_ms = now->mono_ms + COUNTER_TRAINING_MS;
	c->training_day = now->day;
}

static void set_respondent(struct counter *c, enum respondent respondent, int64_t now_ms)
{
	c->respondent = respondent;
	c->respondent_ms = respondent != RESPONDENT_CUSTOMER
				   ? now_ms + COUNTER_RESPONDENT_MS
				   : MOMENT_NEVER;
}

void counter_answered(struct counter *c, const struct visit *v)
{
	if (v->row.respondent != RESPONDENT_CUSTOMER)
		set_respondent(c, RESPONDENT_CUSTOMER, 0);
}

void counter_mode_wake(struct counter *c, struct step *step)
{
	int64_t now_ms = step->now->mono_ms;
	if (c->training_ms != MOMENT_NEVER &&
	    (c->training_ms <= now_ms || c->training_day != step->now->day)) {
		c->training_ms = MOMENT_NEVER;
		counter_show_notice(c, step,
				    (struct notice){.toast = TOAST_TRAINING_OVER});
	}
	if (c->respondent_ms <= now_ms)
		set_respondent(c, RESPONDENT_CUSTOMER, 0);
}

/* ---- the manager --------------------------------------------------------------------------- */

static void make_files(struct counter *c, struct step *step)
{
	if (c->files.state == FILES_BEGUN)
		return;
	memset(&c->files, 0, sizeof c->files);
	c->files.state = FILES_BEGUN;
	c->files.day = c->manager.day;
	step_effect(step, EFFECT_MAKE_FILES)->day = c->files.day;
}

void counter_manager_key(struct counter *c, struct step *step, enum key key,
			 uint32_t character)
{
	overlay_stay(&c->overlay, step);
	switch (manager_key(&c->manager, &c->guesses, step, key, character)) {
	case MANAGER_STAYS:
		break;
	case MANAGER_CLOSES:
		counter_uncover(c, step);
		break;
	case MANAGER_PAUSES:
		counter_pause(c, step);
		break;
	case MANAGER_CHANGES_RESPONDENT:
		set_respondent(
			c,
			(enum respondent)((c->respondent + 1) % (RESPONDENT_MYSTERY + 1)),
			step->now->mono_ms);
		break;
	case MANAGER_TRAINS:
		train(c, step->now);
		break;
	case MANAGER_MAKES_FILES:
		make_files(c, step);
		break;
	case MANAGER_QUITS:
		counter_quit(c, step);
		break;
	}
}

/* What the manager's pages show of the counter itself. */
void counter_manager_page(const struct counter *c, struct page *page)
{
	manager_page(&c->manager, c->rules, page);
	if (page->kind != PAGE_MANAGER)
		return;
	page->manager.today = c->now.day;
	page->manager.readers_ready = c->readers_ready;
	page->manager.percent = c->queue.percent;
	memcpy(&page->manager.files, &c->files, sizeof page->manager.files);
}

/* ---- asleep -------------------------------------------------------------------------------- */

static bool shop_is_open(const struct rules *rules, int minute)
{
	int opens = rules->opens_min, closes = rules->closes_min % 1440;
	if (opens == closes)
		return true;
	if (opens < closes)
		return minute >= opens && minute < closes;
	return minute >= opens || minute < closes; /* past midnight */
}

bool counter_is_asleep(const struct counter *c)
{
	return c->overlay.kind == OVERLAY_NONE && c->respondent == RESPONDENT_CUSTOMER &&
	       c->now.mono_ms - c->active_ms >= COUNTER_AWAKE_MS &&
	       !shop_is_open(c->rules, counter_minute(c, 0));
}

bool counter_wakes_by(struct counter *c, enum key key, uint32_t character)
{
	bool was_asleep = counter_is_asleep(c);
	c->active_ms = c->now.mono_ms;
	if (!was_asleep)
		return false;
	switch (key) {
	case KEY_TEXT:
		if (character == '*')
			return false;
		c->repeat_key = character; /* held down it is still no answer */
		c->repeat_ms = c->now.mono_ms;
		return true;
	case KEY_ENTER:
	case KEY_BACKSPACE:
	case KEY_ESCAPE:
		return true;
	case KEY_PAUSE:
	case KEY_CASHIER:
	case KEY_MANAGER:
	case KEY_DEMO:
		break;
	}
	return false;
}
