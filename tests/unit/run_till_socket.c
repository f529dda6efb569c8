/* run_till_socket: the till's socket with clients that behave and clients that do not */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "run/till_socket.h"

struct fixture {
	char *folder, *path;
	struct till_socket *socket;
	int answered;
};

static void answer(void *self, const struct till_line *line, char *out, size_t size)
{
	struct fixture *f = self;

	f->answered++;
	if (line->kind == TILL_LINE_CARD)
		g_snprintf(out, size, "ERR no card please");
	else
		g_snprintf(out, size, "OK word=%d receipt=%s", (int)line->till.word,
			   line->till.receipt);
}

static void set_up(struct fixture *f, gconstpointer data)
{
	g_autoptr(GError) error = NULL;

	(void)data;
	f->folder = g_dir_make_tmp("till-socket-XXXXXX", NULL);
	f->path = g_build_filename(f->folder, "db.till", NULL);
	f->answered = 0;
	f->socket = till_socket_new(f->path, "", answer, f, &error);
	g_assert_no_error(error);
}

static void tear_down(struct fixture *f, gconstpointer data)
{
	(void)data;
	till_socket_free(f->socket);
	g_assert_false(g_file_test(f->path, G_FILE_TEST_EXISTS));
	g_rmdir(f->folder);
	g_free(f->path);
	g_free(f->folder);
}

static int client(const struct fixture *f)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	g_strlcpy(address.sun_path, f->path, sizeof(address.sun_path));
	g_assert_cmpint(connect(fd, (struct sockaddr *)&address, sizeof(address)), ==, 0);
	return fd;
}

static void turn(void)
{
	for (int i = 0; i < 50; i++)
		g_main_context_iteration(NULL, FALSE);
}

static void say(int fd, const char *text)
{
	g_assert_cmpint(send(fd, text, strlen(text), MSG_NOSIGNAL), ==,
			(ssize_t)strlen(text));
	turn();
}

static bool closed(int fd)
{
	char byte;

	return recv(fd, &byte, 1, MSG_PEEK) == 0 || errno == ECONNRESET;
}

/* What FD was sent meanwhile. */
static void hear(int fd, const char *expected)
{
	char text[8192] = "";
	ssize_t n = recv(fd, text, sizeof(text) - 1, 0);

	if (n >= 0)
		text[n] = '\0';
	g_assert_cmpstr(text, ==, expected);
}

static void test_dialogue(struct fixture *f, gconstpointer data)
{
	int fd = client(f), other = client(f);

	(void)data;
	say(fd, "PAY receipt=17");
	hear(fd, "");
	say(fd, " total=5\nPAID\r\nHO");
	hear(fd, "OK word=1 receipt=17\nOK word=2 receipt=\n");
	say(other, "CANCEL\n");
	hear(other, "OK word=6 receipt=\n");
	say(fd, "LD\nnonsense\n");
	hear(fd, "OK word=4 receipt=\n"
		 "ERR unknown; say PAY, PAID, HOLD, RESUME, CANCEL, CARD or STATUS\n");
	close(fd);
	say(other, "STATUS\n");
	hear(other, "OK word=2 receipt=\n");
	/* a line without its end is no line */
	say(other, "PAID");
	shutdown(other, SHUT_WR);
	turn();
	g_assert_true(closed(other));
	g_assert_cmpint(f->answered, ==, 5);
	close(other);
}

static void test_half_closed(struct fixture *f, gconstpointer data)
{
	int fd = client(f);

	(void)data;
	g_assert_cmpint(send(fd, "PAID\nPAID\n", 10, 0), ==, 10);
	shutdown(fd, SHUT_WR);
	turn();
	hear(fd, "OK word=2 receipt=\nOK word=2 receipt=\n");
	close(fd);
}

static void test_long_line(struct fixture *f, gconstpointer data)
{
	g_autofree char *garbage = g_strnfill(3000, 'x');
	int fd = client(f);

	(void)data;
	say(fd, garbage);
	say(fd, "\nPAID\n");
	hear(fd, "ERR the line is longer than 512 bytes\nOK word=2 receipt=\n");
	close(fd);
}

static void test_endless(struct fixture *f, gconstpointer data)
{
	g_autofree char *garbage = g_strnfill(1 << 20, 'x');
	int fd = client(f), good = client(f);
	ssize_t sent = 0;

	(void)data;
	for (int i = 0; i < 100 && sent >= 0; i++) {
		sent = send(fd, garbage, 1 << 20, MSG_NOSIGNAL);
		if (sent < 0 && errno == EAGAIN)
			sent = 0;
		turn();
	}
	g_assert_cmpint(sent, <, 0);
	say(good, "PAID\n");
	hear(good, "OK word=2 receipt=\n");
	close(fd);
	fd = client(f);
	for (int i = 0; i < TILL_WRONG_MAX; i++)
		say(fd, "CARD 1\n");
	g_assert_cmpint(send(fd, "\n", 1, MSG_NOSIGNAL), <, 0);
	close(fd);
	close(good);
}

