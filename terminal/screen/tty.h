/* tty.h - the terminal: a canvas goes out, keys come in.  The only ncurses of the program.
 *
 * ncurses works out what changed and how to say it to this TERM, but writes into memory; the
 * bytes go to the terminal as it takes them.  So a stopped terminal (Scroll Lock, a hung line)
 * holds up nothing: while bytes wait, newer pictures replace each other, and the latest is
 * painted when the line is free.  Keys are decoded by keys.h.
 *
 * One terminal a process, main thread only; nothing blocks but tty_close() (at most
 * LINE_CLOSE_MS, line.h).  The main loop polls tty_fd() for input always, for output while
 * tty_wants_write(), and calls tty_time() at tty_deadline_ms().
 */
#ifndef TILLASK_SCREEN_TTY_H
#define TILLASK_SCREEN_TTY_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/event.h"
#include "screen/canvas.h"

struct tty;

/* CHARACTER for KEY_TEXT.  A touch comes as the key that the painted canvas has there. */
typedef void tty_key_func(void *self, enum key key, uint32_t character);

/*
 * Takes over the terminal FD (usually 0): raw, alternate screen, mouse and bracketed paste on,
 * no cursor.  Restored by tty_close() and when a signal kills the program.  setlocale() comes
 * before.  NULL and ERROR: FD is no terminal, or TERM is unknown or cannot place a cursor.
 */
struct tty *tty_open(int fd, GError **error);
void tty_close(struct tty *tty); /* NULL: nothing */

int tty_fd(const struct tty *tty);
bool tty_wants_write(const struct tty *tty);
/* Monotonic ms, MOMENT_NEVER: none; changes with tty_read(), tty_time(), tty_drain(). */
int64_t tty_deadline_ms(const struct tty *tty);

/* The size now; ask at start and after SIGWINCH.  80 x 24 where the line does not know. */
void tty_size(const struct tty *tty, int *rows, int *cols);

/* Shows CANVAS, copied; of the size of tty_size().  Another size than before repaints all. */
void tty_paint(struct tty *tty, const struct canvas *canvas);

/* The line takes output: sends what waits. */
void tty_flush(struct tty *tty);

/* There is input: reads once, calls TAKE for each key.  False: the terminal is gone. */
bool tty_read(struct tty *tty, int64_t now_ms, tty_key_func *take, void *self);
void tty_time(struct tty *tty, int64_t now_ms, tty_key_func *take, void *self);

/* Drops what was typed and not yet read. */
void tty_drain(struct tty *tty);

/* No line characters: canvas.ascii_only. */
bool tty_ascii_only(const struct tty *tty);

#endif
