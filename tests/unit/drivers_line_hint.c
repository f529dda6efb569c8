/* What a technician is told of a burst: rows of bytes and the beginning of the hint. */
#include <string.h>

#include <glib.h>

#include "drivers/line_hint.h"

#define S(text) text, sizeof(text) - 1

/* Transformations of the bytes on their way. */
enum fault { NONE, EVEN, ODD, MARK, DOUBLED };

static const struct row {
	const char *protocol, *options;
	enum fault fault;
	const char *bytes;
	size_t n;
	const char *hint; /* a part of it; NULL: none */
} rows[] = {
	/* --- the line ---------------------------------------------------------- */
	{"magstripe", "", EVEN, S(";9643001000000010=2912?\r"), "frame=7E1"},
	{"magstripe", "", ODD, S(";9643001000000010=2912?\r"), "frame=7O1"},
	{"magstripe", "", MARK, S(";9643001000000010=2912?\r"), "and a mark"},
	{"barcode", "", EVEN, S("4012345678901\r\n"), "frame=7E1"},
	{"rfid", "", EVEN,
	 S("\x02"
	   "0C000621A58E"
	   "\x03"),
	 "frame=7E1"},
	{"uid", "", ODD, S("04A1B2C3\r\n"), "frame=7O1"},
	{"magstripe", "", NONE, S("\x80\xf8\x1e\x86\xe6\x98\x01\xf8\x78\x06"),
	 "another speed"},
	{"barcode", "", NONE, S("\xf0\x0f\x83\xe1\xc0\xf8\x99\r"), "another speed"},
	{"magstripe", "", NONE, S("\0\0\0\xff\0\0"), "nothing drives the line"},
	{"magstripe", "", NONE, S("\0\xff"), NULL},
	{"magstripe", "", DOUBLED, S(";9643001?\r"), "each byte comes twice"},
	{"magstripe", "", NONE, S(";9643001?\r;9643001?\r"), "came twice at once"},
	{"magstripe", "", NONE, S(";9643001?\r;9643002?\r"), NULL},

	/* --- the protocol ------------------------------------------------------ */
	{"magstripe", "", NONE,
	 S("\x02"
	   "0C000621A58E"
	   "\x03"),
	 "RDM6300"},
	{"magstripe", "", NONE, S("\n0F0184F20B\r"), "style=parallax"},
	{"magstripe", "", NONE, S("4012345678901\r"), "protocol=barcode"},
	{"magstripe", "", NONE, S("04A1B2C3\r\n"), "protocol=uid"},
	{"rfid", "", NONE, S(";9643001000000010?\r"), "protocol=magstripe"},
	{"rfid", "", NONE, S("\n0F0184F20B\r"), "style=parallax"},
	{"rfid", "parallax", NONE,
	 S("\x02"
	   "0C000621A58E"
	   "\x03"),
	 "RDM6300"},
	{"barcode", "", NONE, S(";9643001000000010?\r"), "protocol=magstripe"},
	{"barcode", "", NONE,
	 S("\x02"
	   "0C000621A58E"
	   "\x03"),
	 "RDM6300"},
	{"barcode", "", NONE, S("04A1B2C3\r\n"), NULL},
	{"uid", "", NONE, S("4012345678901\r"), "protocol=barcode"},
	{"uid", "", NONE, S(";4111111111111111=2912?\r"), "protocol=magstripe"},

	/* --- the device's settings ------------------------------------------------ */
	{"barcode", "", NONE, S("9643001"), "no CR, LF or ETX"},
	{"uid", "", NONE, S("04A1B2C3"), "no CR, LF or ETX"},
	{"barcode", "", NONE, S("AB12\0\r"), "bcc=yes"},
	{"barcode", "bcc", NONE, S("AB12\0\r"), NULL},
	{"magstripe", "", NONE, S("21055012A01\r"), "sign-on text"},
	{"magstripe", "", NONE, S("9643001000000010\r"), "no frame of this protocol"},
	{"uid", "", NONE, S("08A1B2C3\r"), "made up anew"},

	/* --- nothing to say ---------------------------------------------------- */
	{"magstripe", "", NONE, S(";9643001000000010=2912?\r"), NULL},
	{"magstripe", "", NONE, S("%E?;E?\r"), NULL},
	{"magstripe", "", NONE, S(";22\r"), NULL},
	{"magstripe", "", NONE,
	 S("\x02\x1b"
	   "1\r\x03"),
	 NULL},
	{"magstripe", "", NONE, S(";4111111111111111=2912?\r"), NULL},
	{"rfid", "", NONE,
	 S("\x02"
	   "0C000621A58E"
	   "\x03"),
	 NULL},
	{"rfid", "parallax", NONE, S("\n0F0184F20B\r"), NULL},
	{"barcode", "", NONE, S("4012345678901\r"), NULL},
	{"barcode", "ean", NONE, S("AB12\r"), NULL},
	{"uid", "", NONE, S("04A1B2C3\r"), NULL},
	{"magstripe", "", NONE, S(""), NULL},
};

