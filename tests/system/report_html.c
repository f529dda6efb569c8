/* report_html: the page of a real shop's month, seen in a real browser (tests/lib/report_look.py)
 *
 * The shop's wordings attack the page or are too long for it. */
#include <glib.h>
#include <string.h>

#include "tests/lib/shop.h"

#define TODAY "20419" /* 2025-11-27 */
#define MONTH "report --month --day 2025-11-05 --output "

static const char config[] =
	"[terminal]\nstore=017\ntill=3\ntimezone=Europe/Moscow\nlanguages=en;ru\n"
	"language=%s\ndatabase=data/t.db\n[survey]\nquestions=3\nholdout_percent=0\n"
	"[question overall]\nkind=smiley\nwhen=always\npoint=whole\ntext[en]=" SHOP_FIRST
	"\n"
	"text[ru]=Как вам сегодня в нашем магазине?\nlow[en]=very bad\nlow[ru]=очень плохо\n"
	"high[en]=excellent\nhigh[ru]=отлично\n"
	"[question nps]\nkind=nps10\nwhen=always\npoint=whole\n"
	"text[en]=How likely are you to recommend us to a friend?\n"
	"text[ru]=Насколько вы готовы рекомендовать нас друзьям?\n"
	"low[en]=not at all\nlow[ru]=точно нет\nhigh[en]=extremely likely\n"
	"high[ru]=точно да\n"
	"[question goods]\nkind=yesno\nwhen=turn\npoint=goods\n"
	"text[en]=</title></style><script>document.title='broken'</script>\n"
	"text[ru]=<img src=http://192.0.2.1/x onerror=alert(1)>\n"
	"[question prices]\nkind=choice\nwhen=turn\npoint=prices\nlow_answers=2\n"
	"text[en]=Wouldyousaythatthepricesatthetillandthepricesonthetagswerethesametodayornot?\n"
	"text[ru]=Совпалилисегоднявсеценынакассесценаминавсехценникахилинетитакбывает?\n"
	"choices[en]=yes;no;not sure\nchoices[ru]=да;нет;не знаю\n"
	"[question improve]\nkind=choice\nwhen=low\ntext[en]=What should we fix first?\n"
	"text[ru]=Что нам исправить прежде всего?\n"
	"choices[en]=\" onmouseover='alert(2)';price differed from the tag;something else\n"
	"choices[ru]=долго ждать;цена не та, что на ценнике;другое\nresponsible=Anna\n"
	"[reader demo]\ndevice=demo\n[report]\ncashiers=id\ncustomer_year=24000\n";

static struct shop shop;
static char *page[2], *text[2]; /* en, ru */

static void configure(const char *language)
{
	g_autofree char *lines = g_strdup_printf(config, language);

	g_assert_true(g_file_set_contents(shop.config, lines, -1, NULL));
}

/* Runs python3 ARGUMENTS, separated by blanks, and expects that it ends well. */
static void python(const char *arguments)
{
	g_autofree char *line = g_strconcat("python3 ", arguments, NULL);
	g_autoptr(GError) error = NULL;
	g_autofree char *out = NULL;
	g_autofree char *errors = NULL;
	int status;

	g_assert_true(g_spawn_command_line_sync(line, &out, &errors, &status, &error));
	g_assert_no_error(error);
	if (status != 0)
		g_error("%s:\n%s%s", arguments, out, errors);
}

static void look(const char *format, ...) G_GNUC_PRINTF(1, 2);
static void look(const char *format, ...)
{
	g_autofree char *arguments = NULL;
	g_autofree char *line = NULL;
	va_list more;

	va_start(more, format);
	arguments = g_strdup_vprintf(format, more);
	va_end(more);
	line = g_strconcat("tests/lib/report_look.py ", arguments, NULL);
	python(line);
}

static char *report(const char *format, const char *name)
{
	char *file = g_build_filename(shop.folder, name, NULL);
	g_autofree char *line = g_strconcat(MONTH, file, " --format ", format, NULL);
	g_autofree char *errors = NULL;

	if (shop_command(&shop, line, NULL, &errors) != 0)
		g_error("%s: %s", line, errors);
	return file;
}

static void make_reports(void)
{
	g_autofree char *past = NULL;

	configure("en");
	shop_stop(shop_run(&shop));
	past = g_strdup_printf("tests/lib/history.py %s " TODAY " 200 5000 7",
			       shop.database);
	python(past);
	page[0] = report("html", "en.html");
	text[0] = report("text", "en.txt");
	configure("ru");
	page[1] = report("html", "ru.html");
	text[1] = report("text", "ru.txt");
}

static void test_figures(void)
{
	for (int i = 0; i < 2; i++)
		look("figures %s %s", page[i], text[i]);
}

static void test_screen(void)
{
	look("screen %s %s", page[0], page[1]);
}

static void test_paper(void)
{
	look("paper %s %s", page[1], text[1]);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	shop_open(&shop, NULL);
	make_reports();
	g_test_add_func("/report-html/figures", test_figures);
	g_test_add_func("/report-html/screen", test_screen);
	g_test_add_func("/report-html/paper", test_paper);
	int failed = g_test_run();
	for (int i = 0; i < 2; i++) {
		g_free(page[i]);
		g_free(text[i]);
	}
	shop_close(&shop);
	return failed;
}
