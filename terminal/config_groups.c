/* From the groups and keys of the file, by the table, to their places. */
#include "config_table.h"

#include <string.h>

const struct ini_entry *loader_find(const struct ini_group *group, const char *key,
				    const char *language)
{
	for (guint i = 0; group != NULL && i < group->entries->len; i++) {
		const struct ini_entry *e = &g_array_index(group->entries,
							   struct ini_entry, i);

		if (strcmp(e->key, key) == 0 && g_strcmp0(e->language, language) == 0)
			return e;
	}
	return NULL;
}

int loader_line(const struct ini_group *group, const char *key)
{
	for (guint i = 0; group != NULL && i < group->entries->len; i++) {
		const struct ini_entry *e = &g_array_index(group->entries,
							   struct ini_entry, i);

		if (strcmp(e->key, key) == 0)
			return e->line;
	}
	return group != NULL ? group->line : 0;
}

const char *loader_keep(struct loader *l, const char *text)
{
	return g_string_chunk_insert(l->config->strings, text);
}

const char *loader_path(struct loader *l, const char *path)
{
	g_autofree char *absolute = g_canonicalize_filename(path, l->config->folder);

	return loader_keep(l, absolute);
}

static void add_fault(struct loader *l, const struct option *o, const char *what)
{
	g_autofree char *allowed = option_allowed(o);

	faults_add(l->faults, loader_line(l->group, o->key),
		   l->group != NULL ? l->group->title : o->group, o->key,
		   "%s; allowed: %s", what, allowed);
}

static void read_option(struct loader *l, const struct option *o, void *base)
{
	const struct ini_entry *entry = loader_find(l->group, o->key, NULL);
	const char *value = entry != NULL ? entry->value : o->fallback;
	void *at = (char *)base + o->place;
	g_autofree char *fault = NULL;

	l->entry = entry;
	if (value == NULL) {
		if (!l->group->again)
			add_fault(l, o, "is needed here");
		return;
	}
	if (entry == NULL && *value == '\0' && o->otherwise != NULL)
		return;
	fault = o->read(l, o, value, at);
	if (fault == NULL)
		return;
	add_fault(l, o, fault);
	if (o->fallback != NULL &&
	    *o->fallback != '\0') /* so that nothing else is blamed */
		g_free(o->read(l, o, o->fallback, at));
}

static void fault_unknown_key(struct loader *l, const struct ini_entry *entry)
{
	const struct option *elsewhere = config_option(NULL, entry->key);
	const char *keys[64] = {NULL};
	g_autofree char *all = NULL;
	const char *likely;
	int n = 0;

	for (size_t i = 0; i < config_options_count && n < 63; i++) {
		if (strcmp(config_options[i].group, l->group->kind) == 0)
			keys[n++] = config_options[i].key;
	}
	likely = ini_likely(entry->key, keys);
	all = g_strjoinv(" ", (char **)keys);
	if (likely != NULL)
		faults_add(l->faults, entry->line, l->group->title, entry->key,
			   "is no key of this group; did you mean %s", likely);
	else if (elsewhere != NULL)
		faults_add(l->faults, entry->line, l->group->title, entry->key,
			   "is no key of this group; it belongs into [%s]",
			   elsewhere->group);
	else
		faults_add(l->faults, entry->line, l->group->title, entry->key,
			   "is no key of this group; allowed: %s", all);
}

static void check_keys(struct loader *l)
{
	for (guint i = 0; i < l->group->entries->len; i++) {
		const struct ini_entry *e = &g_array_index(l->group->entries,
							   struct ini_entry, i);
		const struct option *o = config_option(l->group->kind, e->key);

		if (o == NULL)
			fault_unknown_key(l, e);
		else if (o->read != NULL && e->language != NULL)
			faults_add(l->faults, e->line, l->group->title, e->key,
				   "has no languages; write %s=", e->key);
		else if (o->read == NULL && e->language == NULL)
			faults_add(l->faults, e->line, l->group->title, e->key,
				   "its language is missing; write %s[ru]=", e->key);
	}
}

static void read_group(struct loader *l, const char *kind, const struct ini_group *group,
		       void *base)
{
	l->group = group;
	if (group != NULL)
		check_keys(l);
	for (size_t i = 0; i < config_options_count; i++) {
		if (strcmp(config_options[i].group, kind) == 0 &&
		    config_options[i].read != NULL)
			read_option(l, &config_options[i], base);
	}
}

