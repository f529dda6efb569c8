/* display.c - see display.h */
#include "run/display.h"

#include <unistd.h>

#include "run/watch.h"

static struct {
	struct tty *tty; /* NULL: closed */
	struct watch *watch;
	struct canvas canvas;
	struct view_context context;
	struct display_calls calls;
	struct page page;
	bool changed;  /* the page, or the size that it is drawn in */
	bool reading;  /* the terminal is at work: it may not be drained */
	bool dropping; /* asked for meanwhile */
} display;

static int64_t now_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

static void on_key(void *self, enum key key, uint32_t character)
{
	const struct event event = {.kind = EVENT_KEY,
				    .key = {.key = key, .character = character}};

	(void)self;
	if (!display.dropping)
		display.calls.key(display.calls.self, &event);
}

static bool read_keys(GIOCondition condition)
{
	bool there = true;

	display.reading = true;
	if (condition == 0)
		tty_time(display.tty, now_ms(), on_key, NULL);
	else if ((condition & (G_IO_IN | G_IO_HUP | G_IO_ERR)) != 0)
		there = tty_read(display.tty, now_ms(), on_key, NULL);
	display.reading = false;
	if (display.dropping)
		tty_drain(display.tty);
	display.dropping = false;
	return there;
}

static void on_watch(void *self, GIOCondition condition)
{
	(void)self;
	if ((condition & G_IO_OUT) != 0)
		tty_flush(display.tty);
	if (read_keys(condition)) {
		display.calls.turned(display.calls.self);
		return;
	}
	watch_fd(display.watch, -1, 0);
	display.calls.gone(display.calls.self);
}

static void fit(void)
{
	int rows, cols;

	tty_size(display.tty, &rows, &cols);
	canvas_resize(&display.canvas, rows, cols);
	display.changed = true;
}

bool display_open(const struct view_context *context, const struct display_calls *calls,
		  GError **error)
{
	display.tty = tty_open(STDIN_FILENO, error);
	if (display.tty == NULL)
		return false;
	display.context = *context;
	display.calls = *calls;
	display.watch = watch_new(on_watch, NULL);
	canvas_init(&display.canvas);
	display.canvas.ascii_only = tty_ascii_only(display.tty);
	fit();
	return true;
}

void display_take_context(const struct view_context *context)
{
	display.context = *context;
	display.changed = true;
}

void display_show(const struct page *page)
{
	display.page = *page;
	display.changed = true;
}

void display_turned(void)
{
	if (display.changed) {
		display.changed = false;
		view_draw(&display.canvas, &display.page, &display.context);
		tty_paint(display.tty, &display.canvas);
	}
	watch_fd(display.watch, tty_fd(display.tty),
		 G_IO_IN | (tty_wants_write(display.tty) ? G_IO_OUT : 0));
	watch_time(display.watch, tty_deadline_ms(display.tty));
}

void display_resized(void)
{
	fit();
}

void display_drop_keys(void)
{
	if (display.reading)
		display.dropping = true;
	else
		tty_drain(display.tty);
}

void display_close(void)
{
	if (display.tty == NULL)
		return;
	watch_free(display.watch);
	tty_close(display.tty);
	canvas_free(&display.canvas);
	display.tty = NULL;
}
