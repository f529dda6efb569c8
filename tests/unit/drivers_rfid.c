/* Rows of bytes of 125 kHz modules and what is told of them (tests/lib/decoder_rows.h). Add a
 * row for each recording that comes from the field. */
#include <string.h>

#include <glib.h>

#include "drivers/rfid.h"
#include "tests/lib/decoder_rows.h"

#define P "parallax"

/* 0C^00^06^21^A5 = 8E: the example of the ID-12 data sheet. */
#define CARD  "0C000621A58E"
#define FRAME "\x02" CARD "\x03"
#define OTHER          \
	"\x02"         \
	"0F0302E2C02C" \
	"\x03"

static const struct decoder_row rows[] = {
	/* --- numbers ----------------------------------------------------------- */
	{"RDM6300", NULL, "", S(FRAME), "card 0C000621A5 ~"},
	{"ID-12", NULL, "", S("\x02" CARD "\r\n\x03"), "card 0C000621A5 ~"},
	{"lower case", NULL, "",
	 S("\x02"
	   "0c000621a58e"
	   "\x03"),
	 "card 0C000621A5 ~"},
	{"all zeros", NULL, "",
	 S("\x02"
	   "000000000000"
	   "\x03"),
	 "card 0000000000 ~"},
	{"digits that look like a bank card", NULL, "",
	 S("\x02"
	   "410000010040"
	   "\x03"),
	 "card 4100000100 ~"},
	{"Parallax", NULL, P, S("\n0F0184F20B\r"), "card 0F0184F20B ~"},
	{"Parallax in lower case", NULL, P, S("\n0f0184f20b\r"), "card 0F0184F20B ~"},

	/* --- one presentation -------------------------------------------------- */
	{"the same at once", NULL, "", S(FRAME FRAME), "card 0C000621A5 ~"},
	{"while it lies there", NULL, "",
	 S(FRAME "{65}" FRAME "{65}" FRAME "{65}" FRAME "{290}" FRAME "{290}" FRAME),
	 "card 0C000621A5 ~"},
	{"for longer than a second", NULL, "",
	 S(FRAME "{idle}{idle}" FRAME "{idle}{idle}{idle}" FRAME "{idle}"),
	 "card 0C000621A5 ~ ~ ~ ~ ~ ~ ~"},
	{"taken away for a second", NULL, "", S(FRAME "{1000}" FRAME),
	 "card 0C000621A5 ~ card 0C000621A5 ~"},
	{"nearly a second", NULL, "", S(FRAME "{999}" FRAME), "card 0C000621A5 ~ ~"},
	{"another card", NULL, "", S(FRAME OTHER), "card 0C000621A5 card 0F0302E2C0 ~"},
	{"a bad frame between", NULL, "",
	 S(FRAME "\x02"
		 "0C000621A58F"
		 "\x03" FRAME),
	 "card 0C000621A5 error checksum ~"},
	{"case is no other card", NULL, "",
	 S(FRAME "\x02"
		 "0c000621a58e"
		 "\x03"),
	 "card 0C000621A5 ~"},
	{"Parallax while it lies there", NULL, P, S("\n0F0184F20B\r\n0F0184F20B\r"),
	 "card 0F0184F20B ~"},

	/* --- errors ------------------------------------------------------------ */
	{"wrong checksum", NULL, "",
	 S("\x02"
	   "0C000621A56E"
	   "\x03"),
	 "error checksum ~"},
	{"11 digits", NULL, "",
	 S("\x02"
	   "0C000621A58"
	   "\x03"),
	 "error length ~"},
	{"13 digits", NULL, "",
	 S("\x02"
	   "0C000621A58E0"
	   "\x03"),
	 "error length ~"},
	{"nothing inside", NULL, "", S("\x02\x03"), "error length ~"},
	{"no hex digit", NULL, "",
	 S("\x02"
	   "0C000621A58G"
	   "\x03"),
	 "error bad-char ~"},
	{"8 bits", NULL, "",
	 S("\x02"
	   "0C000621A5\xb8"
	   "E\x03"),
	 "error bad-char ~"},
	{"NUL inside", NULL, "",
	 S("\x02"
	   "0C00\0"
	   "621A58E\x03"),
	 "error bad-char ~"},
	{"bad-char before length", NULL, "",
	 S("\x02"
	   "0G\x03"),
	 "error bad-char ~"},
	{"CR inside", NULL, "",
	 S("\x02"
	   "0C0006\r21A58E\x03"),
	 "error bad-char ~"},
	{"CR LF alone inside", NULL, "", S("\x02\r\n\x03"), "error length ~"},
	{"a second start", NULL, "",
	 S("\x02"
	   "0C00" FRAME),
	 "error truncated card 0C000621A5 ~"},
	{"a second start at once", NULL, "", S("\x02" FRAME),
	 "error truncated card 0C000621A5 ~"},
	{"no end", NULL, "", S("\x02" CARD), "~ error truncated"},
	{"no end, then a frame", NULL, "", S("\x02" CARD "{idle}" FRAME),
	 "~ error truncated card 0C000621A5 ~"},
	{"32 bytes", NULL, "",
	 S("\x02"
	   "00000000000000000000000000000000"
	   "\x03"),
	 "error length ~"},
	{"33 bytes", NULL, "",
	 S("\x02"
	   "000000000000000000000000000000000"
	   "\x03" FRAME),
	 "error overlong card 0C000621A5 ~"},
	{"a stuck line of line ends", NULL, "",
	 S("\x02"
	   "\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r"),
	 "error overlong ~"},
	{"Parallax, 9 digits", NULL, P, S("\n0F0184F20\r"), "error length ~"},
	{"Parallax with a checksum", NULL, P, S("\n" CARD "\r"), "error length ~"},
	{"Parallax, no hex digit", NULL, P, S("\n0F0184F20X\r"), "error bad-char ~"},
	{"Parallax, a second start", NULL, P, S("\n0F01\n0F0184F20B\r"),
	 "error truncated card 0F0184F20B ~"},
	{"Parallax, no end", NULL, P, S("\n0F0184F20B"), "~ error truncated"},

	/* --- nothing ----------------------------------------------------------- */
	{"silence", NULL, "", S(""), "~"},
	{"noise", NULL, "", S("\0\xff\xfe hello 0C000621A58E\r\n"), "~"},
	{"noise before the start", NULL, "", S("\0\xff 12\r\n" FRAME),
	 "card 0C000621A5 ~"},
	{"end without start", NULL, "", S(CARD "\x03\x03"), "~"},
	{"Parallax, line ends", NULL, P, S("\r\n\r\n\n\n\r\r\n"), "~"},
	{"Parallax frame on the standard", NULL, "", S("\n0F0184F20B\r"), "~"},

	/* --- the guard: a magnetic reader on the wrong protocol ------------------ */
	{"bank card", NULL, "", S("\x02;4111111111111111=29121?\x03"),
	 "refused payment-card ~"},
	{"bank card, long", NULL, "",
	 S("\x02%B4111111111111111^TEST/CARD^29121010000000000?\x03"),
	 "refused payment-card ~"},
	{"bank card, cut", NULL, "", S("\x02;4111111111111111"),
	 "~ refused payment-card"},
	{"bank card, started again", NULL, "", S("\x02;4111111111111111\x02"),
	 "refused payment-card ~ error truncated"},
	{"licence", NULL, "", S("\x02;636014012345678=2402?\x03"),
	 "refused id-document ~"},
	{"Parallax, bank card", NULL, P, S("\n4111111111111111\r"),
	 "refused payment-card ~"},
};

