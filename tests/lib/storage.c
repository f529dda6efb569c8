#include "tests/lib/storage.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

static const char *const languages[] = {"ru", "en"};
static const char *const readers[] = {"msr"};

static struct question question(const char *name, enum question_kind kind, const char *ru,
				const char *en)
{
	struct question q = {
		.name = name, .kind = kind, .point = "whole", .text = {ru, en}};
	q.low[0] = q.high[0] = "ru";
	q.low[1] = q.high[1] = "en";
	return q;
}

static void fill(struct questionnaire *all)
{
	static const char *const choices[][2] = {
		{"да", "yes"}, {"нет", "no"}, {"не знаю", "not sure"}};
	struct question list[] = {
		question("overall", QUESTION_SMILEY, "Как вам сегодня\nв нашем магазине?",
			 "How was your visit today?"),
		question("nps", QUESTION_NPS10, "Насколько вы готовы",
			 "How likely are you"),
		question("goods", QUESTION_YESNO, "Вы нашли всё?", "Did you find all?"),
		question("prices", QUESTION_CHOICE, "Цены совпали?",
			 "Did the prices match?"),
		question("own", QUESTION_WORDS, "Напишите пару слов", "Tell us more"),
	};
	for (size_t i = 0; i < G_N_ELEMENTS(choices); i++)
		for (size_t l = 0; l < 2; l++)
			list[3].choice[i][l] = choices[i][l];
	list[3].choices = G_N_ELEMENTS(choices);
	list[3].low_choices = 2;
	memcpy(all->question, list, sizeof list);
	all->count = G_N_ELEMENTS(list);
	all->places = 3;
	all->complaint = list[3];
}

void storage_init(struct storage *f, const char *folder)
{
	memset(f, 0, sizeof *f);
	f->folder = folder != NULL ? g_strdup(folder)
				   : g_dir_make_tmp("store-XXXXXX", NULL);
	f->path = g_build_filename(f->folder, "till.db", NULL);
	fill(&f->questionnaire);
	f->options = (struct store_options){
		.path = f->path,
		.store = "017",
		.till = "3",
		.currency = "RUB",
		.questionnaire = &f->questionnaire,
		.languages = 2,
		.language = languages,
		.readers = 1,
		.reader = readers,
		.cashiers = CASHIERS_ID,
		.keep = KEEP_NUMBER,
	};
}

void storage_clear(struct storage *f)
{
	GDir *dir = g_dir_open(f->folder, 0, NULL);
	for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
		g_autofree char *path = g_build_filename(f->folder, name, NULL);
		g_remove(path);
	}
	g_dir_close(dir);
	g_rmdir(f->folder);
	g_free(f->folder);
	g_free(f->path);
}

struct id storage_id(uint32_t i)
{
	struct id id = {{0}};
	for (int byte = 0; byte < 4; byte++)
		id.byte[5 - byte] = (uint8_t)(i >> 8 * byte);
	id.byte[15] = 1;
	return id;
}

static struct moment moment(uint32_t i, int32_t after_ms)
{
	int64_t ms = 20000 * INT64_C(86400000) + i * INT64_C(60000) + after_ms;
	return (struct moment){.mono_ms = ms,
			       .utc_ms = ms,
			       .offset_s = 10800,
			       .day = (int32_t)(20000 + i / 1440)};
}

static struct save save(struct storage *f, uint32_t i, enum outcome outcome)
{
	struct save s = {.ticket = ++f->ticket, .has_visit = true};
	struct visit_row *v = &s.visit;
	v->id = storage_id(i);
	v->opened = moment(i, 0);
	v->last = moment(i, 8000);
	v->day = v->opened.day;
	v->seconds_ms = 8000;
	v->language = (uint8_t)(i % 2);
	v->outcome = outcome;
	return s;
}

struct save storage_visit(struct storage *f, uint32_t i, enum outcome outcome)
{
	return save(f, i, outcome);
}

struct save storage_answer(struct storage *f, uint32_t i, uint8_t question, int16_t value)
{
	struct save s = save(f, i, OUTCOME_INTERRUPTED);
	s.has_answer = true;
	s.answer.visit = s.visit.id;
	s.answer.question = question;
	s.answer.at = moment(i, 1000 * (question + 1));
	s.answer.milliseconds = question == 0 ? -1 : 900;
	s.answer.place = (uint8_t)(question + 1);
	s.answer.probability = 1.0;
	s.answer.value = value;
	return s;
}

struct save storage_card(struct storage *f, uint32_t i, const char *card)
{
	struct save s = save(f, i, OUTCOME_IGNORED);
	s.has_card_event = true;
	s.card_event.id = storage_id(i);
	s.card_event.id.byte[15] = 2;
	s.card_event.visit = s.visit.id;
	s.card_event.at = moment(i, 500);
	s.card_event.card_kind = CARD_KIND_BONUS;
	g_strlcpy(s.card_event.card, card, sizeof s.card_event.card);
	g_strlcpy(s.visit.card, card, sizeof s.visit.card);
	s.visit.card_kind = CARD_KIND_BONUS;
	return s;
}

struct save storage_close(struct storage *f, uint32_t i, enum outcome outcome)
{
	struct save s = save(f, i, outcome);
	s.closing = true;
	return s;
}

