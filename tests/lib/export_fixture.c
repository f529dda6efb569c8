#include "tests/lib/export_fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void fill_first(struct storage *s, struct store *store)
{
	static const char card[] = "9643123456781234";
	storage_save(store, storage_card(s, 0, card));
	for (uint8_t q = 0; q < 5; q++) {
		struct save a = storage_answer(s, 0, q, q == 3 ? 2 : 1);
		g_strlcpy(a.visit.card, card, sizeof a.visit.card);
		g_strlcpy(a.answer.words, q == 4 ? "=SUM(A1);\"да\"" : "",
			  sizeof a.answer.words);
		a.answer.skipped = q == 1;
		a.answer.probability = q == 2 ? 1.0 / 3 : 1;
		storage_save(store, a);
	}
	struct save v = storage_close(s, 0, OUTCOME_COMPLETED);
	g_strlcpy(v.visit.card, card, sizeof v.visit.card);
	v.visit.card_kind = CARD_KIND_BONUS;
	v.visit.has_total = true;
	v.visit.total = -123405;
	v.visit.sale_kind = SALE_RETURN;
	g_strlcpy(v.visit.receipt, "0012", sizeof v.visit.receipt);
	g_strlcpy(v.visit.cashier, "007", sizeof v.visit.cashier);
	storage_save(store, v);
}

static void fill(struct storage *s)
{
	g_autoptr(GError) error = NULL;
	struct store *store = store_open(&s->options, &error);
	g_assert_no_error(error);
	fill_first(s, store);
	struct save v = storage_close(s, 1, OUTCOME_COMPLAINT);
	v.visit.complaint_choice = 2;
	storage_save(store, v);
	storage_save(store, storage_close(s, 1440, OUTCOME_DECLINED));
	v = storage_card(s, 2, "");
	v.card_event.visit = (struct id){{0}};
	v.has_visit = false;
	v.card_event.result = CARD_EVENT_ERROR;
	v.card_event.error = CARD_FORMAT;
	storage_save(store, v);
	/* of the day after, and open */
	storage_save(store, storage_card(s, 1443, "9643000000005555"));
	g_assert_true(storage_wait(s, store, 5000));
	storage_check(s->path);
	g_assert_true(store_close(store, 5000));
}

void export_fixture_init(struct export_fixture *f)
{
	memset(f, 0, sizeof *f);
	storage_init(&f->storage, NULL);
	fill(&f->storage);
	f->config = (struct config){
		.store = "017",
		.till = "3",
		.n_languages = 2,
		.languages = {"ru", "en"},
		.day_starts_min = 240,
		.database = f->storage.path,
	};
	f->config.timezone = g_time_zone_new_utc();
	f->config.export.folder = g_build_filename(f->storage.folder, "export", NULL);
	f->config.export.excel = true;
	f->config.export.format[EXPORT_CSV] = true;
}

void export_fixture_clear(struct export_fixture *f)
{
	export_fixture_empty_folder(f);
	g_rmdir(f->config.export.folder);
	g_time_zone_unref(f->config.timezone);
	g_free((char *)f->config.export.folder);
	storage_clear(&f->storage);
}

void export_fixture_sql(struct export_fixture *f, const char *sql)
{
	char *why = NULL;
	sqlite3 *db;
	g_assert_cmpint(sqlite3_open(f->storage.path, &db), ==, SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		g_error("%s: %s", sql, why);
	sqlite3_close(db);
}

/* Options are static, and a process runs one command: each call begins from nothing. */
static void forget_options(const struct command *command)
{
	for (const GOptionEntry *o = command->options; o->long_name != NULL; o++)
		if (o->arg == G_OPTION_ARG_NONE)
			*(gboolean *)o->arg_data = FALSE;
		else
			g_clear_pointer((char **)o->arg_data, g_free);
}

static void parse(const struct command *command, const char *args)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *line = g_strconcat("export ", args, NULL);
	char **argv = NULL;
	GOptionContext *context = g_option_context_new(NULL);
	forget_options(command);
	g_option_context_add_main_entries(context, command->options, NULL);
	g_assert_true(g_shell_parse_argv(line, NULL, &argv, NULL));
	g_assert_true(g_option_context_parse_strv(context, &argv, &error));
	g_strfreev(argv);
	g_option_context_free(context);
}

enum command_exit export_fixture_run(struct export_fixture *f,
				     const struct command *command, const char *args,
				     char **out)
{
	g_autofree char *path = g_build_filename(f->storage.folder, "stdout", NULL);
	struct invocation call = {.command = command, .config = &f->config};
	parse(command, args);
	fflush(stdout);
	int saved = dup(STDOUT_FILENO), fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	dup2(fd, STDOUT_FILENO);
	enum command_exit code = command->run(&call);
	fflush(stdout);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	close(fd);
	if (out != NULL)
		g_assert_true(g_file_get_contents(path, out, NULL, NULL));
	return code;
}

static int by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char *export_fixture_folder(const struct export_fixture *f)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GDir) dir = g_dir_open(f->config.export.folder, 0, NULL);
	const char *name;
	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL)
		g_ptr_array_add(names, g_strdup(name));
	g_ptr_array_sort(names, by_text);
	g_ptr_array_add(names, NULL);
	return g_strjoinv(" ", (char **)names->pdata);
}

char *export_fixture_file(const struct export_fixture *f, const char *name, gsize *size)
{
	g_autofree char *path = g_build_filename(f->config.export.folder, name, NULL);
	char *text = NULL;
	g_file_get_contents(path, &text, size, NULL);
	return text;
}

void export_fixture_empty_folder(const struct export_fixture *f)
{
	g_autofree char *all = export_fixture_folder(f);
	g_auto(GStrv) names = g_strsplit(all, " ", 0);
	for (char **name = names; *name != NULL; name++) {
		g_autofree char *path = g_build_filename(f->config.export.folder, *name,
							 NULL);
		if (**name != '\0')
			g_assert_cmpint(g_remove(path), ==, 0);
	}
}

void export_fixture_python(const struct export_fixture *f, const char *args)
{
	g_autofree char *line =
		g_strdup_printf("python3 tests/lib/export_check.py '%s' %s",
				f->config.export.folder, args);
	g_autofree char *out = NULL, *errors = NULL;
	int status;
	g_assert_true(g_spawn_command_line_sync(line, &out, &errors, &status, NULL));
	if (status != 0)
		g_error("%s:\n%s%s", line, out, errors);
}
