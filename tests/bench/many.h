/* many.h - a database with as many visits as a measurement wants, made by SQL alone.
 *
 * Like a shop's: MANY_A_DAY visits a business day, three answers and a card event each, the
 * roll-up and everything else as the triggers would leave it.  A million visits take about a
 * minute.
 */
#ifndef TESTS_BENCH_MANY_H
#define TESTS_BENCH_MANY_H

#include <stdint.h>

#define MANY_A_DAY     1000
#define MANY_FIRST_DAY 18262 /* 2020-01-01 */

/* Makes the database at PATH with VISITS visits, MANY_A_DAY on each day. */
void many_make(const char *path, int64_t visits);

#endif
