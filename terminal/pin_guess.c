#include "pin_guess.h"

#include <glib.h>
#include <string.h>

#include "pin.h"

#define WRONG_MAX 1000

static char *path_of(const char *database)
{
	return g_strconcat(database, ".pin.wrong", NULL);
}

/* "manager", "cashier 1042" */
static char *key_of(const char *cashier)
{
	return *cashier != '\0' ? g_strconcat("cashier ", cashier, NULL)
				: g_strdup("manager");
}

/* Key -> count. */
static GHashTable *load(const char *database)
{
	GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autofree char *path = path_of(database), *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return counts;
	lines = g_strsplit(text, "\n", -1);
	for (int i = 0; lines[i] != NULL; i++) {
		char *blank = strrchr(lines[i], ' ');
		guint64 n;

		if (blank == NULL ||
		    !g_ascii_string_to_unsigned(blank + 1, 10, 1, WRONG_MAX, &n, NULL))
			continue;
		g_hash_table_insert(counts,
				    g_strndup(lines[i], (gsize)(blank - lines[i])),
				    GUINT_TO_POINTER((guint)n));
	}
	return counts;
}

static void save(const char *database, GHashTable *counts)
{
	g_autofree char *path = path_of(database);
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	GHashTableIter iter;
	gpointer key, n;

	g_hash_table_iter_init(&iter, counts);
	while (g_hash_table_iter_next(&iter, &key, &n))
		g_string_append_printf(text, "%s %u\n", (char *)key, GPOINTER_TO_UINT(n));
	if (!g_file_set_contents_full(path, text->str, -1,
				      G_FILE_SET_CONTENTS_CONSISTENT |
					      G_FILE_SET_CONTENTS_DURABLE,
				      0600, &error))
		g_info("%s: %s", path, error->message);
}

/* Those counted since the program began, whatever the disk kept of them. */
static GHashTable *lately;

static guint count_of(GHashTable *counts, const char *key)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(counts, key));
}

static void set(GHashTable *counts, const char *key, guint n)
{
	if (n > 0)
		g_hash_table_insert(counts, g_strdup(key), GUINT_TO_POINTER(n));
	else
		g_hash_table_remove(counts, key);
}

struct pin_guess pin_guess(const char *database, const char *cashier, const char *pin)
{
	g_autofree char *key = key_of(cashier);
	g_autoptr(GHashTable) counts = NULL;
	struct pin_guess guess = {.right = false, .wrong = 1};
	guint n;

	if (!pin_is_set(database, cashier))
		return guess; /* there is nothing to guess */
	counts = load(database);
	if (lately == NULL)
		lately = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	n = MIN(MAX(count_of(counts, key), count_of(lately, key)) + 1, WRONG_MAX);
	set(counts, key, n);
	set(lately, key, n);
	save(database, counts);
	guess.right = pin_check(database, cashier, pin);
	guess.wrong = guess.right ? 0 : (uint16_t)n;
	if (guess.right) {
		set(counts, key, 0);
		set(lately, key, 0);
		save(database, counts);
	}
	return guess;
}

uint16_t pin_guess_wrong(const char *database)
{
	g_autoptr(GHashTable) counts = load(database);
	GHashTableIter iter;
	gpointer n;
	guint most = 0;

	g_hash_table_iter_init(&iter, counts);
	while (g_hash_table_iter_next(&iter, NULL, &n))
		most = MAX(most, GPOINTER_TO_UINT(n));
	return (uint16_t)most;
}
