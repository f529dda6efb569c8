/* Deadlines, the bar, the language, the pause; what waits for the store, and what does not. */
#include "tests/lib/counter_script.h"

#define A "9643000001"

/* ---- answer_seconds --------------------------------------------------------------------------- */

/* From the last key, anew on each page. */
static void test_answer_seconds(void)
{
	struct counter_fixture *f = fixture_begin();
	advance_ms(f, 3600000); /* at rest nothing runs out */
	PAGE(f, "rest overall 1/3");
	press(f, "5 ~19999 9 ~19999");
	PAGE(f, "goods 3/3 bar=1");
	press(f, "+ ~19999"); /* `+` starts it again */
	PAGE(f, "goods 3/3 bar=1");
	press(f, "7 ~19999"); /* any key does, also one that answers nothing */
	PAGE(f, "goods 3/3 bar=1");
	press(f, "Back ~19999");
	PAGE(f, "nps 2/3 =9 bar=1");
	press(f, "/ ~19999");
	PAGE(f, "nps 2/3 =9 bar=1");
	advance_ms(f, 1);
	ROWS(f, "key partial overall=5 nps=9");
}

/* The bar of the last five seconds, a whole second at a time, drawn when it changes. */
static void test_bar(void)
{
	struct counter_fixture *f = fixture_begin();
	press(f, "5 ~14999");
	PAGE(f, "nps 2/3");
	for (int bar = 5; bar >= 1; bar--) {
		advance_ms(f, bar == 5 ? 1 : 1000);
		g_assert_cmpint(f->page.bar, ==, bar);
		g_assert_cmpint(counter_wake_ms(&f->counter), <=, f->now.mono_ms + 1000);
	}
	press(f, "+");
	PAGE(f, "nps 2/3");
	advance_ms(f, 20000);
	ROWS(f, "key partial overall=5");
}

/* No wake-up that nobody needs: at rest one a minute, for the clock. */
static void test_wakes(void)
{
	struct counter_fixture *f = fixture_begin();
	advance_ms(f, 1);
	int64_t wake = counter_wake_ms(&f->counter);
	g_assert_cmpint((f->now.utc_ms + wake - f->now.mono_ms) % 60000, ==, 0);
	int16_t clock = f->page.clock;
	advance_ms(f, wake - f->now.mono_ms - 1);
	g_assert_cmpint(f->page.clock, ==, clock);
	advance_ms(f, 1);
	g_assert_cmpint(f->page.clock, ==, clock + 1);
	press(f, "5");
	g_assert_cmpint(counter_wake_ms(&f->counter), ==, f->now.mono_ms + 15000);
}

static void test_thanks_seconds(void)
{
	struct counter_fixture *f = fixture_begin();
	press(f, "5 9 1 ~3999");
	PAGE(f, "thanks");
	advance_ms(f, 1);
	PAGE(f, "rest overall 1/3");
	g_assert_cmpuint(f->key_drains, ==, 1);
}

/* ---- language ---------------------------------------------------------------------------------- */

/* The key goes past a language that the screen cannot show. */
static void test_hidden_language(void)
{
	struct counter_fixture *f = fixture_begin();
	f->rules.languages = 4;
	f->rules.hidden_languages = 1u << 1 | 1u << 3;
	press(f, "/");
	g_assert_cmpuint(f->page.language, ==, 2);
	g_assert_cmpuint(f->page.next_language, ==, 0);
	press(f, "/");
	g_assert_cmpuint(f->page.language, ==, 0);
	g_assert_cmpuint(f->page.next_language, ==, 2);
}

static void test_language(void)
{
	struct counter_fixture *f = fixture_begin();
	f->rules.languages = 3;
	fixture_start(f, 1);
	g_assert_cmpuint(f->page.next_language, ==, 1);
	press(f, "/");
	g_assert_cmpuint(f->page.language, ==, 1);
	g_assert_cmpuint(f->page.next_language, ==, 2);
	press(f, "/ /");
	g_assert_cmpuint(f->page.language, ==, 0);
	g_assert_cmpuint(f->page.next_language, ==, 1);
	press(f, "/ ~19999");
	g_assert_cmpuint(f->page.language, ==, 1);
	advance_ms(f, 1); /* at rest a changed language times out */
	g_assert_cmpuint(f->page.language, ==, 0);
}

