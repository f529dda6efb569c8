#include "command.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PROGRAM "tillask"

/* The table of this process. */
static const struct command *const *commands;

static void say_usage(FILE *out)
{
	fputs("usage: " PROGRAM " [--config FILE] COMMAND [OPTIONS]\n", out);
}

static void print_help(void)
{
	say_usage(stdout);
	fputs("\nAsks customers beside the till, while they pay.\n\n", stdout);
	for (int i = 0; commands[i] != NULL; i++)
		printf("  %-9s %s\n", commands[i]->name, commands[i]->help);
	fputs("\n  " PROGRAM " COMMAND --help   its options\n"
	      "  " PROGRAM " --version        the version\n\n"
	      "The configuration is the first of: --config FILE, $TILLASK_CONFIG, ./config.ini,\n"
	      "/etc/tillask/config.ini.  Exit status: 0 done; 1 could not be done, or `check` "
	      "found\na fault; 2 wrong usage or configuration.\n",
	      stdout);
}

static enum command_exit wrong_call(const char *format, ...) G_GNUC_PRINTF(1, 2);
static enum command_exit wrong_call(const char *format, ...)
{
	va_list args;

	fputs(PROGRAM ": ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputs("; `" PROGRAM " --help` tells more\n", stderr);
	return COMMAND_WRONG;
}

enum command_exit command_wrong(const struct invocation *call, const char *format, ...)
{
	const char *name = call->command->name;
	va_list args;

	fprintf(stderr, PROGRAM " %s: ", name);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "; `" PROGRAM " %s --help` tells more\n", name);
	return COMMAND_WRONG;
}

enum command_exit command_failed(const struct invocation *call, GError *error)
{
	fprintf(stderr, PROGRAM " %s: %s\n", call->command->name, error->message);
	g_error_free(error);
	return COMMAND_FAILED;
}

/* The configuration of this process: loaded once, freed by command_main(). */
static struct config *loaded;

static struct config *load(const char *path, struct faults *faults)
{
	const char *handed = g_getenv(COMMAND_CONFIG_FD);
	g_autofree char *from = handed != NULL
					? g_build_filename("/proc/self/fd", handed, NULL)
					: g_strdup(path);

	return config_load_from(path, from, faults);
}

const struct config *command_config(struct invocation *call)
{
	g_autofree char *path = config_find(call->config_given);
	g_autofree char *text = NULL;
	struct faults *faults;

	if (call->config != NULL)
		return call->config;
	if (path == NULL) {
		fputs(PROGRAM
		      ": there is no configuration: neither ./config.ini nor "
		      "/etc/tillask/config.ini is there; name one by --config FILE or "
		      "$TILLASK_CONFIG\n",
		      stderr);
		return NULL;
	}
	faults = faults_new(path);
	call->config = loaded = load(path, faults);
	text = faults_text(faults);
	fputs(text, stderr);
	faults_free(faults);
	return loaded;
}

/* Arguments as UTF-8, whatever the locale: what is valid UTF-8 is that. */
static char **decode_arguments(int argc, char **argv)
{
	GPtrArray *args = g_ptr_array_new();

	for (int i = 0; i < argc; i++) {
		char *text = g_utf8_validate(argv[i], -1, NULL)
				     ? g_strdup(argv[i])
				     : g_locale_to_utf8(argv[i], -1, NULL, NULL, NULL);

		g_ptr_array_add(args,
				text != NULL ? text : g_utf8_make_valid(argv[i], -1));
	}
	g_ptr_array_add(args, NULL);
	return (char **)g_ptr_array_free(args, FALSE);
}

/* The rows of a command, with what every command has.  Text is taken as it is: GLib would
 * convert it from a locale that `systemd` does not set, and refuse Cyrillic. */
static GArray *all_options(const struct command *command, gboolean *help, char **config)
{
	const GOptionEntry common[] = {
		{"config", 0, 0, G_OPTION_ARG_FILENAME, config, "the configuration",
		 "FILE"},
		{"help", 'h', 0, G_OPTION_ARG_NONE, help, "show this", NULL},
	};
	GArray *all = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));

	for (const GOptionEntry *e = command->options; e != NULL && e->long_name != NULL;
	     e++) {
		GOptionEntry entry = *e;

		if (entry.arg == G_OPTION_ARG_STRING)
			entry.arg = G_OPTION_ARG_FILENAME;
		if (entry.arg == G_OPTION_ARG_STRING_ARRAY)
			entry.arg = G_OPTION_ARG_FILENAME_ARRAY;
		g_array_append_val(all, entry);
	}
	g_array_append_vals(all, common, G_N_ELEMENTS(common));
	return all;
}

static void print_command_help(const struct command *command, GOptionContext *context)
{
	g_autofree char *options = g_option_context_get_help(context, TRUE, NULL);
	const char *rows = strchr(options, '\n'); /* after GLib's own usage line */

	printf("usage: " PROGRAM " [--config FILE] %s%s%s\n\n%s\n%s%s", command->name,
	       *command->synopsis != '\0' ? " " : "", command->synopsis, command->help,
	       command->more != NULL ? command->more : "",
	       rows != NULL ? strstr(rows, "\n\n") + 1 : "");
}

static enum command_exit run_command(struct invocation *call)
{
	const struct command *command = call->command;

	if (call->n_args < command->least_args || call->n_args > command->most_args)
		return command_wrong(call, "%s; it is called " PROGRAM " %s%s%s",
				     call->n_args < command->least_args
					     ? "an argument is missing"
					     : "there are too many arguments",
				     command->name, *command->synopsis != '\0' ? " " : "",
				     command->synopsis);
	if (command->config == CONFIG_FIRST && command_config(call) == NULL)
		return COMMAND_WRONG;
	return command->run(call);
}

