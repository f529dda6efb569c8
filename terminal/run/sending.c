/* sending.c - see sending.h */
#include "run/sending.h"

#include "command.h"
#include "run/helpers.h"
#include "run/urgency.h"
#include "store/outbox.h"

#define FIRST_MS 30000 /* after the start, at most */
#define TOUCH    "/usr/bin/touch"

static struct {
	const struct config *config;
	struct helper *helper; /* sends, or asks for it; NULL: there is no server */
	void (*sent)(void *self);
	void *self;
	struct urgency urgency;
} sending;

/* Now and up to MS later, but not before half of it. */
static int64_t about(int64_t ms)
{
	return g_get_monotonic_time() / 1000 + ms / 2 +
	       g_random_int_range(0, (int)ms / 2 + 1);
}

static void on_end(void *self, int code)
{
	(void)self;
	(void)code; /* it is in the database, for --status and check */
	helper_at(sending.helper,
		  about(sending.config->sync.every_minutes * INT64_C(60000)));
	sending.sent(sending.self);
}

static struct helper *sender(const struct config *config)
{
	const char *args[] = {"--config", config->file, "sync", "--timer", NULL};
	g_autofree char *path = command_helper_path("tillask-sync");
	struct helper *helper = helper_new(path, args, on_end, NULL);

	helper_config(helper, config);
	return helper;
}

/* On a disk that hangs this one waits, not the terminal. */
static struct helper *marker(const struct config *config)
{
	g_autofree char *mark = outbox_mark(config->database);
	const char *args[] = {"--", mark, NULL};

	return helper_new(TOUCH, args, NULL, NULL);
}

void sending_open(const struct config *config, void (*sent)(void *self), void *self)
{
	sending.config = config;
	sending.sent = sent;
	sending.self = self;
	if (*config->sync.server == '\0')
		return;
	switch (config->sync.by) {
	case SYNC_BY_RUN:
		sending.helper = sender(config);
		helper_at(sending.helper, about(FIRST_MS));
		break;
	case SYNC_BY_SERVICE:
		sending.helper = marker(config);
		break;
	}
}

void sending_close(void)
{
	helper_free(sending.helper);
	sending.helper = NULL;
}

void sending_note(const struct save *save)
{
	urgency_note(&sending.urgency, save);
}

void sending_saved(uint64_t ticket)
{
	if (urgency_saved(&sending.urgency, ticket) && sending.helper != NULL)
		helper_now(sending.helper);
}
