/* The sentences: complete, short enough, and of characters that old screens have. */
#include "words.h"

#include <glib.h>
#include <locale.h>
#include <string.h>

#include "embedded.h"

#define COLS_MAX           36
#define MORE_TIME_COLS_MAX 28 /* beside its bar, on 40 columns */

static struct ini *ini;

static int columns(const char *text)
{
	int cols = 0;

	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		cols += g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
	}
	return cols;
}

/* Calls CHECK for every entry that is read by people. */
static void for_each (void (*check)(const struct ini_group *group,
				    const struct ini_entry *entry))
{
	for (guint g = 0; g < ini->groups->len; g++) {
		const struct ini_group *group = g_ptr_array_index(ini->groups, g);

		for (guint i = 0; i < group->entries->len; i++) {
			const struct ini_entry *entry =
				&g_array_index(group->entries, struct ini_entry, i);

			if (entry->language != NULL)
				check(group, entry);
		}
	}
}

static const char *find(const char *kind, const char *key, const char *language)
{
	for (guint g = 0; g < ini->groups->len; g++) {
		const struct ini_group *group = g_ptr_array_index(ini->groups, g);

		for (guint i = 0; i < group->entries->len; i++) {
			const struct ini_entry *entry =
				&g_array_index(group->entries, struct ini_entry, i);

			if (strcmp(group->kind, kind) == 0 &&
			    strcmp(entry->key, key) == 0 &&
			    g_strcmp0(entry->language, language) == 0)
				return entry->value;
		}
	}
	return NULL;
}

static void test_complete(void)
{
	g_auto(GStrv) codes = words_languages();
	int n = (int)g_strv_length(codes);
	struct faults *faults = faults_new("messages.ini");
	struct words *words = words_new((const char *const *)codes, n, faults);
	g_autofree char *text = faults_text(faults);

	g_assert_cmpint(n, ==, 9);
	g_assert_cmpstr(text, ==, "");
	words_free(words);
	faults_free(faults);
}

static bool is_key(const char *key)
{
	for (enum word word = 0; word < WORDS; word++)
		if (strcmp(words_key(word), key) == 0)
			return true;
	return false;
}

static void check_known(const struct ini_group *group, const struct ini_entry *entry)
{
	if (strcmp(group->kind, "question") != 0 && !is_key(entry->key)) {
		g_test_message("line %d: %s is no word of words.h", entry->line,
			       entry->key);
		g_test_fail();
	}
}

static void test_known(void)
{
	for_each (check_known)
		;
}

/* What each language may be written with: its old eight-bit sets, or ASCII. */
static const struct {
	const char *language;
	const char *charsets[5];
} alphabets[] = {
	{"ru", {"KOI8-R", "CP866", "CP1251", "ISO-8859-5"}},
	{"en", {"ASCII"}},
	{"kk", {"PT154"}},
	{"uz", {"ASCII"}},
	{"tg", {"KOI8-T"}},
	{"tr", {"ISO-8859-9", "CP1254"}},
	{"de", {"ISO-8859-1", "CP850"}},
	{"es", {"ISO-8859-1", "CP850"}},
	{"zh", {"GB2312"}},
};

static void check_letters(const struct ini_group *group, const struct ini_entry *entry)
{
	g_autofree char *normal = g_utf8_normalize(entry->value, -1, G_NORMALIZE_NFC);

	/* the name of a language stands on the screens of all of them */
	(void)group;
	g_assert_cmpstr(normal, ==, entry->value);
	for (gsize i = 0; i < G_N_ELEMENTS(alphabets); i++)
		for (int k = 0; alphabets[i].charsets[k] != NULL; k++) {
			const char *charset = alphabets[i].charsets[k];
			g_autofree char *bytes = NULL;

			if (strcmp(alphabets[i].language, entry->language) != 0)
				continue;
			bytes = g_convert(entry->value, -1, charset, "UTF-8", NULL, NULL,
					  NULL);
			if (bytes == NULL) {
				g_test_message("line %d: %s cannot write: %s",
					       entry->line, charset, entry->value);
				g_test_fail();
			}
		}
}

static void test_letters(void)
{
	for_each (check_letters)
		;
}

static void check_form(const struct ini_group *group, const struct ini_entry *entry)
{
	static const char *const forbidden[] = {
		"—", "–", "…", "«", "»", "“", "”", "„", "‘", "’", "№", "  ", "\t", "...",
	};
	const char *text = entry->value;

	(void)group;
	g_assert_cmpstr(text, !=, "");
	for (gsize i = 0; i < G_N_ELEMENTS(forbidden); i++)
		if (strstr(text, forbidden[i]) != NULL) {
			g_test_message("line %d: '%s' in: %s", entry->line, forbidden[i],
				       text);
			g_test_fail();
		}
	if (g_str_has_suffix(text, ".") || g_str_has_suffix(text, "。")) {
		g_test_message("line %d: full stop at the end: %s", entry->line, text);
		g_test_fail();
	}
}

static void test_form(void)
{
	for_each (check_form)
		;
}

static void check_width(const struct ini_group *group, const struct ini_entry *entry)
{
	int most = COLS_MAX;
	char text[512];

	if (strcmp(group->kind, "question") == 0)
		return; /* tests/unit/screen_fit.c draws them */
	if (g_str_has_prefix(entry->key, "report."))
		return; /* lines of a report are wide */
	if (strcmp(entry->key, "more_time") == 0)
		most = MORE_TIME_COLS_MAX;
	words_fill(text, sizeof(text), entry->value, "n", "5", "k", "4", "name",
		   strstr(entry->key, "thanks") ? "Александра-Константинова"
						: "Александра-Мария",
		   "time", "14:05", "last4", "*1234", "cols", "132", "rows", "43", "d",
		   "25", "m", "11", "y", "2026", "day", "25.11.2026", NULL);
	if (columns(text) > most) {
		g_test_message("line %d: %d columns of %d: %s", entry->line,
			       columns(text), most, text);
		g_test_fail();
	}
	if (strchr(text, '{') != NULL) {
		g_test_message("line %d: no such field: %s", entry->line, text);
		g_test_fail();
	}
}

