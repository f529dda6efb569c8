#include "drivers/port.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "drivers/port_kind.h"

GQuark port_error_quark(void)
{
	return g_quark_from_static_string("port-error");
}

bool port_frame_parse(const char *text, struct port_frame *frame)
{
	if (strlen(text) != 3 || text[0] < '5' || text[0] > '8' ||
	    !strchr("NEOMSneoms", text[1]) || (text[2] != '1' && text[2] != '2'))
		return false;
	frame->bits = text[0] - '0';
	frame->parity = g_ascii_toupper(text[1]);
	frame->stop = text[2] - '0';
	return true;
}

static const struct {
	int number;
	enum port_error code;
	const char *why;
	const char *next;
} open_errors[] = {
	{ENOENT, PORT_ERROR_ABSENT, "there is no such device",
	 "plug it in, or correct device="},
	{ENODEV, PORT_ERROR_ABSENT, "the device is gone", "plug it in again"},
	{ENXIO, PORT_ERROR_ABSENT, "nothing stands behind that name",
	 "switch the device on, or correct device="},
	{EIO, PORT_ERROR_ABSENT, "the device does not answer", "plug it in again"},
	{ECONNREFUSED, PORT_ERROR_ABSENT, "nobody listens on that socket",
	 "start the program that serves it"},
	{EBUSY, PORT_ERROR_BUSY, "another program uses it",
	 "close that program, or name another device="},
	{EACCES, PORT_ERROR_UNUSABLE, "this user has no right to it",
	 "add the user to the group dialout and log in again"},
	{EPERM, PORT_ERROR_UNUSABLE, "this user has no right to it",
	 "add the user to the group dialout and log in again"},
	{ELOOP, PORT_ERROR_UNUSABLE, "its links lead in a circle", "correct device="},
	{ENAMETOOLONG, PORT_ERROR_UNUSABLE, "the name is too long",
	 "give it a shorter one (a socket's has at most 107 bytes)"},
};

void port_open_failed(const char *path, int number, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(open_errors); i++) {
		if (open_errors[i].number == number) {
			g_set_error(error, PORT_ERROR, open_errors[i].code,
				    "opening %s: %s; %s", path, open_errors[i].why,
				    open_errors[i].next);
			return;
		}
	}
	g_set_error(error, PORT_ERROR, PORT_ERROR_UNUSABLE,
		    "opening %s: %s; check the device and its cable", path,
		    g_strerror(number));
}

bool port_lock(int fd, const char *path, GError **error)
{
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return true;
	port_open_failed(path, errno == EWOULDBLOCK ? EBUSY : errno, error);
	return false;
}

bool port_hung_up(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	return poll(&p, 1, 0) > 0 && (p.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

static bool is_serial(const char *path)
{
	g_autofree char *sysfs = NULL;

	if (!g_str_has_prefix(path, "/dev/") || g_str_has_prefix(path, "/dev/pts/"))
		return false;
	sysfs = g_strconcat("/sys/class/tty/", path + strlen("/dev/"), NULL);
	return access(sysfs, F_OK) == 0;
}

struct port *port_open(const char *device, const struct port_options *options,
		       GError **error)
{
	char path[PATH_MAX];

	if (strcmp(device, "demo") == 0)
		return port_demo_open(options, error);
	if (g_str_has_prefix(device, "replay:"))
		return port_replay_open(device + strlen("replay:"), error);
	if (!realpath(device, path)) {
		port_open_failed(device, errno, error);
		return NULL;
	}
	if (is_serial(path))
		return port_serial_open(path, options, error);
	return port_fd_open(path, options, error);
}

void port_close(struct port *port)
{
	if (port)
		port->kind->close(port);
}

int port_fd(const struct port *port)
{
	return port->fd;
}

const char *port_note(const struct port *port)
{
	return port->note ? port->note : "";
}

enum port_read port_read(struct port *port, void *bytes, size_t n, size_t *got)
{
	*got = 0;
	return port->kind->read(port, bytes, n, got);
}

void port_drop(struct port *port)
{
	port->kind->drop(port);
}

const char *port_demo_swipe(struct port *port)
{
	return port->kind == &port_demo_kind ? port_demo_next(port) : NULL;
}
