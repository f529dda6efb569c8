/* export_kept: the [export] folder: sealing, chain, late rows, revisions, the same bytes again */
#include <glib/gstdio.h>
#include <string.h>

#include "day.h"
#include "export/export.h"
#include "period.h"
#include "tests/lib/export_fixture.h"

#define D1 "survey-017-3-2024-10-04"
#define D2 "survey-017-3-2024-10-05"

static struct export_fixture f;

static void make(const char *args)
{
	g_assert_cmpint(export_fixture_run(&f, &command_export, args, NULL), ==,
			COMMAND_DONE);
}

static void refused(const char *args)
{
	g_assert_cmpint(export_fixture_run(&f, &command_export, args, NULL), ==,
			COMMAND_FAILED);
}

static void expect_folder(const char *names)
{
	g_autofree char *all = export_fixture_folder(&f);
	g_assert_cmpstr(all, ==, names);
}

/* The value of a key of a manifest, as it is written. */
static char *manifest(const char *name, const char *key)
{
	g_autofree char *text = export_fixture_file(&f, name, NULL);
	g_autofree char *head = g_strdup_printf("\"%s\": ", key);
	g_assert_nonnull(text);
	const char *at = strstr(text, head);
	g_assert_nonnull(at);
	at += strlen(head);
	return g_strndup(at, strcspn(at, ",\n}"));
}

static void expect(const char *name, const char *key, const char *value)
{
	g_autofree char *is = manifest(name, key);
	g_assert_cmpstr(is, ==, value);
}

static void begin(void)
{
	export_fixture_init(&f);
}

static void end(void)
{
	export_fixture_clear(&f);
}

/* A day that has not ended: the same names, not closed; made again as often as one likes. */
static void test_open(void)
{
	begin();
	g_autofree char *today = day_text(period_today(&f.config));
	g_autofree char *csv = g_strdup_printf("survey-017-3-%s.csv", today);
	g_autofree char *json = g_strdup_printf("survey-017-3-%s.json", today);
	g_autofree char *both = g_strdup_printf("%s %s", csv, json);
	make("--day today");
	expect_folder(both);
	expect(json, "closed", "false");
	expect(json, "seal", "null");
	expect(json, "first_seq", "null");
	f.config.export.excel = false; /* what is open follows config.ini */
	make("--day today --what cards");
	g_autofree char *text = export_fixture_file(&f, csv, NULL);
	g_assert_true(g_str_has_prefix(text, "seq,visit,"));
	end();
}

/* One that has not begun has no files. */
static void test_future(void)
{
	begin();
	g_assert_cmpint(export_fixture_run(&f, &command_export, "--day 2999-01-01", NULL),
			==, COMMAND_WRONG);
	expect_folder("");
	end();
}

static void test_seal(void)
{
	begin();
	make("--day 2024-10-04");
	expect_folder(D1 ".csv " D1 ".json");
	expect(D1 ".json", "closed", "true");
	expect(D1 ".json", "first_seq", "1");
	expect(D1 ".json", "last_seq", "2");
	expect(D1 ".json", "previous", "null");
	g_autofree char *seal = manifest(D1 ".json", "seal");
	g_autofree char *plain = g_build_filename(f.storage.folder, "plain", NULL);
	static const char *const whats[] = {"visits", "answers", "cards"};
	for (int i = 0; i < 3; i++) {
		g_autofree char *args =
			g_strdup_printf("--day 2024-10-04 --plain --output %s --what %s",
					plain, whats[i]);
		make(args);
	}
	g_autofree char *check = g_strdup_printf("seal " D1 ".json %s/" D1
						 ".csv %s/answers-017-3-2024-10-04.csv "
						 "%s/cards-017-3-2024-10-04.csv",
						 plain, plain, plain);
	export_fixture_python(&f, check);
	g_autofree char *remove = g_strdup_printf("rm -r %s", plain);
	g_assert_true(g_spawn_command_line_sync(remove, NULL, NULL, NULL, NULL));
	expect_folder(D1 ".csv " D1 ".json"); /* another folder changes nothing here */
	/* the next day names it */
	make("--day 2024-10-05 --what cards --format jsonl");
	expect(D2 ".json", "previous", seal);
	expect(D2 ".json", "previous_day", "\"2024-10-04\"");
	export_fixture_python(&f, "manifest " D2 ".json");
	end();
}

static void make_everything(void)
{
	static const char *const whats[] = {"visits", "answers", "cards"};
	static const char *const formats[] = {"csv", "jsonl", "xlsx"};
	for (int w = 0; w < 3; w++)
		for (int k = 0; k < 3; k++) {
			g_autofree char *args =
				g_strdup_printf("--day 2024-10-04 --what %s --format %s",
						whats[w], formats[k]);
			make(args);
		}
}

