/* rows.h - rows of the database as rows of the exported tables (README, "Files"). */
#ifndef TILLASK_EXPORT_ROWS_H
#define TILLASK_EXPORT_ROWS_H

#include "export/record.h"
#include "store/archive.h"

struct rows_how {
	bool full_cards; /* accepted cards whole */
	/* one column each in the table of visits: names made by g_intern_string() */
	const GPtrArray *questions;
};

/* Each fills RECORD.  A row of zeros gives the columns' names. */
void rows_visit(struct record *record, const struct rows_how *how,
		const struct archive_visit *visit);
void rows_answer(struct record *record, const struct archive_visit *visit,
		 const struct archive_answer *answer);
void rows_card(struct record *record, const struct rows_how *how,
	       const struct archive_card *card);

#endif
