/* The manager's pages: keys, what is asked of the database, training, who answers, the night. */
#include "tests/lib/counter_script.h"

#include <string.h>

#define A     "9643000001"
#define STAFF "9644000007"

static struct counter_fixture fixture;

static struct counter_fixture *begin(void)
{
	fixture_init(&fixture);
	fixture_shop(&fixture);
	fixture_start(&fixture, 1);
	return &fixture;
}

static struct counter_fixture *manage(const char *keys)
{
	struct counter_fixture *f = begin();
	press(f, "F10 1 2 3 4 Enter");
	press(f, keys);
	return f;
}

/* ---- pages ---------------------------------------------------------------------------------- */

static void test_every_page(void)
{
	static const struct {
		const char *keys, *page;
		enum inquiry_kind asks;
	} rows[] = {
		{"1", "manager day 0/0", INQUIRY_DAY},
		{"2", "manager survey", INQUIRY_NONE},
		{"3", "manager queue", INQUIRY_QUEUE},
		{"4", "manager devices", INQUIRY_DEVICES},
		{"5", "manager database", INQUIRY_DATABASE},
		{"6", "manager files", INQUIRY_NONE},
		{"7", "manager signs", INQUIRY_NONE},
		{"0", "manager quit", INQUIRY_NONE},
		{"q", "manager quit", INQUIRY_NONE},
	};
	static const char *const backs[] = {"Esc", "Back", "."};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		for (size_t b = 0; b < G_N_ELEMENTS(backs); b++) {
			struct counter_fixture *f = manage(rows[i].keys);
			PAGE(f, rows[i].page);
			g_assert_cmpuint(f->inquiry.kind, ==, rows[i].asks);
			press(f, backs[b]);
			PAGE(f, "manager");
			press(f, backs[b]);
			PAGE(f, "rest overall 1/3");
		}
	}
}

/* What the database answers to the latest inquiry: PAGES of questions. */
static void answer_day(struct counter_fixture *f, uint8_t pages, uint32_t visits)
{
	static struct event event;
	memset(&event, 0, sizeof event);
	event.kind = EVENT_FINDINGS;
	event.findings.number = f->inquiry.number;
	event.findings.kind = f->inquiry.kind;
	event.findings.day = f->inquiry.day;
	event.findings.items = pages;
	if (pages > 0)
		event.findings.item = MIN(f->inquiry.item, (uint8_t)(pages - 1));
	if (f->inquiry.kind == INQUIRY_DAY)
		event.findings.of_day.visits = visits;
	fixture_event(f, &event);
}

static void answer(struct counter_fixture *f, uint8_t pages)
{
	answer_day(f, pages, pages);
}

static void test_leafing(void)
{
	struct counter_fixture *f = manage("1");
	g_assert_cmpint(f->inquiry.day, ==, 20000);
	g_assert_true(f->page.manager.awaits);
	press(f, "2 2 2"); /* more than the hours is not known yet */
	PAGE(f, "manager day 0/1");
	g_assert_cmpuint(f->inquiries, ==, 1);
	answer(f, 3);
	g_assert_false(f->page.manager.awaits);
	g_assert_cmpuint(f->page.manager.findings.items, ==, 3);
	press(f, "8 2 Enter");
	PAGE(f, "manager day 0/2");
	g_assert_cmpuint(f->inquiry.kind, ==, INQUIRY_QUESTION);
	g_assert_cmpuint(f->inquiry.item, ==, 0);
	g_assert_true(f->page.manager.awaits);
	press(f, "2 2 2 2");
	PAGE(f, "manager day 0/4");
	g_assert_cmpuint(f->inquiry.item, ==, 2);
	press(f, "-");
	PAGE(f, "manager day -1/4");
	g_assert_cmpint(f->inquiry.day, ==, 19999);
	answer(f, 2); /* there are fewer on that day: the last one */
	PAGE(f, "manager day -1/3");
	press(f, "4 4 + 6");
	PAGE(f, "manager day -1/3");
	press(f, "6 6 +"); /* there is no tomorrow */
	PAGE(f, "manager day 0/3");
	press(f, "4 4 4 5 8 8 8 8 8");
	PAGE(f, "manager day 0/0");
	press(f, "Esc 6 4 Esc 1");
	PAGE(f, "manager day 0/0"); /* today, whatever was looked at before */
}