static void read_reader(struct loader *l, const struct ini_group *group)
{
	struct config *config = l->config;
	struct reader_config *reader = &config->readers[config->n_readers];

	if (config->n_readers == READERS_MAX) {
		faults_add(l->faults, group->line, group->title, NULL,
			   "is one reader too many; allowed: %d", READERS_MAX);
		return;
	}
	if (strspn(group->name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-") !=
		    strlen(group->name) ||
	    *group->name == '-' || strlen(group->name) > 20 ||
	    strcmp(group->name, "till") == 0)
		faults_add(
			l->faults, group->line, group->title, NULL,
			"cannot be a reader's name; allowed: 1 to 20 of A-Z a-z 0-9 . _ -, not "
			"till");
	reader->name = loader_keep(l, group->name);
	l->reader_group[config->n_readers] = group;
	l->reader = config->n_readers;
	read_group(l, group->kind, group, reader);
	l->reader = -1;
	config->n_readers++;
}

static void read_question(struct loader *l, const struct ini_group *group)
{
	struct questionnaire *all = &l->config->questionnaire;
	struct question *question = &all->question[all->count];

	if (all->count == QUESTIONS_MAX) {
		faults_add(l->faults, group->line, group->title, NULL,
			   "is one question too many; allowed: %d", QUESTIONS_MAX);
		return;
	}
	question->name = loader_keep(l, group->name);
	l->question_group[all->count++] = group;
	read_group(l, group->kind, group, question);
}

static void read_cards(struct loader *l, const struct ini_group *group)
{
	enum card_kind kind;

	if (!card_kind_from_name(group->name, &kind))
		faults_add(
			l->faults, group->line, group->title, NULL,
			"'%s' is no kind of card; allowed: bonus, discount, privilege, staff",
			group->name);
	read_group(l, group->kind, group, l->config);
}

static const struct {
	const char *kind;
	void (*read)(struct loader *l, const struct ini_group *group);
} named_groups[] = {
	{"reader", read_reader},
	{"question", read_question},
	{"cards", read_cards},
};

static void read_named(struct loader *l, const struct ini_group *group)
{
	if (*group->name == '\0') {
		faults_add(l->faults, group->line, group->title, NULL,
			   "needs a name, as in [%s %s]", group->kind,
			   strcmp(group->kind, "cards") == 0 ? "staff" : "first");
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(named_groups); i++) {
		if (strcmp(named_groups[i].kind, group->kind) == 0)
			named_groups[i].read(l, group);
	}
}

static void read_single(struct loader *l, const struct ini_group *group)
{
	if (*group->name != '\0')
		faults_add(l->faults, group->line, group->title, NULL,
			   "has no name; write [%s]", group->kind);
	if (strcmp(group->kind, "terminal") == 0 && !group->again)
		l->terminal = group;
	if (strcmp(group->kind, "survey") == 0 && !group->again)
		l->survey = group;
	if (strcmp(group->kind, "till") == 0 && !group->again)
		l->till = group;
	if (strcmp(group->kind, "messages") ==
	    0) { /* its keys are those of messages.ini */
		l->messages = group;
		return;
	}
	read_group(l, group->kind, group, l->config);
}

static const struct group_kind *find_kind(const char *name)
{
	for (size_t i = 0; i < config_groups_count; i++) {
		if (strcmp(config_groups[i].name, name) == 0)
			return &config_groups[i];
	}
	return NULL;
}

static void fault_unknown_group(struct loader *l, const struct ini_group *group)
{
	const char *kinds[32] = {NULL};
	g_autofree char *all = NULL;
	const char *likely;

	for (size_t i = 0; i < config_groups_count; i++)
		kinds[i] = config_groups[i].name;
	likely = ini_likely(group->kind, kinds);
	all = g_strjoinv(" ", (char **)kinds);
	if (likely != NULL)
		faults_add(l->faults, group->line, group->title, NULL,
			   "is no group; did you mean [%s%s%s]", likely,
			   *group->name != '\0' ? " " : "", group->name);
	else
		faults_add(l->faults, group->line, group->title, NULL,
			   "is no group; allowed: %s", all);
}

static bool has_group(const struct ini *ini, const char *kind)
{
	for (guint i = 0; i < ini->groups->len; i++) {
		const struct ini_group *group = g_ptr_array_index(ini->groups, i);

		if (strcmp(group->kind, kind) == 0)
			return true;
	}
	return false;
}

void config_read_groups(struct loader *l)
{
	for (guint i = 0; i < l->ini->groups->len; i++) {
		const struct ini_group *group = g_ptr_array_index(l->ini->groups, i);
		const struct group_kind *kind = find_kind(group->kind);

		if (kind == NULL)
			fault_unknown_group(l, group);
		else if (kind->times == GROUP_NAMED)
			read_named(l, group);
		else
			read_single(l, group);
	}
	for (size_t i = 0; i < config_groups_count; i++) {
		const struct group_kind *kind = &config_groups[i];

		if (kind->times == GROUP_ONCE && !has_group(l->ini, kind->name))
			read_group(l, kind->name, NULL, l->config);
	}
}
