/* tillask-sync: what `tillask sync` and `tillask central` execute. */
#include <signal.h>

#include "sync/sync.h"

int main(int argc, char **argv)
{
	static const struct command *const table[] = {&command_sync, &command_central,
						      NULL};

	signal(SIGPIPE, SIG_IGN);
	return (int)command_main(argc, argv, table);
}
