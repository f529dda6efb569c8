/* run_helpers: programs beside the terminal are started, collected and never waited for */
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "core/moment.h"
#include "run/helpers.h"
#include "run/process.h"

struct seen {
	int ends, code, lines;
	char said[2 * HELPER_LINE_MAX];
};

static void on_end(void *self, int code)
{
	struct seen *seen = self;

	seen->ends++;
	seen->code = code;
}

static struct helper *shell(const char *script, struct seen *seen)
{
	const char *args[] = {"-c", script, NULL};

	return helper_new("/bin/sh", args, on_end, seen);
}

static void turn_until(const int *ends, int wanted)
{
	gint64 until = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;

	while (*ends < wanted && g_get_monotonic_time() < until) {
		g_main_context_iteration(NULL, FALSE);
		g_usleep(1000);
	}
	g_assert_cmpint(*ends, ==, wanted);
}

static void expect_no_child(void)
{
	g_assert_cmpint(waitpid(-1, NULL, WNOHANG), ==, -1);
}

static void test_ends(void)
{
	struct seen seen = {0};
	struct helper *h = shell("exit 7", &seen);

	helper_now(h);
	g_assert_true(helper_running(h));
	turn_until(&seen.ends, 1);
	g_assert_cmpint(seen.code, ==, 7);
	g_assert_false(helper_running(h));
	expect_no_child();
	helper_free(h);

	h = shell("kill -9 $$", &seen);
	helper_now(h);
	turn_until(&seen.ends, 2);
	g_assert_cmpint(seen.code, ==, -1);
	helper_free(h);
}

static void test_absent_program(void)
{
	const char *args[] = {NULL};
	struct seen seen = {0};
	struct helper *h = helper_new("/nowhere/tillask-sync", args, on_end, &seen);

	helper_now(h);
	turn_until(&seen.ends, 1);
	g_assert_cmpint(seen.code, ==, 127);
	expect_no_child();
	helper_free(h);
}

/* What is asked for while it runs is done once more, not twice. */
static void test_once_more(void)
{
	struct seen seen = {0};
	struct helper *h = shell("sleep 0.2", &seen);

	for (int i = 0; i < 5; i++)
		helper_now(h);
	turn_until(&seen.ends, 2);
	for (int i = 0; i < 300; i++) {
		g_main_context_iteration(NULL, FALSE);
		g_usleep(1000);
	}
	g_assert_cmpint(seen.ends, ==, 2);
	helper_free(h);
}

static void test_at_a_time(void)
{
	struct seen seen = {0};
	struct helper *h = shell("true", &seen);

	helper_at(h, g_get_monotonic_time() / 1000 + 100);
	g_main_context_iteration(NULL, FALSE);
	g_assert_false(helper_running(h));
	turn_until(&seen.ends, 1);
	helper_at(h, g_get_monotonic_time() / 1000 + 50);
	helper_at(h, MOMENT_NEVER);
	for (int i = 0; i < 150; i++) {
		g_main_context_iteration(NULL, FALSE);
		g_usleep(1000);
	}
	g_assert_cmpint(seen.ends, ==, 1);
	helper_free(h);
}

/* 1 to 31 of a line of /proc/PID/status; the others belong to the C library. */
static guint64 signals(const char *status, const char *name)
{
	const char *line = strstr(status, name);

	g_assert_nonnull(line);
	return g_ascii_strtoull(line + strlen(name), NULL, 16) & 0x7fffffff;
}

/* nice 19, no descriptor but three of /dev/null, no signal ignored or blocked. */
static void test_own_world(void)
{
	g_autofree char *path = g_build_filename(g_get_tmp_dir(), "helper-world", NULL);
	g_autofree char *script = g_strdup_printf(
		"exec >%s; cut -d' ' -f19 /proc/self/stat; ls -m /proc/$$/fd;"
		" readlink /proc/$$/fd/0; grep -E 'Sig(Blk|Ign)' /proc/$$/status",
		path);
	g_autofree char *text = NULL;
	struct seen seen = {0};
	struct helper *h = shell(script, &seen);
	sigset_t taken;
	int kept = open("/dev/zero", O_RDONLY); /* a descriptor that is not CLOEXEC */

	sigemptyset(&taken);
	sigaddset(&taken, SIGTERM);
	sigprocmask(SIG_BLOCK, &taken, NULL);
	signal(SIGPIPE, SIG_IGN);
	helper_now(h);
	turn_until(&seen.ends, 1);
	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_assert_true(g_str_has_prefix(text, "19\n0, 1, 2\n/dev/null\n"));
	g_assert_cmpuint(signals(text, "SigBlk:"), ==, 0);
	g_assert_cmpuint(signals(text, "SigIgn:"), ==, 0);
	close(kept);
	g_remove(path);
	helper_free(h);
}

