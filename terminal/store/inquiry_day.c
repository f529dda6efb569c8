#include "store/inquiry_day.h"

#include <string.h>

#include "core/figure_mean.h"

/* ---- the day ------------------------------------------------------------------------------ */

static const char *text_of(sqlite3_stmt *s, int column)
{
	const char *text = (const char *)sqlite3_column_text(s, column);
	return text != NULL ? text : "";
}

static enum outcome outcome_of(const char *name)
{
	for (int o = 0; o < OUTCOMES; o++)
		if (strcmp(outcome_name((enum outcome)o), name) == 0)
			return (enum outcome)o;
	return OUTCOME_NOT_ASKED;
}

static void add_visits(struct day_findings *day, sqlite3_stmt *s)
{
	enum outcome outcome = outcome_of(text_of(s, 1));
	bool training = outcome == OUTCOME_NOT_ASKED &&
			strcmp(text_of(s, 2), reason_name(REASON_TRAINING)) == 0;
	const char *respondent = text_of(s, 0);
	uint32_t n = (uint32_t)sqlite3_column_int64(s, 3);
	if (training) {
		day->training += n;
	} else if (strcmp(respondent, respondent_name(RESPONDENT_STAFF)) == 0) {
		day->staff += n;
	} else if (strcmp(respondent, respondent_name(RESPONDENT_MYSTERY)) == 0) {
		day->mystery += n;
	} else {
		day->outcome[outcome] += n;
		if (outcome != OUTCOME_COMPLAINT)
			day->visits += n;
	}
}

static int read_visits(struct database *d, int32_t of_day, struct day_findings *day)
{
	struct binding b = {database_query(d, QUERY_day_visits), 0};
	bind_int(&b, of_day);
	while (sqlite3_step(b.statement) == SQLITE_ROW)
		add_visits(day, b.statement);
	return database_end(d, b.statement);
}

/* A statement over the visits of the day, which lie between two of their seq. */
static struct binding over_visits(struct database *d, enum query query, int32_t of_day)
{
	struct binding range = {database_query(d, QUERY_days_count), 0};
	struct binding b = {database_query(d, query), 0};
	bind_int(&range, of_day);
	bind_int(&range, of_day);
	if (sqlite3_step(range.statement) == SQLITE_ROW) {
		bind_int(&b, sqlite3_column_int64(range.statement, 0));
		bind_int(&b, sqlite3_column_int64(range.statement, 1));
		bind_int(&b, of_day);
	}
	database_end(d, range.statement);
	return b;
}

/* README, "Figures": response rate, offer rate. */
static int read_rates(struct database *d, const struct inquiry *inquiry,
		      struct day_findings *day)
{
	struct binding b = over_visits(d, QUERY_day_rates, inquiry->day);
	int64_t n[5] = {0};
	if (sqlite3_step(b.statement) == SQLITE_ROW)
		for (int i = 0; i < 5; i++)
			n[i] = sqlite3_column_int64(b.statement, i);
	if (n[4] > 0) { /* else no till opened a visit: unknown, as in the report */
		day->offer = figure_share(n[1], n[0], inquiry->min_n);
		day->response = figure_share(n[3], n[2], inquiry->min_n);
	}
	return database_end(d, b.statement);
}

static int read_hours(struct database *d, int32_t of_day, struct day_findings *day)
{
	struct binding b = over_visits(d, QUERY_day_hours, of_day);
	while (sqlite3_step(b.statement) == SQLITE_ROW) {
		int hour = sqlite3_column_int(b.statement, 0) % DAY_HOURS;
		day->asked[hour] = (uint32_t)sqlite3_column_int64(b.statement, 1);
		day->answered[hour] = (uint32_t)sqlite3_column_int64(b.statement, 2);
	}
	return database_end(d, b.statement);
}

/* ---- its questions -------------------------------------------------------------------------- */

/* A wording that was answered on the day, or EACH of its choices from FIRST on. */
struct wording {
	int64_t n;
	enum question_kind kind;
	uint64_t low_choices;
	int first, each;
};

