#include "export/due.h"

#include <string.h>

#include "export/kept.h"
#include "store/day_facts.h"

#define LONG_MS INT64_C(3600000)

/* What the database says is to be made. */
struct list {
	GArray *unfinished, *unsealed; /* int32_t */
	bool empty_day;                /* yesterday has no rows, and is to be sealed */
};

bool due_clock(const struct config *config, struct clock *clock, struct moment *now,
	       GError **error)
{
	struct archive *archive = archive_open(config->database, error);
	int64_t newest_ms;
	if (archive == NULL)
		return false;
	bool done = archive_newest(archive, &newest_ms, error);
	archive_close(archive);
	if (!done)
		return false;
	clock_init(clock, config->timezone, config->day_starts_min, newest_ms);
	clock_now(clock, now);
	return true;
}

void due_ended(const struct clock *clock, const struct moment *now,
	       struct kept_order *order)
{
	int64_t ended_ms = clock_day_start_ms(clock, order->day + 1);
	order->ended = !now->doubtful && now->utc_ms >= ended_ms;
	order->long_ended = order->ended && now->utc_ms >= ended_ms + LONG_MS;
}

static bool contains(const GArray *days, int32_t day)
{
	for (unsigned i = 0; i < days->len; i++)
		if (g_array_index(days, int32_t, i) == day)
			return true;
	return false;
}

/* Was yesterday a day without rows, after days that were sealed? */
static bool find_empty_day(struct archive *a, int32_t yesterday, struct list *list,
			   GError **error)
{
	uint8_t seal[DAY_HASH];
	int32_t sealed, purged;
	if (!day_facts_before(a, yesterday + 1, &sealed, seal, error) ||
	    !day_facts_purged(a, yesterday, yesterday, &purged, error))
		return false;
	list->empty_day = (sealed != DAY_NONE || list->unsealed->len > 0) &&
			  sealed != yesterday && purged == DAY_NONE &&
			  !contains(list->unsealed, yesterday);
	return true;
}

static bool read_list(const struct config *config, int32_t today, struct list *list,
		      GError **error)
{
	struct archive *a = archive_open(config->database, error);
	if (a == NULL)
		return false;
	list->unfinished = day_facts_unfinished(a, error);
	if (list->unfinished != NULL)
		list->unsealed = day_facts_unsealed(a, today, error);
	bool done = list->unsealed != NULL && find_empty_day(a, today - 1, list, error);
	archive_close(a);
	return done;
}

/* Keeps the first error. */
static bool keep(GError **error, GError *why)
{
	if (why == NULL)
		return true;
	if (error != NULL && *error == NULL)
		g_propagate_error(error, why);
	else
		g_error_free(why);
	return false;
}

static bool make(struct kept_order *order, int32_t day, const struct clock *clock,
		 const struct moment *now, GError **error)
{
	GError *why = NULL;
	order->day = day;
	due_ended(clock, now, order);
	kept_make(order, &why);
	return keep(error, why);
}

static bool make_list(const struct config *config, struct progress *progress,
		      const struct clock *clock, const struct moment *now,
		      const struct list *list, GError **error)
{
	struct kept_order known = {.config = config, .progress = progress, .due = true};
	struct kept_order all = known;
	bool done = true, sealed = true;
	memcpy(all.what, (bool[TABLES]){true, true, true}, sizeof all.what);
	memcpy(all.format, config->export.format, sizeof all.format);
	for (unsigned i = 0; i < list->unfinished->len; i++) {
		int32_t day = g_array_index(list->unfinished, int32_t, i);
		if (!contains(list->unsealed, day))
			done &= make(&known, day, clock, now, error);
	}
	/* one after the other: each seal names the one before */
	for (unsigned i = 0; sealed && i < list->unsealed->len; i++)
		sealed = make(&all, g_array_index(list->unsealed, int32_t, i), clock, now,
			      error);
	if (sealed && list->empty_day)
		sealed = make(&all, now->day - 1, clock, now, error);
	if (now->utc_ms >= clock_at_ms(clock, now->day, config->export.at_min))
		done &= make(&all, now->day, clock, now, error);
	return done && sealed;
}

bool due_make(const struct config *config, struct progress *progress, GError **error)
{
	struct clock clock;
	struct moment now;
	struct list list = {0};
	if (!due_clock(config, &clock, &now, error))
		return false;
	if (now.doubtful) {
		g_set_error(
			error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
			"the clock cannot be right, so no day is sealed; set the time "
			"(timedatectl set-time, or set-ntp true)");
		return false;
	}
	bool done = read_list(config, now.day, &list, error) &&
		    make_list(config, progress, &clock, &now, &list, error);
	g_clear_pointer(&list.unfinished, g_array_unref);
	g_clear_pointer(&list.unsealed, g_array_unref);
	return done;
}
