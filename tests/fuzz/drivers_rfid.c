/* Fuzzes the rfid decoder for its promises (tests/lib/decoder_fuzz.h); option 1: Parallax. */
#include <string.h>

#include "tests/lib/decoder_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void set_options(unsigned bits, struct reader_options *options)
{
	options->parallax = bits & 1;
}

static const struct card_raw *raw_of(const union reader_decoder *decoder)
{
	return &decoder->rfid.raw;
}

static void check_number(const char *number, const struct reader_options *options)
{
	char decimal[RFID_DIGITS + 1];

	(void)options;
	decoder_fuzz_check(strlen(number) == RFID_DIGITS);
	decoder_fuzz_check(strspn(number, "0123456789ABCDEF") == RFID_DIGITS);
	decoder_fuzz_check(rfid_decimal(number, decimal));
	decoder_fuzz_check(strspn(decimal, "0123456789") == RFID_DIGITS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct decoder_fuzz fuzz = {"rfid", set_options, raw_of,
						 check_number, CARD_LENGTH};

	return decoder_fuzz(&fuzz, data, size);
}
