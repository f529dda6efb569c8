/* export_tables: the daily files, byte by byte */
#include <glib/gstdio.h>
#include <string.h>

#include "export/csv.h"
#include "export/export.h"
#include "tests/lib/export_fixture.h"

static struct export_fixture f;

static enum command_exit export_with(const char *args, char **out)
{
	return export_fixture_run(&f, &command_export, args, out);
}

#define VISIT_COLUMNS                                                                     \
	"seq,visit,store,till,cashier,day,started,ended,trigger,language,card,card_kind," \
	"receipt,sale_kind,tender,total,currency,outcome,reason,seconds,clock,respondent"

static void test_plain(void)
{
	g_autofree char *out = NULL;
	g_assert_cmpint(export_with("--day 2024-10-04 --output - --plain", &out), ==, 0);
	g_assert_cmpstr(
		out, ==,
		VISIT_COLUMNS
		",overall,nps,goods,prices,own\r\n"
		"1,00000000-0000-0000-0000-000000000001,017,3,007,2024-10-04,"
		"2024-10-04T03:00:00.000+03:00,2024-10-04T03:00:08.000+03:00,key,ru,*1234,bonus,"
		"0012,return,,-1234.05,RUB,completed,,8.0,ok,customer,1,,yes,нет,"
		"\"=SUM(A1);\"\"да\"\"\"\r\n"
		"2,00000000-0001-0000-0000-000000000001,017,3,,2024-10-04,"
		"2024-10-04T03:01:00.000+03:00,2024-10-04T03:01:08.000+03:00,key,en,,,,,,,,"
		"complaint,no,8.0,ok,customer,,,,,\r\n");
}

static void test_excel(void)
{
	g_autofree char *out = NULL, *path = NULL, *text = NULL;
	g_assert_cmpint(export_with("--day 2024-10-04", &out), ==, 0);
	g_assert_cmpstr(out, ==, "");
	path = g_build_filename(f.config.export.folder, "survey-017-3-2024-10-04.csv",
				NULL);
	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_assert_true(g_str_has_prefix(text, "\xef\xbb\xbfseq;visit;store;"));
	g_assert_nonnull(
		strstr(text, "\r\n1;00000000-0000-0000-0000-000000000001;'017;3;'007;"));
	g_assert_nonnull(strstr(text, ";'0012;return;;-1234,05;RUB;completed;;8,0;ok;"));
	g_assert_nonnull(strstr(text, ";1;;yes;нет;\"'=SUM(A1);\"\"да\"\"\"\r\n"));
	export_fixture_empty_folder(&f);
	g_rmdir(f.config.export.folder);
}

static void test_jsonl(void)
{
	g_autofree char *out = NULL;
	g_assert_cmpint(
		export_with("--from 2024-10-04 --to 2024-10-05 --output - --format jsonl",
			    &out),
		==, 0);
	g_auto(GStrv) line = g_strsplit(out, "\n", 0);
	g_assert_cmpuint(g_strv_length(line), ==, 4);
	g_assert_true(g_str_has_prefix(line[0], "{\"seq\":1,\"visit\":\"00000000-"));
	g_assert_nonnull(strstr(line[0], "\"store\":\"017\""));
	g_assert_nonnull(strstr(line[0], "\"total\":-1234.05,\"currency\":\"RUB\""));
	g_assert_nonnull(strstr(line[0], "\"overall\":1,\"nps\":null,\"goods\":\"yes\""));
	g_assert_nonnull(strstr(line[0], "\"own\":\"=SUM(A1);\\\"да\\\"\"}"));
	g_assert_nonnull(strstr(line[1], "\"card\":null"));
	g_assert_nonnull(strstr(line[2], "\"day\":\"2024-10-05\""));
}

static void test_answers(void)
{
	g_autofree char *out = NULL;
	g_assert_cmpint(
		export_with("--day 2024-10-04 --what answers --output - --plain", &out),
		==, 0);
	g_auto(GStrv) line = g_strsplit(out, "\r\n", 0);
	g_assert_cmpuint(g_strv_length(line), ==, 7);
	g_assert_cmpstr(line[0], ==,
			"seq,visit,day,at,question,point,wording,kind,value,label,"
			"milliseconds,place,probability");
	g_assert_cmpstr(line[1], ==,
			"1,00000000-0000-0000-0000-000000000001,2024-10-04,"
			"2024-10-04T03:00:01.000+03:00,overall,whole,"
			"Как вам сегодня в нашем магазине?,smiley,1,,,1,1");
	g_assert_true(g_str_has_suffix(line[2], ",nps10,,,900,2,1"));
	g_assert_true(g_str_has_suffix(line[3], ",yesno,1,yes,900,3,0.3333333333333333"));
	g_assert_true(g_str_has_suffix(line[4], ",choice,2,нет,900,4,1"));
	g_assert_true(
		g_str_has_suffix(line[5], ",words,,\"=SUM(A1);\"\"да\"\"\",900,5,1"));
}

