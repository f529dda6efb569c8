#include "store/store.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "store/lookup.h"
#include "store/inquiries.h"
#include "store/files.h"
#include "store/writer.h"

#define BACK_OFF_LEAST_MS 100
#define BACK_OFF_MOST_MS  5000
#define TOGETHER_MAX      64 /* saves in one transaction */

struct store {
	struct store_options options; /* as opened */
	int lock_fd, notify_fd;
	int ended_fd, abandon_fd; /* readable from then on: waits that have an end */
	int64_t newest_ms;
	struct queue_past queue;
	struct lookup *lookup;
	struct inquiries *inquiries;
	pthread_t thread;
	_Atomic uint64_t saved;
	_Atomic uint32_t backlog;

	pthread_mutex_t
		mutex; /* holds the rest of this group; never held while waiting for a disk */
	pthread_cond_t wake;  /* the store thread's */
	unsigned head, tail;  /* counts: ring[tail..head) modulo its size waits */
	bool count;           /* the backlog is to be counted */
	bool stop;            /* end when nothing waits */
	bool abandon;         /* end now */
	bool ended, orphaned; /* orphaned: store_close() did not wait, the thread frees */
	enum store_trouble trouble;
	char trouble_text[256];
	const char *aside; /* interned */
	bool other;        /* the writer is to go on with these */
	struct store_options others;

	struct store_options writers; /* from here on the store thread's own */
	struct writer writer;         /* the store thread's own, as all that follows */
	bool connected, recovered, counting;
	bool registering; /* the writer's options are not registered yet */
	unsigned damages; /* in a row: a second one on a new connection is believed */
	int back_off_ms;

	struct save ring[STORE_RING];
};

static void notify(struct store *s)
{
	uint64_t one = 1;
	if (write(s->notify_fd, &one, sizeof one) < 0)
		g_info("the main loop is behind"); /* the counter is full: readable already */
}

static void tell(struct store *s, enum store_trouble trouble, const char *text)
{
	pthread_mutex_lock(&s->mutex);
	bool news = s->trouble != trouble;
	s->trouble = trouble;
	g_strlcpy(s->trouble_text, text, sizeof s->trouble_text);
	pthread_mutex_unlock(&s->mutex);
	if (news)
		notify(s);
}

static enum store_trouble trouble_of(enum writer_result result)
{
	switch (result) {
	case WRITER_OK:
		return STORE_FINE;
	case WRITER_FULL:
		return STORE_FULL;
	case WRITER_BUSY:
		return STORE_BUSY;
	case WRITER_FAILING:
	case WRITER_DENIED:
	case WRITER_DAMAGED:
	case WRITER_NEWER:
	case WRITER_FOREIGN:
		return STORE_FAILING;
	}
	g_assert_not_reached();
}

/* Opens the database again, sets it aside when it is damaged for the second time, and on the
 * first success closes what an earlier run left open. */
static enum writer_result connect_writer(struct store *s)
{
	char *aside = NULL;
	enum writer_result result = WRITER_OK;
	if (!s->connected)
		result = writer_open(&s->writer, s->damages > 1, &aside);
	if (aside != NULL) {
		pthread_mutex_lock(&s->mutex);
		s->aside = g_intern_string(aside);
		s->count = true;
		pthread_mutex_unlock(&s->mutex);
		g_free(aside);
		s->damages = 0;
		if (s->lookup != NULL)
			lookup_reopen(s->lookup);
	}
	s->connected = result == WRITER_OK;
	if (s->connected && s->registering) {
		result = writer_register(&s->writer);
		s->registering = result != WRITER_OK;
	}
	if (s->connected && !s->recovered && result == WRITER_OK) {
		result = writer_recover(&s->writer);
		s->recovered = result == WRITER_OK;
	}
	return result;
}

/* After a failure: what the next try begins with. */
static void after(struct store *s, enum writer_result result)
{
	tell(s, trouble_of(result), result == WRITER_OK ? "" : s->writer.text);
	if (result == WRITER_OK) {
		s->damages = 0;
		s->back_off_ms = 0;
		return;
	}
	store_count(s); /* what was stored is not known */
	s->damages = result == WRITER_DAMAGED ? s->damages + 1 : 0;
	if (result != WRITER_BUSY) {
		writer_close(&s->writer);
		s->connected = false;
	}
	s->back_off_ms = CLAMP(2 * s->back_off_ms, BACK_OFF_LEAST_MS, BACK_OFF_MOST_MS);
}

static int signal_new(void)
{
	return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
}

