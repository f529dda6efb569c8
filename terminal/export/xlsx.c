#include "export/xlsx.h"

#include <errno.h>
#include <string.h>

#define DEFAULT_WIDTH 14
#define NAME_MAX_SIZE 32 /* of a sheet, with its NUL */

struct xlsx {
	lxw_workbook *book;
	char *path, *folder;
	lxw_format *bold, *day, *time, *decimal[3];
	lxw_error fault;
	/* the table being written */
	lxw_worksheet *sheet;
	char name[NAME_MAX_SIZE];
	unsigned sheets, columns;
	char **header;
	lxw_row_t row;
};

static const struct cell_style typed = {.use = CELL_SHEET};

static lxw_format *format(struct xlsx *x, const char *number)
{
	lxw_format *f = workbook_add_format(x->book);
	format_set_num_format(f, number);
	return f;
}

struct xlsx *xlsx_new(const char *path, const char *folder, time_t created)
{
	struct xlsx *x = g_new0(struct xlsx, 1);
	x->path = g_strdup(path);
	x->folder = g_strdup(folder);
	lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = x->folder};
	x->book = workbook_new_opt(path, &options);
	if (x->book == NULL)
		g_error("memory is out");
	lxw_doc_properties properties = {.created = created};
	workbook_set_properties(x->book, &properties);
	x->bold = workbook_add_format(x->book);
	format_set_bold(x->bold);
	x->day = format(x, "yyyy-mm-dd");
	x->time = format(x, "yyyy-mm-dd hh:mm:ss");
	x->decimal[0] = format(x, "0");
	x->decimal[1] = format(x, "0.0");
	x->decimal[2] = format(x, "0.00");
	return x;
}

lxw_workbook *xlsx_book(struct xlsx *x)
{
	return x->book;
}

lxw_format *xlsx_bold(struct xlsx *x)
{
	return x->bold;
}

static void note(struct xlsx *x, lxw_error fault)
{
	if (x->fault == LXW_NO_ERROR)
		x->fault = fault;
}

lxw_worksheet *xlsx_sheet(struct xlsx *x, const char *name)
{
	lxw_worksheet *sheet = workbook_add_worksheet(x->book, name);
	if (sheet == NULL)
		note(x, LXW_ERROR_CREATING_TMPFILE);
	return sheet;
}

/* What a reader of the file would take for something else: _xHHHH_ (it stands for a character
 * there) and the two characters that XML forbids.  NULL: nothing of that is in it, which of most
 * texts one look tells. */
static char *disguise(const char *text)
{
	const char *at = strpbrk(text, "_\xef");
	if (at == NULL ||
	    (strstr(at, "_x") == NULL && strstr(at, "\xef\xbf\xbe") == NULL &&
	     strstr(at, "\xef\xbf\xbf") == NULL))
		return NULL;
	g_autoptr(GRegex)
		code = g_regex_new("_(?=x[0-9A-Fa-f]{4}_)", (GRegexCompileFlags)0,
				   (GRegexMatchFlags)0, NULL);
	g_autoptr(GRegex) bad = g_regex_new("[\\x{FFFE}\\x{FFFF}]", (GRegexCompileFlags)0,
					    (GRegexMatchFlags)0, NULL);
	g_autofree char *once = g_regex_replace_literal(code, text, -1, 0, "_x005F_",
							(GRegexMatchFlags)0, NULL);
	return g_regex_replace_literal(bad, once, -1, 0, "\xef\xbf\xbd",
				       (GRegexMatchFlags)0, NULL);
}

static lxw_error put_text(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
			  const char *text, bool simple, lxw_format *how)
{
	g_autofree char *disguised = simple ? NULL : disguise(text);
	return worksheet_write_string(sheet, row, column,
				      disguised != NULL ? disguised : text, how);
}

void xlsx_put(struct xlsx *x, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
	      struct cell_text cell)
{
	lxw_format *how = NULL;
	if (sheet == NULL)
		return;
	switch (cell.kind) {
	case CELL_EMPTY:
		return;
	case CELL_TEXT:
		note(x, put_text(sheet, row, column, cell.text, cell.simple, NULL));
		return;
	case CELL_NUMBER:
		if (cell.decimals > 0)
			how = x->decimal[MIN(cell.decimals, 2)];
		break;
	case CELL_DAY:
		how = x->day;
		break;
	case CELL_TIME:
		how = x->time;
		break;
	}
	note(x, worksheet_write_number(sheet, row, column, cell.number, how));
}

