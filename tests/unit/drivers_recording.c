/* Recordings: what is written of a burst, that it plays as the same, and that nothing of a bank
 * card is in it. */
#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>
#include <poll.h>

#include "drivers/port.h"
#include "drivers/reader.h"
#include "drivers/recording.h"

#define S(text) text, sizeof(text) - 1
#define VISA1   "%B4111111111111111^TEST/CARD^29121010000000000000?"
#define VISA2   ";4111111111111111=29121010000000000000?"

struct tape {
	GString *text, *told;
	struct card_rules rules;
	struct reader_options options;
	union reader_decoder decoder;
	struct recording recording;
};

static void on_text(const char *text, size_t n, void *user)
{
	struct tape *tape = user;

	g_string_append_len(tape->text, text, (gssize)n);
}

static void on_card(const struct card_reading *reading, void *user)
{
	static const char *const words[] = {"card", "error", "payment", "document"};
	struct tape *tape = user;

	g_string_append_printf(tape->told, "%s%s;", words[reading->result],
			       reading->result == CARD_ERROR
				       ? card_error_name(reading->error)
				       : reading->number);
	recording_card(&tape->recording, reading);
}

static void tape_init(struct tape *tape, const char *protocol)
{
	memset(tape, 0, sizeof(*tape));
	tape->text = g_string_new(NULL);
	tape->told = g_string_new(NULL);
	tape->rules.any = true;
	tape->options.protocol = reader_protocol_find(protocol);
	tape->options.rules = &tape->rules;
	tape->options.protocol->init(&tape->decoder, &tape->options);
	recording_init(&tape->recording, &tape->rules, protocol, on_text, tape);
}

static void tape_clear(struct tape *tape)
{
	g_string_free(tape->text, TRUE);
	g_string_free(tape->told, TRUE);
}

static void come(struct tape *tape, const char *bytes, size_t n, int64_t now_ms)
{
	const struct reader_protocol *protocol = tape->options.protocol;

	recording_bytes(&tape->recording, (const unsigned char *)bytes, n, now_ms,
			!protocol->pending(&tape->decoder));
	protocol->feed(&tape->decoder, (const unsigned char *)bytes, n, now_ms, on_card,
		       tape);
}

static void idle(struct tape *tape)
{
	static const unsigned char empty[RECORDING_BYTES_MAX];

	tape->options.protocol->idle(&tape->decoder, on_card, tape);
	recording_idle(&tape->recording);
	g_assert_true(memcmp(tape->recording.bytes, empty, sizeof(empty)) == 0);
}

#ifndef TILLASK_TINY_BUFFERS

