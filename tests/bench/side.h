/* side.h - one of the two sides of a comparison: a program on a pty, and its till.
 *
 * Both sides are driven by the same keys through the same terminal (tests/lib/term.h).  A page
 * counts as painted when every row of the screen but the last (the cashier's status line, with
 * clock and records waiting) is as in the picture taken of it before; its time is when the bytes
 * that made it so were read, before libvterm took them.  One thread.
 */
#ifndef TESTS_BENCH_SIDE_H
#define TESTS_BENCH_SIDE_H

#include <stdint.h>
#include <sys/types.h>

#include "tests/bench/bench.h"
#include "tests/lib/shop.h"

#define SIDE_QUESTIONS 3
#define SIDE_PAGES     (SIDE_QUESTIONS + 1) /* and the thanks */

/* Keys of the three questions: no key twice in a row, so that none counts as a repeat. */
extern const char *const side_key[SIDE_QUESTIONS];

struct side {
	struct term *term;
	struct shop *
		shop; /* the product's: its next customer comes with PAY; NULL: with a key */
	char *picture[SIDE_PAGES];
	unsigned customers;
};

/* The shop of the product: three questions, nobody is left out, no time runs out.  GROUPS of
 * config.ini besides; NULL: none. */
void side_shop(struct shop *shop, const struct bench *bench, const char *groups);

/* Starts a floor with arguments (NULL ends them), in a screen as large as the product's. */
struct term *side_floor(const struct bench *bench, const char *name, const char *first,
			const char *second);

/* Takes the pictures of the product's pages, by answering once; the thanks page stands then. */
void side_take_pictures(struct side *product);
/* Writes them for floors; the file's name is the caller's to free. */
char *side_write_pictures(const struct side *product);
/* A side whose pages look the same as those of PRODUCT. */
void side_copy_pictures(struct side *floor, const struct side *product);
void side_clear(struct side *side); /* frees the pictures; the terminal is the caller's */

/* The next customer comes: the first question stands. */
void side_next_customer(struct side *side);

/* Types the answer to question I; microseconds until the next page is painted. */
double side_answer(struct side *side, int i);

/* Reads what comes for a moment in which nobody does anything. */
void side_pause(struct side *side);

/* Microseconds from BEGUN until TEXT is on the screen. */
double side_wait(struct term *term, int64_t begun, const char *text);

/* kB of a running program, "Pss" or "Rss"; -1: not readable by this user. */
long side_memory_kb(pid_t pid, const char *what);

#endif
