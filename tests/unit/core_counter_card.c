/* Cards: joining, repeating, replacing, the next customer; staff; what is not ours. */
#include "tests/lib/counter_script.h"

#include <string.h>

#define A     "9643000001"
#define B     "9643000002"
#define STAFF "9644000007"

static struct counter_fixture fixture;

static struct counter_fixture *begin_offer(enum offer offer)
{
	fixture_init(&fixture);
	fixture_shop(&fixture);
	fixture.rules.offer = offer;
	fixture_start(&fixture, 1);
	return &fixture;
}

static struct counter_fixture *begin(void)
{
	return begin_offer(OFFER_REST);
}

/* ---- at rest -------------------------------------------------------------------------------- */

/* A card at rest opens the visit; unanswered it ends ignored, answer_seconds after the card. */
static void test_at_rest(void)
{
	struct counter_fixture *f = begin();
	swipe(f, A);
	PAGE(f, "overall 1/3");
	g_assert_true(f->page.linked);
	CARDS(f, "+accepted " A);
	g_assert_cmpint(f->last_card_event.reader, ==, 0);
	g_assert_cmpint(f->last_card_event.card_kind, ==, CARD_KIND_BONUS);
	advance_ms(f, 19999);
	PAGE(f, "overall 1/3 bar=1");
	advance_ms(f, 1);
	ROWS(f, "card ignored card=" A);
	PAGE(f, "rest overall 1/3");
	swipe(f, B);
	press(f, "5 9 1 ~4000");
	ROWS(f, "card completed card=" B " overall=5 nps=9 goods=1");
}

/* offer=begun and offer=total: also there a card at rest is a customer. */
static void test_at_rest_with_till(void)
{
	struct counter_fixture *f = begin_offer(OFFER_TOTAL);
	PAGE(f, "greeting");
	swipe(f, A);
	PAGE(f, "overall 1/3");
	press(f, "5 9 1 ~4000");
	ROWS(f, "card completed card=" A " overall=5 nps=9 goods=1");
}

/* ---- joining -------------------------------------------------------------------------------- */

static void test_joins(void)
{
	struct counter_fixture *f = begin();
	press(f, "5 ~15000");
	swipe(f, A); /* answer_seconds runs from the card too */
	PAGE(f, "nps 2/3");
	g_assert_true(f->page.linked);
	CARDS(f, "+accepted " A);
	advance_ms(f, 19999);
	press(f, "9 1 ~4000");
	ROWS(f, "key completed card=" A " overall=5 nps=9 goods=1");
}

/* Also on the thanks page. */
static void test_joins_thanks(void)
{
	struct counter_fixture *f = begin();
	press(f, "5 9 1 ~3000");
	swipe(f, A);
	PAGE(f, "thanks");
	g_assert_true(f->page.linked);
	advance_ms(f, 4000);
	ROWS(f, "key completed card=" A " overall=5 nps=9 goods=1");
	press(f, "Esc");
	swipe(f, A);
	advance_ms(f, 4000);
	ROWS(f, "key declined card=" A);
}

/* ---- the same card, another card ------------------------------------------------------------- */

static void test_repeated(void)
{
	struct counter_fixture *f = begin();
	swipe(f, A);
	advance_ms(f, 2999);
	swipe(f, A);
	TOAST(f, TOAST_CARD_REPEATED);
	CARDS(f, "+accepted " A "; +repeated " A);
	advance_ms(f, 10000);
	swipe(f, A); /* still its visit */
	CARDS(f, "+repeated " A);
	press(f, "5 9 1 ~1000");
	ROWS(f, "");
	advance_ms(f, 3000);
	ROWS(f, "card completed card=" A " overall=5 nps=9 goods=1");
}

/* Within 3 s of its last, also when its visit is over. */
static void test_repeated_without_visit(void)
{
	struct counter_fixture *f = begin();
	f->rules.thanks_ms = 1000;
	press(f, "5 9 1");
	swipe(f, A);
	advance_ms(f, 1000);
	fixture_cards(f);
	advance_ms(f, 1999);
	swipe(f, A);
	CARDS(f, "repeated " A);
	PAGE(f, "rest overall 1/3");
	advance_ms(f, 2999);
	swipe(f, A);
	CARDS(f, "repeated " A);
	advance_ms(f, 3000);
	swipe(f, A);
	CARDS(f, "+accepted " A);
	PAGE(f, "overall 1/3");
}

/* While a sale is open another card replaces the first, answers stay. */
static void test_replaced(void)
{
	struct counter_fixture *f = begin_offer(OFFER_TOTAL);
	till(f, "PAY receipt=R1");
	swipe(f, A);
	press(f, "5");
	swipe(f, B);
	PAGE(f, "nps 2/3");
	ROWS(f, "");
	CARDS(f, "+accepted " A "; +replaced " B);
	press(f, "9 1");
	swipe(f, A);
	till(f, "PAID");
	advance_ms(f, 4000);
	ROWS(f, "sale completed sale receipt=R1 card=" A " overall=5 nps=9 goods=1");
}

/* Otherwise it closes this visit and opens the next. */
static void test_next_customer(void)
{
	struct counter_fixture *f = begin();
	swipe(f, A);
	press(f, "5");
	swipe(f, B);
	TOAST(f, TOAST_CARD_OTHER);
	g_assert_cmpstr(f->page.toast_card, ==, "*0002");
	ROWS(f, "card partial card=" A " overall=5");
	CARDS(f, "+accepted " A "; +accepted " B);
	PAGE(f, "overall 1/3");
	g_assert_cmpuint(f->key_drains, ==, 1);
	press(f, "4 8 1 ~4000");
	ROWS(f, "card completed card=" B " overall=4 nps=8 goods=1");
}

