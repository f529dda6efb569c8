#include "command/check.h"

#include <errno.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define MEGABYTE   UINT64_C(1000000) /* as on the manager's pages */
#define SPACE_LOW  (500 * MEGABYTE)  /* years of answers */
#define SPACE_NONE (20 * MEGABYTE)   /* a checkpoint and a day's files */

/* The nearest folder above PATH that exists.  The caller frees. */
static char *existing_folder(const char *path)
{
	char *folder = g_path_get_dirname(path);

	while (access(folder, F_OK) != 0 && errno == ENOENT && strcmp(folder, "/") != 0) {
		char *above = g_path_get_dirname(folder);

		g_free(folder);
		folder = above;
	}
	return folder;
}

bool check_is_writable(const char *path)
{
	g_autofree char *folder = existing_folder(path);

	if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
		errno = ENOTDIR;
		return false;
	}
	if (access(path, F_OK) == 0 && access(path, W_OK) != 0)
		return false;
	return access(folder, W_OK | X_OK) == 0;
}

void check_database(struct checker *c)
{
	const char *path = c->config->database;
	const struct health *health = &c->health;

	if (health->state <= HEALTH_OLDER && !check_is_writable(path)) {
		check_say(
			c, LEVEL_FAIL,
			"%s cannot be written: %s; run as the user whom it belongs to, or give "
			"that right (chown, chmod)",
			path, g_strerror(errno));
		return;
	}
	switch (health->state) {
	case HEALTH_ABSENT:
		check_say(c, LEVEL_OK, "%s is not there yet; `tillask run` makes it",
			  path);
		break;
	case HEALTH_FINE:
		check_say(c, LEVEL_OK, "%s is sound, schema %d%s", path, health->schema,
			  c->running ? ", the terminal runs" : "");
		break;
	case HEALTH_OLDER:
		check_say(c, LEVEL_OK,
			  "%s is sound, schema %d; `tillask run` makes it %d", path,
			  health->schema, health->newest_schema);
		break;
	case HEALTH_NEWER:
		check_say(
			c, LEVEL_FAIL,
			"%s has schema %d and this tillask knows %d; install the newer tillask",
			path, health->schema, health->newest_schema);
		break;
	case HEALTH_FOREIGN:
		check_say(
			c, LEVEL_FAIL,
			"%s belongs to another program; give [terminal] database= another name",
			path);
		break;
	case HEALTH_DAMAGED:
		check_say(
			c, LEVEL_FAIL,
			"%s is damaged (%s); `tillask run` sets it aside and begins a new one, then "
			"`tillask recover FILE` takes its visits over",
			path, health->why);
		break;
	case HEALTH_UNREADABLE:
		check_say(c, LEVEL_FAIL,
			  "%s cannot be read: %s; look at its rights and its disk", path,
			  health->why);
		break;
	}
}

/* store/files.h: DATABASE.damaged-TIME, and what SQLite keeps beside it. */
static bool is_set_aside(const char *database, const char *name)
{
	g_autofree char *base = g_path_get_basename(database);
	g_autofree char *start = g_strconcat(base, ".damaged-", NULL);

	return g_str_has_prefix(name, start) && !g_str_has_suffix(name, "-wal") &&
	       !g_str_has_suffix(name, "-shm") && !g_str_has_suffix(name, "-journal");
}

void check_set_aside(struct checker *c)
{
	g_autofree char *folder = g_path_get_dirname(c->config->database);
	g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
	const char *name;

	while (files != NULL && (name = g_dir_read_name(files)) != NULL)
		if (is_set_aside(c->config->database, name))
			check_say(c, LEVEL_WARN,
				  "%s/%s was damaged; `tillask recover %s/%s` takes its "
				  "visits over, then move it away",
				  folder, name, folder, name);
}

void check_space(struct checker *c)
{
	g_autofree char *folder = existing_folder(c->config->database);
	struct statvfs disk;
	uint64_t room;

	if (statvfs(folder, &disk) != 0) {
		check_say(c, LEVEL_FAIL, "%s: %s; look whether its disk is there", folder,
			  g_strerror(errno));
		return;
	}
	room = (uint64_t)disk.f_bavail * disk.f_frsize;
	if (room < SPACE_NONE)
		check_say(c, LEVEL_FAIL,
			  "%s has %u MB left; make room, or nothing more is saved",
			  folder, (unsigned)(room / MEGABYTE));
	else if (room < SPACE_LOW)
		check_say(c, LEVEL_WARN, "%s has %u MB left; make room", folder,
			  (unsigned)(room / MEGABYTE));
	else
		check_say(c, LEVEL_OK, "%s has %" G_GUINT64_FORMAT " MB left", folder,
			  (guint64)(room / MEGABYTE));
}
