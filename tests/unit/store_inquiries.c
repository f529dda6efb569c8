/* store_inquiries: what the manager's pages show is what was stored, read beside the writer. */
#include <string.h>

#include "store/inquiries.h"
#include "store/proof.h"
#include "store/store.h"
#include "tests/lib/storage.h"

#define DAY 20000

enum { OVERALL, NPS, GOODS, PRICES, WORDS_OF_THEIRS };

struct visitor {
	enum outcome outcome;
	enum trigger trigger;
	enum respondent respondent;
	enum reason reason;
	bool offered;
	int nps; /* 0: none given */
};

static void visit(struct storage *f, struct store *store, uint32_t i,
		  const struct visitor *v)
{
	struct save save = storage_close(f, i, v->outcome);

	save.visit.trigger = v->trigger;
	save.visit.respondent = v->respondent;
	save.visit.reason = v->reason;
	save.visit.sale_kind = v->trigger == TRIGGER_SALE ? SALE_SALE : SALE_NONE;
	save.visit.offered_ms = v->offered ? 1 : MOMENT_NEVER;
	save.visit.day = DAY;
	if (v->nps > 0) {
		struct save answer = storage_answer(f, i, NPS, (int16_t)v->nps);

		answer.visit = save.visit;
		answer.visit.outcome = OUTCOME_INTERRUPTED;
		answer.visit.reason = REASON_NONE;
		save.ticket = answer.ticket; /* they count by one */
		answer.ticket--;
		storage_save(store, answer);
	}
	storage_save(store, save);
}

static uint16_t min_n = 5;

static struct findings ask(struct storage *f, enum inquiry_kind kind, int32_t day,
			   uint8_t item)
{
	struct inquiry inquiry = {
		.number = 7, .kind = kind, .day = day, .item = item, .min_n = min_n};
	struct findings findings;

	memset(&findings, 0x55, sizeof(findings));
	inquiries_answer(&f->options, &inquiry, &findings);
	g_assert_cmpuint(findings.number, ==, 7);
	g_assert_cmpint(findings.kind, ==, kind);
	return findings;
}

static void shows(const struct figure *figure, const char *expected)
{
	static const struct figure_words words = {
		.unknown = "unknown",
		.no_answers = "none",
		.hidden = "hidden",
		.few = "few",
		.no_interval = {[FIGURE_TOO_FEW] = "-", [FIGURE_ALL_EQUAL] = "equal"},
	};
	char text[FIGURE_TEXT_MAX];

	figure_format(figure, &words, text);
	g_assert_cmpstr(text, ==, expected);
}

/* 100 of them as in the README: 50 promoters, 30 passives, 20 critics; and others beside. */
static void fill(struct storage *f, struct store *store)
{
	static const struct visitor others[] = {
		{OUTCOME_DECLINED, TRIGGER_SALE, RESPONDENT_CUSTOMER, 0, true, 0},
		{OUTCOME_IGNORED, TRIGGER_SALE, RESPONDENT_CUSTOMER, 0, true, 0},
		{OUTCOME_NOT_ASKED, TRIGGER_SALE, RESPONDENT_CUSTOMER, REASON_SAMPLE,
		 false, 0},
		{OUTCOME_NOT_ASKED, TRIGGER_SALE, RESPONDENT_CUSTOMER, REASON_RETURN,
		 false, 0},
		{OUTCOME_NOT_ASKED, TRIGGER_SALE, RESPONDENT_CUSTOMER, REASON_TRAINING,
		 false, 1},
		{OUTCOME_COMPLETED, TRIGGER_KEY, RESPONDENT_STAFF, 0, true, 1},
		{OUTCOME_COMPLETED, TRIGGER_KEY, RESPONDENT_CUSTOMER, 0, true, 0},
	};
	struct visitor v = {
		OUTCOME_COMPLETED, TRIGGER_SALE, RESPONDENT_CUSTOMER, 0, true, 0};
	uint32_t i = 1;

	for (; i <= 100; i++) {
		v.nps = i <= 50 ? 10 : i <= 80 ? 7 : 3;
		visit(f, store, i, &v);
		if (i % 40 == 0)
			g_assert_true(storage_wait(f, store, 20000));
	}
	for (size_t k = 0; k < G_N_ELEMENTS(others); k++)
		visit(f, store, i++, &others[k]);
	g_assert_true(storage_wait(f, store, 20000));
}

