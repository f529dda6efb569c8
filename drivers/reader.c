#include "drivers/reader.h"

#include <string.h>

static const char *const state_names[] = {
	[READER_CLOSED] = "closed",    [READER_OPENED] = "opened",
	[READER_CLAIMED] = "claimed",  [READER_ENABLED] = "enabled",
	[READER_OFFLINE] = "off-line", [READER_ENDED] = "ended",
};

const char *reader_state_name(enum reader_state state)
{
	return state_names[state];
}

/* The one writer of .state and .why. */
static void move(struct reader *reader, enum reader_state state, const char *why,
		 const struct reader_sink *sink)
{
	if (state == reader->state && strcmp(why, reader->why) == 0)
		return;
	reader->state = state;
	g_strlcpy(reader->why, why, sizeof(reader->why));
	sink->state(reader, sink->user);
}

static void move_enabled(struct reader *reader, const struct reader_sink *sink)
{
	g_autofree char *why = NULL;

	if (reader->streams && reader->used_up)
		why = g_strdup_printf(
			"reading %s: it sends faster than any serial line and does not "
			"stop; find the program that writes into it",
			reader->options.device);
	else if (reader->streams)
		why = g_strdup_printf(
			"reading %s: it sends without a pause; unplug it, then look with "
			"`tillask listen` at what it sends",
			reader->options.device);
	move(reader, READER_ENABLED, why ? why : "", sink);
}

static void set_streams(struct reader *reader, bool streams,
			const struct reader_sink *sink)
{
	reader->streams = streams;
	if (reader->state == READER_ENABLED)
		move_enabled(reader, sink);
	else
		sink->state(reader, sink->user);
}

/* Stands between decoder and world: a stuck line's errors are counted. */
struct filter {
	struct reader *reader;
	int64_t now_ms;
	const struct reader_sink *sink;
};

static bool is_one_error_too_many(struct reader *reader, int64_t now_ms)
{
	if (now_ms - reader->errors_since_ms >= 1000) {
		reader->errors_since_ms = now_ms;
		reader->errors = 0;
	}
	return ++reader->errors > READER_ERRORS_PER_SECOND;
}

static bool is_told(struct reader *reader, const struct card_reading *reading,
		    int64_t now_ms)
{
	bool streams = reader->streams && !reader->options.listening;

	if (reading->result == CARD_ERROR)
		return !is_one_error_too_many(reader, now_ms) && !streams;
	if (streams && now_ms - reader->told_ms < 1000)
		return false;
	reader->told_ms = now_ms;
	return true;
}

static void filter_card(const struct card_reading *reading, void *user)
{
	struct filter *filter = user;
	struct reader *reader = filter->reader;
	const struct reader_tap *tap = reader->options.tap;

	if (tap)
		tap->card(reading, tap->user);
	reader->stream_readings++;
	if (!is_told(reader, reading, filter->now_ms))
		return;
	if (reading->result != CARD_ERROR)
		reader->allowance -= READER_READING_BYTES;
	filter->sink->card(reading, filter->sink->user);
}

static void end_burst(struct reader *reader, int64_t now_ms,
		      const struct reader_sink *sink)
{
	struct filter filter = {reader, now_ms, sink};

	reader->idle_at_ms = -1;
	reader->options.protocol->idle(&reader->decoder, filter_card, &filter);
}

static void forget(struct reader *reader)
{
	reader->idle_at_ms = -1;
	reader->options.protocol->reset(&reader->decoder);
}

static void give_back(struct reader *reader)
{
	port_close(reader->port);
	reader->port = NULL;
	reader->streams = false;
}

static struct port_options port_options_of(const struct reader *reader)
{
	const struct reader_options *options = &reader->options;
	struct port_options out = {
		.baud = reader_baud(options),
		.dtr = !options->no_dtr,
		.rts = !options->no_rts,
	};
	bool known = port_frame_parse(
		options->frame ? options->frame : options->protocol->frame, &out.frame);

	g_assert(known);
	return out;
}

static void wait_and_retry(struct reader *reader, int64_t now_ms)
{
	reader->retry_at_ms = now_ms + reader->retry_wait_ms;
	reader->retry_wait_ms = MIN(2 * reader->retry_wait_ms, READER_RETRY_MAX_MS);
}

