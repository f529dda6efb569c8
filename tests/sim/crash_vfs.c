#include "crash_vfs.h"

#include <glib.h>
#include <sqlite3.h>
#include <string.h>

#define FILES_MAX 8
#define SECTOR    512

/* A write, or with bytes NULL a truncate to AT. */
struct change {
	sqlite3_int64 at;
	GBytes *bytes;
};

struct disk_file {
	char *name; /* NULL: free */
	GByteArray *synced;
	GArray *changes; /* of struct change, since the last sync */
};

struct crash_file {
	sqlite3_file base;
	struct disk_file *disk; /* NULL: a temporary file, of no interest */
	sqlite3_file *real;     /* behind this struct */
};

static struct {
	sqlite3_vfs vfs;
	sqlite3_vfs *real;
	struct disk_file files[FILES_MAX];
	unsigned cut_after, fail_after;
	bool fail_full, dead;
} disk;

static void forget_change(gpointer data)
{
	struct change *change = data;
	g_clear_pointer(&change->bytes, g_bytes_unref);
}

static struct disk_file *disk_file(const char *name)
{
	struct disk_file *unused = NULL;
	for (int i = 0; i < FILES_MAX; i++) {
		struct disk_file *f = &disk.files[i];
		if (f->name == NULL)
			unused = f;
		else if (strcmp(f->name, name) == 0)
			return f;
	}
	g_assert_nonnull(unused);
	char *content = NULL;
	gsize length = 0;
	g_file_get_contents(name, &content, &length, NULL);
	unused->name = g_strdup(name);
	unused->synced = g_byte_array_new();
	if (length > 0)
		g_byte_array_append(unused->synced, (guint8 *)content, (guint)length);
	g_free(content);
	unused->changes = g_array_new(FALSE, FALSE, sizeof(struct change));
	g_array_set_clear_func(unused->changes, forget_change);
	return unused;
}

static void disk_file_forget(struct disk_file *f)
{
	g_clear_pointer(&f->name, g_free);
	g_byte_array_unref(f->synced);
	g_array_unref(f->changes);
}

static void apply(GByteArray *image, const struct change *change, gsize length)
{
	guint end = (guint)(change->at + (sqlite3_int64)length);
	if (change->bytes == NULL) {
		if (change->at < (sqlite3_int64)image->len)
			g_byte_array_set_size(image, (guint)change->at);
		return;
	}
	if (end > image->len) {
		guint old = image->len;
		g_byte_array_set_size(image, end);
		memset(image->data + old, 0, end - old);
	}
	memcpy(image->data + change->at, g_bytes_get_data(change->bytes, NULL), length);
}

static gsize change_size(const struct change *change)
{
	return change->bytes != NULL ? g_bytes_get_size(change->bytes) : 0;
}

/* One operation that reaches the disk: SQLITE_OK, or how it fails. */
static int operation(void)
{
	if (disk.cut_after > 0 && --disk.cut_after == 0)
		disk.dead = true;
	if (disk.dead)
		return SQLITE_IOERR;
	if (disk.fail_after > 0 && --disk.fail_after == 0)
		return disk.fail_full ? SQLITE_FULL : SQLITE_IOERR;
	return SQLITE_OK;
}

static struct crash_file *crash_file(sqlite3_file *file)
{
	return (struct crash_file *)file;
}

#define REAL(file) (crash_file(file)->real)

static int crash_close(sqlite3_file *file)
{
	return REAL(file)->pMethods != NULL ? REAL(file)->pMethods->xClose(REAL(file))
					    : SQLITE_OK;
}

static int crash_read(sqlite3_file *file, void *to, int n, sqlite3_int64 at)
{
	if (disk.dead)
		return SQLITE_IOERR_READ;
	return REAL(file)->pMethods->xRead(REAL(file), to, n, at);
}

static int crash_write(sqlite3_file *file, const void *from, int n, sqlite3_int64 at)
{
	struct disk_file *f = crash_file(file)->disk;
	int rc = operation();
	struct change change = {at, g_bytes_new(from, (gsize)n)};
	if (f != NULL && (rc == SQLITE_OK || disk.dead))
		g_array_append_val(f->changes, change); /* dying, it may still arrive */
	else
		g_bytes_unref(change.bytes);
	return rc == SQLITE_OK ? REAL(file)->pMethods->xWrite(REAL(file), from, n, at)
			       : rc;
}

static int crash_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct disk_file *f = crash_file(file)->disk;
	struct change change = {size, NULL};
	int rc = operation();
	if (rc != SQLITE_OK)
		return rc;
	if (f != NULL)
		g_array_append_val(f->changes, change);
	return REAL(file)->pMethods->xTruncate(REAL(file), size);
}

static int crash_sync(sqlite3_file *file, int flags)
{
	struct disk_file *f = crash_file(file)->disk;
	int rc = operation();
	(void)flags;
	if (rc != SQLITE_OK)
		return rc;
	for (guint i = 0; f != NULL && i < f->changes->len; i++) {
		const struct change *change = &g_array_index(f->changes, struct change,
							     i);
		apply(f->synced, change, change_size(change));
	}
	if (f != NULL)
		g_array_set_size(f->changes, 0);
	return SQLITE_OK;
}

