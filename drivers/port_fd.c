/* Ptys, FIFOs and Unix stream sockets: a plain descriptor (protocols.md 8.2, 8.3). */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <termios.h>
#include <unistd.h>

#include "drivers/port_kind.h"

/* Reads enough to empty a pty (16 KB) or a FIFO (64 KB), and never for ever. */
#define DROP_CHUNK 512
#define DROP_READS 256

static enum port_read fd_read(struct port *port, void *bytes, size_t n, size_t *got)
{
	ssize_t r;

	do
		r = read(port->fd, bytes, n);
	while (r < 0 && errno == EINTR);
	if (r > 0) {
		*got = (size_t)r;
		return PORT_DATA;
	}
	return r < 0 && errno == EAGAIN ? PORT_QUIET : PORT_LOST;
}

static void fd_drop(struct port *port)
{
	char bytes[DROP_CHUNK];

	for (int i = 0; i < DROP_READS; i++) {
		if (read(port->fd, bytes, sizeof(bytes)) <= 0)
			break;
	}
	explicit_bzero(bytes, sizeof(bytes));
}

static void fd_close(struct port *port)
{
	close(port->fd);
	g_free(port);
}

static const struct port_kind fd_kind = {fd_read, fd_drop, fd_close};

static int connect_socket(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd;

	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(address.sun_path, path, strlen(path));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0) {
		int number = errno == EAGAIN ? ECONNREFUSED : errno;

		close(fd);
		errno = number;
		return -1;
	}
	return fd;
}

/* A FIFO is opened for writing too: with a writer of our own it never comes to its end,
 * and the next writer is simply heard. */
static int open_path(const char *path, mode_t mode)
{
	if (S_ISSOCK(mode))
		return connect_socket(path);
	return open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
}

/* Raw, no echo. A pty cannot do 7 data bits, but it can strip the eighth. */
static bool make_raw(int fd, const char *path, const struct port_options *options,
		     GError **error)
{
	struct termios settings;

	if (tcgetattr(fd, &settings) == 0) {
		cfmakeraw(&settings);
		if (options->frame.bits == 7)
			settings.c_iflag |= ISTRIP;
		if (tcsetattr(fd, TCSANOW, &settings) == 0)
			return true;
	}
	port_open_failed(path, errno, error);
	return false;
}

struct port *port_fd_open(const char *path, const struct port_options *options,
			  GError **error)
{
	struct port *port;
	struct stat about;
	int fd;

	if (stat(path, &about) < 0) {
		port_open_failed(path, errno, error);
		return NULL;
	}
	if (!S_ISCHR(about.st_mode) && !S_ISFIFO(about.st_mode) &&
	    !S_ISSOCK(about.st_mode)) {
		g_set_error(error, PORT_ERROR, PORT_ERROR_UNUSABLE,
			    "opening %s: it is no device but a file or folder; to play a "
			    "recording write device=replay:FILE",
			    path);
		return NULL;
	}
	fd = open_path(path, about.st_mode);
	if (fd < 0) {
		port_open_failed(path, errno, error);
		return NULL;
	}
	if ((!S_ISSOCK(about.st_mode) && !port_lock(fd, path, error)) ||
	    (isatty(fd) && !make_raw(fd, path, options, error))) {
		close(fd);
		return NULL;
	}
	port = g_new0(struct port, 1);
	port->kind = &fd_kind;
	port->fd = fd;
	return port;
}