static void test_width(void)
{
	for_each (check_width)
		;
}

/* A hint names the same key, and a sentence has the same fields, in every language. */
static void check_alike(const struct ini_group *group, const struct ini_entry *entry)
{
	const char *russian = find(group->kind, entry->key, "ru");
	const char *end = strchr(russian, ']');

	if (strcmp(group->kind, "question") == 0)
		return;
	if (russian[0] == '[')
		g_assert_true(
			strncmp(russian, entry->value, (gsize)(end - russian) + 2) == 0);
	for (const char *p = russian; (p = strchr(p, '{')) != NULL; p++) {
		g_autofree char *field = g_strndup(p, strcspn(p, "}") + 1);

		if (strstr(entry->value, field) == NULL) {
			g_test_message("line %d: %s is missing", entry->line, field);
			g_test_fail();
		}
	}
}

static void test_alike(void)
{
	for_each (check_alike)
		;
}

/* README, "A visit": only the page drawn after the store confirmed the visit holds these. */
static void check_saved(const struct ini_group *group, const struct ini_entry *entry)
{
	(void)group;
	if (strcmp(entry->key, "thanks") != 0) {
		g_assert_null(strstr(entry->value, "записаны"));
		g_assert_null(strstr(entry->value, "saved"));
	}
}

static void test_saved(void)
{
	for_each (check_saved)
		;
	g_assert_nonnull(strstr(find("customer", "thanks", "ru"), "записаны"));
	g_assert_nonnull(strstr(find("customer", "thanks", "en"), "saved"));
}

static void test_samples(void)
{
	static const char *const names[] = {"overall",  "nps",     "queue",
					    "service",  "goods",   "prices",
					    "premises", "improve", "words"};
	g_auto(GStrv) codes = words_languages();
	struct faults *faults = faults_new("messages.ini");
	int n = (int)g_strv_length(codes);
	struct words *words = words_new((const char *const *)codes, n, faults);

	for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
		for (int k = 0; k < n; k++) {
			const char *low = words_sample(words, names[i], "low", k);
			const char *high = words_sample(words, names[i], "high", k);
			const char *choices = words_sample(words, names[i], "choices", k);
			const char *first = words_sample(words, names[i], "choices", 0);

			g_assert_nonnull(words_sample(words, names[i], "text", k));
			g_assert_true((low == NULL) == (high == NULL));
			g_assert_true((low == NULL) ==
				      (words_sample(words, names[i], "low", 0) == NULL));
			g_assert_true((choices == NULL) == (first == NULL));
			if (choices != NULL) {
				g_auto(GStrv) list = ini_list(choices),
					      other = ini_list(first);

				g_assert_cmpuint(g_strv_length(list), ==,
						 g_strv_length(other));
			}
		}
	words_free(words);
	faults_free(faults);
}

static void test_language(void)
{
	static const char *const codes[] = {"kk", "xx", "en"};
	struct faults *faults = faults_new("config.ini");
	struct words *words = words_new(codes, 3, faults);
	g_autofree char *text = faults_text(faults);

	g_assert_cmpstr(words_text(words, WORD_YES, 0), ==, "иә");
	g_assert_cmpstr(words_text(words, WORD_YES, 1), ==, "yes");
	g_assert_cmpstr(words_text(words, WORD_READER_READY, 0), ==, "Считыватель готов");
	g_assert_cmpstr(words_text(words, WORD_READER_READY, 2), ==, "Reader ready");
	g_assert_cmpuint(faults_count(faults), ==, 1);
	g_assert_nonnull(strstr(text, "[language xx]"));
	words_free(words);
	faults_free(faults);
}

static void test_fill(void)
{
	char out[32], little[8];

	words_fill(out, sizeof(out), "{k} из {n}", "k", "2", "n", "3", NULL);
	g_assert_cmpstr(out, ==, "2 из 3");
	words_fill(out, sizeof(out), "{n}{n} {what} {", "n", "{n}", NULL);
	g_assert_cmpstr(out, ==, "{n}{n} {what} {");
	words_fill(out, sizeof(out), "", "n", "1", NULL);
	g_assert_cmpstr(out, ==, "");
	words_fill(little, sizeof(little), "аб{n}", "n", "вгд", NULL);
	g_assert_cmpstr(little, ==, "абв"); /* whole characters */
}

int main(int argc, char **argv)
{
	struct faults *faults = faults_new("messages.ini");
	gsize size;
	const char *text = embedded_text("messages.ini", &size);
	int result;

	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(&argc, &argv, NULL);
	ini = ini_scan("messages.ini", text, size, faults);
	g_assert_cmpuint(faults_count(faults), ==, 0);
	g_test_add_func("/words/complete", test_complete);
	g_test_add_func("/words/known", test_known);
	g_test_add_func("/words/letters", test_letters);
	g_test_add_func("/words/form", test_form);
	g_test_add_func("/words/width", test_width);
	g_test_add_func("/words/alike", test_alike);
	g_test_add_func("/words/saved", test_saved);
	g_test_add_func("/words/samples", test_samples);
	g_test_add_func("/words/language", test_language);
	g_test_add_func("/words/fill", test_fill);
	result = g_test_run();
	ini_free(ini);
	faults_free(faults);
	return result;
}
