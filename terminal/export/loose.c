#include "export/loose.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "day.h"
#include "export/manifest.h"
#include "outfile.h"
#include "store/day_facts.h"

struct work {
	const struct loose_order *order;
	struct archive *archive;
	GPtrArray *questions;
	struct table table;
};

/* The table of FROM..TO; all but its format. */
static bool prepare(struct work *w, int32_t from, int32_t to, GError **error)
{
	const struct loose_order *o = w->order;
	const struct config *c = o->config;
	const char *language = c->languages[c->language];
	g_clear_pointer(&w->questions, g_ptr_array_unref);
	w->table = (struct table){
		.archive = w->archive,
		.range = archive_all(from, to),
		.what = o->what,
		.style = {c->export.excel && !o->plain ? CELL_EXCEL : CELL_PLAIN,
			  cell_decimal_sign(language)},
		.full_cards = o->full_cards,
		.language = language,
		.store = c->store,
		.till = c->till,
		.progress = o->progress,
	};
	w->questions = archive_questions(w->archive, &w->table.range, error);
	w->table.questions = w->questions;
	return w->questions != NULL &&
	       (o->what == TABLE_CARDS
			? archive_count_cards(w->archive, from, to, &w->table.total,
					      error)
			: archive_count(w->archive, from, to, &w->table.total, error));
}

static bool fail(GError **error, int code, const char *what)
{
	g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(code), "%s: %s",
		    what, g_strerror(code));
	return false;
}

static bool write_text(struct work *w, FILE *out, const char *name, GError **error)
{
	g_autofree struct sink *sink = g_new(struct sink, 1);
	int64_t rows;
	sink_init(sink, out, NULL);
	if (!table_to_sink(&w->table, sink, &rows, error))
		return false;
	if (sink_flush(sink) && fflush(out) == 0)
		return true;
	return fail(error, sink->failed ? sink->error : errno, name);
}

static bool write_file(struct work *w, struct outfile *file, const char *name,
		       GError **error)
{
	int64_t rows;
	if (w->table.format != EXPORT_XLSX)
		return write_text(w, outfile_stream(file), name, error);
	return table_to_workbook(&w->table, outfile_temporary(file), w->order->folder,
				 &rows, error);
}

static bool make_file(struct work *w, int32_t day, GError **error)
{
	const struct config *c = w->order->config;
	const struct day_facts facts = {
		.day = day, .store = (char *)c->store, .till = (char *)c->till};
	g_autofree char *name = manifest_name(&facts, table_file(w->order->what), 1,
					      table_format_name(w->table.format));
	g_autofree char *path = g_build_filename(w->order->folder, name, NULL);
	struct outfile *file = outfile_begin(w->order->folder, name, error);
	if (file == NULL)
		return false;
	if (write_file(w, file, path, error))
		return outfile_commit(file, error) &&
		       fprintf(stderr, "written: %s/%s\n", w->order->folder, name) > 0;
	outfile_drop(file);
	return false;
}

/* Standard output may be a pipe, and a workbook is written here and there. */
static bool write_workbook(struct work *w, GError **error)
{
	g_autofree char *path = NULL;
	int fd = g_file_open_tmp("tillask-XXXXXX.xlsx", &path, error);
	if (fd < 0)
		return false;
	int64_t rows;
	bool done = table_to_workbook(&w->table, path, g_get_tmp_dir(), &rows, error);
	FILE *in = done ? fopen(path, "re") : NULL;
	char block[16384];
	size_t n;
	while (in != NULL && (n = fread(block, 1, sizeof block, in)) > 0)
		fwrite(block, 1, n, stdout);
	if (done && (in == NULL || ferror(in) || fflush(stdout) != 0 || ferror(stdout)))
		done = fail(error, errno, "writing to standard output");
	if (in != NULL)
		fclose(in);
	close(fd);
	g_unlink(path);
	return done;
}

static bool make_stream(struct work *w, GError **error)
{
	bool done = w->table.format == EXPORT_XLSX
			    ? write_workbook(w, error)
			    : write_text(w, stdout, "writing to standard output", error);
	if (!done)
		clearerr(stdout); /* it is told once */
	return done;
}

static bool make_days(struct work *w, enum export_format format, GError **error)
{
	for (int32_t day = w->order->from; day <= w->order->to; day++) {
		if (!prepare(w, day, day, error))
			return false;
		w->table.format = format;
		if (!make_file(w, day, error))
			return false;
	}
	return true;
}

static bool make_all(struct work *w, GError **error)
{
	const struct loose_order *o = w->order;
	int32_t purged;
	if (!day_facts_purged(w->archive, o->from, o->to, &purged, error))
		return false;
	if (purged != DAY_NONE) {
		g_autofree char *text = day_text(purged);
		g_set_error(
			error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
			"the rows of %s were deleted when their time was over; export "
			"other days",
			text);
		return false;
	}
	for (int format = 0; format < EXPORT_FORMATS; format++) {
		if (!o->format[format])
			continue;
		if (o->folder == NULL && !prepare(w, o->from, o->to, error))
			return false;
		w->table.format = (enum export_format)format;
		if (!(o->folder == NULL
			      ? make_stream(w, error)
			      : make_days(w, (enum export_format)format, error)))
			return false;
	}
	return true;
}

bool loose_make(const struct loose_order *order, GError **error)
{
	struct work w = {.order = order,
			 .archive = archive_open(order->config->database, error)};
	if (w.archive == NULL)
		return false;
	bool done = make_all(&w, error);
	g_clear_pointer(&w.questions, g_ptr_array_unref);
	archive_close(w.archive);
	return done;
}
