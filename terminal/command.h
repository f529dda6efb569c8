/* command.h - a command of tillask: its row, its options, its exit codes (README, "Commands").
 *
 * A command's file holds its options, its row and its function.  A program has a table of them
 * and calls command_main(): which configuration, help, faults and exit codes are the same for
 * all.  `tillask` holds what needs nothing but the terminal's own libraries; a command that
 * needs another one is a row of a helper program beside it, so that the terminal stays small and
 * never opens the network; it has a row without run() in tillask, which executes the helper with
 * the same arguments:
 * `tillask --config F export --day D` becomes `tillask-export --config F export --day D`.
 *
 * Options are static variables of the command's file, filled before run() is called: a process
 * runs one command and ends.  Main thread only.
 */
#ifndef TILLASK_COMMAND_H
#define TILLASK_COMMAND_H

#include <glib.h>
#include <stdbool.h>

#include "config.h"

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
	const char *more;  /* further lines of its own --help; NULL: none */
	enum command_config config;
	const GOptionEntry
		*options; /* NULL-terminated; NULL: none beside --help, --config */
	int least_args, most_args;
	enum command_exit (*run)(struct invocation *call);
	const char *helper; /* the program that holds the command, when run is NULL */
};

/* What the row in tillask and the one in the helper both say. */
#define COMMAND_HELP_EXPORT  "write the daily survey files"
#define COMMAND_HELP_SYNC    "send what the server has not acknowledged"
#define COMMAND_HELP_CENTRAL "create or upgrade the server's schema; several servers"

/* The whole of a program: `argv[0] [--config FILE] COMMAND [OPTIONS]`.  TABLE in the order of the
 * help, ending with NULL.  Sets the locale of letters (UTF-8 where none is set) and ignores
 * SIGXFSZ: a file that may not grow is an error that is told.  Returns but for a helper that is
 * executed. */
enum command_exit command_main(int argc, char **argv, const struct command *const *table);

/* The environment's name of a descriptor: the bytes to be read in place of the file that --config
 * names.  `run` hands its helpers what it began with (run/helpers.h), they hand it to theirs. */
#define COMMAND_CONFIG_FD "TILLASK_CONFIG_FD"

/* Loads the configuration of this call on first use.  NULL: every fault has been written to
 * standard error, and the command returns COMMAND_WRONG.  Blocks on the disk. */
const struct config *command_config(struct invocation *call);

/* Says on standard error what is wrong with the call and what would be right; returns
 * COMMAND_WRONG.  FORMAT names both, without a full stop or line end. */
enum command_exit command_wrong(const struct invocation *call, const char *format, ...)
	G_GNUC_PRINTF(2, 3);

/* Says on standard error what could not be done; takes ERROR; returns COMMAND_FAILED. */
enum command_exit command_failed(const struct invocation *call, GError *error);

/* Where a helper program is: PROGRAM beside this one.  The caller frees. */
char *command_helper_path(const char *program);

#endif
