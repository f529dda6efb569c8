#include "sync/bundle_batch.h"

#include <stdlib.h>
#include <string.h>

#include "sync/pulse.h"

/* ---- what it is made of ----------------------------------------------------------------- */

static void free_table(gpointer data)
{
	struct bundle_table *t = data;

	g_free(t->name);
	g_free(t->columns);
	g_string_free(t->rows, TRUE);
	g_free(t);
}

static void free_share(gpointer data)
{
	struct bundle_share *share = data;

	g_free(share->store);
	g_ptr_array_unref(share->tables);
	g_free(share);
}

void bundle_batch_clear(struct bundle_batch *b)
{
	g_clear_pointer(&b->shares, g_ptr_array_unref);
	g_clear_pointer(&b->whose, g_hash_table_unref);
	g_clear_pointer(&b->records, g_array_unref);
}

static void begin(struct bundle_batch *b)
{
	bundle_batch_clear(b);
	b->shares = g_ptr_array_new_with_free_func(free_share);
	b->whose = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	b->records = g_array_new(FALSE, FALSE, sizeof(struct outbox_record));
}

/* A till has one store, two when it was given to another. */
static struct bundle_share *share_of(struct bundle_batch *b, const char *store,
				     gsize length)
{
	struct bundle_share *share;

	for (guint i = 0; i < b->shares->len; i++) {
		share = g_ptr_array_index(b->shares, i);
		if (strlen(share->store) == length &&
		    memcmp(share->store, store, length) == 0)
			return share;
	}
	share = g_new0(struct bundle_share, 1);
	share->store = g_strndup(store, length);
	share->tables = g_ptr_array_new_with_free_func(free_table);
	g_ptr_array_add(b->shares, share);
	return share;
}

static GString *rows_of(struct bundle_share *share, const char *name, const char *columns)
{
	struct bundle_table *t;

	for (guint i = 0; i < share->tables->len; i++) {
		t = g_ptr_array_index(share->tables, i);
		if (strcmp(t->name, name) == 0 && strcmp(t->columns, columns) == 0)
			return t->rows;
	}
	t = g_new0(struct bundle_table, 1);
	t->name = g_strdup(name);
	t->columns = g_strdup(columns);
	t->rows = g_string_new(NULL);
	g_ptr_array_add(share->tables, t);
	return t->rows;
}

/* ---- its lines -------------------------------------------------------------------------- */

static bool begins(const char *line, gsize length, const char *with)
{
	return length >= strlen(with) && strncmp(line, with, strlen(with)) == 0;
}

bool bundle_batch_record(const char *line, gsize length, GArray *records)
{
	g_autofree char *text = g_strndup(line, length);
	g_auto(GStrv) part = g_strsplit(text, " ", 5);
	struct outbox_record record;

	if (g_strv_length(part) != 4 || strcmp(part[0], "record") != 0)
		return false;
	record.kind = atoi(part[1]);
	record.n = g_ascii_strtoll(part[2], NULL, 10);
	record.changes = g_ascii_strtoll(part[3], NULL, 10);
	g_array_append_val(records, record);
	return record.kind >= 1;
}

static bool is_table(const char *name)
{
	for (enum outbox_fact fact = 0; fact < OUTBOX_FACTS; fact++)
		if (strcmp(outbox_fact_name(fact), name) == 0)
			return true;
	for (enum pulse_part part = 0; part < PULSE_PARTS; part++)
		if (strcmp(pulse_table(part), name) == 0)
			return true;
	return false;
}

static bool are_columns(const char *columns)
{
	static const char allowed[] = G_CSET_a_2_z G_CSET_DIGITS "_\", ";

	return strspn(columns, allowed) == strlen(columns) &&
	       g_str_has_prefix(columns, "\"store\", \"till\", ");
}

/* A row, with its line end, to those of its store. */
static bool add_row(struct bundle_batch *b, char **head, const char *row, gsize length)
{
	const char *store_end = memchr(row, '\t', length);
	const char *till = store_end != NULL ? store_end + 1 : NULL;
	const char *till_end = till != NULL
				       ? memchr(till, '\t', length - (gsize)(till - row))
				       : NULL;

	if (till_end == NULL)
		return false;
	g_hash_table_add(b->whose, g_strndup(row, (gsize)(till_end - row)));
	struct bundle_share *share = share_of(b, row, (gsize)(store_end - row));
	g_string_append_len(rows_of(share, head[1], head[2]), row, (gssize)length + 1);
	return true;
}

/* `table NAME COLUMNS` and its rows, up to `\.`. */
static bool read_table(struct bundle_batch *b, struct packet *p, const char *line,
		       gsize length)
{
	g_autofree char *text = g_strndup(line, length);
	g_auto(GStrv) head = g_strsplit(text, " ", 3);

	if (g_strv_length(head) != 3 || !is_table(head[1]) || !are_columns(head[2]))
		return false;
	while ((line = packet_line(p, &length)) != NULL) {
		if (length == 2 && begins(line, length, "\\."))
			return true;
		if (!add_row(b, head, line, length))
			return false;
	}
	return false;
}

enum bundle_batch_read bundle_batch_next(struct bundle_batch *b, struct packet *p)
{
	gsize length;
	const char *line = packet_line(p, &length);

	if (line == NULL)
		return p->at == p->end ? BUNDLE_BATCH_NONE : BUNDLE_BATCH_ODD;
	for (begin(b); line != NULL; line = packet_line(p, &length)) {
		if (length == 3 && begins(line, length, "end"))
			return BUNDLE_BATCH_READ;
		if (begins(line, length, "table ")
			    ? !read_table(b, p, line, length)
			    : !bundle_batch_record(line, length, b->records))
			break;
	}
	return BUNDLE_BATCH_ODD;
}
