/* F4, the cashier's page: by staff card or by number and PIN; customers go first. */
#include "tests/lib/counter_script.h"

#include <string.h>

#define A     "9643000001"
#define STAFF "9644000007"

static void test_sign_in_by_card(void)
{
	struct counter_fixture *f = fixture_begin();
	press(f, "5 F4");
	PAGE(f, "cashier");
	swipe(f, STAFF);
	TOAST(f, TOAST_SIGNED_IN);
	g_assert_cmpstr(f->page.cashier, ==,
			""); /* its number is nobody else's business */
	g_assert_cmpstr(f->page.toast_card, ==, "*0007");
	PAGE(f, "nps 2/3");
	CARDS(f, "accepted " STAFF);
	press(f, "9 1 ~4000 5 ~20000");
	g_assert_cmpstr(f->last_row.cashier, ==, STAFF);
	swipe(f, STAFF); /* signing in again within 3 s of nothing */
	press(f, "F4");
	swipe(f, STAFF);
	TOAST(f, TOAST_SIGNED_IN);
}

static void test_sign_in_by_pin(void)
{
	struct counter_fixture *f = fixture_begin();
	press(f, "F4 4 4 2 Back a Enter");
	PAGE(f, "cashier 44 pin 0");
	press(f, "1 2 3 3 Back 4");
	PAGE(f, "cashier 44 pin 4");
	press(f, "Enter");
	TOAST(f, TOAST_SIGNED_IN);
	g_assert_cmpstr(f->page.cashier, ==, "44");
	PAGE(f, "rest overall 1/3");
	g_assert_null(memmem(&f->counter, sizeof f->counter, "1234", 4)); /* wiped */
	press(f, "5");
	g_assert_cmpstr(f->last_row.cashier, ==, "44");
}

static void test_sign_in_left(void)
{
	struct counter_fixture *f = fixture_begin();
	press(f, "F4 Enter Back");
	PAGE(f, "rest overall 1/3");
	press(f, "F4 5 Enter Back Back Back");
	PAGE(f, "rest overall 1/3");
	press(f, "F4 5 Enter 1 Esc");
	PAGE(f, "rest overall 1/3");
	press(f, "F4 5 Enter 1 ~59999");
	PAGE(f, "cashier 5 pin 1");
	advance_ms(f, 1);
	PAGE(f, "rest overall 1/3");
	press(f, "F4 Enter 5 *"); /* a complaint is always live */
	PAGE(f, "complaint");
	press(f, "Esc"); /* and returns there */
	PAGE(f, "cashier 5");
	press(f, "Enter 1 2 * 2");
	PAGE(f, "complaint saved");
	ROWS(f, "key complaint c2");
	advance_ms(f, 4000);
	PAGE(f, "cashier 5"); /* the PIN is typed again */
	press(f, "Esc");
	PAGE(f, "rest overall 1/3");
	g_assert_cmpuint(f->pin_checks, ==, 0);
}

/* A bank card's number typed as the cashier's is forgotten with its last digit. */
static void test_bank_card_typed(void)
{
	struct counter_fixture *f = fixture_begin();
	press(f, "F4 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1");
	TOAST(f, TOAST_CARD_PAYMENT);
	g_assert_null(memmem(&f->counter, sizeof f->counter, "411111", 6));
	press(f, "4 2 Enter");
	PAGE(f, "cashier 42 pin 0");
	g_assert_cmpuint(f->pin_checks, ==, 0);
}

/* Customers go first: a card or a sale, and the cashier's page makes way. */
static void test_makes_way(void)
{
	struct counter_fixture *f = fixture_begin();
	press(f, "F4 5");
	swipe(f, A);
	PAGE(f, "overall 1/3");
	press(f, "F10 1");
	till(f, "PAY");
	PAGE(f, "overall 1/3");
	press(f, "~19000 F4 ~30000");
	till(f, "PAID"); /* the customer has their time again */
	PAGE(f, "overall 1/3 bar=5");
	advance_ms(f, 4999);
	PAGE(f, "overall 1/3 bar=1");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/sign-in/by-card", test_sign_in_by_card);
	g_test_add_func("/core/sign-in/by-pin", test_sign_in_by_pin);
	g_test_add_func("/core/sign-in/left", test_sign_in_left);
	g_test_add_func("/core/sign-in/bank-card-typed", test_bank_card_typed);
	g_test_add_func("/core/sign-in/makes-way", test_makes_way);
	return g_test_run();
}
