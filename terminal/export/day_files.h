/* day_files.h - the files of a day on their way into the folder; for export/day.c. */
#ifndef TILLASK_EXPORT_DAY_FILES_H
#define TILLASK_EXPORT_DAY_FILES_H

#include "export/day.h"
#include "outfile.h"
#include "store/day_facts.h"

/* One file, written and durable under a temporary name. */
struct day_made {
	struct day_file fact;
	char *name;
	struct outfile *file; /* NULL: the folder has it already */
};

/* A day being made. */
struct day_work {
	const struct day_order *order;
	struct archive *archive;
	struct day_facts *facts;
	uint8_t generation[DAY_GENERATION]; /* of this database */
	bool was_sealed;                    /* before this call */
	bool anew; /* a revision waits: what is sealed may become another one */
	GArray *made; /* struct day_made */
};

/* The rows of part PART_INDEX of the facts; QUESTIONS gets its columns, for g_ptr_array_unref(). */
struct table day_table(struct day_work *w, unsigned part_index, GPtrArray **questions);

/* SHA-256 over the plain CSVs of visits, answers and cards of part 1. */
bool day_content(struct day_work *w, uint8_t hash[DAY_HASH], GError **error);

/* Writes one file of part PART_INDEX and adds it to w->made. */
bool day_file_make(struct day_work *w, unsigned part_index, enum table_what what,
		   enum export_format format, GError **error);

/* Of the file at PATH.  False: errno. */
bool day_file_hash(const char *path, uint8_t hash[DAY_HASH]);

/* The fact of a file, or NULL. */
struct day_file *day_file_find(struct day_facts *f, int part, const char *what,
			       const char *format);

#endif
