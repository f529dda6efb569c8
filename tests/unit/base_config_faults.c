/* Every fault of a config.ini, with its line and what is allowed instead; all in one run. */
#include <string.h>

#include "config.h"

#define YESNO  "[question ok]\nkind=yesno\ntext[ru]=?\n" /* three lines that are right */
#define A_NAME "1 to 32 of A-Z a-z 0-9 . _ -, beginning with a letter or digit"
#define A_TEXT "1 to 200 characters, in every one of languages="
#define CHOICE "[question c]\nkind=choice\ntext[ru]=?\n"
#define SCREENS \
	"1 to 8 sizes COLUMNSxROWS, ; between, each 40x12 to 300x100, as in 80x24;40x12"
#define FRAMES   "data bits 7 or 8, parity N, E or O, stop bits 1 or 2, as in 8N1"
#define DEVICES  "a path (serial port, udev link, pty, FIFO), replay:FILE or demo"
#define TABLES   "1 to 16 of NUMBER:ENCODING, ; between, with an encoding as above"
#define TEN      "0123456789"
#define HUNDRED  TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define DISPLAYS "escpos, cd5220, dsp800, utc, aedex or surepos"

static const struct {
	const char *name;
	const char *text;
	const char *faults; /* each line without its "f:" */
} rows[] = {
	/* groups and keys */
	{"unknown key", "[terminal]\nstroe=1\n",
	 "2: [terminal] stroe: is no key of this group; did you mean store\n"},
	{"unknown key, nothing like it", "[report]\nzebra=1\n",
	 "2: [report] zebra: is no key of this group; allowed: min_n cashiers marketing_month wages_month customer_year income_year\n"},
	{"key of another group", "[survey]\nactive_days=3\n",
	 "2: [survey] active_days: is no key of this group; it belongs into [loyalty]\n"},
	{"done without its language", "[survey]\ndone=x\n",
	 "1: [survey] done[ru]: is missing; allowed: 1 to 34 characters, in every one of languages=\n"
	 "2: [survey] done: its language is missing; write done[ru]=\n"},
	{"done in one language of two",
	 "[terminal]\nlanguages=ru;en\n[survey]\ndone[ru]=x\n",
	 "3: [survey] done[en]: is missing; allowed: 1 to 34 characters, in every one of languages=\n"},
	{"done too long, and in no language",
	 "[survey]\ndone[ru]=0123456789012345678901234567890123456789\ndone[xx]=a\n",
	 "2: [survey] done: is too long; allowed: 1 to 34 characters\n"
	 "3: [survey] done: 'xx' is no language; allowed: ru en kk uz tg tr de es zh\n"},
	{"qr not ASCII", "[survey]\nqr=https://магазин.рф\n",
	 "2: [survey] qr: 'https://магазин.рф' has a character that is not ASCII; allowed: 1 to 120 characters of ASCII\n"},
	{"qr too long", "[survey]\nqr=" HUNDRED TEN TEN "0\n",
	 "2: [survey] qr: '0123456789012345678901234567890123456789...' is too long; allowed: 1 to 120 characters of ASCII\n"},
	{"qr empty", "[survey]\nqr=\n",
	 "2: [survey] qr: a value is missing; allowed: 1 to 120 characters of ASCII\n"},
	{"unknown group", "[terminl]\nstore=1\n",
	 "1: [terminl]: is no group; did you mean [terminal]\n"},
	{"unknown named group", "[quesion a]\n",
	 "1: [quesion a]: is no group; did you mean [question a]\n"},
	{"group that needs a name", "[question]\nkind=words\n",
	 "1: [question]: needs a name, as in [question first]\n"},
	{"group that has none", "[survey a]\n",
	 "1: [survey a]: has no name; write [survey]\n"},
	{"key without languages", "[terminal]\nstore[ru]=1\n",
	 "2: [terminal] store: has no languages; write store=\n"},
	{"key with languages", "[question a]\nkind=words\ntext=?\n",
	 "1: [question a] text[ru]: is missing; allowed: " A_TEXT "\n"
	 "3: [question a] text: its language is missing; write text[ru]=\n"},
	{"group twice", "[report]\nmin_n=x\n[report]\nmin_n=y\n",
	 "2: [report] min_n: 'x' is no whole number; allowed: 1 to 1000 answers\n"
	 "3: [report]: stands in line 1 already; allowed: once\n"
	 "4: [report] min_n: 'y' is no whole number; allowed: 1 to 1000 answers\n"},
	{"group twice, the first one's languages stand",
	 "[terminal]\nlanguages=ru;en\nlanguage=fr\n"
	 "[terminal]\nlanguages=ru;en;kk;uz;tg;tr;de\n"
	 "[terminal]\nlanguages=ru;en;kk;uz;tg;tr;de\n[question ok]\nkind=yesno\n"
	 "text[ru]=?\ntext[en]=?\n",
	 "3: [terminal] language: 'fr' is not one of languages=; put it there too\n"
	 "4: [terminal]: stands in line 1 already; allowed: once\n"
	 "6: [terminal]: stands in line 1 already; allowed: once\n"},

	/* values */
	{"empty", "[terminal]\nstore=\n",
	 "2: [terminal] store: a value is missing; allowed: " A_NAME "\n"},
	{"not for a file name", "[terminal]\nstore=a/b\ntill=-1\n",
	 "2: [terminal] store: 'a/b' has a character that may not stand there; allowed: " A_NAME
	 "\n"
	 "3: [terminal] till: '-1' has a character that may not stand there; allowed: " A_NAME
	 "\n"},
	{"too long for a file name",
	 "[terminal]\nstore=012345678901234567890123456789012\n",
	 "2: [terminal] store: '012345678901234567890123456789012' is too long; allowed: " A_NAME
	 "\n"},
	{"time zone", "[terminal]\ntimezone=Europe/Moskau\n",
	 "2: [terminal] timezone: 'Europe/Moskau' is no time zone (is the package tzdata there?); "
	 "allowed: a name of the time zone database, as in Europe/Moscow\n"},
	{"time zone as a path", "[terminal]\ntimezone=../../etc/passwd\n",
	 "2: [terminal] timezone: '../../etc/passwd' is no time zone (is the package tzdata "
	 "there?); allowed: a name of the time zone database, as in Europe/Moscow\n"},
	{"times",
	 "[terminal]\nday_starts=24:00\nopens=9\ncloses=12:60\n[export]\nat=1:2\n",
	 "2: [terminal] day_starts: '24:00' is no time of day; allowed: a time HH:MM\n"
	 "3: [terminal] opens: '9' is no time of day; allowed: a time HH:MM\n"
	 "4: [terminal] closes: '12:60' is no time of day; allowed: a time HH:MM up to 24:00\n"
	 "6: [export] at: '1:2' is no time of day; allowed: a time HH:MM\n"},
	{"never open", "[terminal]\nopens=10:00\ncloses=10:00\n",
	 "3: [terminal] closes: is the same time as opens=; allowed: another time, 00:00 and "
	 "24:00 for day and night\n"},
	{"numbers",
	 "[survey]\nquestions=6\nanswer_seconds=-1\ngrace_seconds=5s\nthanks_seconds=0\n"
	 "cooldown_days=99999999999\nsample_percent=101\ndeclined_days=\n",
	 "2: [survey] questions: '6' is out of range; allowed: 1 to 5 questions\n"
	 "3: [survey] answer_seconds: '-1' is no whole number; allowed: 1 to 600 seconds\n"
	 "4: [survey] grace_seconds: '5s' is no whole number; allowed: 0 to 60 seconds\n"
	 "5: [survey] thanks_seconds: '0' is out of range; allowed: 1 to 60 seconds\n"
	 "6: [survey] cooldown_days: '99999999999' is no whole number; allowed: 0 to 3650 days\n"
	 "7: [survey] sample_percent: '101' is out of range; allowed: 0 to 100 percent\n"
	 "8: [survey] declined_days: a value is missing; allowed: 0 to 3650 days\n"},
	{"words", "[survey]\noffer=resst\n[loyalty]\nkeep=all\n",
	 "2: [survey] offer: 'resst' is unknown; did you mean rest; allowed: rest, begun or total\n"
	 "4: [loyalty] keep: 'all' is unknown; allowed: number, token or none\n"},
	{"yes or no", "[export]\nexcel=maybe\n",
	 "2: [export] excel: 'maybe' is neither; allowed: yes or no (true, false)\n"},
	{"languages", "[terminal]\nlanguages=ru;fr\n",
	 "2: [terminal] languages: 'fr' has no sentences; known are ru en kk uz tg tr de es zh; "
	 "allowed: 1 to 12 language codes, ; between\n"},
	{"a language twice", "[terminal]\nlanguages=ru;ru\n",
	 "2: [terminal] languages: 'ru' stands there twice; allowed: 1 to 12 language codes, ; "
	 "between\n"},
	{"language not of the list", "[terminal]\nlanguages=ru;en\nlanguage=de\n",
	 "3: [terminal] language: 'de' is not one of languages=; put it there too\n"},
	{"language alone and unknown", "[terminal]\nlanguage=fr\n",
	 "2: [terminal] language: 'fr' has no sentences; known are ru en kk uz tg tr de es zh\n"},
	{"screens", "[terminal]\nscreens=80*24\n",
	 "2: [terminal] screens: '80*24' is no size; allowed: " SCREENS "\n"},
	{"screen too small", "[terminal]\nscreens=80x24;20x4\n",
	 "2: [terminal] screens: '20x4' is out of range; allowed: " SCREENS "\n"},
	{"currency", "[terminal]\ncurrency=rub\n",
	 "2: [terminal] currency: 'rub' is no currency; allowed: three letters of ISO 4217\n"},
	{"formats", "[export]\nformats=csv;xls\n",
	 "2: [export] formats: 'xls' is unknown; did you mean xlsx; allowed: csv, jsonl, xlsx, ; "
	 "between\n"},
	{"list with a hole", "[export]\nformats=csv;;jsonl\n",
	 "2: [export] formats: an item between two ; is empty; allowed: csv, jsonl, xlsx, ; "
	 "between\n"},

	/* questions */
	{"without a kind", "[question a]\ntext[ru]=?\n",
	 "1: [question a] kind: is needed here; allowed: smiley, nps10, nps11, yesno, choice or "
	 "words\n"},
	{"unknown kind", "[question a]\nkind=smily\ntext[ru]=?\n",
	 "2: [question a] kind: 'smily' is unknown; did you mean smiley; allowed: smiley, nps10, "
	 "nps11, yesno, choice or words\n"},
	{"a column's name", "[question cashier]\nkind=words\ntext[ru]=?\n",
	 "1: [question cashier]: 'cashier' is a column of the survey file already; allowed: "
	 "another name\n"},
	{"a name in capitals", "[question Один]\nkind=words\ntext[ru]=?\n",
	 "1: [question Один]: cannot be a question's name; allowed: 1 to 32 of a-z 0-9 _\n"},
	{"missing translations",
	 "[terminal]\nlanguages=ru;en\n[question a]\nkind=smiley\n"
	 "text[ru]=?\nlow[en]=bad\nhigh[ru]=\n",
	 "3: [question a] low[ru]: is missing; allowed: 1 to 40 characters, in every one of "
	 "languages=\n"
	 "3: [question a] text[en]: is missing; allowed: " A_TEXT "\n"
	 "3: [question a] high[en]: is missing; allowed: 1 to 40 characters, in every one of "
	 "languages=\n"
	 "7: [question a] high[ru]: a value is missing; allowed: 1 to 40 characters\n"},
	{"unknown language of a text", YESNO "text[fr]=?\n",
	 "4: [question ok] text: 'fr' is no language; allowed: ru en kk uz tg tr de es zh\n"},
	{"keys of other kinds",
	 YESNO "low[ru]=bad\nchoices[ru]=a;b\nlow_answers=1\nrotate=yes\n",
	 "4: [question ok] low: says nothing to kind=yesno; allowed: with kind=smiley, nps10 or "
	 "nps11\n"
	 "5: [question ok] choices: says nothing to kind=yesno; allowed: with kind=choice\n"
	 "6: [question ok] low_answers: says nothing to kind=yesno; allowed: with kind=choice\n"
	 "7: [question ok] rotate: says nothing to kind=yesno; allowed: with kind=choice\n"},
	{"no choices", CHOICE,
	 "1: [question c] choices[ru]: is missing; allowed: 2 to 36 answers, ; between, as many in "
	 "each language, in every one of languages=\n"},
	{"one choice", CHOICE "choices[ru]=a\n",
	 "4: [question c] choices[ru]: 1 answer is no choice; allowed: 2 to 36\n"},
	{"too many choices",
	 CHOICE
	 "choices[ru]=1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20;21;22;23;24;25;26;"
	 "27;28;29;30;31;32;33;34;35;36;37\n",
	 "4: [question c] choices[ru]: 37 answers cannot be shown; allowed: 2 to 36\n"},
	{"empty choice", CHOICE "choices[ru]=a;;c\n",
	 "4: [question c] choices[ru]: answer 2 is empty; allowed: a text\n"},
	{"the same choice", CHOICE "choices[ru]=a;b;a\n",
	 "4: [question c] choices[ru]: 'a' stands there twice; allowed: once\n"},
	{"uneven choices",
	 "[terminal]\nlanguages=ru;en\n" CHOICE
	 "text[en]=?\nchoices[ru]=a;b;c\nchoices[en]=a;b\n",
	 "8: [question c] choices[en]: 2 answers, and 3 in another language; allowed: as many\n"},
	{"low answers", CHOICE "choices[ru]=a;b\nlow_answers=3\n",
	 "5: [question c] low_answers: '3' names a choice that is not there; allowed: 1 to 2\n"},
	{"low answers out of range", CHOICE "choices[ru]=a;b\nlow_answers=0;x\n",
	 "5: [question c] low_answers: '0' is no choice; allowed: numbers of choices, ; between, "
	 "as in 2;3\n"},
	{"more always than places",
	 "[survey]\nquestions=1\n[question a]\nkind=yesno\nwhen=always\ntext[ru]=?\n"
	 "[question b]\nkind=yesno\nwhen=always\ntext[ru]=?\n",
	 "9: [question b] when: is one always too many: [survey] questions=1; allowed: more "
	 "questions (up to 5), or when=turn\n"},
	{"more names than answers", CHOICE "choices[ru]=a;b\nresponsible=x;;z\n",
	 "5: [question c] responsible: 3 names for 2 answers; allowed: one for each, empty "
	 "for nobody\n"},
	{"a sum", "[report]\nmarketing_month=-1\n",
	 "2: [report] marketing_month: '-1' is no whole number; allowed: 0 to 2000000000 in whole "
	 "units of the currency\n"},
	{"low without a low",
	 CHOICE "choices[ru]=a;b\n[question l]\nkind=words\nwhen=low\n"
		"text[ru]=?\n",
	 "7: [question l] when: no question can be answered low, so this one is never asked; "
	 "allowed: low beside a scale, a yesno, or a choice with low_answers=\n"},
	{"question twice", YESNO "[question ok]\nwhen=never\n",
	 "4: [question ok]: stands in line 1 already; allowed: once\n"
	 "5: [question ok] when: 'never' is unknown; allowed: always, turn, low or returned\n"},

	/* readers, cards, the till */
	{"without a device", "[reader a]\n",
	 "1: [reader a] device: is needed here; allowed: " DEVICES "\n"},
	{"replay of nothing", "[reader a]\ndevice=replay:\n",
	 "2: [reader a] device: 'replay:' names no file; allowed: " DEVICES "\n"},
	{"line",
	 "[reader a]\ndevice=demo\nprotocol=magstrip\nbaud=9601\nframe=9N1\ndtr=up\n",
	 "3: [reader a] protocol: 'magstrip' is unknown; did you mean magstripe; allowed: "
	 "magstripe, rfid, barcode or uid\n"
	 "4: [reader a] baud: '9601' is not in use; allowed: 300, 600, 1200, 2400, 4800, 9600, "
	 "19200, 38400, 57600 or 115200 baud\n"
	 "5: [reader a] frame: '9N1' is no frame; allowed: " FRAMES "\n"
	 "6: [reader a] dtr: 'up' is neither; allowed: yes or no (true, false)\n"},
	{"keys of other protocols", "[reader a]\ndevice=demo\nean=yes\nstyle=parallax\n",
	 "3: [reader a] ean: says nothing to protocol=magstripe; allowed: with protocol=barcode\n"
	 "4: [reader a] style: says nothing to protocol=magstripe; allowed: with protocol=rfid\n"},
	{"one device, two readers",
	 "[reader a]\ndevice=/dev/x\n[reader b]\ndevice=/dev/../dev/x\n",
	 "4: [reader b] device: is the device of [reader a] too; allowed: one of its own\n"},
	{"reader's name", "[reader a/b]\ndevice=demo\n[reader till]\ndevice=demo\n",
	 "1: [reader a/b]: cannot be a reader's name; allowed: 1 to 20 of A-Z a-z 0-9 . _ -, not "
	 "till\n"
	 "3: [reader till]: cannot be a reader's name; allowed: 1 to 20 of A-Z a-z 0-9 . _ -, not "
	 "till\n"},
	{"prefixes", "[reader a]\ndevice=demo\nprefix=96x;96A\n[cards staff]\nprefix=\n",
	 "3: [reader a] prefix: '96x' is no prefix; allowed: digits\n"
	 "3: [reader a] prefix: '96A' is no prefix; allowed: digits\n"
	 "5: [cards staff] prefix: a value is missing; allowed: one or more prefixes, ; between, "
	 "each 1 to 19 digits (0-9 and A-F with an rfid or uid reader)\n"},
	{"kind of card", "[cards gold]\nprefix=1\n",
	 "1: [cards gold]: 'gold' is no kind of card; allowed: bonus, discount, privilege, staff\n"},
	{"kind without prefixes", "[cards staff]\n",
	 "1: [cards staff] prefix: is needed here; allowed: one or more prefixes, ; between, each 1 "
	 "to 19 digits (0-9 and A-F with an rfid or uid reader)\n"},
	{"a prefix in two kinds",
	 "[cards staff]\nprefix=96;97\n[cards bonus]\nprefix=97\n",
	 "4: [cards bonus] prefix: '97' is a prefix of [cards staff] in line 2 too; a prefix has "
	 "one kind\n"},
	{"a display without its protocol", "[till]\ndevice=/dev/x\n",
	 "1: [till] protocol: is needed with device=; allowed: " DISPLAYS "\n"},
	{"till", "[till]\ndevice=demo\nprotocol=escpos2\nencoding=CP9999\n",
	 "2: [till] device: demo plays cards, no till; allowed: a path or replay:FILE\n"
	 "3: [till] protocol: 'escpos2' is unknown; did you mean escpos; allowed: " DISPLAYS
	 "\n"
	 "4: [till] encoding: 'CP9999' is unknown; allowed: CP437, CP858, CP866, CP1251, KOI8-R "
	 "or UTF-8\n"},
	{"code tables", "[till]\ncode_tables=17:CP866;256:CP437\n",
	 "2: [till] code_tables: '256:CP437' is no code table; allowed: " TABLES "\n"},
	{"code tables, encoding", "[till]\ncode_tables=17:CP855\n",
	 "2: [till] code_tables: '17:CP855' is no code table; allowed: " TABLES "\n"},
	{"code tables, number", "[till]\ncode_tables=:CP866\n",
	 "2: [till] code_tables: ':CP866' is no code table; allowed: " TABLES "\n"},
};

