/* move.h - a store from one server of a chain to another.
 *
 *	leave -> copied and compared -> enrolled -> switched -> settled, removed
 *
 * Each step is a transaction on one server, a function of schema/central/004-chain.sql, and harmless
 * when done again: what died anywhere is finished by the same call.  Before the switch a move is
 * given up by moving the store to where it is, also when the new server is gone for good.
 */
#ifndef TILLASK_SYNC_MOVE_H
#define TILLASK_SYNC_MOVE_H

#include "sync/server.h"

/* All rows of STORE go to server NAME of the chain of CENTRE (a conninfo), and what its tills send
 * from then on.  Says on standard output what was done.  Blocks. */
bool move_store(const char *centre, const char *store, const char *name, GError **error);

#endif
