/* day_facts.h - what the database knows of the daily files (schema/local/003): the truth behind
 * the manifests.
 *
 * Reading belongs to the moment of the archive; writing is one short transaction on a connection
 * of its own, for the store thread waits for it.  One process writes at a time: whoever holds
 * day_facts_lock().  Everything may block on the disk.
 */
#ifndef TILLASK_STORE_DAY_FACTS_H
#define TILLASK_STORE_DAY_FACTS_H

#include "store/archive.h"

#define DAY_HASH       32 /* SHA-256 */
#define DAY_GENERATION 16
#define DAY_NONE       INT32_MIN

struct day_part {
	int part; /* 1, 2, ... */
	struct archive_marks upto;
	char *questions; /* names, a line each */
};

struct day_file {
	int part;
	char what[16], format[8];
	int64_t rows;
	uint8_t sha256[DAY_HASH];
	char version[24]; /* of the program that made it */
	bool has_replaces;
	uint8_t replaces[DAY_HASH];
	int64_t revision; /* struct day_revision.n, 0: none */
};

struct day_revision {
	int64_t n;
	char *why;
	int64_t at_ms;
	int32_t at_offset_s;
	bool has_content; /* false: the files are to be made anew */
	uint8_t content[DAY_HASH];
};

struct day_facts {
	int32_t day;
	bool known;         /* there is a row of this day */
	bool published;     /* folder and manifest are as said here */
	char *store, *till; /* of the files' names */
	char *language;     /* how they were made */
	char decimal_sign;
	bool excel;
	uint8_t generation[DAY_GENERATION];
	bool sealed;
	uint8_t seal[DAY_HASH];
	int32_t previous_day; /* DAY_NONE */
	uint8_t previous[DAY_HASH];
	GArray *parts, *files, *revisions; /* of the structs above, in their order */
};

/* Held until the descriptor is closed, in DATABASE.export.lock.  Waits up to WAIT_MS for another
 * one.  -1 and STORE_ERROR. */
int day_facts_lock(const char *database, int wait_ms, GError **error);

/* What is known of DAY; day_facts_free() frees.  NULL and ERROR. */
struct day_facts *day_facts_read(struct archive *a, int32_t day, GError **error);
void day_facts_free(struct day_facts *f);
/* Replaces the text at *MEMBER. */
void day_facts_set(char **member, const char *text);

/* Writes all that F says, `published` false, as one transaction. */
bool day_facts_write(const char *database, const struct day_facts *f, GError **error);
/* Folder and manifest are now as F says. */
bool day_facts_published(const char *database, int32_t day, GError **error);

/* The nearest sealed day before DAY, or DAY_NONE, and its seal. */
bool day_facts_before(struct archive *a, int32_t day, int32_t *before,
		      uint8_t seal[DAY_HASH], GError **error);
bool day_facts_generation(struct archive *a, uint8_t generation[DAY_GENERATION],
			  GError **error);
/* Least and greatest seq of a day's visits; 0 and 0 when there are none. */
bool day_facts_seqs(struct archive *a, int32_t day, int64_t *first, int64_t *last,
		    GError **error);
/* Does a visit of this day or an earlier one stand open? */
bool day_facts_open_visit(struct archive *a, int32_t day, bool *open, GError **error);
/* A day of FROM..TO whose rows were deleted, or DAY_NONE. */
bool day_facts_purged(struct archive *a, int32_t from, int32_t to, int32_t *day,
		      GError **error);

/* Days as int32_t, in their order; g_array_unref() frees.  NULL and ERROR. */
/* Those of which files exist that are not as they should be: a run that was cut off, rows found
 * later, a revision. */
GArray *day_facts_unfinished(struct archive *a, GError **error);
/* Those before BEFORE that have rows, and are neither sealed nor purged. */
GArray *day_facts_unsealed(struct archive *a, int32_t before, GError **error);

#endif
