/* keep.h - what is kept of numbers that belong to people. */
#ifndef TILLASK_STORE_KEEP_H
#define TILLASK_STORE_KEEP_H

#include "config.h"

#define KEEP_SECRET_BYTES 32
#define KEEP_CARD_MAX     (CARD_NUMBER_MAX + 1)
#define KEEP_PSEUDONYM    16 /* bytes */

/* What of the card NUMBER goes into the database: KEEP_NUMBER the number, KEEP_TOKEN 32
 * hexadecimal digits of its BLAKE2b keyed with SECRET, both with MASK (card_mask()); KEEP_NONE,
 * or an empty number, both empty. */
void keep_card(enum keep_mode mode, const uint8_t secret[KEEP_SECRET_BYTES],
	       const char *number, char card[KEEP_CARD_MAX], char mask[6]);

/* What the chain knows a card by: BLAKE2b of its NUMBER, keyed with the chain's KEY.  The token
 * that keep_card() makes with KEY for a secret is this in hexadecimal digits. */
void keep_pseudonym(const uint8_t key[KEEP_SECRET_BYTES], const char *number,
		    uint8_t pseudonym[KEEP_PSEUDONYM]);
/* The same of what keep_card() made, CARD; false: it is a token of another key, or none. */
bool keep_pseudonym_of(enum keep_mode mode, const uint8_t key[KEEP_SECRET_BYTES],
		       const char *card, uint8_t pseudonym[KEEP_PSEUDONYM]);

/* What of a cashier's NUMBER goes into the database, by [report] cashiers=: nothing; 8 hexadecimal
 * digits, the same for the same number and SECRET; the number.  "" for "". */
void keep_cashier(enum cashiers_mode mode, const uint8_t secret[KEEP_SECRET_BYTES],
		  const char *number, char cashier[CASHIER_MAX + 1]);

#endif
