/* files_now.c - see files_now.h */
#include "run/files_now.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "day.h"
#include "run/helpers.h"

#define PROGRAM "tillask-export"

static struct {
	struct helper *helper;
	files_now_tell tell;
	struct event event;
} now;

static void on_said(void *self, const char *line)
{
	struct files_made *files = &now.event.files;
	gint64 done, total;

	(void)self;
	if (sscanf(line, "progress %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &done,
		   &total) != 2) {
		memset(files->said, 0, sizeof(files->said));
		g_strlcpy(files->said, line, sizeof(files->said));
		return;
	}
	files->percent = (uint8_t)(total > 0 ? CLAMP(done * 100 / total, 0, 100) : 0);
	now.tell(&now.event);
}

static void on_ended(void *self, int code)
{
	struct files_made *files = &now.event.files;

	(void)self;
	files->state = code == 0 ? FILES_DONE : FILES_FAILED;
	if (code != 0 && files->said[0] == '\0')
		g_snprintf(files->said, sizeof(files->said), "%s: exit code %d", PROGRAM,
			   code);
	now.tell(&now.event);
}

void files_now_begin(const struct config *config, int32_t day, files_now_tell tell)
{
	g_autofree char *path = command_helper_path(PROGRAM);
	g_autofree char *text = day_text(day);
	const char *args[] = {"--config", config->file, "export", "--day", text, NULL};

	helper_free(now.helper);
	memset(&now.event, 0, sizeof(now.event));
	now.event.kind = EVENT_FILES;
	now.event.files.state = FILES_BEGUN;
	now.event.files.day = day;
	now.tell = tell;
	now.helper = helper_new(path, args, on_ended, NULL);
	helper_config(now.helper, config);
	helper_listen(now.helper, on_said);
	helper_at(now.helper, g_get_monotonic_time() / 1000);
}

void files_now_end(void)
{
	helper_free(now.helper);
	now.helper = NULL;
}
