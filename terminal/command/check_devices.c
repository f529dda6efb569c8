#include "command/check.h"

#include <grp.h>
#include <string.h>

#include "drivers/port.h"
#include "drivers/reader.h"

#define SOCKET_PATH_MAX 107 /* unix(7) */

/* Opens and closes a device.  NAME as in config.ini. */
static void check_line(struct checker *c, const char *name,
		       const struct line_config *line)
{
	const struct port_options options = {
		.baud = (unsigned)line->baud,
		.frame = {line->data_bits, line->parity, line->stop_bits},
		.dtr = line->dtr,
		.rts = line->rts,
	};
	g_autoptr(GError) error = NULL;
	struct port *port = port_open(line->device, &options, &error);

	if (port != NULL) {
		check_say(c, LEVEL_OK, "[%s] %s opens", name, line->device);
		port_close(port);
	} else if (c->running && g_error_matches(error, PORT_ERROR, PORT_ERROR_BUSY)) {
		check_say(c, LEVEL_OK, "[%s] %s is in use by the running terminal", name,
			  line->device);
	} else {
		check_say(c, LEVEL_FAIL, "[%s] %s", name, error->message);
	}
}

void check_devices(struct checker *c)
{
	const struct config *config = c->config;

	for (int i = 0; i < config->n_readers; i++) {
		const struct reader_config *reader = &config->readers[i];
		g_autofree char *name = g_strdup_printf("reader %s", reader->name);

		if (reader_protocol_find(reader->protocol) == NULL)
			check_say(
				c, LEVEL_FAIL,
				"[%s] this version does not read protocol=%s; take the group out",
				name, reader->protocol);
		else
			check_line(c, name, &reader->line);
	}
	if (*config->till_line.line.device != '\0')
		check_line(c, "till", &config->till_line.line);
	if (config->n_readers == 0)
		check_say(c, LEVEL_OK, "no [reader] is configured; cards are not read");
}

void check_socket(struct checker *c)
{
	const struct till_config *till = &c->config->till_line;

	if (strlen(till->socket) > SOCKET_PATH_MAX)
		check_say(
			c, till->present ? LEVEL_FAIL : LEVEL_WARN,
			"%s is longer than the %d bytes that a socket's path may have; set [till] "
			"socket= to a shorter one",
			till->socket, SOCKET_PATH_MAX);
	else if (*till->socket_group != '\0' && getgrnam(till->socket_group) == NULL)
		check_say(
			c, LEVEL_FAIL,
			"there is no group %s; run `groupadd %s`, or change [till] socket_group=",
			till->socket_group, till->socket_group);
	else
		check_say(c, LEVEL_OK,
			  c->running ? "%s answers" : "%s, when the terminal runs",
			  till->socket);
}
