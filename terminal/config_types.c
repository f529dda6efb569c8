#include "config_table.h"

#include <string.h>

static char *wrong(const char *value, const char *what)
{
	bool cut = g_utf8_strlen(value, -1) > 40;
	g_autofree char *shown = g_utf8_substring(value, 0, cut ? 40 : -1);

	if (*value == '\0')
		return g_strdup("a value is missing");
	return g_strdup_printf("'%s%s' %s", shown, cut ? "..." : "", what);
}

static char *wrong_length(const struct option *o, const char *value)
{
	glong n = g_utf8_strlen(value, -1);

	return n >= o->least && n <= o->most ? NULL : wrong(value, "is too long");
}

static void put_integer(const struct option *o, void *at, int value)
{
	if (o->size == sizeof(uint8_t))
		*(uint8_t *)at = (uint8_t)value;
	else if (o->size == sizeof(uint16_t))
		*(uint16_t *)at = (uint16_t)value;
	else if (o->size == sizeof(int32_t))
		*(int32_t *)at = value;
	else
		g_assert_not_reached();
}

/* Decimal digits and nothing else; false also for what no int32_t holds. */
static bool parse_digits(const char *value, int *out)
{
	size_t n = strlen(value);

	if (n < 1 || n > 9 || strspn(value, "0123456789") != n)
		return false;
	*out = (int)g_ascii_strtoll(value, NULL, 10);
	return true;
}

static int word_index(const struct option *o, const char *value)
{
	for (int i = 0; o->words[i] != NULL; i++) {
		if (strcmp(o->words[i], value) == 0)
			return i;
	}
	return -1;
}

static char *wrong_word(const struct option *o, const char *value)
{
	const char *likely = ini_likely(value, o->words);
	g_autofree char *what =
		likely != NULL ? g_strdup_printf("is unknown; did you mean %s", likely)
			       : NULL;

	return wrong(value, what != NULL ? what : "is unknown");
}

char *read_text(struct loader *l, const struct option *o, const char *value, void *at)
{
	if (o->size > 0)
		*(const char **)at = loader_keep(l, value);
	return wrong_length(o, value);
}

char *read_ascii(struct loader *l, const struct option *o, const char *value, void *at)
{
	for (const char *p = value; *p != '\0'; p++) {
		if (!g_ascii_isprint(*p))
			return wrong(value, "has a character that is not ASCII");
	}
	return read_text(l, o, value, at);
}

char *read_name(struct loader *l, const struct option *o, const char *value, void *at)
{
	for (const char *p = value; *p != '\0'; p++) {
		if (!g_ascii_isalnum(*p) && (p == value || strchr("._-", *p) == NULL))
			return wrong(value, "has a character that may not stand there");
	}
	return read_text(l, o, value, at);
}

char *read_number(struct loader *l, const struct option *o, const char *value, void *at)
{
	int number;

	(void)l;
	if (!parse_digits(value, &number))
		return wrong(value, "is no whole number");
	if (number < o->least || number > o->most)
		return wrong(value, "is out of range");
	put_integer(o, at, number);
	return NULL;
}

char *read_ms(struct loader *l, const struct option *o, const char *value, void *at)
{
	char *fault = read_number(l, o, value, at);

	if (fault == NULL)
		*(int32_t *)at *= 1000;
	return fault;
}

char *read_bool(struct loader *l, const struct option *o, const char *value, void *at)
{
	bool yes = strcmp(value, "yes") == 0 || strcmp(value, "true") == 0;

	(void)l;
	(void)o;
	if (!yes && strcmp(value, "no") != 0 && strcmp(value, "false") != 0)
		return wrong(value, "is neither");
	*(bool *)at = yes;
	return NULL;
}

char *read_word(struct loader *l, const struct option *o, const char *value, void *at)
{
	int i = word_index(o, value);

	(void)l;
	if (i < 0)
		return wrong_word(o, value);
	put_integer(o, at, i);
	return NULL;
}

char *read_word_text(struct loader *l, const struct option *o, const char *value,
		     void *at)
{
	int i = word_index(o, value);

	(void)l;
	if (i < 0)
		return wrong_word(o, value);
	*(const char **)at = o->words[i];
	return NULL;
}