static const struct {
	const char *protocol;
	const char *bytes;
	size_t n;
	const char *text;
} rows[] = {
	/* as it came */
	{"magstripe", S("\x02\x1b;9643001?\r\x03"), "+0 02 1b \";9643001?\" 0d 03\n"},
	{"magstripe", S("%E?;E?\r"), "+0 \"%E?;E?\" 0d\n"},
	{"magstripe", S("M1!\rM2!\r"), "+0 \"M1!\" 0d \"M2!\" 0d\n"},
	{"magstripe", S("\0\xff\x80"), "+0 00 ff 80\n"},
	{"magstripe", S("say \"hello\""), "+0 \"say \" 22 \"hello\" 22\n"},
	{"rfid",
	 S("\x02"
	   "0C000621A58F"
	   "\x03"),
	 "+0 02 \"0C000621A58F\" 03\n"},
	{"barcode", S("NOREAD\r"), "+0 \"NOREAD\" 0d\n"},
	{"barcode", S("]E04012345678901\r"), "+0 \"]E04012345678901\" 0d\n"},
	{"uid", S("04a1b2c\r"), "+0 \"04a1b2c\" 0d\n"},
	/* refused */
	{"magstripe", S(VISA1 VISA2 "\r"),
	 "+0 \"%X6200000000000000^XXXX/XXXX^62000000000000000000?"
	 ";6200000000000000=62000000000000000000?\" 0d\n"},
	{"magstripe", S("%B4111 1111 1111 1111^Test/C^29?"),
	 "+0 \"%X6200 0000 0000 0000^Xxxx/X^00?\"\n"},
	{"magstripe", S(";636014012345678=2402?\r"),
	 "+0 \";636000000000000=0000?\" 0d\n"},
	{"magstripe", S("%CALOS ANGELES^DOES$JOHN^?"),
	 "+0 \"%XXXXX XXXXXXX^XXXX$XXXX^?\"\n"},
	{"barcode", S("4111111111111111\r"), "+0 \"6200000000000000\" 0d\n"},
	{"rfid", S("\x02;4111111111111111=29?\x03"),
	 "+0 02 \";6200000000000000=00?\" 03\n"},
	/* cut, or not read, or not told at all */
	{"magstripe", S("%B41111111111\r"), "+0 \"%X00000000000\" 0d\n"},
	{"magstripe", S(";41111"), "+0 \";00000\"\n"},
	{"magstripe", S("1111111111=2912?\r"), "+0 \"0000000000=0000?\" 0d\n"},
	{"magstripe", S("4111111"), "+0 \"0000000\"\n"},
	{"magstripe", S(";4111x111?"), "+0 \";0000x000?\"\n"},
	{"barcode", S("41111111111"), "+0 \"00000000000\"\n"},
	{"uid", S("41111111111\r"), "+0 \"00000000000\" 0d\n"},
	/* with the wrong parity: digits all the same; the parity stays (0 is even) */
	{"magstripe", S(";\xb4\xb1\xb1\xb1\xb1\xb1\xb1\xb1\xb1\xb1\xb1\xb1?\r"),
	 "+0 \";000000000000?\" 0d\n"},
	{"magstripe",
	 S("\xbb\xb4"
	   "111\xb2\x3f"),
	 "+0 bb \"0\" b0 b0 b0 \"0?\"\n"},
	/* skipped as noise before a good card */
	{"magstripe", S("4111111111111111;9643001?"),
	 "+0 \"0000000000000000;0000000?\"\n"},
};

static void test_rows(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct tape tape;

		tape_init(&tape, rows[i].protocol);
		come(&tape, rows[i].bytes, rows[i].n, 5000);
		idle(&tape);
		g_test_message("%s", tape.text->str);
		g_assert_cmpstr(tape.text->str, ==, rows[i].text);
		tape_clear(&tape);
	}
}

static void test_times(void)
{
	struct tape tape;

	tape_init(&tape, "magstripe");
	come(&tape, ";96", 3, 5000);
	come(&tape, "43", 2, 5000);
	come(&tape, "001?", 4, 5017);
	idle(&tape);
	come(&tape, ";E?\r", 4, 7000);
	idle(&tape);
	idle(&tape);
	g_assert_cmpstr(tape.text->str, ==,
			"+0 \";9643\"\n+17 \"001?\"\n+1983 \";E?\" 0d\n");
	tape_clear(&tape);
}

/* What was written is played by replay: and told as before. */
static void check_played(const struct tape *tape)
{
	g_autofree char *file = NULL, *device = NULL;
	const struct port_options options = {.baud = 9600, .frame = {8, 'N', 1}};
	struct tape again;
	enum port_read what;
	struct port *port;

	close(g_file_open_tmp("tillask-tape-XXXXXX", &file, NULL));
	g_assert_true(g_file_set_contents(file, tape->text->str, -1, NULL));
	device = g_strconcat("replay:", file, "@1000", NULL);
	port = port_open(device, &options, NULL);
	g_assert_nonnull(port);
	tape_init(&again, tape->options.protocol->name);
	do {
		struct pollfd p = {.fd = port_fd(port), .events = POLLIN};
		char bytes[16];
		size_t n;

		poll(&p, 1, 1000);
		what = port_read(port, bytes, sizeof(bytes), &n);
		if (what == PORT_DATA)
			come(&again, bytes, n, 0);
	} while (what == PORT_DATA || what == PORT_QUIET);
	idle(&again);
	port_close(port);
	g_unlink(file);
	if (strstr(tape->told->str, "card") == NULL)
		g_assert_cmpstr(again.told->str, ==, tape->told->str);
	tape_clear(&again);
}