/* Choices on a page, so that all pages of a question hold much the same. */
static int choices_each(int choices)
{
	int pages = (choices + FINDING_CHOICES - 1) / FINDING_CHOICES;
	return (choices + pages - 1) / pages;
}

static enum question_kind kind_of(const char *name)
{
	for (int k = QUESTION_SMILEY; k < QUESTION_WORDS; k++)
		if (strcmp(question_kind_name((enum question_kind)k), name) == 0)
			return (enum question_kind)k;
	return QUESTION_WORDS;
}

/* The pages of the day's questions; *AT gets number ITEM, or the last.  NPS: the first with one
 * instead. */
static int find_wording(struct database *d, int32_t day, int item, bool nps,
			struct wording *at, int *items)
{
	struct binding b = {database_query(d, QUERY_day_wordings), 0};
	bool found = false;
	*items = 0;
	bind_int(&b, day);
	while (sqlite3_step(b.statement) == SQLITE_ROW) {
		struct wording w = {
			.n = sqlite3_column_int64(b.statement, 0),
			.kind = kind_of(text_of(b.statement, 1)),
			.low_choices = (uint64_t)sqlite3_column_int64(b.statement, 2),
			.first = 1,
		};
		int choices = MAX(sqlite3_column_int(b.statement, 3), 1);
		w.each = choices_each(choices);
		bool scores = w.kind == QUESTION_NPS10 || w.kind == QUESTION_NPS11;
		for (; w.first <= choices && *items < FINDING_ITEMS_MAX;
		     w.first += w.each, ++*items)
			if (nps ? scores && !found : *items <= item) {
				*at = w;
				found = true;
			}
	}
	if (!found)
		at->n = 0;
	return database_end(d, b.statement);
}

static void count_answer(const struct wording *w, int value, int64_t times,
			 enum respondent respondent, struct question_findings *out,
			 struct score_count *score, struct spread *spread)
{
	bool customers = respondent == RESPONDENT_CUSTOMER;
	int line = value - out->first;
	if (value < 0) { /* skipped */
		out->skipped += customers ? (uint32_t)times : 0;
		return;
	}
	if (w->kind != QUESTION_WORDS)
		score_add(&score[respondent], w->kind, w->low_choices, value, times);
	if (!customers)
		return;
	out->answers += (uint32_t)times;
	if (line >= 0 && line < out->lines)
		out->count[line] += (uint32_t)times;
	if (spread != NULL)
		spread_add(spread, value, times);
}

static enum respondent respondent_of(const char *name)
{
	for (int r = 0; r < RESPONDENTS; r++)
		if (strcmp(respondent_name((enum respondent)r), name) == 0)
			return (enum respondent)r;
	return RESPONDENT_CUSTOMER;
}

static int read_answers(struct database *d, const struct inquiry *inquiry,
			const struct wording *w, struct question_findings *out)
{
	struct binding b = {database_query(d, QUERY_day_answers), 0};
	struct score_count score[RESPONDENTS] = {0};
	struct spread spread = {0};
	struct question q = {.kind = w->kind, .choices = CHOICES_MAX};
	bool scale = w->kind == QUESTION_SMILEY || w->kind == QUESTION_NPS10 ||
		     w->kind == QUESTION_NPS11;
	int least, most;
	bind_int(&b, inquiry->day);
	bind_int(&b, w->n);
	while (sqlite3_step(b.statement) == SQLITE_ROW)
		count_answer(w, sqlite3_column_int(b.statement, 1),
			     sqlite3_column_int64(b.statement, 2),
			     respondent_of(text_of(b.statement, 0)), out, score,
			     scale ? &spread : NULL);
	for (int r = 0; r < RESPONDENTS; r++)
		out->score[r] = figure_score(score_measure(w->kind, w->low_choices),
					     &score[r], inquiry->min_n);
	question_range(&q, &least, &most);
	if (out->answers < inquiry->min_n) { /* a plot would show what the figure hides */
		memset(out->count, 0, sizeof out->count);
		out->lines = 0;
	}
	if (scale)
		out->mean = figure_mean(&spread, 1, least, most, inquiry->min_n);
	return database_end(d, b.statement);
}