char *read_number_word(struct loader *l, const struct option *o, const char *value,
		       void *at)
{
	int number;

	(void)l;
	if (!parse_digits(value, &number))
		return wrong(value, "is no whole number");
	if (word_index(o, value) < 0)
		return wrong(value, "is not in use");
	put_integer(o, at, number);
	return NULL;
}

char *read_time(struct loader *l, const struct option *o, const char *value, void *at)
{
	g_auto(GStrv) part = g_strsplit(value, ":", 3);
	int hour, minute;

	(void)l;
	if (g_strv_length(part) != 2 || strlen(part[0]) > 2 || strlen(part[1]) != 2 ||
	    !parse_digits(part[0], &hour) || !parse_digits(part[1], &minute) ||
	    minute > 59 || hour * 60 + minute > o->most)
		return wrong(value, "is no time of day");
	put_integer(o, at, hour * 60 + minute);
	return NULL;
}

char *read_path(struct loader *l, const struct option *o, const char *value, void *at)
{
	const char *path = loader_path(l, value);

	if (*value == '\0')
		return wrong(value, "");
	if (strlen(path) > (size_t)o->most)
		return wrong(path, "is too long");
	*(const char **)at = path;
	return NULL;
}

char *read_device(struct loader *l, const struct option *o, const char *value, void *at)
{
	static const char replay[] = "replay:";
	g_autofree char *device = NULL;
	const char *file;

	if (strcmp(value, "demo") == 0) {
		*(const char **)at = "demo";
		return NULL;
	}
	if (!g_str_has_prefix(value, replay))
		return read_path(l, o, value, at);
	file = value + strlen(replay);
	if (*file == '\0')
		return wrong(value, "names no file");
	device = g_strconcat(replay, loader_path(l, file), NULL);
	*(const char **)at = loader_keep(l, device);
	return NULL;
}

char *read_frame(struct loader *l, const struct option *o, const char *value, void *at)
{
	struct line_config *line = at;

	(void)l;
	(void)o;
	if (strlen(value) != 3 || strchr("78", value[0]) == NULL ||
	    strchr("NEO", value[1]) == NULL || strchr("12", value[2]) == NULL)
		return wrong(value, "is no frame");
	line->data_bits = value[0] - '0';
	line->parity = value[1];
	line->stop_bits = value[2] - '0';
	return NULL;
}

char *read_timezone(struct loader *l, const struct option *o, const char *value, void *at)
{
	GTimeZone *zone = NULL;

	(void)o;
	if (*value != '/' && strstr(value, "..") == NULL)
		zone = g_time_zone_new_identifier(value);
	if (zone == NULL)
		return wrong(value, "is no time zone (is the package tzdata there?)");
	g_clear_pointer((GTimeZone **)at, g_time_zone_unref);
	*(GTimeZone **)at = zone;
	l->config->timezone_name = loader_keep(l, value);
	return NULL;
}

/* The items of a list, or NULL and what is wrong with their number. */
static char **read_items(const struct option *o, const char *value, char **fault)
{
	char **items = ini_list(value);
	guint n = g_strv_length(items);

	*fault = NULL;
	for (guint i = 0; i < n && *fault == NULL; i++) {
		if (*items[i] == '\0')
			*fault = g_strdup("an item between two ; is empty");
		for (guint j = 0; j < i && *fault == NULL; j++) {
			if (strcmp(items[i], items[j]) == 0)
				*fault = wrong(items[i], "stands there twice");
		}
	}
	if (n < (guint)o->least)
		*fault = g_strdup("a value is missing");
	else if (n > (guint)o->most && *fault == NULL)
		*fault = g_strdup_printf("%u items are too many", n);
	if (*fault == NULL)
		return items;
	g_strfreev(items);
	return NULL;
}

char *read_languages(struct loader *l, const struct option *o, const char *value,
		     void *at)
{
	struct config *config = l->config;
	const char *const *known = (const char *const *)l->languages;
	char *fault;
	g_auto(GStrv) codes = read_items(o, value, &fault);

	(void)at;
	if (l->group != NULL && l->group->again && config->n_languages > 0)
		return fault; /* the first group's stand */
	config->n_languages = 0;
	for (int i = 0; codes != NULL && codes[i] != NULL; i++) {
		if (!g_strv_contains(known, codes[i])) {
			g_autofree char *all = g_strjoinv(" ", l->languages);
			g_autofree char *what =
				g_strdup_printf("has no sentences; known are %s", all);

			return wrong(codes[i], what);
		}
		config->languages[config->n_languages++] = loader_keep(l, codes[i]);
	}
	return fault;
}

