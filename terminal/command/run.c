/* run.c - the terminal itself.
 *
 *	tillask run
 */
#include "run/run.h"

#include "command.h"

static enum command_exit run(struct invocation *call)
{
	GError *error = NULL;

	if (!run_terminal(call->config, &error))
		return command_failed(call, error);
	return COMMAND_DONE;
}

const struct command command_run = {
	.name = "run",
	.synopsis = "",
	.help = "the terminal itself: asks customers, reads cards; needs a terminal",
	.config = CONFIG_FIRST,
	.least_args = 0,
	.most_args = 0,
	.run = run,
};
