/* Which cards are asked, what is known of them in time, and what when it is not. */
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

/* ---- who rests --------------------------------------------------------------------------------- */

/* A card that is not asked: the greeting for thanks_seconds, then the screen at rest. */
static void test_cooldown(void)
{
	struct counter_fixture *f = begin();
	f->facts.last_answered_day = f->now.day - 29;
	swipe(f, A);
	PAGE(f, "greeting");
	TOAST(f, TOAST_CARD_COOLDOWN);
	press(f, "5 Enter Esc ~3999");
	PAGE(f, "greeting");
	advance_ms(f, 1);
	PAGE(f, "rest overall 1/3");
	ROWS(f, "card not_asked/cooldown card=" A);
	f->facts.last_answered_day--;
	advance_ms(f, 3000);
	swipe(f, A);
	PAGE(f, "overall 1/3");
}

static void test_declined_days(void)
{
	struct counter_fixture *f = begin();
	f->facts.last_declined_day = f->now.day - 89;
	swipe(f, A);
	PAGE(f, "greeting");
	f->facts.last_declined_day--;
	swipe(f, B);
	PAGE(f, "overall 1/3");
}

/* The toast is right also when the store was faster than the look-up. */
static void test_cooldown_after_saved(void)
{
	struct counter_fixture *f = begin();
	struct event facts = {.kind = EVENT_CARD_FACTS};
	f->facts_never = true;
	swipe(f, A);
	TOAST(f, TOAST_CARD_OK);
	advance_ms(f, 10);
	facts.facts.lookup = f->lookup;
	facts.facts.facts.last_answered_day = f->now.day;
	fixture_event(f, &facts);
	TOAST(f, TOAST_CARD_COOLDOWN);
	PAGE(f, "greeting");
}

static void test_sample(void)
{
	struct counter_fixture *f = begin();
	f->rules.sample_percent = 0;
	swipe(f, A);
	PAGE(f, "greeting");
	advance_ms(f, 4000);
	ROWS(f, "card not_asked/sample card=" A);
	press(f, "5 9 1 ~4000"); /* who opens by a key is asked */
	ROWS(f, "key completed overall=5 nps=9 goods=1");
	f->rules.sample_percent = 100;
	f->rules.holdout_percent = 100; /* only where the till opens the sale */
	swipe(f, B);
	PAGE(f, "overall 1/3");
}

/* A visit that is not asked keeps its greeting while another card of it is looked up. */
static void test_not_asked_does_not_flash(void)
{
	struct counter_fixture *f = begin();
	f->rules.sample_percent = 0;
	f->facts_never = true;
	till(f, "PAY");
	PAGE(f, "greeting");
	swipe(f, A);
	PAGE(f, "greeting");
	advance_ms(f, 60);
	PAGE(f, "greeting");
	advance_ms(f, 30000);
	swipe(f, B);
	PAGE(f, "greeting");
}

static void test_no_questions(void)
{
	struct counter_fixture *f = &fixture;
	fixture_init(f);
	fixture_question(f, "nps", QUESTION_NPS10, WHEN_ALWAYS)->every_days = 90;
	fixture_start(f, 1);
	f->facts.question_day[0] = f->now.day - 10;
	swipe(f, A);
	PAGE(f, "greeting");
	advance_ms(f, 4000);
	ROWS(f, "card not_asked/no_questions card=" A);
}

/* every_days: this card was asked that not long ago. */
static void test_every_days(void)
{
	struct counter_fixture *f = begin();
	f->questionnaire.question[0].every_days = 90;
	f->facts.question_day[0] = f->now.day - 89;
	swipe(f, A);
	PAGE(f, "nps 1/2");
}

