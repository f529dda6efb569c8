/* bundle_load.c - taking in; see bundle.h */
#include "sync/bundle.h"

#include <stdlib.h>
#include <string.h>

#include "outfile.h"
#include "progress.h"
#include "sync/facts.h"
#include "sync/packet.h"
#include "sync/schema.h"

struct loader {
	const struct config *config;
	const char *path;
	struct packet packet;
	struct server *server;
	GHashTable *enrolled; /* "STORE\tTILL": what the packet's key may send for */
	struct bundle_result *result;
	GArray *records; /* of the batch */
	GArray *taken;   /* of all batches that the server holds */
	struct progress progress;
};

static bool refuse(const struct loader *l, GError **error, const char *format, ...)
	G_GNUC_PRINTF(3, 4);
static bool refuse(const struct loader *l, GError **error, const char *format, ...)
{
	g_autofree char *why = NULL;
	va_list args;

	va_start(args, format);
	why = g_strdup_vprintf(format, args);
	va_end(args);
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "taking %s in: %s", l->path,
		    why);
	return false;
}

/* Only what a program of ours writes is put together to SQL. */
static bool is_odd(const struct loader *l, GError **error)
{
	return refuse(l, error,
		      "it is signed, but not as tillask writes it; was it made by "
		      "another version?");
}

static bool read_record(struct loader *l, const char *line, gsize length)
{
	g_autofree char *text = g_strndup(line, length);
	g_auto(GStrv) part = g_strsplit(text, " ", 4);
	struct outbox_record record;

	if (g_strv_length(part) != 4)
		return false;
	record.kind = atoi(part[1]);
	record.n = g_ascii_strtoll(part[2], NULL, 10);
	record.changes = g_ascii_strtoll(part[3], NULL, 10);
	g_array_append_val(l->records, record);
	return record.kind >= 1;
}

static bool begins(const char *line, gsize length, const char *with)
{
	return length >= strlen(with) && strncmp(line, with, strlen(with)) == 0;
}

/* ---- one batch -------------------------------------------------------------------------- */

/* "visit" and its columns in SQL. */
static bool read_table(const char *line, gsize length, char **sql)
{
	static const char allowed[] = G_CSET_a_2_z G_CSET_DIGITS "_\", ";
	g_autofree char *text = g_strndup(line, length);
	g_auto(GStrv) part = g_strsplit(text, " ", 3);

	*sql = NULL;
	if (g_strv_length(part) != 3 || strspn(part[2], allowed) != strlen(part[2]) ||
	    !g_str_has_prefix(part[2], "\"store\", \"till\", "))
		return false;
	for (enum outbox_fact fact = 0; fact < OUTBOX_FACTS; fact++)
		if (strcmp(outbox_fact_name(fact), part[1]) == 0)
			*sql = g_strdup_printf("COPY pg_temp.incoming_%s (%s) FROM STDIN",
					       part[1], part[2]);
	return *sql != NULL;
}

/* Of a store and till that this key is enrolled for? */
static bool may_send(struct loader *l, const char *row, gsize length, GError **error)
{
	const char *store_end = memchr(row, '\t', length);
	const char *till_end = store_end != NULL
				       ? memchr(store_end + 1, '\t',
						length - (gsize)(store_end + 1 - row))
				       : NULL;
	g_autofree char *whose = till_end != NULL
					 ? g_strndup(row, (gsize)(till_end - row))
					 : NULL;

	if (whose == NULL)
		return is_odd(l, error);
	if (g_hash_table_contains(l->enrolled, whose))
		return true;
	g_strdelimit(whose, "\t", '/');
	return refuse(l, error,
		      "it holds rows of %s, for which its key is not enrolled: tillask "
		      "central enrol %s KEY",
		      whose, whose);
}

/* The rows up to `\.`, which are copied into the staging table. */
static bool copy_table(struct loader *l, const char *head, gsize length, GError **error)
{
	g_autofree char *sql = NULL;
	const char *rows, *line;

	if (!read_table(head, length, &sql))
		return is_odd(l, error);
	rows = l->packet.at;
	while ((line = packet_line(&l->packet, &length)) != NULL) {
		if (length == 2 && strncmp(line, "\\.", 2) == 0)
			return server_copy(l->server, sql, rows, (gsize)(line - rows),
					   error);
		if (!may_send(l, line, length, error))
			return false;
	}
	return is_odd(l, error);
}

