/* PINs that are wrong, or answered for somebody else: what guessing costs. */
#include "tests/lib/counter_script.h"

#include <string.h>

/* A wrong PIN, and each next one costs more time. */
static void test_wrong_pins(void)
{
	struct counter_fixture *f = fixture_begin();
	int64_t before = 0;
	press(f, "F10 9 Enter");
	g_assert_true(f->page.wrong && f->page.wait_s == 0);
	press(f, "9 Enter"); /* it is told why nothing happens */
	g_assert_cmpuint(f->page.wait_s, ==, 1);
	press(f, "9");
	g_assert_cmpuint(f->page.wait_s, ==, 0);
	for (unsigned wrong = 1; wrong <= 5; wrong++) {
		int64_t waited = 0;
		g_assert_cmpuint(f->pin_checks, ==, wrong);
		while (f->pin_checks == wrong) { /* leaving the page does not help */
			press(f, "~100 Esc F10 9 Enter");
			waited += 100;
		}
		g_assert_cmpint(waited, >, before);
		before = waited;
	}
	press(f, "~60000 Esc F10 1 2 3 4 Enter");
	PAGE(f, "manager");
	press(f, "Esc F10 9 Enter ~1000 9 Enter"); /* a right one, and all is forgotten */
	g_assert_cmpuint(f->pin_checks, ==, 9);
}

/* Esc before the answer does not make guessing free. */
static void test_wrong_pin_unseen(void)
{
	struct counter_fixture *f = fixture_begin();
	struct event wrong = {.kind = EVENT_PIN, .pin = {.wrong = 1}};
	f->checks_pins = false;
	press(f, "F10 1 Enter Esc F10 2 Enter Enter");
	g_assert_cmpuint(f->pin_checks, ==, 1); /* one at a time */
	fixture_event(f, &wrong);
	press(f, "Enter ~900 Enter");
	g_assert_cmpuint(f->pin_checks, ==, 1);
	press(f, "~100 Enter");
	g_assert_cmpuint(f->pin_checks, ==, 2);
}

/* A restart begins the delay anew; it is never longer than five minutes. */
static void test_wrong_pins_before(void)
{
	struct counter_fixture *f = fixture_begin();
	struct event before = {.kind = EVENT_GUESSES, .guesses = 3};
	fixture_event(f, &before);
	press(f, "F10 9 Enter");
	g_assert_cmpuint(f->pin_checks, ==, 0);
	g_assert_cmpuint(f->page.wait_s, ==, 4);
	press(f, "~3999 Enter");
	g_assert_cmpuint(f->pin_checks, ==, 0);
	press(f, "~1 Enter");
	g_assert_cmpuint(f->pin_checks, ==, 1);
	for (uint16_t wrong = 9; wrong < 2000; wrong = (uint16_t)(wrong * 3)) {
		before.guesses = wrong;
		fixture_event(f, &before);
		press(f, "Esc F10 9 Enter");
		g_assert_cmpuint(f->page.wait_s, ==, wrong == 9 ? 256 : 300);
	}
}

/* A cashier who signs in has not guessed the manager's. */
static void test_wrong_pins_of_another(void)
{
	struct counter_fixture *f = fixture_begin();
	struct event answer = {.kind = EVENT_PIN, .pin = {.wrong = 5}};
	f->checks_pins = false;
	press(f, "F10 1 Enter");
	fixture_event(f, &answer);
	press(f, "Esc F4 5 Enter 1 Enter ~15999 Enter");
	g_assert_cmpuint(f->pin_checks, ==, 1);
	press(f, "~1 Enter");
	g_assert_cmpuint(f->pin_checks, ==, 2);
}

/* The answer to a cashier's PIN opens no manager's page. */
static void test_pin_of_another(void)
{
	struct counter_fixture *f = fixture_begin();
	struct event right = {.kind = EVENT_PIN, .pin = {.right = true, .cashier = "5"}};
	struct event wrong = {.kind = EVENT_PIN, .pin = {.wrong = 1}};
	fixture_event(f, &right); /* nobody asked */
	for (int i = 0; i < 10; i++)
		fixture_event(f, &wrong);
	PAGE(f, "rest overall 1/3");
	f->checks_pins = false;
	press(f, "F4 5 Enter 1 2 3 4 Enter");
	g_assert_null(memmem(&f->counter, sizeof f->counter, "1234", 4)); /* handed on */
	press(f, "F10 1 Enter");
	fixture_event(f, &right);
	PAGE(f, "manager pin 1");
	g_assert_cmpstr(f->page.cashier, ==, "");
	press(f, "Enter");
	g_assert_cmpuint(f->pin_checks, ==, 2);
	fixture_event(f, &(struct event){.kind = EVENT_PIN, .pin = {.right = true}});
	PAGE(f, "manager");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/pin/wrong", test_wrong_pins);
	g_test_add_func("/core/pin/wrong-unseen", test_wrong_pin_unseen);
	g_test_add_func("/core/pin/wrong-before", test_wrong_pins_before);
	g_test_add_func("/core/pin/wrong-of-another", test_wrong_pins_of_another);
	g_test_add_func("/core/pin/of-another", test_pin_of_another);
	return g_test_run();
}
