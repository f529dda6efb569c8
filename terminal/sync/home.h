/* home.h - the server that holds a store.
 *
 * The chain's centre, [sync] server=, is asked once where that is (tillask.directory), and the
 * answer is kept in DATABASE.home until the server there says that the store has moved
 * (SERVER_ERROR_MOVED), or cannot be reached and the centre names another one.  Role, password
 * and TLS stay those of [sync] server=: an answer can change host, port and database only.
 */
#ifndef TILLASK_SYNC_HOME_H
#define TILLASK_SYNC_HOME_H

#include "config.h"
#include "sync/schema.h"

/* A connection that is ready to send to (schema_ready()), to the home of this till's store.
 * *APART: that is another server than the centre, and holds none of the centre's own tables; also
 * told, as far as it is known, where it cannot be reached.  Blocks. */
struct server *home_open(const struct config *config, struct schema_state *state,
			 bool *apart, GError **error);

/* The next home_open() asks the centre. */
void home_forget(const struct config *config);

/* For head office, which asks for many stores and keeps no answer: the home of STORE, ready to
 * send to.  It is CENTRE itself (opened with CONNINFO), or another one for the caller to close. */
struct server *home_open_of(struct server *centre, const char *conninfo,
			    const char *store, GError **error);

#endif