static void try_open(struct reader *reader, int64_t now_ms,
		     const struct reader_sink *sink)
{
	struct port_options options = port_options_of(reader);
	g_autoptr(GError) error = NULL;

	reader->port = port_open(reader->options.device, &options, &error);
	if (!reader->port) {
		wait_and_retry(reader, now_ms);
		move(reader,
		     reader->state == READER_OFFLINE ? READER_OFFLINE : READER_OPENED,
		     error->message, sink);
		return;
	}
	reader->retry_at_ms = reader->read_at_ms = -1;
	reader->opened_at_ms = reader->allowed_at_ms = now_ms;
	reader->allowance = READER_BURST_BYTES;
	reader->last_ms = -READER_STREAM_GAP_MS;
	if (!reader->options.listening)
		port_drop(reader->port);
	move(reader, reader->enabled ? READER_ENABLED : READER_CLAIMED, "", sink);
}

/* A device that is lost as soon as it is opened is not tried ten times a second. */
#define READER_LIVED_MS 2000

/* Whole swipes that only waited for the idle line are told first. */
static void lose_port(struct reader *reader, int64_t now_ms,
		      const struct reader_sink *sink)
{
	g_autofree char *why = NULL;

	give_back(reader);
	end_burst(reader, now_ms, sink);
	forget(reader);
	if (now_ms - reader->opened_at_ms >= READER_LIVED_MS)
		reader->retry_wait_ms = READER_RETRY_MIN_MS;
	wait_and_retry(reader, now_ms);
	why = g_strdup_printf(
		"reading %s: the device was unplugged, or its other end was "
		"closed; plug it in again",
		reader->options.device);
	move(reader, READER_OFFLINE, why, sink);
}

static void end_recording(struct reader *reader, int64_t now_ms,
			  const struct reader_sink *sink)
{
	give_back(reader);
	end_burst(reader, now_ms, sink);
	forget(reader);
	move(reader, READER_ENDED, "", sink);
}

/* ---- devices that stream -------------------------------------------------------------- */

static void allow(struct reader *reader, int64_t now_ms)
{
	int64_t more = (now_ms - reader->allowed_at_ms) * READER_BYTES_PER_MS;

	reader->allowance = MIN(reader->allowance + more, READER_BURST_BYTES);
	reader->allowed_at_ms = now_ms;
	reader->read_at_ms = -1;
}

/* After a read. Used up, it has to grow to a whole piece before the next. */
static void charge(struct reader *reader, size_t n, int64_t now_ms)
{
	reader->allowance -= (int64_t)n;
	if (reader->allowance > 0)
		return;
	reader->used_up = true;
	if (reader->options.listening) {
		reader->allowance = 0;
		return;
	}
	reader->read_at_ms = now_ms + 1 +
			     (READER_READ_MAX - reader->allowance) / READER_BYTES_PER_MS;
	reader->last_ms = reader->read_at_ms; /* it is not the device that pauses */
}

static void begin_window(struct reader *reader, int64_t now_ms)
{
	reader->stream_since_ms = now_ms;
	reader->stream_readings = 0;
	reader->used_up = false;
}

/* Bytes came. A tag that lies on its reader for hours sends without a pause too, but it
 * tells one thing, and little of it is new. */
static void note_stream(struct reader *reader, int64_t now_ms,
			const struct reader_sink *sink)
{
	bool paused = now_ms - reader->last_ms >= READER_STREAM_GAP_MS;

	reader->last_ms = now_ms;
	if (paused)
		begin_window(reader, now_ms);
	if (reader->streams || now_ms - reader->stream_since_ms < READER_STREAM_MS)
		return;
	if (reader->used_up || reader->stream_readings >= READER_STREAM_READINGS)
		set_streams(reader, true, sink);
	else
		begin_window(reader, now_ms);
}

static int64_t stream_over_ms(const struct reader *reader)
{
	return reader->streams ? reader->last_ms + READER_STREAM_QUIET_MS : -1;
}

static void end_stream(struct reader *reader, int64_t now_ms,
		       const struct reader_sink *sink)
{
	if (!reader->streams || now_ms < stream_over_ms(reader))
		return;
	set_streams(reader, false, sink);
}

bool reader_streams(const struct reader *reader)
{
	return reader->streams;
}

/* ---- reading -------------------------------------------------------------------------- */

