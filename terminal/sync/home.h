/* home.h - the server that holds this store.
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

/* A connection that is ready to send to (schema_ready()).  Blocks. */
struct server *home_open(const struct config *config, struct schema_state *state,
			 GError **error);

/* Does the server that home_open() connected to last hold the centre's own tables too? */
bool home_is_centre(const struct config *config);

/* The next home_open() asks the centre. */
void home_forget(const struct config *config);

#endif
