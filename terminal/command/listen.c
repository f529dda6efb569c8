/* listen.c - prints what a device sends, and keeps nothing.
 *
 *	tillask listen PORT
 *
 * A [reader] named in config.ini brings its settings along; for a device and for standard input
 * nothing is taken from config.ini and the options say all.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "command/command.h"
#include "drivers/reader.h"

static char *option_protocol, *option_style, *option_encoding, *option_frame;
static char **option_prefixes;
static gboolean option_lrc, option_ean;
static int option_baud;

static const GOptionEntry options[] = {
	{"protocol", 0, 0, G_OPTION_ARG_STRING, &option_protocol,
	 "how the device speaks; default magstripe", "P"},
	{"lrc", 0, 0, G_OPTION_ARG_NONE, &option_lrc,
	 "magstripe: one check character follows each track", NULL},
	{"ean", 0, 0, G_OPTION_ARG_NONE, &option_ean,
	 "barcode: only 8, 12 or 13 digits with a right check digit", NULL},
	{"style", 0, 0, G_OPTION_ARG_STRING, &option_style, "rfid: standard or parallax",
	 "S"},
	{"prefix", 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_prefixes,
	 "how the shop's card numbers begin; may be repeated", "N"},
	{"encoding", 0, 0, G_OPTION_ARG_STRING, &option_encoding,
	 "displays: the encoding of their text", "E"},
	{"baud", 0, 0, G_OPTION_ARG_INT, &option_baud, "speed of a device", "N"},
	{"frame", 0, 0, G_OPTION_ARG_STRING, &option_frame,
	 "frame of a device, such as 8N1", "F"},
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

/* What comes of PORT, the configuration and the options. */
struct source {
	struct reader_options reader;
	struct card_rules rules;
	char frame[4];
};

static bool is_device(const char *port)
{
	return strchr(port, '/') != NULL || g_str_has_prefix(port, "replay:") ||
	       strcmp(port, "demo") == 0;
}

static enum command_exit unknown_protocol(struct invocation *call, const char *name)
{
	g_autoptr(GString) known = g_string_new(NULL);

	for (size_t i = 0; i < reader_protocols_n; i++)
		g_string_append_printf(known, " %s", reader_protocols[i].name);
	return command_wrong(call, "unknown protocol %s; there are:%s", name, known->str);
}

static void take_reader(const struct reader_config *config, struct source *source)
{
	const struct line_config *line = &config->line;

	source->rules = config->rules;
	g_snprintf(source->frame, sizeof(source->frame), "%d%c%d", line->data_bits,
		   line->parity, line->stop_bits);
	source->reader.device = line->device;
	source->reader.protocol = reader_protocol_find(config->protocol);
	source->reader.baud = (unsigned)line->baud;
	source->reader.frame = source->frame;
	source->reader.no_dtr = !line->dtr;
	source->reader.no_rts = !line->rts;
	source->reader.lrc = config->lrc;
}

static enum command_exit find_port(struct invocation *call, const char *port,
				   struct source *source)
{
	const struct config *config;
	int i;

	if (strcmp(port, "-") == 0 || is_device(port)) {
		source->reader.device = port;
		return COMMAND_DONE;
	}
	config = command_config(call);
	if (config == NULL)
		return COMMAND_WRONG;
	i = config_reader(config, port);
	if (i >= 0) {
		take_reader(&config->readers[i], source);
		if (source->reader.protocol == NULL && option_protocol == NULL)
			return unknown_protocol(call, config->readers[i].protocol);
		return COMMAND_DONE;
	}
	if (strcmp(port, "till") == 0 && config->till_line.present)
		return command_wrong(
			call, "[till] protocol=%s is not one that this version reads",
			config->till_line.protocol);
	return command_wrong(
		call,
		"%s is no [reader] of %s; give the name of one, a device such as "
		"/dev/ttyUSB0, or - for standard input",
		port, config->file);
}

static enum command_exit take_prefixes(struct invocation *call, struct card_rules *rules)
{
	if (option_prefixes == NULL)
		return COMMAND_DONE;
	*rules = (struct card_rules){.any = false};
	for (int i = 0; option_prefixes[i] != NULL; i++) {
		size_t n = strlen(option_prefixes[i]);

		if (n < 1 || n >= sizeof(rules->prefix[0].digits))
			return command_wrong(call, "--prefix is 1 to 19 characters");
		if (rules->n == CARD_PREFIXES_MAX)
			return command_wrong(call, "--prefix may stand %d times",
					     CARD_PREFIXES_MAX);
		g_strlcpy(rules->prefix[rules->n++].digits, option_prefixes[i],
			  sizeof(rules->prefix[0].digits));
	}
	return COMMAND_DONE;
}

/* An option of a protocol that is not the one chosen. */
static const char *out_of_place(const char *protocol)
{
	const struct {
		const char *option, *protocol;
		bool given;
	} rows[] = {
		{"--lrc", "magstripe", option_lrc},
		{"--ean", "barcode", option_ean},
		{"--style", "rfid", option_style != NULL},
		{"--encoding", "a display's protocol", option_encoding != NULL},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].given && strcmp(rows[i].protocol, protocol) != 0)
			return rows[i].option;
	return NULL;
}

