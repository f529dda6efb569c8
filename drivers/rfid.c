#include "drivers/rfid.h"

#include <string.h>

#define STX 0x02
#define ETX 0x03
#define LF  0x0A
#define CR  0x0D

#define WITH_CHECKSUM (RFID_DIGITS + 2)

/* -1: no hex digit. */
static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_hex(const struct card_raw *raw)
{
	for (unsigned i = 0; i < raw->n; i++) {
		if (hex_value(raw->bytes[i]) < 0)
			return false;
	}
	return true;
}

/* XOR of all bytes, the checksum among them, is 0. */
static bool sum_holds(const struct card_raw *raw)
{
	int sum = 0;

	for (unsigned i = 0; i + 1 < raw->n; i += 2)
		sum ^= hex_value(raw->bytes[i]) << 4 | hex_value(raw->bytes[i + 1]);
	return sum == 0;
}

/* The whole frame: outcome and number. */
static void judge(const struct rfid *r, struct card_reading *out)
{
	const struct card_raw *raw = &r->raw;

	out->result = CARD_ERROR;
	if (!is_hex(raw)) {
		out->error = CARD_BAD_CHAR;
	} else if (raw->n != (r->parallax ? RFID_DIGITS : WITH_CHECKSUM)) {
		out->error = CARD_LENGTH;
	} else if (!r->parallax && !sum_holds(raw)) {
		out->error = CARD_CHECKSUM;
	} else {
		out->result = CARD_NUMBER;
		for (int i = 0; i < RFID_DIGITS; i++)
			out->number[i] = "0123456789ABCDEF"[hex_value(raw->bytes[i])];
	}
}

static bool refused(const struct rfid *r, struct card_reading *out)
{
	switch (payment_card_text(r->raw.bytes, r->raw.n, false, r->rules)) {
	case PAYMENT_CARD_CLEAR:
		return false;
	case PAYMENT_CARD_PAYMENT:
		out->result = CARD_REFUSED_PAYMENT;
		return true;
	case PAYMENT_CARD_DOCUMENT:
		out->result = CARD_REFUSED_DOCUMENT;
		return true;
	}
	return true;
}

static void forget_frame(struct rfid *r)
{
	card_raw_wipe(&r->raw);
	r->payload = 0;
	r->line_ends = 0;
	r->inside = false;
}

/* The frame ends with `error`, unless the guard refuses what came of it. */
static void fail(struct rfid *r, enum card_error error, card_sink *sink, void *user)
{
	struct card_reading reading = {.result = CARD_ERROR, .error = error};

	if (refused(r, &reading))
		reading.error = CARD_READ_ERROR;
	forget_frame(r);
	sink(&reading, user);
}

static void finish(struct rfid *r, int64_t now_ms, card_sink *sink, void *user)
{
	struct card_reading reading = {.result = CARD_ERROR};

	judge(r, &reading);
	if (reading.result != CARD_NUMBER && refused(r, &reading))
		reading.error = CARD_READ_ERROR;
	forget_frame(r);
	if (reading.result != CARD_NUMBER ||
	    presentation_begins(&r->presentation, reading.number, now_ms))
		sink(&reading, user);
	explicit_bzero(&reading, sizeof(reading));
}

/* A byte of the frame that is neither its start nor its end. */
static void take(struct rfid *r, unsigned char c, card_sink *sink, void *user)
{
	if (++r->payload > RFID_PAYLOAD_MAX) {
		fail(r, CARD_OVERLONG, sink, user);
		return;
	}
	if (!r->parallax && (c == CR || c == LF)) {
		r->line_ends++;
		return;
	}
	for (; r->line_ends > 0; r->line_ends--) /* they were not at its end: data */
		card_raw_add(&r->raw, CR);
	card_raw_add(&r->raw, c);
}

static void step(struct rfid *r, unsigned char c, int64_t now_ms, card_sink *sink,
		 void *user)
{
	unsigned char start = r->parallax ? LF : STX, end = r->parallax ? CR : ETX;
	bool line_end = r->parallax && r->payload == 0;

	if (c == start) {
		if (r->inside && !line_end)
			fail(r, CARD_TRUNCATED, sink, user);
		r->inside = true;
	} else if (r->inside && c == end) {
		if (line_end)
			r->inside = false;
		else
			finish(r, now_ms, sink, user);
	} else if (r->inside) {
		take(r, c, sink, user);
	}
}

void rfid_init(struct rfid *r, const struct card_rules *rules, bool parallax)
{
	memset(r, 0, sizeof(*r));
	r->rules = rules;
	r->parallax = parallax;
}

void rfid_feed(struct rfid *r, const unsigned char *bytes, size_t n, int64_t now_ms,
	       card_sink *sink, void *user)
{
	for (size_t i = 0; i < n; i++)
		step(r, bytes[i], now_ms, sink, user);
}

void rfid_idle(struct rfid *r, card_sink *sink, void *user)
{
	if (r->inside && !(r->parallax && r->payload == 0))
		fail(r, CARD_TRUNCATED, sink, user);
	r->inside = false;
}

bool rfid_pending(const struct rfid *r)
{
	return r->inside;
}

void rfid_reset(struct rfid *r)
{
	forget_frame(r);
	explicit_bzero(&r->presentation, sizeof(r->presentation));
}

bool rfid_decimal(const char *number, char out[RFID_DIGITS + 1])
{
	uint32_t value = 0;

	if (strlen(number) != RFID_DIGITS)
		return false;
	for (int i = 0; i < RFID_DIGITS; i++) {
		if (hex_value(number[i]) < 0)
			return false;
		value = value << 4 | (uint32_t)hex_value(number[i]); /* two fall off */
	}
	for (int i = RFID_DIGITS - 1; i >= 0; i--, value /= 10)
		out[i] = (char)('0' + value % 10);
	out[RFID_DIGITS] = '\0';
	return true;
}
