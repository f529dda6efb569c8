/* check_server.c - the server, and what waits for it. */
#include "command/check.h"

#include <stdio.h>
#include <string.h>

#include "command.h"
#include "store/outbox.h"

static const struct {
	const char *word;
	enum level level;
} levels[] = {{"ok ", LEVEL_OK}, {"warn ", LEVEL_WARN}, {"FAIL ", LEVEL_FAIL}};

static void relay(struct checker *c, const char *line)
{
	for (size_t i = 0; i < G_N_ELEMENTS(levels); i++)
		if (g_str_has_prefix(line, levels[i].word))
			check_say(c, levels[i].level, "%s",
				  line + strlen(levels[i].word));
}

/* The terminal knows no network: the helper looks, and says lines `LEVEL TEXT`. */
static void probe(struct checker *c)
{
	g_autofree char *path = command_helper_path("tillask-sync");
	const char *argv[] = {path, "--config", c->config->file, "sync", "--probe", NULL};
	g_autofree char *out = NULL;
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) lines = NULL;

	if (!g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out,
			  NULL, NULL, &error)) {
		check_say(c, LEVEL_FAIL, "%s; install the whole package again",
			  error->message);
		return;
	}
	lines = g_strsplit(out, "\n", -1);
	for (int i = 0; lines[i] != NULL; i++)
		relay(c, lines[i]);
}

void check_server(struct checker *c)
{
	if (*c->config->sync.server == '\0')
		check_say(c, LEVEL_OK, "not configured; answers stay on this till");
	else
		probe(c);
}

void check_backlog(struct checker *c)
{
	g_autoptr(GError) error = NULL;
	struct outbox_status status;

	if (c->health.state != HEALTH_FINE)
		return;
	if (!outbox_status_of(c->config->database, &status, &error)) {
		check_say(c, LEVEL_FAIL, "%s", error->message);
		return;
	}
	if (*c->config->sync.server == '\0') {
		check_say(
			c, LEVEL_OK,
			"nothing is sent, as [sync] server= names no server; %" G_GINT64_FORMAT
			" %s kept for one",
			status.waiting,
			status.waiting == 1 ? "record is" : "records are");
		return;
	}
	check_say(c, LEVEL_OK, "%" G_GINT64_FORMAT " %s to be sent", status.waiting,
		  status.waiting == 1 ? "record waits" : "records wait");
	if (status.failures > 0)
		check_say(c, LEVEL_WARN, "sending failed %d times in a row: %s",
			  status.failures, status.error);
	if (status.set_aside > 0)
		check_say(c, LEVEL_WARN,
			  "%" G_GINT64_FORMAT " %s refused and set aside: %s; "
			  "when that is mended: tillask sync --again",
			  status.set_aside,
			  status.set_aside == 1 ? "record was" : "records were",
			  status.refused);
}
