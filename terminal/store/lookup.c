#include "store/lookup.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "store/database.h"
#include "store/keep.h"

struct lookup {
	const struct store_options *options;
	int notify;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t wake;
	bool stop, reopen, asked, answered; /* from here on held by the mutex */
	const struct questionnaire *questionnaire;
	uint32_t lookup;
	int32_t today;
	char card[CARD_NUMBER_MAX + 1];
	uint32_t answered_lookup;
	struct card_facts answer;
	struct database database;          /* the thread's own */
	uint8_t secret[KEEP_SECRET_BYTES]; /* of tokens, as the writer's */
	bool has_key;
	uint8_t key[KEEP_SECRET_BYTES]; /* the chain's */
};

/* The chain's key may come down at any time. */
static void look_for_key(struct lookup *l)
{
	sqlite3_stmt *s = database_query(&l->database, QUERY_central_get);
	if (sqlite3_step(s) == SQLITE_ROW &&
	    sqlite3_column_bytes(s, 2) == KEEP_SECRET_BYTES) {
		memcpy(l->key, sqlite3_column_blob(s, 2), KEEP_SECRET_BYTES);
		l->has_key = true;
	}
	database_end(&l->database, s);
}

/* A question that cannot be answered now (no file, damaged, busy) is "not known"; the next one
 * tries again on a new connection. */
static bool is_open(struct lookup *l)
{
	if (l->database.db != NULL)
		return true;
	if (database_open(&l->database, l->options->path, DATABASE_READ, NULL) !=
	    SQLITE_OK)
		return false;
	sqlite3_stmt *s = database_query(&l->database, QUERY_meta_get);
	bool found = sqlite3_step(s) == SQLITE_ROW &&
		     sqlite3_column_bytes(s, 1) == KEEP_SECRET_BYTES;
	if (found)
		memcpy(l->secret, sqlite3_column_blob(s, 1), KEEP_SECRET_BYTES);
	if (database_end(&l->database, s) == SQLITE_OK && found) {
		look_for_key(l);
		if (l->has_key)
			memcpy(l->secret, l->key, KEEP_SECRET_BYTES);
		return true;
	}
	database_close(&l->database);
	return false;
}

static int32_t day_column(sqlite3_stmt *s, int column)
{
	bool never = sqlite3_column_type(s, column) == SQLITE_NULL;
	return never ? DAY_NEVER : sqlite3_column_int(s, column);
}

static int read_questions(struct lookup *l, const struct questionnaire *all,
			  const char *card, struct card_facts *facts)
{
	struct binding b = {database_query(&l->database, QUERY_card_question_facts), 0};
	bind_always(&b, card);
	while (sqlite3_step(b.statement) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(b.statement, 0);
		for (int i = 0; name != NULL && i < all->count; i++)
			if (strcmp(all->question[i].name, name) == 0)
				facts->question_day[i] = sqlite3_column_int(b.statement,
									    1);
	}
	return database_end(&l->database, b.statement);
}

static int read_card(struct lookup *l, const struct questionnaire *all, const char *card,
		     int32_t today, struct card_facts *facts)
{
	struct binding b = {database_query(&l->database, QUERY_card_facts), 0};
	bind_always(&b, card);
	if (sqlite3_step(b.statement) == SQLITE_ROW) {
		facts->known = true;
		facts->last_seen_day = sqlite3_column_int(b.statement, 0);
		if (facts->last_seen_day == today)
			facts->swipes_today = (uint16_t)MIN(
				sqlite3_column_int(b.statement, 1), UINT16_MAX);
		facts->last_answered_day = day_column(b.statement, 2);
		facts->last_declined_day = day_column(b.statement, 3);
	}
	int rc = database_end(&l->database, b.statement);
	return rc == SQLITE_OK && facts->known ? read_questions(l, all, card, facts) : rc;
}

/* What other tills of the chain know of it: asked there is asked. */
static int read_recent(struct lookup *l, const char *number, struct card_facts *facts)
{
	uint8_t pseudonym[KEEP_PSEUDONYM];
	if (!l->has_key)
		look_for_key(l);
	if (!l->has_key)
		return SQLITE_OK;
	keep_pseudonym(l->key, number, pseudonym);
	struct binding b = {database_query(&l->database, QUERY_recent_get), 0};
	bind_blob(&b, pseudonym, sizeof pseudonym);
	if (sqlite3_step(b.statement) == SQLITE_ROW) {
		int32_t answered = day_column(b.statement, 0);
		int32_t declined = day_column(b.statement, 1);
		facts->known = true;
		facts->last_answered_day = MAX(facts->last_answered_day, answered);
		facts->last_declined_day = MAX(facts->last_declined_day, declined);
		facts->last_seen_day = MAX(facts->last_seen_day, MAX(answered, declined));
	}
	return database_end(&l->database, b.statement);
}