/* Every file of the folder, one after the other. */
static GString *everything(void)
{
	g_autofree char *all = export_fixture_folder(&f);
	g_auto(GStrv) names = g_strsplit(all, " ", 0);
	GString *bytes = g_string_new(NULL);
	for (char **name = names; *name != NULL; name++) {
		gsize size;
		g_autofree char *text = export_fixture_file(&f, *name, &size);
		g_string_append_printf(bytes, "%s %u\n", *name, (unsigned)size);
		g_string_append_len(bytes, text, (gssize)size);
	}
	return bytes;
}

/* Also when the folder was lost, the configuration is another one, and questions were renamed. */
static void test_same_bytes(void)
{
	begin();
	make("--day 2024-10-04");
	g_autofree char *seal = manifest(D1 ".json", "seal");
	make_everything();
	expect(D1 ".json", "seal", seal);
	export_fixture_python(&f, "manifest " D1 ".json");
	export_fixture_python(&f, "same " D1);
	export_fixture_python(&f, "same answers-017-3-2024-10-04");
	export_fixture_python(&f, "same cards-017-3-2024-10-04");
	GString *before = everything();
	export_fixture_empty_folder(&f);
	f.config.export.excel = false;
	f.config.language = 1;
	f.config.store = "900";
	f.config.till = "1";
	make("--day 2024-10-04");
	GString *after = everything();
	g_assert_true(g_string_equal(before, after));
	g_string_free(before, TRUE);
	g_string_free(after, TRUE);
	end();
}

/* What recover brings: a visit with answers, an answer of a closed visit, a card event. */
static const char late_rows[] =
	"INSERT INTO visit (id, till, day, \"trigger\", language, started, started_offset, ended,"
	" ended_offset, milliseconds, doubtful, outcome, reason, offered)"
	" SELECT x'22222222222222222222222222222222', till, day, \"trigger\", language, started,"
	" started_offset, ended, ended_offset, milliseconds, doubtful, 'completed', '', 1"
	" FROM visit WHERE seq = 1;"
	"INSERT INTO answer SELECT n, 2, started, 0, 5, 1, 1.0, 9, NULL FROM visit WHERE seq IS NULL"
	" AND id = x'22222222222222222222222222222222';"
	"UPDATE visit SET seq = 4 WHERE id = x'22222222222222222222222222222222';"
	"INSERT INTO answer SELECT n, 3, started, 0, 5, 1, 1.0, 1, NULL FROM visit WHERE seq = 2;"
	"INSERT INTO card_event (id, day, at, at_offset, reader, result)"
	" VALUES (x'33333333333333333333333333333333', 20000, 1728000000000, 0, 'msr', 'foreign');";

static void test_late(void)
{
	begin();
	make("--day 2024-10-04");
	make("--day 2024-10-04 --what answers");
	make("--day 2024-10-04 --what cards");
	g_autofree char *seal = manifest(D1 ".json", "seal");
	g_autofree char *csv = export_fixture_file(&f, D1 ".csv", NULL);
	export_fixture_sql(&f, late_rows);
	make("--due");
	g_autofree char *late = export_fixture_file(&f, D1 ".2.csv", NULL);
	g_assert_nonnull(late);
	g_auto(GStrv) line = g_strsplit(late, "\r\n", 0);
	g_assert_cmpuint(g_strv_length(line), ==, 4);
	g_assert_true(g_str_has_suffix(line[0], ";respondent;nps;goods"));
	g_assert_true(g_str_has_prefix(line[1], "2;00000000-0001-"));
	g_assert_true(g_str_has_suffix(line[1], ";;yes"));
	g_assert_true(g_str_has_prefix(line[2], "4;22222222-2222-"));
	g_assert_true(g_str_has_suffix(line[2], ";9;"));
	g_autofree char *answers =
		export_fixture_file(&f, "answers-017-3-2024-10-04.2.csv", NULL);
	g_auto(GStrv) answer = g_strsplit(answers, "\r\n", 0);
	g_assert_cmpuint(g_strv_length(answer), ==, 4);
	g_autofree char *cards = export_fixture_file(&f, "cards-017-3-2024-10-04.2.csv",
						     NULL);
	g_assert_nonnull(strstr(cards, ";foreign;\r\n"));
	/* nothing else has changed, and it stays so */
	g_autofree char *same = export_fixture_file(&f, D1 ".csv", NULL);
	g_assert_cmpstr(csv, ==, same);
	expect(D1 ".json", "seal", seal);
	export_fixture_python(&f, "manifest " D1 ".json");
	GString *before = everything();
	export_fixture_empty_folder(&f);
	make("--day 2024-10-04");
	make("--day 2024-10-05");
	GString *after = everything();
	g_autofree char *third = export_fixture_file(&f, D1 ".3.csv", NULL);
	g_assert_null(third);
	g_assert_true(strstr(before->str, D1 ".2.csv") != NULL &&
		      strstr(after->str, D1 ".2.csv") != NULL);
	g_string_free(before, TRUE);
	g_string_free(after, TRUE);
	export_fixture_sql(
		&f, "INSERT INTO card_event (id, day, at, at_offset, reader, result)"
		    " VALUES (randomblob(16), 20000, 0, 0, 'msr', 'foreign')");
	make("--due");
	g_free(cards);
	cards = export_fixture_file(&f, "cards-017-3-2024-10-04.3.csv", NULL);
	g_assert_nonnull(cards);
	g_free(answers);
	answers = export_fixture_file(&f, "answers-017-3-2024-10-04.3.csv", NULL);
	g_assert_null(answers);
	end();
}

