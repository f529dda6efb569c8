/*
 * Fuzzes the magstripe decoder for its promises, not only for crashes:
 *   - the readings do not depend on how the bytes were split;
 *   - a number is 4-40 of 0-9 A-Z, of 19 characters when all digits of track 2 or 3; no
 *     number passes that the guard refuses; all else has an empty number;
 *   - nothing pends and nothing is left in memory after an idle line or a reset;
 *   - there are never more readings than bytes.
 * The input: a byte of options (1: LRC, 2: prefix 9643, 4: prefix 4111), a byte that seeds
 * the splits, then the line's bytes; 0xFC in them is an idle line.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/magstripe.h"

#define READINGS_MAX 512
#define IDLE         0xFC

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct run {
	const struct card_rules *rules;
	struct magstripe decoder;
	size_t n;
	struct card_reading readings[READINGS_MAX];
};

static void check(bool holds)
{
	if (!holds)
		abort();
}

/* The textbook's Visa of 16 digits, without asking the guard. */
static bool is_visa(const char *number)
{
	static const unsigned twice[] = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
	unsigned sum = 0;

	if (strlen(number) != 16 || number[0] != '4' ||
	    strspn(number, "0123456789") != 16)
		return false;
	for (int i = 0; i < 16; i += 2)
		sum += twice[number[i] - '0'] + (unsigned)(number[i + 1] - '0');
	return sum % 10 == 0;
}

static void on_card(const struct card_reading *reading, void *user)
{
	struct run *run = user;
	size_t n = strlen(reading->number);

	if (reading->result == CARD_NUMBER) {
		check(n >= 4 && n <= CARD_NUMBER_MAX);
		check(strspn(reading->number, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") ==
		      n);
		check(!payment_card_number(reading->number, run->rules));
		check(!is_visa(reading->number));
		check(!payment_card_number(reading->number + 1, run->rules) ||
		      (reading->number[0] >= '0' && reading->number[0] <= '9'));
	} else {
		check(n == 0);
		check(reading->result != CARD_ERROR || reading->error <= CARD_FORMAT);
	}
	check(run->n < READINGS_MAX);
	run->readings[run->n++] = *reading;
}

static void assert_empty(const struct magstripe *decoder)
{
	static const struct card_raw empty[4];

	check(!magstripe_pending(decoder));
	check(memcmp(decoder->raw, empty, sizeof(empty)) == 0);
}

/* seed 0: byte by byte; 1: whole; else pieces of pseudo-random length. */
static void play(struct run *run, const uint8_t *bytes, size_t n, unsigned seed)
{
	size_t from = 0;

	for (size_t i = 0; i <= n; i++) {
		bool idle = i == n || bytes[i] == IDLE;
		bool cut = seed == 0 ||
			   (seed > 1 && (seed = seed * 1103515245U + 12345U) >> 30 == 0);

		if (!idle && !cut)
			continue;
		magstripe_feed(&run->decoder, bytes + from, i - from, on_card, run);
		from = i;
		if (idle) {
			magstripe_idle(&run->decoder, on_card, run);
			assert_empty(&run->decoder);
			from = i + 1;
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct run whole, bytewise, pieces;
	struct run *const runs[] = {&whole, &bytewise, &pieces};
	struct card_rules rules = {.any = true};
	unsigned options, seed;

	if (size < 2 || size > READINGS_MAX)
		return 0;
	options = data[0];
	seed = data[1];
	if (options & 2)
		memcpy(rules.prefix[rules.n++].digits, "9643", 5);
	if (options & 4)
		memcpy(rules.prefix[rules.n++].digits, "4111", 5);
	for (size_t i = 0; i < 3; i++) {
		memset(runs[i], 0, sizeof(*runs[i]));
		runs[i]->rules = &rules;
		magstripe_init(&runs[i]->decoder, &rules, options & 1);
	}
	play(&whole, data + 2, size - 2, 1);
	play(&bytewise, data + 2, size - 2, 0);
	play(&pieces, data + 2, size - 2, seed + 2);
	check(whole.n == bytewise.n && whole.n == pieces.n);
	check(memcmp(whole.readings, bytewise.readings, sizeof(whole.readings)) == 0);
	check(memcmp(whole.readings, pieces.readings, sizeof(whole.readings)) == 0);

	pieces.n = 0;
	magstripe_feed(&whole.decoder, data, size, on_card, &pieces);
	magstripe_reset(&whole.decoder);
	assert_empty(&whole.decoder);
	return 0;
}
