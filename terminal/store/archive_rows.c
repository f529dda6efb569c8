/* archive_rows.c - visits with their answers, and card events.
 *
 * Visits come by seq, answers by visit.n; the two orders are nearly one.  So the answers are one
 * long walk beside the visits that only seeks where it must, and what answers refer to is in
 * memory: no query a visit.
 */
#include <string.h>

#include "store/archive_parts.h"

#define AHEAD 64 /* visits nearer than this are reached by walking on */

static void walk_step(struct archive *a)
{
	a->walk.has_row = sqlite3_step(a->walk.statement) == SQLITE_ROW;
	if (a->walk.has_row)
		a->walk.visit = sqlite3_column_int64(a->walk.statement, 0);
}

/* The walk stands at the first answer of visit N or behind it. */
static void walk_to(struct archive *a, int64_t n)
{
	bool near = a->walk.statement != NULL && n >= a->walk.from &&
		    (!a->walk.has_row || n <= a->walk.visit + AHEAD);
	if (!near) {
		if (a->walk.statement != NULL)
			database_end(&a->database, a->walk.statement);
		struct binding b = {
			database_query(&a->database, a->walk.brief
							     ? QUERY_answers_from_brief
							     : QUERY_answers_from),
			0};
		bind_int(&b, n);
		a->walk.statement = b.statement;
		walk_step(a);
	}
	while (a->walk.has_row && a->walk.visit < n)
		walk_step(a);
	a->walk.from = n + 1;
}

static bool walk_end(struct archive *a, GError **error)
{
	sqlite3_stmt *s = a->walk.statement;
	a->walk.statement = NULL;
	return s == NULL || archive_end(a, s, error);
}

/* late_answer.n of an answer, 0 when it came in time. */
static int64_t late_n(struct archive *a, int64_t visit, int64_t wording)
{
	int64_t n = 0;
	if (!a->has_late)
		return 0;
	struct binding b = {database_query(&a->database, QUERY_late_of), 0};
	bind_int(&b, visit);
	bind_int(&b, wording);
	if (sqlite3_step(b.statement) == SQLITE_ROW)
		n = sqlite3_column_int64(b.statement, 0);
	database_end(&a->database, b.statement);
	return n;
}

static void fill_wording(struct archive *a, struct archive_answer *answer,
			 const char *language)
{
	int64_t n = answer->wording_n;
	const struct archive_wording *w = archive_wording(a, n);
	const struct archive_language *l = archive_language(w, language);
	answer->question = w->question;
	answer->point = w->point;
	answer->kind = w->kind;
	answer->kind_name = w->kind_name;
	answer->wording = l != NULL ? l->text : "";
	answer->choice = answer->has_value ? archive_choice(l, answer->value) : "";
}

static bool comes_before(const struct archive_answer *a, const struct archive_answer *b)
{
	return a->place < b->place || (a->place == b->place && a->at_ms < b->at_ms);
}

/* A few answers, nearly in order. */
static void insert_in_order(GArray *answers, const struct archive_answer *answer)
{
	unsigned at = answers->len;
	while (at > 0 &&
	       comes_before(answer,
			    &g_array_index(answers, struct archive_answer, at - 1)))
		at--;
	g_array_insert_vals(answers, at, answer, 1);
}

/* The columns that answers_from has besides. */
static void read_details(sqlite3_stmt *s, struct archive_answer *answer)
{
	answer->at_offset_s = sqlite3_column_int(s, 6);
	answer->milliseconds = sqlite3_column_type(s, 7) == SQLITE_NULL
				       ? -1
				       : sqlite3_column_int(s, 7);
	answer->probability = sqlite3_column_double(s, 8);
}

static void read_answer(struct archive *a, const char *language,
			const struct archive_range *range, bool visit_earlier)
{
	sqlite3_stmt *s = a->walk.statement;
	int64_t wording = sqlite3_column_int64(s, 1);
	int64_t late = late_n(a, a->walk.visit, wording);
	if (late > range->upto.late)
		return;
	const char *words = (const char *)sqlite3_column_text(s, 5);
	struct archive_answer answer = {
		.wording_n = wording,
		.place = (uint8_t)sqlite3_column_int(s, 2),
		.at_ms = sqlite3_column_int64(s, 3),
		.has_value = sqlite3_column_type(s, 4) != SQLITE_NULL,
		.value = sqlite3_column_int(s, 4),
		.words = words != NULL ? g_string_chunk_insert(a->words, words) : "",
		.earlier = visit_earlier && late <= range->after.late,
	};
	if (!a->walk.brief)
		read_details(s, &answer);
	fill_wording(a, &answer, language);
	insert_in_order(a->answers, &answer);
}

static void read_answers(struct archive *a, int64_t n, const char *language,
			 const struct archive_range *range, bool visit_earlier)
{
	for (walk_to(a, n); a->walk.has_row && a->walk.visit == n; walk_step(a))
		read_answer(a, language, range, visit_earlier);
}

