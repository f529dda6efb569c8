#include "drivers/line_hint.h"

#include <string.h>

#define ENOUGH 4 /* bytes: of fewer nothing is said */

/* Other protocols. A sure one has frames that nothing else looks like; the others are named
 * only when the chosen protocol read nothing. */
static const struct {
	const char *protocol;
	bool parallax, ean, sure;
	const char *text;
} trials[LINE_HINT_TRIALS] = {
	{"magstripe", false, false, true,
	 "these are tracks of a magnetic stripe; set protocol=magstripe"},
	{"rfid", false, false, true,
	 "these are frames of an RDM6300 or ID-12 module; set protocol=rfid"},
	{"rfid", true, false, false,
	 "these are frames of a Parallax module; set protocol=rfid and style=parallax"},
	{"barcode", false, true, false,
	 "this is an EAN or UPC with a right check digit; set protocol=barcode"},
	{"uid", false, false, false,
	 "this is a line of 8, 14 or 20 hex digits; set protocol=uid"},
};

static const char parity_even[] =
	"bit 7 is set as even parity sets it: the device sends 7 data bits and even parity; "
	"set frame=7E1, or switch the device to 8N1";
static const char parity_odd[] =
	"bit 7 is set as odd parity sets it: the device sends 7 data bits and odd parity; set "
	"frame=7O1, or switch the device to 8N1";
static const char parity_mark[] =
	"bit 7 is set in every byte: the device sends 7 data bits and a mark; switch it to "
	"8N1, or read it with 7 data bits (frame=7N1)";
static const char other_baud[] =
	"this looks like another speed than the device's: set baud= as its manual says (most "
	"send 9600, Parallax modules 2400, IBM 19200)";
static const char floating[] =
	"only NUL and FF bytes: nothing drives the line, or at a far other speed; look at the "
	"cable (TX to RX, ground), give a TTL module its level shifter, check baud=";
static const char each_byte_twice[] =
	"each byte comes twice: the line is echoed; switch off echo at the device and see that "
	"no other program (a getty, a modem manager) uses the port";
static const char all_twice[] =
	"the same card came twice at once: the line is echoed, or the reader sends each read "
	"twice; switch off echo and repeats at the device";
static const char no_end[] =
	"no CR, LF or ETX came at the end: set the device's suffix to CR, so that a cut number "
	"is not taken for a whole one";
static const char check_byte[] =
	"the last byte of the line is the XOR of the others: the scanner sends a check byte; "
	"set bcc=yes (--bcc), or switch it off";
static const char sign_on[] =
	"this is the reader's sign-on text: it has power and speaks; swipe a card";
static const char random_uid[] =
	"a UID of 4 bytes that begins with 08 is made up anew each time (phones do that): it "
	"knows nobody again";
static const char no_frame[] =
	"text came, but no frame of this protocol: look at protocol= and at the device's "
	"sentinels, prefix and suffix";

/* Bytes that frames are made of. */
static bool is_control(unsigned char c)
{
	return c == '\r' || c == '\n' || c == '\t' || (c >= 0x02 && c <= 0x03) ||
	       c == 0x10 || c == 0x1B || c == 0x1D || c == 0x1E;
}

static bool is_line_end(unsigned char c)
{
	return c == '\r' || c == '\n' || c == 0x03;
}

static bool is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

/* MagTek: 8 digits, a letter, 2 digits, CR: its firmware, sent when it gets power. */
static int sign_on_step(int matched, unsigned char c)
{
	static const char pattern[] = "########A##\r";
	char kind = is_digit(c) ? '#' : (char)c;

	if (matched == (int)sizeof(pattern) - 1)
		return matched;
	if (c >= 'A' && c <= 'Z')
		kind = 'A';
	if (kind == pattern[matched])
		return matched + 1;
	return kind == '#' ? 1 : 0;
}

static bool is_sign_on(const struct line_hint_burst *b)
{
	return b->sign_on == 12;
}

static void count(struct line_hint_burst *b, unsigned char c)
{
	unsigned char low = c & 0x7F;

	if (b->n % 2 == 1 && c == b->last)
		b->twins++;
	if (b->n > 0 && c != b->last)
		b->kinds = 2;
	b->n++;
	b->printable += low >= 0x20 && low <= 0x7E;
	b->controls += is_control(low);
	b->high += (c & 0x80) != 0;
	b->even += __builtin_popcount(c) % 2 == 0;
	b->empty += c == 0x00 || c == 0xFF;
	if (is_line_end(c)) {
		b->check_byte = b->check_byte || (b->sum == 0 && !is_line_end(b->last));
		b->sum = 0;
	} else {
		b->sum ^= c;
	}
	b->sign_on = sign_on_step(b->sign_on, c);
	b->last = c;
}

static void on_trial(const struct card_reading *reading, void *user)
{
	struct line_hint_trial *trial = user;

	trial->read = trial->read || reading->result != CARD_ERROR;
}

static bool is_chosen(const struct line_hint *h, size_t i)
{
	return strcmp(trials[i].protocol, h->options->protocol->name) == 0 &&
	       trials[i].parallax == h->options->parallax;
}

