/* run_till_line: what the till says, understood or told what is wrong */
#include <glib.h>
#include <string.h>

#include "run/till_line.h"

static struct till_line parse(const char *text)
{
	struct till_line line;

	till_line_parse(text, strlen(text), &line);
	return line;
}

static void test_pay(void)
{
	struct till_line line = parse("PAY");

	g_assert_cmpint(line.kind, ==, TILL_LINE_WORD);
	g_assert_cmpint(line.till.word, ==, TILL_TOTAL);
	g_assert_false(line.till.has_total);
	g_assert_cmpint(line.till.kind, ==, SALE_NONE);
	line = parse(
		"PAY receipt=R-17/3 total=1234.50 cashier=Анна tender=card kind=return\r");
	g_assert_cmpint(line.kind, ==, TILL_LINE_WORD);
	g_assert_cmpstr(line.till.receipt, ==, "R-17/3");
	g_assert_cmpstr(line.till.cashier, ==, "Анна");
	g_assert_true(line.till.has_total);
	g_assert_cmpint(line.till.total, ==, 123450);
	g_assert_cmpint(line.till.tender, ==, TENDER_CARD);
	g_assert_cmpint(line.till.kind, ==, SALE_RETURN);
	line = parse("  PAY   kind=void   tender=cash  ");
	g_assert_cmpint(line.till.kind, ==, SALE_VOID);
	g_assert_cmpint(line.till.tender, ==, TENDER_CASH);
}

static void test_totals(void)
{
	static const struct {
		const char *text;
		int64_t total; /* -1: wrong */
	} rows[] = {
		{"0", 0},
		{"7", 700},
		{"0.05", 5},
		{"1234,50", 123450},
		{"9999999999999", INT64_C(999999999999900)},
		{"9999999999999.99", INT64_C(999999999999999)},
		{"99999999999999", -1},
		{"1.5", 150},
		{"1.505", -1},
		{".50", -1},
		{"1.", -1},
		{"1.2.3", -1},
		{"-5", -1},
		{"+5", -1},
		{"1e3", -1},
		{"", -1},
		{"99999999999999999999999999999", -1},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = g_strconcat("PAY total=", rows[i].text, NULL);
		struct till_line line = parse(text);

		if (rows[i].total < 0) {
			g_assert_cmpint(line.kind, ==, TILL_LINE_WRONG);
		} else {
			g_assert_cmpint(line.kind, ==, TILL_LINE_WORD);
			g_assert_cmpint(line.till.total, ==, rows[i].total);
		}
	}
}

static void test_words(void)
{
	struct till_line line;

	g_assert_cmpint(parse("PAID").till.word, ==, TILL_PAID);
	g_assert_cmpint(parse("HOLD").till.word, ==, TILL_HOLD);
	g_assert_cmpint(parse("CANCEL").till.word, ==, TILL_CANCEL);
	g_assert_cmpint(parse("STATUS").kind, ==, TILL_LINE_STATUS);
	line = parse("RESUME receipt=17");
	g_assert_cmpint(line.till.word, ==, TILL_RESUME);
	g_assert_cmpstr(line.till.receipt, ==, "17");
	line = parse("CARD  9643 0001-2 ");
	g_assert_cmpint(line.kind, ==, TILL_LINE_CARD);
	g_assert_cmpstr(line.card, ==, "9643 0001-2");
}

static void test_wrong(void)
{
	static const char *const lines[] = {
		"",
		" ",
		"pay",
		"PAYX",
		"PAY receipt",
		"PAY receipt=",
		"PAY receipt=1 receipt=1",
		"PAY total=1 total=2",
		"PAY tender=cheque",
		"PAY kind=",
		"PAY sum=5",
		"PAY receipt=12345678901234567890123456789012345678901",
		"PAY cashier=123456789012345678901",
		"PAY receipt=\xcf\xf0\xe8", /* CP1251 */
		"PAY receipt=a\x1b[2J",
		"PAY receipt=a\xc2\x9b"
		"2J",
		"PAID receipt=1",
		"HOLD now",
		"RESUME",
		"RESUME 17",
		"RESUME receipt=1 total=5",
		"CARD",
		"CARD  ",
		"STATUS all",
		"GET / HTTP/1.1",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		struct till_line line = parse(lines[i]);

		g_assert_cmpint(line.kind, ==, TILL_LINE_WRONG);
		g_assert_nonnull(line.wrong);
	}
}

static void test_length(void)
{
	char text[TILL_LINE_MAX + 3];
	struct till_line line;

	memset(text, '1', sizeof(text));
	memcpy(text, "CARD ", 5);
	till_line_parse(text, TILL_LINE_MAX, &line);
	g_assert_cmpint(line.kind, ==, TILL_LINE_CARD);
	g_assert_cmpuint(strlen(line.card), ==, TILL_LINE_MAX - 5);
	till_line_parse(text, TILL_LINE_MAX + 1, &line);
	g_assert_cmpint(line.kind, ==, TILL_LINE_WRONG);
	till_line_parse("PAY\0 total=1", 12, &line);
	g_assert_cmpint(line.kind, ==, TILL_LINE_WRONG);
}

/* Any bytes: an answer, and texts that are what the header promises. */
static void test_any_bytes(void)
{
	static const char *const seeds[] = {
		"PAY receipt=1 total=2.50 cashier=3 tender=cash",
		"RESUME receipt=\xd0\x9f\xe4\xbd\xa0", "CARD 9643"};

	for (int i = 0; i < 200000; i++) {
		g_autofree char *text = g_strdup(seeds[i % 3]);
		size_t n = strlen(text);
		struct till_line line;

		for (int k = 0; k < 3; k++)
			text[(guint32)g_test_rand_int() % n] = (char)g_test_rand_int();
		till_line_parse(text, n, &line);
		g_assert_true((line.kind == TILL_LINE_WRONG) == (line.wrong != NULL));
		g_assert_true(g_utf8_validate(line.till.receipt, -1, NULL) ||
			      line.kind == TILL_LINE_WRONG);
		if (line.kind != TILL_LINE_WRONG) {
			g_assert_null(strpbrk(line.till.receipt, " \t\n\r\x1b"));
			g_assert_cmpint(line.till.total, >=, 0);
		}
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/till-line/pay", test_pay);
	g_test_add_func("/till-line/totals", test_totals);
	g_test_add_func("/till-line/words", test_words);
	g_test_add_func("/till-line/wrong", test_wrong);
	g_test_add_func("/till-line/length", test_length);
	g_test_add_func("/till-line/any-bytes", test_any_bytes);
	return g_test_run();
}
