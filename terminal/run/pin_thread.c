/* pin_thread.c - see pin_thread.h */
#include "run/pin_thread.h"

#include <glib.h>
#include <string.h>

#include "core/effect.h"
#include "pin.h"

struct job {
	const char *database;
	pin_thread_done done;  /* of a check, or */
	pin_thread_set answer; /* of a question */
	bool set;
	void *self;
	unsigned number;
	struct pin_guess guess;
	char cashier[CASHIER_MAX + 1];
	char pin[PIN_MAX + 1];
};

static GThreadPool *pool; /* one thread, made for the first check */
static unsigned latest, latest_set;

static gboolean tell(gpointer data)
{
	const struct job *job = data;

	if (job->answer != NULL && job->number == latest_set)
		job->answer(job->self, job->set);
	else if (job->done != NULL && job->number == latest)
		job->done(job->self, &job->guess, job->cashier);
	return G_SOURCE_REMOVE;
}

static void work(gpointer data, gpointer unused)
{
	struct job *job = data;

	(void)unused;
	if (job->answer != NULL)
		job->set = pin_is_set(job->database, "");
	else
		job->guess = pin_guess(job->database, job->cashier, job->pin);
	explicit_bzero(job->pin, sizeof(job->pin));
	g_idle_add_full(G_PRIORITY_DEFAULT, tell, job, g_free);
}

static void push(struct job *job)
{
	if (pool == NULL)
		pool = g_thread_pool_new(work, NULL, 1, FALSE, NULL);
	g_thread_pool_push(pool, job, NULL);
}

void pin_thread_check(const char *database, const char *cashier, const char *pin,
		      pin_thread_done done, void *self)
{
	struct job *job = g_new0(struct job, 1);

	job->database = database;
	job->done = done;
	job->self = self;
	job->number = ++latest;
	g_strlcpy(job->cashier, cashier, sizeof(job->cashier));
	g_strlcpy(job->pin, pin, sizeof(job->pin));
	push(job);
}

void pin_thread_ask_set(const char *database, pin_thread_set answer, void *self)
{
	struct job *job = g_new0(struct job, 1);

	job->database = database;
	job->answer = answer;
	job->self = self;
	job->number = ++latest_set;
	push(job);
}

void pin_thread_end(void)
{
	latest++;
	latest_set++;
	if (pool != NULL)
		g_thread_pool_free(pool, FALSE, TRUE);
	pool = NULL;
}
