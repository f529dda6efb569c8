#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <string.h>

#include "command/command.h"

/* Numbers stay as C writes them.  Without LANG a program has only ASCII; every console of today
 * shows UTF-8. */
static void choose_letters(void)
{
	setlocale(LC_CTYPE, "");
	if (strcmp(nl_langinfo(CODESET), "ANSI_X3.4-1968") == 0)
		setlocale(LC_CTYPE, "C.UTF-8");
}

int main(int argc, char **argv)
{
	choose_letters();
	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error that is told */
	return (int)command_main(argc, argv);
}
