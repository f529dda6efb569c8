/* Recent cards: up as news, down as days (inbox.h). */
#include "store/inbox_parts.h"

#include <stdlib.h>
#include <string.h>

#include "core/rows.h"
#include "store/keep.h"

#define TRANSACTION_US 20000
#define PAUSE_US       5000 /* at least */
#define PAUSE_MOST_US  1000000
#define FORGET_MOST    INBOX_PIECE

static int32_t day_of(sqlite3_stmt *s, int column)
{
	bool never = sqlite3_column_type(s, column) == SQLITE_NULL;

	return never ? DAY_NEVER : sqlite3_column_int(s, column);
}

static void bind_day(struct binding *q, int32_t day)
{
	if (day == DAY_NEVER)
		bind_null(q);
	else
		bind_int(q, day);
}

static bool run(struct inbox *b, const struct binding *q)
{
	return database_run(&b->database, q->statement) == SQLITE_OK;
}

static bool end(struct inbox *b, sqlite3_stmt *s, GError **error)
{
	return database_end(&b->database, s) == SQLITE_OK ||
	       inbox_failed(b, "reading the database", error);
}

bool inbox_chain(struct inbox *b, struct inbox_chain *out, GError **error)
{
	sqlite3_stmt *s = database_query(&b->database, QUERY_central_get);

	G_STATIC_ASSERT(INBOX_KEY_BYTES == KEEP_SECRET_BYTES);
	*out = (struct inbox_chain){0};
	if (sqlite3_step(s) == SQLITE_ROW) {
		const char *since = (const char *)sqlite3_column_text(s, 3);

		out->has_key = sqlite3_column_bytes(s, 2) == INBOX_KEY_BYTES;
		if (out->has_key)
			memcpy(out->key, sqlite3_column_blob(s, 2), INBOX_KEY_BYTES);
		g_strlcpy(out->since, since != NULL ? since : "", sizeof out->since);
	}
	return end(b, s, error);
}

bool inbox_key(struct inbox *b, enum keep_mode mode, const uint8_t key[INBOX_KEY_BYTES],
	       GError **error)
{
	if (!inbox_begin(b, error))
		return false;
	struct binding q = {database_query(&b->database, QUERY_central_key), 0};
	bind_blob(&q, key, INBOX_KEY_BYTES);
	bool fine = run(b, &q) &&
		    (mode != KEEP_TOKEN ||
		     database_do(&b->database, QUERY_card_news_clear) == SQLITE_OK);
	return inbox_finish(b, fine, error);
}

bool inbox_news(struct inbox *b, const char *after, struct inbox_card *cards, unsigned n,
		unsigned *found, GError **error)
{
	struct binding q = {database_query(&b->database, QUERY_card_news), 0};

	*found = 0;
	bind_always(&q, after);
	bind_int(&q, n);
	while (sqlite3_step(q.statement) == SQLITE_ROW) {
		struct inbox_card *c = &cards[(*found)++];

		g_strlcpy(c->card, (const char *)sqlite3_column_text(q.statement, 0),
			  sizeof c->card);
		c->answered_day = day_of(q.statement, 1);
		c->declined_day = day_of(q.statement, 2);
	}
	return end(b, q.statement, error);
}

/* ---- in small steps --------------------------------------------------------------------- */

typedef bool step_fn(struct inbox *b, const struct inbox_card *card);

/* STEP for each of N cards, in transactions that hold nobody up. */
static bool each(struct inbox *b, const struct inbox_card *cards, unsigned n,
		 step_fn *step, GError **error)
{
	gint64 took = 0;

	for (unsigned i = 0; i < n;) {
		if (i > 0)
			g_usleep((gulong)MAX(took, PAUSE_US));
		if (!inbox_begin(b, error))
			return false;
		gint64 began = g_get_monotonic_time();
		bool fine = true;
		for (unsigned end = MIN(n, i + INBOX_PIECE);
		     fine && i < end && g_get_monotonic_time() - began < TRANSACTION_US;)
			fine = step(b, &cards[i++]);
		if (!inbox_finish(b, fine, error))
			return false;
		took = MIN(g_get_monotonic_time() - began, PAUSE_MOST_US);
	}
	return true;
}

static bool is_known(struct inbox *b, const struct inbox_card *card)
{
	struct binding q = {database_query(&b->database, QUERY_card_news_known), 0};

	bind_always(&q, card->card);
	bind_day(&q, card->answered_day);
	bind_day(&q, card->declined_day);
	return run(b, &q);
}

static bool put(struct inbox *b, const struct inbox_card *card)
{
	struct binding q = {database_query(&b->database, QUERY_recent_put), 0};

	bind_blob(&q, card->pseudonym, sizeof card->pseudonym);
	bind_day(&q, card->answered_day);
	bind_day(&q, card->declined_day);
	return run(b, &q);
}

static bool drop(struct inbox *b, const struct inbox_card *card)
{
	struct binding q = {database_query(&b->database, QUERY_recent_drop), 0};

	bind_blob(&q, card->pseudonym, sizeof card->pseudonym);
	return run(b, &q);
}

bool inbox_news_known(struct inbox *b, const struct inbox_card *cards, unsigned n,
		      GError **error)
{
	return each(b, cards, n, is_known, error);
}

static int by_pseudonym(const void *a, const void *b)
{
	return memcmp(((const struct inbox_card *)a)->pseudonym,
		      ((const struct inbox_card *)b)->pseudonym, INBOX_PSEUDONYM_BYTES);
}

/* They come in the order of time, which is none in the table: neighbours share its pages, and a
 * piece writes a few of them instead of all. */
bool inbox_recent(struct inbox *b, struct inbox_card *cards, unsigned n,
		  const char *since, GError **error)
{
	qsort(cards, n, sizeof cards[0], by_pseudonym);
	if (!each(b, cards, n, put, error) || !inbox_begin(b, error))
		return false;
	struct binding q = {database_query(&b->database, QUERY_recent_mark), 0};
	bind_always(&q, since);
	return inbox_finish(b, run(b, &q), error);
}

/* At most N of those before DAY; read outside of a writing transaction: it looks at all. */
static bool read_old(struct inbox *b, int32_t day, struct inbox_card *cards, unsigned n,
		     unsigned *found, GError **error)
{
	struct binding q = {database_query(&b->database, QUERY_recent_old), 0};

	*found = 0;
	bind_int(&q, day);
	bind_int(&q, n);
	while (sqlite3_step(q.statement) == SQLITE_ROW)
		memcpy(cards[(*found)++].pseudonym, sqlite3_column_blob(q.statement, 0),
		       INBOX_PSEUDONYM_BYTES);
	return end(b, q.statement, error);
}

bool inbox_forget(struct inbox *b, int32_t day, GError **error)
{
	g_autofree struct inbox_card *cards = g_new0(struct inbox_card, FORGET_MOST);
	unsigned found;

	do {
		if (!read_old(b, day, cards, FORGET_MOST, &found, error) ||
		    !each(b, cards, found, drop, error))
			return false;
	} while (found == FORGET_MOST);
	return true;
}
