/* Fuzzes the uid decoder for its promises (tests/lib/decoder_fuzz.h); option 1: reversed. */
#include <string.h>

#include "tests/lib/decoder_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void set_options(unsigned bits, struct reader_options *options)
{
	options->reverse = bits & 1;
}

static const struct card_raw *raw_of(const union reader_decoder *decoder)
{
	return &decoder->uid.raw;
}

static void check_number(const char *number, const struct reader_options *options)
{
	size_t n = strlen(number);

	(void)options;
	decoder_fuzz_check(n == 8 || n == 14 || n == 20);
	decoder_fuzz_check(strspn(number, "0123456789ABCDEF") == n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct decoder_fuzz fuzz = {"uid", set_options, raw_of, check_number,
						 CARD_LENGTH};

	return decoder_fuzz(&fuzz, data, size);
}
