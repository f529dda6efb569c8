/* bundle.h - what waits, in a file instead of over the network; and what comes back.
 *
 * After the head (packet.h) a bundle is batches, each to be taken in as a whole:
 *
 *	table visit "store", "till", ...	columns of the server's table
 *	...					rows, as COPY takes them
 *	\.
 *	table answer ...
 *	record KIND N CHANGES			what of the outbox the rows are of
 *	record ...
 *	end
 *
 * The last batch has no records: it is the till's pulse (pulse.h), tables heartbeat and
 * device_count.
 *
 * An acknowledgement is the lines `record` of those batches that the server holds.  What stands
 * in a bundle waits until its acknowledgement has come, so it may stand in the next one too, and
 * go over the network as well: rows are told by their ids.
 */
#ifndef TILLASK_SYNC_BUNDLE_H
#define TILLASK_SYNC_BUNDLE_H

#include "config.h"
#include "store/outbox.h"

/* Writes all that waits to PATH, where no file may be, whole or not at all, signed with the till's key.  *RECORDS: how
 * many.  The caller holds the lock (lock.h).  Blocks. */
bool bundle_write(const struct config *config, const char *path, int64_t *records,
		  GError **error);

struct bundle_result {
	int64_t records;      /* of the bundle */
	int64_t acknowledged; /* by the server, or (of an acknowledgement) by this till */
	char refused[256];    /* why the server refused the others, the last of them */
};

/* At head office: takes the bundle at PATH in and writes PATH.ack.  [sync] server= is the centre,
 * which knows the keys of tills and the home of each store, where the rows go; the role that is
 * named there is known there too.  At a till: takes the acknowledgement at PATH in.  *IS_ACK tells
 * which it was.  False and ERROR: nothing, or not everything, was taken in; to do it again is
 * harmless. */
bool bundle_load(const struct config *config, const char *path, bool *is_ack,
		 struct bundle_result *result, GError **error);

#endif
