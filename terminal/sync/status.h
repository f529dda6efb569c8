/* status.h - how sending stands, in words. */
#ifndef TILLASK_SYNC_STATUS_H
#define TILLASK_SYNC_STATUS_H

#include <stdbool.h>

#include "config.h"

/* `sync --status`: what waits, since when, what was set aside, last success, last error, a line
 * each on standard output.  Sends nothing.  Blocks on the disk. */
bool status_print(const struct config *config, GError **error);

/* For `check`: looks at the server as a sender would and prints lines `ok|warn|FAIL TEXT`.
 * Blocks until the server answers or is given up. */
void status_probe(const struct config *config);

#endif
