/* Rows of bytes of 13.56 MHz modules and what is told of them (tests/lib/decoder_rows.h). Add
 * a row for each recording that comes from the field. */
#include <glib.h>

#include "drivers/uid.h"
#include "tests/lib/decoder_rows.h"

#define D10 "0123456789"

static const struct decoder_row rows[] = {
	/* --- numbers ----------------------------------------------------------- */
	{"4 bytes", NULL, "", S("04A1B2C3\r\n"), "card 04A1B2C3 ~"},
	{"7 bytes", NULL, "", S("04A1B2C3D4E5F6\r"), "card 04A1B2C3D4E5F6 ~"},
	{"10 bytes", NULL, "", S("04A1B2C3D4E5F60718A9\n"),
	 "card 04A1B2C3D4E5F60718A9 ~"},
	{"lower case", NULL, "", S("04a1b2c3\r"), "card 04A1B2C3 ~"},
	{"LF CR", NULL, "", S("04A1B2C3\n\r"), "card 04A1B2C3 ~"},
	{"STX and ETX", NULL, "",
	 S("\x02"
	   "04A1B2C3\x03"),
	 "card 04A1B2C3 ~"},
	{"ACG type byte", NULL, "",
	 S("\x01"
	   "04A1B2C3\r\n"),
	 "card 04A1B2C3 ~"},
	{"ACG type byte FF", NULL, "",
	 S("\xff"
	   "04A1B2C3\r\n"),
	 "card 04A1B2C3 ~"},
	{"reversed", NULL, "reverse", S("04A1B2C3\r"), "card C3B2A104 ~"},
	{"7 bytes reversed", NULL, "reverse", S("04a1b2c3d4e5f6\r"),
	 "card F6E5D4C3B2A104 ~"},

	/* --- one presentation -------------------------------------------------- */
	{"the same at once", NULL, "", S("04A1B2C3\r\n04a1b2c3\r\n"), "card 04A1B2C3 ~"},
	{"again after a second", NULL, "", S("04A1B2C3\r\n{1000}04A1B2C3\r\n"),
	 "card 04A1B2C3 ~ card 04A1B2C3 ~"},
	{"another card", NULL, "", S("04A1B2C3\r\n04A1B2C4\r\n"),
	 "card 04A1B2C3 card 04A1B2C4 ~"},

	/* --- errors ------------------------------------------------------------ */
	{"7 digits", NULL, "", S("04A1B2C\r"), "error length ~"},
	{"9 digits", NULL, "", S("04A1B2C30\r"), "error length ~"},
	{"10 digits", NULL, "", S(D10 "\r"), "error length ~"},
	{"one digit", NULL, "", S("0\r"), "error length ~"},
	{"no hex digit", NULL, "", S("04A1B2CG\r"), "error bad-char ~"},
	{"a blank", NULL, "", S("04 A1 B2 C3\r"), "error bad-char ~"},
	{"a wrong parity", NULL, "",
	 S("\xb0"
	   "4A1\xb2"
	   "C3\r"),
	 "error bad-char ~"},
	{"a wrong parity, first byte", NULL, "",
	 S("\xb0"
	   "4A1B2C3D\r"),
	 "error bad-char ~"},
	{"NUL inside", NULL, "", S("04A1\0B2C3\r"), "error bad-char ~"},
	{"no end", NULL, "", S("04A1B2C3"), "~ error truncated"},
	{"a second start", NULL, "",
	 S("\x02"
	   "04A1\x02"
	   "04A1B2C3\x03"),
	 "error truncated card 04A1B2C3 ~"},
	{"32 digits", NULL, "", S(D10 D10 "ABCDEF012345\r"), "error length ~"},
	{"33 digits", NULL, "", S(D10 D10 "ABCDEF0123456\r04A1B2C3\r"),
	 "error overlong card 04A1B2C3 ~"},
	{"a stuck line", NULL, "",
	 S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), "error overlong ~"},

	/* --- nothing ----------------------------------------------------------- */
	{"silence", NULL, "", S(""), "~"},
	{"line ends", NULL, "", S("\r\n\r\n\n\r\x03"), "~"},
	{"noise", NULL, "", S("\0\xff\0\xff\x1b"), "~"},
	{"noise before a line", NULL, "",
	 S("\0\0\xff"
	   "04A1B2C3\r"),
	 "card 04A1B2C3 ~"},

	/* --- the guard --------------------------------------------------------- */
	{"bank card's number", NULL, "", S("4111111111111111\r"),
	 "refused payment-card ~"},
	{"bank card's number of 14", NULL, "", S("30569309025904\r"),
	 "refused payment-card ~"},
	{"bank card, cut", NULL, "", S(";4111111111111111"), "~ refused payment-card"},
	{"bank card on the wrong protocol", NULL, "",
	 S("%B4111111111111111^TEST/CARD^29121010000?\r"), "refused payment-card ~"},
	{"licence", NULL, "", S(";636014012345678=2402?\r"), "refused id-document ~"},
};

static const struct card_raw *raw_of(const union reader_decoder *decoder)
{
	return &decoder->uid.raw;
}

static const struct decoder_table table = {
	.protocol = "uid",
	.rows = rows,
	.n = G_N_ELEMENTS(rows),
	.raw = raw_of,
	.bytes = ";4111111111111111=29121?\r",
	.number = "4111111111111111",
	.good = "04A1B2C3D4E5F6\r",
	.good_number = "04A1B2C3D4E5F6",
};

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	decoder_rows_add(&table);
	return g_test_run();
}
