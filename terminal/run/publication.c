/* publication.c - see publication.h */
#include "run/publication.h"

#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "run/watch.h"
#include "store/inbox.h"

#define LOOK_EVERY_US 2000000

struct publication {
	const struct config *local;
	publication_ready ready;
	void *self;
	int fd; /* readable when there is one */
	struct watch *watch;
	GThread *thread;
	int64_t taken; /* the thread's own */
	GMutex mutex;  /* holds the rest */
	GCond wake;
	bool stop;
	struct config *config;
};

/* With what is in force, or LOCAL again when nothing is published any more. */
static struct config *read_config(const struct config *local)
{
	struct faults *faults = faults_new(local->file);
	struct config *config = inbox_config(local, INBOX_GOOD, faults);

	if (config == NULL && faults_count(faults) == 0)
		config = config_with(local, NULL, 0, faults);
	faults_free(faults);
	return config;
}

static void look(struct publication *p)
{
	int64_t taken = inbox_taken(p->local->database);
	uint64_t one = 1;

	/* none in a database that replaced a damaged one: what is in use stays */
	if (taken <= 0 || taken == p->taken)
		return;
	p->taken = taken;
	struct config *config = read_config(p->local);
	if (config == NULL)
		return;
	g_mutex_lock(&p->mutex);
	config_free(p->config);
	p->config = config;
	g_mutex_unlock(&p->mutex);
	if (write(p->fd, &one, sizeof(one)) < 0)
		g_info("the main loop is behind"); /* the counter is full: readable already */
}

static void *serve(void *self)
{
	struct publication *p = self;

	g_mutex_lock(&p->mutex);
	while (!p->stop) {
		g_cond_wait_until(&p->wake, &p->mutex,
				  g_get_monotonic_time() + LOOK_EVERY_US);
		if (p->stop)
			break;
		g_mutex_unlock(&p->mutex);
		look(p);
		g_mutex_lock(&p->mutex);
	}
	g_mutex_unlock(&p->mutex);
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

struct publication *publication_new(const struct config *local, int64_t taken,
				    publication_ready ready, void *self)
{
	struct publication *p = g_new0(struct publication, 1);
	sigset_t all, before;

	p->local = local;
	p->taken = taken;
	p->ready = ready;
	p->self = self;
	p->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	p->watch = watch_new(on_ready, p);
	watch_fd(p->watch, p->fd, G_IO_IN);
	g_mutex_init(&p->mutex);
	g_cond_init(&p->wake);
	sigfillset(&all); /* signals are for the main thread */
	pthread_sigmask(SIG_SETMASK, &all, &before);
	p->thread = g_thread_new("publication", serve, p);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return p;
}

struct config *publication_take(struct publication *p)
{
	g_mutex_lock(&p->mutex);
	struct config *config = g_steal_pointer(&p->config);
	g_mutex_unlock(&p->mutex);
	return config;
}

void publication_free(struct publication *p)
{
	if (p == NULL)
		return;
	g_mutex_lock(&p->mutex);
	p->stop = true;
	g_cond_signal(&p->wake);
	g_mutex_unlock(&p->mutex);
	g_thread_join(p->thread);
	watch_free(p->watch);
	close(p->fd);
	config_free(p->config);
	g_mutex_clear(&p->mutex);
	g_cond_clear(&p->wake);
	g_free(p);
}
