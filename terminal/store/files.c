#include "store/files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "store/store.h"

#define LOOK_US 50000

/* What SQLite keeps beside a database. */
static const char *const endings[] = {"-wal", "-shm", "-journal"};

static void fail(GError **error, enum store_error code, const char *what,
		 const char *path, const char *why)
{
	g_set_error(error, STORE_ERROR, (int)code, "%s %s: %s", what, path, why);
}

/* The pid is a help for people: a full disk must not keep the terminal from starting. */
static void write_holder(int fd, const char *lock)
{
	char pid[FILES_HOLDER_MAX];
	int n = g_snprintf(pid, sizeof pid, "%ld\n", (long)getpid());
	if (ftruncate(fd, 0) != 0 || pwrite(fd, pid, (size_t)n, 0) != n)
		g_info("the pid could not be written to %s", lock);
}

static void read_holder(int fd, char holder[FILES_HOLDER_MAX])
{
	ssize_t n = pread(fd, holder, FILES_HOLDER_MAX - 1, 0);
	holder[MAX(n, 0)] = '\0';
	holder[strcspn(holder, "\n")] = '\0';
}

int files_hold(const char *lock, int wait_ms, char holder[FILES_HOLDER_MAX])
{
	gint64 until = g_get_monotonic_time() + wait_ms * G_GINT64_CONSTANT(1000);
	int fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return -1;
	while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		int saved = errno;
		if (saved == EWOULDBLOCK && g_get_monotonic_time() < until) {
			g_usleep(LOOK_US);
			continue;
		}
		read_holder(fd, holder);
		close(fd);
		errno = saved;
		return -1;
	}
	write_holder(fd, lock);
	return fd;
}

int files_lock(const char *path, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *lock = g_strconcat(path, ".lock", NULL);
	char holder[FILES_HOLDER_MAX];
	if (g_mkdir_with_parents(folder, 0700) != 0) {
		fail(error, STORE_ERROR_FAILED, "making the folder of the database",
		     folder, g_strerror(errno));
		return -1;
	}
	int fd = files_hold(lock, 0, holder);
	if (fd < 0 && errno != EWOULDBLOCK) {
		fail(error, STORE_ERROR_FAILED, "opening the lock file", lock,
		     g_strerror(errno));
	} else if (fd < 0) {
		g_autofree char *why = g_strdup_printf(
			"process %s runs tillask on it, one per database; end that "
			"one, or give this one another [terminal] database=",
			holder);
		fail(error, STORE_ERROR_LOCKED, "opening the database", path, why);
	}
	return fd;
}

bool files_create(const char *path, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
		g_autofree char *old = g_strconcat(path, endings[i], NULL);
		unlink(old);
	}
	unlink(path);
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0) {
		close(fd);
		return true;
	}
	int saved = errno;
	fail(error, STORE_ERROR_FAILED, "making the file", path, g_strerror(saved));
	errno = saved;
	return false;
}

static bool sync_path(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);
	if (fd < 0)
		return false;
	int rc = fsync(fd);
	int saved = errno;
	close(fd);
	errno = saved;
	return rc == 0;
}

bool files_rename_new(const char *from, const char *to)
{
	g_autofree char *folder = g_path_get_dirname(to);
	return sync_path(from, O_RDONLY) &&
	       renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0 &&
	       sync_path(folder, O_RDONLY | O_DIRECTORY);
}

char *files_set_aside(const char *path)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_utc();
	g_autofree char *stamp = g_date_time_format(now, "%Y%m%dT%H%M%S");
	g_autofree char *folder = g_path_get_dirname(path);
	char *aside = g_strdup_printf("%s.damaged-%s", path, stamp);
	for (int i = 2; g_file_test(aside, G_FILE_TEST_EXISTS); i++) {
		g_free(aside);
		aside = g_strdup_printf("%s.damaged-%s-%d", path, stamp, i);
	}
	/* The log first: a database without its log can be read, a new one with an old log not. */
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
		g_autofree char *from = g_strconcat(path, endings[i], NULL);
		g_autofree char *to = g_strconcat(aside, endings[i], NULL);
		if (rename(from, to) != 0 && errno != ENOENT)
			goto failed;
	}
	if (rename(path, aside) == 0 || errno == ENOENT) {
		sync_path(folder, O_RDONLY | O_DIRECTORY);
		return aside;
	}
failed:
	g_free(aside);
	return NULL;
}
