/* fault_vfs.h - SQLite's files on a disk that fails, fills up, is slow, or loses its power.
 *
 * Installed as the default VFS of the process before the first connection.  It passes everything
 * on to the real one and counts the operations that reach the disk (open for writing, write,
 * sync, truncate, delete, size of shared memory) and, apart, reads.
 */
#ifndef TESTS_FAULT_VFS_H
#define TESTS_FAULT_VFS_H

#include <stdbool.h>
#include <stdint.h>

enum fault {
	FAULT_NONE,
	FAULT_ONCE, /* the operation fails with an I/O error, all others work */
	FAULT_FULL, /* from this one on every write finds no room, until fault_clear() */
	FAULT_FROM, /* from this one on everything fails, until fault_clear() */
	FAULT_CUT,  /* the same; fault_power_on() then loses what was never synced */
};

void fault_install(void);

/* Lets the N-th operation from now (1 is the next one) be hit; reads count too when READS. */
void fault_at(enum fault fault, int n, bool reads);
void fault_clear(void);
/* Operations since fault_at() or fault_clear(), and whether the fault came about. */
int fault_operations(void);
bool fault_hit(void);

/* Every sync takes this long. */
void fault_sync_ms(int ms);

/* After FAULT_CUT, with every connection closed: each write since the last sync of its file has
 * reached the disk or not, by SEED; shared memory is gone. */
void fault_power_on(uint32_t seed);

#endif
