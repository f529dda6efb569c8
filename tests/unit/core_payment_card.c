/* The guard: every range at its edges, every rule of payment_card.h, licences. */
#include <string.h>

#include <glib.h>

#include "core/payment_card.h"

enum class { NONE, CORE, ALWAYS, BROAD };

/* First digits -> class. Numbers are filled with zeros to 16 digits. */
static const struct {
	const char *first;
	enum class class;
} range_rows[] = {
	{"2199", NONE},  {"2200", CORE},  {"2204", CORE}, {"2205", NONE},  {"4", CORE},
	{"49", CORE},    {"50", BROAD},   {"51", CORE},   {"55", CORE},    {"56", BROAD},
	{"58", BROAD},   {"59", NONE},    {"2220", NONE}, {"2221", CORE},  {"2720", CORE},
	{"2721", NONE},  {"33", NONE},    {"34", CORE},   {"35", NONE},    {"36", CORE},
	{"37", CORE},    {"38", CORE},    {"39", CORE},   {"3527", NONE},  {"3528", CORE},
	{"3589", CORE},  {"3590", NONE},  {"60", BROAD},  {"6010", BROAD}, {"6011", CORE},
	{"6012", BROAD}, {"61", BROAD},   {"62", ALWAYS}, {"63", BROAD},   {"639", BROAD},
	{"643", BROAD},  {"644", CORE},   {"649", CORE},  {"65", CORE},    {"66", BROAD},
	{"67", BROAD},   {"69", BROAD},   {"70", NONE},   {"80", NONE},    {"81", CORE},
	{"82", BROAD},   {"299", NONE},   {"300", CORE},  {"305", CORE},   {"306", NONE},
	{"3088", NONE},  {"9643", NONE},  {"0", NONE},    {"1", NONE},     {"83", NONE},
	{"9791", NONE},  {"9792", BROAD}, {"9793", NONE},
};

/* `first`, zeros, and a check digit that is right, or wrong by one. */
static void make_number(char *out, const char *first, size_t n, bool right)
{
	unsigned sum = 0;

	memset(out, '0', n);
	memcpy(out, first, strlen(first));
	out[n] = '\0';
	for (size_t i = 0; i + 1 < n; i++) {
		unsigned digit = (unsigned)(out[i] - '0') * ((n - i) % 2 == 0 ? 2 : 1);

		sum += digit / 10 + digit % 10;
	}
	out[n - 1] = (char)('0' + (10 - sum % 10 + (right ? 0 : 1)) % 10);
}

static struct card_rules with_prefix(const char *prefix)
{
	struct card_rules rules = {.any = true};

	if (prefix) {
		rules.any = false;
		rules.n = 1;
		g_strlcpy(rules.prefix[0].digits, prefix, sizeof(rules.prefix[0].digits));
	}
	return rules;
}

static enum payment_card_verdict track(int number, const char *text, const char *prefix)
{
	struct card_rules rules = with_prefix(prefix);
	struct card_raw raw = {0};

	for (; *text; text++)
		card_raw_add(&raw, (unsigned char)*text);
	return payment_card_track(number, &raw, &rules);
}

/* Every range at 12 to 19 digits, Luhn right and wrong, with and without a prefix; through
 * a number and through each track. 11 and 20 digits are never one. */
static void test_ranges(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(range_rows); i++) {
		enum class class = range_rows[i].class;

		for (size_t n = 11; n <= 20; n++) {
			for (int right = 0; right < 2; right++) {
				struct card_rules none = with_prefix(NULL);
				struct card_rules ours = with_prefix(range_rows[i].first);
				bool long_enough = n >= 12 && n <= 19;
				bool core = class == ALWAYS || (class == CORE && right);
				bool alone = long_enough &&
					     (core || (class == BROAD && right));
				bool prefixed = long_enough && core;
				char number[21];

				make_number(number, range_rows[i].first, n, right);
				g_test_message("%s", number);
				g_assert_true(payment_card_number(number, &none) ==
					      alone);
				g_assert_true(payment_card_number(number, &ours) ==
					      prefixed);
				for (int t = 1; t <= 3; t++) {
					g_assert_true((track(t, number, NULL) ==
						       PAYMENT_CARD_PAYMENT) == alone);
					g_assert_true(
						(track(t, number, range_rows[i].first) ==
						 PAYMENT_CARD_PAYMENT) == prefixed);
				}
			}
		}
	}
}

