#include "store/rows.h"

#include <string.h>

static int put_visit(struct writer *w, const struct visit_row *v)
{
	const struct store_options *o = w->options;
	char card[KEEP_CARD_MAX], mask[6], cashier[CASHIER_MAX + 1];
	g_autofree char *complaint = NULL;
	keep_card(o->keep, w->card_secret, v->card, card, mask);
	keep_cashier(o->cashiers, w->secret, v->cashier, cashier);
	if (v->outcome == OUTCOME_COMPLAINT && v->complaint_choice > 0)
		complaint = g_strdelimit(
			g_strdup(o->questionnaire->complaint
					 .choice[v->complaint_choice - 1][v->language]),
			"\n", ' ');
	struct binding b = {database_query(&w->database, QUERY_visit_put), 0};
	bind_blob(&b, &v->id, sizeof v->id);
	bind_int(&b, w->till);
	bind_int(&b, v->day);
	bind_always(&b, trigger_name(v->trigger));
	bind_always(&b, o->language[v->language]);
	bind_int(&b, v->opened.utc_ms);
	bind_int(&b, v->opened.offset_s);
	bind_int(&b, v->last.utc_ms);
	bind_int(&b, v->last.offset_s);
	bind_int(&b, v->seconds_ms);
	bind_int(&b, v->opened.doubtful || v->last.doubtful);
	bind_text(&b, card);
	bind_text(&b, mask);
	bind_text(&b, card_kind_name(v->card_kind));
	bind_text(&b, v->receipt);
	bind_text(&b, cashier);
	bind_text(&b, sale_kind_name(v->sale_kind));
	bind_text(&b, tender_name(v->tender));
	if (v->has_total)
		bind_int(&b, v->total);
	else
		bind_null(&b);
	bind_always(&b, outcome_name(v->outcome));
	bind_always(&b, complaint != NULL ? complaint : reason_name(v->reason));
	bind_always(&b, respondent_name(v->respondent));
	bind_int(&b, v->offered_ms != MOMENT_NEVER);
	return database_run(&w->database, b.statement);
}

/* *N is visit.n of a visit; *CLOSED: it has its seq.  A visit that no save ever brought is the
 * caller's bug. */
static int find(struct writer *w, const struct id *id, int64_t *n, bool *closed)
{
	*n = w->visit_n;
	*closed = false;
	if (w->visit_n != 0 && id_equal(&w->visit, id))
		return SQLITE_OK;
	struct binding b = {database_query(&w->database, QUERY_visit_find), 0};
	bind_blob(&b, id, sizeof *id);
	int step = sqlite3_step(b.statement);
	g_assert(step != SQLITE_DONE);
	if (step == SQLITE_ROW) {
		*n = sqlite3_column_int64(b.statement, 0);
		*closed = sqlite3_column_type(b.statement, 1) != SQLITE_NULL;
		w->visit = *id;
		w->visit_n = *closed ? 0 : *n;
	}
	return database_end(&w->database, b.statement);
}

static int put_answer(struct writer *w, const struct answer_row *a)
{
	int64_t n;
	bool closed;
	int rc = find(w, &a->visit, &n, &closed);
	if (rc != SQLITE_OK || closed)
		return rc;
	bool is_words = w->options->questionnaire->question[a->question].kind ==
			QUESTION_WORDS;
	struct binding b = {database_query(&w->database, QUERY_answer_put), 0};
	bind_int(&b, n);
	bind_int(&b, w->wording[a->question]);
	bind_int(&b, a->at.utc_ms);
	bind_int(&b, a->at.offset_s);
	if (a->milliseconds >= 0)
		bind_int(&b, a->milliseconds);
	else
		bind_null(&b);
	bind_int(&b, a->place);
	bind_real(&b, a->probability);
	if (is_words || a->skipped)
		bind_null(&b);
	else
		bind_int(&b, a->value);
	if (is_words && !a->skipped)
		bind_always(&b, a->words);
	else
		bind_null(&b);
	return database_run(&w->database, b.statement);
}

static const char *reader_name(const struct store_options *o, uint8_t reader)
{
	if (reader == READER_TYPED)
		return "typed";
	if (reader == READER_SOCKET)
		return "socket";
	g_assert(reader < o->readers);
	return o->reader[reader];
}

static int put_card_event(struct writer *w, const struct card_event_row *e)
{
	const struct store_options *o = w->options;
	char card[KEEP_CARD_MAX], mask[6], result[40];
	int64_t n = 0;
	if (!id_is_none(&e->visit)) {
		bool closed;
		int rc = find(w, &e->visit, &n, &closed);
		if (rc != SQLITE_OK)
			return rc;
	}
	keep_card(o->keep, w->card_secret, e->card, card, mask);
	g_snprintf(result, sizeof result, "%s%s%s", card_event_result_name(e->result),
		   e->result == CARD_EVENT_ERROR ? " " : "",
		   e->result == CARD_EVENT_ERROR ? card_error_name(e->error) : "");
	struct binding b = {database_query(&w->database, QUERY_card_event_put), 0};
	bind_blob(&b, &e->id, sizeof e->id);
	if (n != 0)
		bind_int(&b, n);
	else
		bind_null(&b);
	bind_int(&b, e->at.day);
	bind_int(&b, e->at.utc_ms);
	bind_int(&b, e->at.offset_s);
	bind_always(&b, reader_name(o, e->reader));
	bind_always(&b, result);
	bind_text(&b, card);
	bind_text(&b, mask);
	bind_text(&b, card_kind_name(e->card_kind));
	return database_run(&w->database, b.statement);
}

static int put_queue_time(struct writer *w, const struct queue_time_row *q)
{
	struct binding b = {database_query(&w->database, QUERY_queue_time_put), 0};
	bind_blob(&b, &q->id, sizeof q->id);
	bind_int(&b, q->at.day);
	bind_int(&b, q->at.utc_ms);
	bind_int(&b, q->at.offset_s);
	bind_int(&b, q->held_out);
	bind_int(&b, q->milliseconds);
	return database_run(&w->database, b.statement);
}

int rows_close(struct writer *w, const struct id *visit)
{
	w->visit_n = 0;
	struct binding b = {database_query(&w->database, QUERY_visit_close), 0};
	bind_blob(&b, visit, sizeof *visit);
	return database_run(&w->database, b.statement);
}

int rows_save(struct writer *w, const struct save *save)
{
	int rc = SQLITE_OK;
	if (save->has_visit)
		rc = put_visit(w, &save->visit);
	if (rc == SQLITE_OK && save->has_answer)
		rc = put_answer(w, &save->answer);
	if (rc == SQLITE_OK && save->has_card_event)
		rc = put_card_event(w, &save->card_event);
	if (rc == SQLITE_OK && save->has_queue_time)
		rc = put_queue_time(w, &save->queue_time);
	if (rc == SQLITE_OK && save->closing)
		rc = rows_close(w, &save->visit.id);
	return rc;
}
