/* The page as a whole: nothing of one customer for another, the cashier's line, the memory. */
#include "tests/lib/counter_script.h"

#include <string.h>

#define A "9643000001"

static struct counter_fixture fixture;

/* A customer leaves every trace that there is: language, card, words, answers, a page of
 * choices turned, a toast with the card's end. */
static struct counter_fixture *begin_full(void)
{
	struct counter_fixture *f = &fixture;
	fixture_init(f);
	f->rules.has_till = true;
	fixture_question(f, "overall", QUESTION_SMILEY, WHEN_ALWAYS);
	fixture_question(f, "words", QUESTION_WORDS, WHEN_ALWAYS);
	fixture_question(f, "why", QUESTION_CHOICE, WHEN_ALWAYS)->choices = 20;
	fixture_start(f, 1);
	press(f, "/ 5 s e c r e t");
	swipe(f, A);
	return f;
}

static void check_clean(struct counter_fixture *f)
{
	g_assert_cmpuint(f->page.language, ==, 0);
	g_assert_false(f->page.linked);
	g_assert_cmpint(f->page.marked, ==, -1);
	g_assert_cmpuint(f->page.choice_from, ==, 0);
	g_assert_false(f->page.can_go_back);
	g_assert_cmpstr(f->page.words, ==, "");
	g_assert_cmpstr(f->page.toast_card, ==, "");
	g_assert_null(memmem(&f->page, sizeof f->page, "0001", 4));
	/* the words are not in the memory of the next one either */
	g_assert_null(memmem(&f->counter, sizeof f->counter, "secre", 5));
	advance_ms(f, 3000);
	g_assert_null(memmem(&f->page, sizeof f->page, "0001", 4));
}

