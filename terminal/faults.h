/* faults.h - everything that is wrong with a file, a line each, sorted by line.
 *
 *	FILE:LINE: [group] key: what is wrong; what is allowed
 */
#ifndef TILLASK_FAULTS_H
#define TILLASK_FAULTS_H

#include <glib.h>

struct faults;

/* FILE: as it is to be shown.  Copied. */
struct faults *faults_new(const char *file);
void faults_free(struct faults *f);

/* Text of another place is laid over the file: lines from FIRST_LINE (> 1) on are those of NAME,
 * of which it is the first.  Copied. */
void faults_source(struct faults *f, int first_line, const char *name);

/* "FILE:12", or "NAME:3" of a source; FILE alone for line 0.  The caller frees. */
char *faults_place(const struct faults *f, int line);

/* LINE 0: the whole file; GROUP (without brackets) and KEY may be NULL.  FORMAT says what is wrong
 * and what is allowed, without a line end.  Faults of one line stay in the order in which they
 * were added. */
void faults_add(struct faults *f, int line, const char *group, const char *key,
		const char *format, ...) G_GNUC_PRINTF(5, 6);

guint faults_count(const struct faults *f);

/* All of them as text, a line each; the caller frees. */
char *faults_text(const struct faults *f);

#endif
