/* listen.c - prints what a device sends, and keeps nothing.
 *
 *	tillask listen PORT
 *
 * A [reader] named in config.ini brings its settings along; for a device and for standard input
 * nothing is taken from config.ini and the options say all.
 */
#include <string.h>
#include <sys/prctl.h>

#include "command/listen_display.h"
#include "command/listen_reader.h"
#include "run/devices.h"

static char *option_protocol, *option_style, *option_encoding, *option_frame,
	*option_record;
static char **option_prefixes;
static gboolean option_lrc, option_ean, option_bcc, option_reverse;
static int option_baud;

static const GOptionEntry options[] = {
	{"protocol", 0, 0, G_OPTION_ARG_STRING, &option_protocol,
	 "how the device speaks; default magstripe", "P"},
	{"lrc", 0, 0, G_OPTION_ARG_NONE, &option_lrc,
	 "magstripe: one check character follows each track", NULL},
	{"ean", 0, 0, G_OPTION_ARG_NONE, &option_ean,
	 "barcode: only 8, 12 or 13 digits with a right check digit", NULL},
	{"bcc", 0, 0, G_OPTION_ARG_NONE, &option_bcc,
	 "barcode: a check byte stands at the end of each code", NULL},
	{"reverse", 0, 0, G_OPTION_ARG_NONE, &option_reverse,
	 "uid: the last byte comes first", NULL},
	{"style", 0, 0, G_OPTION_ARG_STRING, &option_style, "rfid: standard or parallax",
	 "S"},
	{"prefix", 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_prefixes,
	 "how the shop's card numbers begin; may be repeated", "N"},
	{"encoding", 0, 0, G_OPTION_ARG_STRING, &option_encoding,
	 "displays: the encoding of their text", "E"},
	{"baud", 0, 0, G_OPTION_ARG_INT, &option_baud, "speed of a device", "N"},
	{"frame", 0, 0, G_OPTION_ARG_STRING, &option_frame,
	 "frame of a device, such as 8N1", "F"},
	{"record", 0, 0, G_OPTION_ARG_FILENAME, &option_record,
	 "write what comes to a new file, refused cards blanked, for replay:FILE",
	 "FILE"},
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

/* What comes of PORT, the configuration and the options. */
struct source {
	struct listen_source listen;
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
	for (size_t i = 0; i < display_protocols_n; i++)
		g_string_append_printf(known, " %s", display_protocols[i]->name);
	return command_wrong(call, "unknown protocol %s; there are:%s", name, known->str);
}

static void take_reader(const struct reader_config *config, struct source *source)
{
	source->listen.reader = devices_options(config, source->frame);
	source->rules = config->rules;
}

static enum command_exit find_port(struct invocation *call, const char *port,
				   struct source *source)
{
	const struct config *config;
	int i;

	if (strcmp(port, "-") == 0 || is_device(port)) {
		source->listen.reader.device = port;
		return COMMAND_DONE;
	}
	config = command_config(call);
	if (config == NULL)
		return COMMAND_WRONG;
	i = config_reader(config, port);
	if (i >= 0) {
		take_reader(&config->readers[i], source);
		return COMMAND_DONE;
	}
	return command_wrong(
		call,
		"%s is no [reader] of %s; give the name of one, till, a device such as "
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
		{"--bcc", "barcode", option_bcc},
		{"--reverse", "uid", option_reverse},
		{"--style", "rfid", option_style != NULL},
		{"--encoding", "a display's protocol", option_encoding != NULL},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].given && strcmp(rows[i].protocol, protocol) != 0)
			return rows[i].option;
	return NULL;
}

static enum command_exit take_protocol(struct invocation *call,
				       struct reader_options *reader)
{
	const char *wrong;

	if (option_protocol != NULL || reader->protocol == NULL) {
		const char *name = option_protocol != NULL ? option_protocol
							   : "magstripe";

		reader->protocol = reader_protocol_find(name);
		if (reader->protocol == NULL)
			return unknown_protocol(call, name);
	}
	wrong = out_of_place(reader->protocol->name);
	if (wrong != NULL)
		return command_wrong(call, "%s means nothing to protocol %s", wrong,
				     reader->protocol->name);
	if (option_style != NULL && strcmp(option_style, "standard") != 0 &&
	    strcmp(option_style, "parallax") != 0)
		return command_wrong(call, "--style %s is neither standard nor parallax",
				     option_style);
	if (option_style != NULL)
		reader->parallax = strcmp(option_style, "parallax") == 0;
	reader->lrc = reader->lrc || option_lrc;
	reader->ean = reader->ean || option_ean;
	reader->bcc = reader->bcc || option_bcc;
	reader->reverse = reader->reverse || option_reverse;
	return COMMAND_DONE;
}