/* After paid the sale is over: another card is another customer. */
static void test_next_after_paid(void)
{
	struct counter_fixture *f = begin();
	till(f, "PAY receipt=R1");
	swipe(f, A);
	press(f, "5");
	till(f, "PAID");
	swipe(f, B);
	ROWS(f, "sale partial sale receipt=R1 card=" A " overall=5");
	PAGE(f, "overall 1/3");
	advance_ms(f, 20000);
	ROWS(f, "card ignored card=" B); /* no receipt of the one before */
}

/* Two cards faster than anything is known of the first: it was offered all the same. */
static void test_next_before_facts(void)
{
	struct counter_fixture *f = begin();
	f->facts_never = true;
	swipe(f, A);
	advance_ms(f, 20);
	swipe(f, B);
	ROWS(f, "card ignored card=" A);
	advance_ms(f, 50);
	PAGE(f, "overall 1/3");
}

/* ---- staff ----------------------------------------------------------------------------------- */

/* A staff card neither closes nor joins. */
static void test_staff_passes(void)
{
	struct counter_fixture *f = begin();
	press(f, "5");
	swipe(f, STAFF);
	TOAST(f, TOAST_CARD_STAFF);
	PAGE(f, "nps 2/3");
	g_assert_false(f->page.linked);
	CARDS(f, "accepted " STAFF);
	press(f, "9 1 ~4000");
	ROWS(f, "key completed overall=5 nps=9 goods=1");
}

static void test_staff_at_rest(void)
{
	struct counter_fixture *f = begin();
	swipe(f, STAFF);
	PAGE(f, "greeting");
	TOAST(f, TOAST_CARD_STAFF);
	press(f, "5 Enter Esc");
	advance_ms(f, 3999);
	PAGE(f, "greeting");
	advance_ms(f, 1);
	PAGE(f, "rest overall 1/3");
	ROWS(f, "card not_asked/staff card=" STAFF);
}

/* ---- what is not ours -------------------------------------------------------------------------- */

/* Nothing of the number is kept, whatever it was. */
static void test_nothing_kept(void)
{
	struct counter_fixture *f = begin();
	swipe(f, "4111111111111111");
	TOAST(f, TOAST_CARD_FOREIGN);
	CARDS(f, "foreign");
	g_assert_cmpstr(f->page.toast_card, ==, "");
	swipe_bad(f, CARD_REFUSED_PAYMENT);
	TOAST(f, TOAST_CARD_PAYMENT);
	swipe_bad(f, CARD_REFUSED_DOCUMENT);
	TOAST(f, TOAST_CARD_DOCUMENT);
	swipe_bad(f, CARD_ERROR);
	TOAST(f, TOAST_CARD_ERROR);
	g_assert_cmpint(f->last_card_event.error, ==, CARD_CHECKSUM);
	CARDS(f, "refused payment-card; refused id-document; error");
	PAGE(f, "rest overall 1/3");
	ROWS(f, "");
	/* and the number does not lie about in the counter either */
	g_assert_null(memmem(&f->counter, sizeof f->counter, "4111111", 7));
}

/* The third in a row: type the number. */
static void test_third_error(void)
{
	struct counter_fixture *f = begin();
	swipe_bad(f, CARD_ERROR);
	TOAST(f, TOAST_CARD_ERROR);
	swipe_bad(f, CARD_ERROR);
	TOAST(f, TOAST_CARD_ERROR);
	swipe_bad(f, CARD_ERROR);
	TOAST(f, TOAST_CARD_ERROR_3);
	swipe_bad(f, CARD_ERROR);
	TOAST(f, TOAST_CARD_ERROR_3);
	swipe(f, A);
	swipe_bad(f, CARD_ERROR);
	TOAST(f, TOAST_CARD_ERROR);
	swipe_bad(f, CARD_ERROR);
	advance_ms(f, 20000); /* another customer */
	swipe_bad(f, CARD_ERROR);
	TOAST(f, TOAST_CARD_ERROR);
}

/* They disturb nobody: no visit opens, none closes, no time runs anew. */
static void test_bad_reads_disturb_nobody(void)
{
	struct counter_fixture *f = begin();
	press(f, "5 ~19000");
	swipe(f, "12345");
	swipe_bad(f, CARD_ERROR);
	PAGE(f, "nps 2/3 bar=1");
	advance_ms(f, 1000);
	ROWS(f, "key partial overall=5");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/card/at-rest", test_at_rest);
	g_test_add_func("/core/card/at-rest-with-till", test_at_rest_with_till);
	g_test_add_func("/core/card/joins", test_joins);
	g_test_add_func("/core/card/joins-thanks", test_joins_thanks);
	g_test_add_func("/core/card/repeated", test_repeated);
	g_test_add_func("/core/card/repeated-without-visit", test_repeated_without_visit);
	g_test_add_func("/core/card/replaced", test_replaced);
	g_test_add_func("/core/card/next-customer", test_next_customer);
	g_test_add_func("/core/card/next-after-paid", test_next_after_paid);
	g_test_add_func("/core/card/next-before-facts", test_next_before_facts);
	g_test_add_func("/core/card/staff-passes", test_staff_passes);
	g_test_add_func("/core/card/staff-at-rest", test_staff_at_rest);
	g_test_add_func("/core/card/nothing-kept", test_nothing_kept);
	g_test_add_func("/core/card/third-error", test_third_error);
	g_test_add_func("/core/card/bad-reads", test_bad_reads_disturb_nobody);
	return g_test_run();
}