static void test_day(void)
{
	struct storage f;
	struct store *store;
	struct findings a;

	storage_init(&f, NULL);
	store = store_open(&f.options, NULL);
	fill(&f, store);
	a = ask(&f, INQUIRY_DAY, DAY, 0);
	g_assert_false(a.unread);
	g_assert_cmpuint(a.items, ==, 1);
	g_assert_true(a.of_day.has_nps);
	shows(&a.of_day.nps, "30.0 [14.1; 44.2], n=100");
	shows(&a.of_day.response, "98.0 [93.1; 99.5], n=102");
	shows(&a.of_day.offer, "99.0 [94.7; 99.8], n=103");
	g_assert_cmpuint(a.of_day.visits, ==, 105);
	g_assert_cmpuint(a.of_day.outcome[OUTCOME_COMPLETED], ==, 101);
	g_assert_cmpuint(a.of_day.outcome[OUTCOME_NOT_ASKED], ==, 2);
	g_assert_cmpuint(a.of_day.training, ==, 1);
	g_assert_cmpuint(a.of_day.staff, ==, 1);
	for (int hour = 0, n = 0; hour < DAY_HOURS; hour++) {
		n += (int)a.of_day.answered[hour];
		g_assert_cmpint(hour < DAY_HOURS - 1 || n == 101, ==, TRUE);
	}
	a = ask(&f, INQUIRY_DAY, DAY - 1, 0);
	g_assert_cmpuint(a.of_day.visits, ==, 0);
	shows(&a.of_day.response, "unknown");
	store_close(store, 5000);
	storage_clear(&f);
}

/* A sale that joined what a key had opened: no till opened a visit, as the report says it too. */
static void test_no_till(void)
{
	struct storage f;
	struct store *store;
	struct save save;
	struct findings a;

	storage_init(&f, NULL);
	store = store_open(&f.options, NULL);
	save = storage_close(&f, 1, OUTCOME_COMPLETED);
	save.visit.trigger = TRIGGER_KEY;
	save.visit.sale_kind = SALE_SALE;
	save.visit.offered_ms = 1;
	save.visit.day = DAY;
	storage_save(store, save);
	g_assert_true(storage_wait(&f, store, 20000));
	a = ask(&f, INQUIRY_DAY, DAY, 0);
	g_assert_cmpuint(a.of_day.visits, ==, 1);
	shows(&a.of_day.response, "unknown");
	shows(&a.of_day.offer, "unknown");
	store_close(store, 5000);
	storage_clear(&f);
}

static void test_question(void)
{
	struct storage f;
	struct store *store;
	struct findings a;

	storage_init(&f, NULL);
	store = store_open(&f.options, NULL);
	fill(&f, store);
	a = ask(&f, INQUIRY_QUESTION, DAY, 200); /* the last one there is */
	g_assert_cmpuint(a.item, ==, 0);
	g_assert_cmpint(a.of_question.kind, ==, QUESTION_NPS10);
	g_assert_cmpuint(a.of_question.answers, ==, 100);
	g_assert_cmpuint(a.of_question.lines, ==, 10);
	g_assert_cmpuint(a.of_question.count[9], ==, 50);
	g_assert_cmpuint(a.of_question.count[6], ==, 30);
	g_assert_cmpuint(a.of_question.count[2], ==, 20);
	g_assert_cmpuint(a.of_question.count[0], ==, 0); /* training, and staff */
	g_assert_cmpuint(a.of_question.low, ==, 0x3f);
	shows(&a.of_question.score[RESPONDENT_CUSTOMER], "30.0 [14.1; 44.2], n=100");
	shows(&a.of_question.score[RESPONDENT_STAFF], "hidden, n=1");
	g_assert_cmpstr(a.of_question.text, ==, f.questionnaire.question[NPS].text[0]);
	a = ask(&f, INQUIRY_QUESTION, DAY - 1, 0);
	g_assert_cmpuint(a.items, ==, 0);
	min_n = 101; /* what the figure hides no plot shows */
	a = ask(&f, INQUIRY_QUESTION, DAY, 0);
	min_n = 5;
	shows(&a.of_question.score[RESPONDENT_CUSTOMER], "hidden, n=100");
	g_assert_cmpuint(a.of_question.lines, ==, 0);
	for (int i = 0; i < FINDING_LINES; i++)
		g_assert_cmpuint(a.of_question.count[i], ==, 0);
	store_close(store, 5000);
	storage_clear(&f);
}

