/*
 * display_line: the line to a customer display as a device
 *
 * The life of the device is that of a card reader (reader.h): opened, lost, tried again, a
 * recording played; a display is one more decoder on it. What is told are *looks*: the
 * screen as a person sees it when it stands still.
 *
 *   quiet    nothing came for DISPLAY_QUIET_MS: what stands on the screen
 *   busy     the line is never quiet (tills paint the same picture every 50 ms while
 *            something on it moves): the last whole picture, when it was
 *            painted the same again for DISPLAY_QUIET_MS, or else every DISPLAY_BUSY_MS;
 *            only if it is another than the one told last, and never a blank one
 *
 * reader.h says what may be called when. Pure but for the reader in it; one thread.
 */
#ifndef DRIVERS_DISPLAY_LINE_H
#define DRIVERS_DISPLAY_LINE_H

#include "drivers/display.h"
#include "drivers/reader.h"

#define DISPLAY_QUIET_MS 200
#define DISPLAY_BUSY_MS  1000

struct display_look {
	char line[DISPLAY_ROWS][DISPLAY_LINE_MAX + 1]; /* UTF-8, 20 columns each */
	bool kicked; /* the cash drawer was, since the look before */
};

typedef void display_sink(const struct display_look *look, void *user);

struct display_line_options {
	const char
		*device; /* as port_open() takes it; NULL: display_line_init only feeds */
	unsigned baud;   /* 0: the protocol's */
	const char *frame; /* NULL: the protocol's */
	bool dtr, rts;     /* a listener drives no line */
	bool listening;    /* as in reader_options */
	struct display_options display;
};

/* The caller's memory; may not be moved. `reader` is the device: open, poll and close it by
 * the functions of reader.h; its card sink is never called. */
struct display_line {
	struct reader reader;
	struct display display;
	struct display_line_options options;
	display_sink *sink;
	void *user;
	/* its own */
	struct reader_protocol protocol;
	bool pending;
	int64_t busy_since_ms, whole_since_ms;
	uint32_t wholes;
	bool has_whole; /* one came since the line was quiet */
	display_picture whole;
	struct display_look told;
};

/* Options are copied, what they point to is borrowed. SINK is called from within the
 * functions of reader.h, and of this header. */
void display_line_init(struct display_line *line,
		       const struct display_line_options *options, display_sink *sink,
		       void *user);

/* Without a device: bytes, and a quiet line. */
void display_line_feed(struct display_line *line, const unsigned char *bytes, size_t n,
		       int64_t now_ms);
void display_line_quiet(struct display_line *line);
/* Something came since the line was quiet. */
bool display_line_pending(const struct display_line *line);

#endif
