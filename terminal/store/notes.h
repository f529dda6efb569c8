/* notes.h - what the manager alone knows: what was spent, who passed and entered, what was done.
 *
 * Written beside a terminal that runs: one short transaction each, a millisecond or two and the
 * disk's.  The file must be there and up to date (archive.h).  Blocks on the disk; any thread.
 */
#ifndef TILLASK_STORE_NOTES_H
#define TILLASK_STORE_NOTES_H

#include "tally.h"

/* Puts VALUE (money in smallest units, else people) for DAY, or for the period that begins with
 * it; in place of what was there. */
bool notes_enter(const char *path, int32_t day, enum tally_entry entry, int64_t value,
		 GError **error);

/* An action: what the shop did of what customers asked for.  POINT "" is the whole shop, the
 * other texts may be "" too. */
bool notes_act(const char *path, int32_t day, const char *point, const char *text,
	       const char *responsible, GError **error);

/* Takes one away.  *REMOVED: it was there. */
bool notes_remove_entry(const char *path, int32_t day, enum tally_entry entry,
			bool *removed, GError **error);
bool notes_remove_action(const char *path, int64_t id, bool *removed, GError **error);

/* Calls each for what is noted for the days FROM..TO, by day.  WHAT as in the table entry. */
struct notes_reader {
	void (*entry)(void *self, int32_t day, const char *what, int64_t value);
	void (*action)(void *self, int64_t id, int32_t day, const char *point,
		       const char *text, const char *responsible);
	void *self;
};
bool notes_read(const char *path, int32_t from, int32_t to,
		const struct notes_reader *reader, GError **error);

#endif
