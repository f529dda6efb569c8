/* Memory after 10,000 visits, and the start on the database that they left.
 *
 * The floor is floor_survey: three questions and the thanks, each answer a transaction.  Equal:
 * the number of visits and of answers, all by keys through the terminal, each answer waited for.
 * Not equal: at the product a sale comes through the socket before each visit and a card is
 * swiped in every fifth; its pages are full, the floor's have two lines.
 *
 * Pss shares the pages of a library among those who have it mapped, which this program and
 * others on the machine do; Rss counts them whole and is told beside it.  Since the share moves
 * with the others, growth is what Rss gained, against the Pss.
 */
#include <glib.h>
#include <string.h>

#include "tests/bench/bench.h"
#include "tests/bench/sample.h"
#include "tests/bench/side.h"

#define VISITS_FIRST 1000
#define VISITS       10000
#define STARTS       20 /* a round */

struct memory {
	long pss_kb, rss_kb;
	long first_rss_kb; /* after VISITS_FIRST */
};

static const char *const page_text[] = {SHOP_FIRST, SHOP_SECOND, SHOP_THIRD, "are saved"};

static void type(struct side *side, int i)
{
	term_send(side->term, side_key[i]);
	side_wait(side->term, g_get_monotonic_time(), page_text[i + 1]);
}

static void swipe(struct side *side)
{
	g_autofree char *bytes = g_strdup_printf(";964300100000%04u=25120000000?\r\x03",
						 side->customers % 10000);
	g_autofree char *mask = g_strdup_printf("*%04u", side->customers % 10000);

	fake_device_send(&side->shop->device, bytes, strlen(bytes));
	side_wait(side->term, g_get_monotonic_time(), mask);
}

/* A card's visit says so on its pages: those are waited for by their questions. */
static void product_visit(struct side *side, int visit)
{
	side_next_customer(side);
	if (visit % 5 == 4)
		swipe(side);
	for (int i = 0; i < SIDE_QUESTIONS; i++)
		if (visit % 5 == 4)
			type(side, i);
		else
			side_answer(side, i);
}

static void floor_visit(struct side *side, int visit)
{
	(void)visit;
	for (int i = 0; i < SIDE_QUESTIONS; i++)
		type(side, i);
	term_send(side->term, "p");
	side_wait(side->term, g_get_monotonic_time(), page_text[0]);
}

static void drive(struct side *side, void (*visit)(struct side *, int),
		  struct memory *memory)
{
	pid_t pid = term_pid(side->term);

	for (int i = 0; i < VISITS; i++) {
		visit(side, i);
		if (i + 1 == VISITS_FIRST)
			memory->first_rss_kb = side_memory_kb(pid, "Rss");
	}
	term_run(side->term, 500);
	memory->pss_kb = side_memory_kb(pid, "Pss");
	memory->rss_kb = side_memory_kb(pid, "Rss");
}

static void tell_memory(const struct memory *ours, const struct memory *theirs)
{
	struct rounds a = {1, {(double)ours->pss_kb}}, b = {1, {(double)theirs->pss_kb}};
	long grown_kb = ours->rss_kb - ours->first_rss_kb;

	if (ours->pss_kb < 0 || theirs->pss_kb < 0) {
		sample_unknown("memory: only root may read that of a protected program");
		return;
	}
	sample_at_most_times("memory (Pss) after 10,000 visits", &a, &b, 0.001, "MB", 2);
	sample_at_most("growth from visit 1,000 to 10,000",
		       100.0 * (double)grown_kb / (double)ours->pss_kb, "%", 1);
	a.value[0] = (double)ours->rss_kb;
	b.value[0] = (double)theirs->rss_kb;
	sample_note("memory with libraries whole (Rss)", &a, &b, 0.001, "MB");
}

static double start_ours(struct shop *shop)
{
	gint64 begun = g_get_monotonic_time();
	struct term *term = shop_start(shop);
	double us = side_wait(term, begun, "Press a number");

	term_run(term, 20);
	shop_stop(term);
	return us;
}

static double start_theirs(const struct bench *bench, const char *database)
{
	gint64 begun = g_get_monotonic_time();
	struct term *term = side_floor(bench, "floor_survey", database, NULL);
	double us = side_wait(term, begun, "Press a number");

	term_run(term, 20);
	term_free(term);
	return us;
}

static void compare_starts(const struct bench *bench, struct shop *shop,
			   const char *database)
{
	static struct samples ours, theirs;
	struct rounds product = {0}, floor = {0};

	for (int i = 0; i < bench->rounds; i++) {
		ours.n = theirs.n = 0;
		for (int k = 0; k < STARTS; k++) {
			sample_add(&ours, start_ours(shop));
			sample_add(&theirs, start_theirs(bench, database));
		}
		sample_round(&product, sample_percentile(&ours, 50));
		sample_round(&floor, sample_percentile(&theirs, 50));
	}
	sample_at_most_times("start -> first question, p50", &product, &floor, 0.001,
			     "ms", 2);
}

void bench_survey(const struct bench *bench)
{
	struct memory ours = {0}, theirs = {0};
	struct shop shop;
	g_autofree char *database = NULL;
	struct side product = {.shop = &shop}, floor = {0};

	side_shop(&shop, bench, NULL);
	database = g_build_filename(shop.folder, "floor.db", NULL);
	product.term = shop_run(&shop);
	side_take_pictures(&product);
	drive(&product, product_visit, &ours);
	shop_stop(product.term);
	floor.term = side_floor(bench, "floor_survey", database, NULL);
	term_expect(floor.term, page_text[0], 5000);
	drive(&floor, floor_visit, &theirs);
	term_free(floor.term);
	tell_memory(&ours, &theirs);
	compare_starts(bench, &shop, database);
	side_clear(&product);
	shop_close(&shop);
}
