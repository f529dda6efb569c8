#include "store/facts.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "store/database.h"
#include "store/keep.h"

struct facts {
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
static void look_for_key(struct facts *f)
{
	sqlite3_stmt *s = database_query(&f->database, QUERY_central_get);
	if (sqlite3_step(s) == SQLITE_ROW &&
	    sqlite3_column_bytes(s, 2) == KEEP_SECRET_BYTES) {
		memcpy(f->key, sqlite3_column_blob(s, 2), KEEP_SECRET_BYTES);
		f->has_key = true;
	}
	database_end(&f->database, s);
}

/* A question that cannot be answered now (no file, damaged, busy) is "not known"; the next one
 * tries again on a new connection. */
static bool is_open(struct facts *f)
{
	if (f->database.db != NULL)
		return true;
	if (database_open(&f->database, f->options->path, DATABASE_READ, NULL) !=
	    SQLITE_OK)
		return false;
	sqlite3_stmt *s = database_query(&f->database, QUERY_meta_get);
	bool found = sqlite3_step(s) == SQLITE_ROW &&
		     sqlite3_column_bytes(s, 1) == KEEP_SECRET_BYTES;
	if (found)
		memcpy(f->secret, sqlite3_column_blob(s, 1), KEEP_SECRET_BYTES);
	if (database_end(&f->database, s) == SQLITE_OK && found) {
		look_for_key(f);
		if (f->has_key)
			memcpy(f->secret, f->key, KEEP_SECRET_BYTES);
		return true;
	}
	database_close(&f->database);
	return false;
}

static int32_t day_column(sqlite3_stmt *s, int column)
{
	bool never = sqlite3_column_type(s, column) == SQLITE_NULL;
	return never ? DAY_NEVER : sqlite3_column_int(s, column);
}

static int read_questions(struct facts *f, const struct questionnaire *all,
			  const char *card, struct card_facts *facts)
{
	struct binding b = {database_query(&f->database, QUERY_card_question_facts), 0};
	bind_always(&b, card);
	while (sqlite3_step(b.statement) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(b.statement, 0);
		for (int i = 0; name != NULL && i < all->count; i++)
			if (strcmp(all->question[i].name, name) == 0)
				facts->question_day[i] = sqlite3_column_int(b.statement,
									    1);
	}
	return database_end(&f->database, b.statement);
}

static int read_card(struct facts *f, const struct questionnaire *all, const char *card,
		     int32_t today, struct card_facts *facts)
{
	struct binding b = {database_query(&f->database, QUERY_card_facts), 0};
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
	int rc = database_end(&f->database, b.statement);
	return rc == SQLITE_OK && facts->known ? read_questions(f, all, card, facts) : rc;
}

/* What other tills of the chain know of it: asked there is asked. */
static int read_recent(struct facts *f, const char *number, struct card_facts *facts)
{
	uint8_t pseudonym[KEEP_PSEUDONYM];
	if (!f->has_key)
		look_for_key(f);
	if (!f->has_key)
		return SQLITE_OK;
	keep_pseudonym(f->key, number, pseudonym);
	struct binding b = {database_query(&f->database, QUERY_recent_get), 0};
	bind_blob(&b, pseudonym, sizeof pseudonym);
	if (sqlite3_step(b.statement) == SQLITE_ROW) {
		int32_t answered = day_column(b.statement, 0);
		int32_t declined = day_column(b.statement, 1);
		facts->known = true;
		facts->last_answered_day = MAX(facts->last_answered_day, answered);
		facts->last_declined_day = MAX(facts->last_declined_day, declined);
		facts->last_seen_day = MAX(facts->last_seen_day, MAX(answered, declined));
	}
	return database_end(&f->database, b.statement);
}

static void look_up(struct facts *f, const struct questionnaire *all, const char *number,
		    int32_t today, struct card_facts *facts)
{
	char card[KEEP_CARD_MAX], mask[6];
	memset(facts, 0, sizeof *facts);
	if (!is_open(f))
		return;
	keep_card(f->options->keep, f->secret, number, card, mask);
	if (*card != '\0' && (read_card(f, all, card, today, facts) != SQLITE_OK ||
			      read_recent(f, number, facts) != SQLITE_OK)) {
		memset(facts, 0, sizeof *facts);
		database_close(&f->database);
	}
}

static void notify(struct facts *f)
{
	uint64_t one = 1;
	if (write(f->notify, &one, sizeof one) < 0)
		g_info("the main loop is behind"); /* the counter is full: readable already */
}

static void *serve(void *self)
{
	struct facts *f = self;
	is_open(f); /* the first card does not wait for it */
	pthread_mutex_lock(&f->mutex);
	while (!f->stop) {
		char card[CARD_NUMBER_MAX + 1];
		struct card_facts facts;
		bool asked = f->asked, reopen = f->reopen;
		const struct questionnaire *all = f->questionnaire;
		uint32_t lookup = f->lookup;
		int32_t today = f->today;
		if (!asked && !reopen) {
			pthread_cond_wait(&f->wake, &f->mutex);
			continue;
		}
		f->asked = f->reopen = false;
		memcpy(card, f->card, sizeof card);
		pthread_mutex_unlock(&f->mutex);
		if (reopen && f->database.db != NULL)
			database_close(&f->database);
		if (asked)
			look_up(f, all, card, today, &facts);
		pthread_mutex_lock(&f->mutex);
		if (asked) {
			f->answered = true;
			f->answered_lookup = lookup;
			f->answer = facts;
			notify(f);
		}
	}
	pthread_mutex_unlock(&f->mutex);
	return NULL;
}

struct facts *facts_new(const struct store_options *options, int notify_fd)
{
	struct facts *f = g_new0(struct facts, 1);
	f->options = options;
	f->questionnaire = options->questionnaire;
	f->notify = notify_fd;
	pthread_mutex_init(&f->mutex, NULL);
	pthread_cond_init(&f->wake, NULL);
	int rc = pthread_create(&f->thread, NULL, serve, f);
	g_assert(rc == 0);
	return f;
}

void facts_free(struct facts *f)
{
	pthread_mutex_lock(&f->mutex);
	f->stop = true;
	pthread_cond_signal(&f->wake);
	pthread_mutex_unlock(&f->mutex);
	pthread_join(f->thread, NULL);
	if (f->database.db != NULL)
		database_close(&f->database);
	pthread_cond_destroy(&f->wake);
	pthread_mutex_destroy(&f->mutex);
	g_free(f);
}

void facts_take_questionnaire(struct facts *f, const struct questionnaire *questionnaire)
{
	pthread_mutex_lock(&f->mutex);
	f->questionnaire = questionnaire;
	pthread_mutex_unlock(&f->mutex);
}

void facts_ask(struct facts *f, uint32_t lookup, const char *card, int32_t today)
{
	pthread_mutex_lock(&f->mutex);
	f->asked = true;
	f->lookup = lookup;
	f->today = today;
	g_strlcpy(f->card, card, sizeof f->card);
	pthread_cond_signal(&f->wake);
	pthread_mutex_unlock(&f->mutex);
}

bool facts_take(struct facts *f, uint32_t *lookup, struct card_facts *facts)
{
	pthread_mutex_lock(&f->mutex);
	bool answered = f->answered;
	if (answered) {
		*lookup = f->answered_lookup;
		*facts = f->answer;
	}
	f->answered = false;
	pthread_mutex_unlock(&f->mutex);
	return answered;
}

void facts_reopen(struct facts *f)
{
	pthread_mutex_lock(&f->mutex);
	f->reopen = true;
	pthread_cond_signal(&f->wake);
	pthread_mutex_unlock(&f->mutex);
}
