/* check.c - says what is wrong before a customer does.
 *
 *	tillask check
 */
#include "command/check.h"

#include <stdio.h>
#include <string.h>

#include "command.h"
#include "pin.h"
#include "run/till_socket.h"

static gboolean option_fetched;

static const GOptionEntry options[] = {
	{"fetched", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &option_fetched,
	 "what sync asks of a publication before it is in force", NULL},
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

#define CLOCK_SLACK_MS 60000
#define YEAR_2024_MS   INT64_C(1704067200000)
#define YEAR_2100_MS   INT64_C(4102444800000)

void check_say(struct checker *c, enum level level, const char *format, ...)
{
	static const char *const words[] = {"ok  ", "warn", "FAIL"};
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	g_strdelimit(text, "\r\n", ' '); /* what SQLite says may have lines */
	printf("%s  %s: %s\n", words[level], c->what, text);
	c->fails += level == LEVEL_FAIL;
}

/* A terminal that runs has read another one. */
static void check_edited(struct checker *c)
{
	static const char key[] = " config=";
	const char *at = c->status != NULL ? strstr(c->status, key) : NULL;

	if (at != NULL && !g_str_has_prefix(at + strlen(key), c->local->mark))
		check_say(
			c, LEVEL_WARN,
			"%s was changed since the terminal read it; start the terminal again "
			"to use it",
			c->local->file);
}

static void check_configuration(struct checker *c)
{
	const struct questionnaire *all = &c->config->questionnaire;
	int asked = 0;

	for (int i = 0; i < all->count; i++)
		asked += all->question[i].when == WHEN_ALWAYS ||
			 all->question[i].when == WHEN_TURN;
	if (asked == 0)
		check_say(
			c, LEVEL_WARN,
			"%s asks nothing; write a [question NAME] with when=always or when=turn",
			c->config->file);
	else
		check_say(c, LEVEL_OK,
			  "%s, store %s, till %s, questions: %d, readers: %d",
			  c->config->file, c->config->store, c->config->till, all->count,
			  c->config->n_readers);
	if (asked > 0 && asked < all->places)
		check_say(
			c, LEVEL_WARN,
			"questions=%d is what customers are offered, and %d are asked; write more "
			"with when=always or when=turn, or a smaller questions=",
			all->places, asked);
	check_edited(c);
}

static void check_clock(struct checker *c)
{
	int64_t now_ms = g_get_real_time() / 1000;
	g_autoptr(GDateTime) now = g_date_time_new_now(c->config->timezone);
	g_autofree char *local = g_date_time_format(now, "%Y-%m-%d %H:%M %:z");

	if (now_ms < YEAR_2024_MS || now_ms > YEAR_2100_MS)
		check_say(
			c, LEVEL_FAIL,
			"%s cannot be now; set the time (timedatectl set-time, or set-ntp true)",
			local);
	else if (c->health.newest_ms != INT64_MIN &&
		 now_ms < c->health.newest_ms - CLOCK_SLACK_MS)
		check_say(c, LEVEL_FAIL,
			  "%s lies before the newest row of the database; set the time "
			  "(timedatectl set-time, or set-ntp true)",
			  local);
	else
		check_say(c, LEVEL_OK, "%s in %s", local, c->config->timezone_name);
}

static void check_pin(struct checker *c)
{
	if (pin_is_set(c->config->database, ""))
		check_say(c, LEVEL_OK, "the manager's PIN is set");
	else
		check_say(
			c, LEVEL_WARN,
			"no manager's PIN is set, so F10 opens for everybody; run `tillask pin`");
}

/* In the order in which somebody who sets up a till meets them. */
static const struct {
	const char *what;
	void (*run)(struct checker *c);
} checks[] = {
	{"configuration", check_configuration},
	{"published", check_published},
	{"texts", check_fit},
	{"code", check_code},
	{"letters", check_letters},
	{"devices", check_devices},
	{"till socket", check_socket},
	{"database", check_database},
	{"set aside", check_set_aside},
	{"disk", check_space},
	{"export folder", check_export},
	{"daily files", check_days},
	{"clock", check_clock},
	{"manager's PIN", check_pin},
	{"server", check_server},
	{"backlog", check_backlog},
};

/* Only what publications can change. */
static void run_fetched(struct checker *c)
{
	if (c->fails > 0)
		return;
	c->what = "texts";
	check_fit(c);
}

static void run_all(struct checker *c)
{
	g_autofree char *status = till_socket_ask(c->config->till_line.socket, "STATUS",
						  NULL);

	c->status = status;
	c->running = status != NULL;
	health_of(c->config->database, &c->health);
	for (size_t i = 0; i < G_N_ELEMENTS(checks); i++) {
		c->what = checks[i].what;
		checks[i].run(c);
		fflush(stdout); /* a device may take its time */
	}
}

static enum command_exit run(struct invocation *call)
{
	struct checker c = {.local = command_config(call), .what = "configuration"};

	if (c.local == NULL) {
		check_say(
			&c, LEVEL_FAIL,
			"what is wrong stands on standard error; mend it and check again");
		return COMMAND_WRONG;
	}
	check_lay_published(&c, option_fetched);
	c.words = config_words(c.config);
	if (option_fetched)
		run_fetched(&c);
	else
		run_all(&c);
	words_free(c.words);
	config_free(c.published);
	return c.fails > 0 ? COMMAND_FAILED : COMMAND_DONE;
}

const struct command command_check = {
	.name = "check",
	.synopsis = "",
	.help = "what is wrong with configuration, texts, devices, database, and what to do",
	.config = CONFIG_LATER,
	.options = options,
	.run = run,
};