/* Tables, then records, then `end`.  False and SERVER_ERROR_ROW: the server refuses a row; the
 * packet stands somewhere within the batch. */
static bool stage_batch(struct loader *l, const char *line, gsize length, GError **error)
{
	for (; line != NULL; line = packet_line(&l->packet, &length)) {
		if (length == 3 && begins(line, length, "end"))
			return true;
		if (begins(line, length, "record ")) {
			if (!read_record(l, line, length))
				return is_odd(l, error);
		} else if (!begins(line, length, "table ")) {
			return is_odd(l, error);
		} else if (!copy_table(l, line, length, error)) {
			return false;
		}
	}
	return is_odd(l, error);
}

/* After a refusal: to the end of the batch.  Rows never are `end`: they have tabs. */
static bool skip_batch(struct loader *l, GError **error)
{
	const char *line;
	gsize length;

	while ((line = packet_line(&l->packet, &length)) != NULL) {
		if (length == 3 && begins(line, length, "end"))
			return true;
		if (begins(line, length, "record ") && !read_record(l, line, length))
			break;
	}
	return is_odd(l, error);
}

static bool take_batch(struct loader *l, const char *line, gsize length, GError **error)
{
	struct server *s = l->server;

	if (server_do(s, "BEGIN; SET LOCAL synchronous_commit TO on", error) &&
	    server_do(s, "SELECT tillask.stage()", error) &&
	    stage_batch(l, line, length, error) &&
	    server_do(s, "SELECT tillask.take()", error) && server_do(s, "COMMIT", error))
		return true;
	server_roll_back(s);
	return false;
}

/* Those of a batch that the server refuses stay on the till; the others go on. */
static bool take_all(struct loader *l, GError **error)
{
	const char *line;
	gsize length;
	gsize whole = (gsize)(l->packet.end - l->packet.at);

	while ((line = packet_line(&l->packet, &length)) != NULL) {
		GError *why = NULL;
		g_array_set_size(l->records, 0);
		bool taken = take_batch(l, line, length, &why);
		if (!taken && !g_error_matches(why, SERVER_ERROR, SERVER_ERROR_ROW)) {
			g_propagate_error(error, why);
			return false;
		}
		if (!taken) {
			g_strlcpy(l->result->refused, why->message,
				  sizeof(l->result->refused));
			g_error_free(why);
			if (l->records->len == 0 && !skip_batch(l, error))
				return false;
		}
		l->result->records += l->records->len;
		if (taken)
			g_array_append_vals(l->taken, l->records->data, l->records->len);
		progress_show(&l->progress,
			      (gint64)(whole - (gsize)(l->packet.end - l->packet.at)),
			      (gint64)whole);
	}
	l->result->acknowledged = l->taken->len;
	return true;
}

/* ---- at head office --------------------------------------------------------------------- */

static bool look_up_key(struct loader *l, GError **error)
{
	char hex[KEY_HEX];

	key_hex(l->packet.key, hex);
	g_autofree char *sql =
		g_strdup_printf("SELECT store, till FROM tillask.till_key"
				" WHERE public_key = '\\x%s' AND revoked_at IS NULL",
				hex);
	PGresult *rows = server_query(l->server, sql, error);
	if (rows == NULL)
		return false;
	for (int i = 0; i < PQntuples(rows); i++)
		g_hash_table_add(l->enrolled, g_strconcat(PQgetvalue(rows, i, 0), "\t",
							  PQgetvalue(rows, i, 1), NULL));
	PQclear(rows);
	if (g_hash_table_size(l->enrolled) > 0)
		return true;
	return refuse(
		l, error,
		"it is signed with a key that is enrolled for no till (it says store "
		"%s, till %s); when that key is really this till's: tillask central "
		"enrol %s/%s %s",
		l->packet.store, l->packet.till, l->packet.store, l->packet.till, hex);
}

