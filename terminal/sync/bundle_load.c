/* bundle_load.c - taking in; see bundle.h */
#include "sync/bundle.h"

#include <string.h>

#include "outfile.h"
#include "progress.h"
#include "sync/ask.h"
#include "sync/bundle_batch.h"
#include "sync/home.h"

#define MOVES_MOST 3 /* so often a share of a batch is sent after its store */

struct loader {
	const struct config *config;
	const char *path;
	struct packet packet;
	struct server *centre;
	GHashTable *homes;    /* of stores: struct server, perhaps the centre */
	GHashTable *enrolled; /* "STORE\tTILL": what the packet's key may send for */
	struct bundle_batch batch;
	struct bundle_result *result;
	GArray *taken; /* struct outbox_record of all batches that the servers hold */
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

/* ---- the whole of it, before a row goes anywhere ---------------------------------------- */

/* All of stores and tills that this key is enrolled for? */
static bool may_send(struct loader *l, GError **error)
{
	GHashTableIter rows;
	gpointer whose;

	g_hash_table_iter_init(&rows, l->batch.whose);
	while (g_hash_table_iter_next(&rows, &whose, NULL)) {
		if (g_hash_table_contains(l->enrolled, whose))
			continue;
		g_autofree char *till = g_strdelimit(g_strdup(whose), "\t", '/');
		return refuse(l, error,
			      "it holds rows of %s, for which its key is not enrolled: "
			      "tillask central enrol %s KEY",
			      till, till);
	}
	return true;
}

/* Reads it through; the packet stands at the beginning again. */
static bool look_through(struct loader *l, GError **error)
{
	const char *begin = l->packet.at;
	enum bundle_batch_read read;

	while ((read = bundle_batch_next(&l->batch, &l->packet)) == BUNDLE_BATCH_READ)
		if (!may_send(l, error))
			return false;
	l->packet.at = begin;
	return read == BUNDLE_BATCH_NONE || is_odd(l, error);
}

/* ---- the servers of its stores ---------------------------------------------------------- */

static struct server *home_of(struct loader *l, const char *store, GError **error)
{
	struct server *s = g_hash_table_lookup(l->homes, store);

