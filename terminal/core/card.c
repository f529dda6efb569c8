#include "core/card.h"

#include <string.h>

static const char *const error_names[CARD_ERRORS] = {
	[CARD_READ_ERROR] = "read-error", [CARD_TRUNCATED] = "truncated",
	[CARD_BAD_CHAR] = "bad-char",     [CARD_OVERLONG] = "overlong",
	[CARD_FORMAT] = "format",         [CARD_CHECKSUM] = "checksum",
	[CARD_LENGTH] = "length",
};

static const char *const kind_names[CARD_KINDS] = {
	[CARD_KIND_NONE] = "",
	[CARD_KIND_BONUS] = "bonus",
	[CARD_KIND_DISCOUNT] = "discount",
	[CARD_KIND_PRIVILEGE] = "privilege",
	[CARD_KIND_STAFF] = "staff",
};

const char *card_error_name(enum card_error error)
{
	return error_names[error];
}

const char *card_kind_name(enum card_kind kind)
{
	return kind_names[kind];
}

bool card_kind_from_name(const char *name, enum card_kind *kind)
{
	for (unsigned i = 0; i < CARD_KINDS; i++) {
		if (strcmp(name, kind_names[i]) == 0) {
			*kind = (enum card_kind)i;
			return true;
		}
	}
	return false;
}

static bool starts(const char *number, const char *prefix)
{
	return strncmp(prefix, number, strlen(prefix)) == 0;
}

/* In the form in which it came or, if it is a UPC-A, in the other one. */
static size_t prefix_matches(const struct card_prefix *prefix, const char *number)
{
	const char *digits = prefix->digits;
	size_t n = strlen(number);
	bool found = starts(number, digits);

	if (!found && n == 12 && digits[0] == '0')
		found = starts(number, digits + 1) && card_ean(number);
	if (!found && n == 13 && number[0] == '0')
		found = starts(number + 1, digits) && card_ean(number);
	return found ? strlen(digits) : 0;
}

bool card_accepts(const struct card_rules *rules, const char *number,
		  enum card_kind *kind)
{
	bool ours = rules->any;
	size_t longest = 0;

	*kind = CARD_KIND_NONE;
	for (int i = 0; i < rules->n; i++) {
		const struct card_prefix *prefix = &rules->prefix[i];
		size_t n = prefix_matches(prefix, number);

		ours = ours || n > 0;
		if (prefix->kind != CARD_KIND_NONE && n > longest) {
			longest = n;
			*kind = prefix->kind;
		}
	}
	return ours;
}

bool card_has_prefix(const struct card_rules *rules, const char *number)
{
	for (int i = 0; i < rules->n; i++) {
		if (prefix_matches(&rules->prefix[i], number) > 0)
			return true;
	}
	return false;
}

void card_mask(const char *number, char out[6])
{
	size_t n = strlen(number);
	size_t shown = n / 2 < 4 ? n / 2 : 4;

	out[0] = '*';
	memcpy(out + 1, number + n - shown, shown + 1);
}

bool card_ean(const char *number)
{
	size_t n = strlen(number);
	unsigned sum = 0;

	if (n != 8 && n != 12 && n != 13)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (number[i] < '0' || number[i] > '9')
			return false;
		sum += (unsigned)(number[i] - '0') * ((n - i) % 2 == 1 ? 1 : 3);
	}
	return sum % 10 == 0;
}
