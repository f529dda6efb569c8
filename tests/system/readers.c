/* readers: what a technician hears and is told of every protocol, recordings, serial servers */
#include <glib.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/lib/shop.h"

#define S(text) text, sizeof(text) - 1
#define BANK \
	"%B4111111111111111^TEST/CARD^29121010000000000000?;4111111111111111=2912101?\r"

/* ---- listen --------------------------------------------------------------------------------- */

struct heard {
	int code;
	char *out, *errors;
};

static void heard_clear(struct heard *heard)
{
	g_free(heard->out);
	g_free(heard->errors);
}

/* `listen ARGUMENTS` without a configuration, with N bytes of INPUT on standard input. */
static struct heard listen_to(const char *arguments, const char *input, size_t n)
{
	g_autofree char *file = NULL, *script = NULL;
	const char *argv[] = {"sh", "-c", NULL, NULL};
	struct heard heard;
	int status;

	close(g_file_open_tmp("tillask-input-XXXXXX", &file, NULL));
	g_assert_true(g_file_set_contents(file, input, (gssize)n, NULL));
	script = g_strdup_printf("exec \"$TILLASK_BIN\" listen %s <'%s'", arguments,
				 file);
	argv[2] = script;
	g_assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL,
				   NULL, &heard.out, &heard.errors, &status, NULL));
	heard.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	g_unlink(file);
	return heard;
}

static const struct {
	const char *arguments;
	const char *bytes;
	size_t n;
	const char *out;   /* all of it */
	const char *words; /* a part of standard error; NULL: it is empty */
} listens[] = {
	{"- --protocol rfid",
	 S("\x02"
	   "0c000621a58e\x03"),
	 "card 0C000621A5\n", "printed on the card as 0000401829"},
	{"- --protocol rfid",
	 S("\x02"
	   "0C000621A58F\x03"),
	 "error checksum\n", NULL},
	{"- --protocol rfid",
	 S("\x02"
	   "0C000621A58E\x03\x02"
	   "0C000621A58E\x03"),
	 "card 0C000621A5\n", ""},
	{"- --protocol rfid",
	 S("\x02"
	   "0C00"),
	 "error truncated\n", NULL},
	{"- --protocol rfid --style parallax", S("\n0F0184F20B\r"), "card 0F0184F20B\n",
	 ""},
	{"- --protocol rfid --style standard", S("\n0F0184F20B\r"), "", "style=parallax"},
	{"- --protocol barcode", S("]E04012345678901\r\n"), "card 4012345678901\n", NULL},
	{"- --protocol barcode", S("]E04012345678902\r\n"), "error checksum\n", NULL},
	{"- --protocol barcode --ean", S("4012345678901\rAB\r4012345678902\r"),
	 "card 4012345678901\nerror format\nerror checksum\n", NULL},
	{"- --protocol barcode --bcc", S("18AE\r\r"), "card 18AE\n", NULL},
	{"- --protocol barcode", S("NOREAD\r"), "error read-error\n", NULL},
	{"- --protocol barcode", S("4012345"), "error truncated\n",
	 "set the device's suffix"},
	{"- --protocol barcode", S("4111111111111111\r"), "refused payment-card\n", NULL},
	{"- --protocol barcode", S(BANK), "refused payment-card\n", "protocol=magstripe"},
	{"- --protocol barcode", S("636014012345678\r"), "refused id-document\n", NULL},
	{"- --protocol uid", S("04a1b2c3d4e5f6\r\n"), "card 04A1B2C3D4E5F6\n", NULL},
	{"- --protocol uid --reverse", S("04a1b2c3\r"), "card C3B2A104\n", NULL},
	{"- --protocol uid", S("04a1b2\r"), "error length\n", NULL},
	{"- --protocol uid --prefix 04", S("05A1B2C3\r"), "card 05A1B2C3\n", NULL},
	{"-",
	 S("\x02"
	   "0C000621A58E\x03"),
	 "", "RDM6300"},
	{"-", S("\xbb\x39\x36\xb4\x33\x30\x30\xb1\x3f\x8d"), "", "frame=7E1"},
	{"-", S("\x00\x00\xff\x00\x00"), "", "nothing drives the line"},
	{"-", S(BANK), "refused payment-card\n", NULL},
};

static void test_listen(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(listens); i++) {
		struct heard heard = listen_to(listens[i].arguments, listens[i].bytes,
					       listens[i].n);

		g_test_message("%s: %s%s", listens[i].arguments, heard.out, heard.errors);
		g_assert_cmpstr(heard.out, ==, listens[i].out);
		g_assert_cmpint(heard.code, ==, 0);
		if (listens[i].words == NULL)
			g_assert_cmpstr(heard.errors, ==, "");
		else
			g_assert_nonnull(strstr(heard.errors, listens[i].words));
		g_assert_null(strstr(heard.errors, "4111"));
		heard_clear(&heard);
	}
}

