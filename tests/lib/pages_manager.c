#include "tests/lib/pages_manager.h"

#include <string.h>

#include "core/figure_mean.h"
#include "core/figure_times.h"

#define TODAY 20782 /* 2026-11-25 */
#define MIN_N 5

static struct findings *show(struct page *page, enum manager_page at,
			     enum inquiry_kind kind)
{
	struct page_manager *m = &page->manager;

	page->kind = PAGE_MANAGER;
	m->at = at;
	m->day = m->today = TODAY;
	m->percent = 100;
	m->opens = 9 * 60;
	m->closes = 21 * 60;
	m->readers_ready = 1;
	m->findings.kind = kind;
	m->findings.day = TODAY;
	m->findings.items = 6;
	return &m->findings;
}

void pages_home(struct page *page)
{
	show(page, MANAGER_HOME, INQUIRY_NONE);
}

void pages_home_trouble(struct page *page)
{
	pages_home(page);
	page->set_aside = page->published_refused = true;
	page->manager.no_pin = true;
	page->manager.files.state = FILES_FAILED;
	page->waiting = 128;
}

/* ---- the day ---------------------------------------------------------------------------- */

void pages_day(struct page *page)
{
	static const uint32_t outcomes[OUTCOMES] = {112, 20, 24, 66, 12, 2, 6};
	struct day_findings *day = &show(page, MANAGER_DAY, INQUIRY_DAY)->of_day;

	memcpy(day->outcome, outcomes, sizeof(outcomes));
	day->visits = 236;
	for (int hour = 9; hour < 22; hour++) {
		day->asked[hour] = (uint32_t)(hour < 18 ? 3 * (hour - 8)
							: 3 * (26 - hour));
		day->answered[hour] = day->asked[hour] * 2 / 3;
	}
	day->staff = 7;
	day->mystery = 1;
	day->training = 3;
	day->has_nps = true;
	day->nps = figure_nps(&(struct score_count){100, 50, 20}, MIN_N);
	day->response = figure_share(132, 222, MIN_N);
	day->offer = figure_share(222, 234, MIN_N);
}

void pages_day_no_till(struct page *page)
{
	struct day_findings *day = &page->manager.findings.of_day;

	pages_day(page);
	page->manager.day--;
	day->response = day->offer = figure_unknown();
	day->nps = figure_nps(&(struct score_count){4, 3, 1}, MIN_N);
}

void pages_day_empty(struct page *page)
{
	show(page, MANAGER_DAY, INQUIRY_DAY)->items = 0;
	page->manager.day -= 400;
}

void pages_hours(struct page *page)
{
	pages_day(page);
	page->manager.item = MANAGER_DAY_HOURS;
}

void pages_reading(struct page *page)
{
	pages_day(page);
	page->manager.awaits = true;
}

void pages_unread(struct page *page)
{
	pages_day(page);
	page->manager.findings.unread = true;
}

static struct question_findings *question(struct page *page, uint8_t item,
					  enum question_kind kind, const char *text)
{
	struct question_findings *q =
		&show(page, MANAGER_DAY, INQUIRY_QUESTION)->of_question;

	page->manager.item = (uint8_t)(MANAGER_DAY_QUESTIONS + item);
	page->manager.findings.item = item;
	q->kind = kind;
	strncpy(q->text, text, FINDING_TEXT_MAX);
	return q;
}

void pages_question_nps(struct page *page)
{
	static const uint32_t counts[] = {8, 0, 16, 0, 0, 9, 10, 20, 15, 34};
	struct question_findings *q =
		question(page, 1, QUESTION_NPS10,
			 "Насколько вы готовы рекомендовать нас друзьям?");
	struct spread spread = {0};

	q->first = 1;
	q->lines = 10;
	q->low = 0x3f;
	memcpy(q->count, counts, sizeof(counts));
	for (int i = 0; i < 10; i++)
		spread_add(&spread, i + 1, counts[i]);
	q->answers = 112;
	q->skipped = 4;
	q->mean = figure_mean(&spread, 1, 1, 10, MIN_N);
	q->score[RESPONDENT_CUSTOMER] = figure_nps(&(struct score_count){112, 49, 33},
						   MIN_N);
	q->score[RESPONDENT_STAFF] = figure_nps(&(struct score_count){7, 0, 0}, MIN_N);
	q->score[RESPONDENT_MYSTERY] = figure_nps(&(struct score_count){1, 0, 1}, MIN_N);
}

void pages_question_few(struct page *page)
{
	struct question_findings *q = question(page, 0, QUESTION_SMILEY,
					       "Как вам сегодня\nв нашем магазине?");

	q->first = 1;
	q->lines = 5;
	q->count[4] = 7;
	q->answers = 7;
	q->mean = figure_mean(&(struct spread){7, 35, 5, 5, 5, 0}, 1, 1, 5, MIN_N);
	q->score[RESPONDENT_CUSTOMER] = figure_share(7, 7, MIN_N);
}

void pages_question_hidden(struct page *page)
{
	struct question_findings *q = question(page, 0, QUESTION_SMILEY,
					       "Как вам сегодня\nв нашем магазине?");

	q->first = 1;
	q->answers = 3;
	q->score[RESPONDENT_CUSTOMER] = figure_share(3, 3, MIN_N);
}

void pages_question_yesno(struct page *page)
{
	struct question_findings *q = question(page, 3, QUESTION_YESNO,
					       "Вы нашли всё, что хотели?");

	q->lines = 2;
	q->count[0] = 12;
	q->count[1] = 30;
	q->answers = 42;
	q->score[RESPONDENT_CUSTOMER] = figure_share(30, 42, MIN_N);
}

