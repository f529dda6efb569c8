#include "drivers/recording.h"

#include <string.h>

#define BANK_DIGITS      12 /* a number of so many may be a bank card's */
#define KEPT_DIGITS      6 /* of an unread burst: less than what names a bank's customer */
#define KEPT_HEX_ID      10
#define PIECE_GAP_MAX_MS (INT64_C(24) * 60 * 60 * 1000) /* port.h */

static char low_bits(unsigned char c)
{
	return (char)(c & 0x7F);
}

static bool is_digit(unsigned char c)
{
	return low_bits(c) >= '0' && low_bits(c) <= '9';
}

static bool is_letter(unsigned char c)
{
	char low = low_bits(c);

	return (low >= 'A' && low <= 'Z') || (low >= 'a' && low <= 'z');
}

static bool is_alnum_at(const struct recording *r, size_t i)
{
	return i < r->n && (is_digit(r->bytes[i]) || is_letter(r->bytes[i]));
}

/* Ultimate's M1! and M2! (magstripe.h): is the M at `i`? */
static bool is_mark(const struct recording *r, size_t i)
{
	return i + 2 < r->n && r->bytes[i] == 'M' &&
	       (r->bytes[i + 1] == '1' || r->bytes[i + 1] == '2') &&
	       r->bytes[i + 2] == '!';
}

/* A single E between others is a reader's word for "failed" (1.3). */
static bool is_kept(const struct recording *r, size_t i)
{
	if (is_mark(r, i) || (i > 0 && is_mark(r, i - 1)))
		return true;
	return r->bytes[i] == 'E' && !is_alnum_at(r, i + 1) &&
	       !(i > 0 && is_alnum_at(r, i - 1));
}

static bool is_odd(unsigned char c)
{
	return __builtin_popcount(c) % 2 == 1;
}

/* `to` in place of a byte; in a burst with 8-bit bytes its parity stays. */
static void put(struct recording *r, size_t i, char to, bool eight_bits)
{
	unsigned char byte = (unsigned char)to;

	if (eight_bits && is_odd(byte) != is_odd(r->bytes[i]))
		byte |= 0x80;
	r->bytes[i] = byte;
}

/* Digits from `i` on; blanks and hyphens between do not count. *end is behind the last. */
static size_t number_at(const struct recording *r, size_t i, size_t *end)
{
	size_t digits = 0;

	for (*end = i; i < r->n; i++) {
		if (is_digit(r->bytes[i])) {
			digits++;
			*end = i + 1;
		} else if (low_bits(r->bytes[i]) != ' ' && low_bits(r->bytes[i]) != '-') {
			break;
		}
	}
	return digits;
}

/* Blanks the digits in [i, end); the first ones become those of `stem`. */
static void blank_number(struct recording *r, size_t i, size_t end, const char *stem,
			 bool eight_bits)
{
	for (; i < end; i++) {
		if (is_digit(r->bytes[i]) && !is_kept(r, i))
			put(r, i, *stem ? *stem++ : '0', eight_bits);
	}
}

static bool has_eight_bits(const struct recording *r)
{
	for (size_t i = 0; i < r->n; i++) {
		if (r->bytes[i] & 0x80)
			return true;
	}
	return false;
}

static void blank(struct recording *r)
{
	const char *refused = r->document ? "636000" : r->refused ? "62" : "";
	bool eight_bits = has_eight_bits(r);

	for (size_t i = 0; i < r->n;) {
		size_t end = i + 1;

		if (is_digit(r->bytes[i])) {
			bool bank = number_at(r, i, &end) >= BANK_DIGITS;

			blank_number(r, i, end, bank ? refused : "", eight_bits);
		} else if (is_letter(r->bytes[i]) && !is_kept(r, i)) {
			put(r, i, low_bits(r->bytes[i]) >= 'a' ? 'x' : 'X', eight_bits);
		}
		i = end;
	}
}

/* A sentinel or separator of a magnetic track. */
static bool has_sentinel(const struct recording *r)
{
	for (size_t i = 0; i < r->n; i++) {
		char c = low_bits(r->bytes[i]);

		if (c != '\0' && strchr("%;?^=", c))
			return true;
	}
	return false;
}

static bool has_long_number(const struct recording *r)
{
	size_t most = r->hex_ids ? KEPT_HEX_ID : KEPT_DIGITS, end;

	for (size_t i = 0; i < r->n; i++) {
		if (number_at(r, i, &end) > most)
			return true;
	}
	return false;
}

