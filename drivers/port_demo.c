/* The demo reader: a real pty, opened by name through the same code as any other. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "drivers/demo.h"
#include "drivers/port_kind.h"

struct demo {
	struct port port;
	struct port *slave;
	int master;
	size_t next;
};

static enum port_read demo_read(struct port *port, void *bytes, size_t n, size_t *got)
{
	return port_read(((struct demo *)port)->slave, bytes, n, got);
}

static void demo_drop(struct port *port)
{
	port_drop(((struct demo *)port)->slave);
}

static void demo_close(struct port *port)
{
	struct demo *demo = (struct demo *)port;

	port_close(demo->slave);
	close(demo->master);
	g_free(demo);
}

const struct port_kind port_demo_kind = {demo_read, demo_drop, demo_close};

/* A raw pty's master, and the name of its other end. */
static int open_master(char name[64])
{
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

	if (master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0 &&
	    ptsname_r(master, name, 64) == 0)
		return master;
	if (master >= 0)
		close(master);
	return -1;
}

struct port *port_demo_open(const struct port_options *options, GError **error)
{
	char name[64];
	struct demo *demo;
	struct port *slave;
	int master = open_master(name);

	if (master < 0) {
		port_open_failed("demo", errno, error);
		return NULL;
	}
	slave = port_fd_open(name, options, error);
	if (!slave) {
		close(master);
		return NULL;
	}
	demo = g_new0(struct demo, 1);
	demo->port.kind = &port_demo_kind;
	demo->port.fd = port_fd(slave);
	demo->slave = slave;
	demo->master = master;
	return &demo->port;
}

/* A swipe is far shorter than a pty's buffer; one that does not fit is not swiped. */
const char *port_demo_next(struct port *port)
{
	struct demo *demo = (struct demo *)port;
	const struct demo_swipe *swipe = &demo_swipes[demo->next];

	demo->next = (demo->next + 1) % demo_swipes_n;
	if (write(demo->master, swipe->bytes, strlen(swipe->bytes)) < 0)
		return NULL;
	return swipe->name;
}
