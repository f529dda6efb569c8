#include "published.h"

#include <string.h>

/* Lines of publication k are counted from k * STRIDE + 1; no text has so many. */
#define STRIDE (1 << 24)

static const char *const scopes[PUBLISHED_SCOPES] = {
	[PUBLISHED_ALL] = "all",
	[PUBLISHED_REGION] = "region",
	[PUBLISHED_STORE] = "store",
	[PUBLISHED_TILL] = "till",
};

/* What may be published; key NULL: every key of the group. */
static const struct {
	const char *group, *key;
} allowed[] = {
	{"question", NULL},        {"messages", NULL},       {"survey", NULL},
	{"terminal", "languages"}, {"terminal", "language"},
};
#define SAID "[question NAME], [messages], [survey], and languages= of [terminal]"

const char *published_scope_name(enum published_scope scope)
{
	return scopes[scope];
}

bool published_scope_from_name(const char *name, enum published_scope *scope)
{
	for (int i = 0; i < PUBLISHED_SCOPES; i++)
		if (strcmp(scopes[i], name) == 0) {
			*scope = (enum published_scope)i;
			return true;
		}
	return false;
}

/* The caller frees. */
static char *name_of(const struct published *p)
{
	if (p->name != NULL)
		return g_strdup(p->name);
	return g_strdup_printf("published for %s%s%s, version %" G_GINT64_FORMAT,
			       scopes[p->scope], *p->whose != '\0' ? " " : "", p->whose,
			       p->version);
}

bool published_line(int line)
{
	return line >= STRIDE;
}

static bool may(const char *group, const char *key)
{
	for (gsize i = 0; i < G_N_ELEMENTS(allowed); i++)
		if (strcmp(allowed[i].group, group) == 0 &&
		    (allowed[i].key == NULL || strcmp(allowed[i].key, key) == 0))
			return true;
	return false;
}

static bool is_allowed(const struct ini_group *group, struct faults *faults)
{
	bool all = true, known = false;

	for (gsize i = 0; i < G_N_ELEMENTS(allowed); i++)
		known = known || strcmp(allowed[i].group, group->kind) == 0;
	if (!known) {
		faults_add(
			faults, group->line, group->title, NULL,
			"is the till's own affair and cannot be published; allowed: " SAID);
		return false;
	}
	for (guint i = 0; i < group->entries->len; i++) {
		const struct ini_entry *e = &g_array_index(group->entries,
							   struct ini_entry, i);

		if (may(group->kind, e->key))
			continue;
		all = false;
		faults_add(
			faults, e->line, group->title, e->key,
			"is the till's own affair and cannot be published; allowed: " SAID);
	}
	return all;
}

/* [question NAME] with `when=never`: not here. */
static bool is_never(const struct ini_group *group, struct faults *faults)
{
	bool never = false;

	for (guint i = 0; i < group->entries->len; i++) {
		const struct ini_entry *e = &g_array_index(group->entries,
							   struct ini_entry, i);

		never = never ||
			(strcmp(e->key, "when") == 0 && strcmp(e->value, "never") == 0);
	}
	if (never && group->entries->len > 1)
		faults_add(
			faults, group->line, group->title, NULL,
			"has when=never and more; allowed: when=never alone, which takes "
			"the question away");
	return never;
}

static void lay_group(struct ini *ini, const struct ini_group *group,
		      struct faults *faults)
{
	bool question = strcmp(group->kind, "question") == 0;

	if (!is_allowed(group, faults))
		return;
	if (question && is_never(group, faults))
		ini_take_away(ini, group->title);
	else
		ini_lay(ini, group, question);
}

void published_lay(struct ini *ini, const struct published *p, int n,
		   struct faults *faults)
{
	for (int i = 0; i < n; i++) {
		g_autofree char *name = name_of(&p[i]);
		int first = (i + 1) * STRIDE + 1;

		faults_source(faults, first, name);
		struct ini *over = ini_scan_at(name, first, p[i].text, strlen(p[i].text),
					       faults);
		for (guint g = 0; g < over->groups->len; g++)
			lay_group(ini, g_ptr_array_index(over->groups, g), faults);
		ini_free(over);
	}
}
