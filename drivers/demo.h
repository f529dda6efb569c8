/*
 * demo: recorded swipes, so that the program can be tried without a reader
 *
 * The numbers are made up or the card brands' published test numbers. The list holds what
 * a shop meets: loyalty cards (prefix 9643), a staff card (prefix 9644), a bad read, a
 * bank card, which must be refused, and another shop's card.
 */
#ifndef DRIVERS_DEMO_H
#define DRIVERS_DEMO_H

#include <stddef.h>

struct demo_swipe {
	const char *name;  /* what a person would call it, English */
	const char *bytes; /* as a reader sends them; without NULs */
};

extern const struct demo_swipe demo_swipes[];
extern const size_t demo_swipes_n;

#endif
