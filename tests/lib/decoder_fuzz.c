#include "tests/lib/decoder_fuzz.h"

#include <stdlib.h>
#include <string.h>

#define READINGS_MAX 512
#define IDLE         0xFC
#define PASS         0xFD

struct run {
	const struct decoder_fuzz *fuzz;
	const struct reader_protocol *protocol;
	struct reader_options options;
	union reader_decoder decoder;
	int64_t now_ms;
	size_t n;
	struct card_reading readings[READINGS_MAX];
};

void decoder_fuzz_check(bool holds)
{
	if (!holds)
		abort();
}

/* The textbook's Visa of 16 digits. */
static bool is_visa(const char *number)
{
	static const unsigned twice[] = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
	unsigned sum = 0;

	if (number[0] != '4' || strspn(number, "0123456789") < 16 ||
	    (number[16] >= '0' && number[16] <= '9'))
		return false;
	for (int i = 0; i < 16; i += 2)
		sum += twice[number[i] - '0'] + (unsigned)(number[i + 1] - '0');
	return sum % 10 == 0;
}

static void assert_empty(const struct run *run)
{
	static const struct card_raw empty;

	decoder_fuzz_check(memcmp(run->fuzz->raw(&run->decoder), &empty, sizeof(empty)) ==
			   0);
}

static void on_card(const struct card_reading *reading, void *user)
{
	struct run *run = user;

	if (reading->result == CARD_NUMBER) {
		decoder_fuzz_check(strlen(reading->number) <= CARD_NUMBER_MAX);
		for (const char *at = reading->number; *at; at++)
			decoder_fuzz_check(
				!is_visa(at) ||
				(at > reading->number && at[-1] >= '0' && at[-1] <= '9'));
		run->fuzz->number(reading->number, &run->options);
	} else {
		decoder_fuzz_check(reading->number[0] == '\0');
		decoder_fuzz_check(reading->result != CARD_ERROR ||
				   reading->error <= run->fuzz->last_error);
	}
	assert_empty(run);
	decoder_fuzz_check(run->n < READINGS_MAX);
	run->readings[run->n++] = *reading;
}

static void quiet(struct run *run)
{
	run->now_ms += run->protocol->idle_ms;
	run->protocol->idle(&run->decoder, on_card, run);
	decoder_fuzz_check(!run->protocol->pending(&run->decoder));
	assert_empty(run);
}

/* seed 0: byte by byte; 1: whole; else pieces of pseudo-random length. */
static void play(struct run *run, const uint8_t *bytes, size_t n, unsigned seed)
{
	size_t from = 0;

	for (size_t i = 0; i <= n; i++) {
		bool mark = i == n || bytes[i] == IDLE || bytes[i] == PASS;
		bool cut = seed == 0 ||
			   (seed > 1 && (seed = seed * 1103515245U + 12345U) >> 30 == 0);

		if (!mark && !cut)
			continue;
		run->protocol->feed(&run->decoder, bytes + from, i - from, run->now_ms,
				    on_card, run);
		from = i + mark;
		if (i == n || bytes[i] == IDLE)
			quiet(run);
		else if (bytes[i] == PASS)
			run->now_ms += 100;
	}
}

static void start(struct run *run, const struct decoder_fuzz *fuzz, unsigned bits,
		  const struct card_rules *rules)
{
	memset(run, 0, sizeof(*run));
	run->fuzz = fuzz;
	run->protocol = reader_protocol_find(fuzz->protocol);
	run->options = (struct reader_options){.rules = rules};
	fuzz->options(bits, &run->options);
	run->protocol->init(&run->decoder, &run->options);
}

int decoder_fuzz(const struct decoder_fuzz *fuzz, const uint8_t *data, size_t size)
{
	static struct run runs[3];
	struct card_rules rules = {.any = true};

	if (size < 2 || size > READINGS_MAX)
		return 0;
	if (data[0] & 4)
		memcpy(rules.prefix[rules.n++].digits, "9643", 5);
	if (data[0] & 8)
		memcpy(rules.prefix[rules.n++].digits, "4111", 5);
	for (unsigned i = 0; i < 3; i++) {
		start(&runs[i], fuzz, data[0] & 3, &rules);
		play(&runs[i], data + 2, size - 2, i < 2 ? i : data[1] + 2U);
		decoder_fuzz_check(runs[i].n == runs[0].n);
		decoder_fuzz_check(memcmp(runs[i].readings, runs[0].readings,
					  sizeof(runs[0].readings)) == 0);
	}
	runs[0].n = 0;
	runs[0].protocol->feed(&runs[0].decoder, data, size, 0, on_card, &runs[0]);
	runs[0].protocol->reset(&runs[0].decoder);
	decoder_fuzz_check(!runs[0].protocol->pending(&runs[0].decoder));
	assert_empty(&runs[0]);
	return 0;
}
