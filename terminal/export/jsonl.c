#include "export/jsonl.h"

#include <stdio.h>
#include <string.h>

static bool is_escaped(unsigned char c)
{
	return c < 0x20 || c == '"' || c == '\\' || c == 0x7f;
}

static void put_escaped(struct sink *out, unsigned char c)
{
	char text[8];
	if (c == '"' || c == '\\')
		g_snprintf(text, sizeof text, "\\%c", c);
	else
		g_snprintf(text, sizeof text, "\\u%04x", (unsigned)c);
	sink_text(out, text);
}

void jsonl_text(struct sink *out, const char *text)
{
	sink_byte(out, '"');
	for (const char *c = text;; c++) {
		size_t n = 0;
		while (!is_escaped((unsigned char)c[n]))
			n++;
		sink_bytes(out, c, n);
		c += n;
		if (*c == '\0')
			break;
		put_escaped(out, (unsigned char)*c);
	}
	sink_byte(out, '"');
}

static void put_printed(struct sink *out, const struct value *value, bool quotes)
{
	char *at = sink_room(out, VALUE_CHARACTERS + 2), *end = at;
	if (quotes)
		*end++ = '"';
	end += value_print(value, end);
	if (quotes)
		*end++ = '"';
	out->used += (size_t)(end - at);
}

static void put_value(struct sink *out, const struct value *value)
{
	switch (value->kind) {
	case VALUE_ABSENT:
		sink_bytes(out, "null", 4);
		break;
	case VALUE_TEXT:
		jsonl_text(out, value->text);
		break;
	case VALUE_WORD:
		sink_byte(out, '"');
		sink_text(out, value->text);
		sink_byte(out, '"');
		break;
	case VALUE_INTEGER:
	case VALUE_DECIMAL:
	case VALUE_REAL:
		put_printed(out, value, false);
		break;
	case VALUE_ID:
	case VALUE_DAY:
	case VALUE_TIME:
		put_printed(out, value, true);
		break;
	}
}

void jsonl_row(struct sink *out, const struct record *record)
{
	for (unsigned i = 0; i < record->n; i++) {
		sink_byte(out, i == 0 ? '{' : ',');
		/* a column's name is of a-z 0-9 _ */
		sink_byte(out, '"');
		sink_text(out, record->name[i]);
		sink_bytes(out, "\":", 2);
		put_value(out, &record->value[i]);
	}
	sink_bytes(out, "}\n", 2);
}
