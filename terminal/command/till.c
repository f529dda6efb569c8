/* till.c - speaks to the running terminal, for the till's scripts and for people.
 *
 *	tillask till pay --receipt 17 --total 1234.50
 *
 * One line goes to the socket (run/till_line.h), its answer is the result.
 */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "run/till_socket.h"

static char *option_receipt, *option_total, *option_cashier, *option_tender, *option_kind;

static const GOptionEntry options[] = {
	{"receipt", 0, 0, G_OPTION_ARG_STRING, &option_receipt, "number of the receipt",
	 "R"},
	{"total", 0, 0, G_OPTION_ARG_STRING, &option_total, "sum to pay, such as 1234.50",
	 "T"},
	{"cashier", 0, 0, G_OPTION_ARG_STRING, &option_cashier, "the cashier's number",
	 "C"},
	{"tender", 0, 0, G_OPTION_ARG_STRING, &option_tender, "cash or card",
	 "cash|card"},
	{"kind", 0, 0, G_OPTION_ARG_STRING, &option_kind, "sale, return or void", "KIND"},
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

/* The line of the socket that the arguments make. */
static char *make_line(const struct invocation *call)
{
	const struct {
		const char *key, *value;
	} rows[] = {
		{"receipt", option_receipt}, {"total", option_total},
		{"cashier", option_cashier}, {"tender", option_tender},
		{"kind", option_kind},
	};
	g_autofree char *verb = g_ascii_strup(call->args[0], -1);
	GString *line = g_string_new(verb);

	for (int i = 1; i < call->n_args; i++)
		g_string_append_printf(line, " %s", call->args[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].value != NULL)
			g_string_append_printf(line, " %s=%s", rows[i].key,
					       rows[i].value);
	return g_string_free(line, FALSE);
}

static enum command_exit run(struct invocation *call)
{
	g_autofree char *line = make_line(call), *answer = NULL;
	struct till_line parsed;
	GError *error = NULL;

	till_line_parse(line, strlen(line), &parsed);
	if (parsed.kind == TILL_LINE_WRONG)
		return command_wrong(call, "%s", parsed.wrong);
	if (strpbrk(line, "\r\n") != NULL)
		return command_wrong(call, "a line end inside a value");
	answer = till_socket_ask(call->config->till_line.socket, line, &error);
	if (answer == NULL)
		return command_failed(call, error);
	if (!g_str_has_prefix(answer, "OK")) {
		fprintf(stderr, "%s\n", answer);
		return COMMAND_FAILED;
	}
	puts(answer);
	return COMMAND_DONE;
}

const struct command command_till = {
	.name = "till",
	.synopsis = "pay|paid|hold|resume|cancel|card NUMBER|status",
	.help = "tell the running terminal what the till does",
	.config = CONFIG_FIRST,
	.options = options,
	.least_args = 1,
	.most_args = 2,
	.run = run,
};
