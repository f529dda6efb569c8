#include "config_table.h"

#include <string.h>

#include "words.h"

/* A configuration is written by people; more than this is another file. */
#define FILE_BYTES_MAX (1024 * 1024)

/* Without languages= there is the one at rest. */
static void take_language(struct loader *l, const struct ini_entry *entry)
{
	const struct option *o = config_option("terminal", "languages");
	g_autofree char *fault = read_languages(l, o, entry != NULL ? entry->value : "ru",
						NULL);

	if (fault != NULL)
		faults_add(l->faults, entry->line, l->terminal->title, entry->key, "%s",
			   fault);
}

static void find_language(struct loader *l, const struct ini_entry *entry)
{
	struct config *config = l->config;

	for (int i = 0; i < config->n_languages; i++) {
		if (strcmp(config->languages[i], entry->value) == 0) {
			config->language = i;
			return;
		}
	}
	faults_add(l->faults, entry->line, l->terminal->title, entry->key,
		   "'%s' is not one of languages=; put it there too", entry->value);
}

/* What follows from several keys of [terminal] and [survey]. */
static void finish_terminal(struct loader *l)
{
	struct config *config = l->config;
	const struct ini_entry *language = loader_find(l->terminal, "language", NULL);
	struct rules *rules = &config->rules;

	if (loader_find(l->terminal, "languages", NULL) == NULL)
		take_language(l, language);
	else if (language != NULL)
		find_language(l, language);
	if (config->n_languages == 0) /* after a fault */
		config->languages[config->n_languages++] = "ru";
	if (config->opens_min == config->closes_min)
		faults_add(
			l->faults, loader_line(l->terminal, "closes"), "terminal",
			"closes",
			"is the same time as opens=; allowed: another time, 00:00 and 24:00 for "
			"day and night");
	rules->questionnaire = &config->questionnaire;
	if (loader_find(l->survey, "offer", NULL) == NULL)
		rules->offer = l->till != NULL ? OFFER_TOTAL : OFFER_REST;
	rules->sleeping_after_days = (uint16_t)config->sleeping_after_days;
	rules->min_n = (uint16_t)config->min_n;
	rules->opens_min = (int16_t)config->opens_min;
	rules->closes_min = (int16_t)config->closes_min;
	rules->languages = (uint8_t)config->n_languages;
	rules->language = (uint8_t)config->language;
	rules->readers = (uint8_t)config->n_readers;
	rules->has_till = l->till != NULL;
}

static struct config *config_new(const char *path, const char *text, gsize length)
{
	struct config *config = g_new0(struct config, 1);
	g_autofree char *absolute = g_canonicalize_filename(path, NULL);
	g_autofree char *folder = g_path_get_dirname(absolute);
	g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text,
							     (gssize)length);

	config->strings = g_string_chunk_new(4096);
	config->origins = g_array_new(FALSE, FALSE, sizeof(struct config_origin));
	config->file = g_string_chunk_insert(config->strings, path);
	config->folder = g_string_chunk_insert(config->strings, folder);
	config->text = g_string_chunk_insert_len(config->strings, text, (gssize)length);
	config->text_length = length;
	g_strlcpy(config->mark, sum, sizeof(config->mark));
	config->till_line.line.device = "";
	config->till_line.protocol = "";
	config->till_line.encoding = "";
	config->till_line.socket_group = "";
	config->sync.server = "";
	config->questionnaire.qr = "";
	return config;
}

static void note_origin(struct loader *l, const char *group, const char *key, int line)
{
	g_autofree char *what = g_strdup_printf("[%s]%s%s", group, key != NULL ? " " : "",
						key != NULL ? key : "");
	g_autofree char *place = faults_place(l->faults, line);
	const struct config_origin origin = {loader_keep(l, what), loader_keep(l, place)};

	g_array_append_val(l->config->origins, origin);
}

