/* What is kept of numbers that belong to people. */
#include <glib.h>
#include <string.h>

#include "store/keep.h"

static const uint8_t secret[KEEP_SECRET_BYTES] = {1, 2, 3},
		     other[KEEP_SECRET_BYTES] = {9};

static void test_card(void)
{
	char card[KEEP_CARD_MAX], again[KEEP_CARD_MAX], mask[6];
	keep_card(KEEP_NUMBER, secret, "9643000000000011", card, mask);
	g_assert_cmpstr(card, ==, "9643000000000011");
	g_assert_cmpstr(mask, ==, "*0011");
	keep_card(KEEP_TOKEN, secret, "9643000000000011", card, mask);
	g_assert_cmpuint(strlen(card), ==, 32);
	g_assert_null(strstr(card, "9643"));
	g_assert_cmpstr(mask, ==, "*0011");
	keep_card(KEEP_TOKEN, secret, "9643000000000011", again, mask);
	g_assert_cmpstr(card, ==, again);
	keep_card(KEEP_TOKEN, other, "9643000000000011", again, mask);
	g_assert_cmpstr(card, !=, again);
	keep_card(KEEP_NONE, secret, "9643000000000011", card, mask);
	g_assert_cmpstr(card, ==, "");
	g_assert_cmpstr(mask, ==, "");
}

static void test_cashier(void)
{
	char cashier[CASHIER_MAX + 1], again[CASHIER_MAX + 1];
	keep_cashier(CASHIERS_ID, secret, "007", cashier);
	g_assert_cmpstr(cashier, ==, "007");
	keep_cashier(CASHIERS_PSEUDONYM, secret, "007", cashier);
	keep_cashier(CASHIERS_PSEUDONYM, secret, "007", again);
	g_assert_cmpuint(strlen(cashier), ==, 8);
	g_assert_cmpstr(cashier, ==, again);
	keep_cashier(CASHIERS_PSEUDONYM, other, "007", again);
	g_assert_cmpstr(cashier, !=, again);
	keep_cashier(CASHIERS_OFF, secret, "007", cashier);
	g_assert_cmpstr(cashier, ==, "");
	keep_cashier(CASHIERS_PSEUDONYM, secret, "", cashier);
	g_assert_cmpstr(cashier, ==, "");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/keep/card", test_card);
	g_test_add_func("/keep/cashier", test_cashier);
	return g_test_run();
}
