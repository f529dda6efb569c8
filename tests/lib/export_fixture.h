/* export_fixture.h - a small database of two days, and `tillask export` called in this process. */
#ifndef TESTS_EXPORT_FIXTURE_H
#define TESTS_EXPORT_FIXTURE_H

#include "command.h"
#include "config.h"
#include "tests/lib/storage.h"

struct export_fixture {
	struct storage storage;
	struct config
		config; /* store 017, till 3, ru and en, UTC, a day begins at 04:00 */
};

/* Two closed visits of day 20000 (2024-10-04), one of the next, and one still open. */
void export_fixture_init(struct export_fixture *f);
void export_fixture_clear(struct export_fixture *f);

/* Runs SQL on the database. */
void export_fixture_sql(struct export_fixture *f, const char *sql);

/* Runs `tillask export ARGS` (blanks between) by COMMAND; its standard output in *OUT, which may be
 * NULL, for g_free(). */
enum command_exit export_fixture_run(struct export_fixture *f,
				     const struct command *command, const char *args,
				     char **out);

/* What is in FOLDER, names with blanks between, sorted; hidden ones too.  For g_free(). */
char *export_fixture_folder(const struct export_fixture *f);
/* The content of a file in the [export] folder, for g_free(); NULL: it is not there. */
char *export_fixture_file(const struct export_fixture *f, const char *name, gsize *size);
void export_fixture_empty_folder(const struct export_fixture *f);

/* Asserts that `python3 tests/lib/export_check.py ARGS` is content. */
void export_fixture_python(const struct export_fixture *f, const char *args);

#endif
