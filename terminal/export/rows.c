#include "export/rows.h"

#include <string.h>

#define VISIT_COLUMNS  22
#define ANSWER_COLUMNS 13
#define CARD_COLUMNS   7

static const char *or_empty(const char *text)
{
	return text != NULL ? text : "";
}

/* The answer as the table of visits shows it. */
static void add_answer(struct record *r, const char *name, const struct archive_answer *a)
{
	if (!a->has_value)
		record_text(r, name, a->words);
	else if (a->kind == QUESTION_YESNO)
		record_word(r, name, a->value != 0 ? "yes" : "no");
	else if (a->kind == QUESTION_CHOICE)
		record_text(r, name, a->choice);
	else
		record_integer(r, name, a->value);
}

static const struct archive_answer *answer_to(const struct archive_visit *v,
					      const char *question)
{
	for (unsigned i = 0; i < v->answers; i++)
		if (v->answer[i].question == question)
			return &v->answer[i];
	return NULL;
}

static void add_questions(struct record *r, const GPtrArray *questions,
			  const struct archive_visit *v)
{
	for (unsigned i = 0; i < questions->len; i++) {
		const char *name = questions->pdata[i];
		const struct archive_answer *a = answer_to(v, name);
		if (a != NULL)
			add_answer(r, name, a);
		else
			record_absent(r, name);
	}
}

void rows_visit(struct record *r, const struct rows_how *how,
		const struct archive_visit *v)
{
	record_begin(r, VISIT_COLUMNS + how->questions->len);
	record_integer(r, "seq", v->seq);
	record_id(r, "visit", &v->id);
	record_text(r, "store", or_empty(v->store));
	record_text(r, "till", or_empty(v->till));
	record_text(r, "cashier", or_empty(v->cashier));
	record_day(r, "day", v->day);
	record_time(r, "started", v->started_ms, v->started_offset_s);
	record_time(r, "ended", v->ended_ms, v->ended_offset_s);
	record_word(r, "trigger", or_empty(v->trigger));
	record_word(r, "language", or_empty(v->language));
	record_text(r, "card", or_empty(how->full_cards ? v->card : v->card_mask));
	record_word(r, "card_kind", or_empty(v->card_kind));
	record_text(r, "receipt", or_empty(v->receipt));
	record_word(r, "sale_kind", or_empty(v->sale_kind));
	record_word(r, "tender", or_empty(v->tender));
	if (v->has_total)
		record_decimal(r, "total", v->total, 2);
	else
		record_absent(r, "total");
	record_word(r, "currency", v->has_total ? v->currency : "");
	record_word(r, "outcome", or_empty(v->outcome));
	record_text(r, "reason", or_empty(v->reason));
	record_decimal(r, "seconds", (v->milliseconds + 50) / 100, 1);
	record_word(r, "clock", v->doubtful ? "doubtful" : "ok");
	record_word(r, "respondent", or_empty(v->respondent));
	add_questions(r, how->questions, v);
}

static const char *label_of(const struct archive_answer *a)
{
	if (a->has_value && a->kind == QUESTION_YESNO)
		return a->value != 0 ? "yes" : "no";
	return or_empty(a->has_value ? a->choice : a->words);
}

void rows_answer(struct record *r, const struct archive_visit *v,
		 const struct archive_answer *a)
{
	record_begin(r, ANSWER_COLUMNS);
	record_integer(r, "seq", v->seq);
	record_id(r, "visit", &v->id);
	record_day(r, "day", v->day);
	record_time(r, "at", a->at_ms, a->at_offset_s);
	record_text(r, "question", or_empty(a->question));
	record_text(r, "point", or_empty(a->point));
	record_text(r, "wording", or_empty(a->wording));
	record_word(r, "kind", or_empty(a->kind_name));
	if (a->has_value)
		record_integer(r, "value", a->value);
	else
		record_absent(r, "value");
	record_text(r, "label", label_of(a));
	if (a->milliseconds >= 0)
		record_integer(r, "milliseconds", a->milliseconds);
	else
		record_absent(r, "milliseconds");
	record_integer(r, "place", a->place);
	record_real(r, "probability", a->probability);
}

void rows_card(struct record *r, const struct rows_how *how, const struct archive_card *c)
{
	bool whole = how->full_cards && strcmp(or_empty(c->result), "accepted") == 0;
	record_begin(r, CARD_COLUMNS);
	record_id(r, "event", &c->event);
	record_id(r, "visit", &c->visit);
	record_day(r, "day", c->day);
	record_time(r, "at", c->at_ms, c->at_offset_s);
	record_text(r, "reader", or_empty(c->reader));
	record_word(r, "result", or_empty(c->result));
	record_text(r, "card", or_empty(whole ? c->card : c->card_mask));
}
