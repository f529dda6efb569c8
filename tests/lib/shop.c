/* shop.c - see shop.h */
#include "tests/lib/shop.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static const char usual_survey[] = "answer_seconds=30\n"
				   "thanks_seconds=2\n"
				   "grace_seconds=1\n"
				   "questions=3\n"
				   "cooldown_days=30\n";

static const char questions[] = "[question overall]\n"
				"kind=smiley\n"
				"when=always\n"
				"text[en]=How was your visit today?\n"
				"text[ru]=Как вам сегодня в нашем магазине?\n"
				"low[en]=very bad\nlow[ru]=очень плохо\n"
				"high[en]=excellent\nhigh[ru]=отлично\n"
				"[question goods]\n"
				"kind=yesno\n"
				"when=always\n"
				"text[en]=Did you find all you wanted?\n"
				"text[ru]=Вы нашли всё, что хотели?\n"
				"[question prices]\n"
				"kind=choice\n"
				"when=always\n"
				"text[en]=Did the till prices match the tags?\n"
				"text[ru]=Цены на кассе и ценниках совпали?\n"
				"choices[en]=yes;no;not sure\n"
				"choices[ru]=да;нет;не знаю\n";

/* A sale is asked, whatever the dice say, unless the test wants the hold-out. */
static char *make_config(const struct shop *s, const struct shop_how *how)
{
	const char *survey = how->survey != NULL ? how->survey : usual_survey;

	return g_strdup_printf(
		"[terminal]\n%s\ntimezone=Europe/Moscow\nlanguages=en;ru\n"
		"language=en\ndatabase=data/t.db\n%s\n[survey]\n%s%s\n%s\n"
		"[reader msr]\ndevice=%s\nprotocol=magstripe\nprefix=9643\n%s\n"
		"[cards staff]\nprefix=9644\n[export]\nfolder=export\n%s\n",
		how->place != NULL ? how->place : "store=017\ntill=3",
		how->terminal != NULL ? how->terminal : "", survey,
		strstr(survey, "holdout_percent=") == NULL ? "holdout_percent=0\n" : "",
		questions, how->device != NULL ? how->device : s->device.link,
		how->reader != NULL ? how->reader : "",
		how->groups != NULL ? how->groups : "");
}

static char *preload_line(const char *names)
{
	g_auto(GStrv) list = g_strsplit(names, " ", -1);
	g_autoptr(GString) line = g_string_new("LD_PRELOAD=");
	const char *folder = g_getenv("TILLASK_PRELOADS");

	g_assert_nonnull(folder);
	for (int i = 0; list[i] != NULL; i++)
		g_string_append_printf(line, "%s%s/%s.so", i > 0 ? ":" : "", folder,
				       list[i]);
	return g_strdup(line->str);
}

static char **make_env(const struct shop *s, const struct shop_how *how)
{
	g_autoptr(GStrvBuilder) env = g_strv_builder_new();

	g_strv_builder_add(env, "TILLASK_CONFIG");
	if (how->env != NULL) {
		g_auto(GStrv) lines = g_strsplit(how->env, "\n", -1);

		g_strv_builder_addv(env, (const char **)lines);
	}
	if (how->preload != NULL) {
		g_autofree char *line = preload_line(how->preload);
		g_autofree char *disk = g_strconcat("TILLASK_DISK=", s->disk, NULL);
		g_autofree char *shim = g_strconcat(
			"TILLASK_PTY_SHIM=/dev/ttyTEST0=", s->device.link, NULL);

		g_strv_builder_add(env, line);
		g_strv_builder_add(env, disk);
		g_strv_builder_add(env, shim);
	}
	return g_strv_builder_end(env);
}

void shop_open(struct shop *s, const struct shop_how *how)
{
	static const struct shop_how usual;
	g_autofree char *text = NULL;

	how = how != NULL ? how : &usual;
	s->folder = g_dir_make_tmp("shop-XXXXXX", NULL);
	s->config = g_build_filename(s->folder, "config.ini", NULL);
	s->database = g_build_filename(s->folder, "data", "t.db", NULL);
	s->socket = g_strconcat(s->database, ".till", NULL);
	s->disk = g_build_filename(s->folder, "disk", NULL);
	s->rows = how->rows != 0 ? how->rows : 24;
	s->cols = how->cols != 0 ? how->cols : 80;
	fake_device_init(&s->device);
	fake_device_plug(&s->device);
	text = make_config(s, how);
	g_assert_true(g_file_set_contents(s->config, text, -1, NULL));
	s->env = make_env(s, how);
}

void shop_close(struct shop *s)
{
	const char *argv[] = {"rm", "-rf", s->folder, NULL};

	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
		     NULL, NULL, NULL);
	fake_device_clear(&s->device);
	g_strfreev(s->env);
	g_free(s->folder);
	g_free(s->config);
	g_free(s->database);
	g_free(s->socket);
	g_free(s->disk);
}

struct term *shop_start(struct shop *s)
{
	const char *argv[] = {g_getenv("TILLASK_BIN"), "--config", s->config, "run",
			      NULL};
	const struct term_how how = {
		.argv = argv,
		.env = (const char *const *)s->env,
		.rows = s->rows,
		.cols = s->cols,
	};

