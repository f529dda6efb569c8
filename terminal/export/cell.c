#include "export/cell.h"

#include <string.h>

#define DIGITS    "0123456789"
#define SHEET_DAY 25569 /* 1970-01-01 as a spreadsheet counts days */

char cell_decimal_sign(const char *language)
{
	static const char *const points[] = {"en", "zh", "ja", "ko", "he", "th"};
	for (size_t i = 0; i < G_N_ELEMENTS(points); i++)
		if (strncmp(language, points[i], 2) == 0)
			return '.';
	return ',';
}

static bool is_dangerous(const char *text, size_t length)
{
	if (length > 0 && memchr("=+-@\t\r", text[0], 6) != NULL)
		return true;
	if (length == 0 || text[0] < '0' || text[0] > '9')
		return false;
	return strspn(text, DIGITS) == length &&
	       ((text[0] == '0' && length > 1) || length > 15);
}

static struct cell_text text_cell(const char *text, const struct cell_style *style)
{
	size_t length = strlen(text);
	return (struct cell_text){
		.kind = CELL_TEXT,
		.guard = style->use == CELL_EXCEL && is_dangerous(text, length),
		.length = length,
		.text = text,
	};
}

struct cell_text cell_of_name(const char *name, const struct cell_style *style)
{
	return text_cell(name, style);
}

static struct cell_text printed(const struct value *value, enum cell_kind kind,
				struct cell_scratch *scratch)
{
	size_t length = value_print(value, scratch->text);
	scratch->text[length] = '\0';
	return (struct cell_text){
		.kind = kind, .simple = true, .length = length, .text = scratch->text};
}

static struct cell_text number_cell(const struct value *value,
				    const struct cell_style *style,
				    struct cell_scratch *scratch)
{
	struct cell_text cell = printed(value, CELL_NUMBER, scratch);
	char *point;
	if (style->use == CELL_EXCEL && style->decimal_sign != '.' &&
	    (point = memchr(scratch->text, '.', cell.length)) != NULL)
		*point = style->decimal_sign;
	return cell;
}

static double power_of_ten(int n)
{
	double power = 1;
	for (int i = 0; i < n; i++)
		power *= 10;
	return power;
}

/* What a typed cell holds. */
static struct cell_text sheet_number(const struct value *value)
{
	struct cell_text cell = {.kind = CELL_NUMBER, .decimals = -1};
	if (value->kind == VALUE_REAL) {
		cell.number = value->real;
	} else if (value->kind == VALUE_DECIMAL) {
		cell.number = (double)value->number / power_of_ten(value->extra);
		cell.decimals = value->extra;
	} else {
		cell.number = (double)value->number;
		cell.decimals = 0;
	}
	return cell;
}

static struct cell_text sheet_time(const struct value *value)
{
	double ms = (double)(value->number + value->extra * INT64_C(1000));
	return (struct cell_text){.kind = CELL_TIME, .number = SHEET_DAY + ms / 86400000};
}

struct cell_text cell_of_value(const struct value *value, const struct cell_style *style,
			       struct cell_scratch *scratch)
{
	bool sheet = style->use == CELL_SHEET;
	switch (value->kind) {
	case VALUE_ABSENT:
		break;
	case VALUE_TEXT:
		return text_cell(value->text, style);
	case VALUE_WORD:
		return (struct cell_text){.kind = CELL_TEXT,
					  .simple = true,
					  .length = strlen(value->text),
					  .text = value->text};
	case VALUE_ID:
		return printed(value, CELL_TEXT, scratch);
	case VALUE_INTEGER:
	case VALUE_DECIMAL:
	case VALUE_REAL:
		return sheet ? sheet_number(value) : number_cell(value, style, scratch);
	case VALUE_DAY:
		return sheet ? (struct cell_text){.kind = CELL_DAY,
						  .number = SHEET_DAY +
							    (double)value->number}
			     : printed(value, CELL_DAY, scratch);
	case VALUE_TIME:
		return sheet ? sheet_time(value) : printed(value, CELL_TIME, scratch);
	}
	return (struct cell_text){
		.kind = CELL_EMPTY, .simple = true, .length = 0, .text = ""};
}
