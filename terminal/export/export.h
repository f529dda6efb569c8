/* export.h - the command of tillask-export. */
#ifndef TILLASK_EXPORT_EXPORT_H
#define TILLASK_EXPORT_EXPORT_H

#include "command.h"

extern const struct command command_export;

#endif