/* An erasure, as the command of a later day will do it. */
static void test_revision(void)
{
	begin();
	make("--day 2024-10-04");
	make("--day 2024-10-04 --format jsonl");
	g_autofree char *seal = manifest(D1 ".json", "seal");
	g_autofree char *was = manifest(D1 ".json", "sha256");
	g_autofree char *csv = export_fixture_file(&f, D1 ".csv", NULL);
	/* rows changed behind the seal's back are told, and the file stands */
	export_fixture_sql(&f, "UPDATE answer SET words = NULL WHERE words IS NOT NULL");
	refused("--day 2024-10-04");
	g_autofree char *stands = export_fixture_file(&f, D1 ".csv", NULL);
	g_assert_cmpstr(csv, ==, stands);
	export_fixture_sql(&f, "INSERT INTO export_revision (day, why, at, at_offset)"
			       " VALUES (20000, 'erasure', 1730000000000, 10800)");
	make("--due");
	g_autofree char *now = export_fixture_file(&f, D1 ".csv", NULL);
	g_assert_null(strstr(now, "SUM"));
	expect(D1 ".json", "seal", seal);
	expect(D1 ".json", "replaces", was);
	expect(D1 ".json", "why", "\"erasure\"");
	expect(D1 ".json", "at", "\"2024-10-27T06:33:20.000+03:00\"");
	export_fixture_python(&f, "manifest " D1 ".json");
	GString *before = everything();
	make("--day 2024-10-04");
	GString *after = everything();
	g_assert_true(strstr(before->str, "replaces") != NULL);
	g_assert_true(strstr(after->str, "replaces") != NULL);
	g_string_free(before, TRUE);
	g_string_free(after, TRUE);
	end();
}

static void test_purged(void)
{
	begin();
	export_fixture_sql(&f, "INSERT INTO purged_day VALUES (20000, 0)");
	refused("--day 2024-10-04");
	refused("--from 2024-10-01 --to 2024-10-09 --output -");
	expect_folder("");
	make("--due"); /* the days that are left */
	g_autofree char *other = export_fixture_file(&f, D2 ".csv", NULL);
	g_assert_nonnull(other);
	end();
}

/* A database was set aside: what the old one sealed stands, and what comes is late. */
static void test_another_database(void)
{
	begin();
	make("--day 2024-10-04");
	g_autofree char *seal = manifest(D1 ".json", "seal");
	g_autofree char *csv = export_fixture_file(&f, D1 ".csv", NULL);
	export_fixture_sql(
		&f, "DELETE FROM export_file; DELETE FROM export_part;"
		    "DELETE FROM export_day; UPDATE meta SET generation = zeroblob(16)");
	make("--due");
	expect(D1 ".json", "seal", seal);
	expect(D2 ".json", "previous", seal);
	g_autofree char *same = export_fixture_file(&f, D1 ".csv", NULL);
	g_assert_cmpstr(csv, ==, same);
	export_fixture_sql(&f, late_rows);
	make("--due");
	g_autofree char *late = export_fixture_file(&f, D1 ".2.csv", NULL);
	g_assert_nonnull(late);
	refused("--day 2024-10-04 --format jsonl");
	export_fixture_python(&f, "manifest " D1 ".json");
	end();
}