static void test_played(void)
{
	static const struct {
		const char *protocol, *bytes;
	} swipes[] = {
		{"magstripe", VISA1 VISA2 "\r"},
		{"magstripe", VISA1},
		{"magstripe", "\x02\x1b" VISA2 "1\r\x03"},
		{"magstripe", "%B4111111111111\r"},
		{"magstripe", "%B41111111111\r"},
		{"magstripe", ";636014012345678=2402?"},
		{"magstripe", "%CALOS ANGELES^DOE$JOHN^1 MAIN^?"},
		{"magstripe", "%E?;E?\r"},
		{"magstripe", "M1!\r"},
		{"magstripe", ";22;E?"},
		{"magstripe", ";41\x01"
			      "1?"},
		{"magstripe", ";411111111111111111111111111111111111111111111?"},
		{"magstripe", ";70000000000000000001=?"},
		{"rfid", "\x02"
			 "0C000621A58F\x03"},
		{"rfid", "\x02"
			 "0C000621A5\x03"},
		{"rfid", "\x02;4111111111111111=29?\x03"},
		{"barcode", "4111 1111 1111 1111\r"},
		{"barcode", "NOREAD\r"},
		{"barcode", "4012345"},
		{"uid", "04a1b2c\r"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(swipes); i++) {
		struct tape tape;

		tape_init(&tape, swipes[i].protocol);
		come(&tape, swipes[i].bytes, strlen(swipes[i].bytes), 0);
		idle(&tape);
		g_test_message("%s -> %s", tape.text->str, tape.told->str);
		check_played(&tape);
		tape_clear(&tape);
	}
}

#endif

/* A bank card cut at every byte, in bursts, with garbage and good cards around, at every speed
 * of reading: four digits of it in a row never stand in the recording. */
static void test_bank_cards(void)
{
	static const char swipe[] = "\x02\x1b" VISA1 "\r" VISA2 "\r\x03";

	for (size_t cut = 0; cut < sizeof(swipe); cut++) {
		for (int i = 0; i < 40; i++) {
			struct tape tape;
			size_t from = 0;

			tape_init(&tape, i % 4 == 3 ? "barcode" : "magstripe");
			while (from < sizeof(swipe) - 1) {
				size_t n = (size_t)g_test_rand_int_range(1, 40);

				n = MIN(n, (from < cut ? cut : sizeof(swipe) - 1) - from);
				come(&tape, swipe + from, n, (int64_t)from);
				from += n;
				if (from == cut)
					idle(&tape);
			}
			idle(&tape);
			if (strstr(tape.text->str, "4111") ||
			    strstr(tape.text->str, "1111") ||
			    strstr(tape.text->str, "2912") ||
			    strstr(tape.text->str, "TEST"))
				g_error("cut at %zu: %s", cut, tape.text->str);
			tape_clear(&tape);
		}
	}
}

/* More than the memory holds, without an end: it is written blanked, a piece at a time. */
static void test_endless(void)
{
	struct tape tape;

	tape_init(&tape, "magstripe");
	for (int i = 0; i < 1000; i++)
		come(&tape, ";4111111111111", 14, i);
	idle(&tape);
	g_assert_cmpuint(tape.text->len, >, 14000);
	g_assert_null(strstr(tape.text->str, "4111"));
	tape_clear(&tape);

	/* an RFID card that lies there: whole frames, as they came */
	tape_init(&tape, "rfid");
	for (int i = 0; i < 1000; i++)
		come(&tape,
		     "\x02"
		     "0C000621A58E\x03",
		     14, i * 65);
	idle(&tape);
	g_assert_nonnull(strstr(tape.text->str, "+65 02 \"0C000621A58E\" 03\n"));
	g_assert_null(strstr(tape.text->str, "0C000000"));
	tape_clear(&tape);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#ifndef TILLASK_TINY_BUFFERS
	g_test_add_func("/recording/rows", test_rows);
	g_test_add_func("/recording/times", test_times);
	g_test_add_func("/recording/played", test_played);
#endif
	g_test_add_func("/recording/bank-cards", test_bank_cards);
	g_test_add_func("/recording/endless", test_endless);
	return g_test_run();
}