static const struct card_raw *raw_of(const union reader_decoder *decoder)
{
	return &decoder->rfid.raw;
}

static void test_decimal(void)
{
	static const struct {
		const char *number, *decimal;
	} decimals[] = {
		{"0C000621A5", "0000401829"}, {"0c000621a5", "0000401829"},
		{"FFFFFFFFFF", "4294967295"}, {"0000000000", "0000000000"},
		{"0F0302E2C0", "0050520768"},
	};
	static const char *const others[] = {"", "0C000621A", "0C000621A58",
					     "0C000621AX"};
	char out[RFID_DIGITS + 1] = "";

	for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
		g_assert_false(rfid_decimal(others[i], out));
	g_assert_cmpstr(out, ==, "");
	for (size_t i = 0; i < G_N_ELEMENTS(decimals); i++) {
		g_assert_true(rfid_decimal(decimals[i].number, out));
		g_assert_cmpstr(out, ==, decimals[i].decimal);
	}
}

static const struct decoder_table table = {
	.protocol = "rfid",
	.rows = rows,
	.n = G_N_ELEMENTS(rows),
	.raw = raw_of,
	.bytes = "\x02;4111111111111111=29121?\x03",
	.number = "4111111111111111",
	.good = "\x02" CARD "\x03",
	.good_number = "0C000621A5",
};

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	decoder_rows_add(&table);
	g_test_add_func("/rfid/decimal", test_decimal);
	return g_test_run();
}
