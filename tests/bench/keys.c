/* A key -> the next question painted, quiet and beside other work; the last key -> thanks.
 *
 * Equal: the keys and their pace, the terminal, the text of every page, and with floor_commit
 * the rows and transactions behind them.  Not equal: a floor has no colours; its next customer
 * comes by a key instead of the till's socket, and neither is measured.  What works beside the
 * product works beside the floor too, on the product's database.
 */
#include <glib.h>

#include "tests/bench/beside.h"
#include "tests/bench/bench.h"
#include "tests/bench/round.h"
#include "tests/bench/sample.h"
#include "tests/bench/side.h"
#include "tests/lib/storage.h"

#define FILLED 10000

struct keys {
	struct shop shop;
	struct side ours, page, commit;
	struct storage behind; /* the database of floor_commit */
	char *pictures;
};

static void open_keys(struct keys *k, const struct bench *bench)
{
	side_shop(&k->shop, bench, NULL);
	beside_fill(k->shop.database, FILLED);
	k->ours.shop = &k->shop;
	k->ours.term = shop_run(&k->shop);
	side_take_pictures(&k->ours);
	k->pictures = side_write_pictures(&k->ours);
	storage_init(&k->behind, NULL);
	beside_fill(k->behind.path, FILLED);
	k->page.term = side_floor(bench, "floor_page", k->pictures, NULL);
	k->commit.term = side_floor(bench, "floor_commit", k->pictures, k->behind.folder);
	term_expect(k->page.term, SHOP_FIRST, 5000);
	term_expect(k->commit.term, SHOP_FIRST, 5000);
	side_copy_pictures(&k->page, &k->ours);
	side_copy_pictures(&k->commit, &k->ours);
}

/* A floor stands on the first question; the others have answered all. */
static void warm_up(struct keys *k)
{
	for (int i = 0; i < SIDE_QUESTIONS; i++) {
		side_answer(&k->page, i);
		side_answer(&k->commit, i);
	}
	round_of(&k->ours, ROUND_WARM_UPS, NULL);
	round_of(&k->page, ROUND_WARM_UPS, NULL);
	round_of(&k->commit, ROUND_WARM_UPS, NULL);
}

static void close_keys(struct keys *k)
{
	shop_stop(k->ours.term);
	term_free(k->page.term);
	term_free(k->commit.term);
	side_clear(&k->ours);
	side_clear(&k->page);
	side_clear(&k->commit);
	shop_close(&k->shop);
	storage_clear(&k->behind);
	g_free(k->pictures);
}

static void quiet(const struct bench *bench, struct keys *k)
{
	struct times ours = {0}, page = {0}, commit = {0};

	for (int i = 0; i < bench->rounds; i++) {
		round_of(&k->ours, ROUND_VISITS, &ours);
		round_of(&k->page, ROUND_VISITS, &page);
		round_of(&k->commit, ROUND_VISITS, &commit);
	}
	sample_at_most_times("key -> next question, p50", &ours.next50, &page.next50, 1,
			     "us", 1.2);
	sample_at_most_times("key -> next question, p99", &ours.next99, &page.next99, 1,
			     "us", 1.5);
	sample_at_most_times("last key -> durable -> thanks, p50", &ours.last50,
			     &commit.last50, 1, "us", 1.2);
	sample_note("last key -> durable -> thanks, p99", &ours.last99, &commit.last99, 1,
		    "us");
}

static void beside(const struct bench *bench, struct keys *k, const char *what,
		   pid_t (*work)(const struct shop *))
{
	pid_t pid = work(&k->shop);

	round_beside(bench, &k->ours, &k->page, what);
	beside_stop(pid);
}

void bench_keys(const struct bench *bench)
{
	static struct keys k;

	open_keys(&k, bench);
	warm_up(&k);
	quiet(bench, &k);
	beside(bench, &k, "an export", beside_export);
	beside(bench, &k, "checkpoints", beside_checkpoint);
	close_keys(&k);
}