/* Also what the decoder skipped as noise. */
static bool guard_refuses(const struct recording *r)
{
	char low[RECORDING_BYTES_MAX];
	bool refuses;

	for (size_t i = 0; i < r->n; i++)
		low[i] = low_bits(r->bytes[i]);
	refuses = payment_card_text(low, r->n, false, r->rules) != PAYMENT_CARD_CLEAR;
	explicit_bzero(low, sizeof(low));
	return refuses;
}

static bool must_blank(const struct recording *r)
{
	if (r->refused || guard_refuses(r))
		return true;
	if (r->failed || !r->number)
		return has_sentinel(r) || has_long_number(r);
	return !r->tracks && has_sentinel(r);
}

/* "+MS", and the bytes as texts and hex pairs. */
struct line {
	char text[64];
	size_t n;
	bool quoted;
};

static void line_put(struct recording *r, struct line *line, char c)
{
	if (line->n == sizeof(line->text)) {
		r->write(line->text, line->n, r->user);
		line->n = 0;
	}
	line->text[line->n++] = c;
}

static void line_number(struct recording *r, struct line *line, int64_t number)
{
	char digits[20];
	size_t n = 0;

	do
		digits[n++] = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	while (n > 0)
		line_put(r, line, digits[--n]);
}

static void line_byte(struct recording *r, struct line *line, unsigned char c)
{
	bool quoted = c >= 0x20 && c <= 0x7E && c != '"';

	if (line->quoted && !quoted)
		line_put(r, line, '"');
	if (!line->quoted || !quoted)
		line_put(r, line, ' ');
	if (!line->quoted && quoted)
		line_put(r, line, '"');
	line->quoted = quoted;
	if (quoted) {
		line_put(r, line, (char)c);
	} else {
		line_put(r, line, "0123456789abcdef"[c >> 4]);
		line_put(r, line, "0123456789abcdef"[c & 15]);
	}
}

static void write_piece(struct recording *r, const struct recording_piece *piece,
			size_t end)
{
	int64_t gap = r->written_ms < 0 ? 0 : piece->at_ms - r->written_ms;
	struct line line = {.n = 0};

	line_put(r, &line, '+');
	line_number(r, &line, gap > PIECE_GAP_MAX_MS ? PIECE_GAP_MAX_MS : gap);
	for (size_t i = piece->from; i < end; i++)
		line_byte(r, &line, r->bytes[i]);
	if (line.quoted)
		line_put(r, &line, '"');
	line_put(r, &line, '\n');
	r->write(line.text, line.n, r->user);
	r->written_ms = piece->at_ms;
	explicit_bzero(&line, sizeof(line));
}

static void write_burst(struct recording *r)
{
	for (size_t i = 0; i < r->pieces; i++)
		write_piece(r, &r->piece[i],
			    i + 1 < r->pieces ? r->piece[i + 1].from : r->n);
	explicit_bzero(r->bytes, sizeof(r->bytes));
	r->n = r->pieces = 0;
}

void recording_init(struct recording *r, const struct card_rules *rules,
		    const char *protocol, recording_write *write, void *user)
{
	memset(r, 0, sizeof(*r));
	r->rules = rules;
	r->tracks = strcmp(protocol, "magstripe") == 0;
	r->hex_ids = strcmp(protocol, "rfid") == 0 || strcmp(protocol, "uid") == 0;
	r->write = write;
	r->user = user;
	r->written_ms = -1;
}

/* A new piece, unless it came with the last one or there is no room for its time. */
static void open_piece(struct recording *r, int64_t now_ms)
{
	if (r->pieces == RECORDING_PIECES_MAX ||
	    (r->pieces > 0 && r->piece[r->pieces - 1].at_ms == now_ms))
		return;
	r->piece[r->pieces++] = (struct recording_piece){now_ms, r->n};
}

void recording_bytes(struct recording *r, const unsigned char *bytes, size_t n,
		     int64_t now_ms, bool between)
{
	if (between && r->n > RECORDING_BYTES_MAX / 2)
		recording_idle(r);
	for (size_t i = 0; i < n; i++) {
		if (r->n == RECORDING_BYTES_MAX) {
			blank(r);
			write_burst(r);
		}
		if (i == 0 || r->n == 0)
			open_piece(r, now_ms);
		r->bytes[r->n++] = bytes[i];
	}
}

void recording_card(struct recording *r, const struct card_reading *reading)
{
	switch (reading->result) {
	case CARD_NUMBER:
		r->number = true;
		break;
	case CARD_ERROR:
		r->failed = true;
		break;
	case CARD_REFUSED_DOCUMENT:
		r->document = true;
		r->refused = true;
		break;
	case CARD_REFUSED_PAYMENT:
		r->refused = true;
		break;
	}
}

void recording_idle(struct recording *r)
{
	if (must_blank(r))
		blank(r);
	write_burst(r);
	r->number = r->refused = r->document = r->failed = false;
}
