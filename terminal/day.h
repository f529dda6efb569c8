/* day.h - business days as people write them: YYYY-MM-DD, today, a week, a month.
 *
 * A day is a number from 1970-01-01.  Which one an instant belongs to: clock.h.
 */
#ifndef TILLASK_DAY_H
#define TILLASK_DAY_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

GDate day_date(int32_t day);

/* "2026-11-25"; the caller frees. */
char *day_text(int32_t day);

/* "today", "yesterday" (of TODAY) or YYYY-MM-DD that exists, from 1970 on; false: none of them,
 * and *day is untouched. */
bool day_parse(const char *text, int32_t today, int32_t *day);

/* The Monday of its week; the first of its month; how many days its month has. */
int32_t day_monday(int32_t day);
int32_t day_month(int32_t day);
int day_month_length(int32_t day);

#endif
