#include "sync/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define LOOK_US 50000

static int fail(GError **error, const char *path, int number)
{
	g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(number),
		    "opening the sender's lock %s: %s", path, g_strerror(number));
	return -1;
}

static void busy(GError **error, int fd, int wait_ms)
{
	char pid[24] = "";
	ssize_t n = pread(fd, pid, sizeof pid - 1, 0);

	pid[n > 0 ? strcspn(pid, "\n") : 0] = '\0';
	g_set_error(
		error, G_FILE_ERROR, G_FILE_ERROR_AGAIN,
		"another sender (process %s) is at work on this database for longer than "
		"%d s",
		pid, wait_ms / 1000);
}

int lock_take(const char *database, int wait_ms, GError **error)
{
	g_autofree char *path = g_strconcat(database, ".sync", NULL);
	gint64 until = g_get_monotonic_time() + wait_ms * G_GINT64_CONSTANT(1000);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	char pid[24];

	if (fd < 0)
		return fail(error, path, errno);
	while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		int number = errno;
		if (number == EWOULDBLOCK && g_get_monotonic_time() < until) {
			g_usleep(LOOK_US);
			continue;
		}
		if (number == EWOULDBLOCK)
			busy(error, fd, wait_ms);
		else
			fail(error, path, number);
		close(fd);
		return -1;
	}
	/* the pid is a help for people */
	int n = g_snprintf(pid, sizeof pid, "%ld\n", (long)getpid());
	if (ftruncate(fd, 0) != 0 || pwrite(fd, pid, (size_t)n, 0) != n)
		g_info("the pid could not be written to %s", path);
	return fd;
}