/* --due: every day with rows, in order; yesterday also without. */
static void test_due(void)
{
	begin();
	f.config.export.format[EXPORT_JSONL] = true;
	make("--due");
	static const char *const tables[] = {"survey", "answers", "cards"};
	for (int i = 0; i < 3; i++) {
		g_autofree char *csv = g_strdup_printf("%s-017-3-2024-10-05.csv",
						       tables[i]);
		g_autofree char *jsonl = g_strdup_printf("%s-017-3-2024-10-04.jsonl",
							 tables[i]);
		g_autofree char *one = export_fixture_file(&f, csv, NULL);
		g_autofree char *other = export_fixture_file(&f, jsonl, NULL);
		g_assert_true(one != NULL && other != NULL);
	}
	g_autofree char *seal = manifest(D1 ".json", "seal");
	expect(D2 ".json", "previous", seal);
	g_autoptr(GDateTime) now = g_date_time_new_now_utc();
	g_autoptr(GDateTime) day = g_date_time_add_hours(now, -4 - 24);
	g_autofree char *yesterday = g_date_time_format(day, "survey-017-3-%F.json");
	expect(yesterday, "closed", "true");
	expect(yesterday, "previous_day", "\"2024-10-05\"");
	/* files that vanish stay away until asked for; a torn set is mended */
	export_fixture_sql(&f, "UPDATE export_day SET published = 0 WHERE day = 20000");
	export_fixture_empty_folder(&f);
	make("--due");
	export_fixture_python(&f, "manifest " D1 ".json");
	end();
}

/* Training is a visit and no answers. */
static void test_training(void)
{
	begin();
	export_fixture_sql(
		&f,
		"INSERT INTO visit (id, till, day, \"trigger\", language, started,"
		" started_offset, ended, ended_offset, milliseconds, doubtful, outcome, reason)"
		" SELECT randomblob(16), till, day, \"trigger\", language, started,"
		" started_offset, ended, ended_offset, 0, 0, 'not_asked', 'training'"
		" FROM visit WHERE seq = 1;"
		"INSERT INTO answer SELECT n, 2, started, 0, 5, 1, 1.0, 9, NULL FROM visit"
		" WHERE reason = 'training';"
		"UPDATE visit SET seq = 4 WHERE reason = 'training'");
	g_autofree char *out = NULL, *answers = NULL;
	export_fixture_run(&f, &command_export, "--day 2024-10-04 --output - --plain",
			   &out);
	g_auto(GStrv) line = g_strsplit(out, "\r\n", 0);
	g_assert_true(g_str_has_prefix(line[3], "4,"));
	g_assert_true(
		g_str_has_suffix(line[3], ",not_asked,training,0.0,ok,customer,,,,,"));
	export_fixture_run(&f, &command_export,
			   "--day 2024-10-04 --output - --plain --what answers",
			   &answers);
	g_assert_null(strstr(answers, "\r\n4,"));
	end();
}

/* Wording, words and names that files may stumble over; a question rescaled within the day. */
static void test_hostile(void)
{
	begin();
	export_fixture_sql(
		&f,
		"UPDATE wording_text SET text = '=1+1' || char(10) || '\"q\";' || char(13)"
		" || char(0x5d0, 0x200f, 0x5d1) WHERE wording = 1;"
		"UPDATE wording_choice SET text = '@да;нет' WHERE choice = 2;"
		"UPDATE answer SET words = '-1' || char(13, 10) || '_x0041_ ' || char(1, 9)"
		" || char(0xfffe) WHERE words IS NOT NULL;"
		"INSERT INTO wording (question, hash, kind, point, low_choices)"
		" VALUES (1, randomblob(32), 'nps11', 'whole', 0);"
		"INSERT INTO answer SELECT n, last_insert_rowid(), started, 0, 1, 1, 1, 0, NULL"
		" FROM visit WHERE seq = 2");
	make_everything();
	export_fixture_python(&f, "same answers-017-3-2024-10-04");
	export_fixture_python(&f, "same " D1);
	g_autofree char *text = export_fixture_file(&f, D1 ".csv", NULL);
	g_assert_nonnull(strstr(text, ";\"'@да;нет\";\"'-1\r\n_x0041_ "));
	end();
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/export/kept/open", test_open);
	g_test_add_func("/export/kept/future", test_future);
	g_test_add_func("/export/kept/seal", test_seal);
	g_test_add_func("/export/kept/same-bytes", test_same_bytes);
	g_test_add_func("/export/kept/late", test_late);
	g_test_add_func("/export/kept/revision", test_revision);
	g_test_add_func("/export/kept/purged", test_purged);
	g_test_add_func("/export/kept/another-database", test_another_database);
	g_test_add_func("/export/kept/due", test_due);
	g_test_add_func("/export/kept/training", test_training);
	g_test_add_func("/export/kept/hostile", test_hostile);
	return g_test_run();
}
