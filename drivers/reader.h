/*
 * reader: the protocols that card readers speak, and the life of one device
 *
 * A new protocol is one decoder file and one row of reader_protocols[]
 * (reader_protocols.c).
 *
 * Rules of all decoders:
 *   - they go byte by byte: the same bytes give the same readings, however they were split
 *     between reads. Only a line that was idle for 300 ms is an event of its own: a burst
 *     ends there (port-powered heads pause for 10 ms between characters);
 *   - before a start character every byte is skipped in silence, NUL, 0xFF and text too;
 *   - one swipe, frame or code has one outcome: a number, an error (enum card_error), a
 *     refusal by the guard (payment_card.h), which comes first, or nothing;
 *   - memory is fixed: what is too long is one `overlong`, and the next start is waited for;
 *   - raw bytes are wiped (explicit_bzero) on every path, and never printed.
 *
 * The life, in UnifiedPOS words:
 *
 *   CLOSED --open--> OPENED --the device is there, and ours--> CLAIMED --enable--> ENABLED
 *     ^                ^  retried: 0.1 s, 0.2, 0.4, 0.8, then every second  |         |
 *     |                |                                                    |         |
 *     +--close-- (any) OFFLINE <--unplugged, or the other end closed--------+---------+
 *                      retried in the same way; then CLAIMED or ENABLED as it was
 *   ENDED: a recording was played; nothing more comes.
 *
 *   OPENED, OFFLINE  reader_why() says what stands in the way (absent, in use, no right)
 *   CLAIMED          the port is ours, its bytes are dropped unread (pause, manager's pages)
 *   ENABLED          swipes are told
 *
 * So an unplugged reader is back within 2 s of being plugged in (a second of waiting, and
 * what the kernel needs).
 *
 * No threads and no main loop: the caller polls reader_fd() for POLLIN, wakes at
 * reader_deadline_ms(), and calls reader_on_readable() or reader_on_time(). Times are
 * milliseconds of one monotonic clock, never negative. No call blocks, but opening and
 * closing a device may take what the kernel takes. Memory is fixed, but for the port's own.
 * One thread a reader.
 *
 * A device that streams cannot starve the loop, nor fill the disk with what it tells. One
 * call reads at most READER_READ_MAX bytes. Each byte, and each reading told as if it were
 * READER_READING_BYTES more, is taken from an allowance that no real line uses up:
 * READER_BURST_BYTES, growing by READER_BYTES_PER_MS; while it is used up the device is not
 * read (but when listening), and what it sends waits in the kernel: nothing is lost. A
 * device is said to *stream* that within READER_STREAM_MS without a pause has used up its
 * allowance or told READER_STREAM_READINGS things. Then reader_why() says so in words, and
 * until it was quiet for READER_STREAM_QUIET_MS its errors are not told, and of other
 * readings one a second.
 *
 * Raw bytes are wiped before each call returns, but for the decoder's begun swipe; that is
 * wiped when the swipe is told, and when the port is lost, disabled or closed.
 */
#ifndef DRIVERS_READER_H
#define DRIVERS_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/card.h"
#include "drivers/barcode.h"
#include "drivers/magstripe.h"
#include "drivers/port.h"
#include "drivers/rfid.h"
#include "drivers/uid.h"

#ifdef TILLASK_TINY_BUFFERS
#define READER_READ_MAX 3
#else
#define READER_READ_MAX 512
#endif

/* A stuck line of start characters is a bad read each; nobody swipes faster than this. The
 * rest of a second's errors are not told. Numbers and refusals are. */
#define READER_ERRORS_PER_SECOND 10

/* Twenty times what 115,200 Bd bring; and what may wait in a FIFO while the loop is away. */
#define READER_BYTES_PER_MS  256
#define READER_BURST_BYTES   65536
#define READER_READING_BYTES 10000

/* Nobody swipes for so long, so often, without the line being quiet for 300 ms. */
#define READER_STREAM_MS       3000
#define READER_STREAM_GAP_MS   300
#define READER_STREAM_READINGS 10
#define READER_STREAM_QUIET_MS 1000

/* Waits between attempts to open the device. */
#define READER_RETRY_MIN_MS 100
#define READER_RETRY_MAX_MS 1000

/* One decoder a reader. */
union reader_decoder {
	struct magstripe magstripe;
	struct rfid rfid;
	struct barcode barcode;
	struct uid uid;
};

struct reader_protocol;

/* Who looks at the bytes beside the decoder (line_hint.h, recording.h), and at all it tells of
 * them: also the errors that are too many a second. */
struct reader_tap {
	/* Before the decoder gets them. `between`: it has nothing begun. */
	void (*bytes)(const unsigned char *bytes, size_t n, int64_t now_ms, bool between,
		      void *user);
	card_sink *card;
	void *user;
};