static void put_records(struct signer *s, const GArray *records)
{
	for (guint i = 0; i < records->len; i++) {
		const struct outbox_record *r = &g_array_index(records,
							       struct outbox_record, i);
		char line[80];
		int n = g_snprintf(line, sizeof(line),
				   "record %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
				   "\n",
				   r->kind, r->n, r->changes);

		signer_put(s, line, n);
	}
}

static bool write_ack(struct loader *l, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(l->path);
	g_autofree char *base = g_path_get_basename(l->path);
	g_autofree char *name = g_strconcat(base, ".ack", NULL);
	const struct packet *p = &l->packet;
	uint8_t key[KEY_BYTES];

	if (!key_public(l->config->database, true, key, error))
		return false;
	struct outfile *file = outfile_begin(folder, name, error);
	if (file == NULL)
		return false;
	struct signer *s = signer_new(l->config->database, outfile_stream(file), error);
	if (s == NULL) {
		outfile_drop(file);
		return false;
	}
	packet_head(s, PACKET_ACKNOWLEDGEMENT, p->store, p->till, &p->generation, key);
	put_records(s, l->taken);
	signer_end(s);
	return outfile_commit(file, error);
}

static bool load_bundle(struct loader *l, GError **error)
{
	struct schema_state state;

	if (*l->config->sync.server == '\0')
		return refuse(l, error,
			      "no server is named: [sync] server= in %s is absent; a "
			      "bundle is taken in at head office",
			      l->config->file);
	l->server = server_open(l->config->sync.server, error);
	return l->server != NULL && schema_ready(l->server, &state, error) &&
	       look_up_key(l, error) && take_all(l, error) && write_ack(l, error);
}

/* ---- at the till ------------------------------------------------------------------------ */

static bool is_ours(struct loader *l, struct outbox *outbox, GError **error)
{
	struct outbox_whose whose;
	uint8_t centre[KEY_BYTES];

	if (!outbox_whose(outbox, &whose, error) ||
	    !key_trusted(l->config->database, centre, error))
		return false;
	if (memcmp(centre, l->packet.key, KEY_BYTES) != 0)
		return refuse(l, error,
			      "it is not signed with the key of head office that this "
			      "till believes");
	if (!id_equal(&whose.generation, &l->packet.generation))
		return refuse(l, error,
			      "it acknowledges a bundle of another database (store %s, "
			      "till %s)",
			      l->packet.store, l->packet.till);
	return true;
}

static bool read_records(struct loader *l, GError **error)
{
	const char *line;
	gsize length;

	while ((line = packet_line(&l->packet, &length)) != NULL)
		if (!begins(line, length, "record ") || !read_record(l, line, length))
			return is_odd(l, error);
	l->result->records = l->result->acknowledged = l->records->len;
	return true;
}

static bool load_ack(struct loader *l, GError **error)
{
	struct outbox *outbox = outbox_open(l->config->database, error);

	if (outbox == NULL)
		return false;
	bool done =
		is_ours(l, outbox, error) && read_records(l, error) &&
		outbox_acknowledge(outbox,
				   (const struct outbox_record *)(void *)l->records->data,
				   l->records->len, error);
	outbox_close(outbox);
	return done;
}

bool bundle_load(const struct config *config, const char *path, bool *is_ack,
		 struct bundle_result *result, GError **error)
{
	struct loader l = {.config = config,
			   .path = path,
			   .result = result,
			   .progress.what = "Taking in"};

	*result = (struct bundle_result){0};
	if (!packet_open(&l.packet, path, error))
		return false;
	l.enrolled = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	l.records = g_array_new(FALSE, FALSE, sizeof(struct outbox_record));
	l.taken = g_array_new(FALSE, FALSE, sizeof(struct outbox_record));
	*is_ack = l.packet.kind == PACKET_ACKNOWLEDGEMENT;
	bool done = *is_ack ? load_ack(&l, error) : load_bundle(&l, error);
	g_hash_table_unref(l.enrolled);
	g_array_unref(l.records);
	g_array_unref(l.taken);
	if (l.server != NULL)
		server_close(l.server);
	packet_clear(&l.packet);
	return done;
}
