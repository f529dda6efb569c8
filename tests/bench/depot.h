/* depot.h - what the measurements of sending share: a server with room, a full till, the rows.
 *
 * The server syncs to its disk and has memory for the rows; product and floor have a database
 * each on it with the same schema: the same tables, constraints, indexes and triggers.
 */
#ifndef TESTS_BENCH_DEPOT_H
#define TESTS_BENCH_DEPOT_H

#include "tests/lib/branch.h"

#define DEPOT_SETTINGS                                                                    \
	"fsync = on\nshared_buffers = 512MB\nmax_wal_size = 4GB\nmax_connections = 300\n" \
	"checkpoint_timeout = 1h\nautovacuum = off"

/* The tables of one till's rows. */
#define DEPOT_TABLES 4
extern const char *const depot_table[DEPOT_TABLES];

/* A database with the schema.  The caller frees the connection string. */
char *depot_database(const struct branch *b, const struct postgres *server,
		     const char *name);

/* How many visits a till is filled with: BENCH_VISITS=N, or what the measurement says. */
int depot_visits(int otherwise);

/* Everything the till has waits again, as if it was never acknowledged. */
void depot_wait_again(const struct branch *b);
/* No rows, and no writing left to do. */
void depot_empty(const char *conninfo);
gint64 depot_rows(const char *conninfo);

/* The rows of a database into FOLDER/TABLE.copy; the columns are those that a till sends. */
void depot_write(const char *conninfo, const char *folder);
/* Names of them, with commas between.  The caller frees. */
char *depot_columns(const char *conninfo, const char *table);

/* Seconds that it takes; the measurement ends where it fails. */
double depot_sync(const struct branch *b);
double depot_psql(const char *conninfo, const char *script);
/* The scripts: \copy of the files straight in; by a temporary table, each row once. */
char *depot_script_copy(const char *conninfo, const char *folder);
char *depot_script_staging(const char *conninfo, const char *folder);

#endif
