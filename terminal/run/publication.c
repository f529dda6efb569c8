/* publication.c - see publication.h */
#include "run/publication.h"

#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "run/watch.h"
#include "store/inbox.h"

struct publication {
	const struct config *local;
	publication_ready ready;
	void *self;
	int fd; /* readable when there is one */
	struct watch *watch;
	int look_ms;
	pthread_t thread;
	/* the thread's own */
	int64_t taken;  /* the count of what is in use, or handed over */
	int64_t judged; /* the count of what `unfit` is about; -1: of nothing yet */
	bool unfit;     /* what is in force does not go together with LOCAL */
	pthread_mutex_t mutex; /* holds the rest */
	pthread_cond_t wake;
	bool stop, refused;
	struct config *config;
};

/* *OUT: with what is in force, or LOCAL again when nothing is published any more; NULL: the two do
 * not go together.  False: it cannot be read now. */
static bool read_config(const struct config *local, struct config **out)
{
	struct faults *faults = faults_new(local->file);
	bool read = inbox_config(local, INBOX_GOOD, faults, out);

	if (read && *out == NULL && faults_count(faults) == 0)
		*out = config_with(local, NULL, 0, faults);
	faults_free(faults);
	return read;
}

/* The configuration to be used from now on; NULL: none, or the one that is in use. */
static struct config *judge(struct publication *p, int64_t taken)
{
	struct config *config;

	/* none in a database that replaced a damaged one: what is in use stays */
	if (taken <= 0 || taken == p->judged || !read_config(p->local, &config))
		return NULL;
	p->judged = taken;
	p->unfit = config == NULL;
	if (config != NULL && taken == p->taken)
		g_clear_pointer(&config, config_free);
	else if (config != NULL)
		p->taken = taken;
	return config;
}

/* CONFIG may be NULL. */
static void tell(struct publication *p, struct config *config, bool refused)
{
	uint64_t one = 1;
	bool news;

	pthread_mutex_lock(&p->mutex);
	news = config != NULL || refused != p->refused;
	p->refused = refused;
	if (config != NULL) {
		config_free(p->config);
		p->config = config;
	}
	pthread_mutex_unlock(&p->mutex);
	if (news && write(p->fd, &one, sizeof(one)) < 0)
		g_info("the main loop is behind"); /* the counter is full: readable already */
}

static void look(struct publication *p)
{
	bool refused = false;
	int64_t taken = inbox_taken(p->local->database, &refused);

	if (taken < 0)
		return;
	struct config *config = judge(p, taken);
	tell(p, config, refused || p->unfit);
}

/* Until the next look, or the end.  Holds the mutex. */
static void rest(struct publication *p)
{
	int64_t until_us = g_get_monotonic_time() + p->look_ms * INT64_C(1000);
	const struct timespec until = {.tv_sec = until_us / G_USEC_PER_SEC,
				       .tv_nsec = until_us % G_USEC_PER_SEC * 1000};

	while (!p->stop && g_get_monotonic_time() < until_us)
		pthread_cond_timedwait(&p->wake, &p->mutex, &until);
}

static void *serve(void *self)
{
	struct publication *p = self;

	pthread_mutex_lock(&p->mutex);
	for (rest(p); !p->stop; rest(p)) {
		pthread_mutex_unlock(&p->mutex);
		look(p);
		pthread_mutex_lock(&p->mutex);
	}
	pthread_mutex_unlock(&p->mutex);
	return NULL;
}

static void on_ready(void *self, GIOCondition condition)
{
	struct publication *p = self;
	uint64_t news;

	(void)condition;
	if (read(p->fd, &news, sizeof(news)) == (ssize_t)sizeof(news))
		p->ready(p->self);
}

static void begin(struct publication *p)
{
	pthread_condattr_t monotonic;
	sigset_t all, before;

	pthread_mutex_init(&p->mutex, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&p->wake, &monotonic);
	pthread_condattr_destroy(&monotonic);
	sigfillset(&all); /* signals are for the main thread */
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int failed = pthread_create(&p->thread, NULL, serve, p);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (failed != 0)
		g_error("starting a thread: %s", g_strerror(failed));
}

struct publication *publication_new(const struct config *local, int64_t taken,
				    int look_ms, publication_ready ready, void *self)
{
	struct publication *p = g_new0(struct publication, 1);

	p->local = local;
	p->taken = taken;
	p->judged = -1;
	p->ready = ready;
	p->self = self;
	p->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	p->watch = watch_new(on_ready, p);
	watch_fd(p->watch, p->fd, G_IO_IN);
	p->look_ms = look_ms;
	begin(p);
	return p;
}

struct config *publication_take(struct publication *p)
{
	pthread_mutex_lock(&p->mutex);
	struct config *config = g_steal_pointer(&p->config);
	pthread_mutex_unlock(&p->mutex);
	return config;
}

bool publication_refused(struct publication *p)
{
	pthread_mutex_lock(&p->mutex);
	bool refused = p->refused;
	pthread_mutex_unlock(&p->mutex);
	return refused;
}

void publication_free(struct publication *p)
{
	if (p == NULL)
		return;
	pthread_mutex_lock(&p->mutex);
	p->stop = true;
	pthread_cond_signal(&p->wake);
	pthread_mutex_unlock(&p->mutex);
	pthread_join(p->thread, NULL);
	watch_free(p->watch);
	close(p->fd);
	config_free(p->config);
	pthread_mutex_destroy(&p->mutex);
	pthread_cond_destroy(&p->wake);
	g_free(p);
}
