/*
 * Bytes of a magnetic-stripe reader -> what is told. Add a row for each recording that
 * comes from the field.
 *
 * A row: a name, the loyalty prefixes, the LRC option, the bytes, and the log. In the bytes
 * {idle} is a line that was quiet for 300 ms; one more follows at the end. In the log `~`
 * is where the decoder was told of the idle line, so "card 1234 ~" was certain before it
 * and "~ card 1234" was not. Rows run whole, byte by byte, and split at random; the log
 * must be the same.
 */
#ifndef TESTS_DRIVERS_MAGSTRIPE_ROWS_H
#define TESTS_DRIVERS_MAGSTRIPE_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#define S(text) text, sizeof(text) - 1
#define LRC     true
#define D10     "1234567890"
#define D50     D10 D10 D10 D10 D10

/* Published test numbers; 9643... and 9644... are loyalty numbers made up. */
#define VISA1 "%B4111111111111111^TEST/CARD^29121010000000000000?"
#define VISA2 ";4111111111111111=29121010000000000000?"

static const struct row {
	const char *name;
	const char *prefix; /* NULL: any number is ours; several with ; */
	bool lrc;
	const char *bytes;
	size_t n;
	const char *log;
} rows[] = {
	/* --- numbers ----------------------------------------------------------- */
	{"track 2", "9643", 0, S(";9643001000000010=2912?\r"), "~ card 9643001000000010"},
	{"track 2 without =", "9643", 0, S(";9643001?\r"), "~ card 9643001"},
	{"foreign is a card too", "9643", 0, S(";7005123?\r"), "~ card 7005123"},
	{"no prefix named", NULL, 0, S(";7005123?\r"), "~ card 7005123"},
	{"4 digits", NULL, 0, S(";1234?\r"), "~ card 1234"},
	{"3 digits", NULL, 0, S(";123?\r"), "~ error format"},
	{"19 digits", NULL, 0, S(";7000000000000000001=?"), "~ card 7000000000000000001"},
	{"20 digits", NULL, 0, S(";70000000000000000001=?"), "~ error format"},
	{"nothing before =", NULL, 0, S(";=29121?"), "~ error format"},
	{"other characters before =", NULL, 0, S(";1234:5=29?"), "~ error format"},
	{"letters inside track 2", NULL, 0, S(";12A4?"), "~ error bad-char"},
	{"track 1 whole", NULL, 0, S("%AB12?\r"), "~ card AB12"},
	{"track 1 of 3", NULL, 0, S("%AB1?\r"), "~ error format"},
	{"track 1 of 40", NULL, 0, S("%7000000000000000000000000000000000000XYZ?"),
	 "~ card 7000000000000000000000000000000000000XYZ"},
	{"track 1 of 41", NULL, 0, S("%70000000000000000000000000000000000000XYZ?"),
	 "~ error format"},
	{"track 1 with ^", NULL, 0, S("%9643001^A^?"), "~ error format"},
	{"track 1 in lower case", NULL, 0, S("%ab12?"), "~ error format"},
	{"format B, prefix named", "9643", 0, S("%B9643001000000010^GUEST^2912?"),
	 "~ card 9643001000000010"},
	{"format B, second prefix", "77;9643", 0, S("%B9643001000000010^GUEST^2912?"),
	 "~ card 9643001000000010"},
	{"format B with blanks", "9643", 0, S("%B9643 0010 0000 0010^GUEST^2912?"),
	 "~ card 9643001000000010"},
	{"format B, short, prefix named", "9643", 0, S("%B9643001^GUEST^?"),
	 "~ card 9643001"},
	{"format B without ^", "9643", 0, S("%B9643001?"), "~ card 9643001"},
	{"format B, short, no prefix", NULL, 0, S("%B9643001^GUEST^?"), "~ error format"},
	{"format B, other prefix", "9643", 0, S("%B7005001?"), "~ card B7005001"},
	{"track 3 with +", NULL, 0, S("+7005123456=1?"), "~ card 7005123456"},
	{"track 3 with !", NULL, 0, S("!7005123456?"), "~ card 7005123456"},
	{"track 3 with #", NULL, 0, S("#7005123456?"), "~ card 7005123456"},
	{"order 2, 1, 3", NULL, 0, S("%AA11?;2222?+3333?"), "card 2222 ~"},
	{"order 1, 3", NULL, 0, S("%AA11?;E?+3333?"), "card AA11 ~"},
	{"order 3", NULL, 0, S("%E?;E?+3333?"), "card 3333 ~"},
	{"tracks in another order", NULL, 0, S("+3333?;2222?%AA11?"), "card 2222 ~"},
	{"a good track without a number", NULL, 0, S("%AA11?;22?"), "~ card AA11"},

	/* --- framings, one a family of readers ---------------------------------- */
	{"MagTek with all switches", NULL, 0, S("\x02\x1b%AA11?;2222?\r\x03"),
	 "card 2222 ~"},
	{"MagTek with LRC", NULL, LRC, S("\x02%AA11?x;2222?;+3333??\r\x03"),
	 "card 2222 ~"},
	{"MagTek track 3 '!'", NULL, 0, S("\x02;E?!3333?\r\x03"), "card 3333 ~"},
	{"insertion reader", NULL, 0, S("\x02\x1b;2222?1\r\x03"), "card 2222 ~"},
	{"insertion reader, in and out", NULL, 0,
	 S("\x02\x1b"
	   "1\r\x03\x02\x1b;2222?0\r\x03\x02\x1b"
	   "0\r\x03"),
	 "card 2222 ~"},
	{"ID TECH", NULL, 0, S("%AA11?\r;2222?\r"), "~ card 2222"},
	{"UIC with LRC", NULL, LRC, S("\x02%AA11?9\x10\x02;2222?8\x10\x02+3333?7\x03"),
	 "card 2222 ~"},
	{"UIC without LRC", NULL, 0, S("\x02;2222?\x10\x03"), "card 2222 ~"},
	{"Unitech preamble", NULL, 0, S("MSR-A:;2222?/end\r"), "~ card 2222"},
	{"Ultimate, good", NULL, 0, S("%AA11?\r;2222?\r"), "~ card 2222"},
	{"Ultimate, bad", NULL, 0, S("M2!\r"), "~ error read-error"},
	{"Ultimate, both bad", NULL, 0, S("M1!\rM2!\r"), "~ error read-error"},
	{"Ultimate, one bad", NULL, 0, S("M1!\r;2222?\r"), "~ card 2222"},
	{"Ultimate, bad again", NULL, 0, S("M2!\rM2!\r"),
	 "error read-error ~ error read-error"},
	{"M1! then data is track 3", NULL, 0, S("M1!3333?"), "~ card 3333"},
	{"M1! then ETX", NULL, 0, S("M1!\x03"), "error truncated ~"},
	{"M1! and no more", NULL, 0, S("M1!"), "~ error truncated"},
	{"M1! with another start", NULL, 0, S("M1!;2222?"), "~ card 2222"},
	{"M3! is no mark", NULL, 0, S("M3!\r"), "~ error truncated"},
	{"M and a track", NULL, 0, S("M;2222?MM1;2222?"), "card 2222 ~ card 2222"},
	{"Extech", NULL, 0, S("/1/%AA11?\r\n/2/;2222?\r\n"), "~ card 2222"},
	{"Extech, bad", NULL, 0,
	 S("\x1b"
	   "E,01,parity\r\n"),
	 "~ error read-error"},
	{"Extech, nearly", NULL, 0,
	 S("\x1b"
	   "E,x\x1b"
	   "E1\x1b,01\r"),
	 "~"},

	/* --- marks and errors -------------------------------------------------- */
	{"E on track 2", NULL, 0, S(";E?\r"), "~ error read-error"},
	{"E on all tracks", NULL, 0, S("%E?;E?+E?\r"), "error read-error ~"},
	{"E and a good track", NULL, 0, S("%E?;2222?\r"), "~ card 2222"},
	{"EE is no mark", NULL, 0, S(";EE?"), "~ error bad-char"},
	{"empty tracks", NULL, 0, S("%?;?\r"), "~ error read-error"},
	{"empty and good", NULL, 0, S("%?;2222?\r"), "~ card 2222"},
	{"start without end", NULL, 0, S(";2222"), "~ error truncated"},
	{"start and nothing", NULL, 0, S(";"), "~ error truncated"},
	{"cut by CR", NULL, 0, S(";2222\r"), "~ error truncated"},
	{"cut by LF", NULL, 0, S(";2222\n"), "~ error truncated"},
	{"cut by ETX", NULL, 0, S(";2222\x03"), "error truncated ~"},
	{"cut by DLE", NULL, 0, S(";2222\x10"), "~ error truncated"},
	{"track 1 cut by CR", NULL, 0, S("%AA11\r"), "~ error truncated"},
	{"track 1 cut by LF, then a track", NULL, 0, S("%AA11\n;2222?"), "~ card 2222"},
	{"track 1 cut by DLE, then a track", NULL, 0, S("%AA11\x10;2222?"),
	 "~ card 2222"},
	{"a second start", NULL, 0, S(";22;2222?"), "error truncated ~ card 2222"},
	{"track 2 cut by track 1", NULL, 0, S(";22%AA11?"), "~ card AA11"},
	{"track 3 cut by track 2", NULL, 0, S("+33;2222?"), "~ card 2222"},
	{"+ inside track 2", NULL, 0, S(";22+2222?"), "~ error bad-char"},
	{"% ; inside track 1 are data", NULL, 0, S("%AA;1%1?"), "~ error format"},
	{"control byte inside", NULL, 0,
	 S(";22\x02"
	   "22?"),
	 "~ error bad-char"},
	{"NUL inside", NULL, 0,
	 S("%AA\0"
	   "11?"),
	 "~ error bad-char"},
	{"DEL inside track 1", NULL, 0,
	 S("%AA\x7f"
	   "11?"),
	 "~ error bad-char"},
	{"~ inside track 1", NULL, 0, S("%AA~11?"), "~ error format"},
	{"7E1 read as 8N1", NULL, 0,
	 S(";\xb1\xb2"
	   "3\xb4?"),
	 "~ error bad-char"},
	{"first error in the order", NULL, 0, S("%A\x01?;E?"), "~ error read-error"},
	{"truncated before bad-char", NULL, 0, S("%A\x01?;22\r"), "~ error truncated"},
	{"bad-char before overlong", NULL, 0, S("%\x01?;" D50 "?"), "~ error bad-char"},
	{"overlong before format", NULL, 0, S("%A?;" D50 "?"), "~ error overlong"},

	/* --- lengths ----------------------------------------------------------- */
	{"track 2 of 37", NULL, 0, S(";7=" D10 D10 D10 "12345?"), "~ error format"},
	{"track 2 of 38", NULL, 0, S(";7=" D10 D10 D10 "123456?"), "~ error overlong"},
	{"track 1 of 76", NULL, 0, S("%" D50 D10 D10 "123456?"), "~ error format"},
	{"track 1 of 77", NULL, 0, S("%" D50 D10 D10 "1234567?"), "~ error overlong"},
	{"track 3 of 104", NULL, 0, S("+" D50 D50 "1234?"), "~ error format"},
	{"track 3 of 105", NULL, 0, S("+" D50 D50 "12345?"), "~ error overlong"},
	{"200 and an end", NULL, 0, S("+" D50 D50 D50 D50 "?;2222?"), "~ card 2222"},
	{"200 and a cut", NULL, 0, S("+" D50 D50 D50 D50 "\r"), "~ error truncated"},
	{"201 and a cut", NULL, 0, S("+" D50 D50 D50 D50 "1\r"), "~ error overlong"},
	{"a stuck line", NULL, 0, S(";" D50 D50 D50 D50 D50 D50 D50), "~ error overlong"},
	{"a stuck line, then a card", NULL, 0, S("+" D50 D50 D50 D50 D50 ";2222?"),
	 "~ card 2222"},

	/* --- swipes in a burst ------------------------------------------------- */
	{"two in one read", NULL, 0, S(";1111?\r;2222?\r"), "card 1111 ~ card 2222"},
	{"two by ETX", NULL, 0, S("\x02;1111?\x03\x02%AA11?\x03"),
	 "card 1111 card AA11 ~"},
	{"two by the idle line", NULL, 0, S(";1111?{idle}%AA11?"),
	 "~ card 1111 ~ card AA11"},
	{"a frame cut by the idle line", NULL, 0, S(";11{idle}11?;2222?"),
	 "~ error truncated ~ card 2222"},
	{"three tracks are a swipe", NULL, 0, S("%AA11?;1111?+3333?;2222?"),
	 "card 1111 ~ card 2222"},
	{"ETX after three tracks", NULL, 0, S("%AA11?;1111?+3333?\r\x03"), "card 1111 ~"},
	{"idle twice", NULL, 0, S(";1111?{idle}{idle}"), "~ card 1111 ~ ~"},

	/* --- LRC --------------------------------------------------------------- */
	{"LRC like ?", NULL, LRC, S(";1111??\r"), "~ card 1111"},
	{"LRC like ;", NULL, LRC, S(";1111?;\r"), "~ card 1111"},
	{"LRC like ETX", NULL, LRC, S(";1111?\x03\r"), "~ card 1111"},
	{"LRC missing", NULL, LRC, S(";1111?{idle};2222?x"), "~ card 1111 ~ card 2222"},
	{"LRC after E", NULL, LRC, S("%E?%;2222?+"), "~ card 2222"},
	{"unexpected LRC like ;", NULL, 0, S(";1111?;\r"), "card 1111 ~ error truncated"},

	/* --- nothing ----------------------------------------------------------- */
	{"silence", NULL, 0, S(""), "~"},
	{"line ends", NULL, 0, S("\r\n\r\n\r"), "~"},
	{"noise", NULL, 0, S("\0\0\xff\xff\xfe printable \x80"), "~"},
	{"noise before a start", NULL, 0, S("\0\xff hello?\x1b;2222?"), "~ card 2222"},
	{"end without start", NULL, 0, S("2222?\r"), "~"},
	{"ETX alone", NULL, 0, S("\x02\x03\x03"), "~"},
	{"card sensor", NULL, 0,
	 S("\x02\x1b"
	   "1\r\x03"),
	 "~"},
	{"sign-on text", NULL, 0, S("21055012A01\r"), "~"},
	{"sign-on, then a card", NULL, 0, S("21055012A01\r;2222?\r"), "~ card 2222"},
	{"8-bit garbage", NULL, 0, S("\x80\x90\xa5\xbb\xff\x01\x02"), "~"},

	/* --- the guard --------------------------------------------------------- */
	{"bank card", NULL, 0, S(VISA1 VISA2 "\r"), "refused payment-card ~"},
	{"bank card with blanks", NULL, 0, S("%B4111 1111 1111 1111^TEST^29?"),
	 "refused payment-card ~"},
	{"bank card, track 2 only", NULL, 0, S(VISA2 "\r"), "refused payment-card ~"},
	{"bank card, track 1 only", "9643", 0, S(VISA1 "\r"), "refused payment-card ~"},
	{"bank card, track 2 first", NULL, 0, S(VISA2 VISA1), "refused payment-card ~"},
	{"bank card, tracks on two lines", NULL, 0, S(VISA1 "\r" VISA2 "\r"),
	 "refused payment-card ~"},
	{"bank card, track 2 failed", NULL, 0, S(VISA1 ";E?\r"),
	 "refused payment-card ~"},
	{"bank card, track 1 failed", NULL, 0, S("%E?" VISA2), "refused payment-card ~"},
	{"bank card, three tracks", NULL, 0, S(VISA1 VISA2 "+3333?"),
	 "refused payment-card ~"},
	{"bank card cut in track 1", NULL, 0, S("%B411111111111\r"),
	 "refused payment-card ~"},
	{"bank card cut by the idle line", NULL, 0, S("%B4111111111111111^TE"),
	 "~ refused payment-card"},
	{"bank card cut, 11 digits", NULL, 0, S("%B41111111111\r"), "~ error truncated"},
	{"bank card cut in track 2", NULL, 0, S(";4111111111111111\r"),
	 "refused payment-card ~"},
	{"bank card cut short in track 2", NULL, 0, S(";411111111111111\r"),
	 "~ error truncated"},
	{"bank card with a bad character", NULL, 0, S(";4111111111111111=29\x80?"),
	 "refused payment-card ~"},
	{"bank card, overlong", NULL, 0, S(";4111111111111111=" D50 "?"),
	 "refused payment-card ~"},
	{"bank card, stuck line", NULL, 0, S(";4111111111111111=" D50 D50 D50 D50 D50),
	 "refused payment-card ~"},
	{"bank card behind a good track", NULL, 0, S(";2222?+4111111111111111?"),
	 "refused payment-card ~"},
	{"bank card, then a loyalty track", NULL, 0, S(VISA1 ";2222?+3333?"),
	 "refused payment-card ~"},
	{"bank card, then a loyalty card", "9643", 0,
	 S(VISA1 VISA2 "\r;9643001000000010?\r"),
	 "refused payment-card ~ card 9643001000000010"},
	{"bank card, then one by the idle line", "9643", 0,
	 S(VISA2 "\r{idle};9643001000000010?\r"),
	 "refused payment-card ~ ~ card 9643001000000010"},
	{"bank card twice", NULL, 0, S(VISA2 VISA2),
	 "refused payment-card refused payment-card ~"},
	{"bank card with LRC", NULL, LRC, S(VISA1 "?" VISA2 ";\r"),
	 "refused payment-card ~"},
	{"Luhn wrong on track 2", NULL, 0, S(";4111111111111112=29?"),
	 "~ card 4111111111111112"},
	{"Luhn wrong, but format B", NULL, 0, S("%B4111111111111112^A^29?"),
	 "refused payment-card ~"},
	{"a loyalty prefix does not open core", "4111", 0, S(VISA2),
	 "refused payment-card ~"},
	{"Maestro", NULL, 0, S(";6390000000000005?"), "refused payment-card ~"},
	{"loyalty in Maestro's range", "639", 0, S(";6390000000000005?"),
	 "~ card 6390000000000005"},
	{"UnionPay, Luhn wrong", "62", 0, S(";6212345678901234?"),
	 "refused payment-card ~"},
	{"licence", NULL, 0,
	 S("%CALOS ANGELES^DOE$JOHN^1 MAIN^?;636014012345678=24021985?"),
	 "refused id-document ~"},
	{"licence, track 2 only", NULL, 0, S(";636014012345678=24021985?"),
	 "refused id-document ~"},
	{"licence, with track 3", NULL, 0, S(";636014012345678=24021985?#\" ABC?"),
	 "refused id-document ~"},
};

#endif
