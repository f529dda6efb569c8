#include "sync/facts.h"

#include <string.h>

#define MS_A_DAY    INT64_C(86400000)
#define JULIAN_1970 719163 /* GDate's number of 1970-01-01 */

enum format {
	AS_IT_IS,
	UUID,
	DAY,
	MOMENT,
	HUNDREDTHS,
	TENTHS, /* of a second, from ms */
	BOOLEAN,
};

static const struct {
	const char *name;
	enum format format;
} formats[] = {
	{"generation", UUID},  {"visit", UUID},       {"event", UUID},
	{"wording_id", UUID},  {"day", DAY},          {"started", MOMENT},
	{"ended", MOMENT},     {"at", MOMENT},        {"total", HUNDREDTHS},
	{"seconds", TENTHS},   {"low", BOOLEAN},      {"offered", BOOLEAN},
	{"training", BOOLEAN}, {"held_out", BOOLEAN}, {"queue_time", UUID},
};

struct table {
	enum format format[OUTBOX_COLUMNS_MAX];
	char *columns;
	GString *text;
	unsigned rows;
};

struct facts {
	struct table table[OUTBOX_FACTS];
};

static enum format format_of(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
		if (strcmp(formats[i].name, name) == 0)
			return formats[i].format;
	return AS_IT_IS;
}

static bool prepare(struct table *t, struct outbox *outbox, enum outbox_fact fact,
		    GError **error)
{
	const char *names[OUTBOX_COLUMNS_MAX];
	g_autoptr(GString) columns = g_string_new(NULL);
	unsigned n;

	t->text = g_string_new(NULL);
	if (!outbox_columns(outbox, fact, names, &n, error))
		return false;
	for (unsigned i = 0; i < n; i++) {
		t->format[i] = format_of(names[i]);
		g_string_append_printf(columns, "%s\"%s\"", i > 0 ? ", " : "", names[i]);
	}
	t->columns = g_strdup(columns->str);
	return true;
}

struct facts *facts_new(struct outbox *outbox, GError **error)
{
	struct facts *f = g_new0(struct facts, 1);

	for (enum outbox_fact fact = 0; fact < OUTBOX_FACTS; fact++)
		if (!prepare(&f->table[fact], outbox, fact, error)) {
			facts_free(f);
			return NULL;
		}
	return f;
}

void facts_free(struct facts *f)
{
	for (enum outbox_fact fact = 0; fact < OUTBOX_FACTS; fact++) {
		g_free(f->table[fact].columns);
		if (f->table[fact].text != NULL)
			g_string_free(f->table[fact].text, TRUE);
	}
	g_free(f);
}

static void clear(struct facts *f)
{
	for (enum outbox_fact fact = 0; fact < OUTBOX_FACTS; fact++) {
		g_string_set_size(f->table[fact].text, 0);
		f->table[fact].rows = 0;
	}
}

const char *facts_columns(const struct facts *f, enum outbox_fact fact)
{
	return f->table[fact].columns;
}

const GString *facts_text(const struct facts *f, enum outbox_fact fact)
{
	return f->table[fact].text;
}

unsigned facts_rows(const struct facts *f, enum outbox_fact fact)
{
	return f->table[fact].rows;
}

/* ---- values ----------------------------------------------------------------------------- */

void facts_put_text(GString *out, const char *text, gssize size)
{
	const char *end = text + (size < 0 ? (gssize)strlen(text) : size);

	for (const char *at = text; at < end; at++) {
		switch (*at) {
		case '\\':
			g_string_append_len(out, "\\\\", 2);
			break;
		case '\n':
			g_string_append_len(out, "\\n", 2);
			break;
		case '\r':
			g_string_append_len(out, "\\r", 2);
			break;
		case '\t':
			g_string_append_len(out, "\\t", 2);
			break;
		default: /* not an enum */
			g_string_append_c(out, *at);
			break;
		}
	}
}

void facts_put_id(GString *out, const void *id)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t *byte = id;
	char text[32];

	for (int i = 0; i < 16; i++) {
		text[2 * i] = digits[byte[i] >> 4];
		text[2 * i + 1] = digits[byte[i] & 15];
	}
	g_string_append_len(out, text, sizeof text);
}

