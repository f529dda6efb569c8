/* recent.h - which cards were asked not long ago: from this till to the chain and back.
 *
 * So that the cool-down of a card holds at every till, also at one that was offline for a day.
 * Cards travel as pseudonyms under the chain's key (store/keep.h); with [loyalty] keep=none
 * nothing travels.  Down comes what changed since the last time and lies within the longest
 * cool-down; both ways saying it twice is harmless.
 */
#ifndef TILLASK_SYNC_RECENT_H
#define TILLASK_SYNC_RECENT_H

#include "config.h"
#include "sync/server.h"

/* Blocks. */
bool recent_exchange(struct server *s, const struct config *config, GError **error);

#endif
