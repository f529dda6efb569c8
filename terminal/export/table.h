/* table.h - one table of a range of days, in one format, into one place. */
#ifndef TILLASK_EXPORT_TABLE_H
#define TILLASK_EXPORT_TABLE_H

#include "config.h"
#include "export/cell.h"
#include "export/sink.h"
#include "progress.h"
#include "store/archive.h"

enum table_what { TABLE_VISITS, TABLE_ANSWERS, TABLE_CARDS };
#define TABLES (TABLE_CARDS + 1)

const char *table_name(enum table_what what);             /* visits, answers, cards */
const char *table_file(enum table_what what);             /* survey, answers, cards */
const char *table_format_name(enum export_format format); /* csv, jsonl, xlsx */
/* -1: no such name. */
int table_find(const char *name);
int table_find_format(const char *name);

struct table {
	struct archive *archive;
	struct archive_range range;
	const GPtrArray *questions; /* the columns of visits */
	enum table_what what;
	enum export_format format;
	struct cell_style style; /* of CSV */
	bool full_cards;
	/* of the summary in a workbook of visits */
	const char *language, *store, *till;
	struct progress *progress; /* may be NULL */
	int64_t done, total;       /* rows, for it */
};

/* CSV or JSONL.  *ROWS: without the header.  Whether all could be written the caller asks of
 * sink_flush(); it stops soon when not.  False and ERROR: the database. */
bool table_to_sink(struct table *t, struct sink *sink, int64_t *rows, GError **error);

/* The same as a workbook PATH; FOLDER: see xlsx_new(). */
bool table_to_workbook(struct table *t, const char *path, const char *folder,
		       int64_t *rows, GError **error);

#endif
