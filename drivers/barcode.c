#include "drivers/barcode.h"

#include <string.h>

#define STX 0x02
#define ETX 0x03
#define LF  0x0A
#define CR  0x0D

#define AIM_LENGTH 3

/* Text, AIM prefix and check byte; one more is too long. */
#define LINE_MAX (BARCODE_TEXT_MAX + AIM_LENGTH + 1)

static const char *const no_reads[] = {"NR", "NOREAD", "NO LABEL"};

/* What the AIM prefix says of the digits; none of these: nothing. */
static const struct {
	const char *code;
	bool add_on; /* no number */
	bool ean8;   /* 8 digits only */
} ean_codes[] = {
	{"]E0", false, false},
	{"]E1", true, false},
	{"]E2", true, false},
	{"]E4", false, true},
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* A part of the raw line. */
struct span {
	const char *at;
	size_t n;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool has_aim(struct span s)
{
	return s.n >= AIM_LENGTH && s.at[0] == ']' && is_letter(s.at[1]) &&
	       (is_letter(s.at[2]) || is_digit(s.at[2]));
}

static bool is_no_read(struct span s)
{
	for (size_t i = 0; i < COUNT(no_reads); i++) {
		if (s.n == strlen(no_reads[i]) && memcmp(s.at, no_reads[i], s.n) == 0)
			return true;
	}
	return false;
}

static bool is_printable(struct span s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.at[i] < 0x20 || s.at[i] > 0x7E)
			return false;
	}
	return true;
}

static bool is_blank(struct span s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.at[i] != ' ')
			return false;
	}
	return true;
}

static unsigned char sum_of(const struct card_raw *raw)
{
	unsigned char sum = 0;

	for (unsigned i = 0; i < raw->n; i++)
		sum ^= (unsigned char)raw->bytes[i];
	return sum;
}

/* 8, 12 or 13 digits. */
static bool is_ean_long(struct span s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.at[i]))
			return false;
	}
	return s.n == 8 || s.n == 12 || s.n == 13;
}

static bool fail_with(struct card_reading *out, enum card_error error)
{
	out->result = CARD_ERROR;
	out->error = error;
	return false;
}

/* Check digits, for the profile and for what the prefix says. False: *out is the error. */
static bool check_ean(const struct barcode *b, struct span aim, struct span text,
		      struct card_reading *out)
{
	bool asked = b->ean, possible = is_ean_long(text);

	for (size_t i = 0; aim.n > 0 && i < COUNT(ean_codes); i++) {
		if (memcmp(aim.at, ean_codes[i].code, AIM_LENGTH) != 0)
			continue;
		asked = true;
		possible = possible && !ean_codes[i].add_on &&
			   (!ean_codes[i].ean8 || text.n == 8);
	}
	if (!asked)
		return true;
	if (!possible)
		return fail_with(out, CARD_FORMAT);
	return card_ean(out->number) || fail_with(out, CARD_CHECKSUM);
}

/* A whole line that the guard let pass. */
static bool judge(const struct barcode *b, struct span text, struct card_reading *out)
{
	struct span aim = {text.at, has_aim(text) ? AIM_LENGTH : 0};

	if (is_no_read(text))
		return fail_with(out, CARD_READ_ERROR);
	if (!is_printable(text))
		return fail_with(out, CARD_BAD_CHAR);
	if (b->bcc && sum_of(&b->raw) != 0)
		return fail_with(out, CARD_CHECKSUM);
	text.at += aim.n;
	text.n -= aim.n;
	if (text.n > BARCODE_TEXT_MAX)
		return fail_with(out, CARD_OVERLONG);
	if (is_blank(text))
		return fail_with(out, CARD_FORMAT);
	memcpy(out->number, text.at, text.n);
	out->number[text.n] = '\0';
	out->result = CARD_NUMBER;
	return check_ean(b, aim, text, out);
}

/* The text of the line without its check byte. */
static struct span text_of(const struct barcode *b)
{
	struct span text = {b->raw.bytes, b->raw.n};

	if (b->bcc && text.n > 0)
		text.n--;
	return text;
}

/* The guard sees the text as it is without the AIM prefix. A line of `@` alone begins a
 * licence's PDF417. */
