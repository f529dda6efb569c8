/* xlsx.h - a workbook as Excel opens it: a sheet a table, typed cells, in constant memory.
 *
 * Texts are written as strings and nothing else, so nothing in them is ever run.  The same rows
 * give the same bytes: the one date in the file's properties is the caller's.  A table of more
 * rows than a sheet holds goes on in a next sheet.
 */
#ifndef TILLASK_EXPORT_XLSX_H
#define TILLASK_EXPORT_XLSX_H

#include <stdbool.h>
#include <xlsxwriter.h>

#include "export/cell.h"

#define XLSX_ROWS 1048576 /* of a sheet, with the header */

struct xlsx;

/* Begins the workbook PATH; what it keeps meanwhile lies in FOLDER without a name.  CREATED: the
 * date in its properties, not 0.  Nothing is at PATH before xlsx_end(). */
struct xlsx *xlsx_new(const char *path, const char *folder, time_t created);

/* Another sheet, for what is no table; its cells are written in the order of its rows. */
lxw_worksheet *xlsx_sheet(struct xlsx *x, const char *name);
lxw_workbook *xlsx_book(struct xlsx *x);
lxw_format *xlsx_bold(struct xlsx *x);

/* One cell.  The first fault is told by xlsx_end(). */
void xlsx_put(struct xlsx *x, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
	      struct cell_text cell);

/* A table on sheets of its own: the names of HEADER as frozen header with a filter, then rows. */
void xlsx_table(struct xlsx *x, const char *name, const struct record *header);
void xlsx_row(struct xlsx *x, const struct record *record);

/* Writes the file and frees.  False and ERROR: it could not be written; PATH may be there, torn. */
bool xlsx_end(struct xlsx *x, GError **error);
/* Frees, writes nothing at PATH. */
void xlsx_drop(struct xlsx *x);

#endif
