/* schema.h - the server's schema `tillask`: is it what this program knows, and making it so.
 *
 * Migrations are schema/central/NNN-*.sql, embedded, a transaction each; each writes its own row
 * of tillask.version.  A till may send to a newer server as long as that says so
 * (version.oldest_sender); migrating never goes back.
 */
#ifndef TILLASK_SYNC_SCHEMA_H
#define TILLASK_SYNC_SCHEMA_H

#include "sync/server.h"

#define SCHEMA_LEAST_SERVER 130000 /* PostgreSQL 13 */

struct schema_state {
	int version;       /* of schema tillask; 0: there is none */
	int oldest_sender; /* the least version that a till must know */
	bool commit_waits; /* a commit is on the disk when its answer comes */
	int64_t clock_ms;  /* the server's */
};

/* The greatest number of schema/central/. */
int schema_newest(void);

/* False and SERVER_ERROR_OTHER also when the server is older than PostgreSQL 13. */
bool schema_look(struct server *s, struct schema_state *state, GError **error);

/* schema_look(), and false where a till with this program may not send. */
bool schema_ready(struct server *s, struct schema_state *state, GError **error);

/* Installs or upgrades.  *FROM and *TO: the versions before and after.  Two at once wait for
 * each other; what is there already is left alone.  False: nothing of the failed migration
 * stays. */
bool schema_migrate(struct server *s, int *from, int *to, GError **error);

#endif
