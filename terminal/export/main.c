/* tillask-export: what `tillask export` executes. */
#include "export/export.h"

int main(int argc, char **argv)
{
	static const struct command *const table[] = {&command_export, NULL};

	return (int)command_main(argc, argv, table);
}
