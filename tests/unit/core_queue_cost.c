/* What asking costs the queue: the figure, and asking less when it is too much. */
#include "core/queue_cost.h"

#include <glib.h>

#include "tests/lib/counter_script.h"

static struct dice dice;

static void seed(void)
{
	const uint8_t bytes[32] = {7};

	dice_seed(&dice, bytes);
}

/* One sale of GROUP, and PAUSE_MS later the next one. */
static void add(struct queue_cost *q, enum queue_group group, int64_t pause_ms)
{
	queue_cost_paid(q, group, 1000);
	queue_cost_begun(q, 1000, &dice, 1000 + pause_ms);
}

/* N sales of each group; asked ones cost COST_MS more. */
static void shop(struct queue_cost *q, int n, int cost_ms)
{
	for (int i = 0; i < n; i++) {
		int pause = 4000 + (int)dice_below(&dice, 4000);

		add(q, QUEUE_HELD_OUT, pause);
		add(q, QUEUE_ASKED, pause + cost_ms);
	}
}

/* Nearest rank: of 20 the 10th and the 19th. */
static void test_figure(void)
{
	struct queue_cost q;

	seed();
	queue_cost_init(&q);
	for (int i = 1; i <= 20; i++) {
		g_assert_false(q.figure.known);
		add(&q, QUEUE_ASKED, i * 1000);
		add(&q, QUEUE_HELD_OUT, i * 100);
	}
	g_assert_true(q.figure.known);
	g_assert_cmpint(q.figure.p50_ms[QUEUE_ASKED], ==, 10000);
	g_assert_cmpint(q.figure.p95_ms[QUEUE_ASKED], ==, 19000);
	g_assert_cmpint(q.figure.p50_ms[QUEUE_HELD_OUT], ==, 1000);
	g_assert_cmpint(q.figure.cost_ms, ==, 9000);
	g_assert_cmpint(q.figure.low_ms, <, 9000);
	g_assert_cmpint(q.figure.low_ms, >, 3000);
	g_assert_cmpint(q.figure.high_ms, >, 9000);
	g_assert_cmpint(q.figure.high_ms, <, 16000);
}

/* A restart knows what was known, and steers by it with the next time. */
static void test_recall(void)
{
	static struct queue_past past;
	struct queue_cost before, q;

	seed();
	queue_cost_init(&before);
	for (int i = 0; i < QUEUE_TIMES_MAX + 30; i++) {
		add(&before, QUEUE_ASKED, 9000 + i);
		add(&before, QUEUE_HELD_OUT, 4000 + i);
		before.fresh = 0; /* it does not steer */
	}
	for (int i = 0; i < QUEUE_TIMES_MAX; i++) {
		past.ms[QUEUE_ASKED][i] = 9000 + QUEUE_TIMES_MAX + 29 - i;
		past.ms[QUEUE_HELD_OUT][i] = 4000 + QUEUE_TIMES_MAX + 29 - i;
	}
	past.n[QUEUE_ASKED] = past.n[QUEUE_HELD_OUT] = QUEUE_TIMES_MAX;
	queue_cost_init(&q);
	queue_cost_recall(&q, &past, &dice);
	g_assert_true(q.figure.known);
	g_assert_cmpint(q.figure.cost_ms, ==, before.figure.cost_ms);
	g_assert_cmpint(q.figure.p95_ms[QUEUE_ASKED], ==,
			before.figure.p95_ms[QUEUE_ASKED]);
	g_assert_cmpuint(q.percent, ==, 100);
	add(&q, QUEUE_ASKED, 500); /* in place of the oldest */
	g_assert_cmpuint(q.percent, ==, 50);
	queue_cost_init(&q);
	past.n[QUEUE_ASKED] = QUEUE_LEAST - 1;
	queue_cost_recall(&q, &past, &dice);
	g_assert_false(q.figure.known);
	g_assert_cmpuint(q.figure.n[QUEUE_ASKED], ==, QUEUE_LEAST - 1);
}

