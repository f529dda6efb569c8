/* record.h - one row of an exported table: named and typed values, whatever the format.
 *
 * A record is used again for every row: the row begins with record_begin(), and values are
 * added in the order of the columns.  Texts are borrowed until the next row; what is no UTF-8
 * (a damaged database) is made so.  Nothing is allocated for a row.
 */
#ifndef TILLASK_EXPORT_RECORD_H
#define TILLASK_EXPORT_RECORD_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/moment.h"

enum value_kind {
	VALUE_ABSENT,
	VALUE_TEXT,    /* from a person, a device or a file */
	VALUE_WORD,    /* one of our own: letters, blanks and _ */
	VALUE_ID,      /* of a visit or an event */
	VALUE_INTEGER, /* `number` */
	VALUE_DECIMAL, /* `number` counts 10^-`extra` */
	VALUE_REAL,
	VALUE_DAY,  /* `number` since 1970-01-01 */
	VALUE_TIME, /* `number` ms UTC, `extra` is the local offset in seconds */
};

struct value {
	enum value_kind kind;
	int32_t extra;
	union {
		const char *text;
		const struct id *id;
		int64_t number;
		double real;
	};
};

struct record {
	unsigned n, most;
	const char **name; /* of the columns; borrowed */
	struct value *value;
	GStringChunk *repaired; /* texts of the row that were no UTF-8 */
	bool has_repaired;
};

struct record *record_new(void);
void record_free(struct record *r);

/* A row that will have at most MOST values. */
void record_begin(struct record *r, unsigned most);

/* NAME is borrowed for the record's life.  "" is absent. */
void record_text(struct record *r, const char *name, const char *text);
void record_word(struct record *r, const char *name, const char *word);
void record_id(struct record *r, const char *name, const struct id *id);
void record_absent(struct record *r, const char *name);
void record_integer(struct record *r, const char *name, int64_t value);
/* VALUE counts 10^-DECIMALS: 12345 and 2 are 123.45. */
void record_decimal(struct record *r, const char *name, int64_t value, int decimals);
void record_real(struct record *r, const char *name, double value);
void record_time(struct record *r, const char *name, int64_t utc_ms, int32_t offset_s);
void record_day(struct record *r, const char *name, int32_t day);

/* The characters of a value that is neither absent nor a text, without a NUL: how many.
 *	12  -0.05  0.3333333333333333  2024-09-05  2024-09-05T14:03:07.120+03:00
 * A real is as short as it can be without being another one. */
#define VALUE_CHARACTERS 64
size_t value_print(const struct value *value, char out[VALUE_CHARACTERS]);

#endif
