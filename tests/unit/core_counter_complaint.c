/* The complaint, a page over any other: what stands below waits for it. */
#include "tests/lib/counter_script.h"

#define A "9643000001"

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
		struct counter_fixture *f = fixture_begin();
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
	struct counter_fixture *f = fixture_begin();
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
		struct counter_fixture *f = fixture_begin();
		press(f, "5 * 7 Enter + *");
		PAGE(f, "complaint");
		press(f, keys[i]);
		PAGE(f, "nps 2/3");
		ROWS(f, "");
	}
}

static void test_complaint_pages(void)
{
	struct counter_fixture *f = fixture_begin();
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
	struct counter_fixture *f = fixture_begin();
	press(f, "5 ~19000 * ~19000 / ~19000 Esc ~19999");
	PAGE(f, "nps 2/3 bar=1");
	f = fixture_begin();
	till(f, "PAY");
	till(f, "PAID");
	press(f, "~4000 * ~10000 Esc ~4999");
	PAGE(f, "overall 1/3 bar=1");
	advance_ms(f, 1);
	ROWS(f, "sale ignored sale");
	f = fixture_begin();
	press(f, "5 9 1 ~3000 * ~10000 Esc ~3999");
	PAGE(f, "thanks");
	f = fixture_begin();
	press(f, "/ ~15000 * ~15000 Esc ~0"); /* the language of whom it was */
	g_assert_cmpuint(f->page.language, ==, 1);
	advance_ms(f, 20000);
	g_assert_cmpuint(f->page.language, ==, 0);
}

/* Its thanks wait for the store too. */
static void test_complaint_unsaved(void)
{
	struct counter_fixture *f = fixture_begin();
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
	struct counter_fixture *f = fixture_begin();
	press(f, "5 * F4 F10");
	PAGE(f, "complaint");
	till(f, "PAY");
	PAGE(f, "overall 1/3");
	f = fixture_begin();
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
	struct counter_fixture *f = fixture_begin();
	swipe(f, A);
	press(f, "*");
	swipe(f, "9643000002");
	PAGE(f, "overall 1/3");
	ROWS(f, "card ignored card=" A);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/complaint/everywhere", test_complaint_everywhere);
	g_test_add_func("/core/complaint/row", test_complaint_row);
	g_test_add_func("/core/complaint/left", test_complaint_left);
	g_test_add_func("/core/complaint/pages", test_complaint_pages);
	g_test_add_func("/core/complaint/stops-time", test_complaint_stops_time);
	g_test_add_func("/core/complaint/unsaved", test_complaint_unsaved);
	g_test_add_func("/core/complaint/is-the-customers",
			test_complaint_is_the_customers);
	g_test_add_func("/core/complaint/next-customer", test_complaint_next_customer);
	return g_test_run();
}
