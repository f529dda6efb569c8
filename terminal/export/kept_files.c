#include "export/kept_files.h"

#include <errno.h>
#include <string.h>

#include "export/manifest.h"
#include "export/sink.h"

struct day_file *kept_file_find(struct day_facts *f, int part, const char *what,
				const char *format)
{
	for (unsigned i = 0; i < f->files->len; i++) {
		struct day_file *file = &g_array_index(f->files, struct day_file, i);
		if (file->part == part && strcmp(file->what, what) == 0 &&
		    strcmp(file->format, format) == 0)
			return file;
	}
	return NULL;
}

static GPtrArray *split(const char *names)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) parts = g_strsplit(names, "\n", -1);
	for (char **name = parts; *name != NULL; name++)
		if (**name != '\0')
			g_ptr_array_add(list, g_strdup(*name));
	return list;
}

struct table kept_table(struct kept_work *w, unsigned part_index, GPtrArray **questions)
{
	const struct day_facts *f = w->facts;
	const struct day_part *part = &g_array_index(f->parts, struct day_part,
						     part_index);
	*questions = split(part->questions);
	struct table t = {
		.archive = w->archive,
		.range = {.from = f->day, .to = f->day, .upto = part->upto},
		.questions = *questions,
		.style = {f->excel ? CELL_EXCEL : CELL_PLAIN, f->decimal_sign},
		.language = f->language,
		.store = f->store,
		.till = f->till,
		.progress = w->order->progress,
	};
	if (part_index > 0)
		t.range.after =
			g_array_index(f->parts, struct day_part, part_index - 1).upto;
	return t;
}

bool kept_content(struct kept_work *w, uint8_t hash[DAY_HASH], GError **error)
{
	g_autofree struct sink *sink = g_new(struct sink, 1);
	crypto_hash_sha256_state sha256;
	g_autoptr(GPtrArray) questions = NULL;
	struct table t = kept_table(w, 0, &questions);
	bool done = true;
	int64_t rows;
	t.style.use = CELL_PLAIN;
	t.format = EXPORT_CSV;
	crypto_hash_sha256_init(&sha256);
	sink_init(sink, NULL, &sha256);
	for (int what = 0; done && what < TABLES; what++) {
		t.what = (enum table_what)what;
		done = table_to_sink(&t, sink, &rows, error);
	}
	sink_flush(sink);
	crypto_hash_sha256_final(&sha256, hash);
	return done;
}

bool kept_file_hash(const char *path, uint8_t hash[DAY_HASH])
{
	crypto_hash_sha256_state sha256;
	char block[16384];
	size_t n;
	FILE *in = fopen(path, "re");
	if (in == NULL)
		return false;
	crypto_hash_sha256_init(&sha256);
	while ((n = fread(block, 1, sizeof block, in)) > 0)
		crypto_hash_sha256_update(&sha256, (const uint8_t *)block, n);
	bool done = !ferror(in);
	int saved = errno;
	fclose(in);
	errno = saved;
	crypto_hash_sha256_final(&sha256, hash);
	return done;
}

static bool write_text(struct table *t, struct kept_made *made, GError **error)
{
	g_autofree struct sink *sink = g_new(struct sink, 1);
	crypto_hash_sha256_state sha256;
	crypto_hash_sha256_init(&sha256);
	sink_init(sink, outfile_stream(made->file), &sha256);
	bool done = table_to_sink(t, sink, &made->fact.rows, error);
	sink_flush(sink); /* what went wrong outfile_sync() tells */
	crypto_hash_sha256_final(&sha256, made->fact.sha256);
	return done && outfile_sync(made->file, error);
}

static bool write_workbook(struct table *t, struct kept_made *made, const char *folder,
			   GError **error)
{
	const char *path = outfile_temporary(made->file);
	if (!table_to_workbook(t, path, folder, &made->fact.rows, error) ||
	    !outfile_sync(made->file, error))
		return false;
	if (kept_file_hash(path, made->fact.sha256))
		return true;
	g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(errno),
		    "reading %s again: %s", path, g_strerror(errno));
	return false;
}

bool kept_file_make(struct kept_work *w, unsigned part_index, enum table_what what,
		    enum export_format format, GError **error)
{
	const struct day_part *part = &g_array_index(w->facts->parts, struct day_part,
						     part_index);
	const char *folder = w->order->config->export.folder;
	g_autoptr(GPtrArray) questions = NULL;
	struct table t = kept_table(w, part_index, &questions);
	struct kept_made made = {.fact.part = part->part};
	t.what = what;
	t.format = format;
	g_strlcpy(made.fact.what, table_name(what), sizeof made.fact.what);
	g_strlcpy(made.fact.format, table_format_name(format), sizeof made.fact.format);
	g_strlcpy(made.fact.version, TILLASK_VERSION, sizeof made.fact.version);
	made.name = manifest_name(w->facts, table_file(what), part->part,
				  table_format_name(format));
	made.file = outfile_begin(folder, made.name, error);
	bool done = made.file != NULL &&
		    (format == EXPORT_XLSX ? write_workbook(&t, &made, folder, error)
					   : write_text(&t, &made, error));
	g_array_append_val(w->made, made);
	return done;
}
