#include "tests/bench/many.h"

#include <glib.h>
#include <sqlite3.h>

#include "tests/lib/storage.h"

static void run(sqlite3 *db, const char *sql)
{
	char *why = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		g_error("%s", why);
}

/* visit.n = seq = s; the day begins at 04:00 Moscow time. */
#define FIRST G_STRINGIFY(MANY_FIRST_DAY)
static const char rows[] =
	"CREATE TEMP TABLE s (n INTEGER PRIMARY KEY);"
	"INSERT INTO s WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < %d)"
	" SELECT n FROM c;"
	"INSERT INTO visit (n, id, seq, till, day, \"trigger\", language, started, started_offset,"
	" ended, ended_offset, milliseconds, doubtful, card, card_mask, card_kind, receipt,"
	" sale_kind, tender, total, outcome, reason, offered)"
	" SELECT n, randomblob(16), n, 1, " FIRST
	" + (n - 1) / 1000, 'sale', iif(n %% 7, 'ru', 'en'),"
	" t, 10800, t + 21345, 10800, 21345, 0,"
	" iif(n %% 2, '9643' || printf('%%012d', n %% 50000), NULL),"
	" iif(n %% 2, '*' || printf('%%04d', n %% 10000), NULL),"
	" iif(n %% 2, 'bonus', NULL), n %% 1000 + 1, 'sale', iif(n %% 3, 'card', 'cash'),"
	" n %% 99991 + 1000, 'completed', '', 1"
	" FROM (SELECT n, ((" FIRST
	" + (n - 1) / 1000) * 86400 + 3600 + (n - 1) %% 1000 * 60) * 1000"
	" + n %% 997 AS t FROM s);"
	"INSERT INTO answer (visit, wording, at, at_offset, milliseconds, place, probability, value)"
	" SELECT visit.n, w, started + w * 5000, 10800, 1234, w, 1.0,"
	" CASE w WHEN 1 THEN visit.n %% 5 + 1 WHEN 2 THEN visit.n %% 10 + 1 ELSE visit.n %% 2 END"
	" FROM visit, (SELECT 1 AS w UNION SELECT 2 UNION SELECT 3) ORDER BY visit.n, w;"
	"INSERT INTO card_event SELECT n, randomblob(16), n, day, started, 10800, 'msr', 'accepted',"
	" card, card_mask, card_kind FROM visit WHERE card IS NOT NULL;"
	"UPDATE question SET asked = 8 + n WHERE n <= 3;"
	"INSERT INTO day_visit SELECT day, \"trigger\", respondent, outcome, reason, offered,"
	" count(*), min(seq), max(seq) FROM visit GROUP BY 1, 2, 3, 4, 5, 6;"
	"INSERT INTO day_answer SELECT day, respondent, wording, value, count(*)"
	" FROM answer JOIN visit ON n = visit GROUP BY 1, 2, 3, 4;"
	"INSERT INTO card SELECT card, max(day), 1, NULL, NULL, min(day) FROM card_event GROUP BY 1;"
	"DROP TABLE s;";

int32_t many_last_day(int64_t visits)
{
	return (int32_t)(MANY_FIRST_DAY + (visits - 1) / MANY_A_DAY);
}

void many_make(const char *path, int64_t visits)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *sql = g_strdup_printf(rows, (int)visits);
	struct storage f;
	struct store *store;
	sqlite3 *db;

	storage_init(&f, NULL);
	f.options.path = path;
	store = store_open(&f.options, &error);
	g_assert_no_error(error);
	g_assert_true(store_close(store, 10000));
	storage_clear(&f);
	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	run(db, "PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; BEGIN;"
		"DROP TRIGGER card_event_late; DROP TRIGGER card_event_alone;"
		"DROP TRIGGER answer_late; DROP TRIGGER IF EXISTS answer_late_kept;");
	run(db, sql);
	run(db, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
	sqlite3_close(db);
}
