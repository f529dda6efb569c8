/* config.ini as a value: what is read, every default, and config.ini held against the table.
 * Its faults are in base_config_faults.c. */
#include <string.h>

#include "config_table.h"

static struct config *parse(const char *text)
{
	struct faults *faults = faults_new("/shop/config.ini");
	struct config *config = config_parse("/shop/config.ini", text, strlen(text),
					     faults);
	g_autofree char *said = faults_text(faults);

	g_assert_cmpstr(said, ==, "");
	g_assert_nonnull(config);
	faults_free(faults);
	return config;
}

/* A shop's config.ini. */
static const char example[] =
	"[terminal]\nstore=017\ntill=3\ntimezone=Europe/Moscow\nday_starts=04:00\nlanguage=ru\n"
	"languages=ru;en\ndatabase=data/tillask.db\nscreens=80x24;40x12\n\n"
	"[survey]\noffer=rest\nquestions=3\nanswer_seconds=20\ngrace_seconds=5\n"
	"thanks_seconds=4\ncooldown_days=30\ndeclined_days=90\nsample_percent=100\n\n"
	"[question overall]\nkind=smiley\nwhen=always\npoint=whole\n"
	"text[ru]=Как вам сегодня в нашем магазине?\ntext[en]=How was your visit today?\n"
	"low[ru]=очень плохо\nlow[en]=very bad\nhigh[ru]=отлично\nhigh[en]=excellent\n\n"
	"[question improve]\nkind=choice\nwhen=low\ntext[ru]=Что нам исправить прежде всего?\n"
	"text[en]=What should we fix first?\n"
	"choices[ru]=долго ждать;цена не та, что на ценнике;другое\n"
	"choices[en]=long wait;price differed from the tag;something else\n\n"
	"[reader msr]\ndevice=/dev/ttyUSB0\nprotocol=magstripe\nbaud=9600\nframe=8N1\n"
	"prefix=9643\n\n"
	"[till]\ndevice=/dev/ttyS1\nprotocol=cd5220\nencoding=CP866\n\n"
	"[cards staff]\nprefix=9644\n\n[loyalty]\nkeep=number\n\n"
	"[export]\nfolder=export\nformats=csv;xlsx\nexcel=true\nat=23:30\n\n"
	"[sync]\nserver=service=tillask\nevery_minutes=5\n";

static void contract_example(void)
{
	struct config *c = parse(example);
	const struct question *improve = &c->questionnaire.question[1];
	enum card_kind kind;

	g_assert_cmpstr(c->store, ==, "017");
	g_assert_cmpstr(c->till, ==, "3");
	g_assert_cmpint(c->day_starts_min, ==, 240);
	g_assert_cmpstr(c->database, ==, "/shop/data/tillask.db");
	g_assert_cmpint(c->n_screens, ==, 2);
	g_assert_cmpint(c->screens[1].cols, ==, 40);
	g_assert_cmpint(c->screens[1].rows, ==, 12);
	g_assert_cmpint(c->rules.offer, ==, OFFER_REST);
	g_assert_cmpint(c->rules.answer_ms, ==, 20000);
	g_assert_true(c->rules.has_till);
	g_assert_true(c->rules.questionnaire == &c->questionnaire);
	g_assert_cmpint(c->questionnaire.count, ==, 2);
	g_assert_cmpstr(c->questionnaire.question[0].text[1], ==,
			"How was your visit today?");
	g_assert_cmpint(improve->choices, ==, 3);
	g_assert_cmpstr(improve->choice[1][0], ==, "цена не та, что на ценнике");
	g_assert_cmpstr(c->questionnaire.complaint.choice[1][0], ==,
			improve->choice[1][0]);
	g_assert_cmpint(c->questionnaire.complaint.choices, ==, 3);
	g_assert_false(c->questionnaire.complaint.rotate);
	g_assert_cmpint(config_reader(c, "msr"), ==, 0);
	g_assert_cmpint(config_reader(c, "till"), ==, -1);
	g_assert_true(card_accepts(&c->readers[0].rules, "96431", &kind));
	g_assert_true(card_accepts(&c->readers[0].rules, "96441", &kind));
	g_assert_cmpint(kind, ==, CARD_KIND_STAFF);
	g_assert_false(card_accepts(&c->readers[0].rules, "12345", &kind));
	g_assert_cmpstr(c->till_line.line.device, ==, "/dev/ttyS1");
	g_assert_cmpstr(c->till_line.socket, ==, "/shop/data/tillask.db.till");
	g_assert_true(c->export.format[EXPORT_CSV] && c->export.format[EXPORT_XLSX]);
	g_assert_false(c->export.format[EXPORT_JSONL]);
	g_assert_cmpint(c->export.at_min, ==, 23 * 60 + 30);
	g_assert_cmpstr(c->sync.server, ==, "service=tillask");
	config_free(c);
}

