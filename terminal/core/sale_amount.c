/* sale_amount.c - amounts in the notations of tills, see sale.h */
#include "core/sale.h"
#include "core/sale_text.h"

#include <string.h>

#define DIGITS_MAX 15
#define MINUS      0x2212
#define QUOTE      0x2019

/* What lies between the digits of one amount. */
static bool is_separator(uint32_t c)
{
	return c == '.' || c == ',' || c == '\'' || c == QUOTE || c == '=' || c == '-' ||
	       sale_is_space(c);
}

static bool is_minus(uint32_t c)
{
	return c == '-' || c == MINUS;
}

static bool is_currency_sign(uint32_t c)
{
	return c == '$' || (c >= 0xa2 && c <= 0xa5) || (c >= 0x20a0 && c <= 0x20cf);
}

struct span {
	const uint32_t *c;
	int n;
};

static void trim(struct span *s)
{
	while (s->n > 0 && sale_is_space(s->c[s->n - 1]))
		s->n--;
}

/* Takes off a currency's sign or letters ("EUR", "руб."), a mark of tax ("A"), ",-". */
static void take_end(struct span *s, bool *negative)
{
	int letters = 0;
	trim(s);
	if (s->n > 0 && s->c[s->n - 1] == ')') { /* accountants' minus */
		*negative = true;
		s->n--;
	}
	while (s->n > letters && (sale_is_letter(s->c[s->n - 1 - letters]) ||
				  is_currency_sign(s->c[s->n - 1 - letters]) ||
				  (letters == 0 && s->n > 1 && s->c[s->n - 1] == '.' &&
				   sale_is_letter(s->c[s->n - 2]))))
		letters++;
	if (letters <= 5)
		s->n -= letters;
	trim(s);
	if (s->n > 1 && is_minus(s->c[s->n - 1])) {
		s->n--;
		if (s->c[s->n - 1] == ',' || s->c[s->n - 1] == '.')
			s->n--; /* "12,-": no pence */
		else
			*negative = true;
	}
	trim(s);
}

/* A separator at AT goes on within one amount: a blank only before just three digits. */
static bool goes_on(const struct span *s, int at)
{
	int digits = 0;
	if (at == 0 || !sale_is_digit(s->c[at - 1]))
		return false;
	if (!sale_is_space(s->c[at]))
		return true;
	while (at + 1 + digits < s->n && sale_is_digit(s->c[at + 1 + digits]))
		digits++;
	return digits == 3;
}

/* The digits at the right end with what may lie between them. */
static struct span number_at_end(const struct span *s)
{
	int from = s->n;
	while (from > 0 && (sale_is_digit(s->c[from - 1]) ||
			    (from < s->n && is_separator(s->c[from - 1]) &&
			     sale_is_digit(s->c[from]) && goes_on(s, from - 1))))
		from--;
	return (struct span){s->c + from, s->n - from};
}

/* The digits before AT come in groups: one to three, then by three; INDIAN: then by two but
 * for the last. */
static bool is_grouped(const struct span *s, int end, uint32_t separator)
{
	int run = 0, groups = 0;
	for (int i = end - 1; i >= 0; i--) {
		if (sale_is_digit(s->c[i])) {
			run++;
			continue;
		}
		bool indian = separator == ',' && groups > 0 && run == 2;
		if (s->c[i] != separator || (run != 3 && !indian))
			return false;
		groups++;
		run = 0;
	}
	return groups == 0 || (run >= 1 && run <= 3 && s->c[0] != '0');
}

/* Where the decimals begin: the index of their separator; s->n: none; -1: no amount. */
static int decimals_at(const struct span *s)
{
	int last = s->n - 1;
	while (last >= 0 && sale_is_digit(s->c[last]))
		last--;
	if (last < 0)
		return s->n;
	int digits = s->n - 1 - last;
	uint32_t c = s->c[last];
	bool decimal = c == '.' || c == ',' ? digits <= 2
					    : (c == '=' || c == '-') && digits == 2;
	int end = decimal ? last : s->n;
	uint32_t group = 0;
	for (int i = 0; i < end && group == 0; i++)
		group = sale_is_digit(s->c[i]) ? 0 : s->c[i];
	if (group == '=' || group == '-' || (decimal && group == c) ||
	    !is_grouped(s, end, group))
		return -1;
	return end;
}

static bool number(const struct span *s, bool strict, int64_t *amount)
{
	int at = decimals_at(s), digits = 0, decimals = 0;
	int64_t sum = 0;
	if (at < 0 || s->n == 0)
		return false;
	if (strict && (at != s->n - 3 || (s->c[at] != '.' && s->c[at] != ',')))
		return false;
	for (int i = 0; i < s->n; i++) {
		if (!sale_is_digit(s->c[i]))
			continue;
		sum = sum * 10 + (int64_t)(s->c[i] - '0');
		digits++;
		decimals += i > at;
		if (digits > DIGITS_MAX)
			return false;
	}
	for (; decimals < 2; decimals++)
		sum *= 10;
	*amount = sum;
	return digits > 0;
}

/* The sign before the number, and a currency between. */
static bool negative_before(const struct span *s, int at)
{
	while (at > 0 && (sale_is_space(s->c[at - 1]) || is_currency_sign(s->c[at - 1])))
		at--;
	return at > 0 && is_minus(s->c[at - 1]) &&
	       (at == 1 || !sale_is_digit(s->c[at - 2]));
}

/* What ends at AT goes on before it: a date, a time, a share, not an amount. */
static bool is_part(const struct span *s, int at)
{
	if (at < 2 || !sale_is_digit(s->c[at - 2]))
		return false;
	uint32_t c = s->c[at - 1];
	return c == ':' || c == '/' || (is_separator(c) && !sale_is_space(c));
}

bool sale_amount(const char *line, bool strict, int64_t *amount)
{
	struct sale_line text;
	bool negative = false;
	sale_line_set(&text, line);
	struct span s = {text.c, text.n};
	take_end(&s, &negative);
	struct span digits = number_at_end(&s);
	int at = (int)(digits.c - s.c);
	if (is_part(&s, at) || !number(&digits, strict, amount))
		return false;
	if (negative || negative_before(&s, at))
		*amount = -*amount;
	return true;
}