static void test_one_language(void)
{
	struct counter_fixture *f = fixture_begin();
	f->rules.languages = 1;
	fixture_start(f, 1);
	press(f, "/");
	g_assert_cmpuint(f->page.language, ==, f->page.next_language);
	PAGE(f, "rest overall 1/3");
}

/* A visit keeps its language, on its pages and on those over them, and in its row. */
static void test_language_of_visit(void)
{
	struct counter_fixture *f = fixture_begin();
	press(f, "/ 5 ~15000 9 ~10000");
	PAGE(f, "goods 3/3");
	g_assert_cmpuint(f->page.language, ==, 1);
	press(f, "*");
	g_assert_cmpuint(f->page.language, ==, 1);
	press(f, "2");
	g_assert_cmpuint(f->last_row.language, ==, 1); /* the complaint's too */
	press(f, "Esc / ~0");
	g_assert_cmpuint(f->page.language, ==, 0);
	press(f, "/ 1 ~4000");
	g_assert_cmpuint(f->last_row.language, ==, 1);
	g_assert_cmpuint(f->page.language, ==, 0); /* the next customer's */
}

/* ---- pause -------------------------------------------------------------------------------------- */

/* From the next visit, ten minutes, ends itself. */
static void test_pause(void)
{
	struct counter_fixture *f = fixture_begin();
	press(f, "5 F2");
	PAGE(f, "nps 2/3"); /* this one goes on */
	TOAST(f, TOAST_PAUSED);
	g_assert_cmpuint(f->drains, ==, 1); /* what was buffered is dropped unread */
	int16_t until = f->page.paused_until;
	g_assert_cmpint((until - f->page.clock + 1440) % 1440, ==, 10);
	press(f, "9 1 ~4000");
	ROWS(f, "key completed overall=5 nps=9 goods=1");
	PAGE(f, "greeting");
	press(f, "5 Enter Esc"); /* nobody is asked */
	PAGE(f, "greeting");
	ROWS(f, "");
	swipe(f, A);
	advance_ms(f, 4000);
	ROWS(f, "card not_asked/paused card=" A);
	till(f, "PAY receipt=R1");
	till(f, "PAID");
	advance_ms(f, 5000);
	ROWS(f, "sale not_asked/paused sale receipt=R1");
	press(f, "* 2 ~4000"); /* complaints are always live */
	ROWS(f, "key complaint c2");
	advance_ms(f, 600000 - 4000 - 4000 - 5000 - 4000 - 1);
	PAGE(f, "greeting");
	g_assert_cmpint(f->page.paused_until, ==, until);
	advance_ms(f, 1);
	PAGE(f, "rest overall 1/3");
	TOAST(f, TOAST_RESUMED);
	g_assert_cmpint(f->page.paused_until, ==, -1);
}

static void test_pause_ended_by_key(void)
{
	struct counter_fixture *f = fixture_begin();
	press(f, "F2 F2");
	PAGE(f, "rest overall 1/3");
	TOAST(f, TOAST_RESUMED);
}

/* A visit that was open when the pause began is asked when its total comes. */
static void test_pause_not_for_open_visit(void)
{
	struct counter_fixture *f = fixture_begin();
	f->rules.offer = OFFER_TOTAL;
	fixture_start(f, 1);
	till(f, "BEGUN");
	press(f, "F2");
	till(f, "TOTAL");
	PAGE(f, "overall 1/3");
}

/* ---- the store ---------------------------------------------------------------------------------- */

/* The thanks page that says "saved" comes when everything is. */
static void test_thanks_waits(void)
{
	struct counter_fixture *f = fixture_begin();
	f->withhold = true;
	press(f, "5 9 1");
	PAGE(f, "goods 3/3 =1"); /* marked, and nothing claimed */
	struct event saved = {.kind = EVENT_SAVED, .ticket = f->last_save.ticket - 1};
	f->saved = saved.ticket;
	fixture_event(f, &saved);
	PAGE(f, "goods 3/3 =1");
	advance_ms(f, 1999);
	PAGE(f, "goods 3/3 =1");
	fixture_confirm(f);
	PAGE(f, "thanks");
	advance_ms(f, 3999);
	PAGE(f, "thanks");
}

/* After 2 s a page that claims nothing, for good. */
static void test_thanks_unsaved(void)
{
	struct counter_fixture *f = fixture_begin();
	f->withhold = true;
	press(f, "5 9 1 ~2000");
	PAGE(f, "unsaved");
	fixture_confirm(f);
	PAGE(f, "unsaved");
	press(f, "Back 2 Enter"); /* another answer, another chance */
	f->withhold = false;
	fixture_confirm(f);
	PAGE(f, "thanks");
}

