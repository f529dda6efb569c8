#include "command/commands.h"

extern const struct command command_run, command_check, command_listen, command_till,
	command_pin, command_backup, command_recover, command_report, command_note;

/* Held by helper programs. */
static const struct command command_export = {
	.name = "export", .help = COMMAND_HELP_EXPORT, .helper = "tillask-export"};

const struct command *const command_table[] = {
	&command_run,  &command_check, &command_listen, &command_export, &command_report,
	&command_note, &command_till,  &command_pin,    &command_backup, &command_recover,
	NULL,
};
