/* Pages over any other: complaint, cashier, manager; what stands below waits for them. */
#include "tests/lib/counter_script.h"

#include <string.h>

#define A     "9643000001"
#define STAFF "9644000007"

static struct counter_fixture fixture;

static struct counter_fixture *begin(void)
{
	fixture_init(&fixture);
	fixture_shop(&fixture);
	fixture_start(&fixture, 1);
	return &fixture;
}

/* ---- the complaint -------------------------------------------------------------------------- */

/* Over any page, and it returns there. */
static void test_complaint_everywhere(void)
{
	static const struct {
		const char *keys, *page;
	} rows[] = {
		{"~0", "rest overall 1/3"}, {"5", "nps 2/3"},        {"5 9 1", "thanks"},
		{"Esc", "declined"},        {"5 Esc", "partial"},    {"F2", "greeting"},
		{"5 9 . ", "nps 2/3 =9"},   {"5 ~16000", "nps 2/3"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct counter_fixture *f = begin();
		g_test_message("%s", rows[i].keys);
		press(f, rows[i].keys);
		press(f, "*");
		PAGE(f, "complaint");
		press(f, "2");
		PAGE(f, "complaint saved");
		ROWS(f, "key complaint c2");
		advance_ms(f, 3999);
		PAGE(f, "complaint saved");
		advance_ms(f, 1);
		PAGE(f, rows[i].page);
	}
}

/* Card and receipt of the open visit, a row of its own; no question in it. */
static void test_complaint_row(void)
{
	struct counter_fixture *f = begin();
	till(f, "PAY receipt=R1 total=100");
	swipe(f, A);
	struct id visit = counter_visit(&f->counter);
	press(f, "/ 5 * 3");
	ROWS(f, "key complaint c3 receipt=R1 card=" A);
	g_assert_false(id_equal(&visit, &f->last_row.id));
	g_assert_cmpint(f->last_row.card_kind, ==, CARD_KIND_BONUS);
	g_assert_cmpuint(f->last_row.language, ==, 1);
	g_assert_true(f->last_save.closing);
	press(f, "Esc 9 1 ~4000");
	ROWS(f, "sale completed sale receipt=R1 total=100 card=" A
		" overall=5 nps=9 goods=1");
}

/* Left without choosing: nothing is written. */
static void test_complaint_left(void)
{
	static const char *const keys[] = {"Esc", "-", "Back", ".", "~20000"};
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		struct counter_fixture *f = begin();
		press(f, "5 * 7 Enter + *");
		PAGE(f, "complaint");
		press(f, keys[i]);
		PAGE(f, "nps 2/3");
		ROWS(f, "");
	}
}

static void test_complaint_pages(void)
{
	struct counter_fixture *f = begin();
	f->questionnaire.complaint.choices = 11;
	f->questionnaire.complaint.rotate = true;
	press(f, "*");
	uint8_t shift = f->page.choice_shift;
	press(f, "0");
	g_assert_cmpuint(f->page.choice_from, ==, 9);
	press(f, "3");
	PAGE(f, "complaint");
	press(f, "1");
	g_assert_cmpuint(f->last_row.complaint_choice, ==,
			 page_choice_at(&f->questionnaire.complaint, shift, 9));
}

/* The time of what lies below stands still: the question, the grace, the thanks, the 2 s. */
static void test_complaint_stops_time(void)
{
	struct counter_fixture *f = begin();
	press(f, "5 ~19000 * ~19000 / ~19000 Esc ~19999");
	PAGE(f, "nps 2/3 bar=1");
	f = begin();
	till(f, "PAY");
	till(f, "PAID");
	press(f, "~4000 * ~10000 Esc ~4999");
	PAGE(f, "overall 1/3 bar=1");
	advance_ms(f, 1);
	ROWS(f, "sale ignored sale");
	f = begin();
	press(f, "5 9 1 ~3000 * ~10000 Esc ~3999");
	PAGE(f, "thanks");
	f = begin();
	press(f, "/ ~15000 * ~15000 Esc ~0"); /* the language of whom it was */
	g_assert_cmpuint(f->page.language, ==, 1);
	advance_ms(f, 20000);
	g_assert_cmpuint(f->page.language, ==, 0);
}

/* Its thanks wait for the store too. */
static void test_complaint_unsaved(void)
{
	struct counter_fixture *f = begin();
	f->withhold = true;
	press(f, "Esc * 2");
	PAGE(f, "complaint");
	f->saved = 1;
	fixture_event(f,
		      &(struct event){.kind = EVENT_SAVED, .ticket = 1}); /* not yet it */
	PAGE(f, "complaint");
	press(f, "3 Esc"); /* it is on its way */
	PAGE(f, "complaint");
	advance_ms(f, 1999);
	PAGE(f, "complaint");
	advance_ms(f, 1);
	PAGE(f, "unsaved");
	fixture_confirm(f);
	PAGE(f, "unsaved");
	press(f, "Enter");
	PAGE(f, "declined");
	ROWS(f, "key complaint c2");
}

