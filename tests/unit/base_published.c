/* base_published: what head office published lies over config.ini, and only what may */
#include <glib.h>
#include <string.h>

#include "config.h"
#include "words.h"

static const char local[] = "[terminal]\nstore=017\ntill=3\nlanguages=en;ru\n"
			    "[survey]\ncooldown_days=30\ndeclined_days=60\n"
			    "[question overall]\nkind=smiley\nwhen=always\npoint=whole\n"
			    "text[en]=How was it?\ntext[ru]=Как вам?\n"
			    "low[en]=bad\nlow[ru]=плохо\nhigh[en]=good\nhigh[ru]=хорошо\n"
			    "[question goods]\nkind=yesno\n"
			    "text[en]=Found all?\ntext[ru]=Всё нашли?\n"
			    "[reader msr]\ndevice=demo\n";

static struct config *lay(const struct published *p, int n, char **faults)
{
	struct faults *f = faults_new("config.ini");
	struct config *config = config_parse_with("config.ini", local, strlen(local), p,
						  n, f);

	*faults = faults_text(f);
	faults_free(f);
	return config;
}

static struct config *lay_well(const struct published *p, int n)
{
	g_autofree char *faults = NULL;
	struct config *config = lay(p, n, &faults);

	g_assert_cmpstr(faults, ==, "");
	g_assert_nonnull(config);
	return config;
}

static void expect_origin(const struct config *config, const char *what,
			  const char *where)
{
	for (guint i = 0; i < config->origins->len; i++) {
		const struct config_origin *o = &g_array_index(config->origins,
							       struct config_origin, i);

		if (strcmp(o->what, what) == 0) {
			g_assert_cmpstr(o->where, ==, where);
			return;
		}
	}
	g_error("nothing is said of %s", what);
}

static void test_narrow_wins(void)
{
	const struct published p[] = {
		{PUBLISHED_ALL, "", 3,
		 "[survey]\ncooldown_days=10\n\n[question queue]\nkind=yesno\n"
		 "text[en]=Quick?\ntext[ru]=Быстро?\n",
		 NULL},
		{PUBLISHED_STORE, "017", 12, "[survey]\ncooldown_days=20\n", NULL},
	};
	struct config *config = lay_well(p, 2);

	g_assert_cmpint(config->rules.cooldown_days, ==, 20);
	g_assert_cmpint(config->rules.declined_days, ==, 60);
	g_assert_cmpint(config->questionnaire.count, ==, 3);
	g_assert_cmpstr(config->questionnaire.question[2].name, ==, "queue");
	expect_origin(config, "[survey] cooldown_days",
		      "published for store 017, version 12:2");
	expect_origin(config, "[question queue]", "published for all, version 3:4");
	expect_origin(config, "[question goods]", "config.ini:18");
	config_free(config);
	config = lay_well(NULL, 0);
	g_assert_cmpint(config->origins->len, ==, 0);
	config_free(config);
}

/* Not key by key: `point` of the local one is gone with it. */
static void test_a_question_is_replaced_whole(void)
{
	const struct published p = {PUBLISHED_ALL, "", 1,
				    "[question overall]\nkind=yesno\nwhen=always\n"
				    "text[en]=All well?\ntext[ru]=Всё хорошо?\n",
				    NULL};
	struct config *config = lay_well(&p, 1);
	const struct question *q = &config->questionnaire.question[0];

	g_assert_cmpint(config->questionnaire.count, ==, 2);
	g_assert_cmpstr(q->name, ==, "overall");
	g_assert_cmpint(q->kind, ==, QUESTION_YESNO);
	g_assert_cmpstr(q->point, ==, "");
	config_free(config);
}

static void test_a_question_is_taken_away(void)
{
	const struct published p = {PUBLISHED_TILL, "017/3", 1,
				    "[question goods]\nwhen=never\n", NULL};
	struct config *config = lay_well(&p, 1);

	g_assert_cmpint(config->questionnaire.count, ==, 1);
	g_assert_cmpstr(config->questionnaire.question[0].name, ==, "overall");
	config_free(config);
}

static void test_sentences(void)
{
	const struct published p = {
		PUBLISHED_ALL, "", 1,
		"[messages]\nrest[ru]=Рады вам!\nrest[kk]=Қош келдіңіз!\n", NULL};
	struct config *config = lay_well(&p, 1);
	struct words *words = config_words(config);

	g_assert_cmpstr(words_text(words, WORD_REST, 1), ==, "Рады вам!");
	g_assert_cmpstr(words_text(words, WORD_REST, 0), ==, "Welcome!");
	words_free(words);
	config_free(config);
}

static void test_faults(void)
{
	static const struct {
		const char *text, *said;
	} rows[] = {
		/* the thief of a server */
		{"[terminal]\ndatabase=/tmp/x\n",
		 "published for all, version 7:2: [terminal] database: is the till's own"},
		{"[terminal]\nstore=1\n", "[terminal] store: is the till's own"},
		{"[sync]\nserver=host=evil\n", "[sync]: is the till's own"},
		{"[reader msr]\ndevice=/dev/x\n", "[reader msr]: is the till's own"},
		{"[reader other]\n", "[reader other]: is the till's own"},
		{"[till]\nsocket=/tmp/s\n", "[till]: is the till's own"},
		{"[cards staff]\nprefix=1\n", "[cards staff]: is the till's own"},
		{"[loyalty]\nkeep=number\n", "[loyalty]: is the till's own"},
		{"[report]\ncashiers=id\n", "[report]: is the till's own"},
		{"[export]\nfolder=/etc\n", "[export]: is the till's own"},
		/* and of everyday life */
		{"[survey]\ncooldown_days=many\n",
		 "published for all, version 7:2: [survey] cooldown_days: 'many' is no"},
		{"\n\n[question x]\nkind=yesno\ntext[en]=Hm?\n",
		 "published for all, version 7:3: [question x] text[ru]: is missing"},
		{"[survey]\ncooldown_day=1\n", "7:2: [survey] cooldown_day: is no key"},
		{"[survey]\nsample_percent=1\nsample_percent=2\n",
		 "7:3: [survey] sample_percent: stands"},
		{"hello\n", "7:1: the line is no [group]"},
		{"[question goods]\nwhen=never\nkind=yesno\n",
		 "7:1: [question goods]: has when=never and more"},
		{"[messages]\nrest[ru]=Рады вас видеть в нашем замечательном магазине\n",
		 "7:2: [messages] rest[ru]: is 46 columns wide"},
		{"[messages]\nprogress[ru]={k}\n", "progress[ru]: lacks {n}"},
		{"[messages]\nrest[ru]=Привет, {name}\n", "'{name}' is nothing"},
		{"[messages]\nrust[ru]=Привет\n", "did you mean rest"},
		{"[messages]\nrest=Привет\n", "its language is missing"},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		const struct published p = {PUBLISHED_ALL, "", 7, rows[i].text, NULL};
		g_autofree char *faults = NULL;
		struct config *config = lay(&p, 1, &faults);

		if (config != NULL || strstr(faults, rows[i].said) == NULL)
			g_error("%s: %s", rows[i].text, faults);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/published/narrow-wins", test_narrow_wins);
	g_test_add_func("/published/question-whole", test_a_question_is_replaced_whole);
	g_test_add_func("/published/question-away", test_a_question_is_taken_away);
	g_test_add_func("/published/sentences", test_sentences);
	g_test_add_func("/published/faults", test_faults);
	return g_test_run();
}