#define P PAYMENT_CARD_PAYMENT
#define D PAYMENT_CARD_DOCUMENT
#define C PAYMENT_CARD_CLEAR

/* Published test numbers and constructed ones; no person's. */
static const struct {
	int track;
	const char *text;
	const char *prefix;
	enum payment_card_verdict verdict;
} track_rows[] = {
	/* rule 1: B and 12 digits, whatever Luhn and brand say */
	{1, "B964300100000^NAME^2912", NULL, P},
	{1, "B96430010000^NAME^2912", NULL, C}, /* 11 */
	{1, "B964300100000", NULL, P},          /* cut */
	{1, "B9643 0010 0000^N", NULL, P},      /* blanks do not count */
	{1, "B 9643 0010 000^N", NULL, C},
	{1, "A964300100000^NAME^2912", NULL, C},
	{1, "964300100000", NULL, C},
	/* its exception: a loyalty prefix, unless rule 2 holds */
	{1, "B964300100000^NAME^2912", "9643", C},
	{1, "B964300100000^NAME^2912", "9644", P},
	{1, "B4111111111111111^TEST^29", "4111", P},
	{1, "B4111111111111112^TEST^29", "4111", C},
	{1, "B6200000000000000^TEST^29", "62", P},
	{1, "B41111111111111111111111^T", "4111", C}, /* too long for rule 2 */
	/* rule 2 on every track; Luhn right */
	{2, "4111111111111111=29121010000000000000", NULL, P},
	{2, "4111111111111111", "4", P},
	{2, "4111111111111112=2912", NULL, C},
	{2, "378282246310005=2912", NULL, P},
	{2, "5555555555554444=2912", NULL, P},
	{2, "6011111111111117=2912", NULL, P},
	{2, "30569309025904=2912", NULL, P},
	{2, "3530111333300000=2912", NULL, P},
	{2, "2200000000000004=2912", "22", P},
	{2, "6212345678901=2912", "62", P}, /* UnionPay: no Luhn asked */
	{2, "6212345678901234", NULL, P},
	{2, "62123456789=2912", NULL, C}, /* 11 digits */
	{3, "4111111111111111=29", NULL, P},
	{1, "4111111111111111", NULL, P},
	{1, "4111 1111 1111 1111^X", NULL, P},
	{1, "A4111111111111111", NULL, P}, /* a format code does not hide it */
	{1, "4111111111111111X", NULL, P}, /* nor does what follows */
	/* rule 3: Maestro's wide table gives way to a loyalty prefix */
	{2, "6390000000000005=29", NULL, P},
	{2, "6390000000000005=29", "639", C},
	{2, "6390000000000005=29", "638", P},
	{2, "6390000000000004=29", NULL, C},
	{2, "5000000000000009", NULL, P},
	/* ISO 4909: two digits of format code before the number */
	{3, "594111111111111111=29", NULL, P},
	{3, "594111111111111111=29", "5941", C},
	{3, "594111111111111111", NULL, C},
	{2, "594111111111111111=29", NULL, C},
	/* licences */
	{2, "636014012345678=24021985", NULL, D},
	{2, "636000", NULL, D},
	{2, "636062012345678=2402", "636062", D},
	{2, "604425012345678=2402", NULL, D},
	{2, "636063012345678=2402", NULL, C},
	{2, "63599", NULL, C},
	{2, "63601", NULL, C},
	{1, "CALOS ANGELES^DOE$JOHN$Q^1 MAIN ST", NULL, D},
	{1, "BCVANCOUVER^DOE,$JOHN^", NULL, D},
	{1, "CALOS ANGELES^DOE$JO", NULL, D}, /* cut */
	{1, "CALOS ANGELES^DOE/JOHN^1 M$", NULL, C},
	{1, "CA1^DOE$JOHN^", NULL, C},
	{1, "C", NULL, C},
	/* nothing at all */
	{1, "", NULL, C},
	{2, "", NULL, C},
	{3, "E", NULL, C},
	{2, "=4111111111111111", NULL, C},
};

static void test_tracks(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(track_rows); i++) {
		g_test_message("track %d: %s", track_rows[i].track, track_rows[i].text);
		g_assert_cmpint(track(track_rows[i].track, track_rows[i].text,
				      track_rows[i].prefix),
				==, track_rows[i].verdict);
	}
}

