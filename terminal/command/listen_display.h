/* listen_display.h - listen at the line to a customer display.
 *
 *	display [TOTAL          12.50]|[                    ]
 *	sale total 1250
 *
 * A line `display` each time the line has been quiet (or its picture stands though it is painted
 * for ever), then what that says of the sale; amounts in smallest units.
 */
#ifndef TILLASK_COMMAND_LISTEN_DISPLAY_H
#define TILLASK_COMMAND_LISTEN_DISPLAY_H

#include "command.h"
#include "drivers/display_line.h"

struct listen_display {
	struct display_line_options line; /* device "-": standard input */
	struct sale_rules words;
	struct display_tables tables;
};

/* [till] of the configuration.  False: it names no device. */
bool listen_display_from_till(const struct till_config *till,
			      struct listen_display *display);

/* Prints until the input ends; a device never does. */
enum command_exit listen_display(struct invocation *call,
				 const struct listen_display *display);

#endif