struct ear {
	struct reader_options options;
	struct card_rules rules;
	union reader_decoder decoder;
	struct line_hint hint;
};

static void ear_init(struct ear *ear, const char *protocol, const char *options)
{
	*ear = (struct ear){.rules = {.any = true}};
	ear->options = (struct reader_options){
		.protocol = reader_protocol_find(protocol),
		.rules = &ear->rules,
		.parallax = strstr(options, "parallax") != NULL,
		.ean = strstr(options, "ean") != NULL,
		.bcc = strstr(options, "bcc") != NULL,
	};
	ear->options.protocol->init(&ear->decoder, &ear->options);
	line_hint_init(&ear->hint, &ear->options);
}

static void on_card(const struct card_reading *reading, void *user)
{
	line_hint_card(user, reading);
}

static unsigned char damage(unsigned char c, enum fault fault)
{
	bool odd = __builtin_popcount(c) % 2 == 1;

	if ((fault == EVEN && odd) || (fault == ODD && !odd) || fault == MARK)
		return c | 0x80;
	return c;
}

static const char *hear(struct ear *ear, const struct row *row, size_t piece)
{
	unsigned char bytes[256];
	size_t n = 0;

	for (size_t i = 0; i < row->n; i++) {
		bytes[n++] = damage((unsigned char)row->bytes[i], row->fault);
		if (row->fault == DOUBLED)
			bytes[n++] = (unsigned char)row->bytes[i];
	}
	for (size_t from = 0; from < n; from += piece) {
		size_t some = MIN(piece, n - from);

		line_hint_bytes(&ear->hint, bytes + from, some, 0);
		ear->options.protocol->feed(&ear->decoder, bytes + from, some, 0, on_card,
					    &ear->hint);
	}
	ear->options.protocol->idle(&ear->decoder, on_card, &ear->hint);
	return line_hint_idle(&ear->hint);
}

static void test_rows(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		for (size_t piece = 1; piece < 300; piece = piece * 2 + 1) {
			struct ear ear;
			const char *hint;

			ear_init(&ear, rows[i].protocol, rows[i].options);
			hint = hear(&ear, &rows[i], piece);
			g_test_message("row %zu, %s: %s", i, rows[i].protocol,
				       hint ? hint : "-");
			if (rows[i].hint) {
				g_assert_nonnull(hint);
				g_assert_nonnull(strstr(hint, rows[i].hint));
			} else {
				g_assert_null(hint);
			}
			/* the decoders that ran beside keep nothing */
			g_assert_null(memmem(&ear.hint, sizeof(ear.hint), "96430", 5));
			g_assert_null(memmem(&ear.hint, sizeof(ear.hint), "41111", 5));
		}
	}
}

/* The same is said once, and again after something else. */
static void test_once(void)
{
	static const struct row bad = {"magstripe", "", EVEN, S(";9643001?\r"), NULL};
	static const struct row good = {"magstripe", "", NONE, S(";9643001?\r"), NULL};
	static const struct row silence = {"magstripe", "", NONE, S(""), NULL};
	struct ear ear;

	ear_init(&ear, "magstripe", "");
	g_assert_nonnull(hear(&ear, &bad, 99));
	g_assert_null(hear(&ear, &bad, 99));
	g_assert_null(hear(&ear, &silence, 99));
	g_assert_null(hear(&ear, &bad, 99));
	g_assert_null(hear(&ear, &good, 99));
	g_assert_nonnull(hear(&ear, &bad, 99));
}

/* Any bytes: no crash, and no hint that is no text. */
static void test_any_bytes(void)
{
	for (int i = 0; i < 20000; i++) {
		struct row row = {reader_protocols[i % 4].name, "", NONE, NULL, 0, NULL};
		char bytes[64];
		struct ear ear;
		const char *hint;

		row.n = (size_t)g_test_rand_int_range(0, sizeof(bytes));
		row.bytes = bytes;
		for (size_t k = 0; k < row.n; k++)
			bytes[k] = (char)g_test_rand_int();
		ear_init(&ear, row.protocol, "");
		hint = hear(&ear, &row, 7);
		g_assert_true(hint == NULL || g_utf8_validate(hint, -1, NULL));
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/line-hint/rows", test_rows);
	g_test_add_func("/line-hint/once", test_once);
	g_test_add_func("/line-hint/any-bytes", test_any_bytes);
	return g_test_run();
}
