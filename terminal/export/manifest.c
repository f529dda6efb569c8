#include "export/manifest.h"

#include <jansson.h>

#include "day.h"
#include "export/jsonl.h"
#include "export/record.h"
#include "export/table.h"

char *manifest_name(const struct day_facts *f, const char *file, int part,
		    const char *extension)
{
	g_autofree char *day = day_text(f->day);
	char number[16] = "";
	if (part > 1)
		g_snprintf(number, sizeof number, ".%d", part);
	return g_strdup_printf("%s-%s-%s-%s%s.%s", file, f->store, f->till, day, number,
			       extension);
}

/* ---- writing ---------------------------------------------------------------------------- */

static void put_key(struct sink *out, const char *name)
{
	jsonl_text(out, name);
	sink_text(out, ": ");
}

static void put_text(struct sink *out, const char *name, const char *text)
{
	put_key(out, name);
	jsonl_text(out, text);
}

static void put_hex(struct sink *out, const char *name, const uint8_t *bytes, size_t n)
{
	char hex[2 * DAY_HASH + 1];
	put_key(out, name);
	jsonl_text(out, sodium_bin2hex(hex, sizeof hex, bytes, n));
}

static void put_number(struct sink *out, const char *name, int64_t number)
{
	char text[32];
	g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, number);
	put_key(out, name);
	sink_text(out, text);
}

static void put_null(struct sink *out, const char *name)
{
	put_key(out, name);
	sink_text(out, "null");
}

static void put_day(struct sink *out, const char *name, int32_t day)
{
	g_autofree char *text = day_text(day);
	put_text(out, name, text);
}

static const char *why(const struct day_facts *f, const struct day_file *file)
{
	for (unsigned i = 0; i < f->revisions->len; i++) {
		const struct day_revision *r = &g_array_index(f->revisions,
							      struct day_revision, i);
		if (r->n == file->revision)
			return r->why;
	}
	return "made by another version of tillask";
}

static void put_file(struct sink *out, const struct day_facts *f,
		     const struct day_file *file)
{
	int what = table_find(file->what);
	g_autofree char *name = manifest_name(
		f, what >= 0 ? table_file((enum table_what)what) : file->what, file->part,
		file->format);
	sink_text(out, "\n    {");
	put_text(out, "name", name);
	sink_text(out, ", ");
	put_text(out, "table", file->what);
	sink_text(out, ", ");
	put_number(out, "part", file->part);
	sink_text(out, ", ");
	put_number(out, "rows", file->rows);
	sink_text(out, ",\n     ");
	put_hex(out, "sha256", file->sha256, DAY_HASH);
	if (file->has_replaces) {
		sink_text(out, ",\n     ");
		put_hex(out, "replaces", file->replaces, DAY_HASH);
		sink_text(out, ", ");
		put_text(out, "why", why(f, file));
	}
	sink_byte(out, '}');
}

static void put_revision(struct sink *out, const struct day_revision *r)
{
	struct value at = {
		.kind = VALUE_TIME, .number = r->at_ms, .extra = r->at_offset_s};
	char text[VALUE_CHARACTERS];
	text[value_print(&at, text)] = '\0';
	sink_text(out, "\n    {");
	put_text(out, "why", r->why);
	sink_text(out, ", ");
	put_text(out, "at", text);
	sink_text(out, ",\n     ");
	put_hex(out, "content", r->content, DAY_HASH);
	sink_byte(out, '}');
}

static void put_chain(struct sink *out, const struct day_facts *f)
{
	if (f->sealed)
		put_hex(out, "seal", f->seal, DAY_HASH);
	else
		put_null(out, "seal");
	sink_text(out, ",\n  ");
	if (f->sealed && f->previous_day != DAY_NONE) {
		put_hex(out, "previous", f->previous, DAY_HASH);
		sink_text(out, ",\n  ");
		put_day(out, "previous_day", f->previous_day);
	} else {
		put_null(out, "previous");
		sink_text(out, ",\n  ");
		put_null(out, "previous_day");
	}
}

