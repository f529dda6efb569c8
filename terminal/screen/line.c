#include "screen/line.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* ---- a signal that kills ----------------------------------------------------------------- */

static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};

static struct {
	int fd;
	size_t length;
	char bytes[256];
	struct termios modes;
} rescue = {.fd = -1};

static void on_fatal(int number)
{
	if (rescue.fd >= 0) {
		ssize_t n = write(rescue.fd, rescue.bytes, rescue.length);

		(void)n;
		tcsetattr(rescue.fd, TCSANOW, &rescue.modes);
	}
	raise(number); /* SA_RESETHAND: now it kills */
}

static void set_rescue(const struct line *line, const char *restore)
{
	struct sigaction action = {.sa_handler = on_fatal,
				   .sa_flags = (int)(SA_RESETHAND | SA_NODEFER)};

	rescue.length = g_strlcpy(rescue.bytes, restore, sizeof(rescue.bytes));
	g_assert(rescue.length < sizeof(rescue.bytes));
	rescue.modes = line->old_modes;
	rescue.fd = line->fd;
	for (gsize i = 0; i < G_N_ELEMENTS(fatal); i++)
		sigaction(fatal[i], &action, NULL);
}

static void forget_rescue(void)
{
	rescue.fd = -1;
	for (gsize i = 0; i < G_N_ELEMENTS(fatal); i++)
		signal(fatal[i], SIG_DFL);
}

/* ---- opening ----------------------------------------------------------------------------- */

/* A file description of our own: O_NONBLOCK must not come upon a shell that shares FD. */
static void open_anew(struct line *line, int fd)
{
	char name[PATH_MAX];

	line->given_fd = -1;
	line->fd = -1;
	if (ttyname_r(fd, name, sizeof(name)) == 0)
		line->fd = open(name, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (line->fd >= 0)
		return;
	line->given_fd = fd;
	line->old_flags = fcntl(fd, F_GETFL);
	fcntl(fd, F_SETFL, line->old_flags | O_NONBLOCK);
	line->fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

bool line_open(struct line *line, int fd, GError **error)
{
	memset(line, 0, sizeof(*line));
	if (tcgetattr(fd, &line->old_modes) != 0) {
		g_set_error(
			error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
			"opening the screen: standard input is no terminal; start the "
			"program on a console or in a terminal window");
		return false;
	}
	open_anew(line, fd);
	line->pending = g_byte_array_new();
	return true;
}

void line_set_raw(struct line *line, const char *restore)
{
	struct termios modes = line->old_modes;

	modes.c_iflag &= ~(tcflag_t)(BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL |
				     IXON);
	modes.c_iflag |= IGNBRK;
	modes.c_oflag &= ~(tcflag_t)OPOST;
	modes.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
	modes.c_cc[VMIN] = 1;
	modes.c_cc[VTIME] = 0;
	set_rescue(line, restore);
	tcsetattr(line->fd, TCSAFLUSH, &modes);
	line->raw = true;
}

void line_size(const struct line *line, int *rows, int *cols)
{
	struct winsize size;

	*rows = 24;
	*cols = 80;
	if (ioctl(line->fd, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 &&
	    size.ws_col > 0) {
		*rows = size.ws_row;
		*cols = size.ws_col;
	}
}

/* ---- sending and closing ----------------------------------------------------------------- */

bool line_waits(const struct line *line)
{
	return line->sent < line->pending->len;
}

void line_append(struct line *line, const void *bytes, size_t n)
{
	g_byte_array_append(line->pending, bytes, (guint)n);
}

void line_send(struct line *line)
{
	while (line_waits(line)) {
		ssize_t n = write(line->fd, line->pending->data + line->sent,
				  line->pending->len - line->sent);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		line->sent += (guint)n;
	}
	line->sent = 0;
	g_byte_array_set_size(line->pending, 0);
}

/* A stopped line is given up: closing it would wait for its queue. */
static void send_last(struct line *line)
{
	gint64 end = g_get_monotonic_time() + LINE_CLOSE_MS * 1000;

	line_send(line);
	while (line_waits(line)) {
		struct pollfd output = {line->fd, POLLOUT, 0};
		gint64 left_ms = (end - g_get_monotonic_time()) / 1000;

		if (left_ms <= 0 || poll(&output, 1, (int)left_ms) <= 0 ||
		    (output.revents & POLLOUT) == 0) {
			tcflush(line->fd, TCOFLUSH);
			return;
		}
		line_send(line);
	}
}

void line_close(struct line *line)
{
	if (line->raw) {
		send_last(line);
		forget_rescue();
		tcsetattr(line->fd, TCSANOW, &line->old_modes);
	}
	if (line->given_fd >= 0)
		fcntl(line->given_fd, F_SETFL, line->old_flags);
	close(line->fd);
	g_byte_array_free(line->pending, TRUE);
}
