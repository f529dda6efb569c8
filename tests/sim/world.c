#include "sim.h"

#include <glib/gstdio.h>
#include <stdarg.h>
#include <string.h>

#include "crash_vfs.h"

void sim_wrong(struct sim *sim, const char *format, ...)
{
	va_list arguments;
	if (sim->wrong != NULL)
		return;
	va_start(arguments, format);
	g_vsnprintf(sim->text, sizeof sim->text, format, arguments);
	va_end(arguments);
	sim->wrong = sim->text;
}

static void cut_power(struct sim *sim)
{
	crash_vfs_cut();
	longjmp(sim->cut, 1);
}

/* Called wherever the world is touched: between any two effects the power may go. */
static void perhaps_cut(struct sim *sim)
{
	if (sim->may_cut && dice_below(&sim->dice, 600) == 0)
		cut_power(sim);
}

static void clock_set(struct sim *sim, int64_t mono_ms)
{
	int64_t passed = mono_ms - sim->now.mono_ms;
	sim->now.mono_ms = mono_ms;
	sim->now.utc_ms += passed;
	sim->now.day = (int32_t)((sim->now.utc_ms + INT64_C(1000) * sim->now.offset_s -
				  INT64_C(4) * 3600000) /
				 86400000);
}

static void world_now(void *self, struct moment *out)
{
	*out = ((struct sim *)self)->now;
}

static void world_show(void *self, const struct page *page)
{
	struct sim *sim = self;
	struct page before = sim->page;
	perhaps_cut(sim);
	sim->page = *page;
	people_look(sim, &before);
}

static void world_save(void *self, const struct save *save)
{
	struct sim *sim = self;
	perhaps_cut(sim);
	if (sim->waiting_n > COUNTER_OUTSTANDING_MAX) {
		sim_wrong(sim, "more than COUNTER_OUTSTANDING_MAX saves are waiting");
		return;
	}
	sim->waiting[sim->waiting_n++] = *save;
	if (save->has_answer) {
		struct promised_visit *v = promises_visit(&sim->promises,
							  save->answer.visit);
		sim->ticket_of_answers[v - sim->promises.visit] = save->ticket;
	}
	if (sim->commit_ms == MOMENT_NEVER)
		sim->commit_ms = sim->now.mono_ms + 1 + dice_below(&sim->dice, 12);
}

static void world_lookup(void *self, uint32_t lookup, const char *card)
{
	struct sim *sim = self;
	perhaps_cut(sim);
	(void)card;
	memset(&sim->facts, 0, sizeof sim->facts);
	if (dice_percent(&sim->dice, 60)) {
		sim->facts.known = true;
		sim->facts.last_seen_day = sim->now.day -
					   (int32_t)dice_below(&sim->dice, 200);
		sim->facts.swipes_today = (uint16_t)dice_below(&sim->dice, 6);
		if (dice_percent(&sim->dice, 30))
			sim->facts.last_answered_day =
				sim->now.day - (int32_t)dice_below(&sim->dice, 60);
		if (dice_percent(&sim->dice, 50))
			sim->facts.question_day[1] = sim->now.day -
						     (int32_t)dice_below(&sim->dice, 120);
	}
	sim->lookup = lookup;
	sim->facts_ms = dice_percent(&sim->dice, 90)
				? sim->now.mono_ms + 1 + dice_below(&sim->dice, 70)
				: MOMENT_NEVER;
}

static void world_drain(void *self, bool readers_too)
{
	struct sim *sim = self;
	perhaps_cut(sim);
	if (readers_too)
		magstripe_reset(&sim->magstripe);
}

static void world_check_pin(void *self, const char *cashier, const char *pin)
{
	struct sim *sim = self;
	(void)pin;
	sim->pin_right = dice_percent(&sim->dice, *cashier == '\0' ? 60 : 30);
	sim->pin_ms = sim->now.mono_ms + 200;
}

static void world_ask_pin_set(void *self)
{
	struct sim *sim = self;
	sim->pin_set_ms = sim->now.mono_ms + dice_below(&sim->dice, 200);
}

static void world_demo_swipe(void *self)
{
	(void)self;
}

static void world_inquire(void *self, const struct inquiry *inquiry)
{
	struct sim *sim = self;
	if (!dice_percent(&sim->dice, 90))
		return; /* the database cannot be read for a while */
	sim->inquiry = *inquiry;
	sim->findings_ms = sim->now.mono_ms + 1 + dice_below(&sim->dice, 400);
}

static void world_make_files(void *self, int32_t day)
{
	struct sim *sim = self;
	memset(&sim->files, 0, sizeof sim->files);
	sim->files.state = FILES_BEGUN;
	sim->files.day = day;
	sim->files_ms = sim->now.mono_ms + dice_below(&sim->dice, 3000);
}

