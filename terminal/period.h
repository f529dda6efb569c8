/* period.h - the business days that a command is asked for: --day, or --from and --to.
 *
 * What is wrong is said as by command_wrong(), and false returned: the command returns
 * COMMAND_WRONG.  Main thread only.
 */
#ifndef TILLASK_PERIOD_H
#define TILLASK_PERIOD_H

#include "command.h"

/* The business day of now. */
int32_t period_today(const struct config *config);

/* TEXT as day_parse() takes it, or what would be right. */
bool period_day(const struct invocation *call, const char *text, int32_t today,
		int32_t *day);

/* The days of --day DAY, or of --from FROM --to TO (NULL: not given); of today where none is
 * given.  None may come after TODAY: there is nothing yet of such a day. */
bool period_choose(const struct invocation *call, const char *day, const char *from,
		   const char *to, int32_t today, int32_t *first, int32_t *last);

#endif
