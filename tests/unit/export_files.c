/* export_files: the daily files, byte by byte */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "export/csv.h"
#include "export/export.h"
#include "tests/lib/storage.h"

static struct storage f;
static struct config config;

/* Two visits of day 20000 (2024-10-04), one of the next, one still open. */
static void fill(void)
{
	g_autoptr(GError) error = NULL;
	storage_init(&f, NULL);
	struct store *store = store_open(&f.options, &error);
	g_assert_no_error(error);

	storage_save(store, storage_card(&f, 0, "9643123456781234"));
	for (uint8_t q = 0; q < 5; q++) {
		struct save s = storage_answer(&f, 0, q, q == 3 ? 2 : 1);
		g_strlcpy(s.visit.card, "9643123456781234", sizeof s.visit.card);
		g_strlcpy(s.answer.words, q == 4 ? "=SUM(A1);\"да\"" : "",
			  sizeof s.answer.words);
		s.answer.skipped = q == 1;
		s.answer.probability = q == 2 ? 1.0 / 3 : 1;
		storage_save(store, s);
	}
	struct save s = storage_close(&f, 0, OUTCOME_COMPLETED);
	g_strlcpy(s.visit.card, "9643123456781234", sizeof s.visit.card);
	s.visit.card_kind = CARD_KIND_BONUS;
	s.visit.has_total = true;
	s.visit.total = -123405;
	s.visit.sale_kind = SALE_RETURN;
	g_strlcpy(s.visit.receipt, "0012", sizeof s.visit.receipt);
	g_strlcpy(s.visit.cashier, "007", sizeof s.visit.cashier);
	storage_save(store, s);

	s = storage_close(&f, 1, OUTCOME_COMPLAINT);
	s.visit.complaint_choice = 2;
	storage_save(store, s);
	storage_save(store, storage_close(&f, 1440, OUTCOME_DECLINED));
	s = storage_card(&f, 2, "");
	s.card_event.visit = (struct id){{0}};
	s.has_visit = false;
	s.card_event.result = CARD_EVENT_ERROR;
	s.card_event.error = CARD_FORMAT;
	storage_save(store, s);
	storage_save(store, storage_card(&f, 3, "9643000000005555"));
	g_assert_true(storage_wait(&f, store, 5000));
	storage_check(f.path);

	config = (struct config){
		.store = "017",
		.till = "3",
		.n_languages = 2,
		.languages = {"ru", "en"},
		.day_starts_min = 240,
		.database = f.path,
	};
	config.timezone = g_time_zone_new_utc();
	config.export.folder = g_build_filename(f.folder, "export", NULL);
	config.export.excel = true;
	config.export.format[EXPORT_CSV] = true;
	g_assert_true(store_close(store, 5000));
}

/* Runs `tillask export ARGS`; its standard output in *OUT (for g_free()). */
static enum command_exit export_with(const char *args, char **out)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = g_build_filename(f.folder, "stdout", NULL);
	char **argv = g_strsplit(args, " ", 0);
	GOptionContext *context = g_option_context_new(NULL);
	struct invocation call = {.command = &command_export, .config = &config};
	char ***parsed = g_new0(char **, 1);

	/* options are static, and a process runs one command: each call begins from nothing */
	for (const GOptionEntry *o = command_export.options; o->long_name != NULL; o++)
		if (o->arg == G_OPTION_ARG_NONE)
			*(gboolean *)o->arg_data = FALSE;
		else
			g_clear_pointer((char **)o->arg_data, g_free);
	*parsed = g_strdupv((char *[]){(char *)"export", NULL});
	GPtrArray *all = g_ptr_array_new();
	g_ptr_array_add(all, (char *)"export");
	for (char **a = argv; *a != NULL; a++)
		if (**a != '\0')
			g_ptr_array_add(all, *a);
	g_ptr_array_add(all, NULL);
	g_option_context_add_main_entries(context, command_export.options, NULL);
	g_strfreev(*parsed);
	*parsed = g_strdupv((char **)all->pdata);
	g_assert_true(g_option_context_parse_strv(context, parsed, &error));

	fflush(stdout);
	int saved = dup(STDOUT_FILENO), fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	dup2(fd, STDOUT_FILENO);
	enum command_exit code = command_export.run(&call);
	fflush(stdout);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	close(fd);
	g_assert_true(g_file_get_contents(path, out, NULL, NULL));

	g_strfreev(*parsed);
	g_free(parsed);
	g_ptr_array_unref(all);
	g_strfreev(argv);
	g_option_context_free(context);
	return code;
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
	path = g_build_filename(config.export.folder, "survey-017-3-2024-10-04.csv",
				NULL);
	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_assert_true(g_str_has_prefix(text, "\xef\xbb\xbfseq;visit;store;"));
	g_assert_nonnull(
		strstr(text, "\r\n1;00000000-0000-0000-0000-000000000001;'017;3;'007;"));
	g_assert_nonnull(strstr(text, ";'0012;return;;-1234,05;RUB;completed;;8,0;ok;"));
	g_assert_nonnull(strstr(text, ";1;;yes;нет;\"'=SUM(A1);\"\"да\"\"\"\r\n"));
	g_unlink(path);
	g_rmdir(config.export.folder);
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
		{"--format xlsx", COMMAND_WRONG},
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
	g_assert_false(g_file_test(config.export.folder, G_FILE_TEST_EXISTS));
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
	const struct csv_style excel = {true, ','}, plain = {false, ','};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct value value = {"x", VALUE_TEXT, rows[i].text};
		g_assert_cmpint(csv_cell(&value, &excel).guard, ==, rows[i].guard);
		g_assert_false(csv_cell(&value, &plain).guard);
		value.kind = VALUE_NUMBER;
		g_assert_false(csv_cell(&value, &excel).guard);
	}
	g_assert_cmpint(csv_decimal_sign("ru"), ==, ',');
	g_assert_cmpint(csv_decimal_sign("en"), ==, '.');
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	fill();
	g_test_add_func("/export/plain", test_plain);
	g_test_add_func("/export/jsonl", test_jsonl);
	g_test_add_func("/export/answers", test_answers);
	g_test_add_func("/export/cards", test_cards);
	g_test_add_func("/export/refused", test_refused);
	g_test_add_func("/export/excel", test_excel);
	g_test_add_func("/export/empty", test_empty);
	g_test_add_func("/export/cells", test_cells);
	int failed = g_test_run();
	g_time_zone_unref(config.timezone);
	g_free((char *)config.export.folder);
	storage_clear(&f);
	return failed;
}
