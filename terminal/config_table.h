/* config_table.h - every group and key of config.ini, and the way from a value to its place.
 *
 * Private to config*.c and the tests that hold config.ini against the table.  A new key is one
 * row in config_table.c and one block in config.ini; a new sort of value is one function in
 * config_types.c.
 */
#ifndef TILLASK_CONFIG_TABLE_H
#define TILLASK_CONFIG_TABLE_H

#include "config.h"

struct loader;
struct option;

/* Reads VALUE (clean UTF-8) to the place AT.  NULL, or what is wrong with it, without what
 * is allowed; the caller frees. */
typedef char *option_read(struct loader *l, const struct option *o, const char *value,
			  void *at);

struct option {
	const char *group; /* "terminal"; "reader": of each [reader NAME] */
	const char *key;
	option_read *read;        /* NULL: key[xx]=, read by config_questions.c */
	const char *const *words; /* the values allowed, NULL-terminated, or NULL */
	int least, most;          /* of numbers; characters of texts; items of lists */
	const char *unit;         /* of numbers: "seconds" */
	const char
		*allowed; /* in words, where words, least, most and unit do not say it */
	const char *
		fallback; /* the value without the key; "" none; NULL: the key is needed */
	const char
		*otherwise; /* the default in words, where `fallback` does not say it */
	size_t place;       /* offset in struct config, reader_config or question */
	size_t size;        /* of the integer there */
	const char *help;
};

enum group_times { GROUP_ONCE, GROUP_NAMED };

struct group_kind {
	const char *name;
	enum group_times times;
	const char *help;
};

extern const struct group_kind config_groups[];
extern const size_t config_groups_count;
extern const struct option config_options[];
extern const size_t config_options_count;

/* The row of a key; GROUP NULL: the first of that name in any group.  NULL: no such key. */
const struct option *config_option(const char *group, const char *key);

/* "1 to 5 questions", "magstripe, rfid, barcode or uid": as in the faults and in config.ini.
 * The caller frees. */
char *option_allowed(const struct option *o);

struct prefix_found {
	const struct ini_group *group;
	int line;
	int reader; /* index, or -1 for a [cards KIND] */
	struct card_prefix prefix;
};

/* What is known while a file is being read. */
struct loader {
	struct config *config;
	const struct ini *ini;
	struct faults *faults;
	char **languages;              /* that messages.ini knows */
	const struct ini_group *group; /* being read */
	const struct ini_entry *entry; /* being read, or NULL for a default */
	int reader;                    /* being read, or -1 */
	const struct ini_group *terminal, *survey, *till, *messages; /* or NULL */
	const struct ini_group *reader_group[READERS_MAX];
	const struct ini_group *question_group[QUESTIONS_MAX];
	GArray *prefixes; /* of struct prefix_found */
};

const struct ini_entry *loader_find(const struct ini_group *group, const char *key,
				    const char *language);
/* The line of KEY in GROUP, else that of the group, else 0. */
int loader_line(const struct ini_group *group, const char *key);
/* Copies to the configuration's own strings. */
const char *loader_keep(struct loader *l, const char *text);
/* PATH, made absolute from the configuration's folder; kept. */
const char *loader_path(struct loader *l, const char *path);

/* config_types.c */
option_read read_text, read_ascii, read_name, read_number, read_ms, read_bool, read_word,
	read_word_text, read_number_word, read_time, read_path, read_device, read_frame,
	read_timezone, read_languages, read_screens, read_formats, read_word_list,
	read_code_tables, read_currency, read_prefixes, read_choice_numbers;

/* config_groups.c: reads every group by the table; adds what is wrong with one key alone. */
void config_read_groups(struct loader *l);

/* What only several keys together tell; each adds its faults. */
void config_finish_readers(
	struct loader *l); /* config_readers.c: [reader], [cards], [till] */
void config_finish_questions(
	struct loader *l); /* config_questions.c: [question], [survey] */
void config_finish_messages(struct loader *l); /* config_messages.c: [messages] */

#endif
