/* What the till says: one row a sale, when it is offered, when it ends. */
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

/* ---- offer=rest|begun|total ------------------------------------------------------------------ */

static void test_offer(void)
{
	static const struct {
		enum offer offer;
		const char *rest, *begun, *total;
	} rows[] = {
		{OFFER_REST, "rest overall 1/3", "overall 1/3", "overall 1/3"},
		{OFFER_BEGUN, "greeting", "overall 1/3", "overall 1/3"},
		{OFFER_TOTAL, "greeting", "greeting", "overall 1/3"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct counter_fixture *f = begin(rows[i].offer);
		PAGE(f, rows[i].rest);
		till(f, "BEGUN");
		PAGE(f, rows[i].begun);
		advance_ms(f, 1000);
		till(f, "TOTAL total=1234");
		PAGE(f, rows[i].total);
		press(f, "5 9 1");
		till(f, "PAID");
		advance_ms(f, 4000);
		ROWS(f, "sale completed sale total=1234 overall=5 nps=9 goods=1");
		PAGE(f, rows[i].rest);
	}
}

/* One row a sale, asked or not asked and why. */
static void test_one_row_a_sale(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "PAY receipt=R1 total=1000 cashier=7 tender=cash");
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "sale ignored sale receipt=R1 total=1000");
	g_assert_cmpstr(f->last_row.cashier, ==, "7");
	g_assert_cmpint(f->last_row.tender, ==, TENDER_CASH);
	f->rules.holdout_percent = 100;
	till(f, "PAY receipt=R2");
	PAGE(f, "greeting");
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "sale not_asked/sample sale receipt=R2");
	f->rules.holdout_percent = 0;
	f->rules.sample_percent = 0;
	till(f, "PAY receipt=R3 tender=card");
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "sale not_asked/sample sale receipt=R3");
	f->rules.sample_percent = 100;
	till(f, "PAY receipt=R4 kind=return");
	PAGE(f, "greeting");
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "sale not_asked/return return receipt=R4");
	till(f, "PAY receipt=R5 kind=void");
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "sale not_asked/return void receipt=R5");
}

/* ---- joining and closing ---------------------------------------------------------------------- */

/* PAY joins an open visit that has no sale yet and no answers. */
static void test_joins(void)
{
	static const struct {
		const char *keys, *page, *rows;
	} rows[] = {
		/* asked already, nothing said */
		{"", "overall 1/3", "card ignored sale receipt=R1 card=" A},
		/* a skip is no answer, and no second ask */
		{"Enter", "nps 2/3", "card ignored sale receipt=R1 card=" A " overall=-"},
		/* nor is declining */
		{"Esc", "declined", "card declined sale receipt=R1 card=" A},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct counter_fixture *f = begin(OFFER_REST);
		g_test_message("%s", rows[i].keys);
		swipe(f, A);
		press(f, rows[i].keys);
		till(f, "PAY receipt=R1");
		PAGE(f, rows[i].page);
		ROWS(f, "");
		till(f, "PAID");
		advance_ms(f, 5000);
		ROWS(f, rows[i].rows);
	}
}

static void test_joins_not_asked(void)
{
	struct counter_fixture *f = begin(OFFER_REST);
	f->facts.last_answered_day = f->now.day;
	swipe(f, A);
	till(f, "PAY receipt=R1");
	PAGE(f, "greeting");
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "card not_asked/cooldown sale receipt=R1 card=" A);
}

/* No hold-out for a visit that the till did not open. */
static void test_joins_no_draw(void)
{
	struct counter_fixture *f = begin(OFFER_REST);
	f->rules.holdout_percent = 100;
	swipe(f, A);
	till(f, "PAY receipt=R1");
	PAGE(f, "overall 1/3");
}