	if (s == NULL) {
		s = home_open_of(l->centre, l->config->sync.server, store, error);
		if (s != NULL)
			g_hash_table_insert(l->homes, g_strdup(store), s);
	}
	return s;
}

static void leave_home(struct loader *l, const char *store)
{
	struct server *s = g_hash_table_lookup(l->homes, store);

	g_hash_table_remove(l->homes, store);
	if (s != NULL && s != l->centre)
		server_close(s);
}

static void close_servers(struct loader *l)
{
	GHashTableIter homes;
	gpointer s;

	g_hash_table_iter_init(&homes, l->homes);
	while (g_hash_table_iter_next(&homes, NULL, &s))
		if (s != l->centre)
			server_close(s);
	if (l->centre != NULL)
		server_close(l->centre);
}

/* ---- a batch ---------------------------------------------------------------------------- */

/* Facts go by tillask.stage(), which keeps what differs from a row of the same key.  Of a pulse
 * nothing differs: it is there or not. */
static bool is_fact(const struct bundle_table *t)
{
	for (enum outbox_fact fact = 0; fact < OUTBOX_FACTS; fact++)
		if (strcmp(outbox_fact_name(fact), t->name) == 0)
			return true;
	return false;
}

static bool copy_fact(struct server *s, const struct bundle_table *t, GError **error)
{
	g_autofree char *sql = g_strdup_printf("COPY pg_temp.incoming_%s (%s) FROM STDIN",
					       t->name, t->columns);

	return server_copy(s, sql, t->rows->str, t->rows->len, error);
}

static bool copy_pulse(struct server *s, const struct bundle_table *t, GError **error)
{
	g_autofree char *make = g_strdup_printf(
		"CREATE TEMPORARY TABLE carried_%s (LIKE tillask.%s INCLUDING DEFAULTS)"
		" ON COMMIT DROP;"
		"ALTER TABLE pg_temp.carried_%s ALTER carried SET DEFAULT true",
		t->name, t->name, t->name);
	g_autofree char *copy = g_strdup_printf("COPY pg_temp.carried_%s (%s) FROM STDIN",
						t->name, t->columns);
	g_autofree char *take =
		g_strdup_printf("INSERT INTO tillask.%s SELECT * FROM pg_temp.carried_%s"
				" ON CONFLICT DO NOTHING",
				t->name, t->name);

	return server_do(s, make, error) &&
	       server_copy(s, copy, t->rows->str, t->rows->len, error) &&
	       server_do(s, take, error);
}

static bool copy_tables(struct server *s, const struct bundle_share *share,
			GError **error)
{
	for (guint i = 0; i < share->tables->len; i++) {
		const struct bundle_table *t = g_ptr_array_index(share->tables, i);

		if (!(is_fact(t) ? copy_fact : copy_pulse)(s, t, error))
			return false;
	}
	return true;
}

static bool transaction(struct server *s, const struct bundle_share *share,
			GError **error)
{
	if (server_do(s, "BEGIN; SET LOCAL synchronous_commit TO on", error) &&
	    server_do(s, "SELECT tillask.stage()", error) &&
	    copy_tables(s, share, error) &&
	    server_do(s, "SELECT tillask.take()", error) && server_do(s, "COMMIT", error))
		return true;
	server_roll_back(s);
	return false;
}

/* To the server that holds the store; when it moves meanwhile, after it. */
static bool take_share(struct loader *l, const struct bundle_share *share, GError **error)
{
	g_autoptr(GError) why = NULL;

	for (int i = 0; i < MOVES_MOST; i++) {
		g_clear_error(&why);
		struct server *s = home_of(l, share->store, error);
		if (s == NULL)
			return false;
		if (transaction(s, share, &why))
			return true;
		if (!g_error_matches(why, SERVER_ERROR, SERVER_ERROR_MOVED)) {
			g_propagate_error(error, g_steal_pointer(&why));
			return false;
		}
		leave_home(l, share->store);
	}
	return refuse(l, error,
		      "%s; load it again when `tillask central servers` shows no "
		      "unfinished move of that store",
		      why->message);
}

/* False and SERVER_ERROR_ROW: a server refuses a row. */
static bool take_batch(struct loader *l, GError **error)
{
	for (guint i = 0; i < l->batch.shares->len; i++)
		if (!take_share(l, g_ptr_array_index(l->batch.shares, i), error))
			return false;
	return true;
}

static void count(struct loader *l, bool taken, const char *begin)
{
	const GArray *records = l->batch.records;

	l->result->records += records->len;
	if (taken)
		g_array_append_vals(l->taken, records->data, records->len);
	progress_show(&l->progress, l->packet.at - begin, l->packet.end - begin);
}

/* Those of a batch that the server refuses stay on the till; the others go on. */
static bool take_all(struct loader *l, GError **error)
{
	const char *begin = l->packet.at;

	while (bundle_batch_next(&l->batch, &l->packet) == BUNDLE_BATCH_READ) {
		GError *why = NULL;
		bool taken = take_batch(l, &why);

		if (!taken && !g_error_matches(why, SERVER_ERROR, SERVER_ERROR_ROW)) {
			g_propagate_error(error, why);
			return false;
		}
		if (!taken)
			g_strlcpy(l->result->refused, why->message,
				  sizeof(l->result->refused));
		g_clear_error(&why);
		count(l, taken, begin);
	}
	l->result->acknowledged = l->taken->len;
	return true;
}

/* ---- at head office --------------------------------------------------------------------- */

/* Elsewhere are no keys of tills, and nobody knows the homes of stores. */
static bool is_centre(struct loader *l, GError **error)
{
	g_autofree char *name =
		ask_text(l->centre, error,
			 "SELECT coalesce((SELECT name FROM tillask.member), 'centre')",
			 NULL, NULL);

	if (name == NULL)
		return false;
	return strcmp(name, "centre") == 0 ||
	       refuse(l, error,
		      "[sync] server= in %s names server %s of a chain; name the centre "
		      "there, which knows the keys of tills and where each store is",
		      l->config->file, name);
}

static bool look_up_key(struct loader *l, GError **error)
{
	char hex[KEY_HEX];

	key_hex(l->packet.key, hex);
	g_autofree char *sql =
		g_strdup_printf("SELECT store, till FROM tillask.till_key"
				" WHERE public_key = '\\x%s' AND revoked_at IS NULL",
				hex);
	PGresult *rows = server_query(l->centre, sql, error);
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
	l->centre = server_open(l->config->sync.server, error);
	return l->centre != NULL && schema_ready(l->centre, &state, error) &&
	       is_centre(l, error) && look_up_key(l, error) && look_through(l, error) &&
	       take_all(l, error) && write_ack(l, error);
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
		if (!bundle_batch_record(line, length, l->taken))
			return is_odd(l, error);
	l->result->records = l->result->acknowledged = l->taken->len;
	return true;
}

static bool load_ack(struct loader *l, GError **error)
{
	struct outbox *outbox = outbox_open(l->config->database, error);

	if (outbox == NULL)
		return false;
	bool done = is_ours(l, outbox, error) && read_records(l, error) &&
		    outbox_acknowledge(
			    outbox, (const struct outbox_record *)(void *)l->taken->data,
			    l->taken->len, error);
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
	l.homes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	l.taken = g_array_new(FALSE, FALSE, sizeof(struct outbox_record));
	*is_ack = l.packet.kind == PACKET_ACKNOWLEDGEMENT;
	bool done = *is_ack ? load_ack(&l, error) : load_bundle(&l, error);
	close_servers(&l);
	g_hash_table_unref(l.homes);
	g_hash_table_unref(l.enrolled);
	g_array_unref(l.taken);
	bundle_batch_clear(&l.batch);
	packet_clear(&l.packet);
	return done;
}