/* A day on which nothing happened has one page; one without answers has no page of a question. */
static void test_empty_day(void)
{
	struct counter_fixture *f = manage("1");
	answer_day(f, 5, 5);
	press(f, "2 2 2 2 2 2");
	PAGE(f, "manager day 0/6");
	press(f, "4");
	g_assert_cmpuint(f->inquiry.kind, ==, INQUIRY_QUESTION);
	answer(f, 0);
	PAGE(f, "manager day -1/0");
	g_assert_cmpuint(f->inquiry.kind, ==, INQUIRY_DAY);
	g_assert_cmpint(f->inquiry.day, ==, 19999);
	answer_day(f, 0, 2);
	press(f, "2 2 2");
	PAGE(f, "manager day -1/1"); /* the hours of those who did not answer */
	press(f, "4");
	answer_day(f, 0, 0);
	PAGE(f, "manager day -2/0");
	press(f, "2 Enter");
	PAGE(f, "manager day -2/0");
	press(f, "5 2"); /* not known yet */
	PAGE(f, "manager day 0/1");
}

/* An answer that comes for another page, late, or for nobody. */
static void test_late_findings(void)
{
	struct counter_fixture *f = manage("1");
	struct inquiry first = f->inquiry;
	press(f, "4");
	struct inquiry second = f->inquiry;
	f->inquiry = first;
	answer(f, 3);
	g_assert_true(f->page.manager.awaits);
	f->inquiry = second;
	answer(f, 1);
	g_assert_false(f->page.manager.awaits);
	g_assert_cmpint(f->page.manager.findings.day, ==, 19999);
	press(f, "Esc");
	answer(f, 1);
	g_assert_cmpuint(f->page.manager.findings.items, ==, 0);
	press(f, "Esc");
	answer(f, 1);
	press(f, "F10 1 2 3 4 Enter 1"); /* its number is none of before */
	g_assert_true(f->page.manager.awaits);
}

/* Of the day that is looked at; and back to that day. */
static void test_proof(void)
{
	struct counter_fixture *f = manage("1 4 4 7");
	PAGE(f, "manager proof -2");
	g_assert_cmpuint(f->inquiry.kind, ==, INQUIRY_PROOF);
	g_assert_cmpint(f->inquiry.day, ==, 19998);
	g_assert_true(f->page.manager.awaits);
	answer(f, 1);
	g_assert_false(f->page.manager.awaits);
	press(f, "6");
	PAGE(f, "manager proof -1");
	g_assert_cmpint(f->inquiry.day, ==, 19999);
	g_assert_true(f->page.manager.awaits);
	uint32_t asked = f->inquiries;
	press(f, "2 8 9"); /* nothing to leaf through */
	g_assert_cmpuint(f->inquiries, ==, asked);
	press(f, "Enter"); /* once more */
	g_assert_cmpuint(f->inquiries, ==, asked + 1);
	press(f, "7");
	PAGE(f, "manager day -1/0");
	g_assert_cmpuint(f->inquiry.kind, ==, INQUIRY_DAY);
	g_assert_cmpint(f->inquiry.day, ==, 19999);
	answer(f, 3);
	press(f, "2 2 7 5");
	PAGE(f, "manager proof 0");
	press(f, "6"); /* there is no tomorrow */
	PAGE(f, "manager proof 0");
	press(f, "4 Esc"); /* back is the day it came from; one more is the list */
	PAGE(f, "manager day -1/0");
	press(f, "Esc");
	PAGE(f, "manager");
}

