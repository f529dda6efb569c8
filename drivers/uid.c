#include "drivers/uid.h"

#include <string.h>

#define STX 0x02
#define ETX 0x03
#define LF  0x0A
#define CR  0x0D

/* The upper-case digit, or 0. */
static char hex_digit(char c)
{
	if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'))
		return c;
	return c >= 'a' && c <= 'f' ? (char)(c - 'a' + 'A') : '\0';
}

static bool is_hex(const struct card_raw *raw)
{
	for (unsigned i = 0; i < raw->n; i++) {
		if (!hex_digit(raw->bytes[i]))
			return false;
	}
	return true;
}

static void judge(const struct uid *u, struct card_reading *out)
{
	const struct card_raw *raw = &u->raw;

	out->result = CARD_ERROR;
	if (!is_hex(raw)) {
		out->error = CARD_BAD_CHAR;
	} else if (raw->n != 8 && raw->n != 14 && raw->n != 20) {
		out->error = CARD_LENGTH;
	} else {
		out->result = CARD_NUMBER;
		for (unsigned i = 0; i < raw->n; i++) {
			unsigned from = u->reverse ? (raw->n - 1 - i) ^ 1U : i;

			out->number[i] = hex_digit(raw->bytes[from]);
		}
	}
}

static bool refused(const struct uid *u, struct card_reading *out)
{
	switch (payment_card_text(u->raw.bytes, u->raw.n, false, u->rules)) {
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

/* The line ends with `error`, unless the guard refuses what came of it. */
static void fail(struct uid *u, enum card_error error, enum uid_state then,
		 card_sink *sink, void *user)
{
	struct card_reading reading = {.result = CARD_ERROR, .error = error};

	if (refused(u, &reading))
		reading.error = CARD_READ_ERROR;
	card_raw_wipe(&u->raw);
	u->state = then;
	sink(&reading, user);
}

static void finish(struct uid *u, int64_t now_ms, card_sink *sink, void *user)
{
	struct card_reading reading = {.result = CARD_ERROR};

	if (!refused(u, &reading))
		judge(u, &reading);
	card_raw_wipe(&u->raw);
	u->state = UID_BEFORE;
	if (reading.result != CARD_NUMBER ||
	    presentation_begins(&u->presentation, reading.number, now_ms))
		sink(&reading, user);
	explicit_bzero(&reading, sizeof(reading));
}

static void step(struct uid *u, unsigned char c, int64_t now_ms, card_sink *sink,
		 void *user)
{
	bool ends = c == CR || c == LF || c == ETX;

	switch (u->state) {
	case UID_BEFORE:
		if (c < 0x20 || c == 0xFF)
			return;
		u->state = UID_INSIDE;
		break;
	case UID_INSIDE:
		if (ends) {
			finish(u, now_ms, sink, user);
			return;
		}
		if (c == STX) {
			fail(u, CARD_TRUNCATED, UID_BEFORE, sink, user);
			return;
		}
		break;
	case UID_SKIPPING:
		if (ends)
			u->state = UID_BEFORE;
		return;
	}
	card_raw_add(&u->raw, c);
	if (u->raw.n > UID_LINE_MAX)
		fail(u, CARD_OVERLONG, UID_SKIPPING, sink, user);
}

void uid_init(struct uid *u, const struct card_rules *rules, bool reverse)
{
	memset(u, 0, sizeof(*u));
	u->rules = rules;
	u->reverse = reverse;
}

void uid_feed(struct uid *u, const unsigned char *bytes, size_t n, int64_t now_ms,
	      card_sink *sink, void *user)
{
	for (size_t i = 0; i < n; i++)
		step(u, bytes[i], now_ms, sink, user);
}

void uid_idle(struct uid *u, card_sink *sink, void *user)
{
	if (u->state == UID_INSIDE)
		fail(u, CARD_TRUNCATED, UID_BEFORE, sink, user);
	u->state = UID_BEFORE;
}

bool uid_pending(const struct uid *u)
{
	return u->state != UID_BEFORE;
}

void uid_reset(struct uid *u)
{
	card_raw_wipe(&u->raw);
	u->state = UID_BEFORE;
	explicit_bzero(&u->presentation, sizeof(u->presentation));
}
