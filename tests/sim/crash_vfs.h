/* crash_vfs.h - a disk for SQLite that forgets what was not synced when the power goes.
 *
 * Stands over the system's VFS and becomes the default one.  Writes go to the real files at
 * once, as the page cache would show them, and are remembered until the next sync.  A power cut
 * rewrites every file as what was synced, plus a random choice of the later writes, the last of
 * them perhaps torn.  Nothing is ever synced for real.  One thread, one database at a time.
 */
#ifndef TESTS_SIM_CRASH_VFS_H
#define TESTS_SIM_CRASH_VFS_H

#include "core/moment.h"

void crash_vfs_register(void);

/* The power goes at the Nth write, truncate or sync from now; 0: it stays. */
void crash_vfs_cut_after(unsigned n);
/* The Nth one from now fails with an I/O error, or with "disk full"; 0: none does. */
void crash_vfs_fail_after(unsigned n, bool full);

/* The power is gone: every call fails until crash_vfs_restore(). */
bool crash_vfs_is_dead(void);
void crash_vfs_cut(void);

/* After the connections are closed: the files as they are found at the next start. */
void crash_vfs_restore(struct dice *dice);

#endif