/* Keys of the next one in the queue do nothing while the confirmation is awaited. */
static void test_saving_takes_no_answers(void)
{
	struct counter_fixture *f = fixture_begin();
	f->withhold = true;
	press(f, "5 9 1 ~1500 4 Enter Esc");
	PAGE(f, "goods 3/3 =1");
	press(f, "Back");
	PAGE(f, "goods 3/3 =1");
	press(f, "Back");
	PAGE(f, "nps 2/3 =9");
}

/* A key never waits: the pages go on while the disk is silent. */
static void test_slow_store(void)
{
	struct counter_fixture *f = fixture_begin();
	f->withhold = true;
	press(f, "5");
	PAGE(f, "nps 2/3");
	g_assert_false(f->page.not_saving);
	advance_ms(f, 1999);
	g_assert_false(f->page.not_saving);
	advance_ms(f, 1);
	g_assert_true(f->page.not_saving); /* the cashier is told */
	press(f, "9 1");
	fixture_confirm(f);
	g_assert_false(f->page.not_saving);
	PAGE(f, "thanks");
}

/* Slow but alive is not silent. */
static void test_slow_is_not_silent(void)
{
	struct counter_fixture *f = fixture_begin();
	f->withhold = true;
	press(f, "5 9 Back");
	for (uint64_t ticket = 1; ticket <= 2; ticket++) {
		advance_ms(f, 1500);
		g_assert_false(f->page.not_saving);
		struct event saved = {.kind = EVENT_SAVED, .ticket = ticket};
		f->saved = ticket;
		fixture_event(f, &saved);
	}
	press(f, "5 Back"); /* one of two comes, then it is silent again */
	struct event saved = {.kind = EVENT_SAVED, .ticket = 3};
	press(f, "~400 5 ~1000");
	f->saved = saved.ticket;
	fixture_event(f, &saved);
	advance_ms(f, 1999);
	g_assert_false(f->page.not_saving);
	advance_ms(f, 1);
	g_assert_true(f->page.not_saving);
}

/* Nonsense from the store changes nothing. */
static void test_odd_tickets(void)
{
	struct counter_fixture *f = fixture_begin();
	f->withhold = true;
	press(f, "5 9 1");
	struct event saved = {.kind = EVENT_SAVED, .ticket = 4000};
	fixture_event(f, &saved);
	PAGE(f, "goods 3/3 =1");
	fixture_confirm(f);
	saved.ticket = 1;
	fixture_event(f, &saved);
	PAGE(f, "thanks");
}

/* "Card accepted" is said when the swipe is durable. */
static void test_card_toast(void)
{
	struct counter_fixture *f = fixture_begin();
	f->withhold = true;
	press(f, "5");
	swipe(f, A);
	TOAST(f, TOAST_CARD_READ);
	f->saved = 1;
	fixture_event(f,
		      &(struct event){.kind = EVENT_SAVED, .ticket = 1}); /* not yet it */
	TOAST(f, TOAST_CARD_READ);
	g_assert_cmpstr(f->page.toast_card, ==, "*0001");
	g_assert_cmpint(f->page.toast_kind, ==, CARD_KIND_BONUS);
	advance_ms(f, 1000);
	TOAST(f, TOAST_CARD_READ);
	fixture_confirm(f);
	TOAST(f, TOAST_CARD_OK);
	advance_ms(f, 2999);
	TOAST(f, TOAST_CARD_OK);
	advance_ms(f, 1);
	TOAST(f, TOAST_NONE);
}

/* COUNTER_BEHIND: nothing new is begun, what is open goes on, and recovers by itself. */
static void test_behind(void)
{
	struct counter_fixture *f = fixture_begin();
	f->withhold = true;
	for (int i = 0; i < COUNTER_BEHIND - 3; i++)
		swipe_bad(f, CARD_ERROR);
	press(f, "5 9"); /* the visit and its answers still fit */
	swipe_bad(f, CARD_ERROR);
	uint64_t last = counter_last_ticket(&f->counter);
	g_assert_cmpuint(last, ==, COUNTER_BEHIND);
	swipe_bad(f, CARD_ERROR);
	swipe(f, A);
	swipe(f, "9644000001");
	g_assert_cmpuint(counter_last_ticket(&f->counter), ==, last);
	press(f, "1 ~6000");
	ROWS(f, "key completed overall=5 nps=9 goods=1");
	PAGE(f, "greeting");
	press(f, "5 * Esc");
	PAGE(f, "greeting");
	till(f, "PAY receipt=R1");
	PAGE(f, "greeting");
	g_assert_true(f->page.not_saving);
	ROWS(f, "");
	f->withhold = false;
	fixture_confirm(f);
	PAGE(f, "rest overall 1/3");
	press(f, "4");
	PAGE(f, "nps 2/3");
}