/* More choices than one page holds: pages of much the same length, each choice once. */
static void test_choices(void)
{
	struct storage f;
	struct store *store;
	struct question *q;
	struct findings a;
	unsigned lines = 0;

	storage_init(&f, NULL);
	q = &f.questionnaire.question[PRICES];
	q->choices = 9;
	for (int i = 0; i < 9; i++)
		for (int l = 0; l < LANGUAGES_MAX; l++)
			q->choice[i][l] = i == 8 ? "the ninth" : "x";
	store = store_open(&f.options, NULL);
	for (uint32_t i = 1; i <= 9; i++) {
		storage_save(store, storage_answer(&f, i, PRICES, (int16_t)i));
		storage_save(store, storage_close(&f, i, OUTCOME_COMPLETED));
	}
	g_assert_true(storage_wait(&f, store, 20000));
	for (uint8_t item = 0; item < 2; item++) {
		a = ask(&f, INQUIRY_QUESTION, DAY, item);
		g_assert_cmpuint(a.items, ==, 2);
		g_assert_cmpuint(a.item, ==, item);
		g_assert_cmpuint(a.of_question.first, ==, lines + 1);
		for (int i = 0; i < a.of_question.lines; i++)
			g_assert_cmpuint(a.of_question.count[i], ==, 1);
		lines += a.of_question.lines;
	}
	g_assert_cmpuint(lines, ==, 9);
	g_assert_cmpuint(a.of_question.lines, ==, 4);
	g_assert_cmpstr(a.of_question.label[3], ==, "the ninth");
	store_close(store, 5000);
	storage_clear(&f);
}

/* What head office works out over the same visits. */
static void test_proof(void)
{
	struct storage f;
	struct store *store;
	struct findings a;

	storage_init(&f, NULL);
	a = ask(&f, INQUIRY_PROOF, DAY, 0); /* there is no database yet */
	g_assert_true(a.unread);
	g_assert_cmpstr(a.of_proof.text, ==, "");
	store = store_open(&f.options, NULL);
	fill(&f, store);
	g_autofree char *text = proof_text(f.path, f.options.store, f.options.till, DAY,
					   NULL);
	a = ask(&f, INQUIRY_PROOF, DAY, 0);
	g_assert_false(a.unread);
	g_assert_cmpstr(a.of_proof.text, ==, text);
	g_assert_nonnull(strstr(text, "2024-10-04 V107 A101 C0 S1-107 "));
	a = ask(&f, INQUIRY_PROOF, DAY - 1, 0);
	g_assert_nonnull(strstr(a.of_proof.text, "2024-10-03 V0 A0 C0 S0-0 E3B0C442"));
	store_close(store, 5000);
	storage_clear(&f);
}

/* The longest names that config.ini takes: the hash is whole, and closes the text. */
static void test_long_proof(void)
{
	struct storage f;
	struct store *store;
	struct findings a;
	g_autofree char *name = g_strnfill(32, 'x');

	storage_init(&f, NULL);
	f.options.store = f.options.till = name;
	store = store_open(&f.options, NULL);
	a = ask(&f, INQUIRY_PROOF, DAY, 0);
	g_assert_cmpuint(strlen(strrchr(a.of_proof.text, ' ')), ==, 1 + 64);
	g_assert_cmpuint(strlen(a.of_proof.text) + 5 * 19, <=, FINDING_PROOF_MAX);
	store_close(store, 5000);
	storage_clear(&f);
}

