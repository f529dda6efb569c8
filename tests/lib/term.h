/* term.h - a real program on a pty, its screen read by libvterm.
 *
 * The test is the terminal: it types bytes, sees cells, changes its size, hangs up.  Everything
 * but term_free() that waits has a limit in milliseconds of its own.  The program's standard
 * error does not come to the screen but to term_errors().  One thread.
 */
#ifndef TESTS_TERM_H
#define TESTS_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct term;

struct term_how {
	const char *const *argv; /* argv[0] is the program's path; ends with NULL */
	const char *const
		*env; /* NAME=VALUE, or NAME to remove it; ends with NULL; may be NULL */
	const char *folder; /* working directory, or NULL */
	int rows, cols;
	bool errors_on_screen; /* standard error is the terminal too */
};

/* Starts it; TERM is xterm-256color and LANG C.UTF-8 unless ENV says otherwise. */
struct term *term_start(const struct term_how *how);

/* Kills it if it still lives. */
void term_free(struct term *t);

pid_t term_pid(const struct term *t);

/* Types TEXT; waits until the program takes it, at most 10 s. */
void term_send(struct term *t, const char *text);

/* As many bytes as the line takes now; returns how many. */
size_t term_try_send(struct term *t, const char *bytes, size_t n);

/* Reads what the program writes for MS. */
void term_run(struct term *t, int ms);

/* Reads until the program was quiet for MS. */
void term_settle(struct term *t, int ms);

/* Reads once when there is something within MS; false when there was nothing. */
bool term_read(struct term *t, int ms);

/* Whether a line of the screen holds TEXT, as of the last reading. */
bool term_shows(const struct term *t, const char *text);

/* Reads until it does, or does not any more; the test fails with a picture of the screen when MS
 * went by. */
void term_expect(struct term *t, const char *text, int ms);
void term_expect_gone(struct term *t, const char *text, int ms);

/* The screen as text, a line a row, blanks at the end of lines cut; the caller frees. */
char *term_screen(const struct term *t);

/* Whether the cell under the first character of TEXT is in reverse video or coloured. */
bool term_marked(const struct term *t, const char *text);

/* Row and column (0-based) of TEXT; false when it is not there. */
bool term_find(const struct term *t, const char *text, int *row, int *col);

/* Bytes written by the program so far. */
uint64_t term_bytes(const struct term *t);

/* When the last of them were read (g_get_monotonic_time). */
int64_t term_arrived_us(const struct term *t);

void term_resize(struct term *t, int rows, int cols);

/* Scroll Lock: the terminal takes nothing until it goes on. */
void term_stop(struct term *t, bool stop);

/* The line is cut: the program gets SIGHUP. */
void term_hang_up(struct term *t);

void term_signal(struct term *t, int signal);

/* Its exit code, 128 + signal, or -1 when it still lives after MS.  Reads meanwhile. */
int term_exit(struct term *t, int ms);

/* What it wrote to standard error so far; the caller frees. */
char *term_errors(const struct term *t);

#endif
