/* Names, kinds, prefixes and masks of loyalty cards. */
#include <string.h>

#include <glib.h>

#include "core/card.h"

static void test_names(void)
{
	static const char *const errors[] = {"read-error", "truncated", "bad-char",
					     "overlong",   "format",    "checksum",
					     "length"};
	static const char *const kinds[] = {"", "bonus", "discount", "privilege",
					    "staff"};
	enum card_kind kind;

	g_assert_cmpint(G_N_ELEMENTS(errors), ==, CARD_ERRORS);
	for (unsigned i = 0; i < CARD_ERRORS; i++)
		g_assert_cmpstr(card_error_name((enum card_error)i), ==, errors[i]);
	g_assert_cmpint(G_N_ELEMENTS(kinds), ==, CARD_KINDS);
	for (unsigned i = 0; i < CARD_KINDS; i++) {
		g_assert_cmpstr(card_kind_name((enum card_kind)i), ==, kinds[i]);
		g_assert_true(card_kind_from_name(kinds[i], &kind));
		g_assert_cmpint(kind, ==, i);
	}
	kind = CARD_KIND_STAFF;
	g_assert_false(card_kind_from_name("vip", &kind));
	g_assert_cmpint(kind, ==, CARD_KIND_STAFF);
}

static const struct card_rules named = {
	.n = 5,
	.prefix =
		{
			{"9643", CARD_KIND_NONE},
			{"96", CARD_KIND_BONUS},
			{"9644", CARD_KIND_STAFF},
			{"96437", CARD_KIND_DISCOUNT},
			{"964370000001", CARD_KIND_NONE},
		},
};

static const struct {
	const char *number;
	bool any;
	bool accepted;
	enum card_kind kind;
} accept_rows[] = {
	{"9643000000001", false, true, CARD_KIND_BONUS},
	{"9644000000001", false, true, CARD_KIND_STAFF},
	{"9643700000000", false, true, CARD_KIND_DISCOUNT},
	{"9643700000019", false, true,
	 CARD_KIND_DISCOUNT}, /* the longest names no kind */
	{"96", false, true, CARD_KIND_BONUS},
	{"9", false, false, CARD_KIND_NONE},
	{"", false, false, CARD_KIND_NONE},
	{"7005", false, false, CARD_KIND_NONE},
	{"7005", true, true, CARD_KIND_NONE},
	{"9644", true, true, CARD_KIND_STAFF},
};

static void test_accepts(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(accept_rows); i++) {
		struct card_rules rules = named;
		enum card_kind kind;

		g_test_message("row %zu: %s", i, accept_rows[i].number);
		rules.any = accept_rows[i].any;
		g_assert_true(card_accepts(&rules, accept_rows[i].number, &kind) ==
			      accept_rows[i].accepted);
		g_assert_cmpint(kind, ==, accept_rows[i].kind);
		g_assert_true(card_has_prefix(&rules, accept_rows[i].number) ==
			      g_str_has_prefix(accept_rows[i].number, "96"));
	}
}

static void test_mask(void)
{
	static const struct {
		const char *number, *mask;
	} rows[] = {
		{"9643001000000017", "*0017"},
		{"12345678", "*5678"},
		{"1234567", "*567"},
		{"1234", "*34"},
		{"1", "*"},
		{"", "*"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		char mask[6];

		card_mask(rows[i].number, mask);
		g_assert_cmpstr(mask, ==, rows[i].mask);
	}
}

static void test_ean(void)
{
	static const struct {
		const char *number;
		bool right;
	} rows[] = {
		{"4012345678901", true},                       /* EAN-13 */
		{"4012345678902", false},  {"96385074", true}, /* EAN-8 */
		{"036000291452", true},                        /* UPC-A */
		{"10036000291459", false}, /* 14 digits: GTIN-14 is no card */
		{"401234567890a", false},  {"", false},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_test_message("%s", rows[i].number);
		g_assert_true(card_ean(rows[i].number) == rows[i].right);
	}
}

/* A UPC-A with 12 digits and with a zero before them is one number. */
static void test_upc(void)
{
	static const struct {
		const char *prefix, *number;
		bool ours;
	} rows[] = {
		{"04", "412345678903", true},  {"4", "0412345678903", true},
		{"04", "0412345678903", true}, {"4", "412345678903", true},
		{"004", "041234567891", true}, {"04", "0041234567891", true},
		{"04", "412345678904", false}, /* its check digit is wrong */
		{"4", "0412345678904", false}, {"04", "4123456789010", false},
		{"05", "412345678903", false},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct card_rules rules = {.n = 1};
		enum card_kind kind;

		g_strlcpy(rules.prefix[0].digits, rows[i].prefix, 20);
		g_test_message("%s of %s", rows[i].prefix, rows[i].number);
		g_assert_true(card_accepts(&rules, rows[i].number, &kind) ==
			      rows[i].ours);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/card/names", test_names);
	g_test_add_func("/card/accepts", test_accepts);
	g_test_add_func("/card/mask", test_mask);
	g_test_add_func("/card/ean", test_ean);
	g_test_add_func("/card/upc", test_upc);
	return g_test_run();
}
