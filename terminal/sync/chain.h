/* chain.h - several servers as one.
 *
 * Above schema/central/004-chain.sql.  Each step is a transaction on one server and harmless when
 * done again.  Servers are connected to directly, not through PgBouncer in transaction mode: a
 * move holds a lock from step to step.
 *
 * CENTRE is the conninfo of the chain's centre.  Messages go to standard output.  Blocks.
 */
#ifndef TILLASK_SYNC_CHAIN_H
#define TILLASK_SYNC_CHAIN_H

#include "sync/server.h"

/* The servers, how many stores the directory places on each, and what a move left unfinished. */
bool chain_print(const char *centre, GError **error);

/* The server at CONNINFO (no password in it) joins as NAME: its schema is brought up to date, the
 * centre's reading parents get it as a partition.  ADDRESS: what tills get, NULL for the places
 * in CONNINFO.  On a server that has joined, gives it the new address. */
bool chain_add(const char *centre, const char *name, const char *conninfo,
	       const char *address, GError **error);

/* Migrates the other servers, then the centre, and makes what is read over all of them anew. */
bool chain_migrate(const char *centre, int *from, int *to, GError **error);

/* For those who work on a chain: the centre, with the schema that this program knows; server NAME
 * of it, S being the connection to the centre. */
struct server *chain_open_centre(const char *conninfo, GError **error);
struct server *chain_open_member(struct server *s, const char *centre, const char *name,
				 GError **error);

#endif
