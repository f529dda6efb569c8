/* decode: how fast each decoder is, and that it never allocates.  `make bench` runs it.
 *
 *     BENCH_ROUNDS=N   rounds of each measurement, 1 to 21 (default 5)
 *     T=WORD           only if "decode" holds WORD
 *
 * The measure is the fastest line, 115,200 Bd, which brings 11,520 bytes a second; wanted is a
 * thousand of them.  The bytes come in pieces of 64, as a port gives them: good frames, a bank
 * card, noise and cut frames, so that the guard and every error are on the way.  Allocations are
 * counted by malloc() itself, which is this program's.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "drivers/display.h"
#include "drivers/reader.h"

#define LINE_BYTES_S 11520.0
#define LEAST_TIMES  1000
#define PIECE        64
#define ROUND_S      0.2
#define ROUNDS_MAX   21

/* glibc's own, which is called through here and counted. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *memory, size_t size);

static unsigned long allocations;

void *malloc(size_t size)
{
	allocations++;
	return __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	allocations++;
	return __libc_calloc(n, size);
}

void *realloc(void *memory, size_t size)
{
	allocations++;
	return __libc_realloc(memory, size);
}

#define BANK \
	"%B4111111111111111^TEST/CARD^29121010000000000000?;4111111111111111=29121010?\r"

/* What one device of each kind may send in a row. */
static const struct stream {
	const char *name, *bytes;
	bool parallax, bcc;
} streams[] = {
	{"magstripe",
	 "%9643001000000010?;9643001000000010=2912?\r\x03%E?;E?\r\x03;22;2222?\x03" BANK
	 "\x03\x02noise",
	 false, false},
	{"rfid",
	 "\x02"
	 "0C000621A58E\x03\x02"
	 "0F0302E2C02C\r\n\x03\x02"
	 "0C000621A58F\x03"
	 "\x02"
	 "0C00\x02" BANK "noise",
	 false, false},
	{"rfid", "\n0F0184F20B\r\n0F0184F20C\r\n0F\r\n" BANK "noise", true, false},
	{"barcode",
	 "4012345678901\r\n]E04012345678901\r\n]C0AB-12\r\nNOREAD\r\n4111111111111111\r\n" BANK,
	 false, false},
	{"barcode",
	 "AB1"
	 "2"
	 "\r18AE\r\r401234567890A\r\n",
	 false, true},
	{"uid", "04A1B2C3\r\n04a1b2c3d4e5f6\r\n04A1\r\n4111111111111111\r\n" BANK, false,
	 false},
	{"escpos",
	 "\x1b@\x0c"
	 "TOTAL:        12.50\x1f$\x01\x02"
	 "THANK YOU",
	 false, false},
	{"cd5220", "\x0c\x1bQATOTAL        12.50\r\x1bQBTHANK YOU\r", false, false},
	{"dsp800",
	 "\x04\x01"
	 "C1X\x17TOTAL:        12.50\x04\x01P5\x17THANK YOU",
	 false, false},
	{"utc", "\x1fTOTAL:        12.50\x10\x14THANK YOU\x1buATOTAL\r", false, false},
	{"aedex", "!#1TOTAL:        12.50\r!#2THANK YOU\r", false, false},
	{"surepos", "\x11TOTAL:        12.50\x10\x14THANK YOU", false, false},
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* A decoder with its stream, repeated to make up whole pieces. */
static struct {
	unsigned char bytes[64 * PIECE];
	size_t n;
	struct card_rules rules;
	const struct reader_protocol *reader; /* NULL: a display */
	union reader_decoder decoder;
	struct display display;
	unsigned long told;
} work;

static void on_card(const struct card_reading *reading, void *user)
{
	(void)reading;
	(void)user;
	work.told++;
}

static bool prepare(const struct stream *stream)
{
	const struct display_protocol *display = display_protocol_find(stream->name);
	const struct reader_options options = {
		.rules = &work.rules, .parallax = stream->parallax, .bcc = stream->bcc};
	const struct display_options shown = {.protocol = display};
	size_t length = strlen(stream->bytes);

	memset(&work, 0, sizeof(work));
	work.rules.any = true;
	for (work.n = 0; work.n < sizeof(work.bytes); work.n++)
		work.bytes[work.n] = (unsigned char)stream->bytes[work.n % length];
	work.reader = reader_protocol_find(stream->name);
	if (work.reader)
		work.reader->init(&work.decoder, &options);
	else if (display)
		display_init(&work.display, &shown);
	return work.reader || display;
}

static void decode_all(int64_t now_ms)
{
	for (size_t at = 0; at < work.n; at += PIECE) {
		if (work.reader)
			work.reader->feed(&work.decoder, work.bytes + at, PIECE, now_ms,
					  on_card, NULL);
		else
			display_feed(&work.display, work.bytes + at, PIECE);
	}
}

static double now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Bytes a second. */
static double round_of(void)
{
	double begun = now_s(), now = begun;
	double bytes = 0;

	for (int64_t ms = 0; now - begun < ROUND_S; ms += 2000) {
		decode_all(ms);
		bytes += (double)work.n;
		now = now_s();
	}
	return bytes / (now - begun);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* True: fast enough, and nothing was allocated. */
static bool measure(const struct stream *stream, int rounds)
{
	double rate[ROUNDS_MAX], times;
	unsigned long before;
	bool reached;

	if (!prepare(stream)) {
		printf("decode %s: there is no such decoder\n", stream->name);
		return false;
	}
	decode_all(0);
	before = allocations;
	for (int i = 0; i < rounds; i++)
		rate[i] = round_of() / LINE_BYTES_S;
	before = allocations - before;
	qsort(rate, (size_t)rounds, sizeof(rate[0]), compare);
	times = rate[rounds / 2];
	reached = times >= LEAST_TIMES && before == 0;
	printf("decode %-9s %8.0f x 115,200 Bd  (wanted %d; rounds %.0f to %.0f)  %lu "
	       "allocations  %s\n",
	       stream->name, times, LEAST_TIMES, rate[0], rate[rounds - 1], before,
	       reached ? "reached" : "MISSED");
	return reached;
}

int main(void)
{
	const char *text = getenv("BENCH_ROUNDS"), *only = getenv("T");
	int rounds = text ? atoi(text) : 5, missed = 0;
	void *probe;

	if (only && !strstr("decode", only))
		return 0;
	rounds = rounds < 1 ? 1 : rounds > ROUNDS_MAX ? ROUNDS_MAX : rounds;
	probe = malloc(1); /* the counter counts */
	if (!probe || allocations == 0)
		return 1;
	free(probe);
	for (size_t i = 0; i < COUNT(streams); i++)
		missed += !measure(&streams[i], rounds);
	printf("%d of %zu decoders missed\n", missed, COUNT(streams));
	return 0;
}
