/* census.h - counts a period for the figures (tally.h), over an archive's connection.
 *
 * Answers by day come from the roll-up: a year costs a millisecond or two, however many answers
 * there are.  What tells visits apart is counted by reading the visits of the period once, with
 * their answers, in the order in which they lie in the file; customers' lifetimes by reading the
 * money of all visits.  Everything belongs to one moment (archive.h).  Blocks on the disk.
 */
#ifndef TILLASK_STORE_CENSUS_H
#define TILLASK_STORE_CENSUS_H

#include "store/archive.h"
#include "tally.h"

struct census_how {
	const char *language; /* of wordings and choices, where they have it */
	bool roll_up_only;    /* scores and their trend: no visits, customers, money */
	bool lifetime;        /* the value of a customer's lifetime, from all visits */
	/* Called now and then with visits read; NULL: nobody wants to know. */
	void (*progress)(void *self, int64_t done, int64_t total);
	void *self;
};

/* Fills T, as tally_new() made it. */
bool census_take(struct archive *a, struct tally *t, const struct census_how *how,
		 GError **error);

/* The cards last seen on DAY or before, the longest ago first, until EACH returns false.
 * CARD as it is kept: a number or a token. */
typedef bool census_card_fn(void *self, const char *card, int32_t seen_day);
bool census_sleeping(struct archive *a, int32_t day, census_card_fn *each, void *self,
		     GError **error);

#endif