static void empty_file(void)
{
	struct config *c = parse("");

	g_assert_cmpint(c->n_languages, ==, 1);
	g_assert_cmpstr(c->languages[0], ==, "ru");
	g_assert_cmpint(c->rules.offer, ==, OFFER_REST);
	g_assert_false(c->rules.has_till);
	g_assert_cmpint(c->rules.holdout_percent, ==, 5);
	g_assert_cmpint(c->rules.sleeping_after_days, ==, 90);
	g_assert_cmpint(c->keep, ==, KEEP_NUMBER);
	g_assert_cmpstr(c->sync.server, ==, "");
	g_assert_cmpstr(c->questionnaire.qr, ==, "");
	g_assert_cmpstr(c->till_line.socket, ==, "/shop/data/tillask.db.till");
	g_assert_cmpint(c->questionnaire.complaint.choices, ==, 9);
	g_assert_true(c->questionnaire.complaint.rotate);
	config_free(c);
	c = parse("[survey]\nqr=https://example.org/?a=b;c\n");
	g_assert_cmpstr(c->questionnaire.qr, ==, "https://example.org/?a=b;c");
	config_free(c);
}

static void what_follows(void)
{
	struct config *c = parse(
		"[terminal]\nlanguage=en\n[till]\n"
		"[reader a]\ndevice=dev/a\nprotocol=rfid\nstyle=parallax\n"
		"[reader b]\ndevice=replay:b.txt\nframe=7E1\ndtr=no\nlrc=yes\n"
		"[reader c]\ndevice=demo\n");

	g_assert_cmpint(c->n_languages, ==, 1);
	g_assert_cmpstr(c->languages[0], ==, "en");
	g_assert_cmpint(c->rules.offer, ==, OFFER_TOTAL);
	g_assert_cmpint(c->rules.readers, ==, 3);
	g_assert_cmpstr(c->readers[0].line.device, ==, "/shop/dev/a");
	g_assert_cmpint(c->readers[0].line.baud, ==, 2400);
	g_assert_true(c->readers[0].rules.any);
	g_assert_cmpstr(c->readers[1].line.device, ==, "replay:/shop/b.txt");
	g_assert_cmpint(c->readers[1].line.data_bits, ==, 7);
	g_assert_cmpint(c->readers[1].line.parity, ==, 'E');
	g_assert_false(c->readers[1].line.dtr);
	g_assert_true(c->readers[1].line.rts);
	g_assert_true(c->readers[1].lrc);
	g_assert_cmpint(c->readers[1].line.baud, ==, 9600);
	g_assert_cmpstr(c->readers[2].line.device, ==, "demo");
	config_free(c);

	c = parse(
		"[terminal]\nlanguages=ru;en;de\nlanguage=de\n"
		"[question g]\nkind=yesno\ntext[ru]=1\ntext[en]=2\ntext[de]=3\ntext[zh]=4\n");
	g_assert_cmpint(c->language, ==, 2);
	g_assert_cmpint(c->rules.language, ==, 2);
	g_assert_cmpstr(c->questionnaire.question[0].text[2], ==, "3");
	g_assert_cmpstr(c->questionnaire.question[0].low[2], ==, "");
	g_assert_cmpint(c->questionnaire.question[0].when, ==, WHEN_TURN);
	config_free(c);
}

