/* reader_counts.h - what a card reader read, counted over the card events that are kept.
 *
 * In the words of UnifiedPOS's device statistics; nothing is counted beside the events, so the
 * counts outlive restarts and recoveries.  Works beside a running terminal; blocks on the disk.
 * Any thread.
 */
#ifndef TILLASK_STORE_READER_COUNTS_H
#define TILLASK_STORE_READER_COUNTS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/card.h"

/* A card that is read within so long after a bad read is the same one, swiped again. */
#define READER_RETRY_MS 15000

struct reader_counts {
	uint32_t good_reads; /* GoodReadCount: refused and foreign ones too */
	uint32_t failed_reads[CARD_ERRORS]; /* FailedReadCount, by kind */
	uint32_t failed;                    /* their sum */
	uint32_t retries; /* events within READER_RETRY_MS after a failed one */
};

/* Of the [reader NAME], from business day SINCE on.  False: the database at PATH cannot be read
 * now, or is not there. */
bool reader_counts_of(const char *path, const char *name, int32_t since,
		      struct reader_counts *out);

/* Does so large a share of bad reads mean something?  At least 20 swipes, and the whole 95 %
 * interval of the share (Wilson, as all shares) above 2 %, which is what clean heads have.
 * 3 of 40 does, 3 of 60 and 1 of 3 do not. */
bool reader_counts_bad(const struct reader_counts *counts);

#endif