static void put_head(struct sink *out, const struct day_facts *f, int64_t first_seq,
		     int64_t last_seq)
{
	sink_text(out, "{\n  ");
	put_text(out, "store", f->store);
	sink_text(out, ",\n  ");
	put_text(out, "till", f->till);
	sink_text(out, ",\n  ");
	put_day(out, "day", f->day);
	sink_text(out, f->sealed ? ",\n  \"closed\": true,\n  "
				 : ",\n  \"closed\": false,\n  ");
	put_hex(out, "generation", f->generation, DAY_GENERATION);
	sink_text(out, ",\n  ");
	if (last_seq > 0) {
		put_number(out, "first_seq", first_seq);
		sink_text(out, ",\n  ");
		put_number(out, "last_seq", last_seq);
	} else {
		sink_text(out, "\"first_seq\": null,\n  \"last_seq\": null");
	}
	sink_text(out, ",\n  ");
}

void manifest_write(struct sink *out, const struct day_facts *f, int64_t first_seq,
		    int64_t last_seq)
{
	put_head(out, f, first_seq, last_seq);
	put_chain(out, f);
	sink_text(out, ",\n  \"files\": [");
	for (unsigned i = 0; i < f->files->len; i++) {
		if (i > 0)
			sink_byte(out, ',');
		put_file(out, f, &g_array_index(f->files, struct day_file, i));
	}
	sink_text(out, "],\n  \"revisions\": [");
	for (unsigned i = 0, n = 0; i < f->revisions->len; i++) {
		const struct day_revision *r = &g_array_index(f->revisions,
							      struct day_revision, i);
		if (!r->has_content)
			continue;
		if (n++ > 0)
			sink_byte(out, ',');
		put_revision(out, r);
	}
	sink_text(out, "]\n}\n");
}

/* ---- reading ---------------------------------------------------------------------------- */

static bool get_hex(const json_t *object, const char *name, uint8_t *out, size_t size)
{
	const char *text = json_string_value(json_object_get(object, name));
	size_t n;
	return text != NULL &&
	       sodium_hex2bin(out, size, text, strlen(text), NULL, &n, NULL) == 0 &&
	       n == size;
}

static bool get_file(const json_t *object, struct day_file *file)
{
	const char *name = json_string_value(json_object_get(object, "name"));
	const char *table = json_string_value(json_object_get(object, "table"));
	const char *dot = name != NULL ? strrchr(name, '.') : NULL;
	if (dot == NULL || table == NULL || table_find(table) < 0 ||
	    table_find_format(dot + 1) < 0 ||
	    !get_hex(object, "sha256", file->sha256, DAY_HASH))
		return false;
	g_strlcpy(file->what, table, sizeof file->what);
	g_strlcpy(file->format, dot + 1, sizeof file->format);
	file->part = (int)json_integer_value(json_object_get(object, "part"));
	file->rows = json_integer_value(json_object_get(object, "rows"));
	return file->part >= 1;
}

static int32_t get_day(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	int32_t day = DAY_NONE;
	if (text != NULL)
		day_parse(text, DAY_NONE, &day);
	return day;
}

static bool adopt(const json_t *root, const uint8_t generation[DAY_GENERATION],
		  struct day_facts *f)
{
	uint8_t theirs[DAY_GENERATION];
	const json_t *files = json_object_get(root, "files");
	if (!json_is_true(json_object_get(root, "closed")) ||
	    !get_hex(root, "generation", theirs, sizeof theirs) ||
	    memcmp(theirs, generation, sizeof theirs) == 0 ||
	    !get_hex(root, "seal", f->seal, DAY_HASH))
		return false;
	memcpy(f->generation, theirs, sizeof theirs);
	f->sealed = true;
	f->previous_day = get_hex(root, "previous", f->previous, DAY_HASH)
				  ? get_day(root, "previous_day")
				  : DAY_NONE;
	for (size_t i = 0; i < json_array_size(files); i++) {
		struct day_file file = {0};
		if (get_file(json_array_get(files, i), &file))
			g_array_append_val(f->files, file);
	}
	return true;
}

bool manifest_adopt(const char *path, const uint8_t generation[DAY_GENERATION],
		    struct day_facts *f)
{
	json_t *root = json_load_file(path, 0, NULL);
	bool done = root != NULL && adopt(root, generation, f);
	json_decref(root);
	return done;
}
