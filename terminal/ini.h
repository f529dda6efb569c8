/* ini.h - lines of `[group]`, `key=value`, `key[ru]=value`, `# comment`, with their numbers.
 *
 * The scanner under config.ini and messages.ini: UTF-8, BOM and
 * CRLF accepted, spaces around `=` ignored, comments on whole lines only, lists with `;`
 * and `\;`.  It knows nothing of what keys mean.  Every fault is found in one run and
 * carries its line.
 */
#ifndef TILLASK_INI_H
#define TILLASK_INI_H

#include <glib.h>
#include <stdbool.h>

#include "faults.h"

/* One `key=value`.  Strings belong to the struct ini. */
struct ini_entry {
	int line; /* 1-based */
	const char *key;
	const char *language; /* the xx of key[xx]=, or NULL */
	const char *value;    /* trimmed, never NULL, may be "" */
	bool seen;            /* the reader's mark: unseen entries are unknown keys */
};

struct ini_group {
	int line;
	const char *title; /* "question overall": what stands between the brackets */
	const char *kind; /* "question" of [question overall]; "terminal" of [terminal] */
	const char *name; /* "overall", or "" */
	bool again;       /* the same title stood before: that is a fault already */
	GArray *entries;  /* of struct ini_entry, in file order */
};

struct ini {
	const char *file;  /* as given, for messages */
	GPtrArray *groups; /* of struct ini_group *, in file order */
	GStringChunk *strings;
};

/* Scans TEXT (LENGTH bytes, any bytes).  Never fails: what cannot be understood (no `=`, text
 * before a group, a key twice, bytes that are not UTF-8: CP1251 is named, control characters)
 * is added to FAULTS and skipped; a group that comes twice is a fault, and kept (`again`) so
 * that its keys are looked at too.  What FAULTS quotes is free of control characters.
 * Strings are copied. */
struct ini *ini_scan(const char *file, const char *text, gsize length,
		     struct faults *faults);
/* The same with FIRST_LINE for the number of the first line (faults_source()). */
struct ini *ini_scan_at(const char *file, int first_line, const char *text, gsize length,
			struct faults *faults);
void ini_free(struct ini *ini);

/* Lays the keys of GROUP, of another ini, over the one of the same title: each takes the place of
 * the same key in the same language.  WHOLE: the whole group does.  A title that is not there is
 * put at the end.  Copies. */
void ini_lay(struct ini *ini, const struct ini_group *group, bool whole);
/* Takes the group of this title away, if there is one. */
void ini_take_away(struct ini *ini, const char *title);

/* Splits a list at `;` (`\;` is a semicolon itself), trims items; "" is the empty list, an
 * item between two `;` may be "", a `;` at the end adds none.  g_strfreev() frees. */
char **ini_list(const char *value);

/* Of CANDIDATES (NULL-terminated) the one that WORD is most likely a slip of, or NULL. */
const char *ini_likely(const char *word, const char *const *candidates);

#endif
