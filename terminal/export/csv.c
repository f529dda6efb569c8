#include "export/csv.h"

#include <string.h>

static char separator(const struct cell_style *style)
{
	return style->use == CELL_EXCEL ? ';' : ',';
}

void csv_begin(struct sink *out, const struct cell_style *style)
{
	if (style->use == CELL_EXCEL)
		sink_text(out, "\xef\xbb\xbf");
}

/* Printed by us: only a decimal comma may have to be quoted. */
static bool is_quoted(const struct cell_text *cell, char between)
{
	if (cell->simple)
		return between == ',' && cell->kind == CELL_NUMBER &&
		       memchr(cell->text, ',', cell->length) != NULL;
	for (size_t i = 0; i < cell->length; i++) {
		char c = cell->text[i];
		if (c == between || c == '"' || c == '\r' || c == '\n')
			return true;
	}
	return false;
}

static void put_quoted(struct sink *out, const struct cell_text *cell)
{
	sink_byte(out, '"');
	if (cell->guard)
		sink_byte(out, '\'');
	for (size_t i = 0; i < cell->length; i++) {
		if (cell->text[i] == '"')
			sink_byte(out, '"');
		sink_byte(out, cell->text[i]);
	}
	sink_byte(out, '"');
}

static void put_cell(struct sink *out, const struct cell_style *style,
		     struct cell_text cell, bool last)
{
	char between = separator(style);
	if (is_quoted(&cell, between)) {
		put_quoted(out, &cell);
	} else {
		if (cell.guard)
			sink_byte(out, '\'');
		sink_bytes(out, cell.text, cell.length);
	}
	if (last)
		sink_bytes(out, "\r\n", 2);
	else
		sink_byte(out, between);
}

void csv_header(struct sink *out, const struct cell_style *style,
		const struct record *record)
{
	for (unsigned i = 0; i < record->n; i++)
		put_cell(out, style, cell_of_name(record->name[i], style),
			 i + 1 == record->n);
}

void csv_row(struct sink *out, const struct cell_style *style,
	     const struct record *record)
{
	struct cell_scratch scratch;
	for (unsigned i = 0; i < record->n; i++)
		put_cell(out, style, cell_of_value(&record->value[i], style, &scratch),
			 i + 1 == record->n);
}
