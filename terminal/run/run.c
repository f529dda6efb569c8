/* run.c - see run.h */
#include "run/run.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "clock.h"
#include "run/daily.h"
#include "run/devices.h"
#include "run/dispatch.h"
#include "run/display.h"
#include "run/files_now.h"
#include "run/pin_thread.h"
#include "run/process.h"
#include "run/publication.h"
#include "run/sending.h"
#include "run/survey.h"
#include "run/till_desk.h"
#include "run/till_display.h"
#include "run/till_socket.h"
#include "run/watch.h"
#include "store/inbox.h"
#include "store/store.h"

#define COUNT_EVERY_MS   60000
#define LOOK_MS          2000  /* for publications */
#define CLOSE_MS         30000 /* a disk that takes its time */
#define CLOSE_TROUBLE_MS 800   /* one that said no */
#define SAVES_HELD       16    /* of one turn, until its page is painted */

static struct {
	const struct config *config;
	struct survey *survey; /* in use */
	struct survey *next;   /* for the next customer, or NULL */
	GPtrArray *former;     /* surveys of which the store may still hold a text */
	struct publication *publication;
	int64_t taken; /* of inbox_taken(), of what was in force at the beginning */
	struct clock clock;
	struct moment now;
	struct dispatch dispatch;
	struct store *store;
	struct till_socket *till;
	struct daily *daily;
	struct watch *timer, *stored, *signals;
	int64_t wake_ms;
	int64_t count_ms; /* when the backlog was counted last */
	uint64_t saved;
	uint32_t backlog;
	int saves;
	struct save save[SAVES_HELD];
	bool unshowable; /* no language of what was published last is to be shown here */
	bool quitting, set_aside;
	GString *notes; /* for standard error, after the screen is given back */
} run;

/* ---- the world behind the core ---------------------------------------------------------- */

static void world_now(void *self, struct moment *out)
{
	(void)self;
	clock_now(&run.clock, out);
	run.now = *out;
}

static void world_show(void *self, const struct page *page)
{
	(void)self;
	display_show(page);
}

static void hand_over_saves(void)
{
	for (int i = 0; i < run.saves; i++)
		store_save(run.store, &run.save[i]);
	run.saves = 0;
}

static void world_save(void *self, const struct save *save)
{
	(void)self;
	if (run.saves == SAVES_HELD)
		hand_over_saves();
	run.save[run.saves++] = *save;
	sending_note(save);
}

static void world_lookup(void *self, uint32_t lookup, const char *card)
{
	(void)self;
	store_lookup(run.store, lookup, card, run.now.day);
}

static void world_drain(void *self, bool readers_too)
{
	(void)self;
	display_drop_keys();
	if (readers_too)
		devices_drop();
}

static void happen_and_turn(const struct event *event);
static void on_pin(void *self, const struct pin_guess *guess, const char *cashier);
static void on_pin_set(void *self, bool set);

static void world_check_pin(void *self, const char *cashier, const char *pin)
{
	pin_thread_check(run.config->database, cashier, pin, on_pin, self);
}

/* One may have been set since the start. */
static void world_ask_pin_set(void *self)
{
	pin_thread_ask_set(run.config->database, on_pin_set, self);
}

static void world_demo_swipe(void *self)
{
	(void)self;
	devices_demo_swipe();
}

static void world_inquire(void *self, const struct inquiry *inquiry)
{
	(void)self;
	store_inquire(run.store, inquiry);
}

static void world_make_files(void *self, int32_t day)
{
	(void)self;
	files_now_begin(run.config, day, happen_and_turn);
}

static void world_wake_at(void *self, int64_t mono_ms)
{
	(void)self;
	run.wake_ms = mono_ms;
}

