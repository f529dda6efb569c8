#include "promise.h"

#include <glib.h>
#include <string.h>

void promises_init(struct promises *p, const struct questionnaire *questionnaire,
		   const char *const *cards)
{
	memset(p, 0, sizeof *p);
	p->questionnaire = questionnaire;
	p->cards = cards;
}

struct promised_visit *promises_visit(struct promises *p, struct id id)
{
	if (id_is_none(&id))
		return NULL;
	for (int i = p->count - 1; i >= 0; i--)
		if (id_equal(&p->visit[i].id, &id))
			return &p->visit[i];
	g_assert_cmpint(p->count, <, VISITS_MAX);
	struct promised_visit *v = &p->visit[p->count++];
	v->id = id;
	return v;
}

void promises_expect(struct promised_visit *v, uint8_t question, enum expected what,
		     int value)
{
	v->question[question].expected = what;
	v->question[question].value = value;
	v->question[question].promised = false;
}

void promises_thanks(struct promises *p, struct id id)
{
	struct promised_visit *v = promises_visit(p, id);
	g_assert_nonnull(v);
	p->thanks++;
	for (int q = 0; q < QUESTIONS_MAX; q++)
		v->question[q].promised = v->question[q].expected == EXPECTED_VALUE ||
					  v->question[q].expected == EXPECTED_SKIP;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *s;
	int rc = sqlite3_prepare_v2(db, sql, -1, &s, NULL);
	if (rc != SQLITE_OK)
		g_error("%s: %s", sql, sqlite3_errmsg(db));
	return s;
}

static char *check_visit(struct promises *p, const struct promised_visit *v,
			 sqlite3_stmt *answers)
{
	char id[ID_TEXT_MAX];
	id_format(&v->id, id);
	for (uint8_t q = 0; q < p->questionnaire->count; q++) {
		if (!v->question[q].promised)
			continue;
		const char *name = p->questionnaire->question[q].name;
		sqlite3_reset(answers);
		sqlite3_bind_blob(answers, 1, v->id.byte, 16, SQLITE_STATIC);
		sqlite3_bind_text(answers, 2, name, -1, SQLITE_STATIC);
		if (sqlite3_step(answers) != SQLITE_ROW)
			return g_strdup_printf("visit %s: the answer to %s is lost", id,
					       name);
		bool null = sqlite3_column_type(answers, 0) == SQLITE_NULL;
		int value = sqlite3_column_int(answers, 0);
		if (null != (v->question[q].expected == EXPECTED_SKIP) ||
		    (!null && value != v->question[q].value))
			return g_strdup_printf("visit %s: %s is %d, promised was %d", id,
					       name, null ? -1 : value,
					       v->question[q].value);
		if (sqlite3_step(answers) == SQLITE_ROW)
			return g_strdup_printf("visit %s: %s is there twice", id, name);
	}
	return NULL;
}

/* A visit's card is one that was swiped while it was open. */
static char *check_card(struct promises *p, const struct promised_visit *v,
			sqlite3_stmt *card_of)
{
	char id[ID_TEXT_MAX];
	sqlite3_reset(card_of);
	sqlite3_bind_blob(card_of, 1, v->id.byte, 16, SQLITE_STATIC);
	if (sqlite3_step(card_of) != SQLITE_ROW ||
	    sqlite3_column_type(card_of, 0) == SQLITE_NULL)
		return NULL;
	const char *card = (const char *)sqlite3_column_text(card_of, 0);
	for (int i = 0; i < CARDS_MAX; i++)
		if ((v->cards >> i & 1) != 0 && strcmp(p->cards[i], card) == 0)
			return NULL;
	id_format(&v->id, id);
	return g_strdup_printf(
		"visit %s carries card %s, which belongs to another customer", id, card);
}

static char *check_swipes(struct promises *p, sqlite3_stmt *events)
{
	for (int i = 0; i < CARDS_MAX; i++) {
		sqlite3_reset(events);
		sqlite3_bind_text(events, 1, p->cards[i], -1, SQLITE_STATIC);
		sqlite3_step(events);
		int n = sqlite3_column_int(events, 0);
		if (n < p->accepted[i])
			return g_strdup_printf(
				"card %s: %d swipes were confirmed, %d are there",
				p->cards[i], p->accepted[i], n);
		if (n > p->swipes[i])
			return g_strdup_printf(
				"card %s: %d swipes were made, %d are there", p->cards[i],
				p->swipes[i], n);
	}
	return NULL;
}

