#include "core/payment_card.h"

#include <string.h>

#define DIGITS_MIN 12
#define DIGITS_MAX 19

#define TAIL_DIGITS_MIN 7 /* YYMM and the service code */

/* A range is compared as numbers of as many digits as its ends have. */
enum range_class {
	CORE,         /* refused when Luhn is right */
	CORE_NO_LUHN, /* refused always: UnionPay's check digit is not dependable */
	BROAD, /* refused when Luhn is right and no loyalty prefix is configured for it */
};

struct range {
	const char *low;
	const char *high;
	enum range_class class;
};

static const struct range ranges[] = {
	{"2200", "2204", CORE},     /* Mir */
	{"4", "4", CORE},           /* Visa */
	{"51", "55", CORE},         /* Mastercard */
	{"2221", "2720", CORE},     /* Mastercard */
	{"34", "34", CORE},         /* American Express */
	{"37", "37", CORE},         /* American Express */
	{"62", "62", CORE_NO_LUHN}, /* UnionPay */
	{"81", "81", CORE},         /* UnionPay */
	{"3528", "3589", CORE},     /* JCB */
	{"6011", "6011", CORE},     /* Discover */
	{"644", "649", CORE},       /* Discover */
	{"65", "65", CORE},         /* Discover */
	{"300", "305", CORE},       /* Diners */
	{"36", "36", CORE},         /* Diners */
	{"38", "39", CORE},         /* Diners */
	{"50", "50", BROAD},        /* Maestro */
	{"56", "58", BROAD},        /* Maestro */
	{"6", "6", BROAD},          /* Maestro, in wide tables all of 6 */
	{"82", "82", BROAD},        /* RuPay */
	{"9792", "9792", BROAD},    /* Troy */
};

/* Track 2 issuer numbers of AAMVA licences. */
static const struct range licences[] = {
	{"604425", "604425", CORE},
	{"636000", "636062", CORE},
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static bool in_range(const struct range *range, const char *digits)
{
	size_t n = strlen(range->low);

	return strlen(digits) >= n && strncmp(digits, range->low, n) >= 0 &&
	       strncmp(digits, range->high, n) <= 0;
}

static bool luhn(const char *digits)
{
	size_t n = strlen(digits);
	unsigned sum = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned digit = (unsigned)(digits[i] - '0');

		if ((n - i) % 2 == 0)
			digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
		sum += digit;
	}
	return sum % 10 == 0;
}

/* Rules 2 and 3. `core_only`: rule 2 alone. `digits` holds nothing but digits. */
static bool refused(const char *digits, const struct card_rules *rules, bool core_only)
{
	size_t n = strlen(digits);
	bool sum_right = luhn(digits);

	if (n < DIGITS_MIN || n > DIGITS_MAX)
		return false;
	for (size_t i = 0; i < COUNT(ranges); i++) {
		if (!in_range(&ranges[i], digits))
			continue;
		switch (ranges[i].class) {
		case CORE:
			if (sum_right)
				return true;
			break;
		case CORE_NO_LUHN:
			return true;
		case BROAD:
			if (!core_only && sum_right && !card_has_prefix(rules, digits))
				return true;
			break;
		}
	}
	return false;
}

/* The digits at the head of `text`, blanks left out, up to the first other character.
 * At most CARD_RAW_MAX are taken; *end is where they ended. */
struct digits {
	char text[CARD_RAW_MAX + 1];
	size_t n;
	size_t end;
};

static void take_digits(struct digits *out, const char *text, size_t n)
{
	out->n = 0;
	for (out->end = 0; out->end < n; out->end++) {
		char c = text[out->end];

		if (c >= '0' && c <= '9')
			out->text[out->n++] = c;
		else if (c != ' ')
			break;
	}
	out->text[out->n] = '\0';
}

