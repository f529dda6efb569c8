#include "store/inquiries.h"

#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/figure_times.h"
#include "store/database.h"
#include "store/inquiry_day.h"
#include "store/proof.h"
#include "store/reader_counts.h"

/* ---- answers ------------------------------------------------------------------------------ */

static int read_queue(struct database *d, const struct inquiry *inquiry,
		      struct queue_findings *out)
{
	struct times *times = g_new0(struct times, QUEUE_GROUPS);
	struct binding b = {database_query(d, QUERY_queue_times), 0};
	static const uint8_t seed[32] = {1}; /* the same question, the same answer */
	struct dice dice;
	bind_int(&b, inquiry->day - FINDING_QUEUE_DAYS + 1);
	bind_int(&b, inquiry->day);
	while (sqlite3_step(b.statement) == SQLITE_ROW)
		times_add(&times[sqlite3_column_int(b.statement, 0) != 0 ? QUEUE_HELD_OUT
									 : QUEUE_ASKED],
			  sqlite3_column_int64(b.statement, 1));
	for (int g = 0; g < QUEUE_GROUPS; g++) {
		out->half[g] = figure_percentile(&times[g], 50, inquiry->min_n);
		out->most[g] = figure_percentile(&times[g], 95, inquiry->min_n);
	}
	dice_seed(&dice, seed);
	out->cost = figure_median_change(&times[QUEUE_ASKED], &times[QUEUE_HELD_OUT],
					 &dice, inquiry->min_n);
	g_free(times);
	return database_end(d, b.statement);
}

static bool read_devices(const struct store_options *options,
			 const struct inquiry *inquiry, struct device_findings *out)
{
	out->readers = options->readers;
	for (uint8_t i = 0; i < options->readers; i++) {
		struct reader_findings *r = &out->reader[i];
		struct reader_counts counts;
		if (!reader_counts_of(options->path, options->reader[i],
				      inquiry->day - FINDING_DEVICE_DAYS + 1, &counts))
			return false;
		g_strlcpy(r->name, options->reader[i], sizeof r->name);
		r->good_reads = counts.good_reads;
		r->failed_reads = counts.failed;
		r->retries = counts.retries;
		memcpy(r->by_kind, counts.failed_reads, sizeof r->by_kind);
		r->failed = figure_share(counts.failed,
					 (int64_t)counts.good_reads + counts.failed,
					 inquiry->min_n);
		r->wants_cleaning = reader_counts_bad(&counts);
	}
	return true;
}

static int64_t size_of(const char *path, const char *ending)
{
	g_autofree char *file = g_strconcat(path, ending, NULL);
	struct stat status;
	return stat(file, &status) == 0 ? status.st_size : 0;
}

static int read_number(struct database *d, enum query query, int64_t *out)
{
	sqlite3_stmt *s = database_query(d, query);
	if (sqlite3_step(s) == SQLITE_ROW)
		*out = sqlite3_column_int64(s, 0);
	return database_end(d, s);
}

static int read_database(struct database *d, const char *path,
			 struct database_findings *out)
{
	struct statvfs disk;
	int64_t waiting = 0;
	out->file_bytes = size_of(path, "");
	out->wal_bytes = size_of(path, "-wal");
	if (statvfs(path, &disk) == 0)
		out->free_bytes = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
	sqlite3_stmt *s = database_query(d, QUERY_meta_get);
	if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_bytes(s, 0) >= 4) {
		const unsigned char *g = sqlite3_column_blob(s, 0);
		g_snprintf(out->generation, sizeof out->generation, "%02x%02x%02x%02x",
			   g[0], g[1], g[2], g[3]);
	}
	int rc = database_end(d, s);
	if (rc == SQLITE_OK)
		rc = read_number(d, QUERY_seq_last, &out->visits);
	if (rc == SQLITE_OK)
		rc = read_number(d, QUERY_backlog, &waiting);
	out->waiting = (uint32_t)waiting;
	return rc;
}

static bool read_proof(const struct store_options *o, const struct inquiry *inquiry,
		       struct proof_findings *out)
{
	g_autofree char *text = proof_text(o->path, o->store, o->till, inquiry->day,
					   NULL);
	if (text == NULL)
		return false;
	gsize length = g_strlcpy(out->text, text, sizeof out->text);
	g_assert(length < sizeof out->text); /* half a hash proves nothing */
	return true;
}

/* LANGUAGE is the code of INQUIRY's. */
static int answer(struct database *d, const struct store_options *options,
		  const char *language, const struct inquiry *inquiry,
		  struct findings *out)
{
	switch (inquiry->kind) {
	case INQUIRY_NONE:
		return SQLITE_OK;
	case INQUIRY_DAY:
		return inquiry_day(d, inquiry, out);
	case INQUIRY_QUESTION:
		return inquiry_question(d, inquiry, language, out);
	case INQUIRY_PROOF:
		return read_proof(options, inquiry, &out->of_proof) ? SQLITE_OK
								    : SQLITE_ERROR;
	case INQUIRY_QUEUE:
		return read_queue(d, inquiry, &out->of_queue);
	case INQUIRY_DEVICES:
		return read_devices(options, inquiry, &out->of_devices) ? SQLITE_OK
									: SQLITE_ERROR;
	case INQUIRY_DATABASE:
		return read_database(d, options->path, &out->of_database);
	}
	g_assert_not_reached();
}