/* Answers are not taken: nothing more is read, nobody else is hurt; then all come in order. */
static void test_not_reading(struct fixture *f, gconstpointer data)
{
	int fd = client(f), good = client(f), sent = 0, heard = 0;
	char text[1024];
	ssize_t n;

	(void)data;
	while (send(fd, "PAID\n", 5, MSG_NOSIGNAL) == 5 && sent < 1000000) {
		sent++;
		if (sent % 50 == 0)
			turn();
	}
	g_assert_cmpint(sent, <, 1000000);
	say(good, "PAID\n");
	hear(good, "OK word=2 receipt=\n");
	for (int quiet = 0; quiet < 100;) {
		n = recv(fd, text, sizeof(text), 0);
		quiet = n > 0 ? 0 : quiet + 1;
		for (ssize_t i = 0; i < n; i++)
			heard += text[i] == '\n';
		turn();
	}
	g_assert_cmpint(heard, ==, sent);
	close(fd);
	close(good);
}

static void test_many(struct fixture *f, gconstpointer data)
{
	int till = client(f), idle[100];

	(void)data;
	say(till, "PAID\n");
	hear(till, "OK word=2 receipt=\n");
	for (size_t i = 0; i < G_N_ELEMENTS(idle); i++) {
		idle[i] = client(f);
		turn();
	}
	say(till, "HOLD\n");
	hear(till, "OK word=4 receipt=\n");
	say(idle[99], "HOLD\n");
	hear(idle[99], "OK word=4 receipt=\n");
	g_assert_true(closed(idle[0]));
	for (size_t i = 0; i < G_N_ELEMENTS(idle); i++)
		close(idle[i]);
	close(till);
}

static void test_file(struct fixture *f, gconstpointer data)
{
	g_autofree char *other = g_build_filename(f->folder, "other", NULL);
	g_autofree char *long_path = g_strnfill(108, 'x');
	g_autoptr(GError) error = NULL;
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct till_socket *s;
	GStatBuf file;
	int fd;

	(void)data;
	g_assert_cmpint(g_stat(f->path, &file), ==, 0);
	g_assert_cmpint(file.st_mode & 07777, ==, 0660);
	g_assert_null(till_socket_new(f->path, "", answer, f, &error)); /* ours lives */
	g_assert_nonnull(error);
	g_clear_error(&error);
	g_assert_null(till_socket_new(long_path, "", answer, f, &error));
	g_assert_nonnull(strstr(error->message, "107 bytes"));
	g_clear_error(&error);
	g_assert_null(till_socket_new(other, "no-such-group", answer, f, &error));
	g_assert_nonnull(strstr(error->message, "no-such-group"));
	g_clear_error(&error);
	/* left by a program that died: replaced */
	g_unlink(other);
	g_strlcpy(address.sun_path, other, sizeof(address.sun_path));
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	g_assert_cmpint(bind(fd, (struct sockaddr *)&address, sizeof(address)), ==, 0);
	close(fd);
	s = till_socket_new(other, "", answer, f, &error);
	g_assert_no_error(error);
	/* a file of somebody else's is left alone, also at the end */
	g_unlink(other);
	g_assert_true(g_file_set_contents(other, "mine", -1, NULL));
	till_socket_free(s);
	g_assert_null(till_socket_new(other, "", answer, f, &error));
	g_assert_true(g_file_test(other, G_FILE_TEST_IS_REGULAR));
	g_unlink(other);
}

static gpointer ask(gpointer path)
{
	return till_socket_ask(path, "RESUME receipt=9", NULL);
}

static void test_ask(struct fixture *f, gconstpointer data)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *none = g_build_filename(f->folder, "none", NULL), *said = NULL;
	GThread *thread = g_thread_new("ask", ask, f->path);

	(void)data;
	while (f->answered == 0)
		g_main_context_iteration(NULL, TRUE);
	said = g_thread_join(thread);
	g_assert_cmpstr(said, ==, "OK word=5 receipt=9");
	turn();
	g_assert_null(till_socket_ask(none, "PAID", &error));
	g_assert_nonnull(strstr(error->message, "not running"));
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*test)(struct fixture *f, gconstpointer data);
	} tests[] = {
		{"/till-socket/dialogue", test_dialogue},
		{"/till-socket/half-closed", test_half_closed},
		{"/till-socket/long-line", test_long_line},
		{"/till-socket/endless", test_endless},
		{"/till-socket/not-reading", test_not_reading},
		{"/till-socket/many", test_many},
		{"/till-socket/file", test_file},
		{"/till-socket/ask", test_ask},
	};

	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].name, struct fixture, NULL, set_up, tests[i].test,
			   tear_down);
	return g_test_run();
}