static enum command_exit take_line(struct invocation *call, struct reader_options *reader)
{
	struct port_frame frame;

	if (option_baud < 0)
		return command_wrong(call, "--baud is a speed such as 9600");
	if (option_baud > 0)
		reader->baud = (unsigned)option_baud;
	if (option_frame == NULL)
		return COMMAND_DONE;
	if (!port_frame_parse(option_frame, &frame))
		return command_wrong(call, "--frame %s is none such as 8N1 or 7E1",
				     option_frame);
	reader->frame = option_frame;
	return COMMAND_DONE;
}

static enum command_exit take_options(struct invocation *call, struct source *source)
{
	enum command_exit exit = take_protocol(call, &source->listen.reader);

	if (exit == COMMAND_DONE)
		exit = take_line(call, &source->listen.reader);
	return exit == COMMAND_DONE ? take_prefixes(call, &source->rules) : exit;
}

/* ---- displays -------------------------------------------------------------------------- */

/* Options that speak of cards, and an encoding that is none. */
static enum command_exit wrong_display_option(struct invocation *call,
					      struct display_options *display)
{
	const struct {
		const char *option;
		bool given;
	} rows[] = {
		{"--lrc", option_lrc},
		{"--ean", option_ean},
		{"--bcc", option_bcc},
		{"--reverse", option_reverse},
		{"--record", option_record != NULL},
		{"--style", option_style != NULL},
		{"--prefix", option_prefixes != NULL},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].given)
			return command_wrong(call, "%s means nothing to protocol %s",
					     rows[i].option, display->protocol->name);
	if (option_encoding == NULL)
		return COMMAND_DONE;
	display->has_page = code_page_find(option_encoding, &display->page);
	if (!display->has_page)
		return command_wrong(call,
				     "--encoding %s is not one of CP437, CP858, CP866, "
				     "CP1251, KOI8-R and UTF-8",
				     option_encoding);
	return COMMAND_DONE;
}

/* The line of [till], or what the options say of another. */
static enum command_exit listen_at_display(struct invocation *call,
					   const struct display_protocol *protocol)
{
	static struct listen_display display;
	struct display_line_options *line = &display.line;
	struct port_frame frame;
	enum command_exit exit;

	line->device = call->args[0];
	config_usual_sale(&display.words);
	if (strcmp(line->device, "till") == 0) {
		const struct config *config = command_config(call);

		if (config == NULL)
			return COMMAND_WRONG;
		if (!listen_display_from_till(&config->till_line, &display))
			return command_wrong(
				call,
				"[till] device= is not set in %s; name there what "
				"the till's display is connected to",
				config->file);
	}
	if (protocol != NULL)
		line->display.protocol = protocol;
	exit = wrong_display_option(call, &line->display);
	if (exit != COMMAND_DONE)
		return exit;
	if (option_baud < 0)
		return command_wrong(call, "--baud is a speed such as 9600");
	if (option_baud > 0)
		line->baud = (unsigned)option_baud;
	if (option_frame != NULL && !port_frame_parse(option_frame, &frame))
		return command_wrong(call, "--frame %s is none such as 8N1 or 7E1",
				     option_frame);
	if (option_frame != NULL)
		line->frame = option_frame;
	return listen_display(call, &display);
}

/* `till`, and no [reader till]. */
static bool is_till(struct invocation *call)
{
	const struct config *config;

	if (strcmp(call->args[0], "till") != 0)
		return false;
	config = command_config(call);
	return config != NULL && config_reader(config, "till") < 0;
}

static enum command_exit run(struct invocation *call)
{
	static struct source source;
	enum command_exit exit;
	const struct display_protocol *display =
		option_protocol != NULL ? display_protocol_find(option_protocol) : NULL;

	if (display != NULL || (option_protocol == NULL && is_till(call)))
		return listen_at_display(call, display);
	source = (struct source){.rules = {.any = true}};
	exit = find_port(call, call->args[0], &source);
	if (exit == COMMAND_DONE)
		exit = take_options(call, &source);
	if (exit != COMMAND_DONE)
		return exit;
	source.listen.name = call->args[0];
	source.listen.record = option_record;
	source.listen.reader.listening = true;
	source.listen.reader.rules = &source.rules;
	prctl(PR_SET_DUMPABLE, 0); /* a bank card may pass through */
	return listen_reader(call, &source.listen);
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
