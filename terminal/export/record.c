#include "export/record.h"

#include <stdlib.h>
#include <time.h>

struct record *record_new(void)
{
	struct record *r = g_new(struct record, 1);
	r->values = g_array_new(FALSE, FALSE, sizeof(struct value));
	r->texts = g_string_chunk_new(2048);
	return r;
}

void record_free(struct record *r)
{
	g_array_unref(r->values);
	g_string_chunk_free(r->texts);
	g_free(r);
}

void record_clear(struct record *r)
{
	g_array_set_size(r->values, 0);
	g_string_chunk_clear(r->texts);
}

const struct value *record_values(const struct record *r, unsigned *n)
{
	*n = r->values->len;
	return (const struct value *)(const void *)r->values->data;
}

static void add(struct record *r, const char *name, enum value_kind kind,
		const char *text)
{
	struct value value = {g_string_chunk_insert(r->texts, name), kind,
			      g_string_chunk_insert(r->texts, text)};
	g_array_append_val(r->values, value);
}

void record_text(struct record *r, const char *name, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	add(r, name, *valid != '\0' ? VALUE_TEXT : VALUE_ABSENT, valid);
}

void record_absent(struct record *r, const char *name)
{
	add(r, name, VALUE_ABSENT, "");
}

void record_integer(struct record *r, const char *name, int64_t value)
{
	record_decimal(r, name, value, 0);
}

void record_decimal(struct record *r, const char *name, int64_t value, int decimals)
{
	char text[32];
	uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value, unit = 1;
	for (int i = 0; i < decimals; i++)
		unit *= 10;
	int n = g_snprintf(text, sizeof text, "%s%" G_GUINT64_FORMAT,
			   value < 0 ? "-" : "", size / unit);
	if (decimals > 0)
		g_snprintf(text + n, sizeof text - (size_t)n, ".%0*" G_GUINT64_FORMAT,
			   decimals, size % unit);
	add(r, name, VALUE_NUMBER, text);
}

void record_real(struct record *r, const char *name, double value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];
	for (int digits = 1; digits <= 17; digits++) {
		char format[8];
		g_snprintf(format, sizeof format, "%%.%dg", digits);
		if (g_ascii_strtod(g_ascii_formatd(text, sizeof text, format, value),
				   NULL) == value)
			break;
	}
	add(r, name, VALUE_NUMBER, text);
}

/* The calendar of an instant that local clocks show as SECONDS since 1970-01-01T00:00. */
static struct tm calendar(int64_t seconds)
{
	struct tm tm = {0};
	time_t time = seconds;
	gmtime_r(&time, &tm);
	return tm;
}

void record_time(struct record *r, const char *name, int64_t utc_ms, int32_t offset_s)
{
	char text[64];
	int64_t local_ms = utc_ms + offset_s * INT64_C(1000);
	int64_t seconds = local_ms / 1000 - (local_ms % 1000 < 0);
	struct tm tm = calendar(seconds);
	int minutes = abs(offset_s) / 60;
	g_snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03d%c%02d:%02d",
		   tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
		   tm.tm_sec, (int)(local_ms - seconds * 1000), offset_s < 0 ? '-' : '+',
		   minutes / 60, minutes % 60);
	add(r, name, VALUE_TEXT, text);
}

void record_day(struct record *r, const char *name, int32_t day)
{
	char text[32];
	struct tm tm = calendar(day * INT64_C(86400));
	g_snprintf(text, sizeof text, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1,
		   tm.tm_mday);
	add(r, name, VALUE_TEXT, text);
}
