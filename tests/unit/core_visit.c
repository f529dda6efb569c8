/* The life of a visit: outcomes, answers taken back, extras, what recovery would write. */
#include "tests/lib/counter_script.h"

#include <string.h>

static struct counter_fixture fixture;

static struct counter_fixture *begin(void)
{
	fixture_init(&fixture);
	fixture_shop(&fixture);
	fixture_start(&fixture, 1);
	return &fixture;
}

/* ---- outcomes, each by its script --------------------------------------------------------- */

static void test_outcomes(void)
{
	static const struct {
		const char *keys, *page, *rows;
	} rows[] = {
		{"5 9 1", "thanks", "key completed overall=5 nps=9 goods=1"},
		{"5 9 2 1", "thanks", "key completed overall=5 nps=9 goods=0 improve=1"},
		{"5 Enter Enter", "thanks", "key completed overall=5 nps=- goods=-"},
		{"Enter 9 Enter", "thanks", "key completed overall=- nps=9 goods=-"},
		{"Enter Enter Enter", "declined", "key ignored overall=- nps=- goods=-"},
		{"Esc", "declined", "key declined"},
		{"-", "declined", "key declined"},
		{"Enter Esc", "declined", "key declined overall=-"},
		{"5 Esc", "partial", "key partial overall=5"},
		{"5 -", "partial", "key partial overall=5"},
		{"5 Enter Esc", "partial", "key partial overall=5 nps=-"},
		{"5 9 ~19999", "goods 3/3 bar=1", "key partial overall=5 nps=9"},
		{"Enter ~19999", "nps 2/3 bar=1", "key ignored overall=-"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct counter_fixture *f = begin();
		g_test_message("%s", rows[i].keys);
		press(f, rows[i].keys);
		PAGE(f, rows[i].page);
		ROWS(f, "");
		advance_ms(f, 4000);
		ROWS(f, rows[i].rows);
		PAGE(f, "rest overall 1/3");
	}
}

/* The program ends: completed if all was answered, else interrupted; kept skips count. */
static void test_stop(void)
{
	static const struct {
		const char *keys, *rows;
	} rows[] = {
		{"~0", ""},
		{"5", "key interrupted overall=5"},
		{"Enter", "key interrupted overall=-"},
		{"5 Enter 1", "key completed overall=5 nps=- goods=1"},
		{"5 9 1 .", "key completed overall=5 nps=9 goods=1"},
		{"5 1", "key interrupted overall=5 nps=1"}, /* the held 1 was given */
		{"Enter Enter Enter", "key ignored overall=- nps=- goods=-"},
		{"Esc", "key declined"},
		{"5 Esc", "key partial overall=5"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct counter_fixture *f = begin();
		g_test_message("%s", rows[i].keys);
		press(f, rows[i].keys);
		fixture_stop(f);
		ROWS(f, rows[i].rows);
		g_assert_cmpuint(f->quits, ==, 1);
		g_assert_cmpint(counter_wake_ms(&f->counter), ==, MOMENT_NEVER);
	}
}

/* The end is the end: what still comes in opens nothing that nobody would close. */
static void test_after_stop(void)
{
	struct counter_fixture *f = begin();
	fixture_stop(f);
	uint64_t last = counter_last_ticket(&f->counter);
	press(f, "5 9 * 1 Esc F2 F4");
	swipe(f, "9643000001");
	till(f, "PAY receipt=R1");
	advance_ms(f, 60000);
	fixture_stop(f);
	g_assert_cmpuint(counter_last_ticket(&f->counter), ==, last);
	g_assert_cmpuint(f->quits, ==, 1);
}

/* The row of every save holds what would stand if the power went now. */
static void test_recovery(void)
{
	static const struct {
		const char *keys;
		enum outcome outcome;
	} rows[] = {
		{"5", OUTCOME_INTERRUPTED},       {"5 9", OUTCOME_INTERRUPTED},
		{"Enter", OUTCOME_INTERRUPTED},   {"5 9 1", OUTCOME_COMPLETED},
		{"5 Enter 1", OUTCOME_COMPLETED}, {"Enter Enter Enter", OUTCOME_IGNORED},
		{"5 9 2", OUTCOME_INTERRUPTED}, /* an extra is to come */
		{"5 9 1 . 1", OUTCOME_COMPLETED}, {"Esc", OUTCOME_DECLINED},
		{"5 Esc", OUTCOME_PARTIAL},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct counter_fixture *f = begin();
		g_test_message("%s", rows[i].keys);
		press(f, rows[i].keys);
		g_assert_false(f->last_save.closing);
		g_assert_cmpint(f->last_row.outcome, ==, rows[i].outcome);
	}
	struct counter_fixture *f = begin();
	f->facts.last_answered_day = f->now.day;
	swipe(f, "9643000001");
	g_assert_false(f->last_save.closing);
	g_assert_cmpint(f->last_row.outcome, ==, OUTCOME_NOT_ASKED);
	g_assert_cmpint(f->last_row.reason, ==, REASON_COOLDOWN);
}

/* ---- the row ------------------------------------------------------------------------------ */

static void test_row(void)
{
	struct counter_fixture *f = begin();
	struct moment opened = f->now;
	press(f, "/ 5 ~3000");
	f->now.day++; /* the business day ends in the middle of it */
	press(f, "9 ~1500 1");
	g_assert_cmpint(f->last_answer.at.utc_ms, ==, opened.utc_ms + 4500);
	g_assert_cmpint(f->last_answer.milliseconds, ==, 1500);
	g_assert_cmpint(f->last_answer.place, ==, 3);
	advance_ms(f, 4000);
	g_assert_true(f->last_save.closing);
	g_assert_cmpint(f->last_row.day, ==, opened.day); /* that of the opening */
	g_assert_cmpint(f->last_row.opened.utc_ms, ==, opened.utc_ms);
	g_assert_cmpint(f->last_row.last.utc_ms, ==, opened.utc_ms + 8500);
	g_assert_cmpint(f->last_row.offered_ms, ==, opened.mono_ms);
	g_assert_cmpint(f->last_row.seconds_ms, ==, 8500);
	g_assert_cmpint(f->last_row.trigger, ==, TRIGGER_KEY);
	g_assert_cmpint(f->last_row.language, ==, 1);
	g_assert_cmpint(f->last_row.sale_kind, ==, SALE_NONE);
}

/* Page shown -> key; -1 when the page stood at rest. */
static void test_milliseconds(void)
{
	struct counter_fixture *f = begin();
	press(f, "5");
	g_assert_cmpint(f->last_answer.milliseconds, ==, -1);
	press(f, "~1200 1 ~700"); /* the key, not the end of the hold */
	g_assert_cmpint(f->last_answer.milliseconds, ==, 1200);
	g_assert_cmpint(f->last_answer.value, ==, 1);
	press(f, "~300 Back ~100 Back ~250 4");
	g_assert_cmpint(f->last_answer.question, ==, 0);
	g_assert_cmpint(f->last_answer.milliseconds, ==, 250);
	f = begin();
	swipe(f, "9643000001"); /* the same page, it stood there before the card */
	press(f, "~900 5");
	g_assert_cmpint(f->last_answer.milliseconds, ==, -1);
	f = begin();
	f->rules.offer = OFFER_TOTAL;
	fixture_start(f, 1);
	till(f, "PAY");
	press(f, "~900 5");
	g_assert_cmpint(f->last_answer.milliseconds, ==, 900);
}

/* ---- back --------------------------------------------------------------------------------- */

static void test_back(void)
{
	struct counter_fixture *f = begin();
	press(f, "Back . ~0");
	PAGE(f, "rest overall 1/3");
	press(f, "5 .");
	PAGE(f, "overall 1/3 =5");
	g_assert_false(f->page.can_go_back);
	press(f, "Back");
	PAGE(f, "overall 1/3 =5");
	press(f, "4");
	PAGE(f, "nps 2/3");
	g_assert_true(f->page.can_go_back);
	press(f, "8 1");
	PAGE(f, "thanks");
	press(f, ".");
	PAGE(f, "goods 3/3 =1");
	press(f, "Back");
	PAGE(f, "nps 2/3 =8");
	press(f, "9 1 ~4000");
	ROWS(f, "key completed overall=4 nps=9 goods=1"); /* new ones replace */
}

/* From the thanks page, with and without another answer. */
static void test_back_from_thanks(void)
{
	struct counter_fixture *f = begin();
	press(f, "5 9 1");
	g_assert_true(f->page.can_go_back); /* and the page says so */
	press(f, "Back Esc");
	PAGE(f, "partial");
	g_assert_false(f->page.can_go_back);
	advance_ms(f, 4000);
	ROWS(f, "key completed overall=5 nps=9 goods=1"); /* all was answered */
	f = begin();
	press(f, "5 9 1 ~3000 Back ~19999");
	PAGE(f, "goods 3/3 =1 bar=1");
	advance_ms(f, 1);
	ROWS(f, "key completed overall=5 nps=9 goods=1");
	f = begin();
	press(f, "Esc Back ."); /* not from here: declined is declined */
	PAGE(f, "declined");
}

/* Every answer replaced by a skip after it had been confirmed. */
static void test_back_to_nothing(void)
{
	struct counter_fixture *f = begin();
	press(f, "5 9 1");
	PAGE(f, "thanks");
	press(f, ". . . Enter Enter Enter");
	PAGE(f, "declined");
	advance_ms(f, 4000);
	ROWS(f, "key ignored overall=- nps=- goods=-");
}

static void test_skip_replaces(void)
{
	struct counter_fixture *f = begin();
	press(f, "5 9 . Enter 1 ~4000");
	ROWS(f, "key completed overall=5 nps=- goods=1");
	press(f, "5 Enter . 8 1 ~4000");
	ROWS(f, "key completed overall=5 nps=8 goods=1");
}

/* ---- extras ------------------------------------------------------------------------------- */

static void test_low_extra(void)
{
	struct counter_fixture *f = begin();
	press(f, "2");
	PAGE(f, "improve 2/4");
	press(f, "3 6"); /* another low answer brings no second one */
	PAGE(f, "goods 4/4");
	press(f, "2 ~4000");
	ROWS(f, "key completed overall=2 nps=6 goods=0 improve=3");
	g_assert_cmpint(f->last_answer.place, ==, 4);
	press(f, "5 9 2");
	PAGE(f, "improve 4/4"); /* right after the first low answer */
}

/* The low answer is raised before the extra was answered: it goes again. */
static void test_low_raised(void)
{
	struct counter_fixture *f = begin();
	press(f, "2 . 5");
	PAGE(f, "nps 2/3");
	press(f, ". 1");
	PAGE(f, "improve 2/4");
	press(f, "2 . . 4");
	PAGE(f, "improve 2/4 =2"); /* answered: it stays */
	press(f, "2 9 1 ~4000");
	ROWS(f, "key completed overall=4 nps=9 goods=1 improve=2");
}

/* A low answer that is skipped afterwards is no low answer. */
static void test_low_skipped(void)
{
	struct counter_fixture *f = begin();
	press(f, "2 . Enter");
	PAGE(f, "nps 2/3");
}

static void test_low_five(void)
{
	static struct counter_fixture *f = &fixture;
	fixture_init(f);
	f->questionnaire.places = 4;
	for (int i = 0; i < 4; i++)
		fixture_question(f, "abcd" + i, QUESTION_SMILEY, WHEN_ALWAYS);
	for (int i = 0; i < 3; i++)
		fixture_question(f, "xyz" + i, QUESTION_YESNO, WHEN_LOW);
	fixture_start(f, 1);
	press(f, "1 ~500 1 ~500 1 ~500 1 ~500 1");
	PAGE(f, "thanks"); /* four and one extra */
	g_assert_cmpint(f->last_answer.place, ==, 5);
}

/* Low is also low when the answer is the last one of the visit. */
static void test_low_last(void)
{
	struct counter_fixture *f = begin();
	press(f, "5 9 2");
	PAGE(f, "improve 4/4");
	advance_ms(f, 20000);
	ROWS(f, "key partial overall=5 nps=9 goods=0");
}

static void test_returned_extra(void)
{
	struct counter_fixture *f = &fixture;
	fixture_init(f);
	fixture_shop(f);
	fixture_question(f, "back", QUESTION_YESNO, WHEN_RETURNED);
	fixture_start(f, 1);
	f->facts = (struct card_facts){.known = true, .last_seen_day = f->now.day - 90};
	swipe(f, "9643000001");
	PAGE(f, "overall 1/4");
	press(f, "5 9 1 ~400 1 ~4000");
	ROWS(f, "card completed card=9643000001 overall=5 nps=9 goods=1 back=1");
}

/* ---- words -------------------------------------------------------------------------------- */

static struct counter_fixture *begin_words(void)
{
	struct counter_fixture *f = &fixture;
	fixture_init(f);
	fixture_question(f, "words", QUESTION_WORDS, WHEN_ALWAYS);
	fixture_question(f, "overall", QUESTION_SMILEY, WHEN_ALWAYS);
	f->questionnaire.places = 2;
	fixture_start(f, 1);
	return f;
}

/* Only Enter, Backspace, Esc and F-keys are commands. */
static void test_words_are_text(void)
{
	struct counter_fixture *f = begin_words();
	press(f, "1 1 0 - . / * +");
	PAGE(f, "words 1/2 '110-./*+'");
	g_assert_cmpuint(f->page.language, ==, 0);
	press(f, "Back Back Enter 5 ~4000");
	ROWS(f, "key completed words='110-./' overall=5");
}

static void test_words_empty(void)
{
	struct counter_fixture *f = begin_words();
	press(f, "a Back Enter"); /* nothing is a skip */
	PAGE(f, "overall 2/2");
	press(f, "Esc ~4000");
	ROWS(f, "key declined words=-");
	press(f, "a Esc ~4000"); /* not entered, not given */
	ROWS(f, "key declined");
	PAGE(f, "rest words 1/2 ''");
}

/* A bank card's number that somebody types loses its digits; a telephone's stays. */
static void test_words_card(void)
{
	struct counter_fixture *f = begin_words();
	press(f, "8 9 1 6 1 2 3 4 5 6 7 Enter 5 ~4000");
	ROWS(f, "key completed words='89161234567' overall=5");
	f = begin_words();
	press(f, "n : 4 1 1 1 1 1 1 1 - 1 1 1 1 1 1 1 1 ! Enter 5 ~4000");
	ROWS(f, "key completed words='n:********-********!' overall=5");
}

/* Going back to one's words finds them there. */
static void test_words_back(void)
{
	struct counter_fixture *f = begin_words();
	press(f, "a b Enter 5 Back");
	PAGE(f, "overall 2/2 =5");
	press(f, "Back");
	PAGE(f, "words 1/2 'ab'");
	press(f, "Enter 4 ~4000");
	ROWS(f, "key completed words='ab' overall=4");
	PAGE(f, "rest words 1/2 ''");
}

/* Backspace on an empty line is one question back. */
static void test_words_leave(void)
{
	struct counter_fixture *f = &fixture;
	fixture_init(f);
	fixture_question(f, "overall", QUESTION_SMILEY, WHEN_ALWAYS);
	fixture_question(f, "words", QUESTION_WORDS, WHEN_ALWAYS);
	fixture_start(f, 1);
	press(f, "5 a Back Back");
	PAGE(f, "overall 1/2 =5");
	press(f, "4 F10"); /* F-keys are commands here too */
	PAGE(f, "manager pin 0");
	press(f, "Esc");
	PAGE(f, "words 2/2 ''");
	for (int i = 0; i < WORDS_MAX + 50; i++)
		press(f, "a");
	g_assert_cmpuint(strlen(f->page.words), ==, WORDS_MAX);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/visit/outcomes", test_outcomes);
	g_test_add_func("/core/visit/stop", test_stop);
	g_test_add_func("/core/visit/after-stop", test_after_stop);
	g_test_add_func("/core/visit/recovery", test_recovery);
	g_test_add_func("/core/visit/row", test_row);
	g_test_add_func("/core/visit/milliseconds", test_milliseconds);
	g_test_add_func("/core/visit/back", test_back);
	g_test_add_func("/core/visit/back-from-thanks", test_back_from_thanks);
	g_test_add_func("/core/visit/back-to-nothing", test_back_to_nothing);
	g_test_add_func("/core/visit/skip-replaces", test_skip_replaces);
	g_test_add_func("/core/visit/low-extra", test_low_extra);
	g_test_add_func("/core/visit/low-raised", test_low_raised);
	g_test_add_func("/core/visit/low-skipped", test_low_skipped);
	g_test_add_func("/core/visit/low-five", test_low_five);
	g_test_add_func("/core/visit/low-last", test_low_last);
	g_test_add_func("/core/visit/returned-extra", test_returned_extra);
	g_test_add_func("/core/visit/words-are-text", test_words_are_text);
	g_test_add_func("/core/visit/words-empty", test_words_empty);
	g_test_add_func("/core/visit/words-card", test_words_card);
	g_test_add_func("/core/visit/words-back", test_words_back);
	g_test_add_func("/core/visit/words-leave", test_words_leave);
	return g_test_run();
}