static void test_cards(void)
{
	g_autofree char *masked = NULL, *full = NULL;
	g_assert_cmpint(
		export_with("--day 2024-10-04 --what cards --output - --plain", &masked),
		==, 0);
	g_assert_cmpstr(
		masked, ==,
		"event,visit,day,at,reader,result,card\r\n"
		"00000000-0000-0000-0000-000000000002,00000000-0000-0000-0000-000000000001,"
		"2024-10-04,2024-10-04T03:00:00.500+03:00,msr,accepted,*1234\r\n"
		"00000000-0002-0000-0000-000000000002,,"
		"2024-10-04,2024-10-04T03:02:00.500+03:00,msr,error format,\r\n");
	g_assert_cmpint(
		export_with("--day 2024-10-04 --what cards --output - --full-cards",
			    &full),
		==, 0);
	g_assert_nonnull(strstr(full, ";accepted;'9643123456781234\r\n"));
}

static void test_refused(void)
{
	static const struct {
		const char *args;
		enum command_exit code;
	} rows[] = {
		{"--plain", COMMAND_WRONG},
		{"--full-cards", COMMAND_WRONG},
		{"--due --day today", COMMAND_WRONG},
		{"--format odt", COMMAND_WRONG},
		{"--what all --output -", COMMAND_WRONG},
		{"--day 2024-02-30 --output -", COMMAND_WRONG},
		{"--day 2024-1-02 --output -", COMMAND_WRONG},
		{"--from 2024-10-04 --output -", COMMAND_WRONG},
		{"--from 2024-10-05 --to 2024-10-04 --output -", COMMAND_WRONG},
		{"--day today --from 2024-10-05 --to 2024-10-05 --output -",
		 COMMAND_WRONG},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *out = NULL;
		g_assert_cmpint(export_with(rows[i].args, &out), ==, rows[i].code);
		g_assert_cmpstr(out, ==, "");
	}
	g_assert_false(g_file_test(f.config.export.folder, G_FILE_TEST_EXISTS));
}

static void test_empty(void)
{
	g_autofree char *out = NULL;
	g_assert_cmpint(export_with("--day 2001-01-01 --output - --plain", &out), ==, 0);
	g_assert_cmpstr(out, ==, VISIT_COLUMNS "\r\n");
}

static void test_cells(void)
{
	static const struct {
		const char *text;
		bool guard;
	} rows[] = {
		{"=1", true},
		{"+7", true},
		{"-", true},
		{"@x", true},
		{"\tx", true},
		{"\rx", true},
		{"0", false},
		{"00", true},
		{"017", true},
		{"17", false},
		{"0x", false},
		{"", false},
		{"123456789012345", false},
		{"1234567890123456", true},
		{"a=1", false},
		{"*1234", false},
		{"0,5", false},
	};
	const struct cell_style excel = {CELL_EXCEL, ','}, plain = {CELL_PLAIN, ','},
				sheet = {CELL_SHEET, ','};
	struct cell_scratch scratch;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct value value = {.kind = VALUE_TEXT, .text = rows[i].text};
		g_assert_cmpint(cell_of_value(&value, &excel, &scratch).guard, ==,
				rows[i].guard);
		g_assert_cmpint(cell_of_name(rows[i].text, &excel).guard, ==,
				rows[i].guard);
		g_assert_false(cell_of_value(&value, &plain, &scratch).guard);
		g_assert_false(cell_of_value(&value, &sheet, &scratch).guard);
		g_assert_cmpint(cell_of_value(&value, &sheet, &scratch).kind, ==,
				CELL_TEXT);
	}
	g_assert_cmpint(cell_decimal_sign("ru"), ==, ',');
	g_assert_cmpint(cell_decimal_sign("en"), ==, '.');
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	export_fixture_init(&f);
	g_test_add_func("/export/plain", test_plain);
	g_test_add_func("/export/jsonl", test_jsonl);
	g_test_add_func("/export/answers", test_answers);
	g_test_add_func("/export/cards", test_cards);
	g_test_add_func("/export/refused", test_refused);
	g_test_add_func("/export/excel", test_excel);
	g_test_add_func("/export/empty", test_empty);
	g_test_add_func("/export/cells", test_cells);
	int failed = g_test_run();
	export_fixture_clear(&f);
	return failed;
}
