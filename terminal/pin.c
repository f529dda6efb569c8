#include "pin.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>

#include "core/effect.h"

G_STATIC_ASSERT(PIN_DIGITS_MOST == PIN_MAX);

G_DEFINE_QUARK(tillask - pin - error, pin_error)

static bool is_digits(const char *text, size_t least, size_t most)
{
	size_t n = strlen(text);

	return n >= least && n <= most && strspn(text, "0123456789") == n;
}

/* What begins the line of a cashier or, with "", of the manager. */
static char *line_start(const char *cashier)
{
	return *cashier != '\0' ? g_strdup_printf("cashier %s ", cashier)
				: g_strdup("manager ");
}

/* The lines of the file, none when it is not there yet; NULL and ERROR when it cannot be read. */
static char **read_lines(const char *path, GError **error)
{
	g_autofree char *text = NULL;
	GError *failed = NULL;

	if (g_file_get_contents(path, &text, NULL, &failed))
		return g_strsplit(text, "\n", -1);
	if (g_error_matches(failed, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
		g_clear_error(&failed);
		return g_new0(char *, 1);
	}
	g_propagate_error(error, failed);
	return NULL;
}

/* The hash of a cashier among LINES, or NULL. */
static const char *find_hash(char **lines, const char *cashier)
{
	g_autofree char *start = line_start(cashier);

	for (int i = 0; lines != NULL && lines[i] != NULL; i++) {
		if (g_str_has_prefix(lines[i], start))
			return lines[i] + strlen(start);
	}
	return NULL;
}

static bool write_lines(const char *database, const char *path, const char *text,
			GError **error)
{
	g_autofree char *folder = g_path_get_dirname(database);

	if (g_mkdir_with_parents(folder, 0700) != 0) {
		int code = errno;

		g_set_error(error, PIN_ERROR, PIN_ERROR_FAILED,
			    "making the folder %s: %s", folder, g_strerror(code));
		return false;
	}
	return g_file_set_contents_full(path, text, -1,
					G_FILE_SET_CONTENTS_CONSISTENT |
						G_FILE_SET_CONTENTS_DURABLE,
					0600, error);
}

static bool set_hash(const char *database, const char *cashier, const char *hash,
		     GError **error)
{
	g_autofree char *path = g_strconcat(database, ".pin", NULL);
	g_autofree char *start = line_start(cashier);
	g_auto(GStrv) lines = read_lines(path, error);
	g_autoptr(GString) text = g_string_new(NULL);

	if (lines == NULL)
		return false;
	for (int i = 0; lines[i] != NULL; i++) {
		if (*lines[i] != '\0' && !g_str_has_prefix(lines[i], start))
			g_string_append_printf(text, "%s\n", lines[i]);
	}
	g_string_append_printf(text, "%s%s\n", start, hash);
	return write_lines(database, path, text->str, error);
}

bool pin_set(const char *database, const char *cashier, const char *pin, GError **error)
{
	char hash[crypto_pwhash_STRBYTES];
	GError *failed = NULL;

	if (!is_digits(pin, PIN_DIGITS_LEAST, PIN_DIGITS_MOST)) {
		g_set_error(error, PIN_ERROR, PIN_ERROR_PIN, "a PIN is %d to %d digits",
			    PIN_DIGITS_LEAST, PIN_DIGITS_MOST);
		return false;
	}
	if (*cashier != '\0' && !is_digits(cashier, 1, CASHIER_MAX)) {
		g_set_error(error, PIN_ERROR, PIN_ERROR_CASHIER,
			    "a cashier's number is 1 to %d digits", CASHIER_MAX);
		return false;
	}
	if (sodium_init() < 0 ||
	    crypto_pwhash_str(hash, pin, strlen(pin), crypto_pwhash_OPSLIMIT_INTERACTIVE,
			      crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
		g_set_error(error, PIN_ERROR, PIN_ERROR_FAILED,
			    "there is not enough memory for the PIN's hash (64 MB)");
		return false;
	}
	if (set_hash(database, cashier, hash, &failed))
		return true;
	g_set_error(error, PIN_ERROR, PIN_ERROR_FAILED, "%s.pin: %s; nothing was changed",
		    database, failed->message);
	g_error_free(failed);
	return false;
}

static char *load_hash(const char *database, const char *cashier)
{
	g_autofree char *path = g_strconcat(database, ".pin", NULL);
	g_auto(GStrv) lines = read_lines(path, NULL);

	return g_strdup(find_hash(lines, cashier));
}

bool pin_check(const char *database, const char *cashier, const char *pin)
{
	g_autofree char *hash = load_hash(database, cashier);

	return hash != NULL && sodium_init() >= 0 &&
	       crypto_pwhash_str_verify(hash, pin, strlen(pin)) == 0;
}

bool pin_is_set(const char *database, const char *cashier)
{
	g_autofree char *path = g_strconcat(database, ".pin", NULL);
	g_auto(GStrv) lines = read_lines(path, NULL);

	return lines == NULL || find_hash(lines, cashier) != NULL;
}
