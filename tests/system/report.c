/* report: a shop with a past, and what is said of it; every line computed a second time from
 * the same database by tests/lib/report_check.py */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "tests/lib/shop.h"

#define TODAY 20419 /* 2025-11-27 */

/* The text of `overall` is filled in. */
static const char config[] =
	"[terminal]\nstore=017\ntill=3\ntimezone=Europe/Moscow\nlanguages=en;ru\nlanguage=%s\n"
	"database=data/t.db\n[survey]\nquestions=3\nholdout_percent=0\n"
	"[question overall]\nkind=smiley\nwhen=always\npoint=whole\ntext[en]=%s\n"
	"text[ru]=Как вам сегодня в нашем магазине?\nlow[en]=very bad\nlow[ru]=очень плохо\n"
	"high[en]=excellent\nhigh[ru]=отлично\n"
	"[question nps]\nkind=nps10\nwhen=always\npoint=whole\n"
	"text[en]=How likely are you to recommend us to a friend?\n"
	"text[ru]=Насколько вы готовы рекомендовать нас друзьям?\n"
	"low[en]=not at all\nlow[ru]=точно нет\nhigh[en]=extremely likely\n"
	"high[ru]=точно да\n"
	"[question goods]\nkind=yesno\nwhen=turn\npoint=goods\n"
	"text[en]=Did you find all you wanted?\ntext[ru]=Вы нашли всё, что хотели?\n"
	"[question prices]\nkind=choice\nwhen=turn\npoint=prices\nlow_answers=2\n"
	"text[en]=Did the till prices match the tags?\n"
	"text[ru]=Цены на кассе и ценниках совпали?\nchoices[en]=yes;no;not sure\n"
	"choices[ru]=да;нет;не знаю\n"
	"[question improve]\nkind=choice\nwhen=low\ntext[en]=What should we fix first?\n"
	"text[ru]=Что нам исправить прежде всего?\n"
	"choices[en]=long wait;price differed from the tag;something else\n"
	"choices[ru]=долго ждать;цена не та, что на ценнике;другое\nresponsible=Anna\n"
	"[reader demo]\ndevice=demo\n[report]\ncashiers=id\ncustomer_year=24000\n";

static struct shop shop;

static void configure(const char *language, const char *overall)
{
	g_autofree char *text = g_strdup_printf(config, language, overall);

	g_assert_true(g_file_set_contents(shop.config, text, -1, NULL));
}

/* The program makes the database, and the wordings of its questions. */
static void open_and_close(void)
{
	shop_stop(shop_run(&shop));
}

/* Runs python3 SCRIPT ARGUMENTS... and expects that it ends well. */
static char *python(const char *first, ...) G_GNUC_NULL_TERMINATED;
static char *python(const char *first, ...)
{
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	char *out = NULL;
	int status;
	va_list more;

	g_ptr_array_add(argv, (char *)"python3");
	va_start(more, first);
	for (const char *arg = first; arg != NULL; arg = va_arg(more, const char *))
		g_ptr_array_add(argv, (char *)arg);
	va_end(more);
	g_ptr_array_add(argv, NULL);
	g_spawn_sync(NULL, (char **)argv->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
		     &out, NULL, &status, &error);
	g_assert_no_error(error);
	if (status != 0)
		g_error("%s: %s", first, out);
	return out;
}

static char *number(int n)
{
	return g_strdup_printf("%d", n);
}

/* A past of 200 days; a quarter of them ago the first question was reworded. */
static void make_past(void)
{
	g_autofree char *today = number(TODAY);

	configure("en", SHOP_FIRST);
	open_and_close();
	configure("en", SHOP_FIRST " Please tell");
	open_and_close();
	g_free(python("tests/lib/history.py", shop.database, today, "200", "3600", "7",
		      NULL));
}

static char *report(int code, const char *arguments)
{
	g_autofree char *line = g_strconcat("report ", arguments, NULL);
	g_autofree char *errors = NULL;
	char *out = NULL;
	int got = shop_command(&shop, line, &out, &errors);

	if (got != code)
		g_error("%s: exit %d: %s", arguments, got, errors);
	if (code != 0)
		g_assert_cmpstr(errors, !=, "");
	return out;
}

/* Every figure of the period, and no other, is as the other computation has it. */
static void check(const char *arguments, int from, int to, int before, bool is_month)
{
	g_autofree char *file = g_build_filename(shop.folder, "report.txt", NULL);
	g_autofree char *line = g_strconcat(arguments, " --output ", file, NULL);
	g_autofree char *days[] = {number(from), number(to), number(before)};
	g_autofree char *none = report(0, line);
	g_autofree char *said = python("tests/lib/report_check.py", shop.database,
				       days[0], days[1], days[2], is_month ? "1" : "0",
				       file, NULL);

	g_assert_cmpstr(none, ==, "");
	g_test_message("%s: %s", arguments, said);
	for (int i = 1; i < 3; i++)
		g_free(days[i]);
}

