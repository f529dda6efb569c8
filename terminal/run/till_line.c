/* till_line.c - see till_line.h */
#include "run/till_line.h"

#include <glib.h>
#include <string.h>

enum {
	KEY_BIT_RECEIPT = 1,
	KEY_BIT_TOTAL = 2,
	KEY_BIT_CASHIER = 4,
	KEY_BIT_TENDER = 8,
	KEY_BIT_KIND = 16,
};

#define PAY_KEYS                                                              \
	(KEY_BIT_RECEIPT | KEY_BIT_TOTAL | KEY_BIT_CASHIER | KEY_BIT_TENDER | \
	 KEY_BIT_KIND)

static const struct verb {
	const char *name;
	enum till_line_kind kind;
	enum till_word word;
	unsigned keys; /* allowed */
	unsigned needs;
} verbs[] = {
	{"PAY", TILL_LINE_WORD, TILL_TOTAL, PAY_KEYS, 0},
	{"PAID", TILL_LINE_WORD, TILL_PAID, 0, 0},
	{"HOLD", TILL_LINE_WORD, TILL_HOLD, 0, 0},
	{"RESUME", TILL_LINE_WORD, TILL_RESUME, KEY_BIT_RECEIPT, KEY_BIT_RECEIPT},
	{"CANCEL", TILL_LINE_WORD, TILL_CANCEL, 0, 0},
	{"STATUS", TILL_LINE_STATUS, TILL_PAID, 0, 0},
};

struct span {
	const char *at;
	size_t n;
};

static bool span_is(struct span s, const char *word)
{
	return s.n == strlen(word) && memcmp(s.at, word, s.n) == 0;
}

/* Takes the next word off REST; empty when there is none. */
static struct span next_word(struct span *rest)
{
	struct span word;

	while (rest->n > 0 && *rest->at == ' ') {
		rest->at++;
		rest->n--;
	}
	word = (struct span){rest->at, 0};
	while (word.n < rest->n && word.at[word.n] != ' ')
		word.n++;
	rest->at += word.n;
	rest->n -= word.n;
	return word;
}

/* Whether the bytes are UTF-8 without control characters. */
static bool is_text(struct span s)
{
	const char *end = s.at + s.n;

	if (!g_utf8_validate(s.at, (gssize)s.n, NULL))
		return false;
	for (const char *p = s.at; p < end; p = g_utf8_next_char(p))
		if (g_unichar_iscntrl(g_utf8_get_char(p)))
			return false;
	return true;
}

static bool copy_text(struct span s, char *out, size_t most)
{
	if (s.n == 0 || s.n > most || !is_text(s))
		return false;
	memcpy(out, s.at, s.n);
	out[s.n] = '\0';
	return true;
}

static bool read_total(struct span s, int64_t *total)
{
	size_t digits = 0, after = 0;
	bool point = false;
	int64_t sum = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.at[i];

		if ((c == '.' || c == ',') && !point && digits > 0) {
			point = true;
		} else if (c >= '0' && c <= '9' && digits < 15) {
			sum = sum * 10 + (c - '0');
			digits++;
			after += point;
		} else {
			return false;
		}
	}
	if (digits - after > 13 || digits == 0 || after > 2 || (point && after == 0))
		return false;
	*total = after == 2 ? sum : after == 1 ? sum * 10 : sum * 100;
	return true;
}

static bool read_tender(struct span s, enum tender *tender)
{
	if (span_is(s, "cash"))
		*tender = TENDER_CASH;
	else if (span_is(s, "card"))
		*tender = TENDER_CARD;
	else
		return false;
	return true;
}

static bool read_kind(struct span s, enum sale_kind *kind)
{
	if (span_is(s, "sale"))
		*kind = SALE_SALE;
	else if (span_is(s, "return"))
		*kind = SALE_RETURN;
	else if (span_is(s, "void"))
		*kind = SALE_VOID;
	else
		return false;
	return true;
}

static bool set_receipt(struct span s, struct till_event *till)
{
	return copy_text(s, till->receipt, RECEIPT_MAX);
}

static bool set_total(struct span s, struct till_event *till)
{
	till->has_total = true;
	return read_total(s, &till->total);
}

