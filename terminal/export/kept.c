#include "export/kept.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "day.h"
#include "export/kept_files.h"
#include "export/manifest.h"

static bool refuse(const struct kept_work *w, GError **error, const char *why)
{
	g_autofree char *text = day_text(w->order->day);
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "the files of %s: %s", text,
		    why);
	return false;
}

/* Rows that came from another database keep their seal; which rows were there is not known. */
static bool is_foreign(const struct kept_work *w)
{
	return w->facts->sealed &&
	       memcmp(w->facts->generation, w->generation, DAY_GENERATION) != 0;
}

/* ---- what is known ---------------------------------------------------------------------- */

/* Names and habits: of today, until the day is sealed. */
static void set_style(struct kept_work *w)
{
	const struct config *c = w->order->config;
	struct day_facts *f = w->facts;
	const char *language = c->languages[c->language];
	day_facts_set(&f->store, c->store);
	day_facts_set(&f->till, c->till);
	day_facts_set(&f->language, language);
	f->excel = c->export.excel;
	f->decimal_sign = cell_decimal_sign(language);
}

/* Appends a part that ends now, with RANGE's questions. */
static bool add_part(struct kept_work *w, const struct archive_range *range,
		     GError **error)
{
	g_autoptr(GPtrArray) names = archive_questions(w->archive, range, error);
	if (names == NULL)
		return false;
	g_ptr_array_add(names, NULL);
	struct day_part part = {
		.part = (int)w->facts->parts->len + 1,
		.upto = range->upto,
		.questions = g_strjoinv("\n", (char **)names->pdata),
	};
	g_array_append_val(w->facts->parts, part);
	return true;
}

/* The whole day, as far as it is. */
static bool measure_open_day(struct kept_work *w, GError **error)
{
	struct archive_range range = archive_all(w->order->day, w->order->day);
	if (!archive_now(w->archive, &range.upto, error))
		return false;
	g_array_set_size(w->facts->parts, 0);
	return add_part(w, &range, error);
}

static bool seal(struct kept_work *w, GError **error)
{
	struct day_facts *f = w->facts;
	bool open;
	if (!day_facts_open_visit(w->archive, f->day, &open, error))
		return false;
	if (!w->order->ended || (open && !w->order->long_ended))
		return true;
	f->sealed = true;
	return kept_content(w, f->seal, error) &&
	       day_facts_before(w->archive, f->day, &f->previous_day, f->previous, error);
}

struct count {
	int64_t rows[TABLES];
};

static bool count_visit(void *self, const struct archive_visit *visit)
{
	struct count *c = self;
	c->rows[TABLE_VISITS]++;
	for (unsigned i = 0; i < visit->answers; i++)
		c->rows[TABLE_ANSWERS] += !visit->answer[i].earlier;
	return true;
}

static bool count_card(void *self, const struct archive_card *card)
{
	struct count *c = self;
	(void)card;
	c->rows[TABLE_CARDS]++;
	return true;
}

/* How many rows of each table a part has. */
static bool count_part(struct kept_work *w, const struct archive_range *range,
		       struct count *count, GError **error)
{
	memset(count, 0, sizeof *count);
	return archive_visits(w->archive, range, count_visit, count, error) &&
	       archive_cards(w->archive, range, count_card, count, error);
}

/* Rows that came after the seal, or after the last part. */
static bool find_late_rows(struct kept_work *w, GError **error)
{
	GArray *parts = w->facts->parts;
	struct archive_range range = archive_all(w->order->day, w->order->day);
	struct count count;
	range.after = g_array_index(parts, struct day_part, parts->len - 1).upto;
	if (!archive_now(w->archive, &range.upto, error) ||
	    !count_part(w, &range, &count, error))
		return false;
	if (count.rows[TABLE_VISITS] == 0 && count.rows[TABLE_CARDS] == 0)
		return true;
	return add_part(w, &range, error);
}

/* A revision that waits gets the hash of what is there now. */
static bool revise(struct kept_work *w, GError **error)
{
	GArray *revisions = w->facts->revisions;
	for (unsigned i = 0; i < revisions->len; i++) {
		struct day_revision *r = &g_array_index(revisions, struct day_revision,
							i);
		if (r->has_content)
			continue;
		w->anew = r->has_content = true;
		if (!kept_content(w, r->content, error))
			return false;
	}
	return true;
}

/* A damaged database was set aside, and its visits were taken over: what it sealed stays. */
static bool adopt(struct kept_work *w, GError **error)
{
	g_autofree char *name = manifest_name(w->facts, "survey", 1, "json");
	g_autofree char *path = g_build_filename(w->order->config->export.folder, name,
						 NULL);
	return !manifest_adopt(path, w->generation, w->facts) ||
	       measure_open_day(w, error);
}

