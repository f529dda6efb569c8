/*
 * port: a source of bytes on the counter
 *
 * One interface over what `device=` may name:
 *
 *   a serial port, or a udev link to one   libserialport (port_serial.c)
 *   a pty, a FIFO, a Unix stream socket    a plain descriptor (port_fd.c)
 *   replay:FILE                            a recording (port_replay.c)
 *   demo                                   recorded swipes through a real pty (port_demo.c)
 *
 * A recording is text, a line a piece:
 *
 *   # comment
 *   +0    02 1b "%9643001000000010?" 0d    MILLISECONDS after the line before (the first:
 *   +1500 ";E?" 0d                         after opening), then hex pairs and "texts"
 *
 * and is played with its own timing, or with replay:FILE@SPEED that many times faster
 * (0.01 to 1000; 0.5 is half as fast). An idle line of 300 ms is one in played time: above
 * @1 two bursts may become one. A FILE whose name ends like that is taken as it is when
 * there is one.
 *
 * Links are resolved first; a name is a serial port when the kernel lists it under
 * /sys/class/tty and it is not in /dev/pts: the library knows nothing of ptys.
 *
 * A port is exclusive: flock, and on serial ports TIOCEXCL. Not on ptys: there it
 * would outlive a crash and lock the next run out. A port in use is told in words.
 * Nothing blocks, save that the kernel may take its time over opening and closing. Not
 * thread-safe: one thread a port. No bytes are kept here; what was read is the caller's,
 * who wipes it. Nothing here prints or logs.
 */
#ifndef DRIVERS_PORT_H
#define DRIVERS_PORT_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#define PORT_ERROR port_error_quark()
GQuark port_error_quark(void);

/* What the caller may do about it. Every message says what was being done, to what, why it
 * failed and what to do next. */
enum port_error {
	PORT_ERROR_ABSENT,   /* no such device now: try again later */
	PORT_ERROR_BUSY,     /* another program holds it: try again later, tell people */
	PORT_ERROR_UNUSABLE, /* wrong name, rights, settings, recording: tell people */
};

/* "8N1": data bits 5-8, parity N E O M S, stop bits 1-2. */
struct port_frame {
	int bits;
	char parity;
	int stop;
};

/* Reads "8N1", in either case. False, and *frame untouched, for anything else. */
bool port_frame_parse(const char *text, struct port_frame *frame);

struct port_options {
	unsigned baud;           /* 300 to 115200 and what else the device takes */
	struct port_frame frame; /* what is no serial port may not take it: port_note() */
	bool dtr; /* raise it: many readers draw their power from these two */
	bool rts;
};

struct port;

/*
 * Opens `device` and makes it ready: raw, no echo, no flow control, locked. The settings
 * are read back, and a serial port that took others is an error (but DTR and RTS a note).
 * Returns a port that the caller
 * closes, or NULL and an error of PORT_ERROR.
 */
struct port *port_open(const char *device, const struct port_options *options,
		       GError **error);

/* NULL is allowed. Gives up the lock. */
void port_close(struct port *port);

/* What the device did not take of the options, read back after setting them, in words, and
 * what follows from it; "": it took all. The port works nevertheless: a pty has no parity,
 * and many an adapter no DTR. A constant text. */
const char *port_note(const struct port *port);

/* The descriptor to poll for POLLIN; it stays the same as long as the port is open. */
int port_fd(const struct port *port);

enum port_read {
	PORT_DATA,  /* *got bytes, 1 to n */
	PORT_QUIET, /* nothing now */
	PORT_LOST, /* unplugged, or the other end closed: close it, open it again by name */
	PORT_ENDED, /* a recording played to its end; it stays readable: close it */
};

/* Takes at most n bytes of what is there. Bytes unread at a hang-up are lost in the kernel.
 * *got is 0 for all but PORT_DATA. */
enum port_read port_read(struct port *port, void *bytes, size_t n, size_t *got);

/* Throws away what waits unread: at start, after a pause (README, "A visit").
 * The bytes are wiped. */
void port_drop(struct port *port);

/* Swipes the next card of the demo's list (demo.h) and returns its name, for the screen;
 * NULL when this is no demo port. After the last comes the first again. */
const char *port_demo_swipe(struct port *port);

#endif
