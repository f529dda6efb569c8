/* ask.h - statements with texts in them, for the commands of a chain.
 *
 * In FORMAT each %s becomes FIRST, then SECOND, as a literal of SQL; NULL: there is none.
 */
#ifndef TILLASK_SYNC_ASK_H
#define TILLASK_SYNC_ASK_H

#include "sync/server.h"

/* The result for PQclear(); NULL and SERVER_ERROR. */
PGresult *ask_rows(struct server *s, GError **error, const char *format,
		   const char *first, const char *second);
/* The same, and nothing is wanted of the result. */
bool ask_step(struct server *s, GError **error, const char *format, const char *first,
	      const char *second);
/* The one value of the one row; the caller frees. */
char *ask_text(struct server *s, GError **error, const char *format, const char *first,
	       const char *second);

/* SERVER_ERROR_OTHER; false. */
bool ask_refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

#endif
