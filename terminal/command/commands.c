#include "command/commands.h"

extern const struct command command_run, command_check, command_listen, command_till,
	command_pin, command_backup, command_recover, command_report, command_note;

/* Held by helper programs. */
static const struct command command_export = {
	.name = "export", .help = COMMAND_HELP_EXPORT, .helper = "tillask-export"};
static const struct command command_sync = {
	.name = "sync", .help = COMMAND_HELP_SYNC, .helper = "tillask-sync"};
static const struct command command_central = {
	.name = "central", .help = COMMAND_HELP_CENTRAL, .helper = "tillask-sync"};

const struct command *const command_table[] = {
	&command_run,
	&command_check,
	&command_listen,
	&command_export,
	&command_report,
	&command_note,
	&command_sync,
	&command_central,
	&command_till,
	&command_pin,
	&command_backup,
	&command_recover,
	NULL,
};
