/* watch.c - see watch.h */
#include "run/watch.h"

#include "core/moment.h"

struct watch {
	GSource source;
	watch_call call;
	void *self;
	gpointer tag;
	int fd;
	GIOCondition condition;
	int64_t due_ms;
};

static gboolean dispatch(GSource *source, GSourceFunc unused, gpointer user)
{
	struct watch *w = (struct watch *)source;
	GIOCondition condition = w->tag != NULL ? g_source_query_unix_fd(source, w->tag)
						: 0;

	(void)unused;
	(void)user;
	if (condition != 0)
		w->call(w->self, condition);
	if (w->due_ms >= 0 && g_get_monotonic_time() / 1000 >= w->due_ms) {
		watch_time(w, -1);
		w->call(w->self, 0);
	}
	return G_SOURCE_CONTINUE;
}

static GSourceFuncs functions = {.dispatch = dispatch};

struct watch *watch_new(watch_call call, void *self)
{
	GSource *source = g_source_new(&functions, sizeof(struct watch));
	struct watch *w = (struct watch *)source;

	w->call = call;
	w->self = self;
	w->tag = NULL;
	w->fd = -1;
	w->due_ms = -1;
	/* it never does; but else GLib takes the descriptor out and in around each call, and wakes
	 * the loop for that */
	g_source_set_can_recurse(source, TRUE);
	g_source_attach(source, NULL);
	return w;
}

void watch_free(struct watch *w)
{
	if (w == NULL)
		return;
	g_source_destroy(&w->source);
	g_source_unref(&w->source);
}

void watch_fd(struct watch *w, int fd, GIOCondition condition)
{
	if (fd == w->fd && (fd < 0 || condition == w->condition))
		return;
	if (w->tag != NULL && fd == w->fd) {
		g_source_modify_unix_fd(&w->source, w->tag, condition);
	} else {
		if (w->tag != NULL)
			g_source_remove_unix_fd(&w->source, w->tag);
		w->tag = fd >= 0 ? g_source_add_unix_fd(&w->source, fd, condition) : NULL;
	}
	w->fd = fd;
	w->condition = condition;
}

void watch_time(struct watch *w, int64_t mono_ms)
{
	int64_t due = mono_ms == MOMENT_NEVER ? -1 : MAX(mono_ms, -1);

	if (due == w->due_ms)
		return;
	w->due_ms = due;
	g_source_set_ready_time(&w->source, due < 0 ? -1 : due * 1000);
}
