#include "store/wording.h"

#include <sodium.h>
#include <string.h>

static void add(crypto_hash_sha256_state *state, const char *text)
{
	crypto_hash_sha256_update(state, (const uint8_t *)text, strlen(text) + 1);
}

static const char *or_empty(const char *text)
{
	return text != NULL ? text : "";
}

void wording_hash(const struct question *q, const struct store_options *options,
		  uint8_t hash[32])
{
	char low[24];
	crypto_hash_sha256_state state;
	crypto_hash_sha256_init(&state);
	add(&state, q->name);
	add(&state, question_kind_name(q->kind));
	add(&state, or_empty(q->point));
	g_snprintf(low, sizeof low, "%" G_GUINT64_FORMAT, q->low_choices);
	add(&state, low);
	for (uint8_t l = 0; l < options->languages; l++) {
		add(&state, options->language[l]);
		add(&state, or_empty(q->text[l]));
		add(&state, or_empty(q->low[l]));
		add(&state, or_empty(q->high[l]));
		for (uint8_t c = 0; c < q->choices; c++)
			add(&state, or_empty(q->choice[c][l]));
	}
	crypto_hash_sha256_final(&state, hash);
}

/* 0 in *id: not there. */
static int find(struct database *d, const uint8_t hash[32], int64_t *id)
{
	struct binding b = {database_query(d, QUERY_wording_get), 0};
	bind_blob(&b, hash, 32);
	*id = sqlite3_step(b.statement) == SQLITE_ROW
		      ? sqlite3_column_int64(b.statement, 0)
		      : 0;
	return database_end(d, b.statement);
}

static int add_language(struct database *d, const struct question *q, int64_t id,
			const char *language, uint8_t l)
{
	struct binding b = {database_query(d, QUERY_wording_text_put), 0};
	bind_int(&b, id);
	bind_always(&b, language);
	bind_always(&b, or_empty(q->text[l]));
	bind_always(&b, or_empty(q->low[l]));
	bind_always(&b, or_empty(q->high[l]));
	int rc = database_run(d, b.statement);
	for (uint8_t c = 0; rc == SQLITE_OK && c < q->choices; c++) {
		struct binding choice = {database_query(d, QUERY_wording_choice_put), 0};
		bind_int(&choice, id);
		bind_always(&choice, language);
		bind_int(&choice, c + 1);
		bind_always(&choice, or_empty(q->choice[c][l]));
		rc = database_run(d, choice.statement);
	}
	return rc;
}

static int add_wording(struct database *d, const struct question *q,
		       const struct store_options *options, const uint8_t hash[32],
		       int64_t *id)
{
	struct binding name = {database_query(d, QUERY_question_put), 0};
	bind_always(&name, q->name);
	int rc = database_run(d, name.statement);
	if (rc != SQLITE_OK)
		return rc;
	struct binding b = {database_query(d, QUERY_wording_put), 0};
	bind_blob(&b, hash, 32);
	bind_always(&b, question_kind_name(q->kind));
	bind_always(&b, or_empty(q->point));
	bind_int(&b, (int64_t)q->low_choices);
	bind_always(&b, q->name);
	rc = database_run(d, b.statement);
	*id = sqlite3_last_insert_rowid(d->db);
	for (uint8_t l = 0; rc == SQLITE_OK && l < options->languages; l++)
		rc = add_language(d, q, *id, options->language[l], l);
	return rc;
}

int wording_register(struct database *d, const struct store_options *options,
		     int64_t ids[QUESTIONS_MAX])
{
	int rc = SQLITE_OK;
	for (uint8_t i = 0; rc == SQLITE_OK && i < options->questionnaire->count; i++) {
		const struct question *q = &options->questionnaire->question[i];
		uint8_t hash[32];
		wording_hash(q, options, hash);
		rc = find(d, hash, &ids[i]);
		if (rc == SQLITE_OK && ids[i] == 0)
			rc = add_wording(d, q, options, hash, &ids[i]);
	}
	return rc;
}
