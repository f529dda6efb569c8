/* due.h - what is due: the daily files that `run` has made by itself.
 *
 * Every day that has ended and has rows is sealed, the oldest first; so is a day without rows that
 * has just ended, once there are sealed days; files that are not as they should be are made again
 * (a run that was cut off, rows found later, a revision); and from [export] at= on today's files
 * are made, to be made again when the day is sealed.  All three tables, in [export] formats=.
 */
#ifndef TILLASK_EXPORT_DUE_H
#define TILLASK_EXPORT_DUE_H

#include "clock.h"
#include "config.h"
#include "progress.h"

/* The clock of this machine as the database and the configuration see it, and now.  False and
 * ERROR: the database. */
bool due_clock(const struct config *config, struct clock *clock, struct moment *now,
	       GError **error);

struct kept_order;
/* Fills what `now` says of ORDER->day: whether it has ended. */
void due_ended(const struct clock *clock, const struct moment *now,
	       struct kept_order *order);

/* The caller holds day_facts_lock().  False and ERROR: the first thing that could not be made; the
 * rest was.  A doubtful clock makes nothing and is an error. */
bool due_make(const struct config *config, struct progress *progress, GError **error);

#endif