static void test_files(void)
{
	struct event event = {.kind = EVENT_FILES};
	struct counter_fixture *f = manage("6 4 4 6 Enter Enter");
	g_assert_cmpuint(f->files, ==, 1); /* one at a time */
	g_assert_cmpint(f->files_day, ==, 19999);
	g_assert_cmpint(f->page.manager.files.state, ==, FILES_BEGUN);
	event.files = (struct files_made){FILES_BEGUN, 19999, 50, ""};
	fixture_event(f, &event);
	g_assert_cmpuint(f->page.manager.files.percent, ==, 50);
	press(f, "Esc Esc ~1000 F10 1 2 3 4 Enter 6"); /* it goes on meanwhile */
	g_assert_cmpuint(f->page.manager.files.percent, ==, 50);
	event.files.state = FILES_FAILED;
	fixture_event(f, &event);
	press(f, "Enter");
	g_assert_cmpuint(f->files, ==, 2);
	g_assert_cmpint(f->files_day, ==, 20000);
}

/* ---- test pictures ---------------------------------------------------------------------------- */

static void test_all_pictures(void)
{
	struct counter_fixture *f = begin();
	f->questionnaire.question[3].choices = 11; /* two pages */
	f->rules.languages = 3;
	f->rules.hidden_languages = 1 << 1;
	press(f, "F10 1 2 3 4 Enter 7 Enter");
	PAGE(f, "overall 1/3 test 1");
	press(f, "1 1 1 1");
	PAGE(f, "improve 3/3 test 5");
	g_assert_cmpuint(f->page.choice_from, ==, 9);
	press(f, "1");
	PAGE(f, "complaint test 6");
	press(f, "Enter Enter");
	PAGE(f, "thanks test 8");
	g_assert_cmpuint(f->page.tests, ==, 2 * 12 + 2);
	for (int i = 8; i < 13; i++)
		press(f, "Enter");
	PAGE(f, "overall 1/3 test 13");
	g_assert_cmpuint(f->page.language, ==, 2);
	for (int i = 13; i < 26; i++)
		press(f, "Enter");
	PAGE(f, "asleep test 26");
	press(f, "Enter");
	PAGE(f, "manager");
	press(f, "7 Enter Esc");
	PAGE(f, "manager");
	ROWS(f, "");
	g_assert_cmpuint(f->last_save.ticket, ==, 0); /* nobody answered anything */
}

/* ---- training ----------------------------------------------------------------------------------- */

static void test_training(void)
{
	struct counter_fixture *f = manage("2 3");
	int until = f->page.training_until;
	g_assert_cmpint(until, ==, (f->page.clock + 30) % 1440);
	press(f, "Esc Esc 5");
	g_assert_cmpint(f->last_row.reason, ==, REASON_TRAINING); /* at every moment */
	g_assert_cmpint(f->last_row.offered_ms == MOMENT_NEVER, ==, 1);
	press(f, "9 1 ~4000");
	ROWS(f, "key not_asked/training overall=5 nps=9 goods=1");
	till(f, "PAY receipt=R1");
	press(f, "Esc ~4000");
	ROWS(f, "sale not_asked/training sale receipt=R1");
	press(f,
	      "* 2 ~4000"); /* what was confirmed is kept: a customer may stand there */
	ROWS(f, "key complaint c2");
	press(f, "F10 1 2 3 4 Enter 2 3");
	g_assert_cmpint(f->page.training_until, ==, -1);
	press(f, "Esc Esc 5 9 1 ~4000");
	ROWS(f, "key completed overall=5 nps=9 goods=1");
}

/* It is not forgotten: it ends after half an hour, and with the business day. */
static void test_training_ends(void)
{
	struct counter_fixture *f = manage("2 3 Esc Esc ~1799000");
	g_assert_cmpint(f->page.training_until, !=, -1);
	press(f, "5 ~1500"); /* who began in it ends in it */
	TOAST(f, TOAST_TRAINING_OVER);
	g_assert_cmpint(f->page.training_until, ==, -1);
	press(f, "9 1 ~4000");
	ROWS(f, "key not_asked/training overall=5 nps=9 goods=1");
	press(f, "5 9 1 ~4000");
	ROWS(f, "key completed overall=5 nps=9 goods=1");
	f = manage("2 3 Esc Esc");
	f->now.day++;
	advance_ms(f, 60000);
	g_assert_cmpint(f->page.training_until, ==, -1);
}