/* Nobody waited, or it says nothing. */
static void test_does_not_count(void)
{
	struct queue_cost q;

	seed();
	queue_cost_init(&q);
	add(&q, QUEUE_ASKED, QUEUE_PAUSE_MAX_MS + 1);
	add(&q, QUEUE_NEITHER, 1000);
	queue_cost_begun(&q, 1000, &dice, 5000); /* none was paid */
	g_assert_cmpint(q.times[QUEUE_ASKED].n, ==, 0);
	add(&q, QUEUE_ASKED, QUEUE_PAUSE_MAX_MS);
	g_assert_cmpint(q.times[QUEUE_ASKED].n, ==, 1);
}

static void test_within_budget(void)
{
	struct queue_cost q;

	seed();
	queue_cost_init(&q);
	shop(&q, 400, 500);
	g_assert_cmpint(q.percent, ==, 100);
	g_assert_cmpint(q.times[QUEUE_ASKED].n, ==, QUEUE_TIMES_MAX);
}

/* Down by halves while the interval lies above the budget, up again when it does not. */
static void test_steers(void)
{
	struct queue_cost q;
	int asked = 0;

	seed();
	queue_cost_init(&q);
	shop(&q, QUEUE_LEAST + 1, 10000);
	g_assert_cmpint(q.percent, ==, 50);
	for (int i = 0; i < 1000; i++)
		asked += queue_cost_asks(&q, &dice);
	g_assert_cmpint(asked, >, 420);
	g_assert_cmpint(asked, <, 580);
	shop(&q, 200, 10000);
	g_assert_cmpint(q.percent, ==, QUEUE_PERCENT_MIN);
	shop(&q, QUEUE_LEAST, 0);
	shop(&q, 100, 0);
	g_assert_cmpint(q.percent, ==, 100);
}

/* In the counter: measured from paid to the next sale, reason `budget`. */
static void test_counter(void)
{
	static struct counter_fixture f;
	const char *rows;
	int budget = 0;

	fixture_init(&f);
	fixture_shop(&f);
	f.rules.offer = OFFER_TOTAL;
	f.rules.holdout_percent = 50;
	f.rules.queue_budget_ms = 1000;
	fixture_start(&f, 1);
	for (int i = 0; i < 200; i++) {
		till(&f, "BEGUN");
		till(&f, "SHOWN total=100");
		bool asked = f.page.kind == PAGE_QUESTION;

		till(&f, "PAID");
		advance_ms(&f, asked ? 9000 : 6000);
		rows = fixture_rows(&f);
		budget += strstr(rows, "not_asked/budget") != NULL;
	}
	g_assert_cmpint(counter_queue(&f.counter)->percent, <, 100);
	g_assert_cmpint(budget, >, 10);
}

/* Each time is stored, with its group, when the next sale begins; a pause is no queue. */
static void test_is_stored(void)
{
	static struct counter_fixture f;

	fixture_init(&f);
	fixture_shop(&f);
	f.rules.holdout_percent = 100;
	fixture_start(&f, 1);
	till(&f, "PAY total=100");
	till(&f, "PAID");
	advance_ms(&f, 7000);
	g_assert_cmpuint(f.queue_times, ==, 0);
	till(&f, "PAY total=200");
	g_assert_cmpuint(f.queue_times, ==, 1);
	g_assert_cmpint(f.last_queue_time.milliseconds, ==, 7000);
	g_assert_true(f.last_queue_time.held_out);
	f.rules.holdout_percent = 0;
	till(&f, "PAID");
	advance_ms(&f, QUEUE_PAUSE_MAX_MS + 1000);
	till(&f, "PAY total=300"); /* asked */
	g_assert_cmpuint(f.queue_times, ==, 1);
	till(&f, "PAID");
	advance_ms(&f, 3000);
	till(&f, "PAY total=400");
	g_assert_cmpuint(f.queue_times, ==, 2);
	g_assert_cmpint(f.last_queue_time.milliseconds, ==, 3000);
	g_assert_false(f.last_queue_time.held_out);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/queue-cost/figure", test_figure);
	g_test_add_func("/core/queue-cost/recall", test_recall);
	g_test_add_func("/core/queue-cost/does-not-count", test_does_not_count);
	g_test_add_func("/core/queue-cost/within-budget", test_within_budget);
	g_test_add_func("/core/queue-cost/steers", test_steers);
	g_test_add_func("/core/queue-cost/counter", test_counter);
	g_test_add_func("/core/queue-cost/is-stored", test_is_stored);
	return g_test_run();
}