void storage_whole(struct storage *f, struct store *store, uint32_t i)
{
	const char *card = i % 2 == 0 ? "9643123456781234" : "";
	if (*card != '\0')
		storage_save(store, storage_card(f, i, card));
	for (uint8_t q = 0; q < 3; q++) {
		struct save s = storage_answer(f, i, q,
					       (int16_t)(q == 2 ? i % 2 : 1 + i % 5));
		g_strlcpy(s.visit.card, card, sizeof s.visit.card);
		storage_save(store, s);
	}
	struct save s = storage_close(f, i, OUTCOME_COMPLETED);
	g_strlcpy(s.visit.card, card, sizeof s.visit.card);
	storage_save(store, s);
}

struct save storage_queue_time(struct storage *f, uint32_t i, bool held_out,
			       int32_t milliseconds)
{
	return (struct save){
		.ticket = ++f->ticket,
		.has_queue_time = true,
		.queue_time = {.id = storage_id(i),
			       .at = moment(i, 0),
			       .held_out = held_out,
			       .milliseconds = milliseconds},
	};
}

void storage_save(struct store *store, struct save s)
{
	store_save(store, &s);
}

bool storage_wait(struct storage *f, struct store *store, int ms)
{
	gint64 until = g_get_monotonic_time() + ms * INT64_C(1000);
	while (store_saved_ticket(store) < f->ticket) {
		if (g_get_monotonic_time() > until)
			return false;
		GPollFD fd = {.fd = store_fd(store), .events = G_IO_IN};
		g_poll(&fd, 1, 10);
		store_clear(store);
	}
	return true;
}

int64_t storage_number(const char *path, const char *sql)
{
	sqlite3 *db;
	sqlite3_stmt *s;
	g_assert_cmpint(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), ==,
			SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	int rc = sqlite3_prepare_v2(db, sql, -1, &s, NULL);
	if (rc != SQLITE_OK)
		g_error("%s: %s", sql, sqlite3_errmsg(db));
	int64_t number = INT64_MIN;
	if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_type(s, 0) != SQLITE_NULL)
		number = sqlite3_column_int64(s, 0);
	g_assert_cmpint(sqlite3_finalize(s), ==, SQLITE_OK);
	sqlite3_close(db);
	return number;
}

/* Each counts what is wrong. */
static const char *const invariants[] = {
	"SELECT max(seq) - count(seq) FROM visit", /* gap-free from 1 */
	"SELECT count(*) FROM visit WHERE seq <= 0",
	/* every closed visit waits once (no server took any), no open one does */
	"SELECT count(*) FROM visit LEFT JOIN outbox ON kind = 1 AND record = n"
	" WHERE (seq IS NULL) <> (record IS NULL)",
	"SELECT count(*) FROM outbox LEFT JOIN visit ON record = n WHERE kind = 1 AND n IS NULL",
	"SELECT count(*) FROM card_event LEFT JOIN outbox ON kind = 2 AND record = n"
	" WHERE (visit IS NULL) <> (record IS NOT NULL)",
	/* the roll-up is a count over the rows, both ways */
	"SELECT count(*) FROM (SELECT day, \"trigger\", respondent, outcome, reason,"
	" offered, count(*), min(seq), max(seq) FROM visit WHERE seq IS NOT NULL"
	" GROUP BY 1, 2, 3, 4, 5, 6 EXCEPT SELECT day, \"trigger\", respondent, outcome, reason,"
	" offered, visits, first_seq, last_seq FROM day_visit)",
	"SELECT count(*) FROM (SELECT day, \"trigger\", respondent, outcome, reason,"
	" offered, visits FROM day_visit EXCEPT SELECT day, \"trigger\", respondent, outcome,"
	" reason, offered, count(*) FROM visit WHERE seq IS NOT NULL"
	" GROUP BY 1, 2, 3, 4, 5, 6)",
	"SELECT count(*) FROM (SELECT day, respondent, wording,"
	" coalesce(value, iif(words IS NULL, -1, 0)), count(*) FROM answer"
	" JOIN visit ON n = visit WHERE seq IS NOT NULL AND reason <> 'training'"
	" GROUP BY 1, 2, 3, 4"
	" EXCEPT SELECT day, respondent, wording, value, answers FROM day_answer)",
	"SELECT count(*) FROM (SELECT day, respondent, wording, value, answers FROM day_answer"
	" EXCEPT SELECT day, respondent, wording, coalesce(value, iif(words IS NULL, -1, 0)),"
	" count(*) FROM answer JOIN visit ON n = visit WHERE seq IS NOT NULL"
	" AND reason <> 'training' GROUP BY 1, 2, 3, 4)",
	/* what the offer is behind an outcome */
	"SELECT count(*) FROM visit WHERE offered = 0 AND outcome IN"
	" ('completed', 'partial', 'declined')",
	"SELECT count(*) FROM queue_time LEFT JOIN outbox ON kind = 3 AND record = n"
	" WHERE record IS NULL",
	"SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
	"SELECT count(*) FROM pragma_foreign_key_check",
};

void storage_check(const char *path)
{
	for (size_t i = 0; i < G_N_ELEMENTS(invariants); i++) {
		int64_t wrong = storage_number(path, invariants[i]);
		if (wrong != 0 && wrong != INT64_MIN)
			g_error("%" G_GINT64_FORMAT " rows break: %s", wrong,
				invariants[i]);
	}
}
