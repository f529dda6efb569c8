/*
 * slow_disk: a disk that takes its time, or is full
 *
 *   TILLASK_DISK=FILE
 *
 * While FILE holds a number N, fsync and fdatasync of other files take N milliseconds more.
 * While it holds "full", writing to a regular file fails with ENOSPC. It is read at each
 * call, so a test can change it while the program runs.
 *
 *     cc -shared -fPIC -D_GNU_SOURCE -o slow_disk.so slow_disk.c
 *     LD_PRELOAD=.../slow_disk.so TILLASK_DISK=... program
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define SHIM __attribute__((visibility("default")))

SHIM int fsync(int fd);
SHIM int fdatasync(int fd);
SHIM ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at);
SHIM ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at);
SHIM ssize_t write(int fd, const void *bytes, size_t n);
SHIM int posix_fallocate(int fd, off_t at, off_t n);
SHIM int posix_fallocate64(int fd, off64_t at, off64_t n);

/* What the file says: milliseconds, or -1: full. */
static int disk(void)
{
	const char *path = getenv("TILLASK_DISK");
	char text[16] = "";
	int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	ssize_t n = fd >= 0 ? read(fd, text, sizeof(text) - 1) : 0;

	if (fd >= 0)
		close(fd);
	return n > 0 && strncmp(text, "full", 4) == 0 ? -1 : atoi(text);
}

static void delay(void)
{
	int code = errno, ms = disk();
	struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};

	if (ms > 0)
		nanosleep(&time, NULL);
	errno = code;
}

static int is_full(int fd)
{
	struct stat about;

	/* a file without a name is memory */
	return fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && about.st_nlink > 0 &&
	       disk() < 0;
}

int fsync(int fd)
{
	delay();
	return (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	delay();
	return (int)syscall(SYS_fdatasync, fd);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
	if (is_full(fd)) {
		errno = ENOSPC;
		return -1;
	}
	return syscall(SYS_pwrite64, fd, bytes, n, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at)
{
	return pwrite64(fd, bytes, n, at);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
	if (is_full(fd)) {
		errno = ENOSPC;
		return -1;
	}
	return syscall(SYS_write, fd, bytes, n);
}

int posix_fallocate64(int fd, off64_t at, off64_t n)
{
	if (is_full(fd))
		return ENOSPC;
	return syscall(SYS_fallocate, fd, 0, at, n) == 0 ? 0 : errno;
}

int posix_fallocate(int fd, off_t at, off_t n)
{
	return posix_fallocate64(fd, at, n);
}
