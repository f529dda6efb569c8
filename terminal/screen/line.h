/* line.h - the line to a terminal: raw bytes out as it takes them, and everything as it was
 * at the end, even when a signal kills the program.
 *
 * Nothing blocks but line_close().  Main thread only.
 */
#ifndef TILLASK_SCREEN_LINE_H
#define TILLASK_SCREEN_LINE_H

#include <glib.h>
#include <stdbool.h>
#include <termios.h>

#define LINE_CLOSE_MS 500

struct line {
	int fd;        /* ours, O_NONBLOCK */
	int given_fd;  /* the caller's, when it had to be made O_NONBLOCK, else -1 */
	int old_flags; /* of given_fd */
	bool raw;
	struct termios old_modes;
	GByteArray *pending;
	guint sent; /* of pending */
};

/* FD must be a terminal; the caller keeps it.  False and ERROR otherwise. */
bool line_open(struct line *line, int fd, GError **error);

/*
 * Raw: every byte as it comes, no echo, no signal keys, no Ctrl-S; speed and character size
 * stay.  RESTORE (at most 255 bytes) is what a fatal signal sends before the modes are put
 * back.  One line a process.
 */
void line_set_raw(struct line *line, const char *restore);

/* Sends what waits for at most LINE_CLOSE_MS, puts the modes back, closes. */
void line_close(struct line *line);

/* BYTES are sent after all that waits; nothing is sent before line_send(). */
void line_append(struct line *line, const void *bytes, size_t n);
/* Sends as much as the line takes. */
void line_send(struct line *line);
bool line_waits(const struct line *line);

/* 80 x 24 where the line does not know. */
void line_size(const struct line *line, int *rows, int *cols);

#endif