	g_assert_nonnull(argv[0]);
	return term_start(&how);
}

struct term *shop_run(struct shop *s)
{
	struct term *t = shop_start(s);

	term_expect(t, SHOP_FIRST, 5000);
	return t;
}

void shop_answer_all(struct term *t)
{
	term_expect(t, SHOP_FIRST, 5000);
	term_send(t, "5");
	term_expect(t, SHOP_SECOND, 5000);
	term_send(t, "1");
	term_expect(t, SHOP_THIRD, 5000);
	term_send(t, "2");
	term_expect(t, SHOP_SAVED, 5000);
}

int shop_command(const struct shop *s, const char *arguments, char **out, char **errors)
{
	g_auto(GStrv) words = g_strsplit(arguments, " ", -1);
	g_autoptr(GStrvBuilder) argv = g_strv_builder_new();
	g_auto(GStrv) line = NULL;
	g_autoptr(GError) error = NULL;
	int status;

	g_strv_builder_add_many(argv, g_getenv("TILLASK_BIN"), "--config", s->config,
				NULL);
	g_strv_builder_addv(argv, (const char **)words);
	line = g_strv_builder_end(argv);
	g_spawn_sync(NULL, line, NULL,
		     out == NULL ? G_SPAWN_STDOUT_TO_DEV_NULL : G_SPAWN_DEFAULT, NULL,
		     NULL, out, errors, &status, &error);
	g_assert_no_error(error);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void shop_swipe(struct shop *s, const char *number)
{
	g_autofree char *track = g_strdup_printf(";%s=25120000000?\r", number);

	fake_device_send(&s->device, track, strlen(track));
}

void shop_answer_with(struct shop *s, struct term *t, const char *card)
{
	term_expect(t, "Reader ready", 10000);
	shop_swipe(s, card);
	term_expect(t, "accepted", 10000);
	shop_answer_all(t);
	term_expect(t, SHOP_FIRST, 10000);
}

void shop_sync(const struct shop *s)
{
	g_autofree char *out = NULL, *errors = NULL;

	if (shop_command(s, "sync", &out, &errors) != 0)
		g_error("sync: %s%s", out, errors);
}

char *shop_sql(const struct shop *s, const char *sql)
{
	GString *out = g_string_new(NULL);
	sqlite3_stmt *statement = NULL;
	sqlite3 *db;
	int code;

	code = sqlite3_open_v2(s->database, &db, SQLITE_OPEN_READONLY, NULL);
	sqlite3_busy_timeout(db, 5000);
	if (code == SQLITE_OK)
		code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
	while (code == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(statement); i++) {
			const char *text = (const char *)sqlite3_column_text(statement,
									     i);

			g_string_append_printf(out, "%s%s", i > 0 ? "|" : "",
					       text != NULL ? text : "");
		}
		g_string_append_c(out, '\n');
	}
	if (code != SQLITE_OK)
		g_string_printf(out, "%s", sqlite3_errmsg(db));
	sqlite3_finalize(statement);
	sqlite3_close(db);
	if (out->len > 0 && out->str[out->len - 1] == '\n')
		g_string_truncate(out, out->len - 1);
	return g_string_free(out, FALSE);
}

void shop_run_sql(const struct shop *s, const char *sql)
{
	char *why = NULL;
	sqlite3 *db;

	g_assert_cmpint(sqlite3_open(s->database, &db), ==, SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		g_error("%s: %s", sql, why);
	sqlite3_close(db);
}

void shop_expect(const struct shop *s, const char *sql, const char *expected)
{
	g_autofree char *result = shop_sql(s, sql);

	g_assert_cmpstr(result, ==, expected);
}

void shop_await(const struct shop *s, const char *sql, const char *expected, int ms)
{
	for (gint64 end = g_get_monotonic_time() + ms * 1000;
	     g_get_monotonic_time() < end;) {
		g_autofree char *result = shop_sql(s, sql);

		if (strcmp(result, expected) == 0)
			return;
		g_usleep(20000);
	}
	shop_expect(s, sql, expected);
}

const char *shop_till(const struct shop *s, const char *line, char answer[512])
{
	g_autofree char *text = g_strconcat(line, "\n", NULL);
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ssize_t n;

	g_strlcpy(address.sun_path, s->socket, sizeof(address.sun_path));
	g_assert_cmpint(connect(fd, (struct sockaddr *)&address, sizeof(address)), ==, 0);
	g_assert_cmpint(send(fd, text, strlen(text), 0), ==, (ssize_t)strlen(text));
	n = recv(fd, answer, 511, 0);
	g_assert_cmpint(n, >, 0);
	answer[n] = '\0';
	g_strchomp(answer);
	close(fd);
	return answer;
}

void shop_disk(const struct shop *s, const char *what)
{
	g_assert_true(g_file_set_contents(s->disk, what, -1, NULL));
}

void shop_stop(struct term *t)
{
	term_signal(t, SIGTERM);
	g_assert_cmpint(term_exit(t, 5000), ==, 0);
	term_free(t);
}
