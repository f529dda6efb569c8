/*
 * port_kind: what port.c and the kinds of port share; nobody else includes it
 */
#ifndef DRIVERS_PORT_KIND_H
#define DRIVERS_PORT_KIND_H

#include "drivers/port.h"

/* A kind of port. Each keeps its own struct, whose first member is struct port. */
struct port_kind {
	enum port_read (*read)(struct port *port, void *bytes, size_t n, size_t *got);
	void (*drop)(struct port *port);
	void (*close)(struct port *port); /* frees it */
};

struct port {
	const struct port_kind *kind;
	int fd;           /* to poll */
	const char *note; /* port_note(); NULL: "" */
};

/* `path` is resolved: no link. */
struct port *port_serial_open(const char *path, const struct port_options *options,
			      GError **error);
struct port *port_fd_open(const char *path, const struct port_options *options,
			  GError **error);
/* `name` is what follows "replay:": FILE or FILE@SPEED. */
struct port *port_replay_open(const char *name, GError **error);
struct port *port_demo_open(const struct port_options *options, GError **error);
const char *port_demo_next(struct port *port);
extern const struct port_kind port_demo_kind;

/* Locks a device for this process with flock, which a crash gives up too. False and
 * PORT_ERROR_BUSY when another has it. Closing the descriptor unlocks. */
bool port_lock(int fd, const char *path, GError **error);

/* The error for a failed open of `path`, from errno. */
void port_open_failed(const char *path, int number, GError **error);

/* POLLHUP or POLLERR stands on the descriptor. */
bool port_hung_up(int fd);

#endif
