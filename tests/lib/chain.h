/*
 * chain: three PostgreSQL servers, a database on each, and tills of several stores
 *
 * The first server is the centre, the others join as s1 and s2.  Tills know the centre only.
 */
#ifndef TESTS_CHAIN_H
#define TESTS_CHAIN_H

#include "tests/lib/branch.h"

#define CHAIN_SERVERS 3
#define CHAIN_TILLS   20

struct chain {
	const struct postgres *server; /* CHAIN_SERVERS of them, the caller's */
	char *database;                /* its name on each */
	char *conninfo[CHAIN_SERVERS]; /* of the superuser, directly */
	struct branch till[CHAIN_TILLS];
	int tills;
};

extern const char *const chain_name[CHAIN_SERVERS]; /* "centre", "s1", "s2" */

/* A centre and TILLS tills: the first is till 3 of store 017, the next ones of 100, 101, ... */
void chain_init(struct chain *c, const struct postgres *server, const char *database,
		int tills);
/* Server I joins, reached from the centre by PORT (0: its own; a proxy's). */
void chain_add(const struct chain *c, int i, int port);
void chain_clear(struct chain *c);

/* One result of server I, as the superuser. */
char *chain_sql(const struct chain *c, int i, const char *sql);
void chain_expect(const struct chain *c, int i, const char *sql, const char *expected);

/* Nothing waits on any till, and each store's rows are on its home, all of them, once, with
 * equal values; on no other server is a row of it; the chain's views show them once. */
void chain_check(const struct chain *c);

#endif
