/* run_languages: languages that the screen cannot show are left out everywhere */
#include <glib.h>
#include <locale.h>
#include <string.h>

#include "run/languages.h"

static const char text[] =
	"[terminal]\nlanguages=ru;en;de\nlanguage=ru\n[survey]\nquestions=2\n"
	"[question one]\nkind=smiley\nwhen=always\n"
	"text[ru]=Как?\ntext[en]=How?\ntext[de]=Wie?\n"
	"low[ru]=плохо\nlow[en]=bad\nlow[de]=schlecht\n"
	"high[ru]=хорошо\nhigh[en]=good\nhigh[de]=gut\n"
	"[question two]\nkind=choice\nwhen=always\n"
	"text[ru]=Что?\ntext[en]=What?\ntext[de]=Was?\n"
	"choices[ru]=то;это\nchoices[en]=this;that\nchoices[de]=dies;das\n";

static struct config *load(void)
{
	struct faults *faults = faults_new("config.ini");
	struct config *config = config_parse("/x/config.ini", text, strlen(text), faults);

	if (config == NULL)
		g_error("%s", faults_text(faults));
	faults_free(faults);
	return config;
}

static void test_all(void)
{
	struct config *config = load();
	g_autoptr(GString) notes = g_string_new(NULL);
	struct languages l;

	g_assert_nonnull(setlocale(LC_CTYPE, "C.UTF-8"));
	g_assert_true(languages_choose(&l, config, notes, NULL));
	g_assert_cmpuint(l.hidden, ==, 0);
	g_assert_cmpint(l.rest, ==, 0);
	g_assert_cmpstr(notes->str, ==, "");
	languages_clear(&l);
	config_free(config);
}

/* ASCII shows English; Russian and the umlauts of German go, the rest stays. */
static void test_left_out(void)
{
	struct config *config = load();
	g_autoptr(GString) notes = g_string_new(NULL);
	struct languages l;

	g_assert_nonnull(setlocale(LC_CTYPE, "C"));
	g_assert_true(languages_choose(&l, config, notes, NULL));
	g_assert_cmpuint(l.hidden, ==, 5);
	g_assert_cmpint(l.rest, ==, 1);
	g_assert_cmpstr(words_text(l.words, WORD_YES, 1), ==, "yes");
	g_assert_nonnull(strstr(notes->str, "language ru was left out"));
	g_assert_nonnull(strstr(notes->str, "language de was left out"));
	languages_clear(&l);
	config_free(config);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/languages/all", test_all);
	g_test_add_func("/languages/left-out", test_left_out);
	return g_test_run();
}