static bool set_cashier(struct span s, struct till_event *till)
{
	return copy_text(s, till->cashier, CASHIER_MAX);
}

static bool set_tender(struct span s, struct till_event *till)
{
	return read_tender(s, &till->tender);
}

static bool set_kind(struct span s, struct till_event *till)
{
	return read_kind(s, &till->kind);
}

static const struct key_row {
	const char *name;
	unsigned bit;
	bool (*set)(struct span value, struct till_event *till);
	const char *wrong;
} keys[] = {
	{"receipt=", KEY_BIT_RECEIPT, set_receipt,
	 "receipt= is not 1 to 40 bytes of UTF-8 without blanks"},
	{"total=", KEY_BIT_TOTAL, set_total,
	 "total= is not a sum such as 1234 or 1234.50, at most 13 digits before the point"},
	{"cashier=", KEY_BIT_CASHIER, set_cashier,
	 "cashier= is not 1 to 20 bytes of UTF-8 without blanks"},
	{"tender=", KEY_BIT_TENDER, set_tender, "tender= is neither cash nor card"},
	{"kind=", KEY_BIT_KIND, set_kind, "kind= is none of sale, return, void"},
};

/* What is wrong with WORD, a key=value of VERB, or NULL.  SEEN collects the keys. */
static const char *read_key(const struct verb *verb, struct span word, unsigned *seen,
			    struct till_event *till)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		size_t n = strlen(keys[i].name);

		if (word.n < n || memcmp(word.at, keys[i].name, n) != 0)
			continue;
		if ((verb->keys & keys[i].bit) == 0)
			break;
		if ((*seen & keys[i].bit) != 0)
			return "a key stands twice";
		*seen |= keys[i].bit;
		if (!keys[i].set((struct span){word.at + n, word.n - n}, till))
			return keys[i].wrong;
		return NULL;
	}
	if (verb->keys == PAY_KEYS)
		return "unknown word; PAY takes receipt= total= cashier= tender= kind=";
	return verb->keys != 0 ? "unknown word; RESUME takes receipt="
			       : "nothing may follow this word";
}

static const char *read_verb(const struct verb *verb, struct span rest,
			     struct till_line *out)
{
	unsigned seen = 0;
	struct span word;

	out->kind = verb->kind;
	out->till.word = verb->word;
	while ((word = next_word(&rest)).n > 0) {
		const char *wrong = read_key(verb, word, &seen, &out->till);

		if (wrong != NULL)
			return wrong;
	}
	return (verb->needs & ~seen) == 0 ? NULL : "RESUME needs receipt=";
}

/* All that follows CARD, blanks inside too: the guard wants to see it as it was sent. */
static const char *read_card(struct span rest, struct till_line *out)
{
	while (rest.n > 0 && *rest.at == ' ') {
		rest.at++;
		rest.n--;
	}
	while (rest.n > 0 && rest.at[rest.n - 1] == ' ')
		rest.n--;
	if (rest.n == 0)
		return "CARD needs a number";
	out->kind = TILL_LINE_CARD;
	memcpy(out->card, rest.at, rest.n);
	out->card[rest.n] = '\0';
	return NULL;
}

static const char *read_line(struct span rest, struct till_line *out)
{
	struct span word = next_word(&rest);

	if (span_is(word, "CARD"))
		return read_card(rest, out);
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (span_is(word, verbs[i].name))
			return read_verb(&verbs[i], rest, out);
	return "unknown; say PAY, PAID, HOLD, RESUME, CANCEL, CARD or STATUS";
}

void till_line_parse(const char *text, size_t length, struct till_line *out)
{
	*out = (struct till_line){.kind = TILL_LINE_WRONG};
	if (length > 0 && text[length - 1] == '\r')
		length--;
	if (length > TILL_LINE_MAX)
		out->wrong = "the line is longer than 512 bytes";
	else if (memchr(text, '\0', length) != NULL)
		out->wrong = "the line holds a NUL byte";
	else
		out->wrong = read_line((struct span){text, length}, out);
	if (out->wrong != NULL)
		out->kind = TILL_LINE_WRONG;
}