static void test_lines(void)
{
	check("--month --day 2025-11-05", 20393, 20422, 20362, true);
	check("--week --day 2025-11-20", 20409, 20415, 20402, false);
	check("--day 2025-11-27", TODAY, TODAY, TODAY - 1, false);
	/* with the day of the rewording in it */
	check("--from 2025-09-20 --to 2025-11-26", 20351, 20418, 20283, false);
}

/* A question that was reworded: two scores, never one of both. */
static void test_reworded(void)
{
	g_autofree char *text = report(0, "--from 2025-09-20 --to 2025-11-26");
	const char *first = strstr(text, "\nSatisfied, %: overall");

	g_assert_nonnull(first);
	g_assert_nonnull(strstr(first + 1, "\nSatisfied, %: overall"));
	g_assert_nonnull(strstr(text, "the question was changed: the line begins anew"));
	g_assert_nonnull(strstr(text, SHOP_FIRST " Please tell"));
}

static int columns(const char *line)
{
	return (int)g_utf8_strlen(line, -1);
}

/* For mail: 80 columns but where a figure with its label needs more, in both languages; the form
 * that scripts read. */
static void test_form(void)
{
	static const char *const languages[] = {"en", "ru"};

	for (int i = 0; i < 2; i++) {
		configure(languages[i], SHOP_FIRST);
		g_autofree char *text = report(0, "--month --day 2025-11-05");
		g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
		int scores = 0;

		for (int k = 0; lines[k] != NULL; k++) {
			bool figure = g_regex_match_simple(", n=\\d+|\\.\\. \\d",
							   lines[k], 0, 0);

			if (columns(lines[k]) > 80 && !figure)
				g_error("%d columns: %s", columns(lines[k]), lines[k]);
			if (g_regex_match_simple("^ *\\.\\.", lines[k], 0, 0))
				g_error("a figure without its label: %s", lines[k]);
			scores += g_regex_match_simple(
				"^NPS.* -?\\d+\\.\\d \\[-?\\d+\\.\\d; -?\\d+\\.\\d\\], "
				"n=\\d+",
				lines[k], 0, 0);
		}
		g_assert_cmpint(scores, ==, 1);
	}
	configure("en", SHOP_FIRST);
}

static void test_empty_day(void)
{
	g_autofree char *text = report(0, "--day 2020-01-01");

	g_assert_nonnull(strstr(text, "Visits .......................... 0\n"));
	g_assert_nonnull(strstr(text, "unknown: no till connected"));
	g_assert_nonnull(strstr(text, "There are too few answers to judge"));
	g_assert_nonnull(
		strstr(text, "\nNPS: nps ........................ no answers\n"));
}

