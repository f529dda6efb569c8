#include "export/rows.h"

#include <string.h>

static const char *or_empty(const char *text)
{
	return text != NULL ? text : "";
}

static void add_id(struct record *r, const char *name, const struct id *id)
{
	char text[ID_TEXT_MAX];
	id_format(id, text);
	record_text(r, name, id_is_none(id) ? "" : text);
}

/* The answer as the table of visits shows it. */
static void add_answer(struct record *r, const char *name, const struct archive_answer *a)
{
	if (a->has_value && strcmp(a->kind, "yesno") == 0)
		record_text(r, name, a->value != 0 ? "yes" : "no");
	else if (a->has_value && strcmp(a->kind, "choice") == 0)
		record_text(r, name, a->choice);
	else if (a->has_value)
		record_integer(r, name, a->value);
	else
		record_text(r, name, a->words);
}

static const struct archive_answer *answer_to(const struct archive_visit *v,
					      const char *question)
{
	for (unsigned i = 0; i < v->answers; i++)
		if (strcmp(v->answer[i].question, question) == 0)
			return &v->answer[i];
	return NULL;
}

void export_visit(struct record *r, const struct export_how *how,
		  const struct archive_visit *v)
{
	record_clear(r);
	record_integer(r, "seq", v->seq);
	add_id(r, "visit", &v->id);
	record_text(r, "store", or_empty(v->store));
	record_text(r, "till", or_empty(v->till));
	record_text(r, "cashier", or_empty(v->cashier));
	record_day(r, "day", v->day);
	record_time(r, "started", v->started_ms, v->started_offset_s);
	record_time(r, "ended", v->ended_ms, v->ended_offset_s);
	record_text(r, "trigger", or_empty(v->trigger));
	record_text(r, "language", or_empty(v->language));
	record_text(r, "card", or_empty(how->full_cards ? v->card : v->card_mask));
	record_text(r, "card_kind", or_empty(v->card_kind));
	record_text(r, "receipt", or_empty(v->receipt));
	record_text(r, "sale_kind", or_empty(v->sale_kind));
	record_text(r, "tender", or_empty(v->tender));
	if (v->has_total)
		record_decimal(r, "total", v->total, 2);
	else
		record_absent(r, "total");
	record_text(r, "currency", v->has_total ? v->currency : "");
	record_text(r, "outcome", or_empty(v->outcome));
	record_text(r, "reason", or_empty(v->reason));
	record_decimal(r, "seconds", (v->milliseconds + 50) / 100, 1);
	record_text(r, "clock", v->doubtful ? "doubtful" : "ok");
	record_text(r, "respondent", or_empty(v->respondent));
	for (unsigned i = 0; i < how->questions->len; i++) {
		const char *name = how->questions->pdata[i];
		const struct archive_answer *a = answer_to(v, name);
		if (a != NULL)
			add_answer(r, name, a);
		else
			record_absent(r, name);
	}
}

void export_answer(struct record *r, const struct archive_visit *v,
		   const struct archive_answer *a)
{
	record_clear(r);
	record_integer(r, "seq", v->seq);
	add_id(r, "visit", &v->id);
	record_day(r, "day", v->day);
	record_time(r, "at", a->at_ms, a->at_offset_s);
	record_text(r, "question", or_empty(a->question));
	record_text(r, "point", or_empty(a->point));
	record_text(r, "wording", or_empty(a->wording));
	record_text(r, "kind", or_empty(a->kind));
	if (a->has_value)
		record_integer(r, "value", a->value);
	else
		record_absent(r, "value");
	if (a->has_value && strcmp(a->kind, "yesno") == 0)
		record_text(r, "label", a->value != 0 ? "yes" : "no");
	else
		record_text(r, "label", or_empty(a->has_value ? a->choice : a->words));
	if (a->milliseconds >= 0)
		record_integer(r, "milliseconds", a->milliseconds);
	else
		record_absent(r, "milliseconds");
	record_integer(r, "place", a->place);
	record_real(r, "probability", a->probability);
}

void export_card(struct record *r, const struct export_how *how,
		 const struct archive_card *c)
{
	bool whole = how->full_cards && c->result != NULL &&
		     strcmp(c->result, "accepted") == 0;
	record_clear(r);
	add_id(r, "event", &c->event);
	add_id(r, "visit", &c->visit);
	record_day(r, "day", c->day);
	record_time(r, "at", c->at_ms, c->at_offset_s);
	record_text(r, "reader", or_empty(c->reader));
	record_text(r, "result", or_empty(c->result));
	record_text(r, "card", or_empty(whole ? c->card : c->card_mask));
}