/* The columns of days_visits and days_late_visits. */
static void read_visit(struct archive *a, sqlite3_stmt *s, struct archive_visit *v)
{
	int64_t n = sqlite3_column_int64(s, 3);
	g_assert(n >= 0 && n < a->tills->len); /* a foreign key */
	const struct archive_till *till = a->tills->pdata[n];
	*v = (struct archive_visit){
		.seq = sqlite3_column_int64(s, 1),
		.id = archive_id(s, 2),
		.store = till->store,
		.till = till->till,
		.currency = till->currency,
		.cashier = archive_text(s, 4),
		.day = sqlite3_column_int(s, 5),
		.started_ms = sqlite3_column_int64(s, 6),
		.started_offset_s = sqlite3_column_int(s, 7),
		.ended_ms = sqlite3_column_int64(s, 8),
		.ended_offset_s = sqlite3_column_int(s, 9),
		.trigger = archive_text(s, 10),
		.language = archive_text(s, 11),
		.card = archive_text(s, 12),
		.card_mask = archive_text(s, 13),
		.card_kind = archive_text(s, 14),
		.receipt = archive_text(s, 15),
		.sale_kind = archive_text(s, 16),
		.tender = archive_text(s, 17),
		.has_total = sqlite3_column_type(s, 18) != SQLITE_NULL,
		.total = sqlite3_column_int64(s, 18),
		.outcome = archive_text(s, 19),
		.reason = archive_text(s, 20),
		.milliseconds = sqlite3_column_int64(s, 21),
		.doubtful = sqlite3_column_int(s, 22) != 0,
		.respondent = archive_text(s, 23),
	};
}

/* Those of the brief ones. */
static void read_brief(sqlite3_stmt *s, struct archive_visit *v)
{
	*v = (struct archive_visit){
		.seq = sqlite3_column_int64(s, 1),
		.id = archive_id(s, 2),
		.day = sqlite3_column_int(s, 3),
		.language = archive_text(s, 4),
		.outcome = archive_text(s, 5),
		.reason = archive_text(s, 6),
	};
}

static bool is_training(const struct archive_visit *v)
{
	return strcmp(v->reason, "training") == 0 && strcmp(v->outcome, "not_asked") == 0;
}

/* Hands the rows of a statement over; *MORE: EACH wants more. */
static bool each_visit(struct archive *a, struct binding b,
		       const struct archive_range *range, archive_visit_fn *each,
		       void *self, bool *more, GError **error)
{
	while (*more && sqlite3_step(b.statement) == SQLITE_ROW) {
		struct archive_visit v;
		g_array_set_size(a->answers, 0);
		g_string_chunk_clear(a->words);
		if (a->walk.brief)
			read_visit(a, b.statement, &v);
		else
			read_brief(b.statement, &v);
		if (!is_training(&v))
			read_answers(a, sqlite3_column_int64(b.statement, 0), v.language,
				     range, v.seq <= range->after.seq);
		v.answer = (const struct archive_answer *)(void *)a->answers->data;
		v.answers = a->answers->len;
		*more = each(self, &v);
	}
	return archive_end(a, b.statement, error);
}

/* Visits that were there already, to which an answer came. */
static bool late_visits(struct archive *a, const struct archive_range *range,
			archive_visit_fn *each, void *self, bool *more, GError **error)
{
	if (!a->has_late || range->after.seq == 0)
		return true;
	struct binding b = {database_query(&a->database,
					   a->walk.brief ? QUERY_days_late_visits
							 : QUERY_days_late_visits_brief),
			    0};
	bind_int(&b, range->after.seq);
	bind_int(&b, range->from);
	bind_int(&b, range->to);
	bind_int(&b, range->after.late);
	bind_int(&b, range->upto.late);
	return each_visit(a, b, range, each, self, more, error);
}

/* Whole visits with brief answers, or brief visits with whole answers. */
static bool read_all(struct archive *a, const struct archive_range *range,
		     archive_visit_fn *each, void *self, GError **error)
{
	int64_t first = 0, last = -1;
	bool more = true;
	if (!archive_prepare(a, error))
		return false;
	struct binding b = archive_days(a, QUERY_days_count, range->from, range->to);
	if (sqlite3_step(b.statement) == SQLITE_ROW &&
	    sqlite3_column_int64(b.statement, 2) > 0) {
		first = sqlite3_column_int64(b.statement, 0);
		last = sqlite3_column_int64(b.statement, 1);
	}
	if (!archive_end(a, b.statement, error))
		return false;
	b = (struct binding){
		database_query(&a->database, a->walk.brief ? QUERY_days_visits
							   : QUERY_days_visits_brief),
		0};
	bind_int(&b, MAX(first, range->after.seq + 1));
	bind_int(&b, MIN(last, range->upto.seq));
	bind_int(&b, range->from);
	bind_int(&b, range->to);
	bool done = late_visits(a, range, each, self, &more, error) &&
		    each_visit(a, b, range, each, self, &more, error);
	return walk_end(a, done ? error : NULL) && done;
}

bool archive_visits(struct archive *a, const struct archive_range *range,
		    archive_visit_fn *each, void *self, GError **error)
{
	a->walk.brief = true;
	return read_all(a, range, each, self, error);
}

bool archive_answers(struct archive *a, const struct archive_range *range,
		     archive_visit_fn *each, void *self, GError **error)
{
	a->walk.brief = false;
	return read_all(a, range, each, self, error);
}

bool archive_cards(struct archive *a, const struct archive_range *range,
		   archive_card_fn *each, void *self, GError **error)
{
	struct binding b = archive_days(a, QUERY_days_cards, range->from, range->to);
	bind_int(&b, range->upto.card);
	bind_int(&b, range->upto.seq);
	bind_int(&b, range->after.card);
	bind_int(&b, range->after.seq);
	for (bool more = true; more && sqlite3_step(b.statement) == SQLITE_ROW;) {
		struct archive_card card = {
			.event = archive_id(b.statement, 0),
			.visit = archive_id(b.statement, 1),
			.day = sqlite3_column_int(b.statement, 2),
			.at_ms = sqlite3_column_int64(b.statement, 3),
			.at_offset_s = sqlite3_column_int(b.statement, 4),
			.reader = archive_text(b.statement, 5),
			.result = archive_text(b.statement, 6),
			.card = archive_text(b.statement, 7),
			.card_mask = archive_text(b.statement, 8),
		};
		more = each(self, &card);
	}
	return archive_end(a, b.statement, error);
}
