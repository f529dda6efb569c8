#include "command/check.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "day.h"
#include "store/day_facts.h"

#define SEAL_MS \
	INT64_C(4200000) /* by then a day that has ended is sealed (run/daily.h) */

void check_export(struct checker *c)
{
	g_autofree char *inside = g_build_filename(c->config->export.folder, "file",
						   NULL);

	if (check_is_writable(inside))
		check_say(c, LEVEL_OK, "%s can be written", c->config->export.folder);
	else
		check_say(
			c, LEVEL_FAIL,
			"%s cannot be written: %s; give that right (chown, chmod), or change "
			"[export] folder=",
			c->config->export.folder, g_strerror(errno));
}

/* Whether the manifest of a sealed day stands in the folder. */
static bool has_manifest(struct checker *c, struct archive *a, int32_t day)
{
	g_autofree char *text = day_text(day);
	g_autofree char *name = NULL, *path = NULL;
	struct day_facts *f = day_facts_read(a, day, NULL);

	if (f == NULL || !f->sealed) {
		day_facts_free(f);
		return true; /* told as not sealed */
	}
	name = g_strdup_printf("survey-%s-%s-%s.json", f->store, f->till, text);
	path = g_build_filename(c->config->export.folder, name, NULL);
	day_facts_free(f);
	return access(path, F_OK) == 0;
}

/* The first day in LIST, or DAY_NONE. */
static int32_t first(const GArray *list)
{
	return list != NULL && list->len > 0 ? g_array_index(list, int32_t, 0) : DAY_NONE;
}

static void say_missing(struct checker *c, int32_t day, unsigned more)
{
	g_autofree char *text = day_text(day);
	g_autofree char *others = more > 0 ? g_strdup_printf(" and %u more days", more)
					   : g_strdup("");

	check_say(c, LEVEL_WARN,
		  "those of %s%s are missing or not sealed; `tillask export --due` makes "
		  "them, or says why not",
		  text, others);
}

/* Those of days that ended before SEALED_BEFORE. */
static void look(struct checker *c, struct archive *a, int32_t sealed_before)
{
	g_autoptr(GArray) unsealed = day_facts_unsealed(a, sealed_before, NULL);
	g_autoptr(GArray) unfinished = day_facts_unfinished(a, NULL);
	int32_t yesterday = sealed_before - 1;
	g_autofree char *text = day_text(yesterday);

	if (unsealed == NULL || unfinished == NULL)
		check_say(c, LEVEL_WARN, "the database cannot be read now; check again");
	else if (first(unsealed) != DAY_NONE)
		say_missing(c, first(unsealed), unsealed->len - 1);
	else if (first(unfinished) != DAY_NONE && first(unfinished) < sealed_before)
		say_missing(c, first(unfinished), unfinished->len - 1);
	else if (!has_manifest(c, a, yesterday))
		check_say(c, LEVEL_WARN,
			  "those of %s are not in %s any more; `tillask export --day %s` "
			  "makes them again",
			  text, c->config->export.folder, text);
	else
		check_say(c, LEVEL_OK, "none is missing until %s", text);
}

void check_days(struct checker *c)
{
	struct archive *a;
	struct clock clock;
	int64_t now_ms = g_get_real_time() / 1000;
	int32_t today;

	if (c->health.state != HEALTH_FINE)
		return; /* told at the database */
	a = archive_open(c->config->database, NULL);
	if (a == NULL)
		return;
	clock_init(&clock, c->config->timezone, c->config->day_starts_min, INT64_MIN);
	today = clock_day(&clock, now_ms);
	if (now_ms < clock_day_start_ms(&clock, today) + SEAL_MS)
		today--; /* yesterday's may still be on their way */
	look(c, a, today);
	archive_close(a);
}
