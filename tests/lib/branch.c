/* branch.c - see branch.h */
#include "tests/lib/branch.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/lib/shop.h"

/* ---- the till's database ---------------------------------------------------------------- */

static sqlite3 *open_till(const struct branch *b)
{
	sqlite3 *db;

	g_assert_cmpint(sqlite3_open_v2(b->path, &db, SQLITE_OPEN_READWRITE, NULL), ==,
			SQLITE_OK);
	sqlite3_busy_timeout(db, 10000);
	/* what one statement changes in ten thousand rows is kept in memory until it is done */
	sqlite3_exec(db, "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -100000", NULL,
		     NULL, NULL);
	return db;
}

void branch_run(const struct branch *b, const char *sql)
{
	sqlite3 *db = open_till(b);
	char *why = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		g_error("%s: %s", sql, why);
	sqlite3_close(db);
}

gint64 branch_number(const struct branch *b, const char *sql)
{
	sqlite3 *db = open_till(b);
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		g_error("%s: %s", sql, sqlite3_errmsg(db));
	g_assert_cmpint(sqlite3_step(s), ==, SQLITE_ROW);
	gint64 number = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	sqlite3_close(db);
	return number;
}

static const char fill[] =
	"BEGIN IMMEDIATE;"
	"CREATE TEMP TABLE new AS WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL"
	" SELECT i + 1 FROM k WHERE i < %d) SELECT i + coalesce((SELECT max(n) FROM visit), 0)"
	" AS n FROM k;"
	"INSERT INTO visit (n, id, till, day, \"trigger\", language, started, started_offset,"
	" ended, ended_offset, milliseconds, doubtful, card, card_mask, card_kind, receipt,"
	" sale_kind, tender, total, outcome, reason, offered)"
	" SELECT n, randomblob(16), 1, 19000 + n / 1440,"
	"  CASE n %% 3 WHEN 0 THEN 'key' WHEN 1 THEN 'card' ELSE 'sale' END,"
	"  iif(n %% 2, 'en', 'ru'), 19000 * 86400000 + n * 60000 + n %% 1000, 10800,"
	"  19000 * 86400000 + n * 60000 + 9000 + n %% 977, 10800, 8000 + n * 37 %% 9000,"
	"  n %% 11 = 0, iif(n %% 2, NULL, '964300000000' || n), iif(n %% 2, NULL, '*' || n %% 10000),"
	"  iif(n %% 2, NULL, 'bonus'),"
	"  CASE n %% 7 WHEN 0 THEN 'a' || char(9) || '\\N' WHEN 1 THEN char(10) || '\\.'"
	"   WHEN 2 THEN 'чек \"' || n || '\"' WHEN 3 THEN 'R'||n END,"
	"  iif(n %% 3 = 2, 'sale', ''), iif(n %% 3 = 2, 'cash', ''),"
	"  iif(n %% 3 = 2, n * 101 - 300, NULL),"
	"  iif(n %% 4, 'completed', 'ignored'), '', 1 FROM new;"
	"INSERT INTO answer SELECT new.n, wording.n,"
	"  19000 * 86400000 + new.n * 60000 + wording.n * 1000, 10800,"
	"  iif(new.n %% 5, 900 + new.n %% 100, NULL), wording.n, 1.0 / (1 + new.n %% 3),"
	"  CASE WHEN new.n %% 13 = 0 THEN NULL WHEN kind = 'smiley' THEN 1 + new.n %% 5"
	"   WHEN kind = 'yesno' THEN new.n %% 2 ELSE 1 + new.n %% 3 END, NULL"
	"  FROM new JOIN wording ON wording.n <= new.n %% 4 AND wording.n <= 3;"
	"INSERT INTO card_event (id, visit, day, at, at_offset, reader, result, card, card_mask,"
	"  card_kind) SELECT randomblob(16), n, 19000 + n / 1440,"
	"  19000 * 86400000 + n * 60000 + 500, 10800, 'msr', 'accepted', '964300000000' || n,"
	"  '*' || n %% 10000, 'bonus' FROM new WHERE n %% 2 = 0;"
	"INSERT INTO card_event (id, visit, day, at, at_offset, reader, result)"
	"  SELECT randomblob(16), NULL, 19000 + n / 1440, 19000 * 86400000 + n * 60000,"
	"  10800, 'msr', 'error truncated' FROM new WHERE n %% 5 = 0;"
	"INSERT INTO queue_time (id, day, at, at_offset, held_out, milliseconds)"
	"  SELECT randomblob(16), 19000 + n / 1440, 19000 * 86400000 + n * 60000,"
	"  10800, n %% 2, 1000 + n FROM new WHERE n %% 5 = 1;"
	"UPDATE visit SET seq = n WHERE seq IS NULL;"
	"DROP TABLE new;"
	"COMMIT";

void branch_fill(const struct branch *b, int n)
{
	g_autofree char *sql = g_strdup_printf(fill, n);

	branch_run(b, sql);
}

/* ---- setting up ------------------------------------------------------------------------- */