/* It stays set. */
static void signal_set(int fd)
{
	const uint64_t one = 1;
	if (write(fd, &one, sizeof one) < 0)
		g_assert(errno == EAGAIN);
}

/* At most MS, which no set clock changes. */
static void signal_wait(int fd, int ms)
{
	struct pollfd wanted = {.fd = fd, .events = POLLIN};
	while (poll(&wanted, 1, ms) < 0 && errno == EINTR)
		;
}

/* Waits for work or for the time of the next try.  FROM and the number of the saves that wait,
 * at most TOGETHER_MAX; 0: the thread is to end. */
static unsigned wait_for_work(struct store *s, unsigned *from)
{
	if (s->back_off_ms > 0)
		signal_wait(s->abandon_fd, s->back_off_ms);
	pthread_mutex_lock(&s->mutex);
	while (s->head == s->tail && s->recovered && !s->registering && !s->other &&
	       !s->count && !s->stop && !s->abandon)
		pthread_cond_wait(&s->wake, &s->mutex);
	if (s->other) { /* of what was handed over before nothing is left */
		s->writers = s->others;
		s->other = false;
		s->registering = true;
	}
	s->counting = s->count && !s->stop && !s->abandon;
	s->count = false;
	*from = s->tail % STORE_RING;
	unsigned n = s->abandon ? 0 : MIN(s->head - s->tail, TOGETHER_MAX);
	n = MIN(n, STORE_RING - *from);
	pthread_mutex_unlock(&s->mutex);
	return n;
}

static bool over(struct store *s)
{
	pthread_mutex_lock(&s->mutex);
	bool is_over = s->abandon || (s->stop && s->head == s->tail);
	pthread_mutex_unlock(&s->mutex);
	return is_over;
}

static void saved(struct store *s, unsigned from, unsigned n)
{
	uint32_t records = 0;
	for (unsigned i = from; i < from + n; i++) {
		const struct save *save = &s->ring[i];
		records += save->closing;
		records += save->has_card_event && id_is_none(&save->card_event.visit);
	}
	s->backlog += records;
	uint64_t ticket = s->ring[from + n - 1].ticket;
	pthread_mutex_lock(&s->mutex);
	s->tail += n;
	pthread_mutex_unlock(&s->mutex);
	s->saved =
		ticket; /* who sees it sees that nothing waits (store_take_options()) */
	notify(s);
}

static enum writer_result count(struct store *s)
{
	uint32_t records = 0;
	enum writer_result result = writer_backlog(&s->writer, &records);
	if (result == WRITER_OK && records != s->backlog) {
		s->backlog = records;
		notify(s);
	}
	return result;
}

static void destroy(struct store *s)
{
	if (s->notify_fd >= 0)
		close(s->notify_fd);
	if (s->lock_fd >= 0)
		close(s->lock_fd);
	close(s->ended_fd);
	close(s->abandon_fd);
	pthread_cond_destroy(&s->wake);
	pthread_mutex_destroy(&s->mutex);
	g_free(s);
}

static void *serve(void *self)
{
	struct store *s = self;
	while (!over(s)) {
		unsigned from, n = wait_for_work(s, &from);
		if (n == 0 && s->recovered && !s->counting && !s->registering)
			continue;
		enum writer_result result = connect_writer(s);
		if (result == WRITER_OK && n > 0)
			result = writer_save(&s->writer, &s->ring[from], n);
		if (result == WRITER_OK && n > 0)
			saved(s, from, n);
		if (result == WRITER_OK && s->counting)
			result = count(s);
		after(s, result);
	}
	/* The writer goes last: who closes a database last empties its log, and must be able to. */
	lookup_free(s->lookup);
	inquiries_free(s->inquiries);
	writer_close(&s->writer);
	pthread_mutex_lock(&s->mutex);
	s->ended = true;
	signal_set(s->ended_fd);
	bool orphaned = s->orphaned;
	pthread_mutex_unlock(&s->mutex);
	if (orphaned)
		destroy(s);
	return NULL;
}

/* Signals are for the main thread. */
static void start(struct store *s)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	s->lookup = lookup_new(&s->options, s->notify_fd);
	s->inquiries = inquiries_new(&s->options, s->notify_fd);
	int rc = pthread_create(&s->thread, NULL, serve, s);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	g_assert(rc == 0);
}

