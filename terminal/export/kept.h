/* kept.h - the files of one business day in the [export] folder, with their manifest.
 *
 * What the database says of the day (store/day_facts.h) is the truth, and the folder is brought to
 * it in this order, so that a power cut between any two steps leaves nothing half done:
 *
 *	1. every file of the day is written under a temporary name and made durable
 *	2. one transaction writes down hashes, counts, the seal: from here on it is decided
 *	3. the manifest is taken away, if a file that it may name is going to be another one
 *	4. the files get their names; then the manifest comes, last
 *	5. the database notes that the folder is as it says
 *
 * Whoever makes the day again, after whatever happened, begins at 1 and ends with the same bytes.
 * A folder without a manifest is one in which files are being made.
 */
#ifndef TILLASK_EXPORT_KEPT_H
#define TILLASK_EXPORT_KEPT_H

#include "config.h"
#include "export/table.h"
#include "progress.h"

struct kept_order {
	const struct config *config;
	int32_t day;
	/* what is to be there besides the files that were made of the day already */
	bool what[TABLES], format[EXPORT_FORMATS];
	bool ended; /* the business day is over, and the clock is believed */
	bool long_ended; /* for an hour: a visit that still stands open keeps it from being sealed
			  * no longer, and goes to a file of its own when it is closed */
	bool due; /* nobody asked: what cannot be had any more is left out */
	struct progress *progress;
};

/* Makes the files, seals the day when it has ended, and brings the manifest up to date.  The caller
 * holds day_facts_lock().  False and ERROR: nothing was written, or it was cut off and the next
 * call finishes it; a purged day; a sealed day whose rows are not what they were. */
bool kept_make(const struct kept_order *order, GError **error);

/* Removes what a kill left under temporary names in the [export] folder.  The caller holds the
 * lock. */
void kept_sweep(const struct config *config);

#endif
