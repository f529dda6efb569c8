#include "outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct outfile {
	char *folder, *path, *temporary;
	FILE *stream;
	gboolean synced;
};

static void fail(GError **error, const char *what, const char *path)
{
	int saved = errno;
	g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(saved),
		    "%s %s: %s%s", what, path, g_strerror(saved),
		    saved == ENOSPC || saved == EDQUOT || saved == EFBIG
			    ? "; make room and export again"
			    : "");
}

struct outfile *outfile_begin(const char *folder, const char *name, GError **error)
{
	if (g_mkdir_with_parents(folder, 0750) != 0) {
		fail(error, "making the folder", folder);
		return NULL;
	}
	struct outfile *o = g_new0(struct outfile, 1);
	o->folder = g_strdup(folder);
	o->path = g_build_filename(folder, name, NULL);
	o->temporary = g_strdup_printf("%s/.%s.%ld.tmp", folder, name, (long)getpid());
	int fd = open(o->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
		      0640);
	if (fd < 0 || (o->stream = fdopen(fd, "w")) == NULL) {
		fail(error, "writing", o->path);
		outfile_drop(o);
		return NULL;
	}
	return o;
}

FILE *outfile_stream(struct outfile *o)
{
	return o->stream;
}

static gboolean sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	gboolean done = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return done;
}

const char *outfile_temporary(const struct outfile *o)
{
	return o->temporary;
}

gboolean outfile_replaces(const struct outfile *o)
{
	return access(o->path, F_OK) == 0;
}

gboolean outfile_sync(struct outfile *o, GError **error)
{
	o->synced = fflush(o->stream) == 0 && !ferror(o->stream) &&
		    fsync(fileno(o->stream)) == 0;
	if (!o->synced)
		fail(error, "writing", o->path);
	return o->synced;
}

gboolean outfile_commit(struct outfile *o, GError **error)
{
	if (!o->synced && !outfile_sync(o, error)) {
		outfile_drop(o);
		return FALSE;
	}
	if (rename(o->temporary, o->path) != 0) {
		fail(error, "writing", o->path);
		outfile_drop(o);
		return FALSE;
	}
	gboolean durable = sync_folder(o->folder);
	if (!durable)
		fail(error, "making durable", o->path);
	g_clear_pointer(&o->temporary, g_free);
	outfile_drop(o);
	return durable;
}

void outfile_drop(struct outfile *o)
{
	if (o->stream != NULL)
		fclose(o->stream);
	if (o->temporary != NULL)
		unlink(o->temporary);
	g_free(o->temporary);
	g_free(o->path);
	g_free(o->folder);
	g_free(o);
}
