#include "store/keep.h"

#include <sodium.h>
#include <string.h>

#define PSEUDONYM_BYTES 4

/* WHAT keeps the hashes of equal card and cashier numbers apart. */
static void keyed(const uint8_t secret[KEEP_SECRET_BYTES], const char *what,
		  const char *number, uint8_t hash[crypto_generichash_BYTES])
{
	crypto_generichash_state state;
	crypto_generichash_init(&state, secret, KEEP_SECRET_BYTES,
				crypto_generichash_BYTES);
	crypto_generichash_update(&state, (const uint8_t *)what, strlen(what) + 1);
	crypto_generichash_update(&state, (const uint8_t *)number, strlen(number));
	crypto_generichash_final(&state, hash, crypto_generichash_BYTES);
}

static void token(const uint8_t secret[KEEP_SECRET_BYTES], const char *what,
		  const char *number, size_t bytes, char *hex)
{
	uint8_t hash[crypto_generichash_BYTES];
	keyed(secret, what, number, hash);
	sodium_bin2hex(hex, 2 * bytes + 1, hash, bytes);
}

void keep_card(enum keep_mode mode, const uint8_t secret[KEEP_SECRET_BYTES],
	       const char *number, char card[KEEP_CARD_MAX], char mask[6])
{
	card[0] = '\0';
	mask[0] = '\0';
	if (*number == '\0')
		return;
	switch (mode) {
	case KEEP_NUMBER:
		memcpy(card, number, strlen(number) + 1);
		card_mask(number, mask);
		break;
	case KEEP_TOKEN:
		token(secret, "card", number, KEEP_PSEUDONYM, card);
		card_mask(number, mask);
		break;
	case KEEP_NONE:
		break;
	}
}

void keep_pseudonym(const uint8_t key[KEEP_SECRET_BYTES], const char *number,
		    uint8_t pseudonym[KEEP_PSEUDONYM])
{
	uint8_t hash[crypto_generichash_BYTES];
	keyed(key, "card", number, hash);
	memcpy(pseudonym, hash, KEEP_PSEUDONYM);
}

bool keep_pseudonym_of(enum keep_mode mode, const uint8_t key[KEEP_SECRET_BYTES],
		       const char *card, uint8_t pseudonym[KEEP_PSEUDONYM])
{
	size_t n = 0;
	switch (mode) {
	case KEEP_NUMBER:
		keep_pseudonym(key, card, pseudonym);
		return true;
	case KEEP_TOKEN:
		return strlen(card) == 2 * KEEP_PSEUDONYM &&
		       sodium_hex2bin(pseudonym, KEEP_PSEUDONYM, card, strlen(card), NULL,
				      &n, NULL) == 0 &&
		       n == KEEP_PSEUDONYM;
	case KEEP_NONE:
		return false;
	}
	g_assert_not_reached();
}

void keep_cashier(enum cashiers_mode mode, const uint8_t secret[KEEP_SECRET_BYTES],
		  const char *number, char cashier[CASHIER_MAX + 1])
{
	cashier[0] = '\0';
	if (*number == '\0')
		return;
	switch (mode) {
	case CASHIERS_OFF:
		break;
	case CASHIERS_PSEUDONYM:
		token(secret, "cashier", number, PSEUDONYM_BYTES, cashier);
		break;
	case CASHIERS_ID:
		g_strlcpy(cashier, number, CASHIER_MAX + 1);
		break;
	}
}
