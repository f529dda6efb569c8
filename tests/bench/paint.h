/* paint.h - what a floor does with its screen: plain ncurses, whole pages of text.
 *
 * The pages are pictures of the product's own, in text, so both sides change the same cells; a
 * floor has no colours, no canvas and no second copy of what it painted: erase, a string a row,
 * refresh.
 */
#ifndef TESTS_BENCH_PAINT_H
#define TESTS_BENCH_PAINT_H

#include <stdbool.h>

/* Loads FILE (a page is as many lines as the screen has), starts ncurses, paints the first. */
void paint_begin(const char *file);

/* Waits for a key; false when there is no more. */
bool paint_key(void);

/* Paints the page after the last one, the first after all. */
void paint_next(void);

/* The same with DIGITS (4) for those behind a * on it. */
void paint_next_with(const char *digits);

#endif
