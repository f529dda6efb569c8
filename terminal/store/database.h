/* database.h - one SQLite connection with its named statements; for terminal/store/ only.
 *
 * Result codes are SQLite's (extended); SQLITE_OK is 0.  A connection belongs to one thread at a
 * time.  Every call may block on the disk.
 */
#ifndef TILLASK_STORE_DATABASE_H
#define TILLASK_STORE_DATABASE_H

#include <glib.h>
#include <sqlite3.h>
#include <stdbool.h>

/* Every statement of store/queries*.sql, by its name. */
/* clang-format off */
#define QUERIES(Q) \
	Q(begin) Q(begin_read) Q(commit) Q(rollback) Q(cheap_check) Q(meta_put) \
	Q(meta_get) Q(meta_till) Q(till_put) Q(till_get) Q(newest) Q(question_put) \
	Q(wording_get) Q(wording_put) Q(wording_text_put) Q(wording_choice_put) \
	Q(visit_put) Q(visit_find) Q(visit_close) Q(visit_open_ids) Q(answer_put) \
	Q(card_event_put) Q(card_facts) Q(card_question_facts) Q(backlog) \
	Q(reader_counts) Q(queue_time_put) Q(queue_times_latest) Q(days_questions) \
	Q(questions) Q(days_count) Q(days_visits) Q(days_visits_brief) \
	Q(days_late_visits) Q(days_late_visits_brief) Q(answers_from) \
	Q(answers_from_brief) Q(late_any) Q(late_of) Q(days_cards) Q(days_cards_count) \
	Q(marks) Q(visit_open_of_day) Q(export_day_get) Q(export_day_put) \
	Q(export_day_published) Q(export_sealed_before) Q(export_parts) \
	Q(export_part_put) Q(export_files) Q(export_file_put) Q(export_revisions) \
	Q(export_revision_content) Q(export_unfinished) Q(export_unsealed) Q(purged) \
	Q(tills_n) Q(tills) Q(wordings) Q(wording_texts) Q(wording_choices) \
	Q(visit_last) Q(visit_last_answered) Q(outbox_last) Q(visit_read) Q(visit_take) \
	Q(answers_read) Q(answer_take) Q(card_event_last) Q(card_events_of_visit) \
	Q(card_event_read) Q(card_event_take) Q(queue_time_last) Q(queue_time_read) \
	Q(entries) Q(entry_take) Q(actions) Q(action_take) Q(day_visits) Q(day_rates) \
	Q(day_hours) Q(day_wordings) Q(day_answers) Q(queue_times) Q(seq_last) \
	Q(census_wordings) Q(census_choices) Q(census_rolled_up) Q(census_till) \
	Q(census_span) Q(census_visits) Q(census_answers) Q(census_swipes) \
	Q(census_cards) Q(census_lifetime) Q(census_queue) Q(census_entries) \
	Q(census_actions) Q(census_sleeping) Q(entry_put) Q(entry_remove) \
	Q(action_remove) Q(notes_entries) Q(outbox_visits) Q(outbox_answers) \
	Q(outbox_visit_cards) Q(outbox_cards) Q(outbox_queue_times) Q(outbox_next) \
	Q(outbox_acknowledge) Q(outbox_since_newest) Q(outbox_since_visits) \
	Q(outbox_since_cards) Q(outbox_since_queue_times) Q(outbox_oldest) \
	Q(outbox_last_seq) Q(refused_put) Q(refused_drop) Q(refused_count) \
	Q(refused_again) Q(refused_clear) Q(sync_state_get) Q(sync_state_succeeded) \
	Q(sync_state_failed) Q(published_get) Q(published_clear) Q(published_put) \
	Q(published_flip) Q(central_get) Q(central_unknown) Q(central_taken) \
	Q(central_refused) Q(central_key) Q(card_news) Q(card_news_known) \
	Q(card_news_clear) Q(recent_get) Q(recent_put) Q(recent_mark) Q(recent_old) \
	Q(recent_drop)
/* clang-format on */

enum query {
#define Q(name) QUERY_##name,
	QUERIES(Q)
#undef Q
		QUERY_COUNT
};

struct database {
	sqlite3 *db; /* NULL: closed */
	sqlite3_stmt *statement[QUERY_COUNT];
	int run_errno; /* errno after the last database_run(): of a COMMIT SQLite keeps none */
};

enum database_mode {
	DATABASE_WRITE, /* an existing file, read and written */
	DATABASE_READ,
	DATABASE_LOOSE, /* read only, also what nothing may be written beside: a copy on a stick */
};

/* Opens an existing file; changes nothing in it.  On failure it is closed again, TEXT (may be
 * NULL) says why and errno is the system's reason or 0.  SQLITE_CORRUPT and SQLITE_NOTADB: the
 * file is damaged. */
int database_open(struct database *d, const char *path, enum database_mode mode,
		  char text[256]);
void database_close(struct database *d);

/* The schema this program writes: the greatest number of schema/local/NNN-*.sql. */
int database_schema_newest(void);
/* That of the file, or -1 when it cannot be read. */
int database_schema(struct database *d);
/* Is it a database of tillask?  (PRAGMA application_id) */
int database_is_ours(struct database *d, bool *ours);
/* Sees to it that the file is in WAL mode. */
int database_wal(struct database *d);
/* For a file that nobody would miss: from now on nothing is forced onto the disk, */
int database_unseen(struct database *d);
/* and with this all of it is.  Then it is in WAL mode. */
int database_seen(struct database *d);

/* Brings the file to the newest schema, a transaction each. */
int database_migrate(struct database *d);

/* Lets takeover's statements read a file of an older schema: its connection alone sees the
 * missing columns and tables, by terminal/store/older-NNN.sql, NNN the least that is not below
 * the file's schema.  Before the first database_query(). */
int database_read_older(struct database *d);

/* Reads the ends of every table and index: finds a file that is cut, empty, overwritten at
 * either end or not ours to read.  Milliseconds, whatever the size. */
int database_cheap_check(struct database *d);

/* A statement, ready to be bound and stepped; NULL and the connection's error when it cannot
 * be prepared.  Kept prepared until database_close(). */
sqlite3_stmt *database_query(struct database *d, enum query query);
const char *database_query_name(enum query query);

/* Binds the next parameters in order: begin with at = 0.  "" and NULL texts become NULL.  Texts
 * and blobs are borrowed until the statement is done. */
struct binding {
	sqlite3_stmt *statement; /* may be NULL: then nothing happens */
	int at;
};
void bind_int(struct binding *b, int64_t value);
void bind_null(struct binding *b);
void bind_real(struct binding *b, double value);
void bind_text(struct binding *b, const char *text);
void bind_always(struct binding *b, const char *text); /* "" stays "" */
void bind_blob(struct binding *b, const void *blob, size_t size);

/* Steps a statement that gives no rows, or whose rows nobody wants, and ends it. */
int database_run(struct database *d, sqlite3_stmt *statement);
/* database_query() and database_run() of one without parameters. */
int database_do(struct database *d, enum query query);
/* Ends a statement that gave rows: its result code, SQLITE_OK when all went well. */
int database_end(struct database *d, sqlite3_stmt *statement);

/* errno of what went wrong last on this connection, or 0. */
int database_errno(const struct database *d);
/* What went wrong last on this connection: SQLite's words and those of the system. */
void database_text(struct database *d, char text[256]);

/* Sets ERROR of STORE_ERROR: "WHAT FILE: why". */
void database_error(GError **error, int code, const char *what, const char *path,
		    const char *why);

#endif