static void check(gconstpointer data)
{
	gsize i = GPOINTER_TO_SIZE(data);
	struct faults *faults = faults_new("f");
	g_autofree char *said = NULL;
	g_autoptr(GString) expected = g_string_new(rows[i].faults);

	g_assert_null(config_parse("f", rows[i].text, strlen(rows[i].text), faults));
	g_string_prepend(expected, "f:");
	g_string_replace(expected, "\n", "\nf:", 0);
	g_string_truncate(expected, expected->len - strlen("f:"));
	said = faults_text(faults);
	g_assert_cmpstr(said, ==, expected->str);
	faults_free(faults);
}

/* A file of nothing but faults ends all the same, and a long value is cut. */
static void many(void)
{
	struct faults *faults = faults_new("f");
	g_autoptr(GString) text = g_string_new(NULL);
	g_autofree char *said = NULL;

	for (int i = 0; i < 40; i++)
		g_string_append_printf(text,
				       "[reader r%d]\ndevice=demo\n[question q%d]\n"
				       "kind=words\ntext[ru]=?\n",
				       i, i);
	g_string_append(text, "[terminal]\nstore=");
	for (int i = 0; i < 3000; i++)
		g_string_append(text, "ж");
	g_assert_null(config_parse("f", text->str, text->len, faults));
	said = faults_text(faults);
	g_assert_cmpuint(faults_count(faults), ==, 32 + 8 + 1);
	g_assert_true(
		strstr(said, "f:41: [reader r8]: is one reader too many; allowed: 8\n"));
	g_assert_true(strstr(said, "жжж...' has a character that may not stand there"));
	g_assert_cmpuint(strlen(said), <, 4096);
	faults_free(faults);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path = g_strdup_printf("/config/faults/%s",
							rows[i].name);

		g_test_add_data_func(path, GSIZE_TO_POINTER(i), check);
	}
	g_test_add_func("/config/faults/many", many);
	return g_test_run();
}