static bool is_letter(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* SSCITY^LAST$FIRST... : a licence's track 1. */
static bool licence_track_1(const struct card_raw *raw)
{
	unsigned i = 0;

	if (raw->n < 2 || !is_letter(raw->bytes[0]) || !is_letter(raw->bytes[1]))
		return false;
	for (; i < raw->n && raw->bytes[i] != '^'; i++) {
		if (raw->bytes[i] >= '0' && raw->bytes[i] <= '9')
			return false;
	}
	for (i++; i < raw->n && raw->bytes[i] != '^'; i++) {
		if (raw->bytes[i] == '$')
			return true;
	}
	return false;
}

static bool licence_number(const char *digits)
{
	for (size_t i = 0; i < COUNT(licences); i++) {
		if (in_range(&licences[i], digits))
			return true;
	}
	return false;
}

static enum payment_card_verdict judge(int track, const struct card_raw *raw,
				       const struct card_rules *rules,
				       struct digits *digits)
{
	size_t skip = track == 1 && raw->n > 0 && is_letter(raw->bytes[0]) ? 1 : 0;

	take_digits(digits, raw->bytes + skip, raw->n - skip);
	if (track == 1 ? licence_track_1(raw) : licence_number(digits->text))
		return PAYMENT_CARD_DOCUMENT;
	if (refused(digits->text, rules, false))
		return PAYMENT_CARD_PAYMENT;
	if (track == 1 && skip == 1 && raw->bytes[0] == 'B' && digits->n >= DIGITS_MIN &&
	    !card_has_prefix(rules, digits->text))
		return PAYMENT_CARD_PAYMENT;
	if (track == 3 && digits->n > 2 && digits->end < raw->n &&
	    raw->bytes[digits->end] == '=' && !card_has_prefix(rules, digits->text) &&
	    refused(digits->text + 2, rules, true))
		return PAYMENT_CARD_PAYMENT;
	return PAYMENT_CARD_CLEAR;
}

enum payment_card_verdict payment_card_track(int track, const struct card_raw *raw,
					     const struct card_rules *rules)
{
	struct digits digits;
	enum payment_card_verdict verdict = judge(track, raw, rules, &digits);

	explicit_bzero(&digits, sizeof(digits));
	return verdict;
}

bool payment_card_number(const char *number, const struct card_rules *rules)
{
	char digits[DIGITS_MAX + 1];
	size_t n = 0;
	bool refuse = false;

	for (; *number; number++) {
		if (*number == ' ' || *number == '-')
			continue;
		if (*number < '0' || *number > '9' || n == DIGITS_MAX)
			break;
		digits[n++] = *number;
	}
	digits[n] = '\0';
	if (*number == '\0')
		refuse = refused(digits, rules, false);
	explicit_bzero(digits, sizeof(digits));
	return refuse;
}

/* The run of digits at the head of `text`; `bridge`: blanks and hyphens between do not end
 * it. Of more than DIGITS_MAX digits the first are kept, and n counts them all. */
static void take_run(struct digits *run, const char *text, size_t n, bool bridge)
{
	run->n = 0;
	for (run->end = 0; run->end < n; run->end++) {
		char c = text[run->end];

		if (c >= '0' && c <= '9') {
			if (run->n < DIGITS_MAX)
				run->text[run->n] = c;
			run->n++;
		} else if (!bridge || (c != ' ' && c != '-')) {
			break;
		}
	}
	run->text[run->n < DIGITS_MAX ? run->n : DIGITS_MAX] = '\0';
}

static enum payment_card_verdict judge_run(const struct digits *run,
					   const struct card_rules *rules)
{
	if (run->n >= DIGITS_MIN && licence_number(run->text))
		return PAYMENT_CARD_DOCUMENT;
	return run->n <= DIGITS_MAX && refused(run->text, rules, false)
		       ? PAYMENT_CARD_PAYMENT
		       : PAYMENT_CARD_CLEAR;
}

/* Digits together, and with what stands behind blanks and hyphens. */
static enum payment_card_verdict judge_digits(const char *text, size_t n, size_t *skip,
					      const struct card_rules *rules)
{
	enum payment_card_verdict verdict;
	struct digits run;

	take_run(&run, text, n, false);
	*skip = run.end;
	verdict = judge_run(&run, rules);
	if (verdict == PAYMENT_CARD_CLEAR) {
		take_run(&run, text, n, true);
		verdict = judge_run(&run, rules);
	}
	explicit_bzero(&run, sizeof(run));
	return verdict;
}

static bool begins(const char *text, size_t n, const char *word)
{
	return n >= strlen(word) && memcmp(text, word, strlen(word)) == 0;
}

/* What of a document is no number. */
static bool is_document_head(const char *text, size_t n)
{
	static const char *const licence_heads[] = {"ANSI ", "AAMVA"};

	for (size_t i = 0; i < COUNT(licence_heads); i++) {
		size_t after = strlen(licence_heads[i]);

		if (begins(text, n, licence_heads[i]) && n > after &&
		    text[after] >= '0' && text[after] <= '9')
			return true;
	}
	return begins(text, n, "<<");
}

static enum payment_card_verdict judge_as_track(int track, const char *text, size_t n,
						const struct card_rules *rules)
{
	struct card_raw raw = {0};
	enum payment_card_verdict verdict;

	for (size_t i = 0; i < n; i++)
		card_raw_add(&raw, (unsigned char)text[i]);
	verdict = payment_card_track(track, &raw, rules);
	card_raw_wipe(&raw);
	return verdict;
}

/* A separator, expiry, service code and more, and the end sentinel. */
static bool is_track_tail(const char *text, size_t n)
{
	size_t end = 1;

	while (end < n && text[end] >= '0' && text[end] <= '9')
		end++;
	return end > TAIL_DIGITS_MIN && end < n && text[end] == '?';
}

/* What begins at the head of `text`; *skip: where to look next, 1 or more. */
static enum payment_card_verdict judge_here(const char *text, size_t n, size_t *skip,
					    const struct card_rules *rules)
{
	*skip = 1;
	if (is_document_head(text, n))
		return PAYMENT_CARD_DOCUMENT;
	if (*text == '%' || *text == ';')
		return judge_as_track(*text == '%' ? 1 : 2, text + 1, n - 1, rules);
	if ((*text == '=' || *text == '^') && is_track_tail(text, n))
		return PAYMENT_CARD_PAYMENT;
	if (*text >= '0' && *text <= '9')
		return judge_digits(text, n, skip, rules);
	return PAYMENT_CARD_CLEAR;
}

static bool is_ean(const char *text, size_t n)
{
	char number[14];
	bool right;

	if (n >= sizeof(number))
		return false;
	memcpy(number, text, n);
	number[n] = '\0';
	right = card_ean(number);
	explicit_bzero(number, sizeof(number));
	return right;
}

enum payment_card_verdict payment_card_text(const char *text, size_t n, bool barcode,
					    const struct card_rules *rules)
{
	enum payment_card_verdict worst = PAYMENT_CARD_CLEAR;
	size_t skip;

	if (barcode && is_ean(text, n))
		return PAYMENT_CARD_CLEAR;
	for (size_t at = 0; at < n && worst != PAYMENT_CARD_DOCUMENT; at += skip) {
		enum payment_card_verdict here = judge_here(text + at, n - at, &skip,
							    rules);

		if (here != PAYMENT_CARD_CLEAR)
			worst = here;
	}
	return worst;
}

void card_raw_wipe(struct card_raw *raw)
{
	explicit_bzero(raw, sizeof(*raw));
}

void card_raw_add(struct card_raw *raw, unsigned char byte)
{
	if (raw->n < CARD_RAW_MAX)
		raw->bytes[raw->n++] = (char)byte;
}
