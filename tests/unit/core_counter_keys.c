/* README, "Keys": answer keys, the held 1, repeats, hammering. */
#include "tests/lib/counter_script.h"

static struct counter_fixture fixture;

static struct counter_fixture *begin(void)
{
	fixture_init(&fixture);
	fixture_shop(&fixture);
	fixture_start(&fixture, 1);
	return &fixture;
}

/* One question of KIND and a second one, so that the first answer shows. */
static struct counter_fixture *begin_with(enum question_kind kind)
{
	struct counter_fixture *f = &fixture;
	fixture_init(f);
	fixture_question(f, "q", kind, WHEN_ALWAYS);
	fixture_question(f, "next", kind, WHEN_ALWAYS);
	fixture_start(f, 1);
	return f;
}

/* ---- which key is which answer ------------------------------------------------------------ */

static void test_answers(void)
{
	static const struct {
		enum question_kind kind;
		int value[10]; /* of the keys 0 to 9; -1: nothing */
	} rows[] = {
		{QUESTION_SMILEY, {-1, 1, 2, 3, 4, 5, -1, -1, -1, -1}},
		{QUESTION_NPS10, {10, 1, 2, 3, 4, 5, 6, 7, 8, 9}},
		{QUESTION_NPS11, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}},
		{QUESTION_YESNO, {-1, 1, 0, -1, -1, -1, -1, -1, -1, -1}},
		{QUESTION_CHOICE, {-1, 1, 2, 3, -1, -1, -1, -1, -1, -1}},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		for (int digit = 0; digit <= 9; digit++) {
			struct counter_fixture *f = begin_with(rows[i].kind);
			char key[2] = {(char)('0' + digit), '\0'};
			g_test_message("kind %d, key %s", rows[i].kind, key);
			press(f, key);
			advance_ms(f, 700);
			if (rows[i].value[digit] < 0) {
				PAGE(f, "rest q 1/2");
				g_assert_cmpuint(counter_last_ticket(&f->counter), ==, 0);
			} else {
				PAGE(f, "next 2/2");
				g_assert_cmpint(f->last_answer.value, ==,
						rows[i].value[digit]);
			}
		}
	}
}

/* Answered at once: no other key waits. */
static void test_at_once(void)
{
	struct counter_fixture *f = begin_with(QUESTION_NPS10);
	press(f, "9");
	PAGE(f, "next 2/2");
	g_assert_cmpint(f->last_answer.value, ==, 9);
}

static void test_other_keys_do_nothing(void)
{
	struct counter_fixture *f = begin();
	press(f, "a + = . Back F12");
	PAGE(f, "rest overall 1/3");
	g_assert_cmpuint(counter_last_ticket(&f->counter), ==, 0);
	g_assert_cmpuint(f->demo_swipes, ==, 1);
	press(f, "5 a = x F12");
	PAGE(f, "nps 2/3");
}

/* ---- choices on several pages -------------------------------------------------------------- */

static void test_choice_pages(void)
{
	struct counter_fixture *f = &fixture;
	fixture_init(f);
	fixture_question(f, "why", QUESTION_CHOICE, WHEN_ALWAYS)->choices = 12;
	fixture_question(f, "more", QUESTION_CHOICE, WHEN_ALWAYS)->choices = 12;
	fixture_start(f, 1);
	press(f, "0");
	g_assert_true(f->page.at_rest);
	g_assert_cmpuint(f->page.choice_from, ==, 9);
	press(f, "4"); /* there are three on this page */
	PAGE(f, "rest why 1/2");
	press(f, "3");
	g_assert_cmpint(f->last_answer.value, ==, 12);
	PAGE(f, "more 2/2");
	g_assert_cmpuint(f->page.choice_from, ==, 0);
	press(f, "0 ~500 0"); /* round and round */
	g_assert_cmpuint(f->page.choice_from, ==, 0);
	press(f, "~500 0 2");
	g_assert_cmpint(f->last_answer.value, ==, 11);
}

static void test_choice_rotated(void)
{
	struct counter_fixture *f = &fixture;
	bool other = false;
	for (uint8_t seed = 1; seed < 20; seed++) {
		fixture_init(f);
		struct question *q = fixture_question(f, "why", QUESTION_CHOICE,
						      WHEN_ALWAYS);
		q->choices = 5;
		q->rotate = true;
		fixture_start(f, seed);
		uint8_t shift = f->page.choice_shift;
		other = other || shift > 0;
		press(f, "2");
		g_assert_cmpint(f->last_answer.value, ==, page_choice_at(q, shift, 1));
		PAGE(f, "thanks");
		press(f, "~4000 5"); /* the last stays last */
		g_assert_cmpint(f->last_answer.value, ==, 5);
	}
	g_assert_true(other);
}

/* ---- the held 1 ---------------------------------------------------------------------------- */