/* However the customer changes. */
static void test_nothing_stays(void)
{
	static const struct {
		const char *keys, *till, *then;
	} ways[] = {
		{"~20000", NULL, NULL},         {"Esc ~4000", NULL, NULL},
		{"Enter 0 ~20000", NULL, NULL}, {"Enter 0 Esc ~4000", NULL, NULL},
		{"Enter 3 ~4000", NULL, NULL},  {"~0", "PAY receipt=R1", NULL},
		{"Enter 0", "BEGUN", NULL},     {"Enter 3", "PAY", NULL},
		{"~0", "PAY", "CANCEL"},        {"~0", "PAY", "HOLD"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
		struct counter_fixture *f = begin_full();
		g_test_message("%s, %s, %s", ways[i].keys, ways[i].till, ways[i].then);
		press(f, ways[i].keys);
		if (ways[i].till != NULL)
			till(f, ways[i].till);
		if (ways[i].then != NULL)
			till(f, ways[i].then);
		g_assert_cmpuint(f->closings, >, 0);
		check_clean(f);
	}
}

/* By the next one's own card, and by the next one's own first answer. */
static void test_nothing_stays_for_the_next(void)
{
	struct counter_fixture *f = begin_full();
	swipe(f, "9643000002");
	g_assert_cmpstr(f->page.toast_card, ==, "*0002");
	g_assert_cmpuint(f->page.language, ==, 0);
	g_assert_cmpint(f->page.marked, ==, -1);
	g_assert_null(memmem(&f->page, sizeof f->page, "0001", 4));
	g_assert_null(memmem(&f->counter, sizeof f->counter, "secre", 5));
	f = begin_full();
	press(f, "Esc ~1000 4");
	PAGE(f, "words 2/3 ''");
	g_assert_cmpuint(f->page.language, ==, 0);
	g_assert_false(f->page.linked);
	g_assert_null(memmem(&f->page, sizeof f->page, "0001", 4));
	g_assert_null(memmem(&f->counter, sizeof f->counter, "secre", 5));
}

/* Words taken back are gone too, on the page and behind it. */
static void test_erased_words(void)
{
	struct counter_fixture *f = &fixture;
	fixture_init(f);
	fixture_question(f, "words", QUESTION_WORDS, WHEN_ALWAYS);
	fixture_start(f, 1);
	struct event key = {.kind = EVENT_KEY,
			    .key = {.key = KEY_TEXT, .character = 0x436}};
	press(f, "a");
	struct page before = f->page;
	fixture_event(f, &key);
	g_assert_cmpstr(f->page.words, ==, "aж");
	press(f, "Back");
	g_assert_cmpint(memcmp(&f->page, &before, sizeof before), ==, 0);
}

/* While a card stands on its visit the page says so; before and after it does not. */
static void test_linked(void)
{
	struct counter_fixture *f = &fixture;
	fixture_init(f);
	fixture_shop(f);
	fixture_start(f, 1);
	g_assert_false(f->page.linked);
	press(f, "5");
	g_assert_false(f->page.linked);
	swipe(f, A);
	g_assert_true(f->page.linked);
	press(f, "*");
	g_assert_true(f->page.linked);
	press(f, "Esc 9 1");
	g_assert_true(f->page.linked);
	advance_ms(f, 4000);
	g_assert_false(f->page.linked);
}

/* ---- the cashier's line -------------------------------------------------------------------- */

static void reader(struct counter_fixture *f, uint8_t index, bool ready)
{
	struct event event = {.kind = EVENT_READER,
			      .reader = {.reader = index, .ready = ready}};
	fixture_event(f, &event);
}

static void test_readers(void)
{
	struct counter_fixture *f = &fixture;
	fixture_init(f);
	fixture_shop(f);
	f->rules.readers = 2;
	fixture_start(f, 1);
	g_assert_true(f->page.has_reader);
	g_assert_false(f->page.reader_ready);
	reader(f, 1, true);
	TOAST(f, TOAST_READER_READY);
	g_assert_false(f->page.reader_ready); /* the other one is not */
	reader(f, 0, true);
	g_assert_true(f->page.reader_ready);
	advance_ms(f, COUNTER_TOAST_MS);
	TOAST(f, TOAST_NONE);
	reader(f, 0, true); /* known already */
	TOAST(f, TOAST_NONE);
	reader(f, 0, false);
	TOAST(f, TOAST_READER_OFF);
	g_assert_false(f->page.reader_ready);
	f->rules.readers = 0;
	fixture_start(f, 1);
	g_assert_false(f->page.has_reader);
}

static void streams(struct counter_fixture *f, uint8_t device, bool streams)
{
	struct event event = {.kind = EVENT_STREAM, .stream = {device, streams}};
	fixture_event(f, &event);
}

static void test_streams(void)
{
	struct counter_fixture *f = &fixture;
	fixture_init(f);
	fixture_shop(f);
	fixture_start(f, 1);
	g_assert_false(f->page.device_streams);
	streams(f, 0, true);
	streams(f, DEVICE_TILL, true);
	g_assert_true(f->page.device_streams);
	streams(f, 0, false);
	g_assert_true(f->page.device_streams); /* the till does */
	streams(f, DEVICE_TILL, false);
	g_assert_false(f->page.device_streams);
}

static void test_line(void)
{
	struct counter_fixture *f = &fixture;
	fixture_init(f);
	fixture_shop(f);
	/* 23:59:50 local */
	f->now.utc_ms = INT64_C(86400000) * 20000 - 10000 -
			INT64_C(1000) * f->now.offset_s;
	fixture_start(f, 1);
	g_assert_cmpint(f->page.clock, ==, 23 * 60 + 59);
	press(f, "F2");
	g_assert_cmpint(f->page.paused_until, ==, 9);
	advance_ms(f, 10000);
	g_assert_cmpint(f->page.clock, ==, 0);
	g_assert_cmpint(f->page.paused_until, ==, 9);
	g_assert_false(f->page.clock_wrong);
	f->now.doubtful = true;
	struct event backlog = {.kind = EVENT_BACKLOG, .backlog = 77};
	fixture_event(f, &backlog);
	g_assert_true(f->page.clock_wrong);
	g_assert_cmpuint(f->page.waiting, ==, 77);
	press(f, "*"); /* on every page */
	g_assert_cmpuint(f->page.waiting, ==, 77);
	g_assert_cmpint(f->page.paused_until, ==, 9);
}

/* The same seed and the same events: the same pages, ids and rows. */
static void test_deterministic(void)
{
	struct page pages[2];
	struct id ids[2];
	memset(pages, 0, sizeof pages);
	for (int i = 0; i < 2; i++) {
		struct counter_fixture *f = begin_full();
		till(f, "PAY receipt=R1");
		press(f, "3 x y Enter 0");
		memcpy(&pages[i], &f->page, sizeof pages[i]);
		ids[i] = f->last_row.id;
	}
	g_assert_cmpint(memcmp(&pages[0], &pages[1], sizeof pages[0]), ==, 0);
	g_assert_true(id_equal(&ids[0], &ids[1]));
}

/* The offer stands above the first question, wherever it comes up, until something is said. */
static void test_offer(void)
{
	struct counter_fixture *f = begin_full();
	press(f, "~60000");
	g_assert_true(f->page.at_rest && f->page.offer);
	till(f, "PAY receipt=R7");
	g_assert_true(!f->page.at_rest && f->page.offer);
	press(f, "5");
	g_assert_false(f->page.offer);
	press(f, ".");
	g_assert_false(f->page.offer);
}

/* A damaged database is the manager's news. */
static void test_set_aside(void)
{
	struct counter_fixture *f = begin_full();
	g_assert_false(f->page.set_aside);
	fixture_event(f, &(struct event){.kind = EVENT_SET_ASIDE});
	g_assert_true(f->page.set_aside);
}

/* So are daily files that cannot be written, until they can. */
static void test_export(void)
{
	struct counter_fixture *f = begin_full();
	g_assert_false(f->page.export_failed);
	fixture_event(f, &(struct event){.kind = EVENT_EXPORT, .ready = false});
	g_assert_true(f->page.export_failed);
	fixture_event(f, &(struct event){.kind = EVENT_EXPORT, .ready = true});
	g_assert_false(f->page.export_failed);
}

/* And what head office published and the till does not use. */
static void test_published(void)
{
	struct counter_fixture *f = begin_full();
	g_assert_false(f->page.published_refused);
	fixture_event(f, &(struct event){.kind = EVENT_PUBLISHED, .ready = false});
	g_assert_true(f->page.published_refused);
	fixture_event(f, &(struct event){.kind = EVENT_PUBLISHED, .ready = true});
	g_assert_false(f->page.published_refused);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/page/nothing-stays", test_nothing_stays);
	g_test_add_func("/core/page/nothing-stays-for-the-next",
			test_nothing_stays_for_the_next);
	g_test_add_func("/core/page/erased-words", test_erased_words);
	g_test_add_func("/core/page/linked", test_linked);
	g_test_add_func("/core/page/readers", test_readers);
	g_test_add_func("/core/page/streams", test_streams);
	g_test_add_func("/core/page/line", test_line);
	g_test_add_func("/core/page/offer", test_offer);
	g_test_add_func("/core/page/set-aside", test_set_aside);
	g_test_add_func("/core/page/export", test_export);
	g_test_add_func("/core/page/published", test_published);
	g_test_add_func("/core/page/deterministic", test_deterministic);
	return g_test_run();
}
