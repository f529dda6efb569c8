/* archive.h - the database as other commands read it: closed visits by business day.
 *
 * Reads while the terminal writes, on a connection that cannot write and recovers nothing.
 * Everything may block on the disk; memory does not grow with the number of rows.  Any thread,
 * one at a time.  Texts are UTF-8, "" when absent, and live until the function they were handed
 * to returns.  Days are counted from 1970-01-01, FROM and TO are both included.
 */
#ifndef TILLASK_STORE_ARCHIVE_H
#define TILLASK_STORE_ARCHIVE_H

#include <glib.h>

#include "core/rows.h"

struct archive;

/* NULL and STORE_ERROR: no such file, not readable, damaged, of a newer tillask, or of an older
 * one that the terminal has not brought up to date yet.  All that is read belongs to one moment
 * (one read transaction) until archive_close(). */
struct archive *archive_open(const char *path, GError **error);
void archive_close(struct archive *a);

/* The names of the questions that were asked on these days, in the order in which they were
 * first asked in this database.  Texts that g_ptr_array_unref() frees. */
GPtrArray *archive_questions(struct archive *a, int32_t from, int32_t to, GError **error);

/* How many visits there are. */
bool archive_count(struct archive *a, int32_t from, int32_t to, int64_t *visits,
		   GError **error);

struct archive_answer {
	const char *question, *point, *kind;
	const char *wording; /* in the visit's language, line breaks made blanks */
	int64_t at_ms;
	int32_t at_offset_s;
	int32_t milliseconds; /* -1: unknown */
	uint8_t place;
	double probability;
	bool has_value;
	int32_t value;
	const char *choice; /* text of the choice in the visit's language */
	const char *words;
};

struct archive_visit {
	int64_t seq;
	struct id id;
	const char *store, *till, *cashier;
	int32_t day;
	int64_t started_ms, ended_ms;
	int32_t started_offset_s, ended_offset_s;
	const char *trigger, *language, *card, *card_mask, *card_kind, *receipt,
		*sale_kind, *tender, *currency, *outcome, *reason, *respondent;
	bool has_total;
	int64_t total;
	int64_t milliseconds; /* from the offer to the end */
	bool doubtful;
	const struct archive_answer
		*answer; /* by place; a skipped one has neither value nor words */
	unsigned answers;
};

/* Calls EACH for every visit, in the order of seq, until it returns false. */
typedef bool archive_visit_fn(void *self, const struct archive_visit *visit);
bool archive_visits(struct archive *a, int32_t from, int32_t to, archive_visit_fn *each,
		    void *self, GError **error);

struct archive_card {
	struct id event, visit; /* visit: none when it belongs to none */
	int32_t day;
	int64_t at_ms;
	int32_t at_offset_s;
	const char *reader, *result, *card, *card_mask;
};

/* The same for card events, day by day in the order they were stored; those of a visit that is
 * still open are left out. */
typedef bool archive_card_fn(void *self, const struct archive_card *card);
bool archive_cards(struct archive *a, int32_t from, int32_t to, archive_card_fn *each,
		   void *self, GError **error);

#endif