static void on_said(void *self, const char *line)
{
	struct seen *seen = self;

	g_assert_cmpint(seen->ends, ==, 0); /* all is told before the end is */
	seen->lines++;
	g_strlcat(seen->said, line, sizeof(seen->said));
	g_strlcat(seen->said, "|", sizeof(seen->said));
}

/* What it says on standard error, line by line, the last one without its end too. */
static void test_listens(void)
{
	struct seen seen = {0};
	struct helper *h =
		shell("echo out; echo one >&2; sleep 0.1; printf 'two\\n\\nth' >&2;"
		      "printf ree >&2; exit 3",
		      &seen);

	helper_listen(h, on_said);
	helper_now(h);
	turn_until(&seen.ends, 1);
	g_assert_cmpint(seen.code, ==, 3);
	g_assert_cmpstr(seen.said, ==, "one|two|three|");
	helper_now(h); /* and again */
	seen.ends = 0;
	turn_until(&seen.ends, 1);
	g_assert_cmpint(seen.lines, ==, 6);
	helper_free(h);
}

/* Lines without end are cut, nothing waits for a grandchild that keeps the pipe. */
static void test_listens_to_much(void)
{
	struct seen seen = {0};
	struct helper *h =
		shell("sleep 1 >&2 & head -c 100000 /dev/zero | tr '\\0' x >&2", &seen);
	gint64 began = g_get_monotonic_time();

	helper_listen(h, on_said);
	helper_now(h);
	turn_until(&seen.ends, 1);
	g_assert_cmpint(g_get_monotonic_time() - began, <, 20 * G_USEC_PER_SEC);
	g_assert_cmpint(seen.lines, <=, 1);
	g_assert_cmpuint(strlen(seen.said), <=, HELPER_LINE_MAX + 1);
	helper_free(h);
	g_usleep(1500000); /* nothing is left running */
}

/* Progress comes in lines. */
static void test_asks_for_progress(void)
{
	struct seen seen = {0};
	struct helper *h = shell("echo $TILLASK_PROGRESS >&2", &seen);

	helper_listen(h, on_said);
	helper_now(h);
	turn_until(&seen.ends, 1);
	g_assert_cmpstr(seen.said, ==, "lines|");
	helper_free(h);
}

/* The configuration goes with it, each time whole, beside what is heard; nothing else does. */
static void test_config(void)
{
	static const char text[] = "[terminal]\nstore=017\n";
	static const char script[] = "test $" COMMAND_CONFIG_FD
				     " = 3 && exec >&2; cat /proc/self/fd/3;"
				     "ls -m /proc/$$/fd; :"; /* no pipe of its own */
	struct config config = {
		.file = "config.ini", .text = text, .text_length = sizeof(text) - 1};
	struct seen seen = {0};
	struct helper *h = shell(script, &seen);

	helper_config(h, &config);
	helper_listen(h, on_said);
	for (int i = 0; i < 2; i++) {
		memset(&seen, 0, sizeof(seen));
		helper_now(h);
		turn_until(&seen.ends, 1);
		g_assert_cmpstr(seen.said, ==, "[terminal]|store=017|0, 1, 2, 3|");
	}
	helper_free(h);
}

/* Whoever started the terminal did not want to know of its children: no exit code is left. */
static void test_collected_by_nobody(void)
{
	struct seen seen = {0};
	struct helper *h = shell("exit 0", &seen);

	signal(SIGCHLD, SIG_IGN);
	helper_now(h);
	turn_until(&seen.ends, 1);
	g_assert_cmpint(seen.code, ==, -1);
	g_assert_false(helper_running(h));
	helper_free(h);
	/* but `run` wants to */
	close(process_prepare());
	h = shell("exit 7", &seen);
	helper_now(h);
	turn_until(&seen.ends, 2);
	g_assert_cmpint(seen.code, ==, 7);
	helper_free(h);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/helpers/ends", test_ends);
	g_test_add_func("/helpers/absent-program", test_absent_program);
	g_test_add_func("/helpers/once-more", test_once_more);
	g_test_add_func("/helpers/at-a-time", test_at_a_time);
	g_test_add_func("/helpers/own-world", test_own_world);
	g_test_add_func("/helpers/listens", test_listens);
	g_test_add_func("/helpers/listens-to-much", test_listens_to_much);
	g_test_add_func("/helpers/asks-for-progress", test_asks_for_progress);
	g_test_add_func("/helpers/config", test_config);
	g_test_add_func("/helpers/collected-by-nobody", test_collected_by_nobody);
	return g_test_run();
}