static void begin(const struct inquiry *inquiry, struct findings *out)
{
	memset(out, 0, sizeof *out);
	out->number = inquiry->number;
	out->kind = inquiry->kind;
	out->day = inquiry->day;
}

/* D is open, or not. */
static void answer_from(struct database *d, const struct store_options *options,
			const char *language, const struct inquiry *inquiry,
			struct findings *out)
{
	begin(inquiry, out);
	/* one moment of the database for all that is read of it */
	if (d->db != NULL && database_do(d, QUERY_begin_read) == SQLITE_OK &&
	    answer(d, options, language, inquiry, out) == SQLITE_OK)
		return;
	begin(inquiry, out);
	out->unread = true;
}

static const char *language_of(const struct store_options *options,
			       const struct inquiry *inquiry)
{
	g_assert(inquiry->language < options->languages);
	return options->language[inquiry->language];
}

void inquiries_answer(const struct store_options *options, const struct inquiry *inquiry,
		      struct findings *out)
{
	struct database d = {0};
	database_open(&d, options->path, DATABASE_READ, NULL);
	answer_from(&d, options, language_of(options, inquiry), inquiry, out);
	if (d.db != NULL)
		database_close(&d);
}

/* ---- the thread ----------------------------------------------------------------------------- */

struct inquiries {
	const struct store_options
		*options; /* as opened: its languages may be others now */
	int notify;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t wake;
	struct database database;   /* the thread's own */
	bool stop, asked, answered; /* from here on held by the mutex */
	bool reading;               /* database is open, and may be interrupted */
	struct store_options in_use;
	struct inquiry inquiry;
	const char *language; /* its code */
	struct findings findings;
};

static void notify(struct inquiries *q)
{
	uint64_t one = 1;
	if (write(q->notify, &one, sizeof one) < 0)
		g_info("the main loop is behind"); /* the counter is full: readable already */
}

static void set_reading(struct inquiries *q, bool reading)
{
	pthread_mutex_lock(&q->mutex);
	q->reading = reading;
	pthread_mutex_unlock(&q->mutex);
}

static void read_for(struct inquiries *q, const char *language,
		     const struct inquiry *inquiry, struct findings *findings)
{
	if (database_open(&q->database, q->options->path, DATABASE_READ, NULL) ==
	    SQLITE_OK)
		set_reading(q, true);
	answer_from(&q->database, q->options, language, inquiry, findings);
	set_reading(q, false);
	if (q->database.db != NULL)
		database_close(&q->database);
}

static void *serve(void *self)
{
	struct inquiries *q = self;
	struct findings findings;
	pthread_mutex_lock(&q->mutex);
	while (!q->stop) {
		struct inquiry inquiry = q->inquiry;
		const char *language = q->language;
		if (!q->asked) {
			pthread_cond_wait(&q->wake, &q->mutex);
			continue;
		}
		q->asked = false;
		pthread_mutex_unlock(&q->mutex);
		read_for(q, language, &inquiry, &findings);
		pthread_mutex_lock(&q->mutex);
		q->answered = true;
		memcpy(&q->findings, &findings, sizeof findings);
		notify(q);
	}
	pthread_mutex_unlock(&q->mutex);
	return NULL;
}

struct inquiries *inquiries_new(const struct store_options *options, int notify_fd)
{
	struct inquiries *q = g_new0(struct inquiries, 1);
	q->options = options;
	q->in_use = *options;
	q->notify = notify_fd;
	pthread_mutex_init(&q->mutex, NULL);
	pthread_cond_init(&q->wake, NULL);
	int rc = pthread_create(&q->thread, NULL, serve, q);
	g_assert(rc == 0);
	return q;
}

void inquiries_free(struct inquiries *q)
{
	pthread_mutex_lock(&q->mutex);
	q->stop = true;
	if (q->reading)
		sqlite3_interrupt(q->database.db);
	pthread_cond_signal(&q->wake);
	pthread_mutex_unlock(&q->mutex);
	pthread_join(q->thread, NULL);
	pthread_cond_destroy(&q->wake);
	pthread_mutex_destroy(&q->mutex);
	g_free(q);
}

void inquiries_take_options(struct inquiries *q, const struct store_options *options)
{
	pthread_mutex_lock(&q->mutex);
	q->in_use = *options;
	pthread_mutex_unlock(&q->mutex);
}

void inquiries_ask(struct inquiries *q, const struct inquiry *inquiry)
{
	pthread_mutex_lock(&q->mutex);
	q->asked = true;
	q->inquiry = *inquiry;
	q->language = language_of(&q->in_use, inquiry);
	pthread_cond_signal(&q->wake);
	pthread_mutex_unlock(&q->mutex);
}

bool inquiries_take(struct inquiries *q, struct findings *findings)
{
	pthread_mutex_lock(&q->mutex);
	bool answered = q->answered;
	if (answered)
		memcpy(findings, &q->findings, sizeof *findings);
	q->answered = false;
	pthread_mutex_unlock(&q->mutex);
	return answered;
}
