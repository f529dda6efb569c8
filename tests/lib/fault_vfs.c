#include "tests/lib/fault_vfs.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A write that no sync has made durable yet. */
struct written {
	char *path;
	int64_t offset, old_size;
	GBytes *before, *after;
};

struct file {
	sqlite3_file base;
	char *path;         /* NULL: a temporary file */
	sqlite3_file *real; /* behind this struct */
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static enum fault armed;
static bool count_reads, hit, down, full;
static int left, operations, sync_ms;
static GPtrArray *unsynced; /* struct written */
static sqlite3_vfs *real_vfs;

static void written_free(void *self)
{
	struct written *w = self;
	g_free(w->path);
	g_bytes_unref(w->before);
	g_bytes_unref(w->after);
	g_free(w);
}

/* Whether this operation fails, and how: SQLITE_OK, SQLITE_FULL or SQLITE_IOERR. */
static int strike(bool is_read, bool is_write)
{
	int rc = SQLITE_OK;
	pthread_mutex_lock(&mutex);
	if (!is_read || count_reads) {
		operations++;
		if (armed != FAULT_NONE && --left == 0) {
			hit = true;
			down = armed == FAULT_FROM || armed == FAULT_CUT;
			full = armed == FAULT_FULL;
			if (armed == FAULT_ONCE)
				rc = SQLITE_IOERR;
		}
	}
	if (down)
		rc = SQLITE_IOERR;
	else if (full && is_write)
		rc = SQLITE_FULL;
	pthread_mutex_unlock(&mutex);
	if (rc != SQLITE_OK)
		errno = rc == SQLITE_FULL ? ENOSPC : EIO;
	return rc;
}

static sqlite3_file *real_of(sqlite3_file *f)
{
	return ((struct file *)f)->real;
}

static void remember(struct file *f, const void *data, int n, int64_t offset)
{
	struct written *w = g_new0(struct written, 1);
	sqlite3_int64 size = 0;
	g_autofree char *before = g_malloc0((gsize)n);
	f->real->pMethods->xFileSize(f->real, &size);
	f->real->pMethods->xRead(f->real, before, n, offset);
	w->path = g_strdup(f->path);
	w->offset = offset;
	w->old_size = size;
	w->before = g_bytes_new(before, (gsize)n);
	w->after = g_bytes_new(data, (gsize)n);
	pthread_mutex_lock(&mutex);
	g_ptr_array_add(unsynced, w);
	pthread_mutex_unlock(&mutex);
}

static void forget(const char *path)
{
	pthread_mutex_lock(&mutex);
	for (guint i = unsynced->len; path != NULL && i-- > 0;)
		if (strcmp(((struct written *)unsynced->pdata[i])->path, path) == 0)
			g_ptr_array_remove_index(unsynced, i);
	pthread_mutex_unlock(&mutex);
}

static int file_close(sqlite3_file *f)
{
	int rc = real_of(f)->pMethods->xClose(real_of(f));
	g_free(((struct file *)f)->path);
	return rc;
}

static int file_read(sqlite3_file *f, void *data, int n, sqlite3_int64 offset)
{
	if (strike(true, false) != SQLITE_OK)
		return SQLITE_IOERR_READ;
	return real_of(f)->pMethods->xRead(real_of(f), data, n, offset);
}

static int file_write(sqlite3_file *f, const void *data, int n, sqlite3_int64 offset)
{
	int rc = strike(false, true);
	if (rc != SQLITE_OK)
		return rc == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
	if (armed == FAULT_CUT && ((struct file *)f)->path != NULL)
		remember((struct file *)f, data, n, offset);
	return real_of(f)->pMethods->xWrite(real_of(f), data, n, offset);
}

static int file_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	if (strike(false, false) != SQLITE_OK)
		return SQLITE_IOERR_TRUNCATE;
	return real_of(f)->pMethods->xTruncate(real_of(f), size);
}

static int file_sync(sqlite3_file *f, int flags)
{
	if (strike(false, false) != SQLITE_OK)
		return SQLITE_IOERR_FSYNC;
	pthread_mutex_lock(&mutex);
	int ms = sync_ms;
	pthread_mutex_unlock(&mutex);
	if (ms > 0)
		g_usleep((gulong)ms * 1000);
	int rc = real_of(f)->pMethods->xSync(real_of(f), flags);
	forget(((struct file *)f)->path);
	return rc;
}

static int file_size(sqlite3_file *f, sqlite3_int64 *size)
{
	return real_of(f)->pMethods->xFileSize(real_of(f), size);
}

static int file_lock(sqlite3_file *f, int lock)
{
	return real_of(f)->pMethods->xLock(real_of(f), lock);
}

static int file_unlock(sqlite3_file *f, int lock)
{
	return real_of(f)->pMethods->xUnlock(real_of(f), lock);
}