void pages_question_choices(struct page *page)
{
	static const char *const labels[] = {
		"долго ждать", "цена не та, что на ценнике", "непонятно, сколько стоит",
		"не найти нужный товар", "не у кого спросить о товаре"};
	struct question_findings *q = question(page, 4, QUESTION_CHOICE,
					       "Что нам исправить прежде всего?");

	q->first = 1;
	q->lines = 5;
	q->low = 2;
	for (int i = 0; i < 5; i++) {
		strncpy(q->label[i], labels[i], FINDING_LABEL_MAX);
		q->count[i] = (uint32_t)(i * i);
	}
	q->answers = 31;
	q->skipped = 2;
}

void pages_question_words(struct page *page)
{
	question(page, 5, QUESTION_WORDS, "Напишите пару слов")->answers = 3;
}

/* ---- the others --------------------------------------------------------------------------- */

void pages_survey(struct page *page)
{
	show(page, MANAGER_SURVEY, INQUIRY_NONE);
}

void pages_survey_no_pin(struct page *page)
{
	pages_survey(page);
	page->manager.no_pin = true;
}

void pages_survey_set(struct page *page)
{
	pages_survey(page);
	page->manager.opens = 0;
	page->manager.closes = 1440;
	page->paused_until = 14 * 60 + 15;
	page->training_until = 14 * 60 + 35;
	page->respondent = RESPONDENT_MYSTERY;
}

void pages_queue(struct page *page)
{
	static struct times asked, out;
	static const uint8_t seed[32] = {1};
	struct queue_findings *q = &show(page, MANAGER_QUEUE, INQUIRY_QUEUE)->of_queue;
	struct dice dice;

	memset(&asked, 0, sizeof(asked));
	memset(&out, 0, sizeof(out));
	for (int i = 0; i < 240; i++) {
		times_add(&asked, 12000 + i * 37);
		if (i % 4 == 0)
			times_add(&out, 11000 + i * 37);
	}
	dice_seed(&dice, seed);
	q->half[QUEUE_ASKED] = figure_percentile(&asked, 50, MIN_N);
	q->half[QUEUE_HELD_OUT] = figure_percentile(&out, 50, MIN_N);
	q->most[QUEUE_ASKED] = figure_percentile(&asked, 95, MIN_N);
	q->most[QUEUE_HELD_OUT] = figure_percentile(&out, 95, MIN_N);
	q->cost = figure_median_change(&asked, &out, &dice, MIN_N);
	page->manager.percent = 50;
}

void pages_devices(struct page *page)
{
	struct device_findings *d =
		&show(page, MANAGER_DEVICES, INQUIRY_DEVICES)->of_devices;

	d->readers = 2;
	d->reader[0] = (struct reader_findings){
		.name = "msr",
		.good_reads = 109,
		.failed_reads = 11,
		.by_kind = {[CARD_READ_ERROR] = 6, [CARD_TRUNCATED] = 5},
		.failed = figure_share(11, 120, MIN_N),
		.wants_cleaning = true,
	};
	d->reader[1] = (struct reader_findings){.name = "rfid"};
	d->reader[1].failed = figure_share(0, 0, MIN_N);
}

void pages_database(struct page *page)
{
	struct database_findings *d =
		&show(page, MANAGER_DATABASE, INQUIRY_DATABASE)->of_database;

	d->file_bytes = 12345678;
	d->wal_bytes = 4120000;
	d->free_bytes = INT64_C(78760200000);
	d->visits = 104250;
	memcpy(d->generation, "d97ba2fd", 9);
	page->waiting = 128;
	page->set_aside = page->published_refused = true;
}

#define HASH "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08"

static void proof(struct page *page, const char *text)
{
	strncpy(show(page, MANAGER_PROOF, INQUIRY_PROOF)->of_proof.text, text,
		FINDING_PROOF_MAX);
}

void pages_proof(struct page *page)
{
	proof(page, "TILLASK 017/3 2026-11-25 V236 A702 C57 S104015-104250 " HASH);
}

void pages_proof_long(struct page *page)
{
	proof(page,
	      "TILLASK NORTH-WEST.SAINT-PETERSBURG.0017/SELF-CHECKOUT.BY-THE-DOOR.00-3 "
	      "2026-11-25 V236 A702 C57 S104015-104250 " HASH);
}

void pages_files(struct page *page)
{
	show(page, MANAGER_FILES, INQUIRY_NONE);
}

void pages_files_half(struct page *page)
{
	pages_files(page);
	page->manager.files.state = FILES_BEGUN;
	page->manager.files.day = TODAY - 1;
	page->manager.files.percent = 50;
}

void pages_files_failed(struct page *page)
{
	pages_files_half(page);
	page->manager.files.state = FILES_FAILED;
	strncpy(page->manager.files.said,
		"tillask: /mnt/share/survey-017-3-2026-11-24.csv: no space left on the "
		"device; make room, then try again",
		FILES_SAID_MAX);
}

void pages_signs(struct page *page)
{
	show(page, MANAGER_TEST, INQUIRY_NONE);
}

void pages_quit(struct page *page)
{
	show(page, MANAGER_QUIT, INQUIRY_NONE);
}

void pages_test(struct page *page)
{
	page->test = 3;
	page->tests = 28;
}

void pages_training(struct page *page)
{
	page->training_until = 14 * 60 + 35;
}

void pages_mystery(struct page *page)
{
	page->respondent = RESPONDENT_MYSTERY;
}
