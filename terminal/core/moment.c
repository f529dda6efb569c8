#include "core/moment.h"

#include <string.h>

bool id_is_none(const struct id *id)
{
	static const struct id none;
	return id_equal(id, &none);
}

bool id_equal(const struct id *a, const struct id *b)
{
	return memcmp(a->byte, b->byte, sizeof a->byte) == 0;
}

void id_format(const struct id *id, char out[ID_TEXT_MAX])
{
	static const char hex[] = "0123456789abcdef";
	char *p = out;
	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*p++ = '-';
		*p++ = hex[id->byte[i] >> 4];
		*p++ = hex[id->byte[i] & 15];
	}
	*p = '\0';
}

void dice_seed(struct dice *d, const uint8_t seed[32])
{
	memcpy(d->s, seed, sizeof d->s);
	if ((d->s[0] | d->s[1] | d->s[2] | d->s[3]) == 0)
		d->s[0] = 1; /* all zero is the one state that xoshiro never leaves */
}

static uint64_t rotated(uint64_t x, int by)
{
	return (x << by) | (x >> (64 - by));
}

uint64_t dice_next(struct dice *d)
{
	uint64_t *s = d->s;
	uint64_t result = rotated(s[1] * 5, 7) * 9;
	uint64_t t = s[1] << 17;
	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotated(s[3], 45);
	return result;
}

uint32_t dice_below(struct dice *d, uint32_t n)
{
	uint64_t limit = UINT64_MAX - UINT64_MAX % n;
	uint64_t x;
	do
		x = dice_next(d);
	while (x >= limit);
	return (uint32_t)(x % n);
}

bool dice_percent(struct dice *d, uint32_t percent)
{
	return dice_below(d, 100) < percent;
}

struct id dice_id(struct dice *d, int64_t utc_ms)
{
	struct id id;
	uint64_t high = dice_next(d), low = dice_next(d);
	for (int i = 0; i < 6; i++)
		id.byte[i] = (uint8_t)((uint64_t)utc_ms >> (40 - 8 * i));
	id.byte[6] = (uint8_t)(0x70 | (high & 0x0f));
	id.byte[7] = (uint8_t)(high >> 8);
	id.byte[8] = (uint8_t)(0x80 | (low & 0x3f));
	for (int i = 9; i < 16; i++)
		id.byte[i] = (uint8_t)(low >> (8 * (i - 8)));
	return id;
}