static void take(struct reader *reader, const unsigned char *bytes, size_t n,
		 int64_t now_ms, const struct reader_sink *sink)
{
	const struct reader_protocol *protocol = reader->options.protocol;
	const struct reader_tap *tap = reader->options.tap;
	struct filter filter = {reader, now_ms, sink};

	if (!reader->enabled)
		return;
	note_stream(reader, now_ms, sink);
	if (tap)
		tap->bytes(bytes, n, now_ms, !protocol->pending(&reader->decoder),
			   tap->user);
	protocol->feed(&reader->decoder, bytes, n, now_ms, filter_card, &filter);
	reader->idle_at_ms = protocol->pending(&reader->decoder)
				     ? now_ms + protocol->idle_ms
				     : -1;
}

/* One read. True: there was something, and more may wait. */
static bool read_some(struct reader *reader, int64_t now_ms,
		      const struct reader_sink *sink)
{
	unsigned char bytes[READER_READ_MAX];
	size_t got;

	allow(reader, now_ms);
	switch (port_read(reader->port, bytes, sizeof(bytes), &got)) {
	case PORT_DATA:
		take(reader, bytes, got, now_ms, sink);
		explicit_bzero(bytes, got);
		charge(reader, got, now_ms);
		return true;
	case PORT_QUIET:
		return false;
	case PORT_LOST:
		lose_port(reader, now_ms, sink);
		return false;
	case PORT_ENDED:
		end_recording(reader, now_ms, sink);
		return false;
	}
	return false;
}

void reader_init(struct reader *reader, const struct reader_options *options)
{
	memset(reader, 0, sizeof(*reader));
	reader->options = *options;
	reader->idle_at_ms = -1;
	reader->retry_at_ms = reader->read_at_ms = -1;
	reader->retry_wait_ms = READER_RETRY_MIN_MS;
	options->protocol->init(&reader->decoder, options);
}

void reader_open(struct reader *reader, int64_t now_ms, const struct reader_sink *sink)
{
	g_assert(reader->state == READER_CLOSED);
	reader->retry_wait_ms = READER_RETRY_MIN_MS;
	try_open(reader, now_ms, sink);
}

void reader_enable(struct reader *reader, const struct reader_sink *sink)
{
	if (reader->enabled)
		return;
	reader->enabled = true;
	if (reader->state == READER_CLAIMED) {
		port_drop(reader->port);
		move_enabled(reader, sink);
	}
}

void reader_disable(struct reader *reader, const struct reader_sink *sink)
{
	reader->enabled = false;
	forget(reader);
	if (reader->state == READER_ENABLED)
		move(reader, READER_CLAIMED, "", sink);
}

void reader_close(struct reader *reader, const struct reader_sink *sink)
{
	give_back(reader);
	reader->retry_at_ms = -1;
	forget(reader);
	move(reader, READER_CLOSED, "", sink);
}

int reader_fd(const struct reader *reader)
{
	return reader->port && reader->read_at_ms < 0 ? port_fd(reader->port) : -1;
}

/* The earlier one; -1: never. */
static int64_t earlier(int64_t a, int64_t b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

/* A device that is not read for a moment cannot be idle either. */
int64_t reader_deadline_ms(const struct reader *reader)
{
	if (!reader->port)
		return reader->retry_at_ms;
	if (reader->read_at_ms >= 0)
		return reader->read_at_ms;
	return earlier(reader->idle_at_ms, stream_over_ms(reader));
}

void reader_on_readable(struct reader *reader, int64_t now_ms,
			const struct reader_sink *sink)
{
	if (reader_fd(reader) >= 0)
		read_some(reader, now_ms, sink);
}

void reader_on_time(struct reader *reader, int64_t now_ms, const struct reader_sink *sink)
{
	int64_t deadline = reader_deadline_ms(reader);

	if (deadline < 0 || now_ms < deadline)
		return;
	if (!reader->port) {
		try_open(reader, now_ms, sink);
		return;
	}
	if (read_some(reader, now_ms, sink) || !reader->port)
		return;
	if (reader->idle_at_ms >= 0 && now_ms >= reader->idle_at_ms)
		end_burst(reader, now_ms, sink);
	end_stream(reader, now_ms, sink);
}

enum reader_state reader_state_of(const struct reader *reader)
{
	return reader->state;
}

const char *reader_why(const struct reader *reader)
{
	return reader->why;
}

const char *reader_note(const struct reader *reader)
{
	return reader->port ? port_note(reader->port) : "";
}

const char *reader_demo_swipe(struct reader *reader)
{
	return reader->port ? port_demo_swipe(reader->port) : NULL;
}
