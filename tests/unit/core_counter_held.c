/* What a till puts aside and takes up again, what a display says besides, what waits. */
#include "tests/lib/counter_script.h"

#include <string.h>

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

/* ---- held sales ------------------------------------------------------------------------------- */

/* What the draw said of it stays said. */
static void test_own_draw(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	f->rules.holdout_percent = 100;
	till(f, "PAY receipt=R1");
	till(f, "HOLD");
	f->rules.holdout_percent = 0;
	till(f, "RESUME receipt=R1");
	till(f, "PAY receipt=R1");
	PAGE(f, "greeting");
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "sale not_asked/sample sale receipt=R1");
}

static void test_not_asked_yet(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "BEGUN");
	till(f, "PAY receipt=R1 total=1");
	till(f, "HOLD");
	f = begin(OFFER_TOTAL);
	till(f, "PAY receipt=R1 kind=sale");
	press(f, "Esc");
	till(f, "HOLD");
	till(f, "RESUME receipt=R1");
	till(f, "PAY receipt=R1");
	PAGE(f, "declined"); /* no second ask, ever */
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "sale declined sale receipt=R1");
}

/* Another customer stands there when it is taken up. */
static void test_another_stands_there(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "PAY receipt=R1");
	press(f, "5");
	till(f, "HOLD");
	swipe(f, A);
	PAGE(f, "overall 1/3");
	till(f, "RESUME receipt=R1");
	ROWS(f, "card ignored card=" A);
	PAGE(f, "nps 2/3");
	till(f, "RESUME receipt=R7"); /* one that nobody knows */
	ROWS(f, "sale partial sale receipt=R1 overall=5");
	till(f, "CANCEL");
	ROWS(f, "sale not_asked/return void receipt=R7");
}

static void test_many_held(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	for (int i = 1; i <= HELD_MAX; i++) {
		char line[40];
		g_snprintf(line, sizeof line, "PAY receipt=R%d", i);
		till(f, line);
		advance_ms(f, 1000);
		till(f, "HOLD");
	}
	ROWS(f, "");
	till(f, "PAY receipt=R5");
	till(f, "HOLD");
	ROWS(f, "sale ignored sale receipt=R1"); /* the oldest makes place */
	g_assert_cmpint(f->last_row.seconds_ms, ==, 1000);
	till(f, "RESUME receipt=R3");
	PAGE(f, "overall 1/3");
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "sale ignored sale receipt=R3");
}

/* Never taken up again: it closes as it was when it was held. */
static void test_held_too_long(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "PAY receipt=R1");
	press(f, "~2000 5 ~1000");
	till(f, "HOLD");
	advance_ms(f, HELD_MS - 1);
	ROWS(f, "");
	advance_ms(f, 1);
	ROWS(f, "sale partial sale receipt=R1 overall=5");
	g_assert_cmpint(f->last_row.seconds_ms, ==, 3000);
	till(f, "RESUME receipt=R1"); /* then it is another */
	till(f, "CANCEL");
	ROWS(f, "sale not_asked/return void receipt=R1");
}

/* A 1 that is held down becomes an answer; the end of the program closes what is held. */
static void test_held_one_and_stop(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "PAY receipt=R1");
	press(f, "5 1 ~100");
	till(f, "HOLD");
	fixture_stop(f);
	ROWS(f, "sale interrupted sale receipt=R1 overall=5 nps=1");
}

/* ---- what a display says ---------------------------------------------------------------------- */

/* A total that changes in the same sale is the same sale. */
static void test_shown_again(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "BEGUN");
	till(f, "SHOWN total=100");
	PAGE(f, "overall 1/3");
	press(f, "5");
	till(f, "SHOWN total=250");
	PAGE(f, "nps 2/3");
	till(f, "TENDER tender=cash");
	till(f, "PAID");
	press(f, "9 1 ~4000");
	ROWS(f, "sale completed sale total=250 overall=5 nps=9 goods=1");
	g_assert_cmpint(f->last_row.tender, ==, TENDER_CASH);
	till(f, "SHOWN total=300"); /* after paid: the next one */
	PAGE(f, "overall 1/3");
}

/* Its visit has ended already: no second row. */
static void test_shown_late(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "SHOWN total=100");
	press(f, "5 9 1 ~4000");
	ROWS(f, "sale completed sale total=100 overall=5 nps=9 goods=1");
	till(f, "SHOWN total=250");
	till(f, "TENDER tender=cash");
	PAGE(f, "greeting");
	till(f, "PAID");
	till(f, "ENDED");
	advance_ms(f, 60000);
	ROWS(f, "");
	till(f, "BEGUN");
	till(f, "SHOWN total=70 kind=return");
	PAGE(f, "greeting");
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "sale not_asked/return return total=70");
}