/* Brings the facts to what they are to be. */
static bool decide(struct kept_work *w, GError **error)
{
	int32_t purged, day = w->order->day;
	if (!day_facts_purged(w->archive, day, day, &purged, error) ||
	    !day_facts_generation(w->archive, w->generation, error))
		return false;
	if (purged != DAY_NONE)
		return refuse(
			w, error,
			"its rows were deleted when their time was over; no file is "
			"made of it again");
	if (!w->facts->known) {
		set_style(w);
		if (!adopt(w, error))
			return false;
	}
	w->was_sealed = w->facts->sealed;
	if (w->was_sealed)
		return find_late_rows(w, error) && revise(w, error);
	set_style(w);
	memcpy(w->facts->generation, w->generation, DAY_GENERATION);
	return measure_open_day(w, error) && seal(w, error);
}

/* ---- the files -------------------------------------------------------------------------- */

/* Was this table made in this format, of any part? */
static bool is_known(struct kept_work *w, enum table_what what, enum export_format format)
{
	for (unsigned i = 0; i < w->facts->parts->len; i++)
		if (kept_file_find(
			    w->facts,
			    g_array_index(w->facts->parts, struct day_part, i).part,
			    table_name(what), table_format_name(format)) != NULL)
			return true;
	return false;
}

/* Whether part PART_INDEX needs a file of this table: later ones only where they have rows. */
static bool has_rows(struct kept_work *w, unsigned part_index, enum table_what what,
		     GError **error)
{
	g_autoptr(GPtrArray) questions = NULL;
	struct table t = kept_table(w, part_index, &questions);
	struct count count;
	return part_index == 0 ||
	       (count_part(w, &t.range, &count, error) && count.rows[what] > 0);
}

static bool make_table(struct kept_work *w, enum table_what what,
		       enum export_format format, GError **error)
{
	const struct kept_order *o = w->order;
	GError *why = NULL;
	if (!(o->what[what] && o->format[format]) && !is_known(w, what, format))
		return true;
	for (unsigned i = 0; i < w->facts->parts->len; i++) {
		if (i == 0 && is_foreign(w)) {
			if (!is_known(w, what, format) && !w->order->due)
				return refuse(
					w, error,
					"another database of this till sealed them, "
					"so there are only those of then; give "
					"another --output FOLDER or -");
			continue;
		}
		if (has_rows(w, i, what, &why) &&
		    !kept_file_make(w, i, what, format, &why))
			g_assert(why != NULL);
		if (why != NULL) {
			g_propagate_error(error, why);
			return false;
		}
	}
	return true;
}

static bool make_files(struct kept_work *w, GError **error)
{
	for (int what = 0; what < TABLES; what++)
		for (int format = 0; format < EXPORT_FORMATS; format++)
			if (!make_table(w, (enum table_what)what,
					(enum export_format)format, error))
				return false;
	return true;
}

/* May FILE be another one than it was? */
static bool may_change(const struct kept_work *w, const struct day_file *was)
{
	bool other_version = strcmp(was->version, TILLASK_VERSION) != 0;
	return !w->was_sealed || w->anew ||
	       (other_version && strcmp(was->format, "xlsx") == 0);
}

static void note_change(const struct kept_work *w, struct day_file *was,
			const struct day_file *is)
{
	struct day_file old = *was;
	*was = *is;
	if (!w->was_sealed)
		return;
	was->has_replaces = true;
	memcpy(was->replaces, old.sha256, DAY_HASH);
	if (w->anew)
		was->revision = g_array_index(w->facts->revisions, struct day_revision,
					      w->facts->revisions->len - 1)
					.n;
}

static int by_name(gconstpointer a, gconstpointer b)
{
	const struct day_file *one = a, *other = b;
	int order = one->part - other->part;
	if (order == 0)
		order = strcmp(one->what, other->what);
	return order != 0 ? order : strcmp(one->format, other->format);
}

