/* inquiry_day.h - a business day and its questions, counted for the manager's pages; for
 * store/inquiries.c. */
#ifndef TILLASK_STORE_INQUIRY_DAY_H
#define TILLASK_STORE_INQUIRY_DAY_H

#include "core/findings.h"
#include "store/database.h"

/* Fills OUT->of_day and OUT->items, or OUT->of_question, its item and items.  LANGUAGE is the
 * code in which wordings are read; the first one kept where it is not there.  A result code of
 * SQLite's. */
int inquiry_day(struct database *d, const struct inquiry *inquiry, struct findings *out);
int inquiry_question(struct database *d, const struct inquiry *inquiry,
		     const char *language, struct findings *out);

#endif
