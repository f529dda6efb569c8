/* till_socket.h - the Unix socket on which the till speaks: a line in, a line out.
 *
 * Clients come and go; each has a fixed buffer for a line in and for answers out, so one that
 * sends garbage without end or never reads can only lose its own connection:
 *
 *   more than TILL_CLIENTS at once      one is closed for the newest: of those that never said
 *                                       a right line, else of all, the one silent longest
 *   a line longer than TILL_LINE_MAX    ERR, once, and the rest of that line is skipped
 *   TILL_WRONG_MAX wrong lines in a row, or buffers of a skipped line
 *                                       ERR, and closed
 *   answers not taken                   no line of it is read until they are
 *
 * A line without its end is no line, also before the end of the connection.
 *
 * Only the descriptors are waited for (GLib sources of the default context); nothing blocks, and
 * after till_socket_new() nothing allocates but GLib's source of a new client.  Lines are wiped
 * when answered: one may have held the number of a bank card.  Main thread only.
 */
#ifndef TILLASK_RUN_TILL_SOCKET_H
#define TILLASK_RUN_TILL_SOCKET_H

#include <glib.h>

#include "run/till_line.h"

#define TILL_CLIENTS     16
#define TILL_WRONG_MAX   32
#define TILL_ANSWERS_MAX 4096
#define TILL_ANSWER_MAX  512 /* one answer, with its line end */

struct till_socket;

/* Answers LINE in OUT (SIZE bytes, NUL-terminated, without line end): "OK ..." or "ERR ...". */
typedef void (*till_answer)(void *self, const struct till_line *line, char *out,
			    size_t size);

/* Makes the socket at PATH (at most 107 bytes), mode 0660, group GROUP ("": as the program).
 * What a program that died left there is replaced.  NULL and ERROR when a living one listens
 * there, something else lies there, or it cannot be made. */
struct till_socket *till_socket_new(const char *path, const char *group,
				    till_answer answer, void *self, GError **error);

/* Closes every connection and removes the file if it is still ours.  NULL is allowed. */
void till_socket_free(struct till_socket *s);

/* The client's side, for `tillask till`: sends LINE, waits for the answer at most 5 s.  The
 * caller frees it; NULL and ERROR when nobody listens or answers. */
char *till_socket_ask(const char *path, const char *line, GError **error);

#endif