/* Takes a made file into the facts; drops it where the folder has it. */
static bool take(struct kept_work *w, struct kept_made *made, GError **error)
{
	struct day_file *was = kept_file_find(w->facts, made->fact.part, made->fact.what,
					      made->fact.format);
	g_autofree char *path = g_build_filename(w->order->config->export.folder,
						 made->name, NULL);
	uint8_t there[DAY_HASH];
	if (was == NULL) {
		g_array_append_val(w->facts->files, made->fact);
	} else if (memcmp(was->sha256, made->fact.sha256, DAY_HASH) != 0) {
		if (!may_change(w, was)) {
			g_autofree char *why = g_strdup_printf(
				"%s made again is not what was sealed, so somebody "
				"changed rows in the database; the file that stands "
				"in the folder is left as it is",
				made->name);
			return refuse(w, error, why);
		}
		note_change(w, was, &made->fact);
	}
	if (kept_file_hash(path, there) &&
	    memcmp(there, made->fact.sha256, DAY_HASH) == 0)
		outfile_drop(g_steal_pointer(&made->file));
	return true;
}

static bool take_all(struct kept_work *w, GError **error)
{
	for (unsigned i = 0; i < w->made->len; i++)
		if (!take(w, &g_array_index(w->made, struct kept_made, i), error))
			return false;
	g_array_sort(w->facts->files, by_name);
	return true;
}

/* ---- the folder ------------------------------------------------------------------------- */

/* No manifest stands over files of which one is being replaced. */
static bool take_manifest_away(struct kept_work *w, const char *name, GError **error)
{
	g_autofree char *path = g_build_filename(w->order->config->export.folder, name,
						 NULL);
	bool replaces = false;
	for (unsigned i = 0; i < w->made->len; i++) {
		const struct kept_made *made = &g_array_index(w->made, struct kept_made,
							      i);
		replaces |= made->file != NULL && outfile_replaces(made->file);
	}
	if (!replaces || g_unlink(path) == 0 || errno == ENOENT)
		return true;
	g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(errno),
		    "replacing %s: %s", path, g_strerror(errno));
	return false;
}

static bool put_manifest(struct kept_work *w, const char *name, GError **error)
{
	int64_t first, last;
	if (!day_facts_seqs(w->archive, w->facts->day, &first, &last, error))
		return false;
	struct outfile *file = outfile_begin(w->order->config->export.folder, name,
					     error);
	if (file == NULL)
		return false;
	g_autofree struct sink *sink = g_new(struct sink, 1);
	sink_init(sink, outfile_stream(file), NULL);
	manifest_write(sink, w->facts, first, last);
	sink_flush(sink);
	return outfile_commit(file, error);
}

static bool publish(struct kept_work *w, GError **error)
{
	const char *database = w->order->config->database;
	g_autofree char *name = manifest_name(w->facts, "survey", 1, "json");
	if (!day_facts_write(database, w->facts, error) ||
	    !take_manifest_away(w, name, error))
		return false;
	for (unsigned i = 0; i < w->made->len; i++) {
		struct kept_made *made = &g_array_index(w->made, struct kept_made, i);
		if (made->file == NULL)
			continue;
		if (!outfile_commit(g_steal_pointer(&made->file), error))
			return false;
		if (!w->order->due)
			fprintf(stderr, "written: %s/%s\n",
				w->order->config->export.folder, made->name);
	}
	return put_manifest(w, name, error) &&
	       day_facts_published(database, w->facts->day, error);
}

static void clear_made(gpointer data)
{
	struct kept_made *made = data;
	if (made->file != NULL)
		outfile_drop(made->file);
	g_free(made->name);
}

bool kept_make(const struct kept_order *order, GError **error)
{
	struct kept_work w = {.order = order,
			      .archive = archive_open(order->config->database, error)};
	if (w.archive == NULL)
		return false;
	w.made = g_array_new(FALSE, TRUE, sizeof(struct kept_made));
	g_array_set_clear_func(w.made, clear_made);
	w.facts = day_facts_read(w.archive, order->day, error);
	bool done = w.facts != NULL && decide(&w, error) && make_files(&w, error) &&
		    take_all(&w, error) && publish(&w, error);
	g_array_unref(w.made);
	day_facts_free(w.facts);
	archive_close(w.archive);
	return done;
}

/* ".survey-STORE-TILL-2024-10-04.csv.PID.tmp": of this till, others may share the folder. */
static bool is_left_over(const struct config *config, const char *name)
{
	for (int what = 0; what < TABLES; what++) {
		g_autofree char *pattern = g_strdup_printf(
			".%s-%s-%s-????"
			"-??"
			"-??"
			".*.tmp",
			table_file((enum table_what)what), config->store, config->till);
		if (g_pattern_match_simple(pattern, name))
			return true;
	}
	return false;
}

void kept_sweep(const struct config *config)
{
	const char *folder = config->export.folder, *name;
	g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
	while (files != NULL && (name = g_dir_read_name(files)) != NULL)
		if (is_left_over(config, name)) {
			g_autofree char *path = g_build_filename(folder, name, NULL);
			g_unlink(path);
		}
}
