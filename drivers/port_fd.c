/* Ptys, FIFOs and Unix stream sockets: a plain descriptor. */
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

static const char seven_bits[] =
	"it is no serial port and has no data bits and parity: bit 7 is taken off, parity is "
	"not checked; set them where the serial line itself ends (socat, the serial server)";
static const char no_frame[] =
	"it is no serial port and has no parity and stop bits: bytes are taken as they come; "
	"set frame= where the serial line itself ends (socat, the serial server)";

static bool is_8n1(const struct port_frame *frame)
{
	return frame->bits == 8 && frame->parity == 'N' && frame->stop == 1;
}

#define FRAME_FLAGS ((tcflag_t)(CSIZE | PARENB | PARODD | CSTOPB))

static tcflag_t frame_flags(const struct port_frame *frame)
{
	tcflag_t flags = frame->bits == 7 ? CS7 : CS8;

	if (frame->parity == 'E' || frame->parity == 'O')
		flags |= PARENB;
	if (frame->parity == 'O')
		flags |= PARODD;
	return frame->stop == 2 ? flags | CSTOPB : flags;
}

/* Raw, no echo, and the frame as far as the terminal takes it, which only reading back
 * tells: a pty refuses it silently, or by EINVAL when nothing else changes. It cannot
 * do 7 data bits, but it can strip the eighth. */
static bool make_raw(int fd, const char *path, const struct port_options *options,
		     const char **note, GError **error)
{
	const tcflag_t wanted = frame_flags(&options->frame);
	struct termios settings;

	if (tcgetattr(fd, &settings) == 0) {
		cfmakeraw(&settings);
		settings.c_cflag = (settings.c_cflag & ~FRAME_FLAGS) | wanted;
		if (options->frame.bits == 7)
			settings.c_iflag |= ISTRIP;
		if (tcsetattr(fd, TCSANOW, &settings) != 0 && errno != EINVAL) {
			port_open_failed(path, errno, error);
			return false;
		}
	}
	if (tcgetattr(fd, &settings) != 0 || (settings.c_lflag & (ICANON | ECHO)) != 0) {
		port_open_failed(path, errno, error);
		return false;
	}
	if ((settings.c_cflag & FRAME_FLAGS) != wanted)
		*note = options->frame.bits == 7 ? seven_bits : no_frame;
	return true;
}

struct port *port_fd_open(const char *path, const struct port_options *options,
			  GError **error)
{
	const char *note = NULL;
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
	    (isatty(fd) && !make_raw(fd, path, options, &note, error))) {
		close(fd);
		return NULL;
	}
	port = g_new0(struct port, 1);
	port->kind = &fd_kind;
	port->fd = fd;
	port->note = isatty(fd) || is_8n1(&options->frame) ? note : no_frame;
	return port;
}