/* Else that one closes and a new one opens. */
static void test_closes(void)
{
	struct counter_fixture *f = begin(OFFER_REST);
	press(f, "5");
	till(f, "PAY receipt=R1");
	ROWS(f, "key partial overall=5");
	PAGE(f, "overall 1/3");
	g_assert_cmpuint(f->key_drains, ==, 1);
	press(f, "5 ~399 5"); /* the key of the one before, still held down */
	PAGE(f, "overall 1/3");
	press(f, "~400 5 9 1"); /* its thanks page stands */
	till(f, "PAY receipt=R2");
	ROWS(f, "sale completed sale receipt=R1 overall=5 nps=9 goods=1");
	PAGE(f, "overall 1/3");
	till(f, "PAY receipt=R3"); /* has a sale, no answers */
	ROWS(f, "sale ignored sale receipt=R2");
	till(f, "BEGUN");
	ROWS(f, "sale ignored sale receipt=R3");
}

/* Words being typed are on their way to be an answer. */
static void test_closes_words(void)
{
	struct counter_fixture *f = &fixture;
	fixture_init(f);
	fixture_question(f, "words", QUESTION_WORDS, WHEN_ALWAYS);
	fixture_start(f, 1);
	press(f, "a b");
	till(f, "PAY");
	PAGE(f, "words 1/1 ''");
	ROWS(f, "key ignored");
}

/* PAY again with the same receipt: the same sale, another amount. */
static void test_same_receipt(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "PAY receipt=R1 total=1000");
	struct id visit = counter_visit(&f->counter);
	press(f, "5");
	till(f, "PAY receipt=R1 total=2000 tender=card");
	g_assert_true(id_equal(&visit, &f->counter.visit.row.id));
	PAGE(f, "nps 2/3");
	till(f, "PAID");
	till(f, "PAY receipt=R1 total=3000"); /* a till that says it again */
	till(f, "PAID");
	press(f, "9 1 ~4000");
	ROWS(f, "sale completed sale receipt=R1 total=3000 overall=5 nps=9 goods=1");
}

/* PAY again after PAID: the grace is over before it ended, the sale goes on. */
static void test_same_receipt_after_paid(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "PAY receipt=R1");
	till(f, "PAID");
	till(f, "PAY receipt=R1");
	advance_ms(f, 19999);
	PAGE(f, "overall 1/3 bar=1");
}

static void test_answer_to_pay(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "PAY");
	struct id visit = counter_visit(&f->counter);
	g_assert_false(id_is_none(&visit));
	g_assert_true(id_equal(&visit, &f->last_row.id));
	till(f, "CANCEL");
	visit = counter_visit(&f->counter);
	g_assert_true(id_is_none(&visit));
}

/* ---- paid -------------------------------------------------------------------------------------- */

/* The grace after paid ends without an answer. */
static void test_grace(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "PAY receipt=R1");
	advance_ms(f, 1000);
	till(f, "PAID");
	PAGE(f, "overall 1/3 bar=5");
	press(f, "Enter ~4999"); /* a skip is no answer */
	PAGE(f, "nps 2/3 bar=1");
	advance_ms(f, 1);
	PAGE(f, "greeting");
	ROWS(f, "sale ignored sale receipt=R1 overall=-");
}

/* With an answer the customer has their time. */
static void test_grace_answered(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "PAY");
	till(f, "PAID");
	press(f, "~4000 5 ~19999");
	PAGE(f, "nps 2/3 bar=1");
	press(f, "9");
	f = begin(OFFER_TOTAL);
	till(f, "PAY");
	press(f, "5 ~10000");
	till(f, "PAID");
	advance_ms(f, 9999);
	PAGE(f, "nps 2/3 bar=1");
	ROWS(f, "");
	advance_ms(f, 1);
	ROWS(f, "sale partial sale overall=5");
}

/* `+` is more time, also then. */
static void test_grace_more_time(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "PAY");
	till(f, "PAID");
	press(f, "~3000 + ~19999");
	PAGE(f, "overall 1/3 bar=1");
}

