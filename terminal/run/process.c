/* process.c - see process.h */
#include "run/process.h"

#include <glib.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>

static void keep_memory(void)
{
	const struct rlimit none = {0, 0};

	prctl(PR_SET_DUMPABLE, 0);
	setrlimit(RLIMIT_CORE, &none);
}

static int take_signals(void)
{
	static const int ignored[] = {SIGINT,  SIGQUIT, SIGTSTP, SIGTTIN,
				      SIGTTOU, SIGPIPE, SIGXFSZ};
	sigset_t taken;

	for (size_t i = 0; i < G_N_ELEMENTS(ignored); i++)
		signal(ignored[i], SIG_IGN);
	signal(SIGCHLD, SIG_DFL); /* who ignores it never learns how a helper ended */
	sigemptyset(&taken);
	sigaddset(&taken, SIGTERM);
	sigaddset(&taken, SIGHUP);
	sigaddset(&taken, SIGWINCH);
	sigprocmask(SIG_BLOCK, &taken, NULL);
	return signalfd(-1, &taken, SFD_NONBLOCK | SFD_CLOEXEC);
}

/* ASCII is what a program has without LANG; every console of today shows UTF-8. */
static void choose_letters(void)
{
	setlocale(LC_CTYPE, "");
	if (strcmp(nl_langinfo(CODESET), "ANSI_X3.4-1968") == 0)
		setlocale(LC_CTYPE, "C.UTF-8");
}

int process_prepare(void)
{
	keep_memory();
	choose_letters();
	return take_signals();
}
