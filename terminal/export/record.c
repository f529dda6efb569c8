#include "export/record.h"

#include <string.h>

#define DAY_MS INT64_C(86400000)

struct record *record_new(void)
{
	struct record *r = g_new0(struct record, 1);
	r->repaired = g_string_chunk_new(256);
	return r;
}

void record_free(struct record *r)
{
	g_free(r->name);
	g_free(r->value);
	g_string_chunk_free(r->repaired);
	g_free(r);
}

void record_begin(struct record *r, unsigned most)
{
	r->n = 0;
	if (r->has_repaired)
		g_string_chunk_clear(r->repaired);
	r->has_repaired = false;
	if (most <= r->most)
		return;
	r->most = most;
	r->name = g_renew(const char *, r->name, most);
	r->value = g_renew(struct value, r->value, most);
}

static struct value *add(struct record *r, const char *name, enum value_kind kind)
{
	g_assert(r->n < r->most);
	r->name[r->n] = name;
	r->value[r->n].kind = kind;
	return &r->value[r->n++];
}

void record_text(struct record *r, const char *name, const char *text)
{
	if (*text == '\0') {
		add(r, name, VALUE_ABSENT);
		return;
	}
	if (!g_utf8_validate(text, -1, NULL)) {
		g_autofree char *valid = g_utf8_make_valid(text, -1);
		r->has_repaired = true;
		text = g_string_chunk_insert(r->repaired, valid);
	}
	add(r, name, VALUE_TEXT)->text = text;
}

void record_word(struct record *r, const char *name, const char *word)
{
	add(r, name, *word != '\0' ? VALUE_WORD : VALUE_ABSENT)->text = word;
}

void record_id(struct record *r, const char *name, const struct id *id)
{
	add(r, name, id_is_none(id) ? VALUE_ABSENT : VALUE_ID)->id = id;
}

void record_absent(struct record *r, const char *name)
{
	add(r, name, VALUE_ABSENT);
}

void record_integer(struct record *r, const char *name, int64_t value)
{
	add(r, name, VALUE_INTEGER)->number = value;
}

void record_decimal(struct record *r, const char *name, int64_t value, int decimals)
{
	struct value *v = add(r, name, VALUE_DECIMAL);
	v->number = value;
	v->extra = decimals;
}

void record_real(struct record *r, const char *name, double value)
{
	add(r, name, VALUE_REAL)->real = value;
}

void record_time(struct record *r, const char *name, int64_t utc_ms, int32_t offset_s)
{
	struct value *v = add(r, name, VALUE_TIME);
	v->number = utc_ms;
	v->extra = offset_s;
}

void record_day(struct record *r, const char *name, int32_t day)
{
	add(r, name, VALUE_DAY)->number = day;
}

/* ---- characters ------------------------------------------------------------------------ */

static char *put_digits(char *at, unsigned value, int digits)
{
	for (int i = digits - 1; i >= 0; i--, value /= 10)
		at[i] = (char)('0' + value % 10);
	return at + digits;
}

static char *put_integer(char *at, uint64_t value)
{
	char digits[20];
	int n = 0;
	do
		digits[n++] = (char)('0' + value % 10);
	while ((value /= 10) > 0);
	while (n > 0)
		*at++ = digits[--n];
	return at;
}

static char *put_decimal(char *at, int64_t value, int decimals)
{
	uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value, unit = 1;
	for (int i = 0; i < decimals; i++)
		unit *= 10;
	if (value < 0)
		*at++ = '-';
	at = put_integer(at, size / unit);
	if (decimals == 0)
		return at;
	*at++ = '.';
	return put_digits(at, (unsigned)(size % unit), decimals);
}

static char *put_real(char *at, double value)
{
	/* probabilities are mostly 1 */
	if (value == (double)(int)value && value >= 0)
		return put_integer(at, (uint64_t)(int)value);
	char text[G_ASCII_DTOSTR_BUF_SIZE];
	for (int digits = 1; digits <= 17; digits++) {
		char format[8];
		g_snprintf(format, sizeof format, "%%.%dg", digits);
		if (g_ascii_strtod(g_ascii_formatd(text, sizeof text, format, value),
				   NULL) == value)
			break;
	}
	size_t n = strlen(text);
	memcpy(at, text, n);
	return at + n;
}

/* Year, month and day of the proleptic Gregorian calendar (Howard Hinnant, "chrono-compatible
 * low-level date algorithms"). */
static void print_day(char *at, int64_t day)
{
	int64_t z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
	unsigned doe = (unsigned)(z - era * 146097);
	unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	unsigned mp = (5 * doy + 2) / 153;
	unsigned month = mp < 10 ? mp + 3 : mp - 9;
	int64_t year = (int64_t)yoe + era * 400 + (month <= 2);
	at = put_digits(at, (unsigned)CLAMP(year, 0, 9999), 4);
	*at++ = '-';
	at = put_digits(at, month, 2);
	*at++ = '-';
	put_digits(at, doy - (153 * mp + 2) / 5 + 1, 2);
}

/* The day of one row is mostly that of the one before. */
static char *put_day(char *at, int64_t day)
{
	static _Thread_local struct {
		int64_t day;
		char text[10];
	} last = {0, "1970-01-01"};
	if (day != last.day) {
		print_day(last.text, day);
		last.day = day;
	}
	memcpy(at, last.text, sizeof last.text);
	return at + sizeof last.text;
}

static char *put_time(char *at, int64_t utc_ms, int32_t offset_s)
{
	int64_t local = utc_ms + offset_s * INT64_C(1000);
	int64_t day = local / DAY_MS - (local % DAY_MS < 0);
	unsigned ms = (unsigned)(local - day * DAY_MS);
	unsigned zone = (unsigned)(offset_s < 0 ? -offset_s : offset_s) / 60;
	at = put_day(at, day);
	*at++ = 'T';
	at = put_digits(at, ms / 3600000, 2);
	*at++ = ':';
	at = put_digits(at, ms / 60000 % 60, 2);
	*at++ = ':';
	at = put_digits(at, ms / 1000 % 60, 2);
	*at++ = '.';
	at = put_digits(at, ms % 1000, 3);
	*at++ = offset_s < 0 ? '-' : '+';
	at = put_digits(at, zone / 60 % 100, 2);
	*at++ = ':';
	return put_digits(at, zone % 60, 2);
}

static char *put_id(char *at, const struct id *id)
{
	char text[ID_TEXT_MAX];
	id_format(id, text);
	size_t n = strlen(text);
	memcpy(at, text, n);
	return at + n;
}

size_t value_print(const struct value *v, char out[VALUE_CHARACTERS])
{
	char *end = out;
	switch (v->kind) {
	case VALUE_ABSENT:
	case VALUE_TEXT:
	case VALUE_WORD:
		break;
	case VALUE_ID:
		end = put_id(out, v->id);
		break;
	case VALUE_INTEGER:
		end = put_decimal(out, v->number, 0);
		break;
	case VALUE_DECIMAL:
		end = put_decimal(out, v->number, v->extra);
		break;
	case VALUE_REAL:
		end = put_real(out, v->real);
		break;
	case VALUE_DAY:
		end = put_day(out, v->number);
		break;
	case VALUE_TIME:
		end = put_time(out, v->number, v->extra);
		break;
	}
	return (size_t)(end - out);
}
