/* publication.h - the thread that looks for what head office published.
 *
 * `tillask sync` fetches it, checks it and counts it in the database; this thread looks at the
 * count from time to time and lays the publications over config.ini as the program began with it
 * (an edited one counts from the next start), so that the main loop gets a whole configuration
 * and waits for no disk.  One that is not right with it after all (a `sync` by hand had read an
 * edited one) is left alone: what is in use stays, and publication_refused() says so, as it does of
 * those that `sync` found wrong.  Main thread only.
 */
#ifndef TILLASK_RUN_PUBLICATION_H
#define TILLASK_RUN_PUBLICATION_H

#include "config.h"

struct publication;

/* There is one for publication_take(), or publication_refused() says something else. */
typedef void (*publication_ready)(void *self);

/* LOCAL, borrowed, is config.ini alone, as the program began.  TAKEN: the count (inbox_taken()) of
 * what is in use.  It looks every LOOK_MS. */
struct publication *publication_new(const struct config *local, int64_t taken,
				    int look_ms, publication_ready ready, void *self);

/* The newest configuration, or NULL when there is none since the last call; config_free(). */
struct config *publication_take(struct publication *p);

/* Something that head office published is not used.  False until it was looked for. */
bool publication_refused(struct publication *p);

/* Ends the thread, which reads for milliseconds.  NULL is allowed. */
void publication_free(struct publication *p);

#endif