static enum command_exit take_options(struct invocation *call, struct source *source)
{
	struct port_frame frame;
	const char *wrong;

	if (option_protocol != NULL || source->reader.protocol == NULL) {
		const char *name = option_protocol != NULL ? option_protocol
							   : "magstripe";

		source->reader.protocol = reader_protocol_find(name);
		if (source->reader.protocol == NULL)
			return unknown_protocol(call, name);
	}
	wrong = out_of_place(source->reader.protocol->name);
	if (wrong != NULL)
		return command_wrong(call, "%s means nothing to protocol %s", wrong,
				     source->reader.protocol->name);
	if (option_baud < 0)
		return command_wrong(call, "--baud is a speed such as 9600");
	if (option_baud > 0)
		source->reader.baud = (unsigned)option_baud;
	if (option_frame != NULL) {
		if (!port_frame_parse(option_frame, &frame))
			return command_wrong(call,
					     "--frame %s is none such as 8N1 or 7E1",
					     option_frame);
		source->reader.frame = option_frame;
	}
	source->reader.lrc = source->reader.lrc || option_lrc;
	return take_prefixes(call, &source->rules);
}

static void print_card(const struct card_reading *reading, void *user)
{
	(void)user;
	switch (reading->result) {
	case CARD_NUMBER:
		printf("card %s\n", reading->number);
		break;
	case CARD_ERROR:
		printf("error %s\n", card_error_name(reading->error));
		break;
	case CARD_REFUSED_PAYMENT:
		puts("refused payment-card");
		break;
	case CARD_REFUSED_DOCUMENT:
		puts("refused id-document");
		break;
	}
	fflush(stdout);
}

static int64_t now_ms(void)
{
	return g_get_monotonic_time() / 1000;
}

/* Waits for FD (-1: nothing to wait for) until UNTIL_MS (-1: for ever); whether it is readable. */
static bool wait_for(int fd, int64_t until_ms)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	int timeout = until_ms < 0 ? -1 : (int)CLAMP(until_ms - now_ms(), 0, 60000);

	return poll(&p, 1, timeout) > 0;
}

static enum command_exit listen_to_input(struct invocation *call,
					 const struct source *source)
{
	const struct reader_protocol *protocol = source->reader.protocol;
	union reader_decoder decoder;
	unsigned char bytes[512];
	ssize_t n = 1;
	int code = 0;

	protocol->init(&decoder, &source->reader);
	while (n != 0) {
		bool begun = protocol->pending(&decoder);

		if (!wait_for(STDIN_FILENO, begun ? now_ms() + protocol->idle_ms : -1)) {
			if (begun)
				protocol->idle(&decoder, print_card, NULL);
			continue;
		}
		n = read(STDIN_FILENO, bytes, sizeof(bytes));
		if (n < 0 && errno != EINTR && errno != EAGAIN) {
			code = errno;
			break;
		}
		if (n > 0)
			protocol->feed(&decoder, bytes, (size_t)n, now_ms(), print_card,
				       NULL);
		explicit_bzero(bytes, sizeof(bytes));
	}
	protocol->idle(&decoder, print_card, NULL);
	protocol->reset(&decoder);
	if (code == 0)
		return COMMAND_DONE;
	return command_failed(
		call, g_error_new(G_FILE_ERROR, (gint)g_file_error_from_errno(code),
				  "reading standard input: %s", g_strerror(code)));
}

static void print_state(const struct reader *reader, void *user)
{
	const char *why = reader_why(reader);

	fprintf(stderr, "%s: %s\n", (const char *)user,
		why[0] != '\0' ? why : reader_state_name(reader_state_of(reader)));
}

static enum command_exit listen_to_device(const struct source *source, char *port)
{
	static struct reader reader;
	const struct reader_sink sink = {
		.card = print_card, .state = print_state, .user = port};

	reader_init(&reader, &source->reader);
	reader_enable(&reader, &sink);
	reader_open(&reader, now_ms(), &sink);
	while (reader_state_of(&reader) != READER_ENDED) {
		if (wait_for(reader_fd(&reader), reader_deadline_ms(&reader)))
			reader_on_readable(&reader, now_ms(), &sink);
		else
			reader_on_time(&reader, now_ms(), &sink);
	}
	reader_close(&reader, &sink);
	return COMMAND_DONE;
}

static enum command_exit run(struct invocation *call)
{
	static struct source source;
	enum command_exit exit;

	source = (struct source){.rules = {.any = true}};
	source.reader.keep_waiting = true;
	exit = find_port(call, call->args[0], &source);
	if (exit == COMMAND_DONE)
		exit = take_options(call, &source);
	if (exit != COMMAND_DONE)
		return exit;
	source.reader.rules = &source.rules;
	prctl(PR_SET_DUMPABLE, 0); /* a bank card may pass through (protocols.md 5.4) */
	if (strcmp(call->args[0], "-") == 0)
		return listen_to_input(call, &source);
	return listen_to_device(&source, call->args[0]);
}

const struct command command_listen = {
	.name = "listen",
	.synopsis = "PORT",
	.help = "print what a device sends; PORT is a [reader], a device, or - (standard input)",
	.config = CONFIG_LATER,
	.options = options,
	.least_args = 1,
	.most_args = 1,
	.run = run,
};