/* A prefix belongs to its reader, a kind's to all. */
static void prefixes(void)
{
	struct config *c = parse("[cards bonus]\nprefix=0B\n"
				 "[reader a]\ndevice=/a\nprotocol=uid\nprefix=0A;0C\n"
				 "[reader b]\ndevice=/b\n");
	enum card_kind kind;

	g_assert_cmpint(c->readers[0].rules.n, ==, 3);
	g_assert_cmpint(c->readers[1].rules.n, ==, 1);
	g_assert_false(c->readers[0].rules.any);
	g_assert_true(c->readers[1].rules.any);
	g_assert_false(card_accepts(&c->readers[0].rules, "FF", &kind));
	g_assert_true(card_accepts(&c->readers[1].rules, "0B1", &kind));
	g_assert_cmpint(kind, ==, CARD_KIND_BONUS);
	config_free(c);
}

static void low_answers(void)
{
	struct config *c = parse(
		"[question p]\nkind=choice\ntext[ru]=?\nchoices[ru]=a;b;c\n"
		"low_answers=2;3\nrotate=yes\n");

	g_assert_cmpuint(c->questionnaire.question[0].low_choices, ==, 6);
	g_assert_true(c->questionnaire.question[0].rotate);
	config_free(c);
}

/* The words of the table are those of the core, in its order. */
static void words_of_the_core(void)
{
	const char *const *kinds = config_option("question", "kind")->words;
	const char *const *whens = config_option("question", "when")->words;

	for (int i = 0; kinds[i] != NULL; i++)
		g_assert_cmpstr(kinds[i], ==, question_kind_name((enum question_kind)i));
	for (int i = 0; whens[i] != NULL; i++)
		g_assert_cmpstr(whens[i], ==, question_when_name((enum question_when)i));
}

static void files(void)
{
	struct faults *faults = faults_new("/no/such/file.ini");
	g_autofree char *said = NULL;

	g_assert_null(config_load("/no/such/file.ini", faults));
	said = faults_text(faults);
	g_assert_true(g_str_has_prefix(
		said, "/no/such/file.ini: the configuration cannot be read"));
	faults_free(faults);

	g_setenv("TILLASK_CONFIG", "/from/environment.ini", TRUE);
	g_free(said);
	said = config_find("/given.ini");
	g_assert_cmpstr(said, ==, "/given.ini");
	g_free(said);
	said = config_find(NULL);
	g_assert_cmpstr(said, ==, "/from/environment.ini");
	g_unsetenv("TILLASK_CONFIG");
	g_free(said);
	said = config_find(NULL);
	g_assert_cmpstr(said, ==, "./config.ini");
}

/* ---- the shipped file ---- */

static char *shipped_text(void)
{
	char *text;

	g_assert_true(g_file_get_contents("config.ini", &text, NULL, NULL));
	return text;
}

static void shipped_loads(void)
{
	g_autofree char *text = shipped_text();
	struct config *c = parse(text);
	const struct questionnaire *q = &c->questionnaire;
	static const char *const names[] = {"overall", "nps",    "queue",
					    "goods",   "prices", "improve"};

	g_assert_cmpint(q->count, ==, G_N_ELEMENTS(names));
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		g_assert_cmpstr(q->question[i].name, ==, names[i]);
	g_assert_cmpint(q->question[1].every_days, ==, 90);
	g_assert_cmpuint(q->question[4].low_choices, ==, 2);
	g_assert_cmpint(q->question[5].choices, ==, 9);
	g_assert_true(q->complaint.rotate);
	g_assert_cmpstr(c->readers[0].name, ==, "demo");
	config_free(c);
}

