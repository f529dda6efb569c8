/*
 * pgbouncer: the package's PgBouncer on loopback, before a PostgreSQL of postgres.h
 *
 * Pools by transaction.  Its folder is the server's, so is its user (it refuses to run as root).
 * The logins that it lets in are named; on loopback they are trusted.
 */
#ifndef TESTS_PGBOUNCER_H
#define TESTS_PGBOUNCER_H

#include "tests/lib/postgres.h"

struct pgbouncer {
	int port;
	GPid pid;
};

/* LOGINS ends with NULL; POOL: connections to the server for each database and login.  Waits
 * until it answers. */
void pgbouncer_init(struct pgbouncer *b, const struct postgres *server,
		    const char *const *logins, int pool);
void pgbouncer_clear(struct pgbouncer *b);

#endif