/* A second swipe in an open sale whose visit is closed already is no second ask. */
static void test_settled_sale(void)
{
	struct counter_fixture *f = begin();
	till(f, "PAY receipt=R0");
	till(f, "PAID");
	till(f, "PAY receipt=R1");
	press(f, "5 9 1 ~4000");
	fixture_rows(f);
	swipe(f, A);
	PAGE(f, "greeting");
	advance_ms(f, 4000);
	ROWS(f, "card not_asked/cooldown receipt=R1 card=" A);
	till(f, "PAID");
	advance_ms(f, 3000);
	swipe(f, A);
	PAGE(f, "overall 1/3");
}

/* A till that says PAY and never PAID: the next customer's card is a next customer's. */
static void test_till_without_paid(void)
{
	struct counter_fixture *f = begin();
	till(f, "PAY receipt=R1");
	press(f, "5 9 1 ~4000");
	fixture_rows(f);
	swipe(f, A);
	PAGE(f, "overall 1/3");
	till(f, "PAY receipt=R2");
	press(f, "4 8 1 ~4000");
	ROWS(f, "card completed sale receipt=R2 card=" A " overall=4 nps=8 goods=1");
}

/* ---- facts that come late, or never ------------------------------------------------------------ */

/* Unanswered for 50 ms: an unknown card; until then nothing moves on the screen. */
static void test_unknown(void)
{
	struct counter_fixture *f = begin();
	struct event facts = {.kind = EVENT_CARD_FACTS};
	f->facts_never = true;
	swipe(f, A);
	PAGE(f, "rest overall 1/3");
	advance_ms(f, 49);
	PAGE(f, "rest overall 1/3");
	advance_ms(f, 1);
	PAGE(f, "overall 1/3");
	facts.facts.lookup = f->lookup; /* too late */
	facts.facts.facts.last_answered_day = f->now.day;
	fixture_event(f, &facts);
	PAGE(f, "overall 1/3");
}

/* The answer to an older question is none. */
static void test_stale_facts(void)
{
	struct counter_fixture *f = begin();
	struct event facts = {.kind = EVENT_CARD_FACTS};
	f->facts_never = true;
	swipe(f, A);
	uint32_t old = f->lookup;
	advance_ms(f, 10);
	swipe(f, B);
	facts.facts.lookup = old;
	facts.facts.facts.last_answered_day = f->now.day;
	fixture_event(f, &facts);
	advance_ms(f, 50);
	PAGE(f, "overall 1/3");
}

/* A customer is faster than the look-up: the question on the screen is answered. */
static void test_key_before_facts(void)
{
	struct counter_fixture *f = begin();
	f->facts_never = true;
	swipe(f, A);
	press(f, "5");
	PAGE(f, "nps 2/3");
	press(f, "9 1 ~4000");
	ROWS(f, "card completed card=" A " overall=5 nps=9 goods=1");
	f = begin_offer(OFFER_TOTAL); /* where no question stands, none is answered */
	f->facts_never = true;
	swipe(f, A);
	press(f, "5");
	PAGE(f, "greeting");
	advance_ms(f, 50);
	PAGE(f, "overall 1/3");
}

/* PAY comes while the card is looked up: the card still decides. */
static void test_sale_before_facts(void)
{
	struct counter_fixture *f = begin();
	struct event facts = {.kind = EVENT_CARD_FACTS};
	f->facts_never = true;
	swipe(f, A);
	advance_ms(f, 10);
	till(f, "PAY receipt=R1");
	PAGE(f, "rest overall 1/3"); /* nothing moves yet */
	facts.facts.lookup = f->lookup;
	facts.facts.facts.last_answered_day = f->now.day;
	fixture_event(f, &facts);
	PAGE(f, "greeting");
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "card not_asked/cooldown sale receipt=R1 card=" A);
}

/* A late card while the question stands untouched is considered anew. */
static void test_reconsidered(void)
{
	struct counter_fixture *f = begin_offer(OFFER_TOTAL);
	f->facts.last_answered_day = f->now.day;
	till(f, "PAY receipt=R1");
	PAGE(f, "overall 1/3");
	swipe(f, A);
	PAGE(f, "greeting");
	g_assert_cmpint(f->last_row.reason, ==, REASON_COOLDOWN); /* and saved */
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "sale not_asked/cooldown sale receipt=R1 card=" A);
}