/* With the groups that are commented out (their own keys with them). */
static void shipped_loads_uncommented(void)
{
	g_autofree char *text = shipped_text();
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autofree char *all = NULL;
	struct config *c;
	bool within = false;

	for (int i = 0; lines[i] != NULL; i++) {
		if (lines[i][0] == '[' || g_str_has_prefix(lines[i], "# ---"))
			within = false;
		within = within || g_str_has_prefix(lines[i], "#[");
		if (within && lines[i][0] == '#' && lines[i][1] != ' ')
			lines[i][0] = ' ';
	}
	all = g_strjoinv("\n", lines);
	c = parse(all);
	g_assert_true(c->till_line.present);
	g_assert_cmpint(c->questionnaire.count, ==, 9);
	g_assert_cmpint(c->readers[0].rules.n, ==, 3);
	config_free(c);
}

/* Each key stands in its group, under its help, allowed values and default. */
static void shipped_documents(void)
{
	g_autofree char *text = shipped_text();
	g_autoptr(GRegex) wrap = g_regex_new("\n#   (?=[^\n])", 0, 0, NULL);
	g_autofree char *flat = g_regex_replace(wrap, text, -1, 0, " ", 0, NULL);

	for (size_t i = 0; i < config_options_count; i++) {
		const struct option *o = &config_options[i];
		g_autofree char *allowed = option_allowed(o);
		const char *fallback = o->otherwise != NULL   ? o->otherwise
				       : o->fallback == NULL  ? "none, it is needed"
				       : *o->fallback == '\0' ? "none"
							      : o->fallback;
		g_autofree char *help = g_strdup_printf("\n# %s %s. Default: %s", o->help,
							allowed, fallback);
		g_autofree char *group = g_strdup_printf("[%s", o->group);
		g_autofree char *key = g_strdup_printf("%s%s=", o->key,
						       o->read ? "" : "[ru]");
		const char *at = strstr(flat, group);
		const char *line;

		g_assert_nonnull(at);
		at = strstr(at, help);
		if (at == NULL)
			g_error("config.ini lacks, in [%s] over %s:%s", o->group, key,
				help);
		line = strchr(at + strlen(help), '\n') + 1;
		line += *line == '#';
		if (!g_str_has_prefix(line, key))
			g_error("config.ini has not %s under:%s", key, help);
	}
}

/* Groups that stand once show the defaults. */
static void shipped_defaults(void)
{
	g_autofree char *text = shipped_text();
	struct faults *faults = faults_new("config.ini");
	struct ini *ini = ini_scan("config.ini", text, strlen(text), faults);

	for (guint g = 0; g < ini->groups->len; g++) {
		const struct ini_group *group = g_ptr_array_index(ini->groups, g);

		for (guint i = 0; *group->name == '\0' && i < group->entries->len; i++) {
			const struct ini_entry *e = &g_array_index(group->entries,
								   struct ini_entry, i);

			if (!g_str_has_prefix(e->key, "language"))
				g_assert_cmpstr(
					e->value, ==,
					config_option(group->kind, e->key)->fallback);
		}
	}
	ini_free(ini);
	faults_free(faults);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/config/contract-example", contract_example);
	g_test_add_func("/config/empty-file", empty_file);
	g_test_add_func("/config/what-follows", what_follows);
	g_test_add_func("/config/prefixes", prefixes);
	g_test_add_func("/config/low-answers", low_answers);
	g_test_add_func("/config/words-of-the-core", words_of_the_core);
	g_test_add_func("/config/files", files);
	g_test_add_func("/config/shipped/loads", shipped_loads);
	g_test_add_func("/config/shipped/loads-uncommented", shipped_loads_uncommented);
	g_test_add_func("/config/shipped/documents", shipped_documents);
	g_test_add_func("/config/shipped/defaults", shipped_defaults);
	return g_test_run();
}
