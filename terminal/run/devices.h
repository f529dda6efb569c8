/* devices.h - the card readers in the main loop: bytes of all [reader] groups -> events.
 *
 * Each reader is a watch on its descriptor and its next deadline (idle line, retry).  A reader
 * that streams garbage is read a piece a turn.  Swipes come as
 * EVENT_CARD with the verdict of that reader's rules, readiness as EVENT_READER.  Raw bytes stay
 * in the one static struct, which is locked into memory where the system allows it: no
 * swap file may hold a bank card.  Main thread only; nothing blocks but what drivers/reader.h
 * names.
 */
#ifndef TILLASK_RUN_DEVICES_H
#define TILLASK_RUN_DEVICES_H

#include "config.h"
#include "core/event.h"
#include "drivers/reader.h"

/* Called from the main loop and from devices_open(), from no other function of this header; all
 * but devices_open() and devices_close() may be called from within. */
typedef void (*devices_call)(void *self, const struct event *event);

/* After a turn in which anything was told: the time to paint. */
typedef void (*devices_turned)(void *self);

/* What [reader NAME] says, as drivers/reader.h takes it; `frame` is the caller's memory, and
 * all is borrowed.  The protocol must be known. */
struct reader_options devices_options(const struct reader_config *config, char frame[4]);

/* Opens and enables all readers of CONFIG (borrowed); what is not there is tried again for ever.
 * What waited in them is dropped unread. */
void devices_open(const struct config *config, devices_call call, devices_turned turned,
		  void *self);

/* Drops what waits unread, begun swipes too.  Swipes of the turn under way that were not told
 * yet are dropped as well. */
void devices_drop(void);

/* The next card of every demo reader. */
void devices_demo_swipe(void);

/* Any number of times; also when none was opened. */
void devices_close(void);

#endif
