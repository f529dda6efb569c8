/*
 * postgres: a PostgreSQL of the package's programs in a temporary folder
 *
 * Never the machine's own cluster: its own data, its own socket, a free port of loopback, and
 * not as root (the server refuses that: the user `postgres` of the package is taken).  The
 * superuser is `postgres`, everybody on loopback is trusted.  fsync is off: tests kill
 * processes, not machines.
 */
#ifndef TESTS_POSTGRES_H
#define TESTS_POSTGRES_H

#include <glib.h>
#include <stdbool.h>

struct postgres {
	char *folder;   /* data, socket and log lie in it */
	char *programs; /* folder of initdb, postgres, psql */
	int port;       /* on 127.0.0.1; of the socket in `folder` too */
	GPid pid;       /* of the postmaster; 0: down */
	char *conninfo; /* of the superuser, database postgres */
};

/* Makes a cluster and starts it.  SETTINGS: lines for postgresql.conf, or NULL. */
void postgres_init(struct postgres *p, const char *settings);
/* A hot standby of a running server, by streaming, and started.  Its application_name, for
 * synchronous_standby_names, is `standby`. */
void postgres_init_standby(struct postgres *p, const struct postgres *primary);
/* Ends it and removes the folder. */
void postgres_clear(struct postgres *p);

/* As pg_ctl -m fast would, or as a crash does; and up again, waiting until it answers. */
void postgres_stop(struct postgres *p);
void postgres_kill(struct postgres *p);
void postgres_start(struct postgres *p);

/* Starts a program as the server's user, its output into the server's log; the caller reaps. */
GPid postgres_spawn(const struct postgres *p, const char *const *argv);
/* A port of loopback that nobody listens on. */
int postgres_free_port(void);

/* Superuser's connection string of another database, role, port (0: its own).  The caller
 * frees. */
char *postgres_conninfo(const struct postgres *p, const char *database, const char *role,
			int port);

/* Runs SQL by psql, in one transaction a statement; the result without headers, | between
 * columns, no line end at the end.  NULL when it failed: *ERRORS (may be NULL) says why.  The
 * caller frees both. */
char *postgres_try(const char *conninfo, const char *sql, char **errors);
/* The same, or the test fails. */
char *postgres_sql(const struct postgres *p, const char *sql);
void postgres_expect(const struct postgres *p, const char *sql, const char *expected);
void postgres_await(const struct postgres *p, const char *sql, const char *expected,
		    int ms);

#endif
