/* What stands on the screen, from all that the counter knows. */
#include "core/counter_parts.h"

#include <string.h>

static void cashier_line(const struct counter *c, struct page *page)
{
	page->toast = c->notice.toast;
	memcpy(page->toast_card, c->notice.card, sizeof page->toast_card);
	page->toast_kind = c->notice.kind;
	page->toast_number = c->notice.number;
	page->paused_until = page->training_until = -1;
	if (c->paused_ms != MOMENT_NEVER)
		page->paused_until = counter_minute(c, c->paused_ms - c->now.mono_ms);
	if (c->training_ms != MOMENT_NEVER)
		page->training_until = counter_minute(c, c->training_ms - c->now.mono_ms);
	page->respondent = c->respondent;
	page->has_reader = c->rules->readers > 0;
	page->reader_ready = c->readers_ready == (1u << c->rules->readers) - 1;
	page->till_off = c->till_off;
	page->device_streams = c->streams != 0;
	page->set_aside = c->set_aside;
	page->export_failed = c->export_failed;
	page->published_refused = c->published_refused;
	page->not_saving = c->ledger.waiting_since_ms != MOMENT_NEVER &&
			   c->now.mono_ms >=
				   c->ledger.waiting_since_ms + COUNTER_NOT_SAVING_MS;
	page->clock_wrong = c->now.doubtful;
	page->waiting = c->backlog;
	page->clock = counter_minute(c, 0);
	if (c->notice.toast == TOAST_SIGNED_IN && c->notice.card[0] == '\0')
		memcpy(page->cashier, c->cashier, sizeof page->cashier);
}

uint8_t counter_next_language(const struct counter *c, uint8_t language)
{
	do
		language = (uint8_t)((language + 1) % c->rules->languages);
	while ((c->rules->hidden_languages >> language & 1) != 0);
	return language;
}

static void rest_page(const struct counter *c, struct page *page)
{
	page->kind = PAGE_GREETING;
	page->language = c->language;
	if (counter_rest_question(c) == NULL)
		return;
	page->kind = PAGE_QUESTION;
	page->question = c->rest_plan.item[0].question;
	page->choice_shift = c->rest_plan.item[0].shift;
	page->choice_from = c->rest_choice_from;
	page->place = 1;
	page->of = c->rest_plan.count;
	page->at_rest = page->offer = true;
}

void counter_page(const struct counter *c, struct page *out)
{
	memset(out, 0, sizeof *out); /* padding too: pages are compared as bytes */
	out->marked = -1;
	if (counter_is_asleep(c)) {
		out->kind = PAGE_ASLEEP;
		out->language = c->language;
	} else if (c->overlay.kind != OVERLAY_NONE) {
		out->language = c->language;
		out->linked = c->visit.row.card[0] != '\0';
		overlay_page(&c->overlay, out);
		if (c->overlay.kind == OVERLAY_MANAGER)
			counter_manager_page(c, out);
	} else if (counter_is_undecided(c)) {
		rest_page(c, out); /* the card is being looked up: nothing moves yet */
	} else if (visit_is_open(&c->visit)) {
		visit_page(&c->visit, &c->now, out);
	} else {
		rest_page(c, out);
	}
	out->next_language = counter_next_language(c, out->language);
	if (c->wait_ms != MOMENT_NEVER)
		out->bar = 0; /* its time stands still */
	memcpy(out->pole, c->pole, sizeof out->pole);
	cashier_line(c, out);
}
