#include "ini.h"

#include <string.h>

struct scanner {
	struct ini *ini;
	struct faults *faults;
	const char *text; /* the whole file */
	gsize size;
	struct ini_group *group; /* the one that lines belong to, or NULL */
	GHashTable *titles;      /* of groups -> line */
	GHashTable *keys;        /* of this group, as written -> line */
	bool lost; /* after a header that was not understood: lines are dropped */
	int line;
};

/* Which of the old Russian encodings has most of the file's high bytes as small letters: one
 * line has too few of them to tell. */
static const char *likely_encoding(const char *text, gsize n)
{
	static const struct {
		const char *name;
		unsigned char from, to, from2, to2;
	} table[] = {
		{"CP1251", 0xe0, 0xff, 0xb8, 0xb8},
		{"KOI8-R", 0xc0, 0xdf, 0xa3, 0xa3},
		{"CP866", 0xa0, 0xaf, 0xe0, 0xef},
	};
	const char *best = table[0].name;
	gsize most = 0;

	for (gsize t = 0; t < G_N_ELEMENTS(table); t++) {
		gsize count = 0;

		for (gsize i = 0; i < n; i++) {
			unsigned char c = (unsigned char)text[i];

			count += (c >= table[t].from && c <= table[t].to) ||
				 (c >= table[t].from2 && c <= table[t].to2);
		}
		if (count > most) {
			most = count;
			best = table[t].name;
		}
	}
	return best;
}