/* The till's line rests: the sale was paid if its total had been shown, else nothing came of it. */
static void test_ended(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "BEGUN");
	till(f, "TOTAL");
	till(f, "ENDED");
	PAGE(f, "overall 1/3 bar=5");
	advance_ms(f, 5000);
	ROWS(f, "sale ignored sale");
	till(f, "BEGUN");
	till(f, "ENDED");
	ROWS(f, "sale not_asked/return void");
}

/* A display that never showed a total: paid is the moment. */
static void test_paid_without_total(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "BEGUN");
	till(f, "PAID");
	PAGE(f, "overall 1/3 bar=5");
	press(f, "5 9 1 ~4000");
	ROWS(f, "sale completed sale overall=5 nps=9 goods=1");
}

static void test_paid_out_of_nowhere(void)
{
	struct counter_fixture *f = begin(OFFER_REST);
	till(f, "PAID");
	till(f, "ENDED");
	till(f, "CANCEL");
	till(f, "HOLD");
	PAGE(f, "rest overall 1/3");
	press(f, "5");
	till(f, "PAID"); /* a visit without a sale: not its business */
	till(f, "CANCEL");
	till(f, "HOLD");
	PAGE(f, "nps 2/3");
	ROWS(f, "");
}

/* ---- hold, resume, cancel ------------------------------------------------------------------------ */

static void test_cancel(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "PAY receipt=R1");
	till(f, "CANCEL");
	ROWS(f, "sale not_asked/return void receipt=R1");
	PAGE(f, "greeting");
	till(f, "PAY receipt=R2");
	press(f, "5");
	till(f, "CANCEL"); /* what was said stays said */
	ROWS(f, "sale partial void receipt=R2 overall=5");
	till(f, "PAY receipt=R3");
	press(f, "Esc");
	till(f, "CANCEL");
	ROWS(f, "sale declined void receipt=R3");
}

/* A sale that is held and taken up again is one row: its answers, its draw. */
static void test_hold_and_resume(void)
{
	struct counter_fixture *f = begin(OFFER_TOTAL);
	till(f, "PAY receipt=R1");
	press(f, "5");
	till(f, "HOLD");
	ROWS(f, "");
	PAGE(f, "greeting");
	till(f, "PAY receipt=R2");
	PAGE(f, "overall 1/3");
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "sale ignored sale receipt=R2");
	advance_ms(f, 600000); /* its time stands still */
	till(f, "RESUME receipt=R1");
	PAGE(f, "nps 2/3");
	till(f, "PAY receipt=R1 total=700");
	PAGE(f, "nps 2/3");
	press(f, "9 1 ~4000");
	ROWS(f, "sale completed sale receipt=R1 total=700 overall=5 nps=9 goods=1");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/till/offer", test_offer);
	g_test_add_func("/core/till/one-row-a-sale", test_one_row_a_sale);
	g_test_add_func("/core/till/joins", test_joins);
	g_test_add_func("/core/till/joins-not-asked", test_joins_not_asked);
	g_test_add_func("/core/till/joins-no-draw", test_joins_no_draw);
	g_test_add_func("/core/till/closes", test_closes);
	g_test_add_func("/core/till/closes-words", test_closes_words);
	g_test_add_func("/core/till/same-receipt", test_same_receipt);
	g_test_add_func("/core/till/same-receipt-after-paid",
			test_same_receipt_after_paid);
	g_test_add_func("/core/till/answer-to-pay", test_answer_to_pay);
	g_test_add_func("/core/till/grace", test_grace);
	g_test_add_func("/core/till/grace-answered", test_grace_answered);
	g_test_add_func("/core/till/grace-more-time", test_grace_more_time);
	g_test_add_func("/core/till/ended", test_ended);
	g_test_add_func("/core/till/paid-without-total", test_paid_without_total);
	g_test_add_func("/core/till/paid-out-of-nowhere", test_paid_out_of_nowhere);
	g_test_add_func("/core/till/cancel", test_cancel);
	g_test_add_func("/core/till/hold-and-resume", test_hold_and_resume);
	return g_test_run();
}