/* Whoever trains is asked, and the queue is not measured. */
static void test_training_asks(void)
{
	struct counter_fixture *f = begin();
	f->rules.sample_percent = 0;
	f->rules.holdout_percent = 100;
	press(f, "F10 1 2 3 4 Enter 2 3 Esc Esc");
	for (int i = 0; i < 3; i++) {
		till(f, "PAY");
		PAGE(f, "overall 1/3");
		till(f, "PAID");
		advance_ms(f, 5000);
	}
	g_assert_cmpuint(f->queue_times, ==, 0);
}

/* ---- who answers -------------------------------------------------------------------------------- */

static void test_respondent(void)
{
	struct counter_fixture *f = manage("2 2");
	g_assert_cmpint(f->page.respondent, ==, RESPONDENT_STAFF);
	press(f, "Esc Esc 5 9 1 ~4000");
	g_assert_cmpint(f->last_row.respondent, ==, RESPONDENT_STAFF);
	g_assert_cmpint(f->page.respondent, ==, RESPONDENT_CUSTOMER); /* once */
	press(f, "5 ~20000");
	g_assert_cmpint(f->last_row.respondent, ==, RESPONDENT_CUSTOMER);
	press(f, "F10 1 2 3 4 Enter 2 2 2");
	g_assert_cmpint(f->page.respondent, ==, RESPONDENT_MYSTERY);
	press(f, "2");
	g_assert_cmpint(f->page.respondent, ==, RESPONDENT_CUSTOMER);
	press(f, "2 Esc Esc ~599999");
	g_assert_cmpint(f->page.respondent, ==, RESPONDENT_STAFF);
	advance_ms(f, 1); /* nobody came */
	g_assert_cmpint(f->page.respondent, ==, RESPONDENT_CUSTOMER);
}

/* A sale and a card are a customer's, before it and in the middle of it. */
static void test_respondent_and_customers(void)
{
	struct counter_fixture *f = manage("2 2 Esc Esc");
	till(f, "PAY receipt=R1");
	press(f, "5 9 1 ~4000");
	ROWS(f, "sale completed sale receipt=R1 overall=5 nps=9 goods=1");
	g_assert_cmpint(f->last_row.respondent, ==, RESPONDENT_CUSTOMER);
	till(f, "PAID");
	g_assert_cmpint(f->page.respondent, ==, RESPONDENT_STAFF);
	press(f, "Enter"); /* skips: no answer yet */
	swipe(f, A);
	ROWS(f, "key ignored overall=-");
	g_assert_cmpint(f->last_row.respondent, ==, RESPONDENT_CUSTOMER);
	f = manage("2 2 Esc Esc Enter");
	till(f, "PAY receipt=R2");
	ROWS(f, "key ignored overall=-");
	PAGE(f, "overall 1/3");
}

/* The question stands there for them, whatever offer= says and though customers are not asked. */
static void test_respondent_is_asked(void)
{
	struct counter_fixture *f = begin();
	f->rules.offer = OFFER_TOTAL;
	press(f, "F2 F10 1 2 3 4 Enter 2 2 Esc Esc ~0");
	PAGE(f, "rest overall 1/3");
	press(f, "5 9 1 ~4000");
	ROWS(f, "key completed overall=5 nps=9 goods=1");
	PAGE(f, "greeting");
}

/* ---- the night ------------------------------------------------------------------------------------ */

static void set_clock(struct counter_fixture *f, int hour, int minute)
{
	int64_t day_ms = INT64_C(86400000);
	f->now.utc_ms = 20000 * day_ms + (hour * 60 + minute) * INT64_C(60000) -
			INT64_C(1000) * f->now.offset_s;
}

static struct counter_fixture *at(int hour, int minute)
{
	struct counter_fixture *f = &fixture;
	fixture_init(f);
	fixture_shop(f);
	f->rules.opens_min = 9 * 60;
	f->rules.closes_min = 21 * 60;
	set_clock(f, hour, minute);
	fixture_start(f, 1);
	return f;
}

