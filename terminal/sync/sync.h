/* sync.h - the commands of tillask-sync. */
#ifndef TILLASK_SYNC_SYNC_H
#define TILLASK_SYNC_SYNC_H

#include "command.h"

extern const struct command command_sync, command_central;

#endif
