/* [reader NAME], [cards KIND] and [till]: what their keys tell together. */
#include "config_table.h"

#include <string.h>

static bool has_hex_reader(const struct config *config)
{
	for (int i = 0; i < config->n_readers; i++) {
		const char *protocol = config->readers[i].protocol;

		if (g_strcmp0(protocol, "rfid") == 0 || g_strcmp0(protocol, "uid") == 0)
			return true;
	}
	return false;
}

static void check_digits(struct loader *l, const struct prefix_found *p, bool hex)
{
	const char *digits = p->prefix.digits;

	if (strspn(digits, hex ? "0123456789ABCDEF" : "0123456789") != strlen(digits))
		faults_add(l->faults, p->line, p->group->title, "prefix",
			   "'%s' is no prefix; allowed: %s", digits,
			   hex ? "0-9 and A-F" : "digits");
}

/* The same digits may begin the cards of a reader and of a kind, but not of two kinds. */
static void check_kinds(struct loader *l, guint at)
{
	const struct prefix_found *p = &g_array_index(l->prefixes, struct prefix_found,
						      at);

	for (guint i = 0; i < at; i++) {
		const struct prefix_found *other = &g_array_index(l->prefixes,
								  struct prefix_found, i);

		if (p->reader < 0 && other->reader < 0 &&
		    strcmp(p->prefix.digits, other->prefix.digits) == 0) {
			faults_add(
				l->faults, p->line, p->group->title, "prefix",
				"'%s' is a prefix of [%s] in line %d too; a prefix has one kind",
				p->prefix.digits, other->group->title, other->line);
			return;
		}
	}
}

static void add_prefix(struct loader *l, struct card_rules *rules,
		       const struct prefix_found *p)
{
	if (rules->n < CARD_PREFIXES_MAX)
		rules->prefix[rules->n++] = p->prefix;
	else
		faults_add(
			l->faults, p->line, p->group->title, "prefix",
			"is one prefix too many; allowed: %d for a reader and all kinds",
			CARD_PREFIXES_MAX);
}

static void finish_prefixes(struct loader *l)
{
	struct config *config = l->config;
	bool hex = has_hex_reader(config);

	for (int r = 0; r < config->n_readers; r++)
		config->readers[r].rules.any = true;
	for (guint i = 0; i < l->prefixes->len; i++) {
		struct prefix_found *p = &g_array_index(l->prefixes, struct prefix_found,
							i);

		check_digits(l, p, hex);
		check_kinds(l, i);
		p->prefix.kind = CARD_KIND_NONE;
		if (p->reader < 0)
			card_kind_from_name(p->group->name, &p->prefix.kind);
		for (int r = 0; r < config->n_readers; r++) {
			if (p->reader >= 0 && p->reader != r)
				continue;
			add_prefix(l, &config->readers[r].rules, p);
			config->readers[r].rules.any &= p->reader < 0;
		}
	}
}

/* Keys that say something to one protocol only. */
static void check_protocol_keys(struct loader *l, int r)
{
	static const char *const keys[][2] = {
		{"lrc", "magstripe"}, {"ean", "barcode"}, {"bcc", "barcode"},
		{"reverse", "uid"},   {"style", "rfid"},
	};
	const struct ini_group *group = l->reader_group[r];
	struct reader_config *reader = &l->config->readers[r];

	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		const struct ini_entry *entry = loader_find(group, keys[i][0], NULL);

		if (entry != NULL && reader->protocol != NULL &&
		    strcmp(reader->protocol, keys[i][1]) != 0)
			faults_add(
				l->faults, entry->line, group->title, entry->key,
				"says nothing to protocol=%s; allowed: with protocol=%s",
				reader->protocol, keys[i][1]);
	}
	if (g_strcmp0(reader->style, "parallax") == 0 &&
	    loader_find(group, "baud", NULL) == NULL)
		reader->line.baud = 2400;
}

static bool is_own_port(const char *device)
{
	return device != NULL && *device == '/';
}

/* A port is opened by one. */
static void check_device(struct loader *l, const struct ini_group *group,
			 const char *device, int before)
{
	for (int i = 0; i < before; i++) {
		const struct reader_config *other = &l->config->readers[i];

		if (is_own_port(device) && g_strcmp0(other->line.device, device) == 0)
			faults_add(
				l->faults, loader_line(group, "device"), group->title,
				"device",
				"is the device of [reader %s] too; allowed: one of its own",
				other->name);
	}
}

static void finish_till(struct loader *l)
{
	struct config *config = l->config;
	struct till_config *till = &config->till_line;

	till->present = l->till != NULL;
	if (till->socket == NULL) {
		g_autofree char *socket = g_strconcat(
			config->database != NULL ? config->database : "", ".till", NULL);

		till->socket = loader_keep(l, socket);
	}
	if (*till->line.device == '\0')
		return;
	check_device(l, l->till, till->line.device, config->n_readers);
	if (strcmp(till->line.device, "demo") == 0)
		faults_add(l->faults, loader_line(l->till, "device"), l->till->title,
			   "device",
			   "demo plays cards, no till; allowed: a path or replay:FILE");
	if (loader_find(l->till, "protocol", NULL) == NULL)
		faults_add(
			l->faults, l->till->line, l->till->title, "protocol",
			"is needed with device=; allowed: escpos, cd5220, dsp800, utc, aedex or "
			"surepos");
}

void config_finish_readers(struct loader *l)
{
	for (int r = 0; r < l->config->n_readers; r++) {
		check_protocol_keys(l, r);
		check_device(l, l->reader_group[r], l->config->readers[r].line.device, r);
	}
	finish_prefixes(l);
	finish_till(l);
}
