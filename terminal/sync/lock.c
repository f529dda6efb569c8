#include "sync/lock.h"

#include <errno.h>

#include "store/files.h"

int lock_take(const char *database, int wait_ms, GError **error)
{
	g_autofree char *lock = g_strconcat(database, ".sync", NULL);
	char holder[FILES_HOLDER_MAX];
	int fd = files_hold(lock, wait_ms, holder);
	int number = errno;

	if (fd < 0 && number == EWOULDBLOCK)
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_AGAIN,
			    "another sender (process %s) is at work on this database for "
			    "longer than %d s",
			    holder, wait_ms / 1000);
	else if (fd < 0)
		g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(number),
			    "opening the sender's lock %s: %s", lock, g_strerror(number));
	return fd;
}
