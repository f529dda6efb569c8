/* till_line.h - the till's words: a line of the socket, understood.
 *
 *   PAY [receipt=R] [total=T] [cashier=C] [tender=cash|card] [kind=sale|return|void]
 *   PAID   HOLD   RESUME receipt=R   CANCEL   CARD NUMBER   STATUS
 *
 * Words are separated by blanks, each key stands at most once, case counts.  R is 1 to
 * RECEIPT_MAX bytes and C 1 to CASHIER_MAX bytes of UTF-8 without blanks or control characters.
 * T is 1 to 13 digits, or as many with `.` or `,` and two digits more; never negative: a return
 * is kind=return.  Pure; any thread; never blocks, allocates or fails on any bytes.
 */
#ifndef TILLASK_RUN_TILL_LINE_H
#define TILLASK_RUN_TILL_LINE_H

#include <stddef.h>

#include "core/event.h"

#define TILL_LINE_MAX 512 /* bytes, without the line end */

enum till_line_kind {
	TILL_LINE_WORD, /* PAY, PAID, HOLD, RESUME, CANCEL: `till` */
	TILL_LINE_CARD, /* `card`: an unchecked number: the guard comes next, wipe it */
	TILL_LINE_STATUS,
	TILL_LINE_WRONG, /* `wrong` says why; it never repeats what was sent */
};

struct till_line {
	enum till_line_kind kind;
	struct till_event till;
	char card[TILL_LINE_MAX + 1];
	const char *wrong; /* static */
};

/* TEXT is one line of LENGTH bytes without its line end (a CR before it does not count). */
void till_line_parse(const char *text, size_t length, struct till_line *out);

#endif
