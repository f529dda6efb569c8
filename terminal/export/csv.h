/* csv.h - RFC 4180 with CRLF, plain or with the habits of a spreadsheet (contract.md, "Files").
 *
 * The writer accepts nothing but struct cell_text.  Making one disarms what a spreadsheet would
 * run or spoil, so no formula that a customer typed can reach a file.
 */
#ifndef TILLASK_EXPORT_CSV_H
#define TILLASK_EXPORT_CSV_H

#include <stdbool.h>
#include <stdio.h>

#include "export/record.h"

struct csv_style {
	bool excel; /* BOM, `;`, DECIMAL, `'` before what would be run or spoiled */
	char decimal_sign; /* of numbers, with `excel` */
};

/* The decimal sign people of this language write: ',' but where it is known to be '.'. */
char csv_decimal_sign(const char *language);

/* One cell, borrowed from a struct value.  Made by csv_cell() only. */
struct cell_text {
	const char *text;
	bool guard;   /* a ' stands before it */
	char decimal; /* stands for '.', in numbers; 0: as it is */
};

/* The cell of a value.  In excel style a text that begins with = + - @, tab or CR, or that is
 * only digits and begins with 0 or has more than 15, is guarded; "0" alone is not.  A number
 * never is. */
struct cell_text csv_cell(const struct value *value, const struct csv_style *style);
/* The cell of a value's name, for the header. */
struct cell_text csv_name(const struct value *value, const struct csv_style *style);

/* Errors stay in OUT (ferror). */
void csv_begin(FILE *out, const struct csv_style *style);
void csv_put(FILE *out, const struct csv_style *style, struct cell_text cell, bool last);

/* The names, and the values, of a record as one line. */
void csv_header(FILE *out, const struct csv_style *style, const struct record *record);
void csv_row(FILE *out, const struct csv_style *style, const struct record *record);

#endif
