/* store_store: saves become rows once, whatever order and repetition */
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/lib/storage.h"

static struct store *open_store(struct storage *f)
{
	g_autoptr(GError) error = NULL;
	struct store *store = store_open(&f->options, &error);
	g_assert_no_error(error);
	return store;
}

static void test_life_of_a_visit(void)
{
	struct storage f;
	struct stat file;
	storage_init(&f, NULL);
	struct store *store = open_store(&f);
	g_assert_cmpint(store_newest_ms(store), ==, INT64_MIN);
	storage_whole(&f, store, 0);
	g_assert_true(storage_wait(&f, store, 5000));
	g_assert_cmpint(storage_number(f.path, "SELECT seq FROM visit"), ==, 1);
	g_assert_cmpint(storage_number(f.path, "SELECT count(*) FROM answer"), ==, 3);
	storage_save(store, storage_answer(&f, 1, 0, 4));
	g_assert_true(storage_wait(&f, store, 5000));
	g_assert_cmpint(storage_number(f.path, "SELECT count(*) FROM outbox"), ==, 1);
	g_assert_true(store_close(store, 5000));
	g_assert_cmpint(stat(f.path, &file), ==, 0);
	g_assert_cmpint(file.st_mode & 0777, ==, 0600);
	g_autofree char *log = g_strconcat(f.path, "-wal", NULL);
	g_assert_false(g_file_test(log, G_FILE_TEST_EXISTS)); /* one file to carry away */

	/* what was open is closed at the next start, with the outcome that its row held */
	store = open_store(&f);
	g_assert_null(store_set_aside(store));
	g_assert_cmpint(store_newest_ms(store), >, 0);
	g_assert_true(store_close(store, 5000));
	g_assert_cmpint(storage_number(f.path,
				       "SELECT count(*) FROM visit WHERE seq = 2 AND "
				       "outcome = 'interrupted'"),
			==, 1);
	storage_check(f.path);
	storage_clear(&f);
}

/* The latest times of the queue, the newest first, QUEUE_TIMES_MAX of each kind. */
static void test_queue_past(void)
{
	struct storage f;
	storage_init(&f, NULL);
	struct store *store = open_store(&f);
	g_assert_cmpuint(store_queue_past(store)->n[QUEUE_ASKED], ==, 0);
	for (int i = 0; i < 300; i++)
		storage_save(store,
			     storage_queue_time(&f, (uint32_t)i, i % 30 == 0, 1000 + i));
	g_assert_true(storage_wait(&f, store, 10000));
	g_assert_true(store_close(store, 5000));
	store = open_store(&f);
	const struct queue_past *past = store_queue_past(store);
	g_assert_cmpuint(past->n[QUEUE_ASKED], ==, QUEUE_TIMES_MAX);
	g_assert_cmpint(past->ms[QUEUE_ASKED][0], ==, 1299);
	g_assert_cmpint(past->ms[QUEUE_ASKED][29], ==, 1269); /* 1270 was held out */
	g_assert_cmpuint(past->n[QUEUE_HELD_OUT], ==, 10);
	g_assert_cmpint(past->ms[QUEUE_HELD_OUT][0], ==, 1270);
	g_assert_cmpint(past->ms[QUEUE_HELD_OUT][9], ==, 1000);
	g_assert_true(store_close(store, 5000));
	storage_clear(&f);
}