static void world_wake_at(void *self, int64_t mono_ms)
{
	((struct sim *)self)->wake_ms = mono_ms;
}

static void world_quit(void *self)
{
	((struct sim *)self)->quit = true;
}

static const struct world world = {
	.now = world_now,
	.show = world_show,
	.save = world_save,
	.lookup = world_lookup,
	.drain = world_drain,
	.check_pin = world_check_pin,
	.ask_pin_set = world_ask_pin_set,
	.demo_swipe = world_demo_swipe,
	.inquire = world_inquire,
	.make_files = world_make_files,
	.wake_at = world_wake_at,
	.quit = world_quit,
};

void world_event(struct sim *sim, const struct event *event)
{
	dispatch_event(&sim->dispatch, event);
}

static bool open_writer(struct sim *sim)
{
	char *aside = NULL;
	enum writer_result result = writer_open(&sim->writer, false, &aside);
	if (aside != NULL)
		sim_wrong(sim, "a healthy database was set aside");
	g_free(aside);
	if (result == WRITER_DAMAGED)
		sim_wrong(sim, "the database is damaged: %s", sim->writer.text);
	sim->open = result == WRITER_OK;
	return sim->open;
}

static void retry_later(struct sim *sim)
{
	sim->faults++;
	sim->commit_ms = sim->now.mono_ms + 100 + dice_below(&sim->dice, 3000);
}

/* What the store thread does: some or all of what waits, as one transaction. */
static void commit(struct sim *sim)
{
	unsigned n = 1 + dice_below(&sim->dice, sim->waiting_n);
	sim->commit_ms = MOMENT_NEVER;
	if (sim->may_cut && dice_percent(&sim->dice, 2))
		crash_vfs_cut_after(1 + dice_below(&sim->dice, 12));
	else if (sim->may_cut && dice_percent(&sim->dice, 3))
		crash_vfs_fail_after(1 + dice_below(&sim->dice, 8),
				     dice_percent(&sim->dice, 50));
	if (!sim->open && !open_writer(sim)) {
		if (crash_vfs_is_dead())
			cut_power(sim);
		retry_later(sim);
		return;
	}
	enum writer_result result = writer_save(&sim->writer, sim->waiting, n);
	if (crash_vfs_is_dead())
		cut_power(sim);
	crash_vfs_cut_after(0);
	crash_vfs_fail_after(0, false);
	if (result != WRITER_OK) {
		writer_close(&sim->writer);
		sim->open = false;
		retry_later(sim);
		return;
	}
	sim->commits++;
	sim->saved_ticket = sim->waiting[n - 1].ticket;
	sim->saved_ms = sim->now.mono_ms + dice_below(&sim->dice, 2);
	sim->waiting_n -= n;
	memmove(sim->waiting, sim->waiting + n, sim->waiting_n * sizeof sim->waiting[0]);
	if (sim->waiting_n > 0)
		sim->commit_ms = sim->now.mono_ms + 1 + dice_below(&sim->dice, 12);
	if (sim->commit_ms != MOMENT_NEVER && dice_percent(&sim->dice, 3))
		sim->commit_ms += 1000 +
				  dice_below(&sim->dice, 9000); /* the disk is busy */
}

static void tell_saved(struct sim *sim)
{
	struct event event = {.kind = EVENT_SAVED, .ticket = sim->saved_ticket};
	sim->saved_ms = MOMENT_NEVER;
	sim->acked_ticket = sim->saved_ticket;
	perhaps_cut(sim);
	world_event(sim, &event);
}

static void tell_facts(struct sim *sim)
{
	struct event event = {.kind = EVENT_CARD_FACTS};
	event.facts.lookup = sim->lookup;
	event.facts.facts = sim->facts;
	sim->facts_ms = MOMENT_NEVER;
	world_event(sim, &event);
}

static void tell_pin(struct sim *sim)
{
	struct event event = {.kind = EVENT_PIN};
	event.pin.right = sim->pin_right;
	sim->guesses = (uint16_t)(sim->pin_right ? 0 : sim->guesses + 1);
	event.pin.wrong = sim->guesses;
	sim->pin_ms = MOMENT_NEVER;
	world_event(sim, &event);
}

static void tell_pin_set(struct sim *sim)
{
	struct event event = {.kind = EVENT_PIN_SET};
	event.ready = dice_percent(&sim->dice, 80);
	sim->pin_set_ms = MOMENT_NEVER;
	world_event(sim, &event);
}

static void tell_findings(struct sim *sim)
{
	static struct event event;
	sim->findings_ms = MOMENT_NEVER;
	memset(&event, 0, sizeof event);
	event.kind = EVENT_FINDINGS;
	event.findings.number = sim->inquiry.number;
	event.findings.kind = sim->inquiry.kind;
	event.findings.day = sim->inquiry.day;
	event.findings.items = (uint8_t)dice_below(&sim->dice, 4);
	if (event.findings.items > 0)
		event.findings.item = (uint8_t)MIN(sim->inquiry.item,
						   event.findings.items - 1);
	event.findings.unread = dice_percent(&sim->dice, 10);
	world_event(sim, &event);
}