/* Characters that move the cursor or turn the direction of a line. */
static bool is_control(gunichar c)
{
	return (g_unichar_iscntrl(c) && c != '\t') || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

static bool line_is_clean(struct scanner *s, const char *line, gsize n)
{
	if (memchr(line, 0, n) != NULL) {
		faults_add(s->faults, s->line, NULL, NULL,
			   "a NUL byte stands in the line; the file must be UTF-8 text");
		return false;
	}
	if (!g_utf8_validate(line, (gssize)n, NULL)) {
		const char *encoding = likely_encoding(s->text, s->size);

		faults_add(
			s->faults, s->line, NULL, NULL,
			"the line is not UTF-8, it looks like %s; save the file as UTF-8 "
			"(iconv -f %s -t UTF-8)",
			encoding, encoding);
		return false;
	}
	for (const char *p = line; p < line + n; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (is_control(c)) {
			faults_add(
				s->faults, s->line, NULL, NULL,
				"a control character (U+%04X) stands in the line; delete it",
				c);
			return false;
		}
	}
	return true;
}

/* Notes NAME with its line; true, and a fault, when it was noted before. */
static bool stands_already(struct scanner *s, GHashTable *table, const char *name,
			   const char *title, const char *key)
{
	int before = GPOINTER_TO_INT(g_hash_table_lookup(table, name));

	if (before == 0)
		g_hash_table_insert(table, g_strdup(name), GINT_TO_POINTER(s->line));
	else
		faults_add(s->faults, s->line, title, key,
			   "stands in line %d already; allowed: once", before);
	return before != 0;
}

static void scan_header(struct scanner *s, char *line)
{
	gsize n = strlen(line);
	g_auto(GStrv) words = NULL;
	g_autofree char *title = NULL;
	struct ini_group *group;
	gsize space;

	s->group = NULL;
	s->lost = true;
	if (line[n - 1] != ']' || n < 3) {
		faults_add(
			s->faults, s->line, NULL, NULL,
			"a group is written [NAME], and nothing else stands in its line");
		return;
	}
	line[n - 1] = '\0';
	g_strdelimit(line, "\t", ' ');
	g_strstrip(line + 1);
	space = strcspn(line + 1, " ");
	group = g_new0(struct ini_group, 1);
	group->line = s->line;
	group->kind = g_string_chunk_insert_len(s->ini->strings, line + 1, (gssize)space);
	group->name = g_string_chunk_insert(s->ini->strings,
					    g_strstrip(line + 1 + space));
	title = g_strjoin(*group->name != '\0' ? " " : "", group->kind, group->name,
			  NULL);
	group->title = g_string_chunk_insert(s->ini->strings, title);
	group->entries = g_array_new(FALSE, FALSE, sizeof(struct ini_entry));
	group->again = stands_already(s, s->titles, title, title, NULL);
	g_hash_table_remove_all(s->keys);
	g_ptr_array_add(s->ini->groups, group);
	s->group = group;
}

/* Cuts "text[ru]" into "text" and "ru"; false when the brackets are not right. */
static bool split_key(char *key, const char **language)
{
	char *bracket = strchr(key, '[');
	gsize n = strlen(key);

	*language = NULL;
	if (bracket == NULL)
		return n > 0 && strchr(key, ']') == NULL;
	if (bracket == key || key[n - 1] != ']' || strchr(bracket + 1, '[') != NULL ||
	    strchr(bracket, ']') != key + n - 1 || bracket + 2 == key + n)
		return false;
	key[n - 1] = '\0';
	*bracket = '\0';
	g_strchomp(key);
	*language = g_strstrip(bracket + 1);
	return *key != '\0' && **language != '\0';
}

static void scan_entry(struct scanner *s, char *line)
{
	char *equals = strchr(line, '=');
	const char *title = s->group != NULL ? s->group->title : NULL;
	g_autofree char *written = NULL;
	g_autofree char *name = NULL;
	struct ini_entry entry = {.line = s->line};

	if (equals == NULL) {
		faults_add(s->faults, s->line, title, NULL,
			   "the line is no [group], no key=value and no # comment");
		return;
	}
	*equals = '\0';
	g_strchomp(line);
	written = g_strdup(line);
	if (!split_key(line, &entry.language)) {
		faults_add(s->faults, s->line, title, NULL,
			   "'%s' is no key; a line is key=value or key[ru]=value",
			   written);
		return;
	}
	if (s->group == NULL) {
		if (!s->lost)
			faults_add(
				s->faults, s->line, NULL, written,
				"stands before the first [group]; a key belongs to a group");
		return;
	}
	name = g_strconcat(line, "[", entry.language, NULL);
	if (stands_already(s, s->keys, name, title, written))
		return;
	entry.key = g_string_chunk_insert(s->ini->strings, line);
	if (entry.language != NULL)
		entry.language = g_string_chunk_insert(s->ini->strings, entry.language);
	entry.value = g_string_chunk_insert(s->ini->strings, g_strstrip(equals + 1));
	g_array_append_val(s->group->entries, entry);
}

static void scan_line(struct scanner *s, const char *bytes, gsize n)
{
	g_autofree char *line = NULL;

	if (n > 0 && bytes[n - 1] == '\r')
		n--;
	if (!line_is_clean(s, bytes, n))
		return;
	line = g_strndup(bytes, n);
	g_strstrip(line);
	if (*line == '\0' || *line == '#')
		return;
	if (*line == '[')
		scan_header(s, line);
	else
		scan_entry(s, line);
}

static void group_free(void *data)
{
	struct ini_group *group = data;

	g_array_unref(group->entries);
	g_free(group);
}

struct ini *ini_scan_at(const char *file, int first_line, const char *text, gsize length,
			struct faults *faults)
{
	struct ini *ini = g_new(struct ini, 1);
	struct scanner s = {.ini = ini,
			    .faults = faults,
			    .text = text,
			    .size = length,
			    .line = first_line - 1};

	ini->strings = g_string_chunk_new(4096);
	ini->file = g_string_chunk_insert(ini->strings, file);
	ini->groups = g_ptr_array_new_with_free_func(group_free);
	if (length >= 2 &&
	    (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0)) {
		faults_add(faults, first_line, NULL, NULL,
			   "the file is UTF-16; save it as UTF-8");
		return ini;
	}
	if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		length -= 3;
	}
	s.titles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	s.keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	while (length > 0) {
		const char *end = memchr(text, '\n', length);
		gsize n = end != NULL ? (gsize)(end - text) : length;

		s.line++;
		scan_line(&s, text, n);
		n += end != NULL;
		text += n;
		length -= n;
	}
	g_hash_table_unref(s.titles);
	g_hash_table_unref(s.keys);
	return ini;
}

struct ini *ini_scan(const char *file, const char *text, gsize length,
		     struct faults *faults)
{
	return ini_scan_at(file, 1, text, length, faults);
}

void ini_free(struct ini *ini)
{
	if (ini == NULL)
		return;
	g_ptr_array_unref(ini->groups);
	g_string_chunk_free(ini->strings);
	g_free(ini);
}