static void test_second_is_refused(void)
{
	struct storage f;
	g_autoptr(GError) error = NULL;
	storage_init(&f, NULL);
	struct store *store = open_store(&f);
	g_assert_null(store_open(&f.options, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_LOCKED);
	g_autofree char *pid = g_strdup_printf("process %ld ", (long)getpid());
	g_assert_nonnull(strstr(error->message, pid));
	g_assert_true(store_close(store, 5000));
	store = open_store(&f);
	g_assert_true(store_close(store, 5000));
	storage_clear(&f);
}

/* A retry after an unknown outcome: the same saves again, under new tickets, change nothing. */
static void test_repetition_changes_nothing(void)
{
	struct storage f;
	storage_init(&f, NULL);
	struct store *store = open_store(&f);
	for (int times = 0; times < 3; times++)
		for (uint32_t i = 0; i < 2; i++)
			storage_whole(&f, store, i);
	g_assert_true(storage_wait(&f, store, 5000));
	g_assert_true(store_close(store, 5000));
	storage_check(f.path);
	g_assert_cmpint(storage_number(f.path, "SELECT max(seq) FROM visit"), ==, 2);
	g_assert_cmpint(storage_number(f.path, "SELECT count(*) FROM answer"), ==, 6);
	g_assert_cmpint(storage_number(f.path, "SELECT swipes FROM card"), ==, 1);
	storage_clear(&f);
}

/* Backspace: the last answer stands; a skip replaces it too. */
static void test_answer_is_replaced(void)
{
	struct storage f;
	storage_init(&f, NULL);
	struct store *store = open_store(&f);
	storage_save(store, storage_answer(&f, 0, 0, 5));
	storage_save(store, storage_answer(&f, 0, 0, 2));
	storage_save(store, storage_answer(&f, 0, 1, 9));
	struct save skip = storage_answer(&f, 0, 1, 0);
	skip.answer.skipped = true;
	storage_save(store, skip);
	storage_save(store, storage_close(&f, 0, OUTCOME_COMPLETED));
	g_assert_true(storage_wait(&f, store, 5000));
	g_assert_true(store_close(store, 5000));
	storage_check(f.path);
	g_assert_cmpint(
		storage_number(f.path, "SELECT value FROM day_answer WHERE wording = 1"),
		==, 2);
	g_assert_cmpint(
		storage_number(f.path, "SELECT value FROM day_answer WHERE wording = 2"),
		==, -1);
	storage_clear(&f);
}

static struct card_facts facts_of(struct store *store, const char *card, int32_t today)
{
	static uint32_t asked;
	struct card_facts facts;
	uint32_t lookup = 0;
	store_lookup(store, ++asked, card, today);
	while (!store_facts(store, &lookup, &facts))
		g_usleep(100);
	g_assert_cmpuint(lookup, ==, asked);
	g_assert_false(store_facts(store, &lookup, &facts));
	return facts;
}

static void swipe(struct storage *f, struct store *store, uint32_t i,
		  enum outcome outcome)
{
	static const char card[] = "9643123456781234";
	storage_save(store, storage_card(f, i, card));
	if (outcome == OUTCOME_PARTIAL) {
		struct save s = storage_answer(f, i, 1, 9);
		g_strlcpy(s.visit.card, card, sizeof s.visit.card);
		storage_save(store, s);
	}
	struct save s = storage_close(f, i, outcome);
	g_strlcpy(s.visit.card, card, sizeof s.visit.card);
	storage_save(store, s);
	g_assert_true(storage_wait(f, store, 5000));
}

static void test_facts(gconstpointer keep)
{
	struct storage f;
	static const char card[] = "9643123456781234";
	storage_init(&f, NULL);
	f.options.keep = (enum keep_mode)GPOINTER_TO_INT(keep);
	struct store *store = open_store(&f);
	g_assert_false(facts_of(store, card, 20000).known);
	swipe(&f, store, 0, OUTCOME_PARTIAL);
	swipe(&f, store, 1, OUTCOME_DECLINED);
	swipe(&f, store, 1440, OUTCOME_IGNORED);
	/* the swipe of a visit that is open does not count itself */
	storage_save(store, storage_card(&f, 1441, card));
	g_assert_true(storage_wait(&f, store, 5000));
	struct card_facts facts = facts_of(store, card, 20001);
	const char *like = "SELECT count(*) FROM visit WHERE card LIKE '%1234%'";
	if (f.options.keep == KEEP_NONE) {
		g_assert_false(facts.known);
		g_assert_cmpint(
			storage_number(f.path, "SELECT count(card_mask) FROM visit"), ==,
			0);
		g_assert_cmpint(
			storage_number(f.path, "SELECT count(card_kind) FROM visit"), >,
			0);
	} else {
		g_assert_true(facts.known);
		g_assert_cmpint(facts.last_seen_day, ==, 20001);
		g_assert_cmpint(facts.swipes_today, ==, 1);
		g_assert_cmpint(facts.last_answered_day, ==, 20000);
		g_assert_cmpint(facts.last_declined_day, ==, 20000);
		g_assert_cmpint(facts.question_day[1], ==, 20000);
		g_assert_cmpint(facts.question_day[0], ==, DAY_NEVER);
		g_assert_cmpint(facts_of(store, card, 20002).swipes_today, ==, 0);
		g_assert_cmpint(storage_number(f.path, "SELECT count(*) FROM visit "
						       "WHERE card_mask = '*1234'"),
				>, 0);
	}
	g_assert_cmpint(storage_number(f.path, like) > 0, ==,
			f.options.keep == KEEP_NUMBER);
	g_assert_true(store_close(store, 5000));
	storage_check(f.path);
	storage_clear(&f);
}

static void test_backlog(void)
{
	struct storage f;
	storage_init(&f, NULL);
	struct store *store = open_store(&f);
	for (uint32_t i = 0; i < 7; i++)
		storage_whole(&f, store, i);
	struct save alone = storage_card(&f, 99, "");
	alone.has_visit = false;
	alone.card_event.visit = (struct id){{0}};
	alone.card_event.result = CARD_EVENT_FOREIGN;
	storage_save(store, alone);
	g_assert_true(storage_wait(&f, store, 5000));
	while (store_backlog(store) != 8)
		g_usleep(100);
	storage_number(f.path, "DELETE FROM outbox WHERE record < 3");
	store_count(store);
	while (store_backlog(store) == 8)
		g_usleep(100);
	g_assert_true(store_close(store, 5000));
	storage_clear(&f);
}

/* The same wording is one row for good; any change of it is another row. */
static void test_wording(void)
{
	struct storage f;
	storage_init(&f, NULL);
	store_close(open_store(&f), 5000);
	store_close(open_store(&f), 5000);
	g_assert_cmpint(storage_number(f.path, "SELECT count(*) FROM wording"), ==, 5);
	f.questionnaire.question[3].choice[1][1] = "nope";
	store_close(open_store(&f), 5000);
	g_assert_cmpint(storage_number(f.path, "SELECT count(*) FROM wording"), ==, 6);
	f.questionnaire.question[0].kind = QUESTION_NPS10;
	store_close(open_store(&f), 5000);
	g_assert_cmpint(storage_number(f.path, "SELECT count(*) FROM wording"), ==, 7);
	g_assert_cmpint(storage_number(f.path, "SELECT count(*) FROM question"), ==, 5);
	storage_clear(&f);
}

/* A quota is a full disk: told, never fatal, and over when there is room. */
static void test_quota(void)
{
	struct storage f;
	struct rlimit before, small;
	storage_init(&f, NULL);
	struct store *store = open_store(&f);
	getrlimit(RLIMIT_FSIZE, &before);
	small = before;
	small.rlim_cur = 100000;
	setrlimit(RLIMIT_FSIZE, &small);
	for (uint32_t i = 0; i < 100; i++)
		storage_whole(&f, store, i);
	while (store_trouble(store, NULL) == STORE_FINE)
		g_usleep(1000);
	char text[256];
	store_trouble(store, text);
	g_test_message("%s", text);
	g_assert_cmpint(store_trouble(store, NULL), ==, STORE_FULL);
	setrlimit(RLIMIT_FSIZE, &before);
	g_assert_true(storage_wait(&f, store, 10000));
	g_assert_true(store_close(store, 5000));
	storage_check(f.path);
	g_assert_cmpint(storage_number(f.path, "SELECT count(*) FROM answer"), ==, 300);
	storage_clear(&f);
}

/* Another process that writes for seconds holds nothing up but the disk's answer. */
static void test_busy(void)
{
	struct storage f;
	storage_init(&f, NULL);
	struct store *store = open_store(&f);
	pid_t child = fork();
	if (child == 0) {
		g_autofree char *command = g_strdup_printf(
			"echo 'BEGIN IMMEDIATE;'; sleep 2; echo 'COMMIT;'");
		g_autofree char *line = g_strdup_printf("(%s) | sqlite3 %s", command,
							f.path);
		execl("/bin/sh", "sh", "-c", line, (char *)NULL);
		_exit(127);
	}
	g_usleep(500000);
	storage_whole(&f, store, 0);
	while (store_trouble(store, NULL) != STORE_BUSY)
		g_usleep(1000);
	g_assert_true(storage_wait(&f, store, 10000));
	waitpid(child, NULL, 0);
	g_assert_true(store_close(store, 5000));
	storage_check(f.path);
	storage_clear(&f);
}

/* The child tells each ticket that was acknowledged; it is killed at any moment. */
static void sell_until_killed(struct storage *f, uint32_t from, int out)
{
	struct store *store = store_open(&f->options, NULL);
	f->ticket = 0;
	for (uint32_t i = from;; i++) {
		storage_whole(f, store, i);
		if (!storage_wait(f, store, 10000) ||
		    write(out, &i, sizeof i) != sizeof i)
			_exit(1);
	}
}

static void test_killed(void)
{
	struct storage f;
	uint32_t visit = 0, last = 0;
	int64_t acknowledged = 0;
	storage_init(&f, NULL);
	for (uint32_t round = 0; round < 20; round++) {
		int pipes[2], status;
		g_assert_cmpint(pipe(pipes), ==, 0);
		pid_t child = fork();
		if (child == 0)
			sell_until_killed(&f, 1000 * round, pipes[1]);
		close(pipes[1]);
		g_assert_cmpint(read(pipes[0], &visit, sizeof visit), ==, sizeof visit);
		acknowledged++;
		g_usleep((gulong)g_random_int_range(0, 30000));
		kill(child, SIGKILL);
		while (read(pipes[0], &visit, sizeof visit) == sizeof visit) {
			acknowledged++;
			last = visit;
		}
		waitpid(child, &status, 0);
		close(pipes[0]);
	}
	struct store *store = open_store(&f);
	g_assert_null(store_set_aside(store));
	g_assert_true(store_close(store, 5000));
	storage_check(f.path);
	int64_t whole = storage_number(
		f.path, "SELECT count(*) FROM visit WHERE outcome = 'completed' AND "
			"(SELECT count(*) FROM answer WHERE visit = n) = 3");
	g_test_message("%d visits acknowledged, the last is %u", (int)acknowledged, last);
	g_assert_cmpint(whole, >=, acknowledged);
	g_assert_cmpint(whole, <=, acknowledged + 20);
	storage_clear(&f);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/store/killed", test_killed);
	g_test_add_func("/store/life-of-a-visit", test_life_of_a_visit);
	g_test_add_func("/store/queue-past", test_queue_past);
	g_test_add_func("/store/second-is-refused", test_second_is_refused);
	g_test_add_func("/store/repetition-changes-nothing",
			test_repetition_changes_nothing);
	g_test_add_func("/store/answer-is-replaced", test_answer_is_replaced);
	g_test_add_data_func("/store/facts/number", GINT_TO_POINTER(KEEP_NUMBER),
			     test_facts);
	g_test_add_data_func("/store/facts/token", GINT_TO_POINTER(KEEP_TOKEN),
			     test_facts);
	g_test_add_data_func("/store/facts/none", GINT_TO_POINTER(KEEP_NONE), test_facts);
	g_test_add_func("/store/backlog", test_backlog);
	g_test_add_func("/store/wording", test_wording);
	g_test_add_func("/store/quota", test_quota);
	g_test_add_func("/store/busy", test_busy);
	return g_test_run();
}