static void test_others(void)
{
	struct storage f;
	struct store *store;
	struct findings a;

	storage_init(&f, NULL);
	a = ask(&f, INQUIRY_DATABASE, DAY, 0); /* there is none yet */
	g_assert_true(a.unread);
	store = store_open(&f.options, NULL);
	fill(&f, store);
	a = ask(&f, INQUIRY_DATABASE, DAY, 0);
	g_assert_cmpint(a.of_database.visits, ==, 107);
	g_assert_cmpuint(a.of_database.waiting, ==, 107);
	g_assert_cmpint(a.of_database.file_bytes, >, 4096);
	g_assert_cmpint(a.of_database.free_bytes, >, 0);
	g_assert_cmpuint(strlen(a.of_database.generation), ==, 8);
	a = ask(&f, INQUIRY_DEVICES, DAY, 0);
	g_assert_cmpuint(a.of_devices.readers, ==, f.options.readers);
	g_assert_cmpstr(a.of_devices.reader[0].name, ==, f.options.reader[0]);
	a = ask(&f, INQUIRY_QUEUE, DAY, 0);
	shows(&a.of_queue.cost, "none");
	store_close(store, 5000);
	storage_clear(&f);
}

/* By the thread, while the writer writes; the latest inquiry is the one that is answered. */
static void test_thread(void)
{
	struct storage f;
	struct store *store;
	struct findings a = {0};

	storage_init(&f, NULL);
	store = store_open(&f.options, NULL);
	for (uint32_t i = 1; i <= 60; i++) {
		struct inquiry inquiry = {.number = i,
					  .kind = i % 2 != 0 ? INQUIRY_DAY
							     : INQUIRY_DATABASE,
					  .day = DAY,
					  .min_n = 5};

		storage_whole(&f, store, i);
		store_inquire(store, &inquiry);
		if (i % 7 == 0)
			store_findings(store, &a);
	}
	for (int ms = 0; a.number != 60 && ms < 20000; ms += 5) {
		g_usleep(5000);
		store_clear(store);
		store_findings(store, &a);
	}
	g_assert_cmpuint(a.number, ==, 60);
	g_assert_cmpint(a.kind, ==, INQUIRY_DATABASE);
	g_assert_false(store_findings(store, &a)); /* once */
	g_assert_true(storage_wait(&f, store, 20000));
	store_inquire(store, &(struct inquiry){.number = 61, .kind = INQUIRY_DAY});
	store_close(store, 5000); /* what is being read does not hold it up */
	storage_clear(&f);
}

/* An inquiry names its language by a number in the languages that are in use then. */
static void test_other_languages(void)
{
	static const char *const turned[] = {"en", "ru"};
	const struct inquiry inquiry = {
		.number = 1, .kind = INQUIRY_QUESTION, .day = DAY, .min_n = 5};
	struct storage f;
	struct findings a = {0};

	storage_init(&f, NULL);
	struct store *store = store_open(&f.options, NULL);
	visit(&f, store, 1,
	      &(struct visitor){OUTCOME_COMPLETED, TRIGGER_KEY, RESPONDENT_CUSTOMER, 0,
				true, 7});
	g_assert_true(storage_wait(&f, store, 20000));
	struct store_options others = f.options;
	others.language = turned;
	store_take_options(store, &others);
	store_inquire(store, &inquiry);
	for (int ms = 0; a.number != 1 && ms < 20000; ms += 5) {
		g_usleep(5000);
		store_findings(store, &a);
	}
	g_assert_cmpstr(a.of_question.text, ==, f.questionnaire.question[NPS].text[1]);
	store_close(store, 5000);
	storage_clear(&f);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/inquiries/day", test_day);
	g_test_add_func("/inquiries/no-till", test_no_till);
	g_test_add_func("/inquiries/question", test_question);
	g_test_add_func("/inquiries/choices", test_choices);
	g_test_add_func("/inquiries/proof", test_proof);
	g_test_add_func("/inquiries/long-proof", test_long_proof);
	g_test_add_func("/inquiries/others", test_others);
	g_test_add_func("/inquiries/thread", test_thread);
	g_test_add_func("/inquiries/other-languages", test_other_languages);
	return g_test_run();
}
