/* run_export: the terminal has its daily files made by itself, and tells when they cannot be */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "tests/lib/shop.h"

#define WAIT_MS 30000

/* A minute from now, local time of the shop: it is reached, or has just been, at the start. */
static char *at_now(void)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Moscow");
	g_autoptr(GDateTime) now = g_date_time_new_now(zone);

	return g_date_time_format(now, "at=%H:%M\nformats=csv;xlsx");
}

static char *today(void)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Moscow");
	g_autoptr(GDateTime) now = g_date_time_new_now(zone);
	g_autoptr(GDateTime) day = g_date_time_add_hours(now, -4);

	return g_date_time_format(day, "export/survey-017-3-%F.json");
}

static char *await_file(const struct shop *s, const char *name)
{
	g_autofree char *path = g_build_filename(s->folder, name, NULL);
	char *text = NULL;

	for (int ms = 0; ms < WAIT_MS && text == NULL; ms += 50) {
		g_file_get_contents(path, &text, NULL, NULL);
		g_usleep(50000);
	}
	g_assert_nonnull(text);
	return text;
}

/* Today's from at= on, not closed; and yesterday's, which a downtime left, sealed. */
static void test_by_itself(void)
{
	struct shop s;
	struct term *t;
	g_autofree char *groups = at_now();
	g_autofree char *name = today();
	g_autofree char *text = NULL, *sealed = NULL;

	shop_open(&s, &(struct shop_how){.groups = groups});
	t = shop_run(&s);
	shop_answer_all(t);
	shop_await(&s, "SELECT count(*) FROM visit WHERE seq IS NOT NULL", "1", 10000);
	text = await_file(&s, name);
	g_assert_nonnull(strstr(text, "\"closed\": false"));
	g_assert_nonnull(strstr(text, ".xlsx\""));
	g_assert_nonnull(strstr(text, "\"table\": \"cards\""));
	shop_stop(t);
	/* three days later by the rows */
	shop_run_sql(
		&s,
		"DROP TRIGGER visit_stays_closed; UPDATE visit SET day = day - 3;"
		"UPDATE day_visit SET day = day - 3; UPDATE day_answer SET day = day - 3");
	t = shop_run(&s);
	shop_await(&s,
		   "SELECT count(seal), sum(published) FROM export_day"
		   " WHERE seal IS NOT NULL AND day IN (SELECT day FROM visit)",
		   "1|1", WAIT_MS);
	shop_stop(t);
	shop_close(&s);
}

/* A file stands where the folder is to be: told on the status line, and by check. */
static void test_told(void)
{
	struct shop s;
	struct term *t;
	g_autofree char *groups = at_now();
	g_autofree char *folder = NULL;
	g_autofree char *out = NULL;

	shop_open(&s, &(struct shop_how){.groups = groups});
	folder = g_build_filename(s.folder, "export", NULL);
	g_assert_true(g_file_set_contents(folder, "", 0, NULL));
	t = shop_run(&s);
	term_expect(t, "Day file not written", WAIT_MS);
	shop_command(&s, "check", &out, NULL);
	g_assert_nonnull(strstr(out, "FAIL  export folder"));
	shop_stop(t);
	shop_close(&s);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/run/export/by-itself", test_by_itself);
	g_test_add_func("/run/export/told", test_told);
	return g_test_run();
}
