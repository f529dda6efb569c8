/* command.h - the commands, one row and one file each.
 *
 * A command's file holds its options, its row and its function; command.c holds the list of
 * rows, and everything that is the same for all: which configuration, help, exit codes.
 * Options are static variables of the command's file, filled before run() is called: the
 * process runs one command and ends.
 */
#ifndef TILLASK_COMMAND_COMMAND_H
#define TILLASK_COMMAND_COMMAND_H

#include <glib.h>
#include <stdbool.h>

#include "config.h"

/* contract.md, "Commands". */
enum command_exit {
	COMMAND_DONE = 0,
	COMMAND_FAILED = 1, /* could not be done, or `check` found a fault */
	COMMAND_WRONG = 2,  /* wrong usage or configuration */
};

/* What a command is called with. */
struct invocation {
	const struct command *command;
	const char *config_given; /* --config, or NULL */
	const struct config
		*config; /* NULL until loaded (CONFIG_LATER: by command_config()) */
	int n_args;      /* what is left beside the options */
	char **args;     /* NULL-terminated */
};

enum command_config {
	CONFIG_FIRST, /* run() gets a configuration without a fault, or is not called */
	CONFIG_LATER, /* run() calls command_config() if and when it needs one */
};

struct command {
	const char *name;
	const char
		*synopsis; /* its arguments, without "tillask NAME": "[--day DAY] ..." */
	const char *help;  /* one line */
	enum command_config config;
	const GOptionEntry
		*options; /* NULL-terminated; NULL: none beside --help, --config */
	int least_args, most_args;
	enum command_exit (*run)(struct invocation *call);
};

/* All rows, in the order of the help; ends with NULL. */
extern const struct command *const command_table[];

/* The whole program: `argv[0] [--config FILE] COMMAND [OPTIONS]`. */
enum command_exit command_main(int argc, char **argv);

/* Loads the configuration of this call on first use.  NULL: every fault has been written to
 * standard error, and the command returns COMMAND_WRONG.  Blocks on the disk. */
const struct config *command_config(struct invocation *call);

/* Says on standard error what is wrong with the call and what would be right; returns
 * COMMAND_WRONG.  FORMAT names both, without a full stop or line end. */
enum command_exit command_wrong(const struct invocation *call, const char *format, ...)
	G_GNUC_PRINTF(2, 3);

/* Says on standard error what could not be done; takes ERROR; returns COMMAND_FAILED. */
enum command_exit command_failed(const struct invocation *call, GError *error);

#endif
