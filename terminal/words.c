#include "words.h"

#include "embedded.h"

#include <stdarg.h>
#include <string.h>

#define MESSAGES "messages.ini"
#define STAND_IN "en"

static const char *const keys[WORDS] = {
#define WORDS_KEY(word, key) key,
	WORDS_CUSTOMER(WORDS_KEY) WORDS_CASHIER(WORDS_KEY) WORDS_REPORT(WORDS_KEY)
		WORDS_PAPER(WORDS_KEY) WORDS_SUMMARY(WORDS_KEY)
#undef WORDS_KEY
};

struct words {
	int n;
	char **codes;
	const char **text; /* n * WORDS */
};

/* Scanned once for the life of the program; its faults are told to who asks first. */
static const struct ini *messages(struct faults *faults)
{
	static struct ini *ini;
	size_t size;
	const char *text = embedded_text(MESSAGES, &size);

	g_assert(text != NULL);
	if (ini == NULL)
		ini = ini_scan(MESSAGES, text, size, faults);
	return ini;
}

static const struct ini_group *group_of(const struct ini *ini, const char *kind,
					const char *name)
{
	for (guint i = 0; i < ini->groups->len; i++) {
		const struct ini_group *group = g_ptr_array_index(ini->groups, i);

		if (strcmp(group->kind, kind) == 0 && strcmp(group->name, name) == 0)
			return group;
	}
	return NULL;
}

static const char *value_of(const struct ini_group *group, const char *key,
			    const char *code)
{
	for (guint i = 0; group != NULL && i < group->entries->len; i++) {
		const struct ini_entry *entry = &g_array_index(group->entries,
							       struct ini_entry, i);

		if (strcmp(entry->key, key) == 0 && g_strcmp0(entry->language, code) == 0)
			return entry->value;
	}
	return NULL;
}

static const char *find_text(const struct ini *ini, enum word word, const char *code,
			     const char *cashier)
{
	if (word <= WORDS_CUSTOMER_LAST)
		return value_of(group_of(ini, "customer", ""), keys[word], code);
	return value_of(group_of(ini, "cashier", ""), keys[word], cashier);
}

static void fill_language(struct words *words, int language, struct faults *faults)
{
	const char *code = words->codes[language];
	const struct ini *ini = messages(faults);
	const struct ini_group *group = group_of(ini, "language", code);
	const char *cashier = value_of(group, "cashier", NULL);

	if (group == NULL)
		faults_add(faults, 0, "terminal", "languages",
			   "there are no sentences in \"%s\"; messages.ini needs a group "
			   "[language %s]",
			   code, code);
	for (enum word word = 0; word < WORDS; word++) {
		const char *text = find_text(ini, word, code, cashier);

		if (text == NULL && group != NULL)
			faults_add(faults, group->line, group->kind, keys[word],
				   "the sentence is missing in \"%s\"", code);
		if (text == NULL)
			text = find_text(ini, word, STAND_IN, STAND_IN);
		g_assert(text != NULL);
		words->text[language * WORDS + (int)word] = text;
	}
}

struct words *words_new(const char *const *codes, int n, struct faults *faults)
{
	struct words *words = g_new0(struct words, 1);

	g_assert(n >= 1);
	words->n = n;
	words->codes = g_new0(char *, (gsize)n + 1);
	words->text = g_new0(const char *, (gsize)n *WORDS);
	for (int i = 0; i < n; i++) {
		words->codes[i] = g_strdup(codes[i]);
		fill_language(words, i, faults);
	}
	return words;
}

void words_free(struct words *words)
{
	if (words == NULL)
		return;
	g_strfreev(words->codes);
	g_free(words->text);
	g_free(words);
}

const char *words_text(const struct words *words, enum word word, int language)
{
	g_assert(language >= 0 && language < words->n && word < WORDS);
	return words->text[language * WORDS + (int)word];
}

const char *words_key(enum word word)
{
	g_assert(word < WORDS);
	return keys[word];
}

char **words_languages(void)
{
	struct faults *faults = faults_new(MESSAGES);
	const struct ini *ini = messages(faults);
	GPtrArray *codes = g_ptr_array_new();

	for (guint i = 0; i < ini->groups->len; i++) {
		const struct ini_group *group = g_ptr_array_index(ini->groups, i);

		if (strcmp(group->kind, "language") == 0)
			g_ptr_array_add(codes, g_strdup(group->name));
	}
	g_ptr_array_add(codes, NULL);
	faults_free(faults);
	return (char **)g_ptr_array_free(codes, FALSE);
}

const char *words_sample(const struct words *words, const char *name, const char *key,
			 int language)
{
	g_assert(language >= 0 && language < words->n);
	return value_of(group_of(messages(NULL), "question", name), key,
			words->codes[language]);
}

/* The value of the field that TEXT begins with, and its end; NULL if it is none of FIELDS. */
static const char *field_at(const char *text, va_list fields, const char **end)
{
	const char *name;

	while ((name = va_arg(fields, const char *)) != NULL) {
		const char *value = va_arg(fields, const char *);
		size_t length = strlen(name);

		if (text[0] == '{' && strncmp(text + 1, name, length) == 0 &&
		    text[1 + length] == '}') {
			*end = text + length + 2;
			return value;
		}
	}
	return NULL;
}

void words_fill(char *out, size_t size, const char *text, ...)
{
	size_t used = 0;
	const char *insert = "";

	g_assert(size > 0);
	while (*insert != '\0' || *text != '\0') {
		const char **from = &text;
		size_t length;

		if (*insert == '\0' && *text == '{') {
			const char *end, *value;
			va_list fields;

			va_start(fields, text);
			value = field_at(text, fields, &end);
			va_end(fields);
			if (value != NULL) {
				insert = value;
				text = end;
				continue;
			}
		}
		if (*insert != '\0')
			from = &insert;
		length = (size_t)(g_utf8_next_char(*from) - *from);
		if (used + length >= size)
			break;
		memcpy(out + used, *from, length);
		used += length;
		*from += length;
	}
	out[used] = '\0';
}
