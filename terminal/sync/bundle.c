/* bundle.c - writing; see bundle.h */
#include "sync/bundle.h"

#include "outfile.h"
#include "progress.h"
#include "sync/facts.h"
#include "sync/packet.h"
#include "sync/pulse.h"

#define BATCH_RECORDS 200 /* what one wrong row holds up */

struct writer {
	struct outbox *outbox;
	struct facts *facts;
	struct signer *signer;
	FILE *out;
	int64_t written, total;
	struct progress progress;
};

static void put_table(struct writer *w, const char *name, const char *columns,
		      const GString *rows)
{
	if (rows->len == 0)
		return;
	g_autofree char *head = g_strdup_printf("table %s %s\n", name, columns);
	signer_put(w->signer, head, -1);
	signer_put(w->signer, rows->str, (gssize)rows->len);
	signer_put(w->signer, "\\.\n", -1);
}

static void put_record(struct writer *w, const struct outbox_record *record)
{
	char line[80];
	int n = g_snprintf(line, sizeof(line),
			   "record %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
			   record->kind, record->n, record->changes);

	signer_put(w->signer, line, n);
}

static bool put_batch(struct writer *w, const struct outbox_record *records, unsigned n,
		      GError **error)
{
	if (!facts_load(w->facts, w->outbox, records, n, error))
		return false;
	for (enum outbox_fact fact = 0; fact < OUTBOX_FACTS; fact++)
		put_table(w, outbox_fact_name(fact), facts_columns(w->facts, fact),
			  facts_text(w->facts, fact));
	for (unsigned i = 0; i < n; i++)
		put_record(w, &records[i]);
	signer_put(w->signer, "end\n", -1);
	w->written += n;
	progress_show(&w->progress, w->written, w->total + 1);
	return true;
}

static bool put_all(struct writer *w, GError **error)
{
	g_autoptr(GArray)
		records = g_array_new(FALSE, FALSE, sizeof(struct outbox_record));
	struct outbox_record last;
	bool first = true;

	for (; !ferror(w->out); first = false) { /* a full stick is told at the end */
		if (!outbox_next(w->outbox, first ? NULL : &last, records, BATCH_RECORDS,
				 error))
			return false;
		if (records->len == 0)
			break;
		last = g_array_index(records, struct outbox_record, records->len - 1);
		if (!put_batch(w, (const struct outbox_record *)(void *)records->data,
			       records->len, error))
			return false;
	}
	progress_show(&w->progress, 1, 1);
	return true;
}

/* Last: the sign of life of when everything else had been written. */
static bool put_pulse(struct writer *w, const struct config *config, GError **error)
{
	GString *rows[PULSE_PARTS];
	bool done = pulse_rows(w->outbox, config, rows, error);

	for (enum pulse_part part = 0; part < PULSE_PARTS; part++) {
		if (done)
			put_table(w, pulse_table(part), pulse_columns(part), rows[part]);
		g_string_free(rows[part], TRUE);
	}
	if (done)
		signer_put(w->signer, "end\n", -1);
	return done;
}

static bool put_head(struct writer *w, const struct config *config, GError **error)
{
	uint8_t key[KEY_BYTES];
	struct outbox_whose whose;
	struct outbox_status status;

	if (!key_public(config->database, false, key, error) ||
	    !outbox_whose(w->outbox, &whose, error) ||
	    !outbox_status(w->outbox, &status, error))
		return false;
	w->total = status.waiting;
	packet_head(w->signer, PACKET_BUNDLE, whose.store, whose.till, &whose.generation,
		    key);
	return true;
}

static bool fill(struct writer *w, const struct config *config, GError **error)
{
	w->signer = signer_new(config->database, w->out, error);
	if (w->signer == NULL)
		return false;
	w->facts = facts_new(w->outbox, error);
	bool done = w->facts != NULL && put_head(w, config, error) && put_all(w, error) &&
		    put_pulse(w, config, error);
	signer_end(w->signer);
	if (w->facts != NULL)
		facts_free(w->facts);
	return done;
}

/* What lies there may not have arrived yet, or be another till's. */
static bool is_free(const struct outfile *file, const char *path, GError **error)
{
	if (!outfile_replaces(file))
		return true;
	g_set_error(
		error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
		"writing the bundle %s: the file exists, and nothing is overwritten; give "
		"another name, or remove it when its acknowledgement was loaded",
		path);
	return false;
}

bool bundle_write(const struct config *config, const char *path, int64_t *records,
		  GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *name = g_path_get_basename(path);
	struct writer w = {.progress.what = "Writing"};
	struct outfile *file;

	w.outbox = outbox_open(config->database, error);
	if (w.outbox == NULL)
		return false;
	file = outfile_begin(folder, name, error);
	bool done = file != NULL && is_free(file, path, error);
	if (file != NULL && !done)
		outfile_drop(file);
	if (done) {
		w.out = outfile_stream(file);
		done = fill(&w, config, error);
		if (done)
			done = outfile_commit(file, error);
		else
			outfile_drop(file);
	}
	outbox_close(w.outbox);
	*records = w.written;
	return done;
}
