/* commands: how the real program is called, what it answers, with what exit code */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/lib/shop.h"

struct said {
	int code;
	char *out, *errors;
};

static char *folder;

/* A line of shell in the test's folder; $T is the program.  No configuration is near. */
static struct said sh(const char *line)
{
	g_autofree char *script = g_strdup_printf(
		"cd '%s' && unset TILLASK_CONFIG && T=\"$TILLASK_BIN\" && %s", folder,
		line);
	const char *argv[] = {"sh", "-c", script, NULL};
	g_autoptr(GError) error = NULL;
	struct said said;
	int status;

	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
		     &said.out, &said.errors, &status, &error);
	g_assert_no_error(error);
	said.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
	return said;
}

static void clear(struct said *said)
{
	g_free(said->out);
	g_free(said->errors);
}

static void holds(const char *text, const char *part)
{
	if (*part == '\0')
		g_assert_cmpstr(text, ==, "");
	else if (strstr(text, part) == NULL)
		g_error("\"%s\" is not in:\n%s", part, text);
}

/* OUT and ERRORS are parts of what is said; "": nothing is. */
static void expect(const char *line, int code, const char *out, const char *errors)
{
	struct said said = sh(line);

	g_test_message("%s", line);
	holds(said.errors, errors);
	holds(said.out, out);
	g_assert_cmpint(said.code, ==, code);
	clear(&said);
}

