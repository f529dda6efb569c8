/*
 * shop: a folder with a config.ini, a database and a card reader, and the real program in it
 *
 * Three questions, English first; times short enough for tests. The reader is a pty behind a
 * link (fake_device.h), prefix 9643; staff cards begin with 9644. TILLASK_BIN names the
 * program, TILLASK_PRELOADS the folder of the preload libraries.
 */
#ifndef TESTS_SHOP_H
#define TESTS_SHOP_H

#include "tests/lib/fake_device.h"
#include "tests/lib/term.h"

/* Texts of config.ini; NULL: the usual ones. */
struct shop_how {
	const char *place;    /* "store=...\ntill=..." */
	const char *survey;   /* lines of [survey] */
	const char *terminal; /* more lines of [terminal] */
	const char *reader;   /* more lines of [reader msr] */
	const char *device;   /* of it; the pty's link */
	const char *groups;   /* more groups */
	const char *preload;  /* names of preload libraries, blanks between */
	const char *env;      /* NAME=VALUE lines */
	int rows, cols;       /* of the screen; 24 x 80 */
};

struct shop {
	char *folder, *config, *database, *socket, *disk;
	struct fake_device device;
	char **env;
	int rows, cols;
};

#define SHOP_FIRST  "How was your visit today?"
#define SHOP_SECOND "Did you find all you wanted?"
#define SHOP_THIRD  "Did the till prices"
#define SHOP_SAVED  "Your answers are saved"

/* HOW may be NULL. The reader is plugged in. */
void shop_open(struct shop *s, const struct shop_how *how);
void shop_close(struct shop *s);

/* Starts `run`; waits for the first page. */
struct term *shop_run(struct shop *s);

/* Starts `run` and waits for nothing. */
struct term *shop_start(struct shop *s);

/* Answers the three questions and waits for the page that says "saved". */
void shop_answer_all(struct term *t);

/* A card that is accepted, and then the same; waits until the shop rests again. */
void shop_answer_with(struct shop *s, struct term *t, const char *card);

/* `tillask sync`, or the test fails. */
void shop_sync(const struct shop *s);

/* Runs a command with the shop's config.ini: `arguments` with blanks between. Returns the
 * exit code; *out and *errors (may be NULL) are the caller's to free. */
int shop_command(const struct shop *s, const char *arguments, char **out, char **errors);

/* A good swipe of a card's number. */
void shop_swipe(struct shop *s, const char *number);

/* The result of a query: columns with | between, a line a row. The caller frees. */
char *shop_sql(const struct shop *s, const char *sql);

/* Runs statements that change the database: beside `run`, or between two of them. */
void shop_run_sql(const struct shop *s, const char *sql);

/* Asserts that the query gives `expected`. */
void shop_expect(const struct shop *s, const char *sql, const char *expected);

/* The same, within ms. */
void shop_await(const struct shop *s, const char *sql, const char *expected, int ms);

/* What the till's socket answers to a line (without line end), in the caller's memory. */
const char *shop_till(const struct shop *s, const char *line, char answer[512]);

/* The disk from now on (preload slow_disk): "3000", "full", or "" for the real one. */
void shop_disk(const struct shop *s, const char *what);

/* Ends `run` as systemd does and asserts exit 0. Frees the terminal. */
void shop_stop(struct term *t);

#endif
