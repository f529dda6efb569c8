/* many.h - a database with as many visits as a measurement wants, made by SQL alone.
 *
 * Like a shop's: MANY_A_DAY visits a business day, three answers and a card event each, the
 * roll-up and everything else as the triggers would leave it.  A million visits take about a
 * minute.
 */
#ifndef TESTS_BENCH_MANY_H
#define TESTS_BENCH_MANY_H

#include <stdint.h>

/* Three million visits end before 2025: a day that has not begun is in no file. */
#define MANY_A_DAY     1000
#define MANY_FIRST_DAY 16801 /* 2016-01-01 */

/* Makes the database at PATH with VISITS visits, MANY_A_DAY on each day. */
void many_make(const char *path, int64_t visits);

/* The last day of so many visits. */
int32_t many_last_day(int64_t visits);

#endif
