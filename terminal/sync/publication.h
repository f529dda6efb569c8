/* publication.h - what head office published for this till: from the server into the inbox.
 *
 * Fetched when its versions are others than those that are in force, checked as `tillask check`
 * checks (which is run, beside this program), and in force only when nothing is wrong; the last
 * good one stays else.
 */
#ifndef TILLASK_SYNC_PUBLICATION_H
#define TILLASK_SYNC_PUBLICATION_H

#include "config.h"
#include "sync/server.h"

struct publication_result {
	bool taken;        /* others are in force now */
	char refused[512]; /* why those fetched are not; "" */
};

/* False and ERROR when the server, the database or the check failed, not when what is published
 * is wrong.  Blocks. */
bool publication_fetch(struct server *s, const struct config *config,
		       struct publication_result *result, GError **error);

/* Publishes the text of FILE for WHOM: "all", "region:NAME", "store:NAME" or "till:STORE/TILL", on
 * the server CENTRE.  *VERSION: its number.  Checks what can be checked without a till's
 * config.ini, before it connects. */
bool publication_publish(const char *centre, const char *whom, const char *file,
			 int64_t *version, GError **error);

#endif
