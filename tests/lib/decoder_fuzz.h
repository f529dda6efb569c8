/*
 * decoder_fuzz: what every decoder promises, for tests/fuzz/drivers_*.c
 *
 *   - the readings do not depend on how the bytes were split;
 *   - no number passes that is a bank card's (told by a Visa of 16 digits, without asking the
 *     guard) and all else has an empty number;
 *   - nothing pends and nothing is left in the raw buffer after an idle line, a refusal or a
 *     reset;
 *   - there are never more readings than bytes.
 * The input: a byte of options (1 and 2: the decoder's, 4: prefix 9643, 8: prefix 4111), a
 * byte that seeds the splits, then the line's bytes; 0xFC in them is an idle line, 0xFD lets
 * 100 ms pass.
 */
#ifndef TESTS_DECODER_FUZZ_H
#define TESTS_DECODER_FUZZ_H

#include "drivers/reader.h"

struct decoder_fuzz {
	const char *protocol;
	/* Sets what the option bits 1 and 2 mean. */
	void (*options)(unsigned bits, struct reader_options *options);
	const struct card_raw *(*raw)(const union reader_decoder *decoder);
	/* Aborts when the number is none of this protocol. */
	void (*number)(const char *number, const struct reader_options *options);
	enum card_error last_error; /* the greatest it tells */
};

/* LLVMFuzzerTestOneInput of a decoder. */
int decoder_fuzz(const struct decoder_fuzz *fuzz, const uint8_t *data, size_t size);

/* Aborts unless it holds. */
void decoder_fuzz_check(bool holds);

#endif
