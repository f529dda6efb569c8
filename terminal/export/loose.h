/* loose.h - tables outside the [export] folder: on standard output, or in another folder.
 *
 * They neither seal nor touch a manifest, and hold all rows, whenever those came.
 */
#ifndef TILLASK_EXPORT_LOOSE_H
#define TILLASK_EXPORT_LOOSE_H

#include "export/table.h"

struct loose_order {
	const struct config *config;
	enum table_what what;
	bool format[EXPORT_FORMATS];
	const char
		*folder; /* a file a day and format; NULL: standard output, one table */
	int32_t from, to;
	bool plain, full_cards;
	struct progress *progress;
};

/* False and ERROR: a purged day in the range, the database, what could not be written. */
bool loose_make(const struct loose_order *order, GError **error);

#endif
