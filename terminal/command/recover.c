/* recover.c - takes over the visits of another database of this till.
 *
 *	tillask recover FILE
 */
#include <inttypes.h>
#include <stdio.h>

#include "command.h"
#include "progress.h"
#include "store/takeover.h"

static void show(void *self, int64_t done, int64_t total)
{
	progress_show(self, done, total);
}

static enum command_exit run(struct invocation *call)
{
	struct progress progress = {.what = "Taking over"};
	struct takeover taken;
	GError *error = NULL;

	if (!takeover(call->config->database, call->args[0], &taken, show, &progress,
		      &error))
		return command_failed(call, error);
	printf("%s: taken over: visits %" PRId64 ", answers %" PRId64
	       ", card events %" PRId64 "; visits here already: %" PRId64
	       "; rows unreadable: %" PRId64 "\n",
	       call->args[0], taken.visits, taken.answers, taken.cards, taken.known,
	       taken.unreadable);
	return COMMAND_DONE;
}

const struct command command_recover = {
	.name = "recover",
	.synopsis = "FILE",
	.help = "take over the visits of another database of this till",
	.config = CONFIG_FIRST,
	.least_args = 1,
	.most_args = 1,
	.run = run,
};
