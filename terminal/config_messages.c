/* [messages]: sentences for customers in place of those of messages.ini. */
#include "config_table.h"

#include <string.h>

#include "words.h"

#define COLS_MAX           36 /* of 40, less a margin of two on each side */
#define MORE_TIME_COLS_MAX 28 /* beside its bar */
#define SENTENCES          (WORDS_CUSTOMER_LAST + 1)

static int columns(const char *text)
{
	int cols = 0;

	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		cols += g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
	}
	return cols;
}

/* A {field} of ONE that OTHER lacks, or NULL; the caller frees. */
static char *lacks_field(const char *one, const char *other)
{
	for (const char *at = strchr(one, '{'); at != NULL; at = strchr(at + 1, '{')) {
		const char *end = strchr(at, '}');
		g_autofree char *field = g_strndup(at, end != NULL ? (gsize)(end - at + 1)
								   : strlen(at));

		if (strstr(other, field) == NULL)
			return g_steal_pointer(&field);
	}
	return NULL;
}

static void fault(struct loader *l, const struct ini_entry *e, const char *format, ...)
	G_GNUC_PRINTF(3, 4);
static void fault(struct loader *l, const struct ini_entry *e, const char *format, ...)
{
	g_autofree char *key = e->language != NULL
				       ? g_strdup_printf("%s[%s]", e->key, e->language)
				       : g_strdup(e->key);
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	faults_add(l->faults, e->line, "messages", key, "%s", text);
}

static void fault_unknown(struct loader *l, const struct ini_entry *e)
{
	const char *known[SENTENCES + 1] = {NULL};
	const char *likely;

	for (int i = 0; i < SENTENCES; i++)
		known[i] = words_key((enum word)i);
	likely = ini_likely(e->key, known);
	if (likely != NULL)
		fault(l, e, "is no sentence; did you mean %s", likely);
	else
		fault(l, e,
		      "is no sentence of a customer; allowed: the keys of [customer] in "
		      "terminal/messages.ini");
}

static bool is_right(struct loader *l, const struct ini_entry *e, enum word word,
		     const char *usual)
{
	int most = word == WORD_MORE_TIME ? MORE_TIME_COLS_MAX : COLS_MAX;
	g_autofree char *missing = lacks_field(usual, e->value);
	g_autofree char *strange = lacks_field(e->value, usual);

	if (*e->value == '\0')
		fault(l, e, "a value is missing; allowed: a sentence of 1 to %d columns",
		      most);
	else if (columns(e->value) > most)
		fault(l, e, "is %d columns wide; allowed: 1 to %d", columns(e->value),
		      most);
	else if (missing != NULL)
		fault(l, e, "lacks %s; allowed: a sentence with it, as '%s'", missing,
		      usual);
	else if (strange != NULL)
		fault(l, e, "'%s' is nothing that is filled in; allowed: as '%s'",
		      strange, usual);
	else
		return true;
	return false;
}

static int language_of(const struct config *config, const char *code)
{
	for (int i = 0; i < config->n_languages; i++)
		if (strcmp(config->languages[i], code) == 0)
			return i;
	return -1;
}

/* A language that messages.ini knows and this till has not: the sentence is for others. */
static void read_sentence(struct loader *l, const struct words *words,
			  const struct ini_entry *e)
{
	enum word word = words_find(e->key);

	if (word == WORDS) {
		fault_unknown(l, e);
		return;
	}
	if (e->language == NULL) {
		fault(l, e, "its language is missing; write %s[ru]=", e->key);
		return;
	}
	int language = language_of(l->config, e->language);
	if (language < 0 &&
	    !g_strv_contains((const char *const *)l->languages, e->language)) {
		g_autofree char *all = g_strjoinv(" ", l->languages);
		fault(l, e, "'%s' is no language; allowed: %s", e->language, all);
	}
	if (language >= 0 && is_right(l, e, word, words_text(words, word, language)))
		l->config->messages[language * SENTENCES + (int)word] =
			loader_keep(l, e->value);
}

void config_finish_messages(struct loader *l)
{
	struct config *config = l->config;
	struct words *words;

	if (l->messages == NULL)
		return;
	words = config_words(config);
	config->messages = g_new0(const char *, (gsize)config->n_languages *SENTENCES);
	for (guint i = 0; i < l->messages->entries->len; i++)
		read_sentence(l, words,
			      &g_array_index(l->messages->entries, struct ini_entry, i));
	words_free(words);
}

struct words *config_words(const struct config *config)
{
	struct faults *faults =
		faults_new("messages.ini"); /* complete: a test sees to it */
	struct words *words = words_new(config->languages, config->n_languages, faults);

	faults_free(faults);
	for (int i = 0; config->messages != NULL && i < config->n_languages * SENTENCES;
	     i++)
		if (config->messages[i] != NULL)
			words_say(words, (enum word)(i % SENTENCES), i / SENTENCES,
				  config->messages[i]);
	return words;
}