/* Statements that must give 0, and what it means when they do not. */
static const struct {
	const char *sql, *meaning;
} invariants[] = {
	{"SELECT count(*) - coalesce(max(seq), 0) FROM visit WHERE seq IS NOT NULL",
	 "seq has gaps or doubles"},
	{"SELECT count(*) FROM visit WHERE seq IS NOT NULL AND n NOT IN "
	 "(SELECT record FROM outbox WHERE kind = 1)",
	 "a closed visit is not in the outbox"},
	{"SELECT count(*) FROM outbox JOIN visit ON n = record WHERE kind = 1 AND seq IS NULL",
	 "an open visit is in the outbox"},
	{"SELECT count(*) FROM card_event WHERE visit IS NULL AND n NOT IN "
	 "(SELECT record FROM outbox WHERE kind = 2)",
	 "a card event is not in the outbox"},
	{"SELECT (SELECT coalesce(sum(visits), 0) FROM day_visit) - "
	 "(SELECT count(*) FROM visit WHERE seq IS NOT NULL)",
	 "the roll-up of visits does not count right"},
	{"SELECT (SELECT coalesce(sum(answers), 0) FROM day_answer) - "
	 "(SELECT count(*) FROM answer JOIN visit ON n = visit WHERE seq IS NOT NULL "
	 "AND reason <> 'training')",
	 "the roll-up of answers does not count right"},
	{"SELECT count(*) FROM visit WHERE outcome = 'completed' AND n NOT IN "
	 "(SELECT visit FROM answer WHERE value IS NOT NULL OR words IS NOT NULL)",
	 "a completed visit has no answer"},
	{"SELECT count(*) FROM visit JOIN answer ON visit = n WHERE seq IS NOT NULL AND "
	 "outcome IN ('declined', 'not_asked') AND reason <> 'training' "
	 "AND value IS NOT NULL",
	 "a visit that was not answered has an answer"},
	{"SELECT count(*) FROM visit WHERE (outcome = 'not_asked') <> (reason <> '') "
	 "AND outcome <> 'complaint'",
	 "not_asked and its reason do not go together"},
	{"SELECT count(*) FROM card JOIN visit USING (card) WHERE answered_day IS NOT NULL "
	 "AND card NOT IN (SELECT card FROM visit WHERE card IS NOT NULL AND "
	 "outcome IN ('completed', 'partial'))",
	 "training cools a card down"},
	{"SELECT count(*) FROM visit WHERE reason = 'training' AND offered <> 0",
	 "training counts as an offer"},
	{"SELECT count(*) FROM visit WHERE respondent <> 'customer' AND "
	 "(\"trigger\" <> 'key' OR card IS NOT NULL OR sale_kind IS NOT NULL)",
	 "a sale or a card is no customer's"},
	{"SELECT count(*) FROM (SELECT visit FROM answer GROUP BY visit HAVING count(*) > 5)",
	 "more than five questions in a visit"},
	{"SELECT count(*) FROM card_event WHERE result LIKE 'refused%' AND "
	 "(card IS NOT NULL OR card_mask IS NOT NULL)",
	 "something of a refused card is kept"},
	{"SELECT count(*) FROM queue_time LEFT JOIN outbox ON kind = 3 AND record = n "
	 "WHERE record IS NULL",
	 "a time of the queue is not in the outbox"},
};

static char *check_invariants(sqlite3 *db)
{
	for (size_t i = 0; i < G_N_ELEMENTS(invariants); i++) {
		sqlite3_stmt *s = prepare(db, invariants[i].sql);
		bool row = sqlite3_step(s) == SQLITE_ROW;
		int n = row ? sqlite3_column_int(s, 0) : -1;
		sqlite3_finalize(s);
		if (n != 0)
			return g_strdup_printf("%s (%d)", invariants[i].meaning, n);
	}
	return NULL;
}

char *promises_check(struct promises *p, sqlite3 *db, bool all_closed)
{
	sqlite3_stmt *answers = prepare(
		db,
		"SELECT answer.value FROM answer JOIN visit ON visit.n = answer.visit "
		"JOIN wording ON wording.n = answer.wording "
		"JOIN question ON question.n = wording.question "
		"WHERE visit.id = ? AND question.name = ?");
	sqlite3_stmt *card_of = prepare(db, "SELECT card FROM visit WHERE id = ?");
	sqlite3_stmt *events = prepare(db,
				       "SELECT count(*) FROM card_event WHERE card = ? "
				       "AND result IN ('accepted', 'replaced')");
	char *wrong = check_invariants(db);
	for (int i = 0; i < p->count && wrong == NULL; i++) {
		wrong = check_visit(p, &p->visit[i], answers);
		if (wrong == NULL)
			wrong = check_card(p, &p->visit[i], card_of);
	}
	if (wrong == NULL)
		wrong = check_swipes(p, events);
	sqlite3_finalize(answers);
	sqlite3_finalize(card_of);
	sqlite3_finalize(events);
	if (wrong == NULL && all_closed) {
		sqlite3_stmt *s = prepare(db,
					  "SELECT count(*) FROM visit WHERE seq IS NULL");
		sqlite3_step(s);
		if (sqlite3_column_int(s, 0) != 0)
			wrong = g_strdup("a visit is open that nobody will close");
		sqlite3_finalize(s);
	}
	return wrong;
}
