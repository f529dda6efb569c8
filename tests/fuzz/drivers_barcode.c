/* Fuzzes the barcode decoder for its promises (tests/lib/decoder_fuzz.h); option 1: ean, 2: a
 * check byte. */
#include <string.h>

#include "tests/lib/decoder_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void set_options(unsigned bits, struct reader_options *options)
{
	options->ean = bits & 1;
	options->bcc = bits & 2;
}

static const struct card_raw *raw_of(const union reader_decoder *decoder)
{
	return &decoder->barcode.raw;
}

static void check_number(const char *number, const struct reader_options *options)
{
	decoder_fuzz_check(number[0] != '\0' && strcmp(number, "NOREAD") != 0);
	decoder_fuzz_check(strspn(number, " ") != strlen(number));
	for (const char *at = number; *at; at++)
		decoder_fuzz_check(*at >= 0x20 && *at <= 0x7E);
	decoder_fuzz_check(!options->ean || card_ean(number));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct decoder_fuzz fuzz = {"barcode", set_options, raw_of,
						 check_number, CARD_CHECKSUM};

	return decoder_fuzz(&fuzz, data, size);
}