void branch_connect(struct branch *b, const char *conninfo)
{
	g_autofree char *text = NULL;
	g_autoptr(GString) config = NULL;
	char *sync;

	g_assert_true(g_file_get_contents(b->config, &text, NULL, NULL));
	sync = strstr(text, "[sync]\n");
	if (sync != NULL)
		*sync = '\0';
	config = g_string_new(text);
	g_string_append_printf(config, "[sync]\nserver=%s\n", conninfo);
	g_assert_true(g_file_set_contents(b->config, config->str, -1, NULL));
}

void branch_init(struct branch *b, const struct postgres *server, const char *database)
{
	g_autofree char *create = g_strdup_printf("CREATE DATABASE %s", database);
	struct shop s;

	shop_open(&s, NULL);
	shop_stop(shop_run(&s));
	b->server = server;
	b->folder = g_strdup(s.folder);
	b->config = g_strdup(s.config);
	b->path = g_strdup(s.database);
	b->database = g_strdup(database);
	b->program = g_strconcat(g_getenv("TILLASK_BIN"), "-sync", NULL);
	b->conninfo = postgres_conninfo(server, database, "postgres", 0);
	/* the shop's reader goes, its folder stays */
	fake_device_clear(&s.device);
	g_strfreev(s.env);
	g_free(s.folder);
	g_free(s.config);
	g_free(s.database);
	g_free(s.socket);
	g_free(s.disk);
	g_free(postgres_sql(server, create));
	branch_connect(b, b->conninfo);
}

void branch_clear(struct branch *b)
{
	const char *argv[] = {"rm", "-rf", b->folder, NULL};

	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
		     NULL, NULL, NULL);
	g_free(b->folder);
	g_free(b->config);
	g_free(b->path);
	g_free(b->database);
	g_free(b->program);
	g_free(b->conninfo);
}

/* ---- commands --------------------------------------------------------------------------- */

static char **line_of(const struct branch *b, const char *arguments)
{
	g_autoptr(GStrvBuilder) line = g_strv_builder_new();
	g_auto(GStrv) words = g_strsplit(arguments, " ", -1);

	g_strv_builder_add_many(line, b->program, "--config", b->config, NULL);
	g_strv_builder_addv(line, (const char **)words);
	return g_strv_builder_end(line);
}

