/* term.c - see term.h */
#include "tests/lib/term.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <vterm.h>

struct term {
	pid_t pid;
	int fd, errors;
	int status; /* as term_exit(), or -1 */
	int rows, cols;
	uint64_t bytes;
	int64_t arrived_us;
	VTerm *vterm;
	VTermScreen *screen;
};

static void child(const struct term_how *how, int errors)
{
	setenv("TERM", "xterm-256color", 1);
	setenv("LANG", "C.UTF-8", 1);
	unsetenv("LC_ALL");
	for (int i = 0; how->env != NULL && how->env[i] != NULL; i++)
		if (strchr(how->env[i], '=') != NULL)
			putenv(g_strdup(how->env[i]));
		else
			unsetenv(how->env[i]);
	if (how->folder != NULL && chdir(how->folder) != 0)
		_exit(127);
	if (!how->errors_on_screen)
		dup2(errors, STDERR_FILENO);
	execv(how->argv[0], (char *const *)how->argv);
	_exit(127);
}

struct term *term_start(const struct term_how *how)
{
	const struct winsize size = {.ws_row = (unsigned short)how->rows,
				     .ws_col = (unsigned short)how->cols};
	struct term *t = g_new0(struct term, 1);

	t->errors = memfd_create("errors", MFD_CLOEXEC);
	t->pid = forkpty(&t->fd, NULL, NULL, &size);
	g_assert_cmpint(t->pid, >=, 0);
	if (t->pid == 0)
		child(how, t->errors);
	fcntl(t->fd, F_SETFD, FD_CLOEXEC);
	fcntl(t->fd, F_SETFL, O_NONBLOCK);
	t->status = -1;
	t->rows = how->rows;
	t->cols = how->cols;
	t->vterm = vterm_new(how->rows, how->cols);
	vterm_set_utf8(t->vterm, 1);
	t->screen = vterm_obtain_screen(t->vterm);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
	return t;
}

