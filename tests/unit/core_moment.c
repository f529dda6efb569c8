/* Ids and dice. */
#include "core/moment.h"

#include <glib.h>
#include <string.h>

static struct dice dice_of(uint8_t seed)
{
	struct dice d;
	uint8_t bytes[32];
	memset(bytes, seed, sizeof bytes);
	dice_seed(&d, bytes);
	return d;
}

static void test_id_text(void)
{
	struct id id = {{0x01, 0x9a, 0x00, 0xff, 0x10, 0x20, 0x7e, 0xdc, 0x80, 1, 2, 3, 4,
			 5, 6, 0xaf}};
	char text[ID_TEXT_MAX];
	id_format(&id, text);
	g_assert_cmpstr(text, ==, "019a00ff-1020-7edc-8001-0203040506af");
}

static void test_id_none(void)
{
	struct id none = {{0}}, one = {{0}};
	one.byte[15] = 1;
	g_assert_true(id_is_none(&none));
	g_assert_false(id_is_none(&one));
	g_assert_false(id_equal(&none, &one));
	g_assert_true(id_equal(&one, &one));
}

/* RFC 9562: version 7, variant 10, the first 48 bits are the time. */
static void test_id_version(void)
{
	struct dice d = dice_of(7);
	struct id before = {{0}};
	for (int64_t ms = INT64_C(1790000000000); ms < INT64_C(1790000001000); ms++) {
		struct id id = dice_id(&d, ms);
		int64_t time = 0;
		for (int i = 0; i < 6; i++)
			time = time << 8 | id.byte[i];
		g_assert_cmpint(time, ==, ms);
		g_assert_cmpint(id.byte[6] >> 4, ==, 7);
		g_assert_cmpint(id.byte[8] >> 6, ==, 2);
		g_assert_cmpint(memcmp(id.byte, before.byte, 16), >,
				0); /* sorts by time */
		before = id;
	}
}

static void test_ids_differ(void)
{
	struct dice d = dice_of(1);
	GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (int i = 0; i < 10000; i++) {
		struct id id = dice_id(&d, 5);
		char text[ID_TEXT_MAX];
		id_format(&id, text);
		g_assert_true(g_hash_table_add(seen, g_strdup(text)));
	}
	g_hash_table_unref(seen);
}

/* The first numbers of xoshiro256** from the state 1, 2, 3, 4 (computed by hand from the
 * published algorithm: rotl(s1 * 5, 7) * 9). */
static void test_dice_known(void)
{
	struct dice d = {{1, 2, 3, 4}};
	g_assert_cmpuint(dice_next(&d), ==, 11520);
	g_assert_cmpuint(dice_next(&d), ==, 0);
	g_assert_cmpuint(dice_next(&d), ==, 1509978240);
}

static void test_dice_seed(void)
{
	struct dice a = dice_of(3), b = dice_of(3), c = dice_of(4), zero = dice_of(0);
	uint64_t first = dice_next(&a);
	g_assert_cmpuint(first, ==, dice_next(&b));
	g_assert_cmpuint(first, !=, dice_next(&c));
	uint64_t any = 0;
	for (int i = 0; i < 8; i++)
		any |= dice_next(&zero);
	g_assert_cmpuint(any, !=, 0); /* not stuck */
}

static void test_dice_below(void)
{
	struct dice d = dice_of(9);
	unsigned seen[7] = {0};
	for (int i = 0; i < 70000; i++)
		seen[dice_below(&d,
				7)]++; /* out of range would be seen by the sanitizer */
	for (int i = 0; i < 7; i++) {
		g_assert_cmpuint(seen[i], >, 9600);
		g_assert_cmpuint(seen[i], <, 10400);
	}
	for (int i = 0; i < 100; i++)
		g_assert_cmpuint(dice_below(&d, 1), ==, 0);
}

static void test_dice_percent(void)
{
	struct dice d = dice_of(2);
	unsigned hits = 0;
	for (int i = 0; i < 10000; i++) {
		g_assert_false(dice_percent(&d, 0));
		g_assert_true(dice_percent(&d, 100));
		hits += dice_percent(&d, 5);
	}
	g_assert_cmpuint(hits, >, 400);
	g_assert_cmpuint(hits, <, 600);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/moment/id-text", test_id_text);
	g_test_add_func("/core/moment/id-none", test_id_none);
	g_test_add_func("/core/moment/id-version", test_id_version);
	g_test_add_func("/core/moment/ids-differ", test_ids_differ);
	g_test_add_func("/core/moment/dice-known", test_dice_known);
	g_test_add_func("/core/moment/dice-seed", test_dice_seed);
	g_test_add_func("/core/moment/dice-below", test_dice_below);
	g_test_add_func("/core/moment/dice-percent", test_dice_percent);
	return g_test_run();
}