/* Luhn is asked of every number between: of 100,000 numbers a tenth is refused, each of
 * them by the textbook's sum. */
static void test_luhn(void)
{
	struct card_rules rules = with_prefix(NULL);
	unsigned refused = 0;

	for (unsigned i = 0; i < 100000; i++) {
		char number[17];

		g_snprintf(number, sizeof(number), "41111%011u", i * 7919);
		refused += payment_card_number(number, &rules);
	}
	g_assert_cmpuint(refused, >, 9900);
	g_assert_cmpuint(refused, <, 10100);
}

/* Texts that were scanned, sent or typed. `number`: what payment_card_number() says. */
static const struct {
	const char *text;
	bool number;
	enum payment_card_verdict sent, scanned;
} text_rows[] = {
	{"4600000000008", false, C, C}, /* no Luhn */
	{"4600000000060", true, P, C},  /* an EAN that passes Luhn */
	{"4600000000011", true, P, P},  /* Luhn, but no EAN */
	{"4111111111111111", true, P, P},
	{"4111 1111 1111 1111", true, P, P},
	{"4111-1111-1111-1111", true, P, P},
	{"4111.1111.1111.1111", false, C, C},
	{"X4111111111111111", false, P, P},
	{"4111111111111111Y", false, P, P},
	{"12 4111111111111111", false, P, P},
	{"4111111111111111-12", false, P, P},
	{"SKU 4600000000060", false, P, P}, /* an EAN is the whole text */
	{"41111111111111110000", false, C, C},
	{"96385074", false, C, C},
	{"9643001000000017", false, C, C},
	{"", false, C, C},
	{"6390000000000005", true, P, P},
	{"6212345678901", true, P, P},
	/* a magnetic reader on the wrong protocol, cut or whole */
	{";4111111111111111=29121010000", false, P, P},
	{"%B4111111111111112^TEST/CARD^29", false, P, P},
	{"%B700512345678", false, P, P},
	{";411111111111", false, C, C},
	{"%CALOS ANGELES^DOE$JOHN^1 MAIN", false, D, D},
	{"1111=29121010000000000000?", false, P, P},
	{"D^2912101?", false, P, P},
	{"x=291210?", false, C, C},
	{"https://shop.example/?id=29121010", false, C, C},
	/* documents */
	{"636014012345678", false, D, D},
	{"6360-1401-2345678", false, D, D},
	{"63601401234", false, C, C},
	{"604425012345678", false, D, D},
	{"6044250000001", false, D, C}, /* an EAN of Senegal */
	{"ANSI 636014080102DL00410278", false, D, D},
	{"AAMVA6360140102DL", false, D, D},
	{"ANSI", false, C, C},
	{"P<UTOERIKSSON<<ANNA<MARIA<<<<<", false, D, D},
	{"A<B", false, C, C},
	{"4111111111111111 P<UTO<<", false, D, D},
};

static void test_texts(void)
{
	struct card_rules rules = with_prefix(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(text_rows); i++) {
		const char *text = text_rows[i].text;

		g_test_message("%s", text);
		g_assert_true(payment_card_number(text, &rules) == text_rows[i].number);
		g_assert_cmpint(payment_card_text(text, strlen(text), false, &rules), ==,
				text_rows[i].sent);
		g_assert_cmpint(payment_card_text(text, strlen(text), true, &rules), ==,
				text_rows[i].scanned);
	}
	rules = with_prefix("639");
	g_assert_cmpint(payment_card_text("6390000000000005", 16, false, &rules), ==, C);
}

static void test_raw(void)
{
	static const struct card_raw empty;
	struct card_raw raw = {0};

	for (int i = 0; i < 2 * CARD_RAW_MAX; i++)
		card_raw_add(&raw, '4');
	g_assert_cmpuint(raw.n, ==, CARD_RAW_MAX);
	card_raw_wipe(&raw);
	g_assert_true(memcmp(&raw, &empty, sizeof(raw)) == 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/payment_card/ranges", test_ranges);
	g_test_add_func("/payment_card/tracks", test_tracks);
	g_test_add_func("/payment_card/luhn", test_luhn);
	g_test_add_func("/payment_card/texts", test_texts);
	g_test_add_func("/payment_card/raw", test_raw);
	return g_test_run();
}
