/* csv.h - RFC 4180 with CRLF, plain or with the habits of a spreadsheet (README, "Files").
 *
 * Plain: `,` between the cells.  CELL_EXCEL: a BOM first, `;` between.  Faults stay in the sink.
 */
#ifndef TILLASK_EXPORT_CSV_H
#define TILLASK_EXPORT_CSV_H

#include "export/cell.h"
#include "export/sink.h"

/* What stands before the first line. */
void csv_begin(struct sink *out, const struct cell_style *style);

/* The names, and the values, of a record as one line. */
void csv_header(struct sink *out, const struct cell_style *style,
		const struct record *record);
void csv_row(struct sink *out, const struct cell_style *style,
	     const struct record *record);

#endif