static void test_asleep(void)
{
	struct counter_fixture *f = at(20, 55);
	press(f, "~540000 5 9 1 ~4000"); /* 21:04: still serving */
	ROWS(f, "key completed overall=5 nps=9 goods=1");
	press(f, "~590000");
	PAGE(f, "rest overall 1/3");
	press(f, "~60000");
	PAGE(f, "asleep");
	press(f, "5"); /* it was not on the screen: it only wakes */
	PAGE(f, "rest overall 1/3");
	press(f, "5"); /* the same key held down */
	PAGE(f, "rest overall 1/3");
	press(f, "~400 5");
	PAGE(f, "nps 2/3");
	press(f, "~660000");
	PAGE(f, "asleep");
	g_assert_cmpint(f->page.clock, >=, 21 * 60 + 20);
	set_clock(f, 8, 59);
	advance_ms(f, 59000);
	PAGE(f, "asleep");
	advance_ms(f, 1000);
	PAGE(f, "rest overall 1/3");
}

/* What is not a question's key, a card and a sale do what they always do. */
static void test_woken(void)
{
	static const char *const keys[] = {"Enter", "Back", "Esc", "/", "-"};
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		struct counter_fixture *f = at(3, 0);
		press(f, "~600000");
		PAGE(f, "asleep");
		press(f, keys[i]);
		PAGE(f, "rest overall 1/3");
		g_assert_cmpuint(f->page.language, ==, 0);
	}
	struct counter_fixture *f = at(3, 0);
	press(f, "~600000 *");
	PAGE(f, "complaint");
	f = at(3, 0);
	press(f, "~600000 F10");
	PAGE(f, "manager pin 0");
	f = at(3, 0);
	press(f, "~600000");
	swipe(f, A);
	PAGE(f, "overall 1/3");
	CARDS(f, "+accepted " A);
	f = at(3, 0);
	press(f, "~600000");
	till(f, "PAY receipt=R1");
	PAGE(f, "overall 1/3");
}

static void test_opening_hours(void)
{
	static const struct {
		int16_t opens, closes;
		int hour;
		bool open;
	} rows[] = {
		{0, 1440, 3, true},     {540, 1440, 23, true}, {540, 1440, 3, false},
		{540, 120, 1, true},    {540, 120, 2, false},  {540, 120, 8, false},
		{540, 120, 9, true},    {0, 0, 3, true},       {540, 1260, 20, true},
		{540, 1260, 21, false}, {0, 1260, 0, true},    {0, 1260, 22, false},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct counter_fixture *f = at(rows[i].hour, 0);
		f->rules.opens_min = rows[i].opens;
		f->rules.closes_min = rows[i].closes;
		advance_ms(f, 600000);
		g_test_message("%d-%d at %d", rows[i].opens, rows[i].closes,
			       rows[i].hour);
		PAGE(f, rows[i].open ? "rest overall 1/3" : "asleep");
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/manager/every-page", test_every_page);
	g_test_add_func("/core/manager/leafing", test_leafing);
	g_test_add_func("/core/manager/empty-day", test_empty_day);
	g_test_add_func("/core/manager/late-findings", test_late_findings);
	g_test_add_func("/core/manager/proof", test_proof);
	g_test_add_func("/core/manager/files", test_files);
	g_test_add_func("/core/manager/pictures", test_all_pictures);
	g_test_add_func("/core/manager/training", test_training);
	g_test_add_func("/core/manager/training-ends", test_training_ends);
	g_test_add_func("/core/manager/training-asks", test_training_asks);
	g_test_add_func("/core/manager/respondent", test_respondent);
	g_test_add_func("/core/manager/respondent-and-customers",
			test_respondent_and_customers);
	g_test_add_func("/core/manager/respondent-is-asked", test_respondent_is_asked);
	g_test_add_func("/core/manager/asleep", test_asleep);
	g_test_add_func("/core/manager/woken", test_woken);
	g_test_add_func("/core/manager/opening-hours", test_opening_hours);
	return g_test_run();
}