/* A till that says it twice, on its display and by PAY: one sale is one row. */
static void test_shown_and_pay(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "BEGUN");
	till(f, "SHOWN total=100");
	press(f, "5");
	till(f, "PAY receipt=R1 total=100");
	PAGE(f, "nps 2/3");
	till(f, "SHOWN total=90"); /* a voucher */
	till(f, "PAID");
	till(f, "PAID");
	press(f, "9 1 ~4000");
	ROWS(f, "sale completed sale receipt=R1 total=90 overall=5 nps=9 goods=1");
	till(f, "ENDED");
	/* PAY first */
	till(f, "PAY receipt=R2 total=200");
	till(f, "SHOWN total=200");
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "sale ignored sale receipt=R2 total=200");
	till(f, "ENDED");
	/* the visit has ended before */
	till(f, "SHOWN total=300");
	press(f, "5 9 1 ~4000");
	ROWS(f, "sale completed sale total=300 overall=5 nps=9 goods=1");
	till(f, "PAY receipt=R3 total=300");
	PAGE(f, "greeting");
	till(f, "PAID");
	advance_ms(f, 60000);
	ROWS(f, "");
}

/* Another sum, or a second PAY, is another customer. */
static void test_shown_and_other_pay(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "SHOWN total=100");
	till(f, "PAY total=250");
	ROWS(f, "sale ignored sale total=100");
	till(f, "SHOWN total=250"); /* the display follows */
	till(f, "PAY total=250");
	ROWS(f, "sale ignored sale total=250");
	till(f, "PAY total=250");
	ROWS(f, "sale ignored sale total=250");
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "sale ignored sale total=250");
}

/* The cashier looks at a document: the survey waits. */
static void test_wait(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "SHOWN total=100");
	advance_ms(f, 19000);
	PAGE(f, "overall 1/3 bar=1");
	till(f, "WAIT");
	PAGE(f, "overall 1/3");
	advance_ms(f, 60000);
	PAGE(f, "overall 1/3");
	press(f, "5 8"); /* who answers meanwhile answers */
	press(f, "Back 1 ~700 Back 9");
	PAGE(f, "goods 3/3");
	till(f, "GO_ON");
	advance_ms(f, 19999);
	PAGE(f, "goods 3/3 bar=1");
	till(f, "WAIT");
	advance_ms(f, COUNTER_WAIT_MS + 20000); /* not for ever */
	ROWS(f, "sale partial sale total=100 overall=5 nps=9");
	till(f, "WAIT");
	PAGE(f, "greeting");
}

/* The terminal is the display: two lines on every page. */
static void test_pole(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	struct event event = {.kind = EVENT_POLE};
	memset(&event.pole, 'x', sizeof event.pole); /* what lies behind the NUL */
	g_strlcpy(event.pole.line[0], "TOTAL          12.50", POLE_LINE_MAX + 1);
	g_strlcpy(event.pole.line[1], "", POLE_LINE_MAX + 1);
	fixture_event(f, &event);
	g_assert_cmpstr(f->page.pole[0], ==, "TOTAL          12.50");
	press(f, "F4");
	PAGE(f, "cashier");
	g_assert_cmpstr(f->page.pole[0], ==, "TOTAL          12.50");
	event.pole.line[0][0] = '\0';
	fixture_event(f, &event);
	for (size_t i = 0; i < sizeof f->page.pole; i++)
		g_assert_cmpint(((const char *)f->page.pole)[i], ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/held/own-draw", test_own_draw);
	g_test_add_func("/core/held/not-asked-yet", test_not_asked_yet);
	g_test_add_func("/core/held/another-stands-there", test_another_stands_there);
	g_test_add_func("/core/held/many", test_many_held);
	g_test_add_func("/core/held/too-long", test_held_too_long);
	g_test_add_func("/core/held/one-and-stop", test_held_one_and_stop);
	g_test_add_func("/core/shown/again", test_shown_again);
	g_test_add_func("/core/shown/late", test_shown_late);
	g_test_add_func("/core/shown/shown-and-pay", test_shown_and_pay);
	g_test_add_func("/core/shown/shown-and-other-pay", test_shown_and_other_pay);
	g_test_add_func("/core/shown/wait", test_wait);
	g_test_add_func("/core/shown/pole", test_pole);
	return g_test_run();
}