static void write_file(const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

#define GOOD                                                                              \
	"[terminal]\nlanguage=en\ndatabase=t.db\n[question q]\nkind=yesno\nwhen=always\n" \
	"text[en]=Good?\n"

static void usage(void)
{
	expect("$T", 2, "", "usage: tillask [--config FILE] COMMAND");
	expect("$T --help", 0, "  check ", "");
	expect("$T -h", 0, "--config FILE", "");
	expect("$T --version", 0, "tillask 0", "");
	expect("$T chekc", 2, "", "'chekc' is no command; did you mean check");
	expect("$T zebra", 2, "", "'zebra' is no command; `tillask --help` tells more");
	expect("$T --frog check", 2, "", "'--frog' is no option before a command");
	expect("$T --config", 2, "", "--config needs a FILE");
	expect("$T check --frog", 2, "", "Unknown option --frog");
	expect("$T check now", 2, "",
	       "there are too many arguments; it is called tillask check");
	expect("$T backup", 2, "",
	       "an argument is missing; it is called tillask backup FILE");
	expect("$T run --help", 0, "] run\n", "");
	expect("$T central --help", 0, "\n  enrol        take in bundles", "");
	expect("$T note --help", 0, "\n  passed PEOPLE    who passed", "");
}

/* Each command of --help has its own --help, without any configuration. */
static void help_of_each(void)
{
	struct said all = sh("$T --help | sed -n 's/^  \\([a-z][a-z]*\\)  .*/\\1/p'");
	g_auto(GStrv) names = g_strsplit(g_strchomp(all.out), "\n", -1);

	g_assert_cmpuint(g_strv_length(names), >=, 8);
	for (int i = 0; names[i] != NULL; i++) {
		g_autofree char *line = g_strdup_printf("$T %s --help", names[i]);
		g_autofree char *usage_line =
			g_strdup_printf("usage: tillask [--config FILE] %s", names[i]);

		expect(line, 0, usage_line, "");
		expect(line, 0, "--config=FILE", "");
	}
	clear(&all);
}

static void which_configuration(void)
{
	expect("$T check", 2, "FAIL  configuration: ", "there is no configuration");
	expect("$T till paid", 2, "", "neither ./config.ini nor /etc/tillask/config.ini");
	expect("$T --config no.ini check", 2, "FAIL",
	       "no.ini: the configuration cannot be read");
	expect("TILLASK_CONFIG=no.ini $T check", 2, "FAIL",
	       "no.ini: the configuration cannot");
	expect("$T --config . check", 2, "FAIL", "it is a folder");

	g_autofree char *sub = g_build_filename(folder, "sub", NULL);
	g_mkdir(sub, 0700);
	write_file("sub/config.ini", GOOD);
	write_file("env.ini", GOOD);
	write_file("given.ini", GOOD);
	expect("cd sub && $T check", 0, "configuration: ./config.ini,", "");
	expect("cd sub && TILLASK_CONFIG=../env.ini $T check", 0,
	       "configuration: ../env.ini,", "");
	expect("cd sub && TILLASK_CONFIG=../env.ini $T --config=../given.ini check", 0,
	       "configuration: ../given.ini,", "");
	expect("cd sub && $T check --config ../given.ini", 0,
	       "configuration: ../given.ini,", "");
	/* relative paths start from the file's folder, not from where one stands */
	expect("$T --config sub/config.ini check", 0, "/sub/t.db is not there yet", "");
}

/* What a wrong call is answered with says what would be right. */
static void next_steps(void)
{
	write_file("one.ini", GOOD "[survey]\nquestions=1\n");
	expect("$T --config one.ini note marketing -5", 2, "", "no number is below 0");
	expect("$T --config one.ini note marketing 99999999999999", 2, "",
	       "from 0 to 999999999999");
	expect("$T --config one.ini listen till", 2, "",
	       "[till] device= is not set in one.ini");
	expect("$T --config one.ini sync", 2, "", "server=host=NAME");
	expect("$T --config one.ini sync --bundle b", 1, "", "made by `tillask run`");
	expect("$T --config one.ini export --day 2999-01-01", 2, "",
	       "2999-01-01 has not begun");
	expect("$T central migrate --server garbage", 2, "",
	       "--server is no connection string");
	expect("$T central publish --server host=127.0.0.1 --scope nobody one.ini", 1, "",
	       "--scope nobody is for nobody");
}

static void faults(void)
{
	write_file(
		"bad.ini",
		"[terminal]\nstroe=1\n[survey]\nquestions=6\n[question q]\nkind=nps10\n"
		"text[ru]=?\n");
	struct said said = sh("$T --config bad.ini till paid");

	g_assert_cmpint(said.code, ==, 2);
	g_assert_cmpstr(said.out, ==, "");
	g_assert_cmpstr(
		said.errors, ==,
		"bad.ini:2: [terminal] stroe: is no key of this group; did you mean store\n"
		"bad.ini:4: [survey] questions: '6' is out of range; allowed: 1 to 5 questions\n"
		"bad.ini:5: [question q] low[ru]: is missing; allowed: 1 to 40 characters, in "
		"every one of languages=\n"
		"bad.ini:5: [question q] high[ru]: is missing; allowed: 1 to 40 characters, in "
		"every one of languages=\n");
	clear(&said);
	expect("$T --config bad.ini check", 2, "FAIL  configuration: ", "bad.ini:2: ");
}

static void results_that_do_not_arrive(void)
{
	expect("$T --help >/dev/full", 1, "",
	       "standard output cannot be written: No space left");
}

static void any_locale(void)
{
	write_file("ru.ini",
		   "[terminal]\ndatabase=t.db\n[question q]\nkind=yesno\nwhen=always\n"
		   "text[ru]=Нравится?\n");
	expect("LC_ALL=C $T --config ru.ini check", 0, "letters: UTF-8 has all", "");
	expect("LC_ALL=C $T Привет", 2, "", "'Привет' is no command");
}

static void pin(void)
{
	write_file("given.ini", GOOD);
	expect("$T --config given.ini check", 0,
	       "warn  manager's PIN: no manager's PIN is set", "");
	expect("echo 123 | $T --config given.ini pin", 1, "", "a PIN is 4 to 12 digits");
	expect("$T --config given.ini pin </dev/null", 1, "",
	       "standard input holds no line");
	expect("echo 12345 | $T --config given.ini pin --cashier x", 1, "",
	       "a cashier's number is 1 to 20 digits");
	expect("echo 12345 | $T --config given.ini pin", 0,
	       "the PIN of the manager is set", "");
	expect("printf 1111 | $T --config given.ini pin --cashier 17", 0,
	       "the PIN of cashier 17 is set", "");
	expect("cat t.db.pin", 0, "cashier 17 $argon2id$", "");
	expect("$T --config given.ini check", 0,
	       "ok    manager's PIN: the manager's PIN is set", "");
}

static struct term *pin_at_terminal(void)
{
	g_autofree char *config = g_build_filename(folder, "given.ini", NULL);
	const char *argv[] = {g_getenv("TILLASK_BIN"), "--config", config, "pin", NULL};
	const struct term_how how = {.argv = argv,
				     .folder = folder,
				     .rows = 10,
				     .cols = 60,
				     .errors_on_screen = true};
	struct term *t = term_start(&how);

	term_expect(t, "New PIN (4 to 12 digits):", 5000);
	return t;
}

static void pin_without_echo(void)
{
	struct term *t = pin_at_terminal();

	term_send(t, "24680\r");
	term_expect(t, "The same again:", 2000);
	term_send(t, "24680\r");
	term_expect(t, "the PIN of the manager is set", 5000);
	g_assert_false(term_shows(t, "24680"));
	term_free(t);

	t = pin_at_terminal();
	term_send(t, "1111\r");
	term_expect(t, "The same again:", 2000);
	term_send(t, "2222\r");
	term_expect(t, "were not the same; nothing was changed", 5000);
	term_free(t);

	t = pin_at_terminal();
	term_send(t, "11\003");
	term_expect(t, "no PIN was typed; nothing was changed", 5000);
	term_free(t);
}

/* ---- check ---- */

/* config.ini as it is shipped: nothing to mend */
static void check_shipped(void)
{
	g_autofree char *text = NULL;

	g_assert_true(g_file_get_contents("config.ini", &text, NULL, NULL));
	write_file("shipped.ini", text);
	expect("$T --config shipped.ini check", 0, "ok    texts: ", "");
	expect("$T --config shipped.ini check", 0,
	       "ok    devices: [reader demo] demo opens", "");
}

static void check_finds(void)
{
	write_file(
		"bad-fit.ini",
		"[terminal]\nlanguage=en\ndatabase=t.db\n[question q]\nkind=choice\nwhen=always\n"
		"text[en]=Good?\nchoices[en]=yes;a very very very very very long answer that "
		"nobody can read;no\n");
	expect("$T --config bad-fit.ini check", 1,
	       "FAIL  texts: [question q] choices[en], answer 2, needs ", "");
	write_file("bad-device.ini", GOOD "[reader a]\ndevice=no/such/device\n");
	expect("$T --config bad-device.ini check", 1, "FAIL  devices: [reader a] ", "");
	write_file("bad-group.ini", GOOD "[till]\nsocket_group=no_such_group\n");
	expect("$T --config bad-group.ini check", 1,
	       "FAIL  till socket: there is no group", "");
	write_file("bad-server.ini", GOOD "[sync]\nserver=service=x\n");
	expect("$T --config bad-server.ini check", 1,
	       "FAIL  server: connecting to the server: definition of service \"x\" not found",
	       "");
	write_file("bad-export.ini", GOOD "[export]\nfolder=given.ini/below\n");
	expect("$T --config bad-export.ini check", 1, "FAIL  export folder: ", "");
	write_file("nothing.ini", "[terminal]\nlanguage=en\ndatabase=t.db\n");
	expect("$T --config nothing.ini check", 0, "warn  configuration: ", "");
	write_file("code.ini", GOOD "[survey]\nqr=https://example.org/write-to-us\n");
	expect("$T --config code.ini check", 0,
	       "ok    code: the code of [survey] qr= is shown on 80x24 of 2 screens", "");
	write_file("long-code.ini", GOOD
		   "[survey]\nqr=https://example.org/a/way/that/is/much/too/long/for/a/"
		   "code/on/a/screen/of/the/usual/size/017\n");
	expect("$T --config long-code.ini check", 0,
	       "warn  code: the code of [survey] qr= has room on none of 2 screens", "");
	expect("! $T --config given.ini check | grep ' code: '", 0, "", "");
	write_file("few.ini", GOOD "[survey]\nquestions=4\n");
	expect("$T --config few.ini check", 0,
	       "warn  configuration: questions=4 is what customers are offered, and 1 are",
	       "");
}

static void check_databases(void)
{
	write_file("t.db",
		   "This is no database, and never was one; but it is long enough.");
	expect("$T --config given.ini check", 1, "FAIL  database: ", "");
	expect("$T --config given.ini check", 1, "is damaged (file is not a database)",
	       "");
	expect("rm t.db && sqlite3 t.db 'CREATE TABLE a (b)' && $T --config given.ini check",
	       1, "belongs to another program", "");
	expect("rm t.db && touch t.db && $T --config given.ini check", 1,
	       "is damaged (the file is empty)", "");
	expect("rm t.db && $T --config given.ini check", 0, "t.db is not there yet", "");
	expect("touch t.db.damaged-1 t.db.damaged-1-wal && $T --config given.ini check",
	       0, "/t.db.damaged-1` takes its visits over", "");
	expect("! $T --config given.ini check | grep damaged-1-wal; rm t.db.damaged-*", 0,
	       "", "");
}

static void check_running(void)
{
	struct shop s;
	struct term *t;
	char *out;

	shop_open(&s, NULL);
	t = shop_run(&s);
	shop_answer_all(t);
	g_assert_cmpint(shop_command(&s, "check", &out, NULL), ==, 0);
	holds(out, "is in use by the running terminal");
	holds(out, "is sound, schema ");
	holds(out, ", the terminal runs");
	holds(out, ".till answers");
	shop_stop(t);
	g_free(out);

	/* an export that cannot be written says so once */
	g_autofree char *full = g_strdup_printf(
		"$T --config '%s' export --output - 2>&1 >/dev/full | grep -c .",
		s.config);
	expect(full, 0, "1\n", "");
	g_autofree char *limited = g_strdup_printf(
		"ulimit -f 0; $T --config '%s' export 2>&1 | cat", s.config);
	expect(limited, 0, "(File too large)\n", "");

	g_assert_cmpint(shop_command(&s, "check", &out, NULL), ==, 0);
	holds(out, "ok    backlog: nothing is sent, as [sync] server= names no server; "
		   "1 record is kept for one");
	g_free(out);

	/* the clock behind the newest row; a newer schema */
	g_autofree char *ahead = g_strdup_printf(
		"D='%s' && sqlite3 $D \"$(sqlite3 $D \"SELECT 'DROP TRIGGER '||name||';' FROM "
		"sqlite_master WHERE type = 'trigger'\") UPDATE visit SET ended = ended + "
		"4000000000\" && $T --config '%s' check",
		s.database, s.config);
	expect(ahead, 1, "lies before the newest row", "");
	g_autofree char *newer = g_strdup_printf(
		"sqlite3 '%s' 'PRAGMA user_version = 999' && $T --config '%s' check",
		s.database, s.config);
	expect(newer, 1, "has schema 999", "");

	/* a fault that SQLite tells in two lines stands in one */
	g_autofree char *lines = g_strdup_printf(
		"D='%s' && sqlite3 $D 'PRAGMA user_version = 1' && dd if=/dev/zero of=$D "
		"bs=4096 seek=3 count=6 conv=notrunc status=none && $T --config '%s' check | "
		"grep -cv '^\\(ok  \\|warn\\|FAIL\\)  [a-z]'",
		s.database, s.config);
	expect(lines, 1, "0\n", "");
	shop_close(&s);
}

int main(int argc, char **argv)
{
	int result;

	g_test_init(&argc, &argv, NULL);
	folder = g_dir_make_tmp("commands-XXXXXX", NULL);
	g_test_add_func("/commands/usage", usage);
	g_test_add_func("/commands/help-of-each", help_of_each);
	g_test_add_func("/commands/which-configuration", which_configuration);
	g_test_add_func("/commands/next-steps", next_steps);
	g_test_add_func("/commands/faults", faults);
	g_test_add_func("/commands/results-that-do-not-arrive",
			results_that_do_not_arrive);
	g_test_add_func("/commands/any-locale", any_locale);
	g_test_add_func("/commands/pin", pin);
	g_test_add_func("/commands/pin-without-echo", pin_without_echo);
	g_test_add_func("/commands/check/shipped", check_shipped);
	g_test_add_func("/commands/check/finds", check_finds);
	g_test_add_func("/commands/check/databases", check_databases);
	g_test_add_func("/commands/check/running", check_running);
	result = g_test_run();
	g_free(folder);
	return result;
}
