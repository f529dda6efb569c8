#include "command/check.h"

#include <grp.h>
#include <string.h>

#include "clock.h"
#include "drivers/port.h"
#include "drivers/reader.h"
#include "store/reader_counts.h"

#define SOCKET_PATH_MAX 107 /* unix(7) */
#define READS_DAYS      7

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
		if (*port_note(port) != '\0')
			check_say(c, LEVEL_WARN, "[%s] %s opens, but %s", name,
				  line->device, port_note(port));
		else
			check_say(c, LEVEL_OK, "[%s] %s opens", name, line->device);
		port_close(port);
	} else if (c->running && g_error_matches(error, PORT_ERROR, PORT_ERROR_BUSY)) {
		check_say(c, LEVEL_OK, "[%s] %s is in use by the running terminal", name,
			  line->device);
	} else {
		check_say(c, LEVEL_FAIL, "[%s] %s", name, error->message);
	}
}

/* What to do about bad reads, by the kind that is most frequent. */
static const char *const advice[CARD_ERRORS] = {
	[CARD_READ_ERROR] = "clean the head (the scanner's window) with a cleaning card",
	[CARD_TRUNCATED] = "clean the head, and look at the cable and its plug",
	[CARD_BAD_CHAR] =
		"compare frame= and baud= with the reader's manual (`tillask listen` "
		"says what it sees), and look at the cable",
	[CARD_OVERLONG] =
		"look with `tillask listen` whether protocol= and lrc= are right",
	[CARD_FORMAT] =
		"look with `tillask listen` which cards these are, and set protocol= "
		"and the options of the reader after it",
	[CARD_CHECKSUM] = "move the reader away from screens, power supplies and metal",
	[CARD_LENGTH] =
		"look with `tillask listen` whether protocol= and style= are right",
};

static char *kinds_of(const struct reader_counts *counts, unsigned *most)
{
	g_autoptr(GString) text = g_string_new(NULL);

	*most = 0;
	for (unsigned i = 0; i < CARD_ERRORS; i++) {
		if (counts->failed_reads[i] > counts->failed_reads[*most])
			*most = i;
		if (counts->failed_reads[i] > 0)
			g_string_append_printf(text, "%s%u %s", text->len > 0 ? ", " : "",
					       counts->failed_reads[i],
					       card_error_name((enum card_error)i));
	}
	return g_strdup(text->str);
}

/* What it read of late, as far as something is known. */
static void check_reads(struct checker *c, const char *name, const char *reader)
{
	const struct config *config = c->config;
	struct reader_counts counts;
	g_autofree char *kinds = NULL;
	struct clock clock;
	unsigned most, swipes;
	int32_t today;

	clock_init(&clock, config->timezone, config->day_starts_min, INT64_MIN);
	today = clock_day(&clock, g_get_real_time() / 1000);
	if (c->health.state != HEALTH_FINE ||
	    !reader_counts_of(config->database, reader, today - READS_DAYS + 1, &counts))
		return;
	swipes = counts.good_reads + counts.failed;
	kinds = kinds_of(&counts, &most);
	if (swipes == 0)
		return;
	if (counts.failed == 0)
		check_say(c, LEVEL_OK,
			  "[%s] none of %u swipes of the last %d days was a "
			  "bad read",
			  name, swipes, READS_DAYS);
	else if (!reader_counts_bad(&counts))
		check_say(c, LEVEL_OK,
			  "[%s] %u of %u swipes of the last %d days were bad reads (%s)",
			  name, counts.failed, swipes, READS_DAYS, kinds);
	else
		check_say(
			c, LEVEL_WARN,
			"[%s] %u of %u swipes of the last %d days were bad reads (%s), %u "
			"times it was swiped again; %s",
			name, counts.failed, swipes, READS_DAYS, kinds, counts.retries,
			advice[most]);
}

void check_devices(struct checker *c)
{
	const struct config *config = c->config;

	for (int i = 0; i < config->n_readers; i++) {
		const struct reader_config *reader = &config->readers[i];
		g_autofree char *name = g_strdup_printf("reader %s", reader->name);

		check_line(c, name, &reader->line);
		check_reads(c, name, reader->name);
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
