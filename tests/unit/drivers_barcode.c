/* Rows of bytes of barcode scanners and what is told of them (tests/lib/decoder_rows.h). Add a
 * row for each recording that comes from the field. */
#include <glib.h>

#include "drivers/barcode.h"
#include "tests/lib/decoder_rows.h"

#define E   "ean"
#define B   "bcc"
#define D10 "1234567890"
#define D40 D10 D10 D10 D10

static const struct decoder_row rows[] = {
	/* --- framing ----------------------------------------------------------- */
	{"CR", NULL, "", S("4012345678901\r"), "card 4012345678901 ~"},
	{"LF", NULL, "", S("4012345678901\n"), "card 4012345678901 ~"},
	{"CR LF", NULL, "", S("4012345678901\r\n"), "card 4012345678901 ~"},
	{"STX and ETX", NULL, "",
	 S("\x02"
	   "4012345678901\x03"),
	 "card 4012345678901 ~"},
	{"STX, CR and ETX", NULL, "",
	 S("\x02"
	   "4012345678901\r\x03"),
	 "card 4012345678901 ~"},
	{"ETX, a check byte behind", NULL, "",
	 S("\x02"
	   "AB12\x03"
	   "p{idle}AB13\r"),
	 "card AB12 ~ card AB13 ~"},
	{"two framed", NULL, "",
	 S("\x02"
	   "AB12\x03\x02"
	   "AB13\x03"),
	 "card AB12 card AB13 ~"},
	{"two in one read", NULL, "", S("AB12\rAB13\r\nAB12\n"),
	 "card AB12 card AB13 card AB12 ~"},
	{"no end", NULL, "", S("4012345678901"), "~ error truncated"},
	{"STX and no end", NULL, "",
	 S("\x02"
	   "4012345678901"),
	 "~ error truncated"},
	{"a second start", NULL, "",
	 S("\x02"
	   "AB1\x02"
	   "AB12\x03"),
	 "error truncated card AB12 ~"},
	{"cut by the idle line", NULL, "", S("AB{idle}12\r"),
	 "~ error truncated card 12 ~"},
	{"blanks stay", NULL, "", S(" AB 12 \r"), "card  AB 12  ~"},

	/* --- check bytes ------------------------------------------------------- */
	{"BCC", NULL, B,
	 S("AB12"
	   "\x00"
	   "\r"),
	 "card AB12 ~"},
	{"BCC printable", NULL, B,
	 S("AB1"
	   "2"
	   "\r"),
	 "card AB1 ~"},
	{"BCC like CR", NULL, B,
	 S("18AE"
	   "\r"
	   "\r"),
	 "card 18AE ~"},
	{"BCC like LF, then LF", NULL, B,
	 S("18BA"
	   "\n"
	   "\n"),
	 "card 18BA ~"},
	{"BCC like ETX", NULL, B,
	 S("\x02"
	   "12"
	   "\x03"
	   "\x03"),
	 "card 12 ~"},
	{"BCC wrong", NULL, B, S("AB12\x01\r"), "error checksum ~"},
	{"BCC missing", NULL, B, S("4012345678901\r"), "error checksum ~"},
	{"BCC like CR and no end", NULL, B, S("18AE\r"), "~ error truncated"},
	{"BCC like CR, then more", NULL, B, S("18AE\rX\r"), "error bad-char ~"},
	{"BCC not expected", NULL, "", S("AB12\x01\r"), "error bad-char ~"},

	/* --- AIM prefixes ------------------------------------------------------ */
	{"EAN-13", NULL, "", S("]E04012345678901\r"), "card 4012345678901 ~"},
	{"EAN-13, wrong digit", NULL, "", S("]E04012345678902\r"), "error checksum ~"},
	{"UPC-A of 12", NULL, "", S("]E0036000291452\r"), "card 036000291452 ~"},
	{"UPC-A of 13", NULL, "", S("]E00036000291452\r"), "card 0036000291452 ~"},
	{"EAN of 11", NULL, "", S("]E040123456789\r"), "error format ~"},
	{"EAN of letters", NULL, "", S("]E0401234567890A\r"), "error format ~"},
	{"EAN-8", NULL, "", S("]E496385074\r"), "card 96385074 ~"},
	{"EAN-8, wrong digit", NULL, "", S("]E496385075\r"), "error checksum ~"},
	{"EAN-8 of 13", NULL, "", S("]E44012345678901\r"), "error format ~"},
	{"2-digit add-on", NULL, "", S("]E112\r"), "error format ~"},
	{"5-digit add-on", NULL, "", S("]E212345\r"), "error format ~"},
	{"Code 128", NULL, "", S("]C0AB-12\r"), "card AB-12 ~"},
	{"Code 128, any digits", NULL, "", S("]C04012345678902\r"),
	 "card 4012345678902 ~"},
	{"GS1-128", NULL, "", S("]C1019643001\r"), "card 019643001 ~"},
	{"GS1-128 with GS", NULL, "",
	 S("]C101\x1d"
	   "9643001\r"),
	 "error bad-char ~"},
	{"Code 39, I 2 of 5, DataBar, QR", NULL, "",
	 S("]A0A1\r]I012\r]e023\r]Q1https://x\r"),
	 "card A1 card 12 card 23 card https://x ~"},
	{"a bracket is no prefix", NULL, "", S("]-12\r]\r]E\r"),
	 "card ]-12 card ] card ]E ~"},
	{"prefix and nothing", NULL, "", S("]C0\r"), "error format ~"},
	{"EAN prefix and nothing", NULL, "", S("]E0\r"), "error format ~"},

	/* --- the ean profile ----------------------------------------------------- */
	{"ean, 13", NULL, E, S("4012345678901\r"), "card 4012345678901 ~"},
	{"ean, 12", NULL, E, S("036000291452\r"), "card 036000291452 ~"},
	{"ean, 8", NULL, E, S("96385074\r"), "card 96385074 ~"},
	{"ean, with prefix", NULL, E, S("]E04012345678901\r"), "card 4012345678901 ~"},
	{"ean, as Code 128", NULL, E, S("]C04012345678901\r"), "card 4012345678901 ~"},
	{"ean, wrong digit", NULL, E, S("4012345678902\r"), "error checksum ~"},
	{"ean, 14", NULL, E, S("10036000291459\r"), "error format ~"},
	{"ean, 7", NULL, E, S("9638507\r"), "error format ~"},
	{"ean, letters", NULL, E, S("AB12\r"), "error format ~"},
	{"ean, no read", NULL, E, S("NOREAD\r"), "error read-error ~"},
	{"no profile, wrong digit", NULL, "", S("4012345678902\r"),
	 "card 4012345678902 ~"},
	{"in-store prefix", "29", E, S("2912345678906\r"), "card 2912345678906 ~"},

	/* --- errors ------------------------------------------------------------ */
	{"no reads", NULL, "", S("NR\rNOREAD\r\nNO LABEL\n"),
	 "error read-error error read-error error read-error ~"},
	{"no read, nearly", NULL, "", S("NR1\rNOREADS\r"), "card NR1 card NOREADS ~"},
	{"8 bits", NULL, "",
	 S("AB\xb1"
	   "2\r"),
	 "error bad-char ~"},
	{"8 bits first", NULL, "",
	 S("\xb1"
	   "234\r"),
	 "error bad-char ~"},
	{"UTF-8", NULL, "",
	 S("\xd0\x9a"
	   "12\r"),
	 "error bad-char ~"},
	{"control byte", NULL, "",
	 S("AB\x01"
	   "12\r"),
	 "error bad-char ~"},
	{"NUL inside", NULL, "",
	 S("AB\0"
	   "12\r"),
	 "error bad-char ~"},
	{"DEL", NULL, "", S("AB\x7f\r"), "error bad-char ~"},
	{"only blanks", NULL, "", S("   \r"), "error format ~"},
	{"40 characters", NULL, "", S("ABCDEFGHIJ" D10 D10 D10 "\r"),
	 "card ABCDEFGHIJ" D10 D10 D10 " ~"},
	{"40 and an AIM prefix", NULL, "", S("]C0ABCDEFGHIJ" D10 D10 D10 "\r"),
	 "card ABCDEFGHIJ" D10 D10 D10 " ~"},
	{"41 characters", NULL, "", S("X" D40 "\r"), "error overlong ~"},
	{"a long line", NULL, "", S("X" D40 D40 "\rAB12\r"),
	 "error overlong card AB12 ~"},
	{"a stuck line", NULL, "", S("X" D40 D40 D40 D40), "error overlong ~"},

	/* --- nothing ----------------------------------------------------------- */
	{"silence", NULL, "", S(""), "~"},
	{"line ends", NULL, "", S("\r\n\r\n\x02\x03\n"), "~"},
	{"noise", NULL, "", S("\0\xff\0\x1b\xff"), "~"},
	{"noise before a code", NULL, "",
	 S("\0\xff\x1b"
	   "AB12\r"),
	 "card AB12 ~"},

	/* --- the guard --------------------------------------------------------- */
	{"bank card's number", NULL, "", S("4111111111111111\r"),
	 "refused payment-card ~"},
	{"with blanks", NULL, "", S("4111 1111 1111 1111\r"), "refused payment-card ~"},
	{"with an AIM prefix", NULL, "", S("]C04111111111111111\r"),
	 "refused payment-card ~"},
	{"inside a text", NULL, "", S("pay:4111111111111111;x\r"),
	 "refused payment-card ~"},
	{"with the ean profile", NULL, E, S("4111111111111111\r"),
	 "refused payment-card ~"},
	{"cut", NULL, "", S("4111111111111111"), "~ refused payment-card"},
	{"with a bad character", NULL, "", S("4111111111111111\xb1\r"),
	 "refused payment-card ~"},
	{"a loyalty prefix does not open it", "4111", "", S("4111111111111111\r"),
	 "refused payment-card ~"},
	{"with BCC", NULL, B, S("4111111111111111\x05\r"), "refused payment-card ~"},
	{"an EAN never is one", NULL, "", S("4600000000060\r]E04600000000060\r"),
	 "card 4600000000060 card 4600000000060 ~"},
	{"13 digits, no EAN, Luhn right", NULL, "", S("4600000000011\r"),
	 "refused payment-card ~"},
	{"Maestro", NULL, "", S("6390000000000005\r"), "refused payment-card ~"},
	{"Maestro's range, our prefix", "639", "", S("6390000000000005\r"),
	 "card 6390000000000005 ~"},
	{"track 2 on the wrong protocol", NULL, "",
	 S(";4111111111111111=29121010000000000000?\r"), "refused payment-card ~"},
	{"both tracks on the wrong protocol", NULL, "",
	 S("%B4111111111111111^TEST/CARD^29121010000000000000?"
	   ";4111111111111111=29121010000000000000?\r"),
	 "refused payment-card ~"},
	{"licence's number", NULL, "", S("636014012345678\r"), "refused id-document ~"},
	{"licence's PDF417", NULL, "",
	 S("@\n\x1e\rANSI 636014080102DL00410278ZC03190008DLDAQD1234562 XYXYXYX\n"
	   "DCSDOE\nDACJOHN\r\n{idle}AB12\r"),
	 "refused id-document ~ card AB12 ~"},
	{"passport", NULL, "",
	 S("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\r"
	   "L898902C36UTO7408122F1204159ZE184226B<<<<<10\r"),
	 "refused id-document ~"},
};

static const struct card_raw *raw_of(const union reader_decoder *decoder)
{
	return &decoder->barcode.raw;
}

static const struct decoder_table table = {
	.protocol = "barcode",
	.rows = rows,
	.n = G_N_ELEMENTS(rows),
	.raw = raw_of,
	.bytes = "pay 4111-1111-11111111 or %B4111111111111111^T\r",
	.number = "4111111111111111",
	.good = "]E04012345678901\r",
	.good_number = "4012345678901",
};

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	decoder_rows_add(&table);
	return g_test_run();
}