static void put_integer(GString *out, int64_t value)
{
	char text[24];
	int n = g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, value);

	g_string_append_len(out, text, n);
}

static void put_two(GString *out, int value, char after)
{
	const char text[3] = {(char)('0' + value / 10), (char)('0' + value % 10), after};

	g_string_append_len(out, text, after != '\0' ? 3 : 2);
}

/* What lies outside of the years that a clock can show is written as it is, for the server to
 * refuse. */
void facts_put_day(GString *out, int64_t day)
{
	GDate date;

	if (day < -JULIAN_1970 + 1 || day > 2900000) {
		put_integer(out, day);
		return;
	}
	g_date_clear(&date, 1);
	g_date_set_julian(&date, (guint32)(day + JULIAN_1970));
	g_string_append_printf(out, "%04d-", g_date_get_year(&date));
	put_two(out, (int)g_date_get_month(&date), '-');
	put_two(out, g_date_get_day(&date), '\0');
}

void facts_put_moment(GString *out, int64_t ms)
{
	int64_t day = ms / MS_A_DAY - (ms % MS_A_DAY < 0);
	int rest = (int)(ms - day * MS_A_DAY);

	facts_put_day(out, day);
	g_string_append_c(out, ' ');
	put_two(out, rest / 3600000, ':');
	put_two(out, rest / 60000 % 60, ':');
	put_two(out, rest / 1000 % 60, '.');
	g_string_append_c(out, (char)('0' + rest / 100 % 10));
	put_two(out, rest % 100, '\0');
	g_string_append_len(out, "+00", 3);
}

void facts_put_decimal(GString *out, int64_t value, int decimals)
{
	uint64_t whole = value < 0 ? 0 - (uint64_t)value : (uint64_t)value, unit = 1;

	for (int i = 0; i < decimals; i++)
		unit *= 10;
	g_string_append_printf(out, "%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT,
			       value < 0 ? "-" : "", whole / unit, decimals,
			       whole % unit);
}

static void put_integer_as(GString *out, enum format format, int64_t value)
{
	switch (format) {
	case AS_IT_IS:
	case UUID:
		put_integer(out, value);
		break;
	case DAY:
		facts_put_day(out, value);
		break;
	case MOMENT:
		facts_put_moment(out, value);
		break;
	case HUNDREDTHS:
		facts_put_decimal(out, value, 2);
		break;
	case TENTHS:
		facts_put_decimal(out, (value + 50) / 100, 1);
		break;
	case BOOLEAN:
		g_string_append_c(out, value != 0 ? 't' : 'f');
		break;
	}
}

static void put_value(GString *out, enum format format, const struct outbox_value *v)
{
	char real[G_ASCII_DTOSTR_BUF_SIZE];

	switch (v->kind) {
	case OUTBOX_ABSENT:
		g_string_append_len(out, "\\N", 2);
		break;
	case OUTBOX_INTEGER:
		put_integer_as(out, format, v->integer);
		break;
	case OUTBOX_REAL:
		g_string_append(out, g_ascii_dtostr(real, sizeof real, v->real));
		break;
	case OUTBOX_TEXT:
		facts_put_text(out, v->text, (gssize)v->size);
		break;
	case OUTBOX_BYTES:
		g_assert(format == UUID && v->size >= 16);
		facts_put_id(out, v->text);
		break;
	}
}

static void add(void *self, enum outbox_fact fact, const struct outbox_value *value,
		unsigned n)
{
	struct table *t = &((struct facts *)self)->table[fact];

	for (unsigned i = 0; i < n; i++) {
		if (i > 0)
			g_string_append_c(t->text, '\t');
		put_value(t->text, t->format[i], &value[i]);
	}
	g_string_append_c(t->text, '\n');
	t->rows++;
}

bool facts_load(struct facts *f, struct outbox *outbox,
		const struct outbox_record *records, unsigned n, GError **error)
{
	clear(f);
	for (unsigned from = 0, to; from < n; from = to) {
		for (to = from + 1; to < n && records[to].kind == records[from].kind;
		     to++)
			;
		if (!outbox_rows(outbox, &records[from], &records[to - 1], add, f, error))
			return false;
	}
	return true;
}