/* "-5" is taken for an option, and was meant as a number. */
static enum command_exit wrong_options(const struct invocation *call, char **args,
				       const char *message)
{
	for (int i = 0; args[i] != NULL; i++)
		if (args[i][0] == '-' && g_ascii_isdigit(args[i][1]))
			return command_wrong(call, "\"%s\": no number is below 0",
					     args[i]);
	return command_wrong(call, "%s", message);
}

/* ARGS begins with the command's name; takes what GLib leaves of it. */
static enum command_exit parse_and_run(struct invocation *call, char ***args)
{
	gboolean help = FALSE;
	g_autofree char *config = NULL;
	g_autoptr(GArray) options = all_options(call->command, &help, &config);
	GOptionContext *context = g_option_context_new(call->command->synopsis);
	g_autoptr(GError) error = NULL;
	enum command_exit result;

	g_option_context_set_help_enabled(context, FALSE);
	g_option_context_add_main_entries(
		context, (const GOptionEntry *)(void *)options->data, NULL);
	if (!g_option_context_parse_strv(context, args, &error)) {
		result = wrong_options(call, *args, error->message);
	} else if (help) {
		print_command_help(call->command, context);
		result = COMMAND_DONE;
	} else {
		if (config != NULL)
			call->config_given = config;
		call->n_args = (int)g_strv_length(*args) - 1;
		call->args = *args + 1;
		if (call->n_args > 0 && strcmp(call->args[0], "--") == 0) {
			call->args++;
			call->n_args--;
		}
		result = run_command(call);
	}
	g_option_context_free(context);
	return result;
}

static const struct command *find_command(const char *name)
{
	for (int i = 0; commands[i] != NULL; i++) {
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	}
	return NULL;
}

static enum command_exit unknown_command(const char *name)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	const char *likely;

	for (int i = 0; commands[i] != NULL; i++)
		g_ptr_array_add(names, (char *)commands[i]->name);
	g_ptr_array_add(names, NULL);
	likely = ini_likely(name, (const char *const *)names->pdata);
	if (likely != NULL)
		return wrong_call("'%s' is no command; did you mean %s", name, likely);
	return wrong_call("'%s' is no command", name);
}

/* What stands before the command.  True: go on with args[*at]; false: *result is the end. */
static bool take_global(char **args, int *at, struct invocation *call,
			enum command_exit *result)
{
	*result = COMMAND_DONE;
	for (; args[*at] != NULL && args[*at][0] == '-'; ++*at) {
		const char *arg = args[*at];

		if (strcmp(arg, "--help") == 0 || strcmp(arg, "-h") == 0) {
			print_help();
			return false;
		}
		if (strcmp(arg, "--version") == 0) {
			puts(PROGRAM " " TILLASK_VERSION);
			return false;
		}
		if (g_str_has_prefix(arg, "--config=")) {
			call->config_given = arg + strlen("--config=");
		} else if (strcmp(arg, "--config") == 0 && args[*at + 1] != NULL) {
			call->config_given = args[++*at];
		} else if (strcmp(arg, "--config") == 0) {
			*result = wrong_call("--config needs a FILE");
			return false;
		} else {
			*result = wrong_call("'%s' is no option before a command", arg);
			return false;
		}
	}
	if (args[*at] != NULL)
		return true;
	say_usage(stderr);
	*result = wrong_call("a command is missing");
	return false;
}

/* A result that did not reach its file is no result. */
static enum command_exit flush_results(enum command_exit result)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return result;
	fprintf(stderr, PROGRAM ": standard output cannot be written: %s\n",
		g_strerror(errno));
	return result == COMMAND_DONE ? COMMAND_FAILED : result;
}

char *command_helper_path(const char *program)
{
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *folder = g_path_get_dirname(self != NULL ? self : ".");

	return g_build_filename(folder, program, NULL);
}

/* Does not come back, but where there is no such program. */
static enum command_exit execute_helper(const struct command *command, int argc,
					char **argv)
{
	g_autofree char *path = command_helper_path(command->helper);
	g_autofree char **line = g_new0(char *, (gsize)argc + 1);

	memcpy(line, argv, (gsize)argc * sizeof(*line));
	line[0] = path;
	execv(path, line);
	fprintf(stderr,
		PROGRAM " %s: starting %s: %s; it belongs beside " PROGRAM
			": install the whole package again\n",
		command->name, path, g_strerror(errno));
	return COMMAND_FAILED;
}

/* Numbers stay as C writes them.  Without LANG a program has only ASCII; every console of today
 * shows UTF-8. */
static void choose_letters(void)
{
	setlocale(LC_CTYPE, "");
	if (strcmp(nl_langinfo(CODESET), "ANSI_X3.4-1968") == 0)
		setlocale(LC_CTYPE, "C.UTF-8");
}

enum command_exit command_main(int argc, char **argv, const struct command *const *table)
{
	g_auto(GStrv) args = NULL;
	struct invocation call = {0};
	enum command_exit result;
	int at = 1;

	choose_letters();
	signal(SIGXFSZ, SIG_IGN);
	commands = table;
	args = decode_arguments(argc, argv);
	if (take_global(args, &at, &call, &result)) {
		g_auto(GStrv) own = g_strdupv(args + at);

		call.command = find_command(own[0]);
		if (call.command == NULL)
			result = unknown_command(own[0]);
		else if (call.command->run == NULL)
			result = execute_helper(call.command, argc, argv);
		else
			result = parse_and_run(&call, &own);
	}
	g_clear_pointer(&loaded, config_free);
	return flush_results(result);
}
