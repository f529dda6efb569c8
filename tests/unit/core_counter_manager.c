/* F10: the manager's pages open, close and make way; what is on them is core_manager.c's. */
#include "tests/lib/counter_script.h"

#define A "9643000001"

static void test_manager(void)
{
	struct counter_fixture *f = fixture_begin();
	press(f, "5 F10 1 2 3 4");
	PAGE(f, "manager pin 4");
	press(f, "Enter");
	PAGE(f, "manager");
	press(f, "9 * / Enter F4");
	PAGE(f, "manager");
	unsigned drains = f->drains;
	press(f, "Esc");
	PAGE(f, "nps 2/3");
	g_assert_cmpuint(f->drains, ==, drains + 1);
	press(f, "F10 1 2 3 4 Enter F10");
	PAGE(f, "nps 2/3");
	g_assert_cmpuint(f->drains, ==, drains + 2);
}

static void test_manager_escape(void)
{
	struct counter_fixture *f = fixture_begin();
	press(f, "F10 1 2 3 4 Enter Esc ~999 Esc");
	ROWS(f, "");
	PAGE(f, "rest overall 1/3");
	press(f, "~1 Esc ~4000"); /* this one is a customer's */
	ROWS(f, "key declined");
	press(f, "F10 1 2 3 4 Enter Esc 5"); /* and an answer is an answer */
	PAGE(f, "nps 2/3");
}

/* A card is dropped unread, but a customer is there: they see nothing of the manager's. */
static void test_manager_card(void)
{
	struct counter_fixture *f = fixture_begin();
	press(f, "5 F10 1 2 3 4 Enter 1");
	PAGE(f, "manager day 0/0");
	swipe(f, A);
	PAGE(f, "nps 2/3");
	CARDS(f, "");
	TOAST(f, TOAST_CARD_ERROR);
	swipe(f, A);
	CARDS(f, "+accepted " A);
}

static void test_manager_sale(void)
{
	struct counter_fixture *f = fixture_begin();
	press(f, "F10 1 2 3 4 Enter 2");
	till(f, "PAY receipt=R1");
	PAGE(f, "overall 1/3");
	press(f, "5 9 1 ~4000");
	ROWS(f, "sale completed sale receipt=R1 overall=5 nps=9 goods=1");
}

/* Left alone it closes, and nobody's question comes up again. */
static void test_manager_left(void)
{
	struct counter_fixture *f = fixture_begin();
	press(f, "5 F10 1 2 3 4 Enter ~59999");
	PAGE(f, "manager");
	advance_ms(f, 1);
	PAGE(f, "rest overall 1/3");
	ROWS(f, "key partial overall=5");
	press(f, "5 F10 1 2 3 4 Enter 7 ~59000 7 ~59000 7 ~1000"); /* each key counts */
	g_assert_cmpuint(f->page.test, ==, 2);
	till(f, "PAY receipt=R1"); /* it is the next customer's, not joined to that one */
	ROWS(f, "key partial overall=5");
	PAGE(f, "overall 1/3");
	press(f, "~1000 F10 ~19999 Esc ~0"); /* not long: the customer is still there */
	PAGE(f, "overall 1/3");
}

static void test_manager_without_pin(void)
{
	struct counter_fixture *f = fixture_begin();
	f->no_pin = true;
	press(f, "F10");
	PAGE(f, "manager");
	g_assert_true(f->page.manager.no_pin);
	press(f, "2 1 2 3"); /* anybody may stand there: nothing of the survey changes */
	PAGE(f, "manager survey");
	g_assert_cmpint(f->page.paused_until, ==, -1);
	g_assert_cmpint(f->page.training_until, ==, -1);
	g_assert_cmpint(f->page.respondent, ==, RESPONDENT_CUSTOMER);
	press(f, "Esc 0 1"); /* but the program can be ended */
	g_assert_cmpuint(f->quits, ==, 1);
	f = fixture_begin();
	press(f, "F10 1 2 3 4 Enter");
	PAGE(f, "manager");
	g_assert_false(f->page.manager.no_pin);
}

/* Until it is known that there is no PIN there may be one: a disk may hang. */
static void test_manager_in_doubt(void)
{
	struct counter_fixture *f = fixture_begin();
	const struct event none = {.kind = EVENT_PIN_SET, .ready = false};
	f->doubts_pin = true;
	press(f, "F10 q 1 1");
	PAGE(f, "manager pin 2");
	g_assert_cmpuint(f->quits, ==, 0);
	till(f, "PAY receipt=R1"); /* the survey goes on */
	PAGE(f, "overall 1/3");
	fixture_event(f, &none); /* too late: nobody waits for it */
	PAGE(f, "overall 1/3");
	press(f, "F10");
	PAGE(f, "manager pin 0");
	fixture_event(f, &none);
	PAGE(f, "manager");
	press(f, "Esc F10");
	fixture_event(f, &(struct event){.kind = EVENT_PIN_SET, .ready = true});
	fixture_event(f, &none); /* once told is told */
	PAGE(f, "manager pin 0");
}

static void test_manager_quits(void)
{
	struct counter_fixture *f = fixture_begin();
	press(f, "5 F10 1 2 3 4 Enter q");
	PAGE(f, "manager quit");
	press(f, "2 0 Esc q q Enter");
	g_assert_cmpuint(f->quits, ==, 0);
	press(f, "1");
	g_assert_cmpuint(f->quits, ==, 1);
	ROWS(f, "key interrupted overall=5");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/manager/opens", test_manager);
	g_test_add_func("/core/manager/escape", test_manager_escape);
	g_test_add_func("/core/manager/card", test_manager_card);
	g_test_add_func("/core/manager/sale", test_manager_sale);
	g_test_add_func("/core/manager/left", test_manager_left);
	g_test_add_func("/core/manager/without-pin", test_manager_without_pin);
	g_test_add_func("/core/manager/in-doubt", test_manager_in_doubt);
	g_test_add_func("/core/manager/quits", test_manager_quits);
	return g_test_run();
}