static int crash_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return disk.dead ? SQLITE_IOERR_FSTAT
			 : REAL(file)->pMethods->xFileSize(REAL(file), size);
}

static int crash_lock(sqlite3_file *file, int level)
{
	return disk.dead ? SQLITE_IOERR_LOCK
			 : REAL(file)->pMethods->xLock(REAL(file), level);
}

static int crash_unlock(sqlite3_file *file, int level)
{
	return REAL(file)->pMethods->xUnlock(REAL(file), level);
}

static int crash_reserved(sqlite3_file *file, int *out)
{
	return REAL(file)->pMethods->xCheckReservedLock(REAL(file), out);
}

static int crash_control(sqlite3_file *file, int op, void *argument)
{
	return REAL(file)->pMethods->xFileControl(REAL(file), op, argument);
}

static int crash_sector(sqlite3_file *file)
{
	(void)file;
	return SECTOR;
}

static int crash_characteristics(sqlite3_file *file)
{
	(void)file;
	return 0; /* no promise at all */
}

static int crash_shm_map(sqlite3_file *file, int page, int size, int extend,
			 void volatile **out)
{
	return REAL(file)->pMethods->xShmMap(REAL(file), page, size, extend, out);
}

static int crash_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
	return REAL(file)->pMethods->xShmLock(REAL(file), offset, n, flags);
}

static void crash_shm_barrier(sqlite3_file *file)
{
	REAL(file)->pMethods->xShmBarrier(REAL(file));
}

static int crash_shm_unmap(sqlite3_file *file, int and_delete)
{
	return REAL(file)->pMethods->xShmUnmap(REAL(file), and_delete);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = crash_close,
	.xRead = crash_read,
	.xWrite = crash_write,
	.xTruncate = crash_truncate,
	.xSync = crash_sync,
	.xFileSize = crash_size,
	.xLock = crash_lock,
	.xUnlock = crash_unlock,
	.xCheckReservedLock = crash_reserved,
	.xFileControl = crash_control,
	.xSectorSize = crash_sector,
	.xDeviceCharacteristics = crash_characteristics,
	.xShmMap = crash_shm_map,
	.xShmLock = crash_shm_lock,
	.xShmBarrier = crash_shm_barrier,
	.xShmUnmap = crash_shm_unmap,
};

static int crash_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
		      int *out)
{
	struct crash_file *f = crash_file(file);
	(void)vfs;
	memset(f, 0, sizeof *f);
	if (disk.dead)
		return SQLITE_CANTOPEN;
	f->real = (sqlite3_file *)(f + 1);
	int rc = disk.real->xOpen(disk.real, name, f->real, flags, out);
	if (rc != SQLITE_OK)
		return rc;
	f->disk = name != NULL ? disk_file(name) : NULL;
	f->base.pMethods = &methods;
	return SQLITE_OK;
}

static int crash_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
	(void)vfs;
	if (disk.dead)
		return SQLITE_IOERR_DELETE;
	int rc = disk.real->xDelete(disk.real, name, sync);
	for (int i = 0; i < FILES_MAX; i++)
		if (disk.files[i].name != NULL && strcmp(disk.files[i].name, name) == 0)
			disk_file_forget(&disk.files[i]);
	return rc;
}

void crash_vfs_register(void)
{
	disk.real = sqlite3_vfs_find(NULL);
	disk.vfs = *disk.real;
	disk.vfs.zName = "crash";
	disk.vfs.szOsFile = (int)sizeof(struct crash_file) + disk.real->szOsFile;
	disk.vfs.pNext = NULL;
	disk.vfs.xOpen = crash_open;
	disk.vfs.xDelete = crash_delete;
	sqlite3_vfs_register(&disk.vfs, 1);
}

void crash_vfs_cut_after(unsigned n)
{
	disk.cut_after = n;
}

void crash_vfs_fail_after(unsigned n, bool full)
{
	disk.fail_after = n;
	disk.fail_full = full;
}

bool crash_vfs_is_dead(void)
{
	return disk.dead;
}

void crash_vfs_cut(void)
{
	disk.dead = true;
}

/* Each later write arrived, or did not, or arrived in part. */
static void settle(struct disk_file *f, struct dice *dice)
{
	uint32_t percent = dice_below(dice, 3) * 50; /* none, any, all */
	for (guint i = 0; i < f->changes->len; i++) {
		const struct change *change = &g_array_index(f->changes, struct change,
							     i);
		gsize size = change_size(change);
		if (!dice_percent(dice, percent))
			continue;
		if (size > SECTOR && dice_percent(dice, 20))
			size = dice_below(dice, (uint32_t)(size / SECTOR)) * SECTOR;
		if (size > 0 || change->bytes == NULL)
			apply(f->synced, change, size);
	}
}

void crash_vfs_restore(struct dice *dice)
{
	for (int i = 0; i < FILES_MAX; i++) {
		struct disk_file *f = &disk.files[i];
		if (f->name == NULL)
			continue;
		settle(f, dice);
		if (disk.dead)
			g_file_set_contents_full(f->name, (char *)f->synced->data,
						 f->synced->len, G_FILE_SET_CONTENTS_NONE,
						 0600, NULL);
		disk_file_forget(f);
	}
	disk.dead = false;
	disk.cut_after = disk.fail_after = 0;
}