static int file_reserved(sqlite3_file *f, int *out)
{
	return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}

static int file_control(sqlite3_file *f, int op, void *arg)
{
	return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
}

static int file_sector(sqlite3_file *f)
{
	return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int file_characteristics(sqlite3_file *f)
{
	return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static int file_shm_map(sqlite3_file *f, int page, int size, int extend,
			void volatile **out)
{
	if (strike(true, extend != 0) != SQLITE_OK)
		return SQLITE_IOERR_SHMSIZE;
	return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out);
}

static int file_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
	return real_of(f)->pMethods->xShmLock(real_of(f), offset, n, flags);
}

static void file_shm_barrier(sqlite3_file *f)
{
	(void)f;
	__sync_synchronize();
}

static int file_shm_unmap(sqlite3_file *f, int delete)
{
	return real_of(f)->pMethods->xShmUnmap(real_of(f), delete);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = file_close,
	.xRead = file_read,
	.xWrite = file_write,
	.xTruncate = file_truncate,
	.xSync = file_sync,
	.xFileSize = file_size,
	.xLock = file_lock,
	.xUnlock = file_unlock,
	.xCheckReservedLock = file_reserved,
	.xFileControl = file_control,
	.xSectorSize = file_sector,
	.xDeviceCharacteristics = file_characteristics,
	.xShmMap = file_shm_map,
	.xShmLock = file_shm_lock,
	.xShmBarrier = file_shm_barrier,
	.xShmUnmap = file_shm_unmap,
};

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags,
		    int *out)
{
	struct file *file = (struct file *)f;
	(void)vfs;
	file->base.pMethods = NULL;
	file->real = (sqlite3_file *)(file + 1);
	if ((flags & SQLITE_OPEN_READWRITE) != 0 && strike(false, false) != SQLITE_OK)
		return SQLITE_CANTOPEN;
	int rc = real_vfs->xOpen(real_vfs, name, file->real, flags, out);
	if (rc == SQLITE_OK) {
		file->path = g_strdup(name);
		file->base.pMethods = &methods;
	}
	return rc;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
	(void)vfs;
	if (strike(false, false) != SQLITE_OK)
		return SQLITE_IOERR_DELETE;
	forget(name);
	return real_vfs->xDelete(real_vfs, name, sync);
}

void fault_install(void)
{
	static sqlite3_vfs vfs;
	real_vfs = sqlite3_vfs_find(NULL);
	vfs = *real_vfs;
	vfs.zName = "fault";
	vfs.szOsFile = (int)sizeof(struct file) + real_vfs->szOsFile;
	vfs.xOpen = vfs_open;
	vfs.xDelete = vfs_delete;
	unsynced = g_ptr_array_new_with_free_func(written_free);
	g_assert_cmpint(sqlite3_vfs_register(&vfs, 1), ==, SQLITE_OK);
}

void fault_at(enum fault fault, int n, bool reads)
{
	pthread_mutex_lock(&mutex);
	armed = fault;
	left = n;
	count_reads = reads;
	operations = 0;
	hit = down = full = false;
	pthread_mutex_unlock(&mutex);
}

void fault_clear(void)
{
	fault_at(FAULT_NONE, 0, false);
}

int fault_operations(void)
{
	pthread_mutex_lock(&mutex);
	int n = operations;
	pthread_mutex_unlock(&mutex);
	return n;
}

bool fault_hit(void)
{
	pthread_mutex_lock(&mutex);
	bool was = hit;
	pthread_mutex_unlock(&mutex);
	return was;
}

void fault_sync_ms(int ms)
{
	pthread_mutex_lock(&mutex);
	sync_ms = ms;
	pthread_mutex_unlock(&mutex);
}

static void put_back(const struct written *w, GBytes *bytes, bool cut)
{
	gsize n;
	const void *data = g_bytes_get_data(bytes, &n);
	int fd = open(w->path, O_WRONLY);
	if (fd < 0)
		return; /* deleted since */
	g_assert_cmpint(pwrite(fd, data, n, w->offset), ==, (gint64)n);
	if (cut)
		g_assert_cmpint(ftruncate(fd, w->old_size), ==, 0);
	close(fd);
}

void fault_power_on(uint32_t seed)
{
	GRand *dice = g_rand_new_with_seed(seed);
	for (guint i = unsynced->len; i-- > 0;) {
		const struct written *w = unsynced->pdata[i];
		put_back(w, w->before, true);
		g_autofree char *shm = g_strconcat(w->path, "-shm", NULL);
		unlink(shm);
	}
	for (guint i = 0; i < unsynced->len; i++) {
		const struct written *w = unsynced->pdata[i];
		if (g_rand_boolean(dice))
			put_back(w, w->after, false);
	}
	g_ptr_array_set_size(unsynced, 0);
	g_rand_free(dice);
	fault_clear();
}