static void reap(struct term *t, int options)
{
	int status;

	if (t->status >= 0 || waitpid(t->pid, &status, options) != t->pid)
		return;
	t->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void term_free(struct term *t)
{
	reap(t, WNOHANG);
	if (t->status < 0)
		kill(t->pid, SIGKILL);
	if (t->fd >= 0)
		close(t->fd);
	reap(t, 0);
	vterm_free(t->vterm);
	close(t->errors);
	g_free(t);
}

pid_t term_pid(const struct term *t)
{
	return t->pid;
}

bool term_read(struct term *t, int ms)
{
	struct pollfd p = {.fd = t->fd, .events = POLLIN};
	char bytes[16384];
	ssize_t n;

	if (t->fd < 0 || poll(&p, 1, ms) <= 0)
		return false;
	n = read(t->fd, bytes, sizeof(bytes));
	if (n <= 0)
		return false;
	t->arrived_us = g_get_monotonic_time();
	t->bytes += (uint64_t)n;
	vterm_input_write(t->vterm, bytes, (size_t)n);
	n = (ssize_t)vterm_output_read(t->vterm, bytes, sizeof(bytes));
	if (n > 0)
		term_try_send(t, bytes, (size_t)n);
	return true;
}

static int64_t now_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

static int left(int64_t until)
{
	return (int)MAX(until - now_ms(), 0);
}

void term_run(struct term *t, int ms)
{
	int64_t until = now_ms() + ms;

	while (now_ms() < until)
		if (!term_read(t, left(until)))
			g_usleep(1000);
}

void term_settle(struct term *t, int ms)
{
	while (term_read(t, ms))
		;
}

size_t term_try_send(struct term *t, const char *bytes, size_t n)
{
	ssize_t sent = write(t->fd, bytes, n);

	return sent < 0 ? 0 : (size_t)sent;
}

void term_send(struct term *t, const char *text)
{
	int64_t until = now_ms() + 10000;
	size_t n = strlen(text);

	while (n > 0) {
		size_t sent = term_try_send(t, text, n);

		text += sent;
		n -= sent;
		g_assert_true(now_ms() < until);
		if (n > 0)
			term_read(t, 1);
	}
}

/* A row as UTF-8; a wide character's right half gives nothing. */
static void row_text(const struct term *t, int row, GString *out)
{
	VTermScreenCell cell;

	for (int col = 0; col < t->cols; col += MAX(cell.width, 1)) {
		if (!vterm_screen_get_cell(t->screen, (VTermPos){row, col}, &cell))
			cell = (VTermScreenCell){.width = 1};
		if (cell.chars[0] == 0)
			g_string_append_c(out, ' ');
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
			g_string_append_unichar(out, cell.chars[i]);
	}
}

bool term_find(const struct term *t, const char *text, int *row, int *col)
{
	g_autoptr(GString) line = g_string_new(NULL);

	for (*row = 0; *row < t->rows; (*row)++) {
		const char *found;

		g_string_truncate(line, 0);
		row_text(t, *row, line);
		found = strstr(line->str, text);
		if (found == NULL)
			continue;
		*col = 0;
		for (const char *p = line->str; p < found; p = g_utf8_next_char(p))
			*col += g_unichar_iszerowidth(g_utf8_get_char(p)) ? 0
				: g_unichar_iswide(g_utf8_get_char(p))    ? 2
									  : 1;
		return true;
	}
	return false;
}

bool term_shows(const struct term *t, const char *text)
{
	int row, col;

	return term_find(t, text, &row, &col);
}

static bool wait_until(struct term *t, const char *text, bool there, int ms)
{
	int64_t until = now_ms() + ms;

	while (term_shows(t, text) != there) {
		if (now_ms() >= until)
			return false;
		if (!term_read(t, left(until)))
			g_usleep(1000);
	}
	return true;
}

static void fail_with_picture(struct term *t, const char *what, const char *text)
{
	g_autofree char *screen = term_screen(t), *errors = term_errors(t);

	reap(t, WNOHANG);
	fprintf(stderr, "%s: \"%s\"; exit %d; screen:\n%s\nerrors:\n%s\n", what, text,
		t->status, screen, errors);
	g_assert_not_reached();
}

void term_expect(struct term *t, const char *text, int ms)
{
	if (!wait_until(t, text, true, ms))
		fail_with_picture(t, "not shown in time", text);
}

void term_expect_gone(struct term *t, const char *text, int ms)
{
	if (!wait_until(t, text, false, ms))
		fail_with_picture(t, "still shown", text);
}

char *term_screen(const struct term *t)
{
	GString *out = g_string_new(NULL);

	for (int row = 0; row < t->rows; row++) {
		row_text(t, row, out);
		while (out->len > 0 && out->str[out->len - 1] == ' ')
			g_string_truncate(out, out->len - 1);
		g_string_append_c(out, '\n');
	}
	return g_string_free(out, FALSE);
}

bool term_marked(const struct term *t, const char *text)
{
	VTermScreenCell cell;
	int row, col;

	return term_find(t, text, &row, &col) &&
	       vterm_screen_get_cell(t->screen, (VTermPos){row, col}, &cell) &&
	       (cell.attrs.reverse || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg));
}

uint64_t term_bytes(const struct term *t)
{
	return t->bytes;
}

int64_t term_arrived_us(const struct term *t)
{
	return t->arrived_us;
}

void term_resize(struct term *t, int rows, int cols)
{
	const struct winsize size = {.ws_row = (unsigned short)rows,
				     .ws_col = (unsigned short)cols};

	t->rows = rows;
	t->cols = cols;
	vterm_set_size(t->vterm, rows, cols);
	ioctl(t->fd, TIOCSWINSZ, &size);
}

void term_stop(struct term *t, bool stop)
{
	int line = open(ptsname(t->fd), O_RDWR | O_NOCTTY | O_CLOEXEC);

	g_assert_cmpint(tcflow(line, stop ? TCOOFF : TCOON), ==, 0);
	close(line);
}

void term_hang_up(struct term *t)
{
	close(t->fd);
	t->fd = -1;
}

void term_signal(struct term *t, int signal)
{
	kill(t->pid, signal);
}

int term_exit(struct term *t, int ms)
{
	int64_t until = now_ms() + ms;

	for (;;) {
		reap(t, WNOHANG);
		if (t->status >= 0 || now_ms() >= until)
			return t->status;
		if (!term_read(t, 5))
			g_usleep(1000);
	}
}

char *term_errors(const struct term *t)
{
	GString *out = g_string_new(NULL);
	char bytes[4096];
	ssize_t n;

	while ((n = pread(t->errors, bytes, sizeof(bytes), (off_t)out->len)) > 0)
		g_string_append_len(out, bytes, n);
	return g_string_free(out, FALSE);
}
