/* run.h - the terminal itself: everything of this machine behind the core's table of functions.
 *
 *	keys, touch  -> display.h   -\                       /-> display.h (screen)
 *	card readers -> devices.h   --+-> dispatch -> core --+-> store (thread)
 *	till         -> till_desk.h -/       ^               \-> devices.h, pin_thread.h
 *	             store, PINs, timer, signals
 *
 * One GLib main loop; each source does a bounded piece of work a turn and then has the screen
 * painted, and only after that the rows of the turn go to the store's thread: a key's answer is
 * on the screen before the disk competes with it.
 */
#ifndef TILLASK_RUN_RUN_H
#define TILLASK_RUN_RUN_H

#include "config.h"

/* Runs until it is told to end (SIGTERM, SIGHUP, the manager's page, the end of the terminal).
 * False and ERROR when it could not begin, or could not save everything before it ended; the
 * terminal is then as it was before.  What people should know besides is on standard error,
 * after the screen is given back.  Once a process. */
bool run_terminal(const struct config *config, GError **error);

#endif