static void world_quit(void *self)
{
	(void)self;
	run.quitting = true;
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

/* ---- what happens ----------------------------------------------------------------------- */

static void turned(void *self);

static void happen(void *self, const struct event *event)
{
	(void)self;
	if (!run.quitting)
		dispatch_event(&run.dispatch, event);
}

/* ---- what head office published --------------------------------------------------------- */

static void prepare_survey(struct config *config)
{
	g_autoptr(GError) error = NULL;

	survey_free(run.next);
	run.next = survey_new(config, run.notes, &error);
	run.unshowable = run.next == NULL;
	if (run.unshowable)
		g_string_append_printf(run.notes, "what head office published: %s\n",
				       error->message);
}

static void on_publication(void *self)
{
	struct config *config = publication_take(run.publication);

	(void)self;
	if (config != NULL)
		prepare_survey(config);
	happen_and_turn(&(struct event){.kind = EVENT_PUBLISHED,
					.ready = !run.unshowable &&
						 !publication_refused(run.publication)});
}

/* Between two customers: then nothing on its way names a question by its number. */
static void take_next_survey(void)
{
	struct view_context context;
	struct survey *next = run.next;

	if (next == NULL || run.quitting)
		return;
	survey_context(next, &context);
	if (!dispatch_take_rules(&run.dispatch, &next->rules))
		return;
	display_take_context(&context);
	display_drop_keys(); /* they were for another question */
	store_take_options(run.store, &next->store);
	g_ptr_array_add(run.former, run.survey);
	run.survey = next;
	run.next = NULL;
}

/* The end of a turn: the screen first, then the disk. */
static void turned(void *self)
{
	(void)self;
	take_next_survey();
	display_turned();
	hand_over_saves();
	watch_time(run.timer, run.wake_ms);
}

static void happen_and_turn(const struct event *event)
{
	happen(NULL, event);
	turned(NULL);
}

static void on_pin(void *self, const struct pin_guess *guess, const char *cashier)
{
	struct event event = {.kind = EVENT_PIN,
			      .pin = {.right = guess->right, .wrong = guess->wrong}};

	(void)self;
	g_strlcpy(event.pin.cashier, cashier, sizeof(event.pin.cashier));
	happen_and_turn(&event);
}

static void on_pin_set(void *self, bool set)
{
	(void)self;
	happen_and_turn(&(struct event){.kind = EVENT_PIN_SET, .ready = set});
}

static void on_timer(void *self, GIOCondition condition)
{
	(void)self;
	(void)condition;
	happen_and_turn(&(struct event){.kind = EVENT_WAKE});
	if (run.now.mono_ms - run.count_ms >= COUNT_EVERY_MS) {
		run.count_ms = run.now.mono_ms;
		store_count(run.store);
	}
}

/* The manager is told on F10; the line for standard error comes at the end. */
static void look_for_damage(void)
{
	if (!run.set_aside && store_set_aside(run.store) != NULL) {
		run.set_aside = true;
		happen(NULL, &(struct event){.kind = EVENT_SET_ASIDE});
	}
}

static void on_stored(void *self, GIOCondition condition)
{
	struct event facts = {.kind = EVENT_CARD_FACTS};
	struct event findings = {.kind = EVENT_FINDINGS};
	uint64_t ticket;
	uint32_t backlog;

	(void)self;
	(void)condition;
	store_clear(run.store);
	ticket = store_saved_ticket(run.store);
	backlog = store_backlog(run.store);
	if (ticket != run.saved)
		happen(NULL, &(struct event){.kind = EVENT_SAVED, .ticket = ticket});
	/* without a server nothing waits to be sent, it is simply kept */
	if (backlog != run.backlog && run.config->sync.server[0] != '\0')
		happen(NULL, &(struct event){.kind = EVENT_BACKLOG, .backlog = backlog});
	if (store_facts(run.store, &facts.facts.lookup, &facts.facts.facts))
		happen(NULL, &facts);
	if (store_findings(run.store, &findings.findings))
		happen(NULL, &findings);
	look_for_damage();
	sending_saved(ticket);
	run.saved = ticket;
	run.backlog = backlog;
	turned(NULL);
}

/* Told by the helper that makes the daily files. */
static void on_daily(void *self, bool failed)
{
	(void)self;
	happen_and_turn(&(struct event){.kind = EVENT_EXPORT, .ready = !failed});
}

static void on_sent(void *self)
{
	(void)self;
	store_count(run.store);
}

static void on_till(void *self, const struct till_line *line, char *out, size_t size)
{
	(void)self;
	till_desk_answer(&run.dispatch, run.config, line, run.saved, out, size);
	turned(NULL);
}

static void stop(void *self)
{
	(void)self;
	happen_and_turn(&(struct event){.kind = EVENT_STOP});
}

static void on_signal(void *self, GIOCondition condition)
{
	int fd = *(const int *)self;
	struct signalfd_siginfo info;

	(void)condition;
	if (read(fd, &info, sizeof(info)) != (ssize_t)sizeof(info))
		return;
	if (info.ssi_signo == SIGWINCH)
		display_resized();
	else
		stop(NULL);
	turned(NULL);
}

/* ---- beginning and end ------------------------------------------------------------------ */

static bool open_store(GError **error)
{
	const struct config *config = run.config;

	run.store = store_open(&run.survey->store, error);
	if (run.store == NULL)
		return false;
	clock_init(&run.clock, config->timezone, config->day_starts_min,
		   store_newest_ms(run.store));
	return true;
}

/* A socket that nobody configured may fail; the survey goes on without it. */
static bool open_till(GError **error)
{
	const struct till_config *till = &run.config->till_line;
	g_autoptr(GError) why = NULL;

	run.till = till_socket_new(till->socket, till->socket_group, on_till, NULL, &why);
	if (run.till == NULL && till->present) {
		g_propagate_error(error, g_steal_pointer(&why));
		return false;
	}
	if (run.till == NULL)
		g_string_append_printf(run.notes, "%s\n", why->message);
	return true;
}

static void begin(int *signals)
{
	uint8_t seed[32];

	run.timer = watch_new(on_timer, NULL);
	run.stored = watch_new(on_stored, NULL);
	watch_fd(run.stored, store_fd(run.store), G_IO_IN);
	run.signals = watch_new(on_signal, signals);
	watch_fd(run.signals, *signals, G_IO_IN);
	if (getentropy(seed, sizeof(seed)) != 0)
		g_error("the system gives no random bytes: %s", g_strerror(errno));
	dispatch_init(&run.dispatch, &world, &run.survey->rules, seed);
	counter_recall_queue(&run.dispatch.counter, store_queue_past(run.store));
	turned(NULL);
	happen(NULL, &(struct event){.kind = EVENT_GUESSES,
				     .guesses = pin_guess_wrong(run.config->database)});
	look_for_damage();
	devices_open(run.config, happen, turned, NULL);
	till_display_open(&run.config->till_line, happen, turned, NULL);
	store_count(run.store);
	run.daily = daily_open(run.config, &run.clock, on_daily, NULL);
	sending_open(run.config, on_sent, NULL);
	turned(NULL);
}

static bool close_store(GError **error)
{
	char why[256] = "";
	bool fine = store_trouble(run.store, why) == STORE_FINE;
	const char *aside = store_set_aside(run.store);

	hand_over_saves();
	if (aside != NULL)
		g_string_append_printf(
			run.notes,
			"the database was damaged and set aside as %s; take its "
			"visits over: tillask recover %s\n",
			aside, aside);
	if (store_close(run.store, fine ? CLOSE_MS : CLOSE_TROUBLE_MS))
		return true;
	g_set_error(
		error, G_FILE_ERROR, G_FILE_ERROR_IO,
		"not everything could be written to %s before the end: %s; what the screen "
		"confirmed is kept",
		run.config->database, why[0] != '\0' ? why : "the disk does not answer");
	return false;
}

static bool run_with_screen(int *signals, GError **error)
{
	struct view_context context;
	const struct display_calls calls = {
		.key = happen, .turned = turned, .gone = stop};

	survey_context(run.survey, &context);
	if (!display_open(&context, &calls, error))
		return false;
	begin(signals);
	run.publication = publication_new(run.config, run.taken, LOOK_MS, on_publication,
					  NULL);
	while (!run.quitting)
		g_main_context_iteration(NULL, TRUE);
	publication_free(run.publication);
	daily_close(run.daily);
	sending_close();
	till_display_close();
	devices_close();
	return true;
}

static bool run_with_store(int *signals, GError **error)
{
	bool ran, saved;

	if (!open_store(error))
		return false;
	ran = open_till(error) && run_with_screen(signals, error);
	till_socket_free(run.till);
	saved = close_store(ran ? error : NULL);
	display_close();
	pin_thread_end();
	files_now_end();
	return ran && saved;
}

bool run_terminal(const struct config *config, GError **error)
{
	int signals;
	bool done;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		g_set_error(
			error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
			"opening the screen: standard input and output are no terminal; start "
			"it on a console or in a terminal window");
		return false;
	}
	run.config = config;
	run.notes = g_string_new(NULL);
	signals = process_prepare();
	run.former = g_ptr_array_new_with_free_func((GDestroyNotify)survey_free);
	run.taken = inbox_taken(config->database, NULL);
	run.survey = survey_begin(config, run.notes, error);
	done = run.survey != NULL && run_with_store(&signals, error);
	fputs(run.notes->str, stderr);
	g_string_free(run.notes, TRUE);
	survey_free(run.survey);
	survey_free(run.next);
	g_ptr_array_unref(run.former);
	watch_free(run.timer);
	watch_free(run.stored);
	watch_free(run.signals);
	close(signals);
	return done;
}