static bool refused(const struct barcode *b, struct card_reading *out)
{
	struct span text = text_of(b);
	size_t skip = has_aim(text) ? AIM_LENGTH : 0;

	if (text.n == 1 && *text.at == '@') {
		out->result = CARD_REFUSED_DOCUMENT;
		return true;
	}
	switch (payment_card_text(text.at + skip, text.n - skip, true, b->rules)) {
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

static void tell(struct barcode *b, struct card_reading *reading, enum barcode_state then,
		 card_sink *sink, void *user)
{
	card_raw_wipe(&b->raw);
	b->state = reading->result == CARD_REFUSED_DOCUMENT ? BARCODE_REFUSING : then;
	if (reading->result != CARD_ERROR)
		reading->error = CARD_READ_ERROR;
	if (reading->result != CARD_NUMBER)
		explicit_bzero(reading->number, sizeof(reading->number));
	sink(reading, user);
	explicit_bzero(reading, sizeof(*reading));
}

/* The code ends with `error`, unless the guard refuses what came of it. */
static void fail(struct barcode *b, enum card_error error, enum barcode_state then,
		 card_sink *sink, void *user)
{
	struct card_reading reading = {.result = CARD_ERROR, .error = error};

	refused(b, &reading);
	tell(b, &reading, then, sink, user);
}

static void finish(struct barcode *b, enum barcode_state then, card_sink *sink,
		   void *user)
{
	struct card_reading reading = {.result = CARD_NUMBER};

	if (!refused(b, &reading))
		judge(b, text_of(b), &reading);
	tell(b, &reading, then, sink, user);
}

static void inside(struct barcode *b, unsigned char c, card_sink *sink, void *user)
{
	bool ends = c == CR || c == LF || c == ETX;

	if (ends && b->state == BARCODE_INSIDE && b->bcc && sum_of(&b->raw) == c) {
		card_raw_add(&b->raw, c);
		b->state = BARCODE_BCC;
	} else if (ends) {
		finish(b, c == ETX && b->framed ? BARCODE_BEHIND : BARCODE_BEFORE, sink,
		       user);
	} else if (c == STX) {
		fail(b, CARD_TRUNCATED, BARCODE_BEFORE, sink, user);
		b->framed = true;
	} else {
		card_raw_add(&b->raw, c);
		b->state = BARCODE_INSIDE;
		if (b->raw.n > LINE_MAX)
			fail(b, CARD_OVERLONG, BARCODE_SKIPPING, sink, user);
	}
}

static void step(struct barcode *b, unsigned char c, card_sink *sink, void *user)
{
	switch (b->state) {
	case BARCODE_BEFORE:
		if (c == STX)
			b->framed = true;
		else if (c == CR || c == LF || c == ETX)
			b->framed = false;
		if (c < 0x20 || c == 0xFF)
			return;
		b->state = BARCODE_INSIDE;
		inside(b, c, sink, user);
		return;
	case BARCODE_INSIDE:
	case BARCODE_BCC:
		inside(b, c, sink, user);
		return;
	case BARCODE_BEHIND:
		if (c == STX)
			b->state = BARCODE_BEFORE;
		return;
	case BARCODE_SKIPPING:
		if (c == CR || c == LF || c == ETX)
			b->state = BARCODE_BEFORE;
		return;
	case BARCODE_REFUSING:
		return;
	}
}

void barcode_init(struct barcode *b, const struct card_rules *rules, bool ean, bool bcc)
{
	memset(b, 0, sizeof(*b));
	b->rules = rules;
	b->ean = ean;
	b->bcc = bcc;
}

void barcode_feed(struct barcode *b, const unsigned char *bytes, size_t n,
		  card_sink *sink, void *user)
{
	for (size_t i = 0; i < n; i++)
		step(b, bytes[i], sink, user);
}

void barcode_idle(struct barcode *b, card_sink *sink, void *user)
{
	if (b->state == BARCODE_INSIDE || b->state == BARCODE_BCC)
		fail(b, CARD_TRUNCATED, BARCODE_BEFORE, sink, user);
	b->state = BARCODE_BEFORE;
	b->framed = false;
}

bool barcode_pending(const struct barcode *b)
{
	return b->state != BARCODE_BEFORE;
}

void barcode_reset(struct barcode *b)
{
	card_raw_wipe(&b->raw);
	b->state = BARCODE_BEFORE;
	b->framed = false;
}