int branch_command(const struct branch *b, const char *arguments, char **out,
		   char **errors)
{
	g_auto(GStrv) line = line_of(b, arguments);
	g_autoptr(GError) error = NULL;
	g_autofree char *said = NULL, *complained = NULL;
	int status;

	g_spawn_sync(NULL, line, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, &complained,
		     &status, &error);
	g_assert_no_error(error);
	if (out != NULL)
		*out = g_steal_pointer(&said);
	if (errors != NULL)
		*errors = g_steal_pointer(&complained);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void branch_expect_command(const struct branch *b, const char *arguments, int code,
			   const char *expected)
{
	g_autofree char *out = NULL, *errors = NULL;
	int got = branch_command(b, arguments, &out, &errors);

	if (got != code || strstr(code == 0 ? out : errors, expected) == NULL)
		g_error("%s: expected exit %d and \"%s\", got %d: %s%s", arguments, code,
			expected, got, out, errors);
}

GPid branch_start(const struct branch *b, const char *arguments)
{
	g_auto(GStrv) line = line_of(b, arguments);
	g_autoptr(GError) error = NULL;
	GPid pid;

	g_spawn_async(NULL, line, NULL,
		      G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
			      G_SPAWN_STDERR_TO_DEV_NULL,
		      NULL, NULL, &pid, &error);
	g_assert_no_error(error);
	return pid;
}

/* ---- comparing -------------------------------------------------------------------------- */

char *branch_sql(const struct branch *b, const char *sql)
{
	g_autofree char *errors = NULL;
	char *result = postgres_try(b->conninfo, sql, &errors);

	if (result == NULL)
		g_error("%s: %s", sql, errors);
	return result;
}

void branch_expect(const struct branch *b, const char *sql, const char *expected)
{
	g_autofree char *result = branch_sql(b, sql);

	g_assert_cmpstr(result, ==, expected);
}

/* The same rows, said in both languages; ordered by what identifies them. */
#define MS(column) "(extract(epoch FROM " column ") * 1000)::bigint"
#define DAYS       "day - date '1970-01-01'"
static const struct {
	const char *local, *server;
} pairs[] = {
	{"SELECT lower(hex(visit.id)), store, till.till, lower(hex(generation)), seq, day,"
	 " started, started_offset, ended, ended_offset, \"trigger\", language, card_mask,"
	 " card, card_kind, hex(receipt), nullif(sale_kind, ''), nullif(tender, ''), total,"
	 " iif(total IS NULL, NULL, currency), outcome, nullif(reason, ''),"
	 " (milliseconds + 50) / 100, doubtful, respondent, offered"
	 " FROM visit JOIN till ON till.n = visit.till, meta WHERE seq IS NOT NULL ORDER BY 1",
	 "SELECT encode(uuid_send(visit), 'hex'), store, till,"
	 " encode(uuid_send(generation), 'hex'), seq, " DAYS
	 ", " MS("started") ", started_offset, " MS(
		 "ended") ", ended_offset, trigger, language,"
			  " card, card_key, card_kind, upper(encode(convert_to(receipt, 'UTF8'), 'hex')),"
			  " sale_kind, tender, (total * 100)::bigint, currency, outcome, reason,"
			  " (seconds * 10)::bigint, (clock = 'doubtful')::int, respondent, offered::int"
			  " FROM tillask.visit ORDER BY 1"},
	{"SELECT lower(hex(visit.id)), substr(lower(hex(hash)), 1, 32), day, at, at_offset,"
	 " question.name, nullif(point, ''), text, wording.kind, value,"
	 " (SELECT text FROM wording_choice c WHERE c.wording = answer.wording AND"
	 "  c.language = visit.language AND choice = value AND wording.kind = 'choice'),"
	 " answer.milliseconds, place, round(probability * 1000000)"
	 " FROM answer JOIN visit ON visit.n = answer.visit JOIN wording"
	 " ON wording.n = answer.wording JOIN question ON question.n = wording.question"
	 " JOIN wording_text t ON t.wording = wording.n AND t.language = visit.language"
	 " WHERE seq IS NOT NULL ORDER BY 1, 2",
	 "SELECT encode(uuid_send(visit), 'hex'), encode(uuid_send(wording_id), 'hex'), " DAYS
	 ", " MS("at") ", at_offset, question, point, wording, kind, value,"
		       " CASE WHEN kind = 'choice' THEN label END, milliseconds, place,"
		       " round(probability * 1000000)::bigint || '.0' FROM tillask.answer ORDER BY 1, 2"},
	{"SELECT lower(hex(card_event.id)), lower(hex(visit.id)), card_event.day, at, at_offset,"
	 " reader, result, card_event.card_mask, card_event.card, card_event.card_kind"
	 " FROM card_event LEFT JOIN visit ON visit.n = visit ORDER BY 1",
	 "SELECT encode(uuid_send(event), 'hex'), encode(uuid_send(visit), 'hex'), " DAYS
	 ", " MS("at") ", at_offset, reader, result, card, card_key, card_kind"
		       " FROM tillask.card_event ORDER BY 1"},
	{"SELECT lower(hex(id)), day, at, at_offset, held_out, milliseconds"
	 " FROM queue_time ORDER BY 1",
	 "SELECT encode(uuid_send(queue_time), 'hex'), " DAYS
	 ", " MS("at") ", at_offset,"
		       " held_out::int, milliseconds FROM tillask.queue_time ORDER BY 1"},
};

/* As psql writes rows. */
static char *local_rows(const struct branch *b, const char *sql)
{
	GString *out = g_string_new(NULL);
	sqlite3 *db = open_till(b);
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		g_error("%s: %s", sql, sqlite3_errmsg(db));
	while (sqlite3_step(s) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(s); i++) {
			const char *text = (const char *)sqlite3_column_text(s, i);

			g_string_append_printf(out, "%s%s", i > 0 ? "|" : "",
					       text != NULL ? text : "");
		}
		g_string_append_c(out, '\n');
	}
	g_assert_cmpint(sqlite3_finalize(s), ==, SQLITE_OK);
	sqlite3_close(db);
	return g_strchomp(g_string_free(out, FALSE));
}

static void say_difference(const char *ours, const char *theirs)
{
	g_auto(GStrv) left = g_strsplit(ours, "\n", -1);
	g_auto(GStrv) right = g_strsplit(theirs, "\n", -1);
	guint i = 0;

	while (left[i] != NULL && right[i] != NULL && strcmp(left[i], right[i]) == 0)
		i++;
	g_error("%u rows here, %u on the server; the first that differs:\n%s\n%s",
		g_strv_length(left), g_strv_length(right), left[i], right[i]);
}

static char *server_rows(const char *conninfo, const char *query, const char *store)
{
	g_autoptr(GString) sql = g_string_new(query);
	g_autofree char *where = g_strdup_printf(" WHERE store = '%s' ORDER BY", store);
	g_autofree char *errors = NULL;

	if (store != NULL)
		g_string_replace(sql, " ORDER BY", where, 1);
	char *rows = postgres_try(conninfo, sql->str, &errors);
	if (rows == NULL)
		g_error("%s: %s", sql->str, errors);
	return rows;
}

void branch_check_at(const struct branch *b, const char *conninfo, const char *store)
{
	g_assert_cmpint(branch_number(b, "SELECT count(*) FROM outbox"), ==, 0);
	for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
		g_autofree char *ours = local_rows(b, pairs[i].local);
		g_autofree char *theirs = server_rows(conninfo, pairs[i].server, store);

		if (strcmp(ours, theirs) != 0)
			say_difference(ours, theirs);
	}
}

void branch_check(const struct branch *b)
{
	branch_check_at(b, b->conninfo, NULL);
}