/* The next customer never finds the page of the one before, however far behind the store is. */
static void test_behind_next_customer(void)
{
	for (int by_card = 0; by_card < 2; by_card++) {
		struct counter_fixture *f = fixture_begin();
		f->withhold = true;
		swipe(f, A);
		press(f, "5");
		for (int i = 0; i < COUNTER_BEHIND; i++)
			swipe_bad(f, CARD_ERROR);
		if (by_card != 0)
			swipe(f, "9643000002");
		else
			till(f, "PAY receipt=R2");
		PAGE(f, "greeting");
		ROWS(f, "card partial card=" A " overall=5");
	}
}

/* A thousand keys a second for ten seconds on a dead disk: the ring behind holds. */
static void test_hammered_on_dead_disk(void)
{
	struct counter_fixture *f = fixture_begin();
	f->withhold = true;
	till(f, "PAY receipt=R1");
	for (int i = 0; i < 10000; i++) {
		press(f, i % 2 != 0 ? "Back ~1" : "Enter ~1");
		g_assert_cmpuint(counter_last_ticket(&f->counter), <,
				 COUNTER_OUTSTANDING_MAX);
	}
	for (int i = 0; i < 1000; i++)
		till(f, i < 500 || i % 3 != 0 ? "PAY receipt=R1" : "BEGUN");
	fixture_stop(f);
	g_assert_cmpuint(counter_last_ticket(&f->counter), <=, COUNTER_OUTSTANDING_MAX);
	g_assert_cmpuint(f->quits, ==, 1);
}

/* A machine that slept for a night wakes into a clean screen. */
static void test_long_sleep(void)
{
	struct counter_fixture *f = fixture_begin();
	press(f, "/ 5 1 * F4 5");
	f->now.mono_ms += 36000000;
	f->now.utc_ms += 36000000;
	struct event wake = {.kind = EVENT_WAKE};
	fixture_event(f, &wake);
	advance_ms(f, 60000);
	PAGE(f, "rest overall 1/3");
	g_assert_cmpuint(f->page.language, ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/times/answer-seconds", test_answer_seconds);
	g_test_add_func("/core/times/bar", test_bar);
	g_test_add_func("/core/times/wakes", test_wakes);
	g_test_add_func("/core/times/thanks-seconds", test_thanks_seconds);
	g_test_add_func("/core/times/hidden-language", test_hidden_language);
	g_test_add_func("/core/times/language", test_language);
	g_test_add_func("/core/times/one-language", test_one_language);
	g_test_add_func("/core/times/language-of-visit", test_language_of_visit);
	g_test_add_func("/core/times/pause", test_pause);
	g_test_add_func("/core/times/pause-ended-by-key", test_pause_ended_by_key);
	g_test_add_func("/core/times/pause-open-visit", test_pause_not_for_open_visit);
	g_test_add_func("/core/times/thanks-waits", test_thanks_waits);
	g_test_add_func("/core/times/thanks-unsaved", test_thanks_unsaved);
	g_test_add_func("/core/times/saving-takes-no-answers",
			test_saving_takes_no_answers);
	g_test_add_func("/core/times/slow-store", test_slow_store);
	g_test_add_func("/core/times/slow-is-not-silent", test_slow_is_not_silent);
	g_test_add_func("/core/times/odd-tickets", test_odd_tickets);
	g_test_add_func("/core/times/card-toast", test_card_toast);
	g_test_add_func("/core/times/behind", test_behind);
	g_test_add_func("/core/times/behind-next-customer", test_behind_next_customer);
	g_test_add_func("/core/times/hammered-on-dead-disk", test_hammered_on_dead_disk);
	g_test_add_func("/core/times/long-sleep", test_long_sleep);
	return g_test_run();
}