/* ---- one over another ------------------------------------------------------------------- */

/* The group of this title, or NULL. */
static struct ini_group *find_group(const struct ini *ini, const char *title)
{
	for (guint i = 0; i < ini->groups->len; i++) {
		struct ini_group *group = g_ptr_array_index(ini->groups, i);

		if (strcmp(group->title, title) == 0)
			return group;
	}
	return NULL;
}

static void lay_entry(struct ini *ini, struct ini_group *into,
		      const struct ini_entry *entry)
{
	struct ini_entry copy = {.line = entry->line};

	copy.key = g_string_chunk_insert(ini->strings, entry->key);
	copy.value = g_string_chunk_insert(ini->strings, entry->value);
	if (entry->language != NULL)
		copy.language = g_string_chunk_insert(ini->strings, entry->language);
	for (guint i = 0; i < into->entries->len; i++) {
		struct ini_entry *e = &g_array_index(into->entries, struct ini_entry, i);

		if (strcmp(e->key, copy.key) == 0 &&
		    g_strcmp0(e->language, copy.language) == 0) {
			*e = copy;
			return;
		}
	}
	g_array_append_val(into->entries, copy);
}

void ini_lay(struct ini *ini, const struct ini_group *group, bool whole)
{
	struct ini_group *into = find_group(ini, group->title);

	if (into == NULL) {
		into = g_new0(struct ini_group, 1);
		into->line = group->line;
		into->title = g_string_chunk_insert(ini->strings, group->title);
		into->kind = g_string_chunk_insert(ini->strings, group->kind);
		into->name = g_string_chunk_insert(ini->strings, group->name);
		into->entries = g_array_new(FALSE, FALSE, sizeof(struct ini_entry));
		g_ptr_array_add(ini->groups, into);
	}
	if (whole) {
		into->line = group->line;
		g_array_set_size(into->entries, 0);
	}
	for (guint i = 0; i < group->entries->len; i++)
		lay_entry(ini, into, &g_array_index(group->entries, struct ini_entry, i));
}

void ini_take_away(struct ini *ini, const char *title)
{
	struct ini_group *group = find_group(ini, title);

	if (group != NULL)
		g_ptr_array_remove(ini->groups, group);
}

char **ini_list(const char *value)
{
	GPtrArray *items = g_ptr_array_new();
	GString *item = g_string_new(NULL);

	while (*value != '\0') {
		for (; *value != '\0' && *value != ';'; value++) {
			if (*value == '\\' && value[1] == ';')
				value++;
			g_string_append_c(item, *value);
		}
		g_ptr_array_add(items, g_strstrip(g_strdup(item->str)));
		g_string_truncate(item, 0);
		if (*value == ';')
			value++;
	}
	g_string_free(item, TRUE);
	g_ptr_array_add(items, NULL);
	return (char **)g_ptr_array_free(items, FALSE);
}

#define LIKELY_MAX 64

/* Bytes to put in, leave out, change or swap with their neighbour to make B of A; both are at
 * most LIKELY_MAX long. */
static int edit_distance(const char *a, const char *b)
{
	int d[LIKELY_MAX + 1][LIKELY_MAX + 1];
	int m = (int)strlen(a), n = (int)strlen(b);

	for (int i = 0; i <= m; i++)
		d[i][0] = i;
	for (int j = 0; j <= n; j++)
		d[0][j] = j;
	for (int i = 1; i <= m; i++) {
		for (int j = 1; j <= n; j++) {
			d[i][j] = MIN(d[i - 1][j], d[i][j - 1]) + 1;
			d[i][j] = MIN(d[i][j], d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				d[i][j] = MIN(d[i][j], d[i - 2][j - 2] + 1);
		}
	}
	return d[m][n];
}

const char *ini_likely(const char *word, const char *const *candidates)
{
	g_autofree char *lower = g_ascii_strdown(word, -1);
	const char *best = NULL;
	int least = (int)(strlen(word) + 2) / 3 + 1;

	if (strlen(word) > LIKELY_MAX)
		return NULL;
	for (; *candidates != NULL; candidates++) {
		int distance = strlen(*candidates) <= LIKELY_MAX
				       ? edit_distance(lower, *candidates)
				       : least;

		if (distance < least) {
			least = distance;
			best = *candidates;
		}
	}
	return best;
}
