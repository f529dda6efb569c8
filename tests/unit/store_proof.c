/* store_proof: counts and hash of a day */
#include <string.h>

#include "store/proof.h"
#include "tests/lib/storage.h"

#define DAY 20000 /* storage_id() */

static char *expected_hash(uint32_t visits)
{
	GChecksum *ids = g_checksum_new(G_CHECKSUM_SHA256);

	for (uint32_t i = 0; i < visits; i++) {
		struct id id = storage_id(i);
		g_checksum_update(ids, (const guchar *)&id, sizeof id);
	}
	char *hash = g_ascii_strup(g_checksum_get_string(ids), -1);
	g_checksum_free(ids);
	return hash;
}

static void expect(const struct storage *f, int32_t day, const char *counts,
		   uint32_t visits)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = proof_text(f->path, "017", "a3", day, &error);
	g_autofree char *hash = expected_hash(visits);
	g_autofree char *all = g_strdup_printf("TILLASK 017/A3 %s %s", counts, hash);

	g_assert_no_error(error);
	g_assert_cmpstr(text, ==, all);
}

static void test_day(void)
{
	struct storage f;

	storage_init(&f, NULL);
	struct store *store = store_open(&f.options, NULL);
	for (uint32_t i = 0; i < 10; i++)
		storage_whole(&f, store, 9 - i); /* the last id is the first seq */
	g_assert_true(storage_wait(&f, store, 10000));
	expect(&f, DAY, "2024-10-04 V10 A30 C5 S1-10", 10);
	expect(&f, DAY + 1, "2024-10-05 V0 A0 C0 S0-0", 0);
	store_close(store, 5000);
	g_assert_null(proof_text("/nowhere", "1", "1", DAY, NULL));
	storage_clear(&f);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/proof/day", test_day);
	return g_test_run();
}
