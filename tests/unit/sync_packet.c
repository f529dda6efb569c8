/* sync_packet: which formats are read, which are written */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "sync/bundle_batch.h"
#include "sync/packet.h"

static char *folder, *database, *path;
static uint8_t key[KEY_BYTES];

/* A file that is signed, and says what stands in TEXT. */
static void write_signed(const char *text)
{
	FILE *out = fopen(path, "w");
	struct signer *s;

	g_assert_nonnull(out);
	s = signer_new(database, out, NULL);
	g_assert_nonnull(s);
	signer_put(s, text, -1);
	signer_end(s);
	g_assert_cmpint(fclose(out), ==, 0);
}

static void write_head(const char *kind)
{
	char hex[KEY_HEX];

	key_hex(key, hex);
	g_autofree char *text = g_strdup_printf(
		"%s\nstore 017\ntill 3\ngeneration 000102030405060708090a0b0c0d0e0f\n"
		"key %s\nrecord 1 2 3\nend\n",
		kind, hex);
	write_signed(text);
}

static void test_formats(void)
{
	static const struct {
		const char *kind, *why; /* "": it is read */
	} rows[] = {
		{"tillask-bundle 1", ""}, /* no heartbeat in it */
		{"tillask-bundle 2", ""},
		{"tillask-bundle 3", "newer tillask"},
		{"tillask-bundle 0", "is no bundle"},
		{"tillask-bundle", "is no bundle"},
		{"tillask-acknowledgement 1", ""},
		{"tillask-acknowledgement 2", "newer tillask"},
		{"tillask-parcel 1", "is no bundle"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		struct packet p;

		write_head(rows[i].kind);
		bool read = packet_open(&p, path, &error);
		if (*rows[i].why == '\0') {
			g_assert_no_error(error);
			g_assert_cmpstr(p.store, ==, "017");
			packet_clear(&p);
		} else if (read || strstr(error->message, rows[i].why) == NULL) {
			g_error("%s: %s", rows[i].kind, read ? "read" : error->message);
		}
	}
}

static void test_written(void)
{
	static const char *const first[] = {
		[PACKET_BUNDLE] = "tillask-bundle 2\n",
		[PACKET_ACKNOWLEDGEMENT] = "tillask-acknowledgement 1\n",
	};
	const struct id generation = {{1, 2, 3}};

	for (int kind = PACKET_BUNDLE; kind <= PACKET_ACKNOWLEDGEMENT; kind++) {
		g_autofree char *text = NULL;
		FILE *out = fopen(path, "w");
		struct signer *s = signer_new(database, out, NULL);
		struct packet p;

		packet_head(s, (enum packet_kind)kind, "017", "3", &generation, key);
		signer_end(s);
		g_assert_cmpint(fclose(out), ==, 0);
		g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
		g_assert_true(g_str_has_prefix(text, first[kind]));
		g_assert_true(packet_open(&p, path, NULL));
		g_assert_cmpint(p.kind, ==, kind);
		g_assert_true(id_equal(&p.generation, &generation));
		packet_clear(&p);
	}
}

/* ---- a batch of it ------------------------------------------------------------------------ */

#define COLUMNS "\"store\", \"till\", \"x\""

static enum bundle_batch_read read_batch(struct bundle_batch *b, const char *text)
{
	struct packet p = {.at = text, .end = text + strlen(text)};

	return bundle_batch_next(b, &p);
}

static void test_shares(void)
{
	static const char text[] = "table visit " COLUMNS
				   "\n17\t3\ta\n18\t3\tb\n17\t4\tc\n"
				   "\\.\ntable heartbeat " COLUMNS "\n18\t3\td\n\\.\n"
				   "record 1 2 3\nend\nrest\n";
	struct bundle_batch b = {0};
	const struct bundle_share *share;
	const struct bundle_table *table;

	g_assert_cmpint(read_batch(&b, text), ==, BUNDLE_BATCH_READ);
	g_assert_cmpuint(b.shares->len, ==, 2);
	g_assert_cmpuint(b.records->len, ==, 1);
	g_assert_cmpuint(g_hash_table_size(b.whose), ==, 3);
	g_assert_true(g_hash_table_contains(b.whose, "17\t4"));
	share = g_ptr_array_index(b.shares, 0);
	g_assert_cmpstr(share->store, ==, "17");
	g_assert_cmpuint(share->tables->len, ==, 1);
	table = g_ptr_array_index(share->tables, 0);
	g_assert_cmpstr(table->rows->str, ==, "17\t3\ta\n17\t4\tc\n");
	share = g_ptr_array_index(b.shares, 1);
	g_assert_cmpuint(share->tables->len, ==, 2);
	table = g_ptr_array_index(share->tables, 1);
	g_assert_cmpstr(table->name, ==, "heartbeat");
	g_assert_cmpstr(table->rows->str, ==, "18\t3\td\n");
	bundle_batch_clear(&b);
}

/* Signed or not, nothing else becomes SQL. */
static void test_odd(void)
{
	static const char *const odd[] = {
		"table visit " COLUMNS "\n17\t3\ta\n\\.\n", /* no end */
		"table visit " COLUMNS "\n17\t3\ta\nend\n",
		"table visit \"till\", \"store\"\nend\n",
		"table visit " COLUMNS ") SELECT 1;\nend\n",
		"table published " COLUMNS "\n\\.\nend\n",
		"table till_key " COLUMNS "\n\\.\nend\n",
		"table visit " COLUMNS "\n17\n\\.\nend\n", /* of no till */
		"record 0 1 2\nend\n",
		"record 1 2\nend\n",
		"recorder 1 2 3\nend\n",
		"DROP TABLE visit\nend\n",
		"end",
	};
	struct bundle_batch b = {0};

	for (gsize i = 0; i < G_N_ELEMENTS(odd); i++)
		if (read_batch(&b, odd[i]) != BUNDLE_BATCH_ODD)
			g_error("it was read: %s", odd[i]);
	g_assert_cmpint(read_batch(&b, ""), ==, BUNDLE_BATCH_NONE);
	bundle_batch_clear(&b);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	folder = g_dir_make_tmp("packet-XXXXXX", NULL);
	database = g_build_filename(folder, "t.db", NULL);
	path = g_build_filename(folder, "file", NULL);
	g_assert_true(key_public(database, true, key, NULL));
	g_test_add_func("/packet/formats", test_formats);
	g_test_add_func("/packet/written", test_written);
	g_test_add_func("/packet/shares", test_shares);
	g_test_add_func("/packet/odd", test_odd);
	int failed = g_test_run();
	g_autofree char *secret = g_strconcat(database, ".key", NULL);
	g_remove(secret);
	g_remove(path);
	g_rmdir(folder);
	g_free(folder);
	g_free(database);
	g_free(path);
	return failed;
}
