/* takeover.h - takes the visits of another database of this till over into this one.
 *
 * The other one was set aside as damaged, or is a copy, or comes from a disk that was replaced,
 * perhaps written by an older tillask.
 * What can be read of it is read, page by damaged page; it is never changed.  Everything goes by
 * ids: what is here already stays as it is, so taking over twice changes nothing.  A visit taken
 * over gets the next seq of this generation, waits for the server and counts in the roll-up; one
 * that was still open is closed as its row says.
 */
#ifndef TILLASK_STORE_TAKEOVER_H
#define TILLASK_STORE_TAKEOVER_H

#include "store/copy.h"

struct takeover {
	int64_t visits, answers,
		cards;      /* taken over: answers and cards also of visits known here */
	int64_t known;      /* visits that were here already */
	int64_t unreadable; /* rows that damage made unreadable, as far as known */
};

/*
 * Works while the terminal runs: write transactions last about 20 ms, with pauses in between, and
 * wait for those of the terminal.  False and ERROR: FROM is this same file, not readable at all,
 * of another store or till, or of a newer schema; INTO is missing or cannot be written.  What
 * was taken over until then stays.  Blocks for as long as it takes.
 */
bool takeover(const char *into, const char *from, struct takeover *result,
	      copy_progress_fn *progress, void *self, GError **error);

#endif