/* What config.ini says of a reader; strings and rules are borrowed for its life. */
struct reader_options {
	const char *device; /* as port_open() takes it */
	const struct reader_protocol *protocol;
	unsigned baud;     /* 0: as reader_baud() says */
	const char *frame; /* "8N1"; NULL: the protocol's; already checked */
	bool no_dtr,
		no_rts; /* leave these lines down; readers that draw power need them up */
	bool listening; /* what waits at opening is not dropped; a stream is read at any speed,
			   and all of it told */
	bool lrc;       /* magstripe: a check character follows each `?` */
	bool parallax; /* rfid: the frame of that module */
	bool ean;      /* barcode: only EAN and UPC */
	bool bcc;      /* barcode: a check byte before the end */
	bool reverse;  /* uid: the last byte comes first */
	const struct card_rules *rules;
	const struct reader_tap *tap; /* NULL: nobody */
};

/* A row of the table. Decoders are pure; `sink` is called from feed and idle. now_ms is
 * for those that tell one presentation of a card from the next. */
struct reader_protocol {
	const char *name; /* protocol= */
	unsigned baud;    /* defaults of the line */
	const char *frame;
	unsigned idle_ms; /* a line this long without a byte ends the burst */
	void (*init)(union reader_decoder *decoder, const struct reader_options *options);
	void (*feed)(union reader_decoder *decoder, const unsigned char *bytes, size_t n,
		     int64_t now_ms, card_sink *sink, void *user);
	void (*idle)(union reader_decoder *decoder, card_sink *sink, void *user);
	bool (*pending)(const union reader_decoder *decoder); /* does idle have work? */
	void (*reset)(union reader_decoder *decoder);         /* forget, and wipe */
};

extern const struct reader_protocol reader_protocols[];
extern const size_t reader_protocols_n;

/* NULL: no such protocol. */
const struct reader_protocol *reader_protocol_find(const char *name);

/* The speed of the line: as asked, else that of the protocol (Parallax: 2400). */
unsigned reader_baud(const struct reader_options *options);

enum reader_state {
	READER_CLOSED,
	READER_OPENED,
	READER_CLAIMED,
	READER_ENABLED,
	READER_OFFLINE,
	READER_ENDED,
};

/* "closed", "opened", "claimed", "enabled", "off-line", "ended". */
const char *reader_state_name(enum reader_state state);

struct reader;

/* Where things go; called from within the reader's functions, which it may not call back
 * except reader_state_of and reader_why. */
struct reader_sink {
	card_sink *card;
	/* The state changed, or the reason did: while OPENED or OFFLINE, or while ENABLED
	 * that it streams, or does no longer. */
	void (*state)(const struct reader *reader, void *user);
	void *user;
};

/* The caller's memory; all fields are the reader's own. It may not be moved. */
struct reader {
	struct reader_options options;
	union reader_decoder decoder;
	struct port *port;
	enum reader_state state;
	bool enabled;        /* wanted, when the device is there */
	int64_t idle_at_ms;  /* -1: nothing begun */
	int64_t retry_at_ms; /* -1: not waiting */
	int64_t retry_wait_ms;
	int64_t opened_at_ms;
	int64_t errors_since_ms;
	int errors;
	int64_t told_ms;                  /* a number or a refusal */
	int64_t allowance, allowed_at_ms; /* bytes */
	int64_t read_at_ms;               /* -1: the allowance is not used up */
	int64_t stream_since_ms,
		last_ms; /* the first and the last byte without a pause */
	int stream_readings;
	bool used_up; /* in this stream */
	bool streams;
	char why[256];
};

/* CLOSED, and not enabled. */
void reader_init(struct reader *reader, const struct reader_options *options);

/* Opens the device now, or says why not and goes on trying. What waits in the device is
 * dropped unread, save when listening. Only when CLOSED. */
void reader_open(struct reader *reader, int64_t now_ms, const struct reader_sink *sink);

/* Takes part in the world again, or not for now. Enabling drops what waits unread;
 * disabling forgets a begun swipe. May be called in any state. */
void reader_enable(struct reader *reader, const struct reader_sink *sink);
void reader_disable(struct reader *reader, const struct reader_sink *sink);

/* Forgets and wipes, gives the device back. May be called in any state. */
void reader_close(struct reader *reader, const struct reader_sink *sink);

/* To poll for POLLIN (hang-ups come by themselves); -1: nothing. Ask again after every
 * call. */
int reader_fd(const struct reader *reader);

/* When reader_on_time() wants to be called; -1: never. */
int64_t reader_deadline_ms(const struct reader *reader);

/* The descriptor is readable or hung up. A false alarm does no harm. */
void reader_on_readable(struct reader *reader, int64_t now_ms,
			const struct reader_sink *sink);

/* The deadline is reached (earlier calls do nothing). The line counts as idle only if
 * nothing waits in the device: a loop that came late does not cut a swipe in two. */
void reader_on_time(struct reader *reader, int64_t now_ms,
		    const struct reader_sink *sink);

enum reader_state reader_state_of(const struct reader *reader);

/* The device is read, but it streams; reader_why() says what to do. */
bool reader_streams(const struct reader *reader);

/* The last failure in words (what was being done, to what, why, what to do next); "" when
 * all is well. Valid until the next call. */
const char *reader_why(const struct reader *reader);

/* What the open device did not take of its settings, in words (port_note); "": nothing, or
 * the device is not open. A constant text. */
const char *reader_note(const struct reader *reader);

/* A demo reader swipes its next card: its name. NULL: this is no demo reader. */
const char *reader_demo_swipe(struct reader *reader);

#endif