/* No key of the cashier takes it off the screen; the next customer does. */
static void test_complaint_is_the_customers(void)
{
	struct counter_fixture *f = begin();
	press(f, "5 * F4 F10");
	PAGE(f, "complaint");
	till(f, "PAY");
	PAGE(f, "overall 1/3");
	f = begin();
	press(f, "*");
	till(f, "PAY receipt=R1"); /* a sale begins for whoever complains */
	PAGE(f, "complaint");
	press(f, "2 ~4000");
	ROWS(f, "key complaint c2 receipt=R1");
	PAGE(f, "overall 1/3");
}

/* Another customer's card: the page was the one's before. */
static void test_complaint_next_customer(void)
{
	struct counter_fixture *f = begin();
	swipe(f, A);
	press(f, "*");
	swipe(f, "9643000002");
	PAGE(f, "overall 1/3");
	ROWS(f, "card ignored card=" A);
}

/* ---- the cashier ------------------------------------------------------------------------------ */

static void test_sign_in_by_card(void)
{
	struct counter_fixture *f = begin();
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
	struct counter_fixture *f = begin();
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
	struct counter_fixture *f = begin();
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
	struct counter_fixture *f = begin();
	press(f, "F4 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1");
	TOAST(f, TOAST_CARD_PAYMENT);
	g_assert_null(memmem(&f->counter, sizeof f->counter, "411111", 6));
	press(f, "4 2 Enter");
	PAGE(f, "cashier 42 pin 0");
	g_assert_cmpuint(f->pin_checks, ==, 0);
}

/* A wrong PIN, and each next one costs more time. */
static void test_wrong_pins(void)
{
	struct counter_fixture *f = begin();
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
	struct counter_fixture *f = begin();
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
	struct counter_fixture *f = begin();
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
	struct counter_fixture *f = begin();
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
	struct counter_fixture *f = begin();
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

/* Customers go first: a card or a sale, and the cashier's page makes way. */
static void test_makes_way(void)
{
	struct counter_fixture *f = begin();
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

/* ---- the manager ------------------------------------------------------------------------------ */

static void test_manager(void)
{
	struct counter_fixture *f = begin();
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

/* A card is dropped unread, but a customer is there: they see nothing of the manager's. */
static void test_manager_card(void)
{
	struct counter_fixture *f = begin();
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
	struct counter_fixture *f = begin();
	press(f, "F10 1 2 3 4 Enter 2");
	till(f, "PAY receipt=R1");
	PAGE(f, "overall 1/3");
	press(f, "5 9 1 ~4000");
	ROWS(f, "sale completed sale receipt=R1 overall=5 nps=9 goods=1");
}

/* Left alone it closes, and nobody's question comes up again. */
static void test_manager_left(void)
{
	struct counter_fixture *f = begin();
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
	struct counter_fixture *f = begin();
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
	f = begin();
	press(f, "F10 1 2 3 4 Enter");
	PAGE(f, "manager");
	g_assert_false(f->page.manager.no_pin);
}

/* Until it is known that there is no PIN there may be one: a disk may hang. */
static void test_manager_in_doubt(void)
{
	struct counter_fixture *f = begin();
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
	struct counter_fixture *f = begin();
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
	g_test_add_func("/core/overlay/complaint-everywhere", test_complaint_everywhere);
	g_test_add_func("/core/overlay/complaint-row", test_complaint_row);
	g_test_add_func("/core/overlay/complaint-left", test_complaint_left);
	g_test_add_func("/core/overlay/complaint-pages", test_complaint_pages);
	g_test_add_func("/core/overlay/complaint-stops-time", test_complaint_stops_time);
	g_test_add_func("/core/overlay/complaint-unsaved", test_complaint_unsaved);
	g_test_add_func("/core/overlay/complaint-is-the-customers",
			test_complaint_is_the_customers);
	g_test_add_func("/core/overlay/complaint-next-customer",
			test_complaint_next_customer);
	g_test_add_func("/core/overlay/sign-in-by-card", test_sign_in_by_card);
	g_test_add_func("/core/overlay/sign-in-by-pin", test_sign_in_by_pin);
	g_test_add_func("/core/overlay/sign-in-left", test_sign_in_left);
	g_test_add_func("/core/overlay/bank-card-typed", test_bank_card_typed);
	g_test_add_func("/core/overlay/wrong-pins", test_wrong_pins);
	g_test_add_func("/core/overlay/wrong-pin-unseen", test_wrong_pin_unseen);
	g_test_add_func("/core/overlay/wrong-pins-before", test_wrong_pins_before);
	g_test_add_func("/core/overlay/wrong-pins-of-another",
			test_wrong_pins_of_another);
	g_test_add_func("/core/overlay/pin-of-another", test_pin_of_another);
	g_test_add_func("/core/overlay/makes-way", test_makes_way);
	g_test_add_func("/core/overlay/manager", test_manager);
	g_test_add_func("/core/overlay/manager-card", test_manager_card);
	g_test_add_func("/core/overlay/manager-sale", test_manager_sale);
	g_test_add_func("/core/overlay/manager-left", test_manager_left);
	g_test_add_func("/core/overlay/manager-without-pin", test_manager_without_pin);
	g_test_add_func("/core/overlay/manager-in-doubt", test_manager_in_doubt);
	g_test_add_func("/core/overlay/manager-quits", test_manager_quits);
	return g_test_run();
}