static void test_wrong_usage(void)
{
	static const char *const rows[] = {
		"- --protocol rfid --style other", "- --protocol uid --ean",
		"- --protocol rfid --bcc",         "- --protocol barcode --reverse",
		"- --protocol barcode --lrc",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct heard heard = listen_to(rows[i], "", 0);

		g_test_message("%s", heard.errors);
		g_assert_cmpint(heard.code, ==, 2);
		heard_clear(&heard);
	}
}

/* What is recorded is played with the same outcome; nothing of a bank card is in it. */
static void test_record(void)
{
	static const char *const inputs[] = {";9643001?\r", BANK, "%B41111111111\r",
					     "%E?;E?\r", ";2222"};
	static const char *const outs[] = {"card 9643001\n", "refused payment-card\n",
					   "error truncated\n", "error read-error\n",
					   "error truncated\n"};
	g_autofree char *folder = g_dir_make_tmp("tillask-record-XXXXXX", NULL);
	g_autofree char *file = g_build_filename(folder, "swipes", NULL);
	g_autofree char *arguments = g_strdup_printf("- --record '%s'", file);
	g_autofree char *played = g_strdup_printf("'replay:%s@10'", file);
	struct heard heard;

	for (size_t i = 0; i < G_N_ELEMENTS(inputs); i++) {
		g_autofree char *text = NULL;

		heard = listen_to(arguments, inputs[i], strlen(inputs[i]));
		g_assert_cmpstr(heard.out, ==, outs[i]);
		g_assert_cmpint(heard.code, ==, 0);
		heard_clear(&heard);
		g_assert_true(g_file_get_contents(file, &text, NULL, NULL));
		g_test_message("%s", text);
		g_assert_true(g_str_has_prefix(text, "# tillask listen, protocol="));
		g_assert_null(strstr(text, "4111"));
		g_assert_null(strstr(text, "TEST"));
		heard = listen_to(played, "", 0);
		g_assert_cmpstr(heard.out, ==, outs[i]);
		heard_clear(&heard);
		if (i + 1 < G_N_ELEMENTS(inputs))
			g_unlink(file);
	}
	heard = listen_to(arguments, "", 0);
	g_assert_cmpint(heard.code, ==, 1);
	g_assert_nonnull(strstr(heard.errors, "name another file"));
	heard_clear(&heard);
	heard = listen_to("- --record /dev/full", ";E?", 3);
	g_assert_cmpint(heard.code, ==, 1);
	g_assert_nonnull(strstr(heard.errors, "recording to /dev/full"));
	heard_clear(&heard);
	g_unlink(file);
	g_rmdir(folder);
}

static struct term *start_listen(const struct shop *s, const char *port)
{
	const char *argv[] = {
		g_getenv("TILLASK_BIN"), "--config", s->config, "listen", port, NULL};
	const struct term_how how = {.argv = argv,
				     .env = (const char *const *)s->env,
				     .rows = 24,
				     .cols = 100};

	return term_start(&how);
}

static void expect_words(struct term *t, const char *words, int ms)
{
	for (; ms > 0; ms -= 50) {
		g_autofree char *errors = term_errors(t);

		if (strstr(errors, words) != NULL)
			return;
		term_run(t, 50);
	}
	g_error("listen did not say %s", words);
}

static void end_listen(struct term *t)
{
	term_send(t, "\x03");
	term_exit(t, 2000);
	term_free(t);
}

