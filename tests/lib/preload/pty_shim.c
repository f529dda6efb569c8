/*
 * pty_shim: lets the stock libserialport open a pty, so that a test reaches the real code
 * for serial ports without a serial port
 *
 *   TILLASK_PTY_SHIM=/dev/ttyTEST0=/path/of/a/pty/or/link
 *
 * makes the name on the left look like a serial port of the kernel: realpath leaves it as
 * it is, /sys/class/tty/ttyTEST0 exists, opening it opens the right side, and every pty has
 * modem lines (TIOCMGET, TIOCMSET, TIOCMBIS, TIOCMBIC; remembered a process; with
 * TILLASK_PTY_SHIM_LINES=down they are down whatever is set). While the right side does
 * not exist, the name does not either: unplugged.
 *
 * Built as a preload library it serves a whole program:
 *     cc -shared -fPIC -D_GNU_SOURCE -o pty_shim.so pty_shim.c
 *     LD_PRELOAD=.../pty_shim.so TILLASK_PTY_SHIM=... program
 * Included by a test's .c file it serves that test: the program's own symbols come first.
 * Never a part of the product.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SHIM __attribute__((visibility("default")))

SHIM char *realpath(const char *restrict path, char *restrict resolved);
SHIM char *__realpath_chk(const char *path, char *resolved, size_t size);
SHIM int __lxstat(int version, const char *path, struct stat *about);
SHIM int access(const char *path, int mode);
SHIM ssize_t readlink(const char *restrict path, char *restrict target, size_t n);
SHIM int open(const char *path, int flags, ...);
SHIM int __open_2(const char *path, int flags);
SHIM int ioctl(int fd, unsigned long request, ...);

static int modem_lines;

/* The right side if `path` is `prefix` and the name after /dev/ on the left, else NULL. */
static const char *shim_target(const char *path, const char *prefix)
{
	const char *map = getenv("TILLASK_PTY_SHIM");
	const char *equals = map ? strchr(map, '=') : NULL;
	size_t before = strlen(prefix), dev = strlen("/dev/");

	if (!equals || (size_t)(equals - map) <= dev ||
	    strncmp(path, prefix, before) != 0)
		return NULL;
	if (strlen(path + before) != (size_t)(equals - map) - dev ||
	    strncmp(path + before, map + dev, (size_t)(equals - map) - dev) != 0)
		return NULL;
	return equals + 1;
}

static int exists(const char *path)
{
	return syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
}

static char *real_realpath(const char *path, char *resolved)
{
	char *(*real)(const char *, char *);

	*(void **)&real = dlvsym(RTLD_NEXT, "realpath", "GLIBC_2.3");
	return real(path, resolved);
}

SHIM char *realpath(const char *restrict path, char *restrict resolved)
{
	const char *target = shim_target(path, "/dev/");

	if (!target)
		return real_realpath(path, resolved);
	if (!exists(target)) {
		errno = ENOENT;
		return NULL;
	}
	return resolved ? memcpy(resolved, path, strlen(path) + 1) : strdup(path);
}

SHIM char *__realpath_chk(const char *path, char *resolved, size_t size)
{
	if (size < PATH_MAX)
		abort();
	return realpath(path, resolved);
}

SHIM int __lxstat(int version, const char *path, struct stat *about)
{
	int (*real)(int, const char *, struct stat *);

	if (shim_target(path, "/sys/class/tty/")) {
		memset(about, 0, sizeof(*about));
		about->st_mode = S_IFLNK | 0777;
		return 0;
	}
	*(void **)&real = dlsym(RTLD_NEXT, "__lxstat");
	return real(version, path, about);
}

SHIM int access(const char *path, int mode)
{
	const char *target = shim_target(path, "/sys/class/tty/");

	return (int)syscall(SYS_faccessat, AT_FDCWD, target ? target : path, mode);
}

SHIM ssize_t readlink(const char *restrict path, char *restrict target, size_t n)
{
	static const char sysfs[] = "../../devices/platform/serial8250/tty/ttyTEST";

	if (shim_target(path, "/sys/class/tty/")) {
		size_t length = n < sizeof(sysfs) - 1 ? n : sizeof(sysfs) - 1;

		memcpy(target, sysfs, length);
		return (ssize_t)length;
	}
	return syscall(SYS_readlinkat, AT_FDCWD, path, target, n);
}

SHIM int open(const char *path, int flags, ...)
{
	const char *target = shim_target(path, "/dev/");
	mode_t mode = 0;

	if (flags & (O_CREAT | O_TMPFILE)) {
		va_list more;

		va_start(more, flags);
		mode = va_arg(more, mode_t);
		va_end(more);
	}
	return (int)syscall(SYS_openat, AT_FDCWD, target ? target : path, flags, mode);
}

SHIM int __open_2(const char *path, int flags)
{
	return open(path, flags);
}

static int is_pty_slave(int fd)
{
	unsigned number;

	/* A master knows its number, a slave does not. */
	return isatty(fd) && syscall(SYS_ioctl, fd, TIOCGPTN, &number) != 0;
}

static void modem_ioctl(unsigned long request, void *argument)
{
	int lines;

	if (request == TIOCMGET) {
		lines = getenv("TILLASK_PTY_SHIM_LINES") ? 0 : modem_lines;
		memcpy(argument, &lines, sizeof(lines));
		return;
	}
	memcpy(&lines, argument, sizeof(lines));
	if (request == TIOCMBIS)
		modem_lines |= lines;
	else if (request == TIOCMBIC)
		modem_lines &= ~lines;
	else
		modem_lines = lines;
}

SHIM int ioctl(int fd, unsigned long request, ...)
{
	va_list more;
	void *argument;

	va_start(more, request);
	argument = va_arg(more, void *);
	va_end(more);
	if ((request == TIOCMGET || request == TIOCMSET || request == TIOCMBIS ||
	     request == TIOCMBIC) &&
	    is_pty_slave(fd)) {
		modem_ioctl(request, argument);
		return 0;
	}
	return (int)syscall(SYS_ioctl, fd, request, argument);
}