static void test_held(void)
{
	static const enum question_kind kinds[] = {QUESTION_NPS10, QUESTION_NPS11};
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		struct counter_fixture *f = begin_with(kinds[i]);
		press(f, "1");
		PAGE(f, "q 1/2 =1"); /* shown at once */
		advance_ms(f, 699);
		PAGE(f, "q 1/2 =1");
		g_assert_cmpuint(counter_last_ticket(&f->counter), ==, 0);
		advance_ms(f, 1);
		PAGE(f, "next 2/2");
		g_assert_cmpint(f->last_answer.value, ==, 1);
		press(f, "1 ~699 0");
		g_assert_cmpint(f->last_answer.value, ==, 10);
		PAGE(f, "thanks");
	}
	struct counter_fixture *f = begin_with(QUESTION_NPS10);
	press(f, "1 ~700 0"); /* too late: the answer to the next one */
	g_assert_cmpint(f->last_answer.question, ==, 1);
	g_assert_cmpint(f->last_answer.value, ==, 10);
}

/* Another digit commits the 1 and answers the next. */
static void test_held_other_digit(void)
{
	struct counter_fixture *f = begin_with(QUESTION_NPS10);
	press(f, "1 7 ~4000");
	ROWS(f, "key completed q=1 next=7");
}

static void test_held_then_words(void)
{
	struct counter_fixture *f = &fixture;
	fixture_init(f);
	fixture_question(f, "q", QUESTION_NPS10, WHEN_ALWAYS);
	fixture_question(f, "words", QUESTION_WORDS, WHEN_ALWAYS);
	fixture_start(f, 1);
	press(f, "1 7");
	PAGE(f, "words 2/2 '7'");
}

static void test_held_commands(void)
{
	struct counter_fixture *f = begin_with(QUESTION_NPS10);
	press(f, "1 Enter"); /* commits only */
	PAGE(f, "next 2/2");
	g_assert_false(f->last_answer.skipped);
	press(f, "~400 1 Back"); /* cancels */
	PAGE(f, "next 2/2");
	press(f, "~700 1 .");
	PAGE(f, "next 2/2");
	press(f, "~700 5 Back 1 Back"); /* back to the answer given before */
	PAGE(f, "next 2/2 =5");
	press(f, "Esc ~4000");
	ROWS(f, "key completed q=1 next=5");
	press(f, "~400 1 -"); /* commits and leaves */
	PAGE(f, "partial");
	advance_ms(f, 4000);
	ROWS(f, "key partial q=1");
	press(f, "~400 1 + ~699");
	PAGE(f, "q 1/2 =1");
	press(f, "0");
	g_assert_cmpint(f->last_answer.value, ==, 10);
	f = begin_with(QUESTION_NPS10);
	press(f, "1 ~500 1 ~199"); /* the same 1 again says nothing new */
	PAGE(f, "q 1/2 =1");
	press(f, "~1");
	PAGE(f, "next 2/2");
}

static void test_held_last(void)
{
	struct counter_fixture *f = begin_with(QUESTION_NPS10);
	press(f, "9 1 8"); /* there is no next one */
	PAGE(f, "thanks");
	advance_ms(f, 4000);
	ROWS(f, "key completed q=9 next=1");
	press(f, "9 1 -"); /* nothing left to decline */
	PAGE(f, "thanks");
}

/* The held 1 is an answer when the customer changes or the time is over. */
static void test_held_then_closed(void)
{
	struct counter_fixture *f = begin_with(QUESTION_NPS10);
	press(f, "1");
	till(f, "PAY receipt=R1");
	ROWS(f, "key partial q=1");
	PAGE(f, "q 1/2");
	f = begin_with(QUESTION_NPS10);
	press(f, "1");
	fixture_stop(f);
	ROWS(f, "key interrupted q=1");
}

/* ---- the keyboard repeating ----------------------------------------------------------------- */

static void hold_down(struct counter_fixture *f, const char *key, int64_t ms,
		      int64_t every)
{
	for (int64_t at = 0; at < ms; at += every) {
		press(f, key);
		advance_ms(f, every);
	}
}

/* A key held for 10 s is one answer. */
static void test_repeat(void)
{
	struct counter_fixture *f = begin();
	hold_down(f, "5", 10000, 33);
	PAGE(f, "nps 2/3");
	ROWS(f, "");
	hold_down(f, "9", 10000, 399);
	PAGE(f, "goods 3/3");
	press(f, "~1 9 ~400 1");
	PAGE(f, "thanks");
}

/* 400 ms from its last press, which may itself have been nothing. */
static void test_repeat_from_last(void)
{
	struct counter_fixture *f = begin_with(QUESTION_SMILEY);
	press(f, "5 ~300 5 ~399 5");
	PAGE(f, "next 2/2");
	press(f, "~400 5");
	PAGE(f, "thanks");
	f = begin_with(QUESTION_SMILEY);
	press(f, "5 4"); /* another key is no repeat */
	PAGE(f, "thanks");
}