/* `check` with the shop's environment. */
static int check(const struct shop *s, char **out)
{
	const char *argv[] = {g_getenv("TILLASK_BIN"), "--config", s->config, "check",
			      NULL};
	g_auto(GStrv) env = g_get_environ();
	int status;

	for (int i = 0; s->env[i] != NULL; i++) {
		g_auto(GStrv) pair = g_strsplit(s->env[i], "=", 2);

		if (pair[0] != NULL && pair[1] != NULL)
			env = g_environ_setenv(env, pair[0], pair[1], TRUE);
	}
	g_assert_true(g_spawn_sync(NULL, (char **)argv, env, 0, NULL, NULL, out, NULL,
				   &status, NULL));
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* What the line did not take, and a reader that says nothing, are told live and by `check`. */
static void test_line(void)
{
	const struct shop_how seven = {.reader = "frame=7E1\n"};
	const struct shop_how dark = {.preload = "pty_shim",
				      .device = "/dev/ttyTEST0",
				      .env = "TILLASK_PTY_SHIM_LINES=down"};
	const struct shop_how refusing = {.preload = "pty_shim",
					  .device = "/dev/ttyTEST0",
					  .reader = "frame=7E1\n"};
	const struct shop_how down = {.reader = "dtr=no\n"};
	const struct {
		const struct shop_how *how;
		const char *words;
		int code;
	} rows[] = {
		{&seven, "warn  devices: [reader msr] ", 0},
		{&dark, "DTR and RTS are not as dtr= and rts= say", 0},
		{&refusing, "does not take these settings", 1},
		{&down, "ok    devices: [reader msr] ", 0},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const struct shop_how *how = rows[i].how;
		g_autofree char *out = NULL;
		struct shop s;
		struct term *t;
		int code;

		shop_open(&s, how);
		code = check(&s, &out);
		g_test_message("%s", out);
		g_assert_nonnull(strstr(out, rows[i].words));
		g_assert_cmpint(code, ==, rows[i].code);
		t = start_listen(&s, "msr");
		if (how == &seven) {
			expect_words(t, "bit 7 is taken off", 3000);
			fake_device_send(&s.device,
					 S(";\x39\x36\xb4\x33\x30\x30\xb1?\x8d"));
			term_expect(t, "card 9643001", 3000);
		} else if (how == &down) {
			expect_words(t, "DTR or RTS is left down", 12000);
		} else {
			expect_words(t, rows[i].words, 3000);
		}
		end_listen(t);
		shop_close(&s);
	}
}

/* ---- serial servers ----------------------------------------------------------------------------- */

/* The README's line, with our link and our address in it. */
static char *recipe(const char *link, int port)
{
	g_autofree char *readme = NULL, *address = NULL;
	g_auto(GStrv) lines = NULL;
	g_autoptr(GString) line = NULL;

	g_assert_true(g_file_get_contents("README.md", &readme, NULL, NULL));
	lines = g_strsplit(readme, "\n", -1);
	for (int i = 0; lines[i] != NULL; i++) {
		const char *found = strstr(lines[i], "socat pty,");

		if (found != NULL)
			line = g_string_new(found);
	}
	g_assert_nonnull(line);
	address = g_strdup_printf("tcp:127.0.0.1:%d", port);
	g_assert_cmpuint(g_string_replace(line, "/run/tillask/msr", link, 0), ==, 1);
	g_assert_cmpuint(g_string_replace(line, "tcp:192.0.2.7:4001", address, 0), ==, 1);
	return g_strdup(line->str);
}

/* Runs it as a shell would; ended by its process id. */
static GPid run_recipe(const char *line)
{
	g_autofree char *script = g_strconcat("exec ", line, NULL);
	const char *argv[] = {"sh", "-c", script, NULL};
	GPid pid;

	g_assert_true(g_spawn_async(NULL, (char **)argv, NULL,
				    G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
					    G_SPAWN_STDERR_TO_DEV_NULL,
				    NULL, NULL, &pid, NULL));
	return pid;
}

static void end_recipe(GPid pid)
{
	int status;

	kill(pid, SIGTERM);
	waitpid(pid, &status, 0);
	g_spawn_close_pid(pid);
}

/* A serial server on the network, by the README's recipe; it goes away and comes back. */
static void test_serial_server(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof(address);
	int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), line;
	g_autofree char *link = NULL, *command = NULL;
	struct shop s;
	struct term *t;
	GPid socat;

	shop_open(&s, NULL);
	g_assert_cmpint(bind(server, (struct sockaddr *)&address, size), ==, 0);
	g_assert_cmpint(getsockname(server, (struct sockaddr *)&address, &size), ==, 0);
	g_assert_cmpint(listen(server, 1), ==, 0);
	link = g_build_filename(s.folder, "msr", NULL);
	command = recipe(link, ntohs(address.sin_port));
	g_test_message("%s", command);
	t = start_listen(&s, link);
	for (int i = 0; i < 2; i++) {
		socat = run_recipe(command);
		line = accept(server, NULL, NULL);
		term_run(t, 1500); /* listen opens it, again within a second */
		g_assert_cmpint(write(line, i == 0 ? ";9643001?\r" : ";9643002?\r", 10),
				==, 10);
		term_expect(t, i == 0 ? "card 9643001" : "card 9643002", 3000);
		close(line);
		end_recipe(socat);
		expect_words(t, "there is no such device", 3000);
	}
	end_listen(t);
	close(server);
	shop_close(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/readers/listen", test_listen);
	g_test_add_func("/readers/wrong-usage", test_wrong_usage);
	g_test_add_func("/readers/record", test_record);
	g_test_add_func("/readers/line", test_line);
	g_test_add_func("/readers/serial-server", test_serial_server);
	return g_test_run();
}
