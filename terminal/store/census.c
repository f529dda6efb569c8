#include "store/census.h"

#include <string.h>

#include "store/archive_parts.h"

#define TOLD_EVERY 4096 /* visits */

static const char *text_column(sqlite3_stmt *s, int column)
{
	const char *text = (const char *)sqlite3_column_text(s, column);
	return text != NULL ? text : "";
}

/* The value of an enum that has this name; NONE when no value has. */
#define NAMED(what, last, none)                                           \
	static enum what what##_named(const char *name)                   \
	{                                                                 \
		for (int i = 0; i <= (int)(last); i++)                    \
			if (strcmp(name, what##_name((enum what)i)) == 0) \
				return (enum what)i;                      \
		return none;                                              \
	}
NAMED(outcome, OUTCOME_COMPLAINT, OUTCOME_INTERRUPTED)
NAMED(reason, REASON_TRAINING, REASON_NONE)
NAMED(trigger, TRIGGER_SALE, TRIGGER_KEY)
NAMED(sale_kind, SALE_VOID, SALE_NONE)
NAMED(respondent, RESPONDENT_MYSTERY, RESPONDENT_CUSTOMER)
NAMED(question_kind, QUESTION_WORDS, QUESTION_WORDS)

/* A query over business days. */
static struct binding days(struct archive *a, enum query query, int32_t from, int32_t to)
{
	struct binding b = {database_query(&a->database, query), 0};
	bind_int(&b, from);
	bind_int(&b, to);
	return b;
}

static bool read_choices(struct archive *a, struct tally *t, const char *language,
			 GError **error)
{
	const struct tally_wording *w = t->wordings->pdata[t->wordings->len - 1];
	struct binding b = {database_query(&a->database, QUERY_census_choices), 0};
	if (w->kind != QUESTION_CHOICE)
		return true;
	bind_int(&b, w->n);
	bind_always(&b, language);
	while (sqlite3_step(b.statement) == SQLITE_ROW)
		tally_choice(t, text_column(b.statement, 0));
	return archive_end(a, b.statement, error);
}

static bool read_wordings(struct archive *a, struct tally *t, const char *language,
			  GError **error)
{
	struct binding b = {database_query(&a->database, QUERY_census_wordings), 0};
	sqlite3_stmt *s = b.statement;
	bool read = true;
	bind_always(&b, language);
	while (read && sqlite3_step(s) == SQLITE_ROW) {
		tally_wording(t, sqlite3_column_int64(s, 0), text_column(s, 1),
			      text_column(s, 2), text_column(s, 6),
			      question_kind_named(text_column(s, 3)),
			      (uint64_t)sqlite3_column_int64(s, 4),
			      sqlite3_column_int64(s, 5));
		read = read_choices(a, t, language, error);
	}
	if (read)
		return archive_end(a, s, error);
	database_end(&a->database, s);
	return false;
}

static bool read_roll_up(struct archive *a, struct tally *t, GError **error)
{
	struct binding b = days(a, QUERY_census_rolled_up, t->from, t->to);
	while (sqlite3_step(b.statement) == SQLITE_ROW) {
		int wording = tally_find(t, sqlite3_column_int64(b.statement, 2));
		if (wording >= 0)
			tally_rolled_up(t, sqlite3_column_int(b.statement, 0),
					respondent_named(text_column(b.statement, 1)),
					wording, sqlite3_column_int(b.statement, 3),
					sqlite3_column_int64(b.statement, 4));
	}
	tally_choose_main(t);
	return archive_end(a, b.statement, error);
}

static bool read_till(struct archive *a, struct tally *t, GError **error)
{
	struct binding b = days(a, QUERY_census_till, t->from, t->to);
	if (sqlite3_step(b.statement) == SQLITE_ROW) {
		t->has_till = sqlite3_column_int64(b.statement, 0) > 0;
		t->asked = sqlite3_column_int64(b.statement, 1);
		t->answered = sqlite3_column_int64(b.statement, 2);
	}
	return archive_end(a, b.statement, error);
}

static struct tally_visit visit_of(sqlite3_stmt *s)
{
	int64_t local_s = sqlite3_column_int64(s, 2) / 1000 + sqlite3_column_int(s, 3);
	struct tally_visit v = {
		.day = sqlite3_column_int(s, 1),
		.hour = (uint8_t)(local_s / 3600 % 24),
		.milliseconds = sqlite3_column_int64(s, 4),
		.trigger = trigger_named(text_column(s, 5)),
		.language = text_column(s, 6),
		.cashier = text_column(s, 7),
		.card = text_column(s, 8),
		.sale_kind = sale_kind_named(text_column(s, 10)),
		.has_total = sqlite3_column_type(s, 11) != SQLITE_NULL,
		.total = sqlite3_column_int64(s, 11),
		.outcome = outcome_named(text_column(s, 12)),
		.reason = reason_named(text_column(s, 13)),
		.respondent = respondent_named(text_column(s, 14)),
		.offered = sqlite3_column_int(s, 15) != 0,
	};
	if (!card_kind_from_name(text_column(s, 9), &v.card_kind))
		v.card_kind = CARD_KIND_NONE;
	return v;
}

/* Two statements that run side by side, both in the order of visit.n. */
struct reading {
	struct archive *archive;
	struct tally *tally;
	sqlite3_stmt *visits, *answers;
	bool has_answer; /* the answer's statement stands on a row */
};

static void add_answer(struct reading *r, struct tally_visit *v)
{
	sqlite3_stmt *s = r->answers;
	struct tally_answer answer = {
		.wording = tally_find(r->tally, sqlite3_column_int64(s, 1)),
		.value = sqlite3_column_int(s, 4),
		.skipped = sqlite3_column_type(s, 4) == SQLITE_NULL &&
			   sqlite3_column_int(s, 5) == 0,
		.milliseconds = sqlite3_column_type(s, 2) == SQLITE_NULL
					? -1
					: sqlite3_column_int(s, 2),
		.place = (uint8_t)sqlite3_column_int(s, 3),
		.probability = sqlite3_column_double(s, 6),
	};
	if (!(answer.probability > 0))
		answer.probability = 1;
	if (answer.wording >= 0 && v->answers < TALLY_ANSWERS_MAX)
		v->answer[v->answers++] = answer;
}

static void add_answers(struct reading *r, int64_t visit, struct tally_visit *v)
{
	while (r->has_answer && sqlite3_column_int64(r->answers, 0) <= visit) {
		if (sqlite3_column_int64(r->answers, 0) == visit)
			add_answer(r, v);
		r->has_answer = sqlite3_step(r->answers) == SQLITE_ROW;
	}
}

static void read_rows(struct reading *r, const struct census_how *how, int64_t total)
{
	r->has_answer = sqlite3_step(r->answers) == SQLITE_ROW;
	for (int64_t done = 0; sqlite3_step(r->visits) == SQLITE_ROW; done++) {
		struct tally_visit v = visit_of(r->visits);
		add_answers(r, sqlite3_column_int64(r->visits, 0), &v);
		tally_visit(r->tally, &v);
		if (how->progress != NULL && done % TOLD_EVERY == 0)
			how->progress(how->self, done, total);
	}
}

/* The visits lie between the first and the last seq of the days, which are closed in much the
 * order in which they were begun. */
static bool span(struct archive *a, const struct tally *t, int64_t *first, int64_t *last,
		 int64_t *visits, GError **error)
{
	struct binding b = days(a, QUERY_days_count, t->from, t->to);
	int64_t seqs[2] = {0, -1};
	if (sqlite3_step(b.statement) == SQLITE_ROW &&
	    sqlite3_column_type(b.statement, 0) != SQLITE_NULL) {
		seqs[0] = sqlite3_column_int64(b.statement, 0);
		seqs[1] = sqlite3_column_int64(b.statement, 1);
		*visits = sqlite3_column_int64(b.statement, 2);
	}
	if (!archive_end(a, b.statement, error))
		return false;
	b = (struct binding){database_query(&a->database, QUERY_census_span), 0};
	bind_int(&b, seqs[0]);
	bind_int(&b, seqs[1]);
	if (sqlite3_step(b.statement) == SQLITE_ROW) {
		*first = sqlite3_column_int64(b.statement, 0);
		*last = sqlite3_column_int64(b.statement, 1);
	}
	return archive_end(a, b.statement, error);
}

static bool read_visits(struct archive *a, struct tally *t, const struct census_how *how,
			GError **error)
{
	struct reading r = {.archive = a, .tally = t};
	int64_t first = 0, last = -1, total = 0;
	if (!span(a, t, &first, &last, &total, error))
		return false;
	struct binding visits = {database_query(&a->database, QUERY_census_visits), 0};
	struct binding answers = {database_query(&a->database, QUERY_census_answers), 0};
	bind_int(&visits, first);
	bind_int(&visits, last);
	bind_int(&visits, t->from);
	bind_int(&visits, t->to);
	bind_int(&answers, first);
	bind_int(&answers, last);
	r.visits = visits.statement;
	r.answers = answers.statement;
	read_rows(&r, how, total);
	bool read = archive_end(a, r.visits, error);
	return archive_end(a, r.answers, read ? error : NULL) && read;
}

static bool read_swipes(struct archive *a, struct tally *t, GError **error)
{
	struct binding b = days(a, QUERY_census_swipes, tally_swipes_from(t), t->to);
	while (sqlite3_step(b.statement) == SQLITE_ROW)
		tally_swipe(t, text_column(b.statement, 0),
			    sqlite3_column_int(b.statement, 1));
	return archive_end(a, b.statement, error);
}

static bool read_cards(struct archive *a, struct tally *t, GError **error)
{
	sqlite3_stmt *s = database_query(&a->database, QUERY_census_cards);
	while (sqlite3_step(s) == SQLITE_ROW)
		tally_card_known(t, text_column(s, 0), sqlite3_column_int(s, 1));
	return archive_end(a, s, error);
}

static bool read_lifetimes(struct archive *a, struct tally *t, GError **error)
{
	struct binding b = {database_query(&a->database, QUERY_census_lifetime), 0};
	bind_int(&b, t->to);
	while (sqlite3_step(b.statement) == SQLITE_ROW)
		tally_lifetime(t, text_column(b.statement, 0),
			       sale_kind_named(text_column(b.statement, 1)),
			       sqlite3_column_int64(b.statement, 2));
	return archive_end(a, b.statement, error);
}

static bool read_queue(struct archive *a, struct tally *t, GError **error)
{
	struct binding b = days(a, QUERY_census_queue, t->from, t->to);
	while (sqlite3_step(b.statement) == SQLITE_ROW)
		times_add(&t->queue[sqlite3_column_int(b.statement, 0) != 0],
			  sqlite3_column_int64(b.statement, 1));
	return archive_end(a, b.statement, error);
}

static bool read_entries(struct archive *a, struct tally *t, GError **error)
{
	struct binding b = days(a, QUERY_census_entries, t->from, t->to);
	while (sqlite3_step(b.statement) == SQLITE_ROW)
		for (int e = 0; e < TALLY_ENTRIES; e++)
			if (strcmp(text_column(b.statement, 0),
				   tally_entry_name((enum tally_entry)e)) == 0) {
				t->has_entry[e] = true;
				t->entry[e] = sqlite3_column_int64(b.statement, 1);
			}
	return archive_end(a, b.statement, error);
}

/* Customers' answers of some days as scores, by wording. */
static bool read_scores(struct archive *a, const struct tally *t, int32_t from,
			int32_t to, GArray *scores, GError **error)
{
	struct binding b = days(a, QUERY_census_rolled_up, from, to);
	g_array_set_size(scores, t->wordings->len);
	while (sqlite3_step(b.statement) == SQLITE_ROW) {
		int i = tally_find(t, sqlite3_column_int64(b.statement, 2));
		int value = sqlite3_column_int(b.statement, 3);
		if (i < 0 || value == TALLY_SKIPPED ||
		    respondent_named(text_column(b.statement, 1)) != RESPONDENT_CUSTOMER)
			continue;
		const struct tally_wording *w = t->wordings->pdata[i];
		score_add(&g_array_index(scores, struct score_count, i), w->kind,
			  w->low_choices, value, sqlite3_column_int64(b.statement, 4));
	}
	return archive_end(a, b.statement, error);
}

static struct tally_action *action_of(sqlite3_stmt *s)
{
	struct tally_action *action = g_new0(struct tally_action, 1);
	action->id = sqlite3_column_int64(s, 0);
	action->day = sqlite3_column_int(s, 1);
	action->point = g_strdup(text_column(s, 2));
	action->text = g_strdup(text_column(s, 3));
	action->responsible = g_strdup(text_column(s, 4));
	action->before = g_array_new(FALSE, TRUE, sizeof(struct score_count));
	action->after = g_array_new(FALSE, TRUE, sizeof(struct score_count));
	return action;
}

/* Those of the period, and those before it whose effect still shows in it. */
static bool read_actions(struct archive *a, struct tally *t, GError **error)
{
	struct binding b = days(a, QUERY_census_actions, t->from - TALLY_ACTION_DAYS,
				t->to);
	while (sqlite3_step(b.statement) == SQLITE_ROW)
		g_ptr_array_add(t->actions, action_of(b.statement));
	bool read = archive_end(a, b.statement, error);
	for (guint i = 0; read && i < t->actions->len; i++) {
		struct tally_action *action = t->actions->pdata[i];
		int32_t day = action->day;
		read = read_scores(a, t, day - TALLY_ACTION_DAYS, day - 1, action->before,
				   error) &&
		       read_scores(a, t, day, day + TALLY_ACTION_DAYS - 1, action->after,
				   error);
	}
	return read;
}

bool census_take(struct archive *a, struct tally *t, const struct census_how *how,
		 GError **error)
{
	if (!read_wordings(a, t, how->language, error) || !read_roll_up(a, t, error) ||
	    !read_till(a, t, error))
		return false;
	if (how->roll_up_only)
		return true;
	if (!read_visits(a, t, how, error) || !read_swipes(a, t, error) ||
	    !read_cards(a, t, error) || (how->lifetime && !read_lifetimes(a, t, error)) ||
	    !read_queue(a, t, error) || !read_entries(a, t, error) ||
	    !read_actions(a, t, error))
		return false;
	tally_end(t);
	return true;
}

bool census_sleeping(struct archive *a, int32_t day, census_card_fn *each, void *self,
		     GError **error)
{
	struct binding b = {database_query(&a->database, QUERY_census_sleeping), 0};
	bind_int(&b, day);
	for (bool more = true; more && sqlite3_step(b.statement) == SQLITE_ROW;)
		more = each(self, text_column(b.statement, 0),
			    sqlite3_column_int(b.statement, 1));
	return archive_end(a, b.statement, error);
}
