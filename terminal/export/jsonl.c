#include "export/jsonl.h"

static void put_text(FILE *out, const char *text)
{
	putc('"', out);
	for (const char *c = text; *c != '\0'; c++) {
		if (*c == '"' || *c == '\\')
			fprintf(out, "\\%c", *c);
		else if ((unsigned char)*c < 0x20 || *c == 0x7f)
			fprintf(out, "\\u%04x", (unsigned)*c);
		else
			putc(*c, out);
	}
	putc('"', out);
}

static void put_value(FILE *out, const struct value *value)
{
	switch (value->kind) {
	case VALUE_ABSENT:
		fputs("null", out);
		break;
	case VALUE_NUMBER:
		fputs(value->text, out);
		break;
	case VALUE_TEXT:
		put_text(out, value->text);
		break;
	}
}

void jsonl_row(FILE *out, const struct record *record)
{
	unsigned n;
	const struct value *values = record_values(record, &n);
	for (unsigned i = 0; i < n; i++) {
		putc(i == 0 ? '{' : ',', out);
		put_text(out, values[i].name);
		putc(':', out);
		put_value(out, &values[i]);
	}
	fputs("}\n", out);
}