/* Some way on, done, or failed. */
static void tell_files(struct sim *sim)
{
	struct event event = {.kind = EVENT_FILES};
	if (sim->files.percent < 90)
		sim->files.percent = (uint8_t)(sim->files.percent + 30);
	else
		sim->files.state = dice_percent(&sim->dice, 80) ? FILES_DONE
								: FILES_FAILED;
	event.files = sim->files;
	sim->files_ms = sim->files.state == FILES_BEGUN
				? sim->now.mono_ms + 1 + dice_below(&sim->dice, 3000)
				: MOMENT_NEVER;
	world_event(sim, &event);
}

static void tell_wake(struct sim *sim)
{
	struct event event = {.kind = EVENT_WAKE};
	sim->wake_ms = MOMENT_NEVER;
	world_event(sim, &event);
}

void world_turn(struct sim *sim)
{
	int64_t at = MIN(
		MIN(MIN(sim->wake_ms, sim->commit_ms), MIN(sim->saved_ms, sim->facts_ms)),
		MIN(MIN(MIN(sim->pin_ms, sim->pin_set_ms), sim->next_act_ms),
		    MIN(sim->findings_ms, sim->files_ms)));
	sim->same_instant = at <= sim->now.mono_ms ? sim->same_instant + 1 : 0;
	if (sim->same_instant > 60)
		sim_wrong(sim, "the core wakes again and again without time moving on");
	if (at > sim->now.mono_ms)
		clock_set(sim, at);
	if (sim->commit_ms <= at)
		commit(sim);
	else if (sim->saved_ms <= at)
		tell_saved(sim);
	else if (sim->facts_ms <= at)
		tell_facts(sim);
	else if (sim->pin_ms <= at)
		tell_pin(sim);
	else if (sim->pin_set_ms <= at)
		tell_pin_set(sim);
	else if (sim->findings_ms <= at)
		tell_findings(sim);
	else if (sim->files_ms <= at)
		tell_files(sim);
	else if (sim->wake_ms <= at)
		tell_wake(sim);
	else
		people_act(sim);
}

void world_boot(struct sim *sim)
{
	uint8_t seed[32];
	for (int i = 0; i < 4; i++) {
		uint64_t bits = dice_next(&sim->dice);
		memcpy(seed + 8 * i, &bits, 8);
	}
	sim->wake_ms = sim->commit_ms = sim->saved_ms = sim->facts_ms = sim->pin_ms =
		sim->pin_set_ms = sim->findings_ms = sim->files_ms = MOMENT_NEVER;
	sim->waiting_n = 0;
	sim->saved_ticket = sim->acked_ticket = 0;
	sim->quit = false;
	memset(&sim->sale, 0, sizeof sim->sale);
	memset(sim->ticket_of_answers, 0, sizeof sim->ticket_of_answers);
	memset(&sim->page, 0, sizeof sim->page);
	magstripe_init(&sim->magstripe, &sim->cards, false);
	if (!open_writer(sim) || writer_recover(&sim->writer) != WRITER_OK)
		sim_wrong(sim, "the database cannot be opened: %s", sim->writer.text);
	struct world mine = world;
	mine.self = sim;
	dispatch_init(&sim->dispatch, &mine, &sim->rules, seed);
	struct event guesses = {.kind = EVENT_GUESSES, .guesses = sim->guesses};
	world_event(sim, &guesses);
}

void world_power_on(struct sim *sim)
{
	g_autofree char *shm = g_strconcat(sim->options.path, "-shm", NULL);
	writer_close(&sim->writer);
	sim->open = false;
	g_unlink(shm);
	crash_vfs_restore(&sim->dice);
	sim->cuts++;
	clock_set(sim, sim->now.mono_ms + 1000 + dice_below(&sim->dice, 100000));
	world_boot(sim);
	sim->next_act_ms = sim->now.mono_ms + 500;
	sim->last_digit = 0;
	char *wrong = promises_check(&sim->promises, sim->writer.database.db, true);
	if (wrong != NULL)
		sim_wrong(sim, "after a power cut: %s", wrong);
	g_free(wrong);
}

bool world_stop(struct sim *sim)
{
	struct event event = {.kind = EVENT_STOP};
	sim->may_cut = false;
	sim->next_act_ms = MOMENT_NEVER;
	world_event(sim, &event);
	for (int i = 0; i < 2000 && (sim->waiting_n > 0 || sim->saved_ms != MOMENT_NEVER);
	     i++)
		world_turn(sim);
	return sim->quit && sim->waiting_n == 0;
}