void line_hint_init(struct line_hint *h, const struct reader_options *options)
{
	memset(h, 0, sizeof(*h));
	h->options = options;
	for (size_t i = 0; i < LINE_HINT_TRIALS; i++) {
		const struct reader_options other = {
			.rules = options->rules,
			.parallax = trials[i].parallax,
			.ean = trials[i].ean,
			.lrc = options->lrc,
		};

		reader_protocol_find(trials[i].protocol)
			->init(&h->trial[i].decoder, &other);
	}
}

void line_hint_bytes(struct line_hint *h, const unsigned char *bytes, size_t n,
		     int64_t now_ms)
{
	for (size_t i = 0; i < n; i++)
		count(&h->burst, bytes[i]);
	for (size_t i = 0; i < LINE_HINT_TRIALS; i++)
		reader_protocol_find(trials[i].protocol)
			->feed(&h->trial[i].decoder, bytes, n, now_ms, on_trial,
			       &h->trial[i]);
}

void line_hint_card(struct line_hint *h, const struct card_reading *reading)
{
	struct line_hint_burst *b = &h->burst;

	switch (reading->result) {
	case CARD_NUMBER:
		b->numbers++;
		b->twice = b->twice ||
			   !presentation_begins(&h->number, reading->number, 0);
		b->random_uid = strlen(reading->number) == 8 &&
				memcmp(reading->number, "08", 2) == 0;
		break;
	case CARD_ERROR:
		b->errors++;
		b->bad_char = b->bad_char || reading->error == CARD_BAD_CHAR;
		b->truncated = b->truncated || reading->error == CARD_TRUNCATED;
		break;
	case CARD_REFUSED_PAYMENT:
	case CARD_REFUSED_DOCUMENT:
		b->refusals++;
		break;
	}
}

/* How the line is set, from bytes that gave nothing. */
static const char *hint_of_bytes(const struct line_hint_burst *b)
{
	size_t text = b->printable + b->controls;

	if (b->n < ENOUGH)
		return NULL;
	if (b->empty == b->n)
		return floating;
	if (b->high > 0 && text * 20 >= b->n * 19 && b->kinds == 2) {
		if (b->high == b->n)
			return parity_mark;
		if (b->even == b->n)
			return parity_even;
		if (b->even == 0)
			return parity_odd;
	}
	if ((b->high + (b->n - text)) * 3 >= b->n)
		return other_baud;
	return NULL;
}

static const char *hint_of_trials(const struct line_hint *h, bool sure)
{
	for (size_t i = 0; i < LINE_HINT_TRIALS; i++) {
		if (trials[i].sure == sure && h->trial[i].read && !is_chosen(h, i))
			return trials[i].text;
	}
	return NULL;
}

static bool is_protocol(const struct line_hint *h, const char *name)
{
	return strcmp(h->options->protocol->name, name) == 0;
}

/* Of a burst in which something was read, or refused. */
static const char *hint_of_read(const struct line_hint *h)
{
	const struct line_hint_burst *b = &h->burst;

	if (b->twice || b->refusals > 1)
		return all_twice;
	return b->random_uid && is_protocol(h, "uid") ? random_uid : NULL;
}

static const char *hint_of_unread(const struct line_hint *h)
{
	const struct line_hint_burst *b = &h->burst;
	bool of_lines = is_protocol(h, "barcode") || is_protocol(h, "uid");
	const char *hint = hint_of_trials(h, false);

	if (!hint)
		hint = hint_of_bytes(b);
	if (hint)
		return hint;
	if (is_protocol(h, "barcode") && b->bad_char && b->check_byte)
		return check_byte;
	if (of_lines && b->truncated && !is_line_end(b->last))
		return no_end;
	if (is_sign_on(b))
		return sign_on;
	return b->errors == 0 && b->printable >= ENOUGH ? no_frame : NULL;
}

static bool is_doubled(const struct line_hint_burst *b)
{
	return b->n >= 2 * ENOUGH && b->twins * 2 == b->n && b->kinds == 2;
}

static const char *hint_of(const struct line_hint *h)
{
	const char *hint = is_doubled(&h->burst) ? each_byte_twice
						 : hint_of_trials(h, true);

	if (hint || h->burst.n == 0)
		return hint;
	return h->burst.numbers + h->burst.refusals > 0 ? hint_of_read(h)
							: hint_of_unread(h);
}

static void wipe(struct line_hint *h)
{
	for (size_t i = 0; i < LINE_HINT_TRIALS; i++) {
		reader_protocol_find(trials[i].protocol)->reset(&h->trial[i].decoder);
		h->trial[i].read = false;
	}
	explicit_bzero(&h->burst, sizeof(h->burst));
	explicit_bzero(&h->number, sizeof(h->number));
}

const char *line_hint_idle(struct line_hint *h)
{
	const char *hint;
	bool again;

	for (size_t i = 0; i < LINE_HINT_TRIALS; i++)
		reader_protocol_find(trials[i].protocol)
			->idle(&h->trial[i].decoder, on_trial, &h->trial[i]);
	hint = hint_of(h);
	again = hint == h->told;
	if (h->burst.n > 0)
		h->told = hint;
	wipe(h);
	return again ? NULL : hint;
}