/* The text in LANGUAGE, or the first there is. */
static int read_text(struct database *d, int64_t wording, const char *language,
		     struct question_findings *out)
{
	struct binding b = {database_query(d, QUERY_wording_texts), 0};
	bind_int(&b, wording);
	while (sqlite3_step(b.statement) == SQLITE_ROW) {
		bool wanted = strcmp(text_of(b.statement, 0), language) == 0;
		if (wanted || out->text[0] == '\0') {
			memset(out->text, 0, sizeof out->text);
			g_strlcpy(out->text, text_of(b.statement, 1), sizeof out->text);
		}
	}
	return database_end(d, b.statement);
}

static int read_labels(struct database *d, const struct wording *w, const char *language,
		       struct question_findings *out)
{
	struct binding b = {database_query(d, QUERY_wording_choices), 0};
	bind_int(&b, w->n);
	while (sqlite3_step(b.statement) == SQLITE_ROW) {
		bool wanted = strcmp(text_of(b.statement, 0), language) == 0;
		int line = sqlite3_column_int(b.statement, 1) - out->first;
		if (line < 0 || line >= w->each)
			continue;
		out->lines = (uint8_t)MAX(out->lines, line + 1);
		if (wanted || out->label[line][0] == '\0') {
			memset(out->label[line], 0, sizeof out->label[line]);
			g_strlcpy(out->label[line], text_of(b.statement, 2),
				  sizeof out->label[line]);
		}
	}
	return database_end(d, b.statement);
}

static void mark_low(const struct wording *w, struct question_findings *out)
{
	struct question q = {
		.kind = w->kind, .choices = CHOICES_MAX, .low_choices = w->low_choices};
	for (int line = 0; line < out->lines; line++)
		if (question_is_low(&q, out->first + line))
			out->low = (uint16_t)(out->low | 1u << line);
}

static int read_wording(struct database *d, const struct inquiry *inquiry,
			const char *language, const struct wording *w,
			struct question_findings *out)
{
	struct question q = {.kind = w->kind};
	int least, most, rc = SQLITE_OK;
	out->kind = w->kind;
	question_range(&q, &least, &most);
	out->first = (uint8_t)(w->kind == QUESTION_CHOICE ? w->first : least);
	if (w->kind == QUESTION_CHOICE)
		rc = read_labels(d, w, language, out);
	else if (w->kind != QUESTION_WORDS)
		out->lines = (uint8_t)(most - least + 1);
	mark_low(w, out);
	if (rc == SQLITE_OK)
		rc = read_text(d, w->n, language, out);
	return rc == SQLITE_OK ? read_answers(d, inquiry, w, out) : rc;
}

int inquiry_question(struct database *d, const struct inquiry *inquiry,
		     const char *language, struct findings *out)
{
	struct wording w;
	int items, rc = find_wording(d, inquiry->day, inquiry->item, false, &w, &items);
	if (rc != SQLITE_OK || w.n == 0)
		return rc;
	out->items = (uint8_t)items;
	out->item = (uint8_t)MIN(inquiry->item, items - 1);
	return read_wording(d, inquiry, language, &w, &out->of_question);
}

int inquiry_day(struct database *d, const struct inquiry *inquiry, struct findings *out)
{
	struct day_findings *day = &out->of_day;
	struct question_findings nps;
	struct wording w;
	int items, rc = read_visits(d, inquiry->day, day);
	if (rc == SQLITE_OK)
		rc = read_rates(d, inquiry, day);
	if (rc == SQLITE_OK)
		rc = read_hours(d, inquiry->day, day);
	if (rc == SQLITE_OK)
		rc = find_wording(d, inquiry->day, 0, true, &w, &items);
	if (rc != SQLITE_OK)
		return rc;
	out->items = (uint8_t)items;
	if (w.n == 0)
		return SQLITE_OK;
	memset(&nps, 0, sizeof nps);
	rc = read_answers(d, inquiry, &w, &nps);
	day->has_nps = true;
	day->nps = nps.score[RESPONDENT_CUSTOMER];
	return rc;
}
