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
/* fsync, rename over what is there, fsync of the folder.  Frees in any case. */
gboolean outfile_commit(struct outfile *o, GError **error);
/* Leaves everything as it was; frees. */
void outfile_drop(struct outfile *o);

#endif
