/* pin.c - sets the manager's PIN, or a cashier's.
 *
 *	tillask pin [--cashier NUMBER]
 *
 * At a terminal it is asked twice without echo; otherwise it is one line of standard input.
 */
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "command.h"
#include "pin.h"

#define LINE_MAX_BYTES 80
#define CTRL_C         3

static char *option_cashier;

static const GOptionEntry options[] = {
	{"cashier", 0, 0, G_OPTION_ARG_STRING, &option_cashier,
	 "of this cashier, not the manager", "NUMBER"},
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

/* One line of standard input without its end, byte by byte so that no buffer keeps it.  False:
 * no line, Ctrl-C, or a line that is too long for a PIN. */
static bool read_line(char line[LINE_MAX_BYTES])
{
	size_t n = 0;
	ssize_t got;
	char c = '\0';

	while ((got = read(STDIN_FILENO, &c, 1)) == 1 && c != '\n' && c != CTRL_C &&
	       n < LINE_MAX_BYTES - 1)
		line[n++] = c;
	if (n > 0 && line[n - 1] == '\r')
		n--;
	line[n] = '\0';
	return c == '\n' || (got == 0 && n > 0);
}

/* Asks without echo.  Ctrl-C ends the line instead of the program, so that the echo comes back. */
static bool ask(const char *prompt, char line[LINE_MAX_BYTES])
{
	struct termios before, quiet;
	bool answered;

	if (tcgetattr(STDIN_FILENO, &before) != 0)
		return false;
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
	quiet.c_lflag |= ICANON;
	quiet.c_cc[VEOL] = CTRL_C;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	fputs(prompt, stderr); /* what is typed before it is dropped */
	answered = read_line(line);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	fputc('\n', stderr);
	return answered;
}

/* NULL, or why there is no PIN. */
static const char *get_pin(char pin[LINE_MAX_BYTES])
{
	char again[LINE_MAX_BYTES];
	bool same;

	if (!isatty(STDIN_FILENO))
		return read_line(pin) ? NULL : "standard input holds no line with a PIN";
	if (!ask("New PIN (4 to 12 digits): ", pin) || !ask("The same again: ", again))
		return "no PIN was typed; nothing was changed";
	same = strcmp(pin, again) == 0;
	explicit_bzero(again, sizeof(again));
	return same ? NULL : "the two were not the same; nothing was changed, try again";
}

static enum command_exit run(struct invocation *call)
{
	const char *cashier = option_cashier != NULL ? option_cashier : "";
	char pin[LINE_MAX_BYTES] = "";
	GError *error = NULL;
	const char *why;
	bool done;

	if (option_cashier != NULL && *cashier == '\0')
		return command_wrong(call, "--cashier needs a number");
	why = get_pin(pin);
	if (why != NULL)
		return command_failed(call,
				      g_error_new_literal(PIN_ERROR, PIN_ERROR_PIN, why));
	done = pin_set(call->config->database, cashier, pin, &error);
	explicit_bzero(pin, sizeof(pin));
	if (!done)
		return command_failed(call, error);
	printf("the PIN of %s%s is set\n", *cashier != '\0' ? "cashier " : "the manager",
	       cashier);
	return COMMAND_DONE;
}

const struct command command_pin = {
	.name = "pin",
	.synopsis = "[--cashier NUMBER]",
	.help = "set the manager's PIN, or a cashier's",
	.config = CONFIG_FIRST,
	.options = options,
	.run = run,
};
