/* cell.h - what stands in one cell of a spreadsheet, disarmed.
 *
 * The writers of CSV and XLSX accept nothing but struct cell_text, and only the functions here
 * make one.  So no formula that a customer typed can reach a file: in CSV a `'` stands before
 * what a spreadsheet would run or spoil, in XLSX a text is a string whatever it begins with.
 */
#ifndef TILLASK_EXPORT_CELL_H
#define TILLASK_EXPORT_CELL_H

#include <stdbool.h>

#include "export/record.h"

enum cell_use {
	CELL_PLAIN, /* as it is */
	CELL_EXCEL, /* as a spreadsheet reads text files */
	CELL_SHEET, /* a typed cell */
};

struct cell_style {
	enum cell_use use;
	char decimal_sign; /* CELL_EXCEL */
};

enum cell_kind { CELL_EMPTY, CELL_TEXT, CELL_NUMBER, CELL_DAY, CELL_TIME };

struct cell_text {
	enum cell_kind kind;
	bool guard;  /* a ' stands before it */
	bool simple; /* nothing in it needs quotes but a decimal comma */
	size_t length;
	const char *text; /* in a typed cell of texts only */
	int decimals;     /* CELL_NUMBER of a typed cell; -1: as many as it has */
	double number; /* of a typed cell; days and local time as a spreadsheet counts them */
};

/* What is printed for a value. */
struct cell_scratch {
	char text[VALUE_CHARACTERS + 1];
};

/* The decimal sign people of this language write: ',' but where it is known to be '.'. */
char cell_decimal_sign(const char *language);

/* The cell of a value, borrowed from it and from SCRATCH.  With CELL_EXCEL a text that begins
 * with = + - @, tab or CR, or that is only digits and begins with 0 or has more than 15, is
 * guarded; "0" alone is not.  A number never is. */
struct cell_text cell_of_value(const struct value *value, const struct cell_style *style,
			       struct cell_scratch *scratch);
/* Likewise of a heading. */
struct cell_text cell_of_name(const char *name, const struct cell_style *style);

#endif
