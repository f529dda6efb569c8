/* Real serial ports: the only file that knows libserialport (0.1.1: it takes no lock,
 * and a read tells "nothing" and "unplugged" alike). */
#include <errno.h>
#include <fcntl.h>
#include <libserialport.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "drivers/port_kind.h"

struct serial {
	struct port port;
	struct sp_port *sp;
	int lock; /* taken before the library touches the port's settings */
};

#define DROP_CHUNK 512
#define DROP_READS 256

/* A read of 0 is "nothing" and "unplugged" alike; the descriptor knows which. */
static enum port_read serial_read(struct port *port, void *bytes, size_t n, size_t *got)
{
	struct serial *serial = (struct serial *)port;
	int r = sp_nonblocking_read(serial->sp, bytes, n);

	if (r > 0) {
		*got = (size_t)r;
		return PORT_DATA;
	}
	if (r < 0 || port_hung_up(port->fd) || sp_input_waiting(serial->sp) < 0)
		return PORT_LOST;
	return PORT_QUIET;
}

static void serial_drop(struct port *port)
{
	struct serial *serial = (struct serial *)port;
	char bytes[DROP_CHUNK];

	sp_flush(serial->sp, SP_BUF_INPUT);
	for (int i = 0; i < DROP_READS; i++) {
		if (sp_nonblocking_read(serial->sp, bytes, sizeof(bytes)) <= 0)
			break;
	}
	explicit_bzero(bytes, sizeof(bytes));
}

static void serial_close(struct port *port)
{
	struct serial *serial = (struct serial *)port;

	ioctl(port->fd, TIOCNXCL);
	sp_close(serial->sp);
	sp_free_port(serial->sp);
	close(serial->lock);
	g_free(serial);
}

static const struct port_kind serial_kind = {serial_read, serial_drop, serial_close};

static enum sp_parity parity_of(char letter)
{
	static const struct {
		char letter;
		enum sp_parity parity;
	} table[] = {
		{'E', SP_PARITY_EVEN},
		{'O', SP_PARITY_ODD},
		{'M', SP_PARITY_MARK},
		{'S', SP_PARITY_SPACE},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		if (table[i].letter == letter)
			return table[i].parity;
	}
	return SP_PARITY_NONE;
}

/* What the device says it does now equals what was asked. */
static bool settings_hold(struct sp_port_config *config,
			  const struct port_options *options)
{
	enum sp_parity parity;
	int baud, bits, stop;

	return sp_get_config_baudrate(config, &baud) == SP_OK &&
	       sp_get_config_bits(config, &bits) == SP_OK &&
	       sp_get_config_parity(config, &parity) == SP_OK &&
	       sp_get_config_stopbits(config, &stop) == SP_OK &&
	       baud == (int)options->baud && bits == options->frame.bits &&
	       parity == parity_of(options->frame.parity) && stop == options->frame.stop;
}

/* The lines that power a reader are read back too, but a reader may do without them. */
static const char *lines_note(struct sp_port_config *config,
			      const struct port_options *options)
{
	static const char *const notes[] = {
		NULL,
		"DTR is not as dtr= says: a reader that draws its power from it stays dark; "
		"use another adapter or cable",
		"RTS is not as rts= says: a reader that draws its power from it stays dark; "
		"use another adapter or cable",
		"DTR and RTS are not as dtr= and rts= say: a reader that draws its power from "
		"them stays dark; use another adapter or cable",
	};
	enum sp_dtr dtr;
	enum sp_rts rts;
	int wrong = 0;

	if (sp_get_config_dtr(config, &dtr) == SP_OK &&
	    (dtr == SP_DTR_ON) != options->dtr)
		wrong |= 1;
	if (sp_get_config_rts(config, &rts) == SP_OK &&
	    (rts == SP_RTS_ON) != options->rts)
		wrong |= 2;
	return notes[wrong];
}

static bool configure(struct sp_port *sp, const struct port_options *options,
		      const char **note)
{
	struct sp_port_config *config;
	bool holds;

	if (sp_new_config(&config) != SP_OK)
		return false;
	sp_set_config_baudrate(config, (int)options->baud);
	sp_set_config_bits(config, options->frame.bits);
	sp_set_config_parity(config, parity_of(options->frame.parity));
	sp_set_config_stopbits(config, options->frame.stop);
	sp_set_config_flowcontrol(config, SP_FLOWCONTROL_NONE);
	sp_set_config_dtr(config, options->dtr ? SP_DTR_ON : SP_DTR_OFF);
	sp_set_config_rts(config, options->rts ? SP_RTS_ON : SP_RTS_OFF);
	holds = sp_set_config(sp, config) == SP_OK &&
		sp_get_config(sp, config) == SP_OK && settings_hold(config, options);
	*note = holds ? lines_note(config, options) : NULL;
	sp_free_config(config);
	return holds;
}

static void settings_refused(const char *path, const struct port_options *options,
			     GError **error)
{
	g_set_error(error, PORT_ERROR, PORT_ERROR_UNUSABLE,
		    "setting %s to %u %d%c%d: the device does not take these settings; "
		    "correct baud= and frame= after the reader's manual",
		    path, options->baud, options->frame.bits, options->frame.parity,
		    options->frame.stop);
}

/* Opens and locks the name. Another's port is left as it is: the library would already have
 * changed its settings. */
static int lock_path(const char *path, GError **error)
{
	int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0) {
		port_open_failed(path, errno, error);
		return -1;
	}
	if (port_lock(fd, path, error))
		return fd;
	close(fd);
	return -1;
}

/* errno of the call that failed in the library; a name it does not know counts as absent. */
static int failure(enum sp_return result)
{
	return result == SP_ERR_FAIL ? sp_last_error_code() : ENOENT;
}

/* Opened by the library, with our settings; NULL and an error otherwise. */
static struct sp_port *open_sp(const char *path, const struct port_options *options,
			       const char **note, GError **error)
{
	struct sp_port *sp = NULL;
	enum sp_return result = sp_get_port_by_name(path, &sp);

	if (result == SP_OK)
		result = sp_open(sp, SP_MODE_READ_WRITE);
	if (result != SP_OK) {
		port_open_failed(path, failure(result), error);
		sp_free_port(sp);
		return NULL;
	}
	if (configure(sp, options, note))
		return sp;
	settings_refused(path, options, error);
	sp_close(sp);
	sp_free_port(sp);
	return NULL;
}

struct port *port_serial_open(const char *path, const struct port_options *options,
			      GError **error)
{
	struct serial *serial;
	struct sp_port *sp;
	const char *note;
	int lock = lock_path(path, error);

	if (lock < 0)
		return NULL;
	sp = open_sp(path, options, &note, error);
	if (!sp) {
		close(lock);
		return NULL;
	}
	serial = g_new0(struct serial, 1);
	serial->port.kind = &serial_kind;
	serial->sp = sp;
	serial->lock = lock;
	serial->port.note = note;
	sp_get_port_handle(sp, &serial->port.fd);
	fcntl(serial->port.fd, F_SETFD, FD_CLOEXEC); /* the library does not */
	ioctl(serial->port.fd, TIOCEXCL);
	return &serial->port;
}
