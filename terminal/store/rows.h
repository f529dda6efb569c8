/* rows.h - core/rows.h as rows of the database, in the writer's transaction. */
#ifndef TILLASK_STORE_ROWS_H
#define TILLASK_STORE_ROWS_H

#include "store/writer.h"

/* Puts the visit, then the answer, then the card event of SAVE; then closes the visit.  A result
 * code of SQLite.  A visit that is closed already is left as it is (this is a repetition). */
int rows_save(struct writer *w, const struct save *save);

/* Gives an open visit its seq; the schema's triggers do the rest.  Nothing when it has one. */
int rows_close(struct writer *w, const struct id *visit);

#endif
