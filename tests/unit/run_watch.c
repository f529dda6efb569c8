/* run_watch: descriptors and deadlines, changed while they are waited for */
#include <glib.h>
#include <unistd.h>

#include "core/moment.h"
#include "run/watch.h"

struct fixture {
	struct watch *watch;
	int calls, deadlines;
	GIOCondition condition;
	int next_ms; /* set anew from within the call; 0: not */
};

static int64_t now_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

static void on_watch(void *self, GIOCondition condition)
{
	struct fixture *f = self;

	f->calls++;
	f->deadlines += condition == 0;
	f->condition = condition;
	if (f->next_ms > 0)
		watch_time(f->watch, now_ms() + f->next_ms);
}

/* Turns the loop for MS. */
static void turn(int ms)
{
	gint64 end = g_get_monotonic_time() + ms * 1000;

	while (g_get_monotonic_time() < end) {
		g_main_context_iteration(NULL, FALSE);
		g_usleep(500);
	}
}

static void test_deadline(void)
{
	struct fixture f = {0};

	f.watch = watch_new(on_watch, &f);
	turn(5);
	g_assert_cmpint(f.calls, ==, 0);
	watch_time(f.watch, now_ms() + 20);
	turn(10);
	g_assert_cmpint(f.calls, ==, 0);
	turn(50);
	g_assert_cmpint(f.deadlines, ==, 1); /* once, then it is gone */
	watch_time(f.watch, now_ms() + 5);
	watch_time(f.watch, MOMENT_NEVER);
	turn(30);
	g_assert_cmpint(f.deadlines, ==, 1);
	watch_time(f.watch, 0); /* long ago: now */
	turn(10);
	g_assert_cmpint(f.deadlines, ==, 2);
	f.next_ms = 10;
	watch_time(f.watch, now_ms());
	turn(100);
	g_assert_cmpint(f.deadlines, >, 6);
	watch_free(f.watch);
	turn(30);
}

static void test_descriptor(void)
{
	struct fixture f = {0};
	int a[2], b[2];

	g_assert_cmpint(pipe(a), ==, 0);
	g_assert_cmpint(pipe(b), ==, 0);
	f.watch = watch_new(on_watch, &f);
	watch_fd(f.watch, a[0], G_IO_IN);
	turn(5);
	g_assert_cmpint(f.calls, ==, 0);
	g_assert_cmpint(write(a[1], "x", 1), ==, 1);
	turn(5);
	g_assert_cmpint(f.calls, >, 0);
	g_assert_cmpint(f.condition, ==, G_IO_IN);
	watch_fd(f.watch, b[0], G_IO_IN);
	f.calls = 0;
	turn(5);
	g_assert_cmpint(f.calls, ==, 0);
	close(b[1]);
	turn(5);
	g_assert_true((f.condition & G_IO_HUP) != 0);
	watch_fd(f.watch, -1, 0);
	f.calls = 0;
	turn(5);
	g_assert_cmpint(f.calls, ==, 0);
	watch_fd(f.watch, a[1], G_IO_IN);
	watch_fd(f.watch, a[1], G_IO_OUT);
	turn(5);
	g_assert_cmpint(f.condition, ==, G_IO_OUT);
	watch_free(f.watch);
	close(a[0]);
	close(a[1]);
	close(b[0]);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/watch/deadline", test_deadline);
	g_test_add_func("/watch/descriptor", test_descriptor);
	return g_test_run();
}
