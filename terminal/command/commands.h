/* commands.h - the commands of tillask itself, one file each. */
#ifndef TILLASK_COMMAND_COMMANDS_H
#define TILLASK_COMMAND_COMMANDS_H

#include "command.h"

/* In the order of the help; ends with NULL. */
extern const struct command *const command_table[];

#endif
