/*
 * branch: a shop of a chain: its till's database, filled by SQL, and its database on a server
 *
 * What is filled in goes the way of real rows: visits are opened and closed, so the triggers of
 * the store put them into the outbox.
 */
#ifndef TESTS_BRANCH_H
#define TESTS_BRANCH_H

#include "tests/lib/postgres.h"

struct branch {
	const struct postgres *server;
	char *folder, *config, *path; /* of the till */
	char *database;               /* on the server */
	char *conninfo;               /* of the superuser */
	char *program;                /* tillask-sync */
};

/* Till 3 of store 017 with an empty database (made by the terminal itself), and an empty
 * database DATABASE on the server. */
void branch_init(struct branch *b, const struct postgres *server, const char *database);
void branch_clear(struct branch *b);

/* config.ini names this connection. */
void branch_connect(struct branch *b, const char *conninfo);

/* Changes the till's database; fails the test where that fails. */
void branch_run(const struct branch *b, const char *sql);
/* One number of it. */
gint64 branch_number(const struct branch *b, const char *sql);
/* N closed visits more: 0 to 3 answers each, every second one with a card, every fifth with a
 * card event or a queue time beside it. */
void branch_fill(const struct branch *b, int n);

/* Runs tillask-sync; exit code, or 128 + the signal.  OUT, ERRORS may be NULL; the caller
 * frees. */
int branch_command(const struct branch *b, const char *arguments, char **out,
		   char **errors);
/* The same, and its output (code 0) or its error (else) holds EXPECTED. */
void branch_expect_command(const struct branch *b, const char *arguments, int code,
			   const char *expected);
/* Starts it. */
GPid branch_start(const struct branch *b, const char *arguments);

/* One result of the server, as the superuser. */
char *branch_sql(const struct branch *b, const char *sql);
void branch_expect(const struct branch *b, const char *sql, const char *expected);

/* Nothing waits; on the server count = distinct = that of the till, and all values are equal. */
void branch_check(const struct branch *b);
/* The same on another server, of one STORE (NULL: of all) of its rows. */
void branch_check_at(const struct branch *b, const char *conninfo, const char *store);

#endif