static void note_key(struct loader *l, const struct ini_group *group,
		     const struct ini_entry *e)
{
	g_autofree char *key = e->language != NULL
				       ? g_strdup_printf("%s[%s]", e->key, e->language)
				       : g_strdup(e->key);

	if (published_line(e->line))
		note_origin(l, group->title, key, e->line);
}

static void note_origins(struct loader *l)
{
	for (guint i = 0; i < l->ini->groups->len; i++) {
		const struct ini_group *group = g_ptr_array_index(l->ini->groups, i);

		if (strcmp(group->kind, "question") == 0) {
			note_origin(l, group->title, NULL, group->line);
			continue;
		}
		for (guint e = 0; e < group->entries->len; e++)
			note_key(l, group,
				 &g_array_index(group->entries, struct ini_entry, e));
	}
}

struct config *config_parse(const char *path, const char *text, gsize length,
			    struct faults *faults)
{
	return config_parse_with(path, text, length, NULL, 0, faults);
}

struct config *config_parse_with(const char *path, const char *text, gsize length,
				 const struct published *p, int n, struct faults *faults)
{
	struct ini *ini = ini_scan(path, text, length, faults);
	struct loader l = {.config = config_new(path, text, length),
			   .ini = ini,
			   .faults = faults,
			   .reader = -1};
	struct config *config = l.config;

	published_lay(ini, p, n, faults);
	l.languages = words_languages();
	l.prefixes = g_array_new(FALSE, FALSE, sizeof(struct prefix_found));
	config_read_groups(&l);
	finish_terminal(&l);
	config_finish_readers(&l);
	config_finish_messages(&l);
	config_finish_questions(&l);
	if (n > 0)
		note_origins(&l);
	g_array_unref(l.prefixes);
	g_strfreev(l.languages);
	ini_free(ini);
	if (faults_count(faults) == 0)
		return config;
	config_free(config);
	return NULL;
}

struct config *config_with(const struct config *local, const struct published *p, int n,
			   struct faults *faults)
{
	return config_parse_with(local->file, local->text, local->text_length, p, n,
				 faults);
}

struct config *config_load(const char *path, struct faults *faults)
{
	return config_load_from(path, path, faults);
}

struct config *config_load_from(const char *path, const char *from, struct faults *faults)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	gsize length;

	if (!g_file_test(from, G_FILE_TEST_IS_DIR) &&
	    g_file_get_contents(from, &text, &length, &error)) {
		if (length <= FILE_BYTES_MAX)
			return config_parse(path, text, length, faults);
		faults_add(faults, 0, NULL, NULL,
			   "%" G_GSIZE_FORMAT " bytes are no configuration; "
			   "allowed: up to %d",
			   length, FILE_BYTES_MAX);
		return NULL;
	}
	faults_add(
		faults, 0, NULL, NULL,
		"the configuration cannot be read: %s; name another by --config FILE or "
		"$TILLASK_CONFIG",
		error != NULL ? error->message : "it is a folder");
	return NULL;
}

void config_free(struct config *config)
{
	if (config == NULL)
		return;
	g_clear_pointer(&config->timezone, g_time_zone_unref);
	g_array_unref(config->origins);
	g_free(config->messages);
	g_string_chunk_free(config->strings);
	g_free(config);
}

char *config_find(const char *given)
{
	static const char *const places[] = {"./config.ini", "/etc/tillask/config.ini"};

	if (given == NULL)
		given = g_getenv("TILLASK_CONFIG");
	if (given != NULL && *given != '\0')
		return g_strdup(given);
	for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
		if (g_file_test(places[i], G_FILE_TEST_EXISTS))
			return g_strdup(places[i]);
	}
	return NULL;
}

int config_reader(const struct config *config, const char *name)
{
	for (int i = 0; i < config->n_readers; i++) {
		if (strcmp(config->readers[i].name, name) == 0)
			return i;
	}
	return -1;
}
