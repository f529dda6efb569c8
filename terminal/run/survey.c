/* survey.c - see survey.h */
#include "run/survey.h"

#include "store/inbox.h"

static void fill(struct survey *s)
{
	const struct config *config = s->config;

	s->rules = config->rules;
	s->rules.language = (uint8_t)s->languages.rest;
	s->rules.hidden_languages = s->languages.hidden;
	for (int i = 0; i < config->n_readers; i++)
		s->reader[i] = config->readers[i].name;
	s->store = (struct store_options){
		.path = config->database,
		.store = config->store,
		.till = config->till,
		.currency = config->currency,
		.questionnaire = &config->questionnaire,
		.languages = (uint8_t)config->n_languages,
		.language = config->languages,
		.readers = (uint8_t)config->n_readers,
		.reader = s->reader,
		.cashiers = config->cashiers,
		.keep = config->keep,
	};
}

static struct survey *make(const struct config *config, struct config *own,
			   GString *notes, GError **error)
{
	struct survey *s = g_new0(struct survey, 1);

	s->config = config;
	s->own = own;
	if (languages_choose(&s->languages, config, notes, error)) {
		fill(s);
		return s;
	}
	survey_free(s);
	return NULL;
}

struct survey *survey_new(struct config *config, GString *notes, GError **error)
{
	return make(config, config, notes, error);
}

struct survey *survey_begin(const struct config *local, GString *notes, GError **error)
{
	struct faults *faults = faults_new(local->file);
	struct config *own;

	inbox_config(local, INBOX_GOOD, faults, &own);
	g_autofree char *text = faults_text(faults);
	if (*text != '\0')
		g_string_append_printf(
			notes,
			"what head office published does not go with this config.ini, "
			"which was used alone:\n%s",
			text);
	faults_free(faults);
	return make(own != NULL ? own : local, own, notes, error);
}

void survey_free(struct survey *s)
{
	if (s == NULL)
		return;
	languages_clear(&s->languages);
	config_free(s->own);
	g_free(s);
}

void survey_context(const struct survey *s, struct view_context *out)
{
	const struct till_config *till = &s->config->till_line;

	*out = (struct view_context){
		.questionnaire = &s->config->questionnaire,
		.words = s->languages.words,
		.cashier_language = s->languages.rest,
		.pole = till->show && *till->line.device != '\0',
	};
}
