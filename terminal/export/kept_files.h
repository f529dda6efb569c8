/* kept_files.h - the files of a day on their way into the folder; for export/kept.c. */
#ifndef TILLASK_EXPORT_KEPT_FILES_H
#define TILLASK_EXPORT_KEPT_FILES_H

#include "export/kept.h"
#include "outfile.h"
#include "store/day_facts.h"

/* One file, written and durable under a temporary name. */
struct kept_made {
	struct day_file fact;
	char *name;
	struct outfile *file; /* NULL: the folder has it already */
};

/* A day being made. */
struct kept_work {
	const struct kept_order *order;
	struct archive *archive;
	struct day_facts *facts;
	uint8_t generation[DAY_GENERATION]; /* of this database */
	bool was_sealed;                    /* before this call */
	bool anew;    /* a revision waits: what is sealed may become another one */
	GArray *made; /* struct kept_made */
};

/* The rows of part PART_INDEX of the facts; QUESTIONS gets its columns, for g_ptr_array_unref(). */
struct table kept_table(struct kept_work *w, unsigned part_index, GPtrArray **questions);

/* SHA-256 over the plain CSVs of visits, answers and cards of part 1. */
bool kept_content(struct kept_work *w, uint8_t hash[DAY_HASH], GError **error);

/* Writes one file of part PART_INDEX and adds it to w->made. */
bool kept_file_make(struct kept_work *w, unsigned part_index, enum table_what what,
		    enum export_format format, GError **error);

/* Of the file at PATH.  False: errno. */
bool kept_file_hash(const char *path, uint8_t hash[DAY_HASH]);

/* The fact of a file, or NULL. */
struct day_file *kept_file_find(struct day_facts *f, int part, const char *what,
				const char *format);

#endif
