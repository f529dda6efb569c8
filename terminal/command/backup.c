/* backup.c - a consistent copy of the database, also while the terminal runs.
 *
 *	tillask backup FILE
 */
#include <stdio.h>

#include "command.h"
#include "progress.h"
#include "store/copy.h"

static void show(void *self, int64_t done, int64_t total)
{
	progress_show(self, done, total);
}

static enum command_exit run(struct invocation *call)
{
	struct progress progress = {.what = "Copying"};
	GError *error = NULL;

	if (!copy_database(call->config->database, call->args[0], show, &progress,
			   &error))
		return command_failed(call, error);
	printf("%s: a copy of %s\n", call->args[0], call->config->database);
	return COMMAND_DONE;
}

const struct command command_backup = {
	.name = "backup",
	.synopsis = "FILE",
	.help = "copy the database to FILE, while the terminal runs",
	.config = CONFIG_FIRST,
	.least_args = 1,
	.most_args = 1,
	.run = run,
};
