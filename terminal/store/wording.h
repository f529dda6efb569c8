/* wording.h - the questionnaire's exact wording as rows that answers refer to. */
#ifndef TILLASK_STORE_WORDING_H
#define TILLASK_STORE_WORDING_H

#include "store/database.h"
#include "store/store.h"

/* SHA-256 over name, kind, point, choices that count as low, and for each language its code,
 * text, end labels and choices; each ends with a NUL. */
void wording_hash(const struct question *question, const struct store_options *options,
		  uint8_t hash[32]);

/* Finds or adds the wording of every question: IDS[i] is wording.n of question i.  In the
 * caller's transaction.  A result code of SQLite. */
int wording_register(struct database *d, const struct store_options *options,
		     int64_t ids[QUESTIONS_MAX]);

#endif