static void look_up(struct lookup *l, const struct questionnaire *all, const char *number,
		    int32_t today, struct card_facts *facts)
{
	char card[KEEP_CARD_MAX], mask[6];
	memset(facts, 0, sizeof *facts);
	if (!is_open(l))
		return;
	keep_card(l->options->keep, l->secret, number, card, mask);
	if (*card != '\0' && (read_card(l, all, card, today, facts) != SQLITE_OK ||
			      read_recent(l, number, facts) != SQLITE_OK)) {
		memset(facts, 0, sizeof *facts);
		database_close(&l->database);
	}
}

static void notify(struct lookup *l)
{
	uint64_t one = 1;
	if (write(l->notify, &one, sizeof one) < 0)
		g_info("the main loop is behind"); /* the counter is full: readable already */
}

static void *serve(void *self)
{
	struct lookup *l = self;
	is_open(l); /* the first card does not wait for it */
	pthread_mutex_lock(&l->mutex);
	while (!l->stop) {
		char card[CARD_NUMBER_MAX + 1];
		struct card_facts facts;
		bool asked = l->asked, reopen = l->reopen;
		const struct questionnaire *all = l->questionnaire;
		uint32_t lookup = l->lookup;
		int32_t today = l->today;
		if (!asked && !reopen) {
			pthread_cond_wait(&l->wake, &l->mutex);
			continue;
		}
		l->asked = l->reopen = false;
		memcpy(card, l->card, sizeof card);
		pthread_mutex_unlock(&l->mutex);
		if (reopen && l->database.db != NULL)
			database_close(&l->database);
		if (asked)
			look_up(l, all, card, today, &facts);
		pthread_mutex_lock(&l->mutex);
		if (asked) {
			l->answered = true;
			l->answered_lookup = lookup;
			l->answer = facts;
			notify(l);
		}
	}
	pthread_mutex_unlock(&l->mutex);
	return NULL;
}

struct lookup *lookup_new(const struct store_options *options, int notify_fd)
{
	struct lookup *l = g_new0(struct lookup, 1);
	l->options = options;
	l->questionnaire = options->questionnaire;
	l->notify = notify_fd;
	pthread_mutex_init(&l->mutex, NULL);
	pthread_cond_init(&l->wake, NULL);
	int rc = pthread_create(&l->thread, NULL, serve, l);
	g_assert(rc == 0);
	return l;
}

void lookup_free(struct lookup *l)
{
	pthread_mutex_lock(&l->mutex);
	l->stop = true;
	pthread_cond_signal(&l->wake);
	pthread_mutex_unlock(&l->mutex);
	pthread_join(l->thread, NULL);
	if (l->database.db != NULL)
		database_close(&l->database);
	pthread_cond_destroy(&l->wake);
	pthread_mutex_destroy(&l->mutex);
	g_free(l);
}

void lookup_take_questionnaire(struct lookup *l,
			       const struct questionnaire *questionnaire)
{
	pthread_mutex_lock(&l->mutex);
	l->questionnaire = questionnaire;
	pthread_mutex_unlock(&l->mutex);
}

void lookup_ask(struct lookup *l, uint32_t lookup, const char *card, int32_t today)
{
	pthread_mutex_lock(&l->mutex);
	l->asked = true;
	l->lookup = lookup;
	l->today = today;
	g_strlcpy(l->card, card, sizeof l->card);
	pthread_cond_signal(&l->wake);
	pthread_mutex_unlock(&l->mutex);
}

bool lookup_take(struct lookup *l, uint32_t *lookup, struct card_facts *facts)
{
	pthread_mutex_lock(&l->mutex);
	bool answered = l->answered;
	if (answered) {
		*lookup = l->answered_lookup;
		*facts = l->answer;
	}
	l->answered = false;
	pthread_mutex_unlock(&l->mutex);
	return answered;
}

void lookup_reopen(struct lookup *l)
{
	pthread_mutex_lock(&l->mutex);
	l->reopen = true;
	pthread_cond_signal(&l->wake);
	pthread_mutex_unlock(&l->mutex);
}