/* Once touched it stays: the customer has begun. */
static void test_not_reconsidered(void)
{
	static const char *const keys[] = {"5", "Enter", "Enter 1"};
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		struct counter_fixture *f = begin_offer(OFFER_TOTAL);
		f->facts.last_answered_day = f->now.day;
		till(f, "PAY");
		press(f, keys[i]);
		swipe(f, A);
		g_assert_cmpint(f->page.kind, ==, PAGE_QUESTION);
	}
}

/* The question on the screen stays when the card may be asked it. */
static void test_question_stays(void)
{
	for (uint8_t seed = 1; seed < 30; seed++) {
		struct counter_fixture *f = &fixture;
		fixture_init(f);
		for (int i = 0; i < 5; i++)
			fixture_question(f, "abcde" + i, QUESTION_CHOICE, WHEN_TURN)
				->rotate = true;
		fixture_start(f, seed);
		for (int visit = 0; visit < 5; visit++) {
			struct page rest = f->page;
			swipe(f, visit % 2 != 0 ? A : B);
			g_assert_cmpuint(f->page.question, ==, rest.question);
			g_assert_cmpuint(f->page.choice_shift, ==, rest.choice_shift);
			press(f, "2 ~500 2 ~500 2 ~4000");
		}
	}
}

/* Nobody rests because of a card that was replaced. */
static void test_replaced_reason(void)
{
	struct counter_fixture *f = begin_offer(OFFER_TOTAL);
	f->facts.last_answered_day = f->now.day;
	swipe(f, A);
	till(f, "PAY receipt=R1");
	PAGE(f, "greeting");
	f->facts = card_facts_unknown;
	swipe(f, B);
	PAGE(f, "overall 1/3");
	press(f, "5 9 1 ~4000");
	ROWS(f, "card completed sale receipt=R1 card=" B " overall=5 nps=9 goods=1");
}

/* From the fourth swipe in a day. */
static void test_often(void)
{
	struct counter_fixture *f = begin();
	f->facts.swipes_today = 2;
	swipe(f, A);
	TOAST(f, TOAST_CARD_OK);
	f->facts.swipes_today = 3;
	swipe(f, B);
	TOAST(f, TOAST_CARD_OFTEN);
	g_assert_cmpuint(f->page.toast_number, ==, 4);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/asked/cooldown", test_cooldown);
	g_test_add_func("/core/asked/declined-days", test_declined_days);
	g_test_add_func("/core/asked/cooldown-after-saved", test_cooldown_after_saved);
	g_test_add_func("/core/asked/sample", test_sample);
	g_test_add_func("/core/asked/not-asked-does-not-flash",
			test_not_asked_does_not_flash);
	g_test_add_func("/core/asked/no-questions", test_no_questions);
	g_test_add_func("/core/asked/every-days", test_every_days);
	g_test_add_func("/core/asked/settled-sale", test_settled_sale);
	g_test_add_func("/core/asked/till-without-paid", test_till_without_paid);
	g_test_add_func("/core/asked/unknown", test_unknown);
	g_test_add_func("/core/asked/stale-facts", test_stale_facts);
	g_test_add_func("/core/asked/key-before-facts", test_key_before_facts);
	g_test_add_func("/core/asked/sale-before-facts", test_sale_before_facts);
	g_test_add_func("/core/asked/reconsidered", test_reconsidered);
	g_test_add_func("/core/asked/not-reconsidered", test_not_reconsidered);
	g_test_add_func("/core/asked/question-stays", test_question_stays);
	g_test_add_func("/core/asked/replaced-reason", test_replaced_reason);
	g_test_add_func("/core/asked/often", test_often);
	return g_test_run();
}
