#include "export/csv.h"

#include <string.h>

#define DIGITS "0123456789"

char csv_decimal_sign(const char *language)
{
	static const char *const points[] = {"en", "zh", "ja", "ko", "he", "th"};
	for (size_t i = 0; i < G_N_ELEMENTS(points); i++)
		if (strncmp(language, points[i], 2) == 0)
			return '.';
	return ',';
}

static bool is_dangerous(const char *text)
{
	size_t length = strlen(text);
	if (length > 0 && strchr("=+-@\t\r", text[0]) != NULL)
		return true;
	return strspn(text, DIGITS) == length &&
	       ((text[0] == '0' && length > 1) || length > 15);
}

static struct cell_text cell_of_text(const char *text, const struct csv_style *style)
{
	return (struct cell_text){text, style->excel && is_dangerous(text), 0};
}

struct cell_text csv_cell(const struct value *value, const struct csv_style *style)
{
	if (value->kind == VALUE_NUMBER)
		return (struct cell_text){value->text, false,
					  style->excel ? style->decimal_sign : '\0'};
	return cell_of_text(value->text, style);
}

struct cell_text csv_name(const struct value *value, const struct csv_style *style)
{
	return cell_of_text(value->name, style);
}

void csv_begin(FILE *out, const struct csv_style *style)
{
	if (style->excel)
		fputs("\xef\xbb\xbf", out);
}

void csv_put(FILE *out, const struct csv_style *style, struct cell_text cell, bool last)
{
	char separator = style->excel ? ';' : ',';
	char special[] = {separator, '"', '\r', '\n', '\0'};
	bool quoted = strpbrk(cell.text, special) != NULL;
	if (quoted)
		putc('"', out);
	if (cell.guard)
		putc('\'', out);
	for (const char *c = cell.text; *c != '\0'; c++) {
		if (*c == '"')
			putc('"', out);
		putc(*c == '.' && cell.decimal != 0 ? cell.decimal : *c, out);
	}
	if (quoted)
		putc('"', out);
	if (last)
		fputs("\r\n", out);
	else
		putc(separator, out);
}

static void put_line(FILE *out, const struct csv_style *style,
		     const struct record *record,
		     struct cell_text (*cell)(const struct value *,
					      const struct csv_style *))
{
	unsigned n;
	const struct value *values = record_values(record, &n);
	for (unsigned i = 0; i < n; i++)
		csv_put(out, style, cell(&values[i], style), i + 1 == n);
}

void csv_header(FILE *out, const struct csv_style *style, const struct record *record)
{
	put_line(out, style, record, csv_name);
}

void csv_row(FILE *out, const struct csv_style *style, const struct record *record)
{
	put_line(out, style, record, csv_cell);
}
