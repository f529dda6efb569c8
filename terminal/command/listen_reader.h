/* listen_reader.h - `tillask listen` to a card reader: events on standard output, what to do
 * about what is seen on standard error, and a recording.
 *
 * Nothing that goes to standard error holds what was read, but for the decimal that is printed
 * on an RFID card.
 */
#ifndef TILLASK_COMMAND_LISTEN_READER_H
#define TILLASK_COMMAND_LISTEN_READER_H

#include "command.h"
#include "drivers/reader.h"

struct listen_source {
	struct reader_options reader; /* device "-": standard input */
	const char *name;             /* as it was asked for; begins the lines of words */
	const char *record;           /* a file to record to, or NULL */
};

/* Until the device ends, or for ever. */
enum command_exit listen_reader(struct invocation *call,
				const struct listen_source *source);

#endif
