/*
 * embedded: files that travel inside the program
 *
 * The Makefile puts terminal/messages.ini, every .sql and .css file of terminal/ and every
 * migration of schema/ into the program, and makes the table of them.
 */
#ifndef TILLASK_EMBEDDED_H
#define TILLASK_EMBEDDED_H

#include <stddef.h>

/*
 * One file. `name` is its path without "terminal/": "messages.ini", "store/queries.sql",
 * "schema/local/001-start.sql". `data` holds `size` bytes and a NUL after them, which
 * `size` does not count.
 */
struct embedded_file {
	const char *name;
	const unsigned char *data;
	size_t size;
};

/* All files, each folder's in the order of their names; lives as long as the program. */
extern const struct embedded_file embedded_files[];
extern const size_t embedded_files_count;

/*
 * The text of the file `name`, NUL-terminated and owned by the program, or NULL if there
 * is no such file. `size` (may be NULL) receives its length in bytes without the NUL, and
 * 0 if there is none. Does not block; any thread.
 */
const char *embedded_text(const char *name, size_t *size);

#endif
