/* A sale that is still being rung up, and receipts. */
#include "tests/lib/counter_script.h"

#define A "9643000001"

static struct counter_fixture fixture;

static struct counter_fixture *begin(enum offer offer)
{
	fixture_init(&fixture);
	fixture_shop(&fixture);
	fixture.rules.offer = offer;
	fixture_start(&fixture, 1);
	return &fixture;
}

/* ---- a sale that is still being rung up --------------------------------------------------------- */

/* The time-out withdraws the question and keeps the row: no second ask, one row. */
static void test_begun_times_out(void)
{
	struct counter_fixture *f = begin(OFFER_BEGUN);
	till(f, "BEGUN");
	advance_ms(f, 19999);
	PAGE(f, "overall 1/3 bar=1");
	advance_ms(f, 1);
	PAGE(f, "greeting");
	ROWS(f, "");
	till(f, "TOTAL total=500");
	PAGE(f, "greeting");
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "sale ignored sale total=500");
	till(f, "BEGUN");
	press(f, "5 ~20000");
	fixture_stop(f); /* the visit was open still */
	ROWS(f, "sale interrupted sale overall=5");
}

static void test_begun_answered(void)
{
	struct counter_fixture *f = begin(OFFER_BEGUN);
	till(f, "BEGUN");
	press(f, "5 9 1");
	PAGE(f, "thanks");
	advance_ms(f, 4000);
	PAGE(f, "greeting");
	ROWS(f, "");
	swipe(f, A); /* joins its sale */
	till(f, "TOTAL total=500");
	PAGE(f, "greeting");
	advance_ms(f, 20000); /* no paid comes: the row does not wait for ever */
	ROWS(f, "sale completed sale total=500 card=" A " overall=5 nps=9 goods=1");
}

static void test_begun_declined(void)
{
	struct counter_fixture *f = begin(OFFER_BEGUN);
	till(f, "BEGUN");
	press(f, "Esc ~4000");
	PAGE(f, "greeting");
	till(f, "TOTAL");
	PAGE(f, "greeting");
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "sale declined sale");
}

/* The thanks of a sale that is being rung up: the same customer still stands there. */
static void test_begun_thanks(void)
{
	struct counter_fixture *f = begin(OFFER_REST);
	till(f, "BEGUN");
	press(f, "5 9 1 ~2000 4");
	PAGE(f, "thanks");
	press(f, "~2000 4");
	PAGE(f, "greeting");
	till(f, "TOTAL"); /* its time is not over while it is open at the till */
	press(f, "4");
	PAGE(f, "greeting");
}

/* offer=rest: what stands on the screen anyway has time until the total is known. */
static void test_begun_at_rest(void)
{
	struct counter_fixture *f = begin(OFFER_REST);
	till(f, "BEGUN");
	advance_ms(f, 600000);
	PAGE(f, "overall 1/3");
	till(f, "TOTAL");
	advance_ms(f, 19999);
	PAGE(f, "overall 1/3 bar=1");
	advance_ms(f, 1);
	ROWS(f, "sale ignored sale");
}

/* The card comes before the total: it decides when the total is there. */
static void test_begun_card(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	f->facts.last_answered_day = f->now.day;
	till(f, "BEGUN");
	swipe(f, A);
	PAGE(f, "greeting");
	press(f, "5 Enter");
	till(f, "TOTAL");
	PAGE(f, "greeting");
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "sale not_asked/cooldown sale card=" A);
	f->facts = card_facts_unknown;
	f->facts_never = true;
	till(f, "BEGUN");
	swipe(f, "9643000002");
	press(f, "5"); /* no question stands there: the card is not forgotten for it */
	advance_ms(f, 100);
	till(f, "TOTAL");
	PAGE(f, "overall 1/3");
}

/* Opened, then the next sale begins: it never came to its total. */
static void test_begun_left(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "BEGUN");
	till(f, "BEGUN");
	ROWS(f, "sale not_asked/return sale");
}

/* The offer is in the row that recovery would find. */
static void test_offer_is_saved(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	f->facts_never = true;
	swipe(f, A);
	till(f, "PAY");
	advance_ms(f, 100);
	PAGE(f, "overall 1/3");
	g_assert_cmpint(f->last_row.offered_ms, !=, MOMENT_NEVER);
	g_assert_cmpint(f->last_row.outcome, ==, OUTCOME_INTERRUPTED);
}

/* ---- receipts stay with their customer ---------------------------------------------------------- */

static void test_receipts(void)
{
	struct counter_fixture *f = begin(OFFER_REST);
	till(f, "PAY receipt=R1");
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "sale ignored sale receipt=R1");
	press(f, "5 9 1 ~4000"); /* somebody later */
	ROWS(f, "key completed overall=5 nps=9 goods=1");
	press(f, "* 2 ~4000");
	ROWS(f, "key complaint c2");
	till(f, "PAY"); /* a sale without a number */
	advance_ms(f, 20000);
	ROWS(f, "sale ignored sale");
	till(f, "PAY receipt=R2"); /* this till says paid: the sale is still open */
	advance_ms(f, 20000);
	ROWS(f, "sale ignored sale receipt=R2");
	press(f, "5 9 1 ~4000");
	ROWS(f, "key completed receipt=R2 overall=5 nps=9 goods=1");
	press(f, "* 2 ~4000");
	ROWS(f, "key complaint c2 receipt=R2");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/sale/begun-times-out", test_begun_times_out);
	g_test_add_func("/core/sale/begun-answered", test_begun_answered);
	g_test_add_func("/core/sale/begun-declined", test_begun_declined);
	g_test_add_func("/core/sale/begun-thanks", test_begun_thanks);
	g_test_add_func("/core/sale/begun-at-rest", test_begun_at_rest);
	g_test_add_func("/core/sale/begun-card", test_begun_card);
	g_test_add_func("/core/sale/begun-left", test_begun_left);
	g_test_add_func("/core/sale/offer-is-saved", test_offer_is_saved);
	g_test_add_func("/core/sale/receipts", test_receipts);
	return g_test_run();
}
