/* record.h - one row of an exported table: named values, whatever the format.
 *
 * The order in which values are added is that of the columns, so the row made of nothing is the
 * header.  Texts are copied; a record is used again for every row.
 */
#ifndef TILLASK_EXPORT_RECORD_H
#define TILLASK_EXPORT_RECORD_H

#include <glib.h>
#include <stdint.h>

enum value_kind {
	VALUE_ABSENT,
	VALUE_TEXT,   /* from a person, a device or a file */
	VALUE_NUMBER, /* digits, '-' and '.', made by us */
};

struct value {
	const char *name;
	enum value_kind kind;
	const char *text;
};

struct record {
	GArray *values; /* struct value */
	GStringChunk *texts;
};

struct record *record_new(void);
void record_free(struct record *r);
void record_clear(struct record *r);
const struct value *record_values(const struct record *r, unsigned *n);

/* NAME is copied too.  "" is absent. */
void record_text(struct record *r, const char *name, const char *text);
void record_absent(struct record *r, const char *name);
void record_integer(struct record *r, const char *name, int64_t value);
/* VALUE counts 10^-DECIMALS: 12345 and 2 are 123.45. */
void record_decimal(struct record *r, const char *name, int64_t value, int decimals);
/* As short as it can be without being another one. */
void record_real(struct record *r, const char *name, double value);
/* 2024-09-05T14:03:07.120+03:00 */
void record_time(struct record *r, const char *name, int64_t utc_ms, int32_t offset_s);
/* 2024-09-05, from days since 1970-01-01 */
void record_day(struct record *r, const char *name, int32_t day);

#endif
