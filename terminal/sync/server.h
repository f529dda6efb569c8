/* server.h - one connection to the chain's PostgreSQL server; nothing on it waits for ever.
 *
 * Only what PgBouncer passes in transaction mode: no prepared statements, no setting, lock or
 * table that outlives a transaction.  The connection string is libpq's, with what is not in it
 * from libpq's own places (service file, ~/.pgpass, environment); where nothing else is said a
 * connection is given up after 10 s.  An answer that does not come for tcp_user_timeout
 * (default 60 s) breaks the connection.  Blocks; one thread.
 *
 * No message holds a password, nor the values of a row.
 */
#ifndef TILLASK_SYNC_SERVER_H
#define TILLASK_SYNC_SERVER_H

#include <glib.h>
#include <libpq-fe.h>
#include <stdbool.h>
#include <stdint.h>

#define SERVER_ERROR (server_error_quark())
GQuark server_error_quark(void);
enum server_error {
	/* No connection, or it broke, or no answer came in time: a COMMIT that was under way may
	 * have happened or not. */
	SERVER_ERROR_GONE,
	SERVER_ERROR_KEY,   /* a key is there already (SQLSTATE 23505) */
	SERVER_ERROR_ROW,   /* a value or a row is refused (classes 22 and 23) */
	SERVER_ERROR_MOVED, /* the store is not held by this server (SQLSTATE TK001) */
	/* Anything else: no schema, no right, no room, ... */
	SERVER_ERROR_OTHER,
};

struct server;

/* CONNINFO: keyword=value pairs or a URI.  NULL and SERVER_ERROR_GONE, or SERVER_ERROR_OTHER
 * when it is no connection string. */
struct server *server_open(const char *conninfo, GError **error);
void server_close(struct server *s);

/* One statement, or several with ; between.  After an error within a transaction the caller
 * rolls back. */
bool server_do(struct server *s, const char *sql, GError **error);

/* The result of one statement with rows, for PQclear(). */
PGresult *server_query(struct server *s, const char *sql, GError **error);

/* `COPY ... FROM STDIN` with these bytes in text format. */
bool server_copy(struct server *s, const char *sql, const char *bytes, size_t size,
		 GError **error);

/* What FROM gives for `COPY ... TO STDOUT` goes into TO's `COPY ... FROM STDIN`; *ROWS: how many
 * lines of text format. */
bool server_pour(struct server *from, const char *out, struct server *to, const char *in,
		 int64_t *rows, GError **error);

/* TEXT as a literal of SQL, quotes and all.  The caller frees. */
char *server_literal(struct server *s, const char *text);

/* Ends a transaction that failed; what comes of it does not matter. */
void server_roll_back(struct server *s);

/* Can it be read as a connection string? */
bool server_is_conninfo(const char *text);

/* Has CONNINFO a password in it? */
bool server_has_password(const char *conninfo);

/* The pairs of CONNINFO that say where a server is (host, hostaddr, port, dbname), as a connection
 * string; "" when it is none. */
char *server_address(const char *conninfo);
/* CONNINFO, but where it says where, ADDRESS does.  NULL and SERVER_ERROR_OTHER. */
char *server_conninfo_at(const char *conninfo, const char *address, GError **error);

#endif
