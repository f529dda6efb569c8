/* export_rows.h - rows of the database as rows of the exported tables (contract.md, "Files"). */
#ifndef TILLASK_EXPORT_ROWS_H
#define TILLASK_EXPORT_ROWS_H

#include "export/record.h"
#include "config.h"
#include "store/archive.h"

struct export_how {
	bool full_cards;            /* accepted cards whole */
	const GPtrArray *questions; /* names, one column each in the table of visits */
};

/* Each fills RECORD, cleared first.  A row of zeros gives the columns' names. */
void export_visit(struct record *record, const struct export_how *how,
		  const struct archive_visit *visit);
void export_answer(struct record *record, const struct archive_visit *visit,
		   const struct archive_answer *answer);
void export_card(struct record *record, const struct export_how *how,
		 const struct archive_card *card);

#endif