/* Not in words, not where PINs are typed. */
static void test_repeat_not_in_text(void)
{
	struct counter_fixture *f = &fixture;
	fixture_init(f);
	fixture_question(f, "words", QUESTION_WORDS, WHEN_ALWAYS);
	fixture_start(f, 1);
	press(f, "5 5 5");
	PAGE(f, "words 1/1 '555'");
	press(f, "F4 7 7 7");
	PAGE(f, "cashier 777");
	press(f, "Enter 2 2");
	PAGE(f, "cashier 777 pin 2");
}

/* ---- the thanks page and hammering ---------------------------------------------------------- */

/* Answer keys do nothing in its first second; then the first one is the next customer's. */
static void test_hammering(void)
{
	struct counter_fixture *f = begin();
	press(f, "5 9 1");
	unsigned drains = f->key_drains;
	press(f, "2 3 ~500 4 5 ~499 1");
	PAGE(f, "thanks");
	ROWS(f, "");
	press(f, "~1 4");
	ROWS(f, "key completed overall=5 nps=9 goods=1");
	PAGE(f, "nps 2/3");
	g_assert_cmpint(f->last_answer.value, ==, 4);
	g_assert_cmpuint(f->key_drains, ==, drains); /* the key was the next one's own */
	advance_ms(f, 20000);
	ROWS(f, "key partial overall=4");
	g_assert_cmpuint(f->key_drains, ==, drains + 1);
}

/* Likewise on the pages after Esc and after skipping everything. */
static void test_hammering_left(void)
{
	static const struct {
		const char *keys, *rows;
	} rows[] = {
		{"Esc", "key declined"},
		{"5 Esc", "key partial overall=5"},
		{"Enter Enter Enter", "key ignored overall=- nps=- goods=-"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct counter_fixture *f = begin();
		press(f, rows[i].keys);
		press(f, "~500 3 4 ~499 2");
		ROWS(f, "");
		press(f, "~1 3");
		ROWS(f, rows[i].rows);
		PAGE(f, "nps 2/3");
	}
}

/* The next customer is not asked in the language, and not with the page, of the one before. */
static void test_hammering_is_clean(void)
{
	struct counter_fixture *f = begin();
	swipe(f, "9643000001");
	press(f, "/ 5 9 1");
	g_assert_true(f->page.linked);
	g_assert_cmpuint(f->page.language, ==, 1);
	press(f, "~1000 3");
	PAGE(f, "nps 2/3");
	g_assert_false(f->page.linked);
	g_assert_cmpuint(f->page.language, ==, 0);
	TOAST(f, TOAST_NONE);
	g_assert_cmpstr(f->page.toast_card, ==, "");
	press(f, "9 1 ~4000");
	ROWS(f, "card completed card=9643000001 overall=5 nps=9 goods=1; "
		"key completed overall=3 nps=9 goods=1");
}

/* A till with offer=total: there is no question at rest for anybody. */
static void test_hammering_no_rest(void)
{
	struct counter_fixture *f = begin();
	f->rules.offer = OFFER_TOTAL;
	fixture_start(f, 1);
	till(f, "PAY");
	press(f, "5 9 1 ~2000 4 3");
	PAGE(f, "thanks");
	press(f, "~2000");
	PAGE(f, "greeting");
	press(f, "4 Enter Esc -");
	PAGE(f, "greeting");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/keys/answers", test_answers);
	g_test_add_func("/core/keys/at-once", test_at_once);
	g_test_add_func("/core/keys/others", test_other_keys_do_nothing);
	g_test_add_func("/core/keys/choice-pages", test_choice_pages);
	g_test_add_func("/core/keys/choice-rotated", test_choice_rotated);
	g_test_add_func("/core/keys/held", test_held);
	g_test_add_func("/core/keys/held-other-digit", test_held_other_digit);
	g_test_add_func("/core/keys/held-then-words", test_held_then_words);
	g_test_add_func("/core/keys/held-commands", test_held_commands);
	g_test_add_func("/core/keys/held-last", test_held_last);
	g_test_add_func("/core/keys/held-then-closed", test_held_then_closed);
	g_test_add_func("/core/keys/repeat", test_repeat);
	g_test_add_func("/core/keys/repeat-from-last", test_repeat_from_last);
	g_test_add_func("/core/keys/repeat-not-in-text", test_repeat_not_in_text);
	g_test_add_func("/core/keys/hammering", test_hammering);
	g_test_add_func("/core/keys/hammering-left", test_hammering_left);
	g_test_add_func("/core/keys/hammering-is-clean", test_hammering_is_clean);
	g_test_add_func("/core/keys/hammering-no-rest", test_hammering_no_rest);
	return g_test_run();
}