struct store *store_open(const struct store_options *options, GError **error)
{
	signal(SIGXFSZ, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	int lock_fd = files_lock(options->path, error);
	if (lock_fd < 0)
		return NULL;
	struct store *s = g_new0(struct store, 1);
	s->options = s->writers = *options;
	s->lock_fd = lock_fd;
	s->notify_fd = signal_new();
	s->ended_fd = signal_new();
	s->abandon_fd = signal_new();
	pthread_mutex_init(&s->mutex, NULL);
	pthread_cond_init(&s->wake, NULL);
	writer_init(&s->writer, &s->writers);
	enum writer_result result = connect_writer(s);
	if (result == WRITER_DENIED || result == WRITER_NEWER ||
	    result == WRITER_FOREIGN) {
		g_set_error(error, STORE_ERROR,
			    result == WRITER_NEWER ? STORE_ERROR_NEWER
						   : STORE_ERROR_FAILED,
			    "opening the database %s: %s", options->path, s->writer.text);
		writer_close(&s->writer);
		destroy(s);
		return NULL;
	}
	s->newest_ms = s->connected ? s->writer.newest_ms : INT64_MIN;
	s->queue = s->writer.queue;
	s->count = true;
	after(s, result);
	start(s);
	return s;
}

bool store_close(struct store *s, int timeout_ms)
{
	pthread_mutex_lock(&s->mutex);
	s->stop = true;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->mutex);
	signal_wait(s->ended_fd, timeout_ms);
	pthread_mutex_lock(&s->mutex);
	bool durable = s->head == s->tail;
	s->abandon = true;
	signal_set(s->abandon_fd);
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->mutex);
	signal_wait(s->ended_fd, 50);
	pthread_mutex_lock(&s->mutex);
	bool ended = s->ended;
	s->orphaned = !ended;
	if (s->orphaned)
		pthread_detach(s->thread);
	pthread_mutex_unlock(&s->mutex);
	if (!ended)
		return durable;
	pthread_join(s->thread, NULL);
	destroy(s);
	return durable;
}

void store_save(struct store *s, const struct save *save)
{
	pthread_mutex_lock(&s->mutex);
	g_assert(s->head - s->tail < STORE_RING);
	/* From the start again where possible: memory that was never used costs nothing. */
	if (s->head == s->tail)
		s->head = s->tail = 0;
	s->ring[s->head++ % STORE_RING] = *save;
	pthread_mutex_unlock(&s->mutex);
	pthread_cond_signal(&s->wake); /* who wakes finds the mutex free */
}

void store_take_options(struct store *s, const struct store_options *options)
{
	pthread_mutex_lock(&s->mutex);
	g_assert(s->head == s->tail);
	s->others = *options;
	s->other = true;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->mutex);
	lookup_take_questionnaire(s->lookup, options->questionnaire);
	inquiries_take_options(s->inquiries, options);
}

int store_fd(const struct store *s)
{
	return s->notify_fd;
}

void store_clear(struct store *s)
{
	uint64_t news;
	if (read(s->notify_fd, &news, sizeof news) < 0)
		g_assert(errno == EAGAIN || errno == EINTR);
}

uint64_t store_saved_ticket(const struct store *s)
{
	return s->saved;
}

enum store_trouble store_trouble(struct store *s, char text[256])
{
	pthread_mutex_lock(&s->mutex);
	enum store_trouble trouble = s->trouble;
	if (text != NULL)
		memcpy(text, s->trouble_text, sizeof s->trouble_text);
	pthread_mutex_unlock(&s->mutex);
	return trouble;
}

const char *store_set_aside(struct store *s)
{
	pthread_mutex_lock(&s->mutex);
	const char *aside = s->aside;
	pthread_mutex_unlock(&s->mutex);
	return aside;
}

int64_t store_newest_ms(const struct store *s)
{
	return s->newest_ms;
}

const struct queue_past *store_queue_past(const struct store *s)
{
	return &s->queue;
}

void store_lookup(struct store *s, uint32_t lookup, const char *card, int32_t today)
{
	lookup_ask(s->lookup, lookup, card, today);
}

bool store_facts(struct store *s, uint32_t *lookup, struct card_facts *facts)
{
	return lookup_take(s->lookup, lookup, facts);
}

uint32_t store_backlog(const struct store *s)
{
	return s->backlog;
}

void store_count(struct store *s)
{
	pthread_mutex_lock(&s->mutex);
	s->count = true;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->mutex);
}

void store_inquire(struct store *s, const struct inquiry *inquiry)
{
	inquiries_ask(s->inquiries, inquiry);
}

bool store_findings(struct store *s, struct findings *findings)
{
	return inquiries_take(s->inquiries, findings);
}
