/* sending.c - see sending.h */
#include "run/sending.h"

#include "command.h"
#include "run/helpers.h"

#define FIRST_MS 30000 /* after the start, at most */

static struct {
	const struct config *config;
	struct helper *helper; /* NULL: nothing is sent from here */
	void (*sent)(void *self);
	void *self;
	struct id visit; /* of the answers below */
	uint32_t low;    /* a bit a question whose answer is low */
	uint64_t
		urgent; /* ticket of the last urgent visit that is not durable yet; 0: none */
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

void sending_open(const struct config *config, void (*sent)(void *self), void *self)
{
	const char *args[] = {"--config", config->file, "sync", "--timer", NULL};
	g_autofree char *path = command_helper_path("tillask-sync");

	sending.config = config;
	sending.sent = sent;
	sending.self = self;
	if (*config->sync.server == '\0' || config->sync.by != SYNC_BY_RUN)
		return;
	sending.helper = helper_new(path, args, on_end, NULL);
	helper_config(sending.helper, config);
	helper_at(sending.helper, about(FIRST_MS));
}

void sending_close(void)
{
	helper_free(sending.helper);
	sending.helper = NULL;
}

static void note_answer(const struct answer_row *answer)
{
	uint32_t bit = UINT32_C(1) << answer->question;

	if (!id_equal(&sending.visit, &answer->visit)) {
		sending.visit = answer->visit;
		sending.low = 0;
	}
	if (answer->low)
		sending.low |= bit;
	else
		sending.low &= ~bit;
}

void sending_note(const struct save *save)
{
	const struct visit_row *visit = &save->visit;

	if (sending.helper == NULL)
		return;
	if (save->has_answer)
		note_answer(&save->answer);
	if (!save->has_visit || !save->closing || visit->reason == REASON_TRAINING)
		return;
	bool low = sending.low != 0 && id_equal(&sending.visit, &visit->id);
	if (low || visit->outcome == OUTCOME_COMPLAINT)
		sending.urgent = save->ticket;
}

void sending_saved(uint64_t ticket)
{
	if (sending.urgent == 0 || ticket < sending.urgent)
		return;
	sending.urgent = 0;
	helper_now(sending.helper);
}