static void test_bad_input(void)
{
	static const char *const wrong[] = {
		"--day 2025-02-30",
		"--day soon",
		"--day 2999-01-01",
		"--from 2025-11-01 --to 2999-01-01",
		"--from 2025-11-01",
		"--from 2025-11-02 --to 2025-11-01",
		"--day today --from 2025-11-01 --to 2025-11-02",
		"--week --month",
		"--format pdf",
		"--full-cards",
		"now",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
		g_free(report(2, wrong[i]));
	g_autofree char *below_a_file = g_strconcat("--output ", shop.config, "/x", NULL);
	g_free(report(1, below_a_file));
}

static char *note(int code, const char *arguments)
{
	g_autofree char *line = g_strconcat("note ", arguments, NULL);
	g_autofree char *errors = NULL;
	char *out = NULL;
	int got = shop_command(&shop, line, &out, &errors);

	if (got != code)
		g_error("%s: exit %d: %s", arguments, got, errors);
	return out;
}

/* Noted beside a terminal that runs, shown by the report, taken away again. */
static void test_notes(void)
{
	struct term *t = shop_run(&shop);

	g_free(note(0, "marketing 1000 --day 2025-07-01"));
	g_free(note(0, "marketing 1234,5 --day 2025-07-01"));
	g_free(note(0, "wages 8000.05 --day 2025-07-02"));
	g_free(note(0, "entered 70 --day 2025-07-03"));
	g_free(note(0,
		    "action shelves --point goods --responsible Ivan --day 2025-07-04"));
	shop_stop(t);
	g_autofree char *list = note(0, "list --from 2025-07-01 --to 2025-07-31");
	g_assert_true(g_str_has_prefix(list, "2025-07-01 marketing 1234.50\n"
					     "2025-07-02 wages 8000.05\n"
					     "2025-07-03 entered 70\n"
					     "2025-07-04 action "));
	g_assert_nonnull(strstr(list, " goods: shelves (Ivan)\n"));
	g_autofree char *text = report(0, "--from 2025-07-01 --to 2025-07-31");
	g_assert_nonnull(strstr(text, "2025-07-04 goods: shelves (responsible: Ivan)"));
	g_assert_nonnull(strstr(text, "\n  Cost of a new customer: with wages .. "));
	g_assert_null(strstr(text, "tillask note entered"));

	g_autofree char *id = g_strndup(strstr(list, "action "),
					strcspn(strstr(list, "action ") + 7, " ") + 7);
	g_autofree char *remove = g_strconcat("remove ", id, NULL);
	g_free(note(0, remove));
	g_free(note(1, remove));
	g_free(note(0, "remove wages --day 2025-07-02"));
	g_free(note(1, "remove wages --day 2025-07-02"));
	g_free(note(0, "remove marketing --day 2025-07-01"));
	g_free(note(0, "remove entered --day 2025-07-03"));
	g_autofree char *nothing = note(0, "list --from 2025-07-01 --to 2025-07-31");
	g_assert_cmpstr(nothing, ==, "");
}

/* Who answers, and the points there are, also as head office published them. */
static void test_published(void)
{
	g_autofree char *before = report(0, "--month --day 2025-11-05");

	g_assert_nonnull(strstr(before, "n=43  responsible: Anna\n"));
	g_free(note(2, "action mat --point door --day 2025-07-04"));
	shop_run_sql(&shop,
		     "INSERT INTO published VALUES (1, 'all', '', 1, '"
		     "[question improve]\nkind=choice\nwhen=low\npoint=door\n"
		     "text[en]=What should we fix first?\n"
		     "text[ru]=Что нам исправить прежде всего?\n"
		     "choices[en]=long wait;price differed from the tag;something else\n"
		     "choices[ru]=долго ждать;цена не та, что на ценнике;другое\n"
		     "responsible=Boris\n'); UPDATE from_central SET taken = 1");
	g_autofree char *after = report(0, "--month --day 2025-11-05");
	g_assert_nonnull(strstr(after, "n=43  responsible: Boris\n"));
	g_assert_null(strstr(after, "n=43  responsible: Anna\n"));
	g_free(note(0, "action mat --point door --day 2025-07-04"));
	shop_run_sql(&shop, "DELETE FROM published; DELETE FROM action;"
			    "UPDATE from_central SET taken = 2");
}

static void test_wrong_notes(void)
{
	static const char *const wrong[] = {
		"marketing",
		"marketing -5",
		"marketing 1.234",
		"passed 1.5",
		"passed many",
		"marketing 1 --day x",
		"action",
		"action x --point no",
		"remove nothing",
		"remove action x",
		"list all",
		"lunch 5",
		"marketing 12345678901234",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
		g_free(note(2, wrong[i]));
}

static void test_sleeping(void)
{
	g_autofree char *text = report(0, "--sleeping --full-cards --day 2025-11-27");
	g_autofree char *masked = report(0, "--sleeping --day 2025-11-27");
	g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);

	g_assert_true(g_str_has_prefix(masked, "card,seen\r\n*"));
	g_assert_null(strstr(masked, "9643"));
	g_assert_cmpstr(lines[0], ==, "card,seen");
	g_assert_cmpint((int)g_strv_length(lines), >, 20);
	for (int i = 1; *lines[i] != '\0'; i++) {
		g_assert_true(g_str_has_prefix(lines[i], "9643")); /* no staff */
		g_assert_cmpstr(strchr(lines[i], ',') + 1, <=, "2025-08-29");
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	shop_open(&shop, NULL);
	make_past();
	g_test_add_func("/report/lines", test_lines);
	g_test_add_func("/report/reworded", test_reworded);
	g_test_add_func("/report/form", test_form);
	g_test_add_func("/report/empty-day", test_empty_day);
	g_test_add_func("/report/bad-input", test_bad_input);
	g_test_add_func("/report/sleeping", test_sleeping);
	g_test_add_func("/report/notes", test_notes);
	g_test_add_func("/report/published", test_published);
	g_test_add_func("/report/wrong-notes", test_wrong_notes);
	int failed = g_test_run();
	shop_close(&shop);
	return failed;
}