char *read_screens(struct loader *l, const struct option *o, const char *value, void *at)
{
	struct config *config = l->config;
	char *fault;
	g_auto(GStrv) sizes = read_items(o, value, &fault);

	(void)at;
	config->n_screens = 0;
	for (int i = 0; sizes != NULL && sizes[i] != NULL; i++) {
		g_auto(GStrv) part = g_strsplit(sizes[i], "x", 3);
		struct screen_size size;

		if (g_strv_length(part) != 2 || !parse_digits(part[0], &size.cols) ||
		    !parse_digits(part[1], &size.rows))
			return wrong(sizes[i], "is no size");
		if (size.cols < 40 || size.cols > 300 || size.rows < 12 ||
		    size.rows > 100)
			return wrong(sizes[i], "is out of range");
		config->screens[config->n_screens++] = size;
	}
	return fault;
}

char *read_formats(struct loader *l, const struct option *o, const char *value, void *at)
{
	bool *format = at;
	char *fault;
	g_auto(GStrv) names = read_items(o, value, &fault);

	(void)l;
	for (int i = 0; names != NULL && names[i] != NULL; i++) {
		int f = word_index(o, names[i]);

		if (f < 0)
			return wrong_word(o, names[i]);
		format[f] = true;
	}
	return fault;
}

char *read_word_list(struct loader *l, const struct option *o, const char *value,
		     void *at)
{
	struct word_list *list = at;
	char *fault;
	g_auto(GStrv) words = read_items(o, value, &fault);

	list->n = 0;
	for (int i = 0; words != NULL && words[i] != NULL; i++)
		list->word[list->n++] = loader_keep(l, words[i]);
	return fault;
}

/* "17:CP866;19:CP858": the encodings are those of encoding=. */
char *read_code_tables(struct loader *l, const struct option *o, const char *value,
		       void *at)
{
	const struct option *encoding = config_option("till", "encoding");
	struct code_tables *tables = at;
	char *fault;
	g_auto(GStrv) items = read_items(o, value, &fault);

	tables->n = 0;
	for (int i = 0; items != NULL && items[i] != NULL; i++) {
		char *end = items[i];
		guint64 number = g_ascii_isdigit(*end) ? g_ascii_strtoull(end, &end, 10)
						       : 256;
		int page = *end == ':' ? word_index(encoding, end + 1) : -1;

		if (number > 255 || page < 0) {
			g_free(fault);
			return wrong(items[i], "is no code table");
		}
		tables->row[tables->n].number = (uint8_t)number;
		tables->row[tables->n++].encoding = encoding->words[page];
	}
	(void)l;
	return fault;
}

char *read_currency(struct loader *l, const struct option *o, const char *value, void *at)
{
	if (strlen(value) != 3 || strspn(value, G_CSET_A_2_Z) != 3)
		return wrong(value, "is no currency");
	return read_text(l, o, value, at);
}

/* Their digits are looked at when all readers are known (config_readers.c). */
char *read_prefixes(struct loader *l, const struct option *o, const char *value, void *at)
{
	char *fault;
	g_auto(GStrv) prefixes = read_items(o, value, &fault);

	(void)at;
	for (int i = 0; prefixes != NULL && prefixes[i] != NULL; i++) {
		struct prefix_found found = {
			.group = l->group, .line = l->entry->line, .reader = l->reader};

		if (strlen(prefixes[i]) >= sizeof(found.prefix.digits))
			return wrong(prefixes[i], "is too long");
		g_strlcpy(found.prefix.digits, prefixes[i], sizeof(found.prefix.digits));
		g_array_append_val(l->prefixes, found);
	}
	return fault;
}

char *read_choice_numbers(struct loader *l, const struct option *o, const char *value,
			  void *at)
{
	uint64_t *mask = at;
	char *fault;
	g_auto(GStrv) numbers = read_items(o, value, &fault);

	(void)l;
	for (int i = 0; numbers != NULL && numbers[i] != NULL; i++) {
		int number;

		if (!parse_digits(numbers[i], &number))
			return wrong(numbers[i], "is no whole number");
		if (number < 1 || number > CHOICES_MAX)
			return wrong(numbers[i], "is no choice");
		*mask |= UINT64_C(1) << (number - 1);
	}
	return fault;
}
