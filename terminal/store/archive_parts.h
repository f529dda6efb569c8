/* archive_parts.h - what the files of the archive share; for terminal/store/ only. */
#ifndef TILLASK_STORE_ARCHIVE_PARTS_H
#define TILLASK_STORE_ARCHIVE_PARTS_H

#include "store/archive.h"
#include "store/database.h"

/* A wording of a question, as it was shown. */
struct archive_wording {
	const char *question; /* interned */
	char *point, *kind_name;
	enum question_kind kind;
	GPtrArray *languages; /* struct archive_language */
};

struct archive_language {
	char code[16];
	char *text;         /* line breaks made blanks */
	GPtrArray *choices; /* texts; choice 1 is the first; may hold NULL */
};

struct archive_till {
	char *store, *till, *currency;
};

struct archive {
	char *path;
	struct database database;
	bool ready;                  /* tills, wordings and has_late are read */
	GPtrArray *tills, *wordings; /* by n; may hold NULL */
	bool has_late;               /* there are late answers at all */
	GArray *answers;             /* of one visit, struct archive_answer */
	GStringChunk *words;         /* likewise */
	/* the answers are read as one long walk beside the visits */
	struct {
		bool brief;
		sqlite3_stmt *statement; /* NULL: not begun */
		bool has_row;
		int64_t visit; /* of the row */
		int64_t from;  /* what lies before it has been passed */
	} walk;
};

/* Reads what the rows refer to, once. */
bool archive_prepare(struct archive *a, GError **error);
/* Ends a statement; sets ERROR when it did not go well. */
bool archive_end(struct archive *a, sqlite3_stmt *statement, GError **error);
/* Binds FROM and TO of a statement. */
struct binding archive_days(struct archive *a, enum query query, int32_t from,
			    int32_t to);

const char *archive_text(sqlite3_stmt *s, int column);
struct id archive_id(sqlite3_stmt *s, int column);

/* Frees; for hash tables. */
void archive_wording_free(gpointer wording);
void archive_till_free(gpointer till);
bool archive_read_wordings(struct archive *a, GError **error);

/* There is one: a foreign key. */
const struct archive_wording *archive_wording(struct archive *a, int64_t n);
/* Its texts in a language, or NULL. */
const struct archive_language *archive_language(const struct archive_wording *w,
						const char *code);
/* "" when there is none; L may be NULL. */
const char *archive_choice(const struct archive_language *l, int choice);
/* Puts POINTER at index N, growing. */
void archive_keep(GPtrArray *list, int64_t n, gpointer pointer);

#endif
