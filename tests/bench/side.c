#include "tests/bench/side.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define LIMIT_MS 5000
#define PAUSE_MS 10

const char *const side_key[SIDE_QUESTIONS] = {"4", "1", "2"};

void side_shop(struct shop *shop, const struct bench *bench, const char *groups)
{
	const struct shop_how how = {
		.survey =
			"offer=rest\nquestions=3\nanswer_seconds=600\nthanks_seconds=60\n"
			"cooldown_days=0\ndeclined_days=0\nholdout_percent=0\n"
			"queue_budget_seconds=0\n",
		.groups = groups,
	};

	g_setenv("TILLASK_BIN", bench->tillask, TRUE);
	shop_open(shop, &how);
}

struct term *side_floor(const struct bench *bench, const char *name, const char *first,
			const char *second)
{
	g_autofree char *path = g_build_filename(bench->floors, name, NULL);
	const char *argv[] = {path, first, second, NULL};
	const struct term_how how = {.argv = argv, .rows = 24, .cols = 80};

	return term_start(&how);
}

/* All rows but the last. */
static char *picture_of(const struct term *term)
{
	char *all = term_screen(term);

	g_assert_true(g_str_has_suffix(all, "\n"));
	all[strlen(all) - 1] = '\0';
	strrchr(all, '\n')[1] = '\0';
	return all;
}

static bool looks_like(const struct term *term, const char *picture)
{
	g_autofree char *now = picture_of(term);

	return strcmp(now, picture) == 0;
}

static double wait_picture(struct term *term, int64_t begun, const char *picture)
{
	gint64 until = begun + LIMIT_MS * 1000;

	while (!looks_like(term, picture)) {
		if (g_get_monotonic_time() > until) {
			g_autofree char *screen = term_screen(term);

			g_error("not painted in time:\n%s\nthere is:\n%s", picture,
				screen);
		}
		term_read(term, 100);
	}
	return (double)(term_arrived_us(term) - begun);
}

double side_wait(struct term *term, int64_t begun, const char *text)
{
	gint64 until = begun + LIMIT_MS * 1000;

	while (!term_shows(term, text)) {
		if (g_get_monotonic_time() > until)
			term_expect(term, text, 0);
		term_read(term, 100);
	}
	return (double)(term_arrived_us(term) - begun);
}

static void pay(struct side *side)
{
	g_autofree char *line = g_strdup_printf("PAY receipt=%u", ++side->customers);
	char answer[512];

	shop_till(side->shop, line, answer);
	g_assert_true(g_str_has_prefix(answer, "OK"));
}

void side_take_pictures(struct side *product)
{
	pay(product);
	for (int i = 0; i < SIDE_PAGES; i++) {
		term_settle(product->term, 200);
		product->picture[i] = picture_of(product->term);
		if (i < SIDE_QUESTIONS)
			term_send(product->term, side_key[i]);
	}
	g_assert_true(term_shows(product->term, SHOP_SAVED));
}

char *side_write_pictures(const struct side *product)
{
	char *path = g_build_filename(product->shop->folder, "pictures", NULL);
	g_autoptr(GString) all = g_string_new(NULL);

	for (int i = 0; i < SIDE_PAGES; i++)
		g_string_append_printf(all, "%s Reader ready%60s12:34\n",
				       product->picture[i], "");
	g_assert_true(g_file_set_contents(path, all->str, -1, NULL));
	return path;
}

void side_copy_pictures(struct side *floor, const struct side *product)
{
	for (int i = 0; i < SIDE_PAGES; i++)
		floor->picture[i] = g_strdup(product->picture[i]);
}

void side_clear(struct side *side)
{
	for (int i = 0; i < SIDE_PAGES; i++)
		g_free(side->picture[i]);
}

void side_next_customer(struct side *side)
{
	gint64 begun = g_get_monotonic_time();

	if (side->shop != NULL)
		pay(side);
	else
		term_send(side->term, "p");
	wait_picture(side->term, begun, side->picture[0]);
}

double side_answer(struct side *side, int i)
{
	gint64 begun = g_get_monotonic_time();

	term_try_send(side->term, side_key[i], 1);
	return wait_picture(side->term, begun, side->picture[i + 1]);
}

void side_pause(struct side *side)
{
	term_run(side->term, PAUSE_MS);
}

long side_memory_kb(pid_t pid, const char *what)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/smaps_rollup", pid);
	g_autofree char *label = g_strdup_printf("\n%s:", what);
	g_autofree char *text = NULL;
	const char *line;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return -1;
	line = strstr(text, label);
	return line == NULL ? -1 : atol(line + strlen(label));
}
