/* display.h - the screen and the keyboard in the main loop.
 *
 * display_show() only notes a page; display_turned(), at the end of a turn, draws and paints it.
 * While the terminal takes nothing (Scroll Lock, a hung line) pages are noted and the latest is
 * painted when it takes again: nothing waits.  One a process.  Main thread only.
 */
#ifndef TILLASK_RUN_DISPLAY_H
#define TILLASK_RUN_DISPLAY_H

#include "core/event.h"
#include "screen/tty.h"
#include "screen/view.h"

struct display_calls {
	void *self;
	/* A key (or a touch on it).  All keys of one reading are told before turned(). */
	void (*key)(void *self, const struct event *event);
	void (*turned)(void *self); /* the end of a turn in which anything was told */
	void (*gone)(void *self);   /* the terminal's line is closed */
};

/* Takes the terminal of standard input and output.  CONTEXT and CALLS are copied, what they
 * point to is borrowed. */
bool display_open(const struct view_context *context, const struct display_calls *calls,
		  GError **error);

/* Other words and questions; what they point to is borrowed in place of the former ones. */
void display_take_context(const struct view_context *context);

void display_show(const struct page *page);
void display_turned(void);

/* The terminal has another size: the page is drawn anew. */
void display_resized(void);

/* Drops the keys of the turn under way that were not told yet, and what waits unread. */
void display_drop_keys(void);

/* Gives the terminal back as it was.  Any number of times. */
void display_close(void);

#endif
