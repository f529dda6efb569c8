/*
 * Fuzzes config.ini for its promises, not only for crashes:
 *   - there is a configuration, or there are faults, never both and never neither;
 *   - what is told of faults is UTF-8 without control characters, sorted by line;
 *   - what is read is within the ranges that the rest of the program relies on.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void check_faults(const char *text)
{
	int before = 0;

	check(g_utf8_validate(text, -1, NULL));
	for (const char *line = text; *line != '\0'; line = strchr(line, '\n') + 1) {
		int at = g_str_has_prefix(line, "f:") ? atoi(line + 2) : 0;

		check(*line == 'f' && at >= before);
		before = at;
	}
	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
		check(*p == '\n' || *p == '\t' || !g_unichar_iscntrl(g_utf8_get_char(p)));
}

static void check_question(const struct question *q, int languages)
{
	int least, most;

	question_range(q, &least, &most);
	check(most >= least && most <= CHOICES_MAX);
	check((q->kind == QUESTION_CHOICE) == (q->choices > 0));
	check(q->choices == 0 || q->choices >= 2);
	check(q->choices == 64 || q->low_choices >> q->choices == 0);
	for (int i = 0; i < languages; i++) {
		check(*q->text[i] != '\0' && q->low[i] != NULL && q->high[i] != NULL);
		for (int k = 0; k < q->choices; k++)
			check(*q->choice[k][i] != '\0');
	}
}

static void check_config(const struct config *c)
{
	int always = 0;

	check(c->n_languages >= 1 && c->language < c->n_languages && c->n_screens >= 1);
	check(c->timezone != NULL && *c->database == '/' && *c->till_line.socket == '/');
	check(c->day_starts_min >= 0 && c->day_starts_min < 1440);
	check(c->rules.answer_ms >= 1000 && c->rules.thanks_ms >= 1000);
	check(c->rules.readers == c->n_readers && c->n_readers <= READERS_MAX);
	check(c->questionnaire.places >= 1 && c->questionnaire.places <= ASKED_MAX);
	for (int i = 0; i < c->questionnaire.count; i++) {
		check_question(&c->questionnaire.question[i], c->n_languages);
		always += c->questionnaire.question[i].when == WHEN_ALWAYS;
	}
	check(always <= c->questionnaire.places);
	check_question(&c->questionnaire.complaint, c->n_languages);
	for (int r = 0; r < c->n_readers; r++) {
		check(*c->readers[r].line.device != '\0' &&
		      c->readers[r].protocol != NULL);
		check(c->readers[r].rules.any || c->readers[r].rules.n > 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct faults *faults = faults_new("f");
	struct config *config = config_parse("f", (const char *)data, size, faults);
	char *text = faults_text(faults);

	check((config == NULL) == (faults_count(faults) > 0));
	check_faults(text);
	if (config != NULL)
		check_config(config);
	g_free(text);
	faults_free(faults);
	config_free(config);
	return 0;
}
