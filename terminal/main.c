#include "command/commands.h"

int main(int argc, char **argv)
{
	return (int)command_main(argc, argv, command_table);
}
