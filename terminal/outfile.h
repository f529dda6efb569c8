/* outfile.h - a file that appears whole or not at all.
 *
 * Written under a hidden temporary name in the same folder, made durable, then renamed; on any
 * failure nothing is left behind and what was there before stands.
 */
#ifndef TILLASK_OUTFILE_H
#define TILLASK_OUTFILE_H

#include <glib.h>
#include <stdio.h>

struct outfile;

/* Begins FOLDER/NAME (0640); makes the folder when it is missing. */
struct outfile *outfile_begin(const char *folder, const char *name, GError **error);
FILE *outfile_stream(struct outfile *o);
/* The temporary file, for a library that writes to a path: nothing goes through the stream. */
const char *outfile_temporary(const struct outfile *o);
/* Is there a file at FOLDER/NAME now? */
gboolean outfile_replaces(const struct outfile *o);
/* Makes durable what was written, under its temporary name: what is left of outfile_commit() is a
 * rename.  Several files begun together appear nearly at once so. */
gboolean outfile_sync(struct outfile *o, GError **error);
/* fsync, rename over what is there, fsync of the folder.  Frees in any case. */
gboolean outfile_commit(struct outfile *o, GError **error);
/* Leaves everything as it was; frees. */
void outfile_drop(struct outfile *o);

#endif
