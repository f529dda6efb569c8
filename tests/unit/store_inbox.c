/* store_inbox: what comes down is written in pieces, and the terminal's saves go between them */
#include <glib.h>
#include <sqlite3.h>
#include <string.h>

#include "store/inbox.h"
#include "tests/lib/storage.h"

#define PAGE_CARDS 5000 /* as they come from the server */
#define CARDS      100000

/* ---- every writing transaction of one thread, as SQLite commits it ---------------------- */

struct commits {
	GThread *thread; /* whose; atomic */
	sqlite3 *db;
	sqlite3_int64 changes; /* up to the last commit */
	int transactions, largest;
};

static struct commits commits;

/* SQLite refuses nothing: 0. */
static int on_commit(void *self)
{
	sqlite3 *db = self;

	if (g_atomic_pointer_get(&commits.thread) != g_thread_self())
		return 0;
	if (commits.db != db) {
		commits.db = db;
		commits.changes = 0;
	}
	int n = (int)(sqlite3_total_changes64(db) - commits.changes);
	commits.changes = sqlite3_total_changes64(db);
	commits.transactions++;
	commits.largest = MAX(commits.largest, n);
	return 0;
}

static int on_open(sqlite3 *db, char **why, const struct sqlite3_api_routines *api)
{
	(void)why;
	(void)api;
	sqlite3_commit_hook(db, on_commit, db);
	return SQLITE_OK;
}

/* ---- the cards -------------------------------------------------------------------------- */

static void fill(struct inbox_card *cards, unsigned first, int32_t day)
{
	for (unsigned i = 0; i < PAGE_CARDS; i++) {
		g_autofree char *text = g_strdup_printf("card %u", first + i);
		g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_MD5, text,
								     -1);

		cards[i] = (struct inbox_card){.answered_day = day};
		memcpy(cards[i].pseudonym, sum, sizeof(cards[i].pseudonym));
	}
}

struct fetch {
	const char *path;
	gint done; /* atomic */
};

/* What recent.c does with 20 pages; and then all are too old. */
static gpointer fetch(gpointer self)
{
	struct fetch *f = self;
	g_autoptr(GError) error = NULL;
	struct inbox *inbox = inbox_open(f->path, &error);
	g_autofree struct inbox_card *cards = g_new0(struct inbox_card, PAGE_CARDS);

	g_assert_no_error(error);
	g_atomic_pointer_set(&commits.thread, g_thread_self());
	for (unsigned first = 0; first < CARDS; first += PAGE_CARDS) {
		fill(cards, first, 20000);
		g_assert_true(inbox_recent(inbox, cards, PAGE_CARDS, "then", &error));
	}
	g_atomic_int_set(&f->done, 1);
	inbox_close(inbox);
	return NULL;
}

/* A customer after the other, each waiting until the store has him.  Returns how many were whole
 * before the fetch was; *SIGHTS: how often the table stood somewhere else between. */
static int serve(struct storage *s, struct store *store, struct fetch *f, int *sights)
{
	int64_t before = 0;
	int visits = 0;

	*sights = 0;
	for (uint32_t i = 0; g_atomic_int_get(&f->done) == 0; i++) {
		storage_whole(s, store, i);
		g_assert_true(storage_wait(s, store, 60000));
		int64_t now = storage_number(f->path, "SELECT count(*) FROM recent_card");
		*sights += now > before && now < CARDS;
		visits += g_atomic_int_get(&f->done) == 0;
		before = now;
	}
	return visits;
}

static void test_beside_the_terminal(void)
{
	g_autoptr(GError) error = NULL;
	struct storage s;
	struct fetch f;
	int sights;

	storage_init(&s, NULL);
	struct store *store = store_open(&s.options, &error);
	g_assert_no_error(error);
	f = (struct fetch){.path = s.path};
	GThread *thread = g_thread_new("fetch", fetch, &f);
	int visits = serve(&s, store, &f, &sights);
	g_thread_join(thread);
	g_test_message("%d transactions, %d visits between, %d sights",
		       commits.transactions, visits, sights);
	/* none took more than a piece, and the store had its turn again and again */
	g_assert_cmpint(commits.largest, <=, INBOX_PIECE);
	g_assert_cmpint(commits.transactions, >=, CARDS / INBOX_PIECE);
	g_assert_cmpint(visits, >=, 5);
	g_assert_cmpint(sights, >=, 5);
	g_assert_cmpint(storage_number(s.path, "SELECT count(*) FROM recent_card"), ==,
			CARDS);
	g_assert_true(store_close(store, 5000));
	storage_check(s.path);
	storage_clear(&s);
}

static void test_forget(void)
{
	g_autofree struct inbox_card *cards = g_new0(struct inbox_card, PAGE_CARDS);
	g_autoptr(GError) error = NULL;
	struct storage s;

	storage_init(&s, NULL);
	struct store *store = store_open(&s.options, &error);
	g_assert_no_error(error);
	g_assert_true(store_close(store, 5000));
	struct inbox *inbox = inbox_open(s.path, &error);
	g_assert_no_error(error);
	fill(cards, 0, 19000);
	g_assert_true(inbox_recent(inbox, cards, PAGE_CARDS, "then", &error));
	fill(cards, PAGE_CARDS, 20000);
	g_assert_true(inbox_recent(inbox, cards, PAGE_CARDS, "now", &error));
	memset(&commits, 0, sizeof(commits));
	g_atomic_pointer_set(&commits.thread, g_thread_self());
	g_assert_true(inbox_forget(inbox, 19500, &error));
	g_assert_cmpint(commits.transactions, >=, PAGE_CARDS / INBOX_PIECE);
	inbox_close(inbox);
	g_assert_cmpint(storage_number(s.path, "SELECT count(*) FROM recent_card"), ==,
			PAGE_CARDS);
	g_assert_cmpint(storage_number(s.path, "SELECT count(*) FROM recent_card"
					       " WHERE answered_day = 20000"),
			==, PAGE_CARDS);
	storage_clear(&s);
}

/* Of the new key's server nothing was fetched yet. */
static void test_another_key(void)
{
	static const uint8_t one[INBOX_KEY_BYTES] = {1}, other[INBOX_KEY_BYTES] = {2};
	struct inbox_card card = {.answered_day = 20000};
	g_autoptr(GError) error = NULL;
	struct inbox_chain chain;
	struct storage s;

	storage_init(&s, NULL);
	struct store *store = store_open(&s.options, &error);
	g_assert_no_error(error);
	g_assert_true(store_close(store, 5000));
	struct inbox *inbox = inbox_open(s.path, &error);
	g_assert_no_error(error);
	g_assert_true(inbox_key(inbox, KEEP_NUMBER, one, &error));
	g_assert_true(inbox_recent(inbox, &card, 1, "then", &error));
	g_assert_true(inbox_chain(inbox, &chain, &error));
	g_assert_cmpstr(chain.since, ==, "then");
	g_assert_true(inbox_key(inbox, KEEP_NUMBER, other, &error));
	g_assert_true(inbox_chain(inbox, &chain, &error));
	g_assert_cmpint(memcmp(chain.key, other, sizeof(other)), ==, 0);
	g_assert_cmpstr(chain.since, ==, "");
	inbox_close(inbox);
	storage_clear(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_assert_cmpint(sqlite3_auto_extension((void (*)(void))on_open), ==, SQLITE_OK);
	g_test_add_func("/inbox/beside-the-terminal", test_beside_the_terminal);
	g_test_add_func("/inbox/forget", test_forget);
	g_test_add_func("/inbox/another-key", test_another_key);
	return g_test_run();
}