/* ---- tables ----------------------------------------------------------------------------- */

/* Characters; of other columns (questions): DEFAULT_WIDTH. */
static double width_of(const char *name)
{
	static const struct {
		const char *name;
		double width;
	} widths[] = {
		{"seq", 8},        {"visit", 38},        {"event", 38},
		{"store", 8},      {"till", 6},          {"cashier", 10},
		{"day", 11},       {"started", 19},      {"ended", 19},
		{"at", 19},        {"trigger", 8},       {"language", 9},
		{"card", 10},      {"card_kind", 10},    {"receipt", 12},
		{"sale_kind", 10}, {"tender", 8},        {"total", 11},
		{"currency", 9},   {"outcome", 12},      {"reason", 16},
		{"seconds", 9},    {"clock", 9},         {"respondent", 11},
		{"question", 14},  {"point", 12},        {"wording", 44},
		{"kind", 9},       {"value", 7},         {"label", 28},
		{"place", 7},      {"milliseconds", 13}, {"probability", 12},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(widths); i++)
		if (strcmp(widths[i].name, name) == 0)
			return widths[i].width;
	return DEFAULT_WIDTH;
}

static void begin_sheet(struct xlsx *x)
{
	char name[NAME_MAX_SIZE + 12];
	g_snprintf(name, sizeof name, x->sheets == 0 ? "%s" : "%s %u", x->name,
		   x->sheets + 1);
	x->sheet = xlsx_sheet(x, name);
	x->sheets++;
	x->row = 1;
	if (x->sheet == NULL)
		return;
	for (unsigned i = 0; i < x->columns; i++) {
		lxw_col_t column = (lxw_col_t)i;
		worksheet_set_column(x->sheet, column, column, width_of(x->header[i]),
				     NULL);
		note(x, put_text(x->sheet, 0, column, x->header[i], true, x->bold));
	}
	worksheet_freeze_panes(x->sheet, 1, 0);
}

static void end_sheet(struct xlsx *x)
{
	if (x->sheet != NULL)
		worksheet_autofilter(x->sheet, 0, 0, x->row - 1,
				     (lxw_col_t)(x->columns - 1));
	x->sheet = NULL;
}

void xlsx_table(struct xlsx *x, const char *name, const struct record *header)
{
	end_sheet(x);
	g_strlcpy(x->name, name, sizeof x->name);
	x->sheets = 0;
	x->columns = header->n;
	g_strfreev(x->header);
	x->header = g_new0(char *, header->n + 1);
	for (unsigned i = 0; i < header->n; i++)
		x->header[i] = g_strdup(header->name[i]);
	begin_sheet(x);
}

void xlsx_row(struct xlsx *x, const struct record *record)
{
	struct cell_scratch scratch;
	if (x->row == XLSX_ROWS) {
		end_sheet(x);
		begin_sheet(x);
	}
	for (unsigned i = 0; i < record->n; i++)
		xlsx_put(x, x->sheet, x->row, (lxw_col_t)i,
			 cell_of_value(&record->value[i], &typed, &scratch));
	x->row++;
}

/* ---- the end ---------------------------------------------------------------------------- */

static void release(struct xlsx *x)
{
	g_strfreev(x->header);
	g_free(x->path);
	g_free(x->folder);
	g_free(x);
}

bool xlsx_end(struct xlsx *x, GError **error)
{
	end_sheet(x);
	errno = 0;
	lxw_error closed = workbook_close(x->book);
	int saved = errno;
	note(x, closed);
	bool done = x->fault == LXW_NO_ERROR;
	if (!done)
		g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(saved),
			    "writing %s: %s%s%s", x->path, lxw_strerror(x->fault),
			    saved != 0 ? ": " : "", saved != 0 ? g_strerror(saved) : "");
	release(x);
	return done;
}

void xlsx_drop(struct xlsx *x)
{
	lxw_workbook_free(x->book);
	release(x);
}
