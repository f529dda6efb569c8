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

/* How far the database was at one moment: what came later lies beyond one of these. */
struct archive_marks {
	int64_t seq;  /* of the visits */
	int64_t card; /* card_event.n */
	int64_t late; /* late_answer.n: answers that came when their visit was closed */
};

/* This moment. */
bool archive_now(struct archive *a, struct archive_marks *marks, GError **error);

/* utc_ms of the newest row, or INT64_MIN: for clock_init(). */
bool archive_newest(struct archive *a, int64_t *utc_ms, GError **error);

/* The days FROM..TO as they were at UPTO, without what was there at AFTER already.  A visit to
 * which only a late answer came is there again, as a whole. */
struct archive_range {
	int32_t from, to;
	struct archive_marks after, upto;
};

/* All of these days. */
struct archive_range archive_all(int32_t from, int32_t to);

/* The names of the questions that were asked, in the order in which they were first asked in
 * this database.  Training asks nothing.  Texts that g_ptr_array_unref() frees. */
GPtrArray *archive_questions(struct archive *a, const struct archive_range *range,
			     GError **error);

/* How many visits (card events) there are on these days, whenever they came. */
bool archive_count(struct archive *a, int32_t from, int32_t to, int64_t *visits,
		   GError **error);
bool archive_count_cards(struct archive *a, int32_t from, int32_t to, int64_t *cards,
			 GError **error);

struct archive_answer {
	int64_t wording_n;            /* for the two functions below */
	const char *question, *point; /* question: g_intern_string() */
	enum question_kind kind;
	const char *kind_name;
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
	bool earlier; /* it was there at range->after */
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
	/* by place; a skipped one has neither value nor words; of training there are none */
	const struct archive_answer *answer;
	unsigned answers;
};

/* Calls EACH for every visit, in the order of seq, until it returns false.  Its answers
 * lack at_offset_s, milliseconds and probability. */
typedef bool archive_visit_fn(void *self, const struct archive_visit *visit);
bool archive_visits(struct archive *a, const struct archive_range *range,
		    archive_visit_fn *each, void *self, GError **error);
/* The same for the sake of the answers, which have everything: of a visit there are seq, id, day,
 * language, outcome, reason and answers only. */
bool archive_answers(struct archive *a, const struct archive_range *range,
		     archive_visit_fn *each, void *self, GError **error);

/* The text of a question, and of its choice 1, 2, ..., in another language than the visit's; ""
 * when there is none.  Valid until archive_close(). */
const char *archive_wording_text(struct archive *a, int64_t wording_n,
				 const char *language);
const char *archive_choice_text(struct archive *a, int64_t wording_n, int choice,
				const char *language);

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
bool archive_cards(struct archive *a, const struct archive_range *range,
		   archive_card_fn *each, void *self, GError **error);

#endif
