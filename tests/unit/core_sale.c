/* What stands on a customer display -> what the till is doing: tables that a shop can extend. */
#include "core/sale.h"

#include <glib.h>
#include <string.h>

static const struct sale_rules rules = {
	.total = {8,
		  {"TOTAL", "TO PAY", "ИТОГО", "ИТОГ", "К ОПЛАТЕ", "ВСЕГО", "A PAGAR",
		   "合计"}},
	.paid = {7,
		 {"CHANGE", "PAID", "RETURNED", "СДАЧА", "ОПЛАЧЕНО", "CAMBIO", "PAGADO"}},
	.welcome = {2, {"WELCOME", "ДОБРО ПОЖАЛОВАТЬ"}},
	.returned = {2, {"REFUND", "ВОЗВРАТ"}},
	.voided = {2, {"VOID", "АННУЛИРОВАН"}},
	.wait = {1, {"ПРОВЕРКА ВОЗРАСТА"}},
};

/* ---- amounts ---------------------------------------------------------------------------------- */

#define NONE INT64_MIN

static void test_amounts(void)
{
	static const struct {
		const char *line;
		int64_t amount;
	} rows[] = {
		{"12.50", 1250},
		{"TOTAL          12.50", 1250},
		{"TOTAL:12,50", 1250},
		{"ИТОГО 1 234,50", 123450},
		{"ИТОГО 1\u00a0234,50", 123450},
		{"1,234.50", 123450},
		{"1.234,50", 123450},
		{"1'234.50", 123450},
		{"1.234.567,89", 123456789},
		{"1,234,567.89", 123456789},
		{"12,34,567.89", 123456789}, /* Indian */
		{"1234567,8", 123456780},
		{"1 234", 123400},
		{"1,234", 123400},
		{"1.234.567", 123456700},
		{"345", 34500},
		{"0.05", 5},
		{"=1234.50", 123450},
		{"12=50", 1250},
		{"12-50", 1250},
		{"12.-", 1200},
		{"12,-", 1200},
		{"-12.50", -1250},
		{"CAMBIO:       -12.50", -1250},
		{"12.50-", -1250},
		{"(12.50)", -1250},
		{"-$12.50", -1250},
		{"$-12.50", -1250},
		{"\u221212.50", -1250},
		{"$12.50", 1250},
		{"€ 12,50", 1250},
		{"12,50 €", 1250},
		{"12.50 EUR", 1250},
		{"1 234,50 руб.", 123450},
		{"1234,50р.", 123450},
		{"1 234,50 ₽", 123450},
		{"TOTAL TTC 12.50 A", 1250},
		{"3 345.00", 334500},
		{"2   345.00", 34500},
		{"x2 345.00", 234500},
		{"", NONE},
		{"TOTAL", NONE},
		{"14:05", NONE},
		{"22.11.2026", NONE},
		{"22/11", NONE},
		{"8-800-555-35-35", NONE},
		{"0.345", NONE},
		{"1.2.3", NONE},
		{"12345,678", NONE},
		{"1,23.50", NONE},
		{"12345678901234567890", NONE},
		{".", NONE},
		{"-", NONE},
		{"12.50 Спасибо за покупку", NONE},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		int64_t amount;
		if (!sale_amount(rows[i].line, false, &amount))
			amount = NONE;
		if (amount != rows[i].amount)
			g_test_message("'%s'", rows[i].line);
		g_assert_cmpint(amount, ==, rows[i].amount);
	}
}

static void test_words(void)
{
	g_assert_true(sale_has_word("Итого: 12", "ИТОГО"));
	g_assert_true(sale_has_word("your change", "CHANGE"));
	g_assert_true(sale_has_word("TOTAL12.50", "total"));
	g_assert_true(sale_has_word("Қайтым Ё ё", "ё Ё"));
	g_assert_false(sale_has_word("SUBTOTAL 5", "TOTAL"));
	g_assert_false(sale_has_word("ИТОГОВЫЙ", "ИТОГО"));
	g_assert_false(sale_has_word("x", ""));
	g_assert_false(sale_has_word("", "TOTAL"));
	g_assert_true(sale_has_word("İYİ GÜNLER", "iyi günler"));
}

/* ---- one screen ------------------------------------------------------------------------------- */

static void test_screens(void)
{
	static const struct {
		const char *upper, *lower;
		enum sale_text text;
		int64_t total;
		bool returned;
	} rows[] = {
		{"", "", SALE_TEXT_BLANK, 0, false},
		{"     WELCOME TO", "     our shop", SALE_TEXT_WELCOME, 0, false},
		{"касса 3", "добро пожаловать!", SALE_TEXT_WELCOME, 0, false},
		{"Total          12.50", "     Thank you      ", SALE_TEXT_TOTAL, 1250,
		 false},
		{"TOTAL:", "               12.50", SALE_TEXT_TOTAL, 1250, false},
		{"Молоко        45.00", "ИТОГ          123.00", SALE_TEXT_TOTAL, 12300,
		 false},
		{"К оплате:", "1 234,50 руб.", SALE_TEXT_TOTAL, 123450, false},
		{"Total         100.00", "To Pay:        40.00", SALE_TEXT_TOTAL, 10000,
		 false},
		{"Total         100.00", "Returned:      20.00", SALE_TEXT_PAID, 10000,
		 false},
		{"Your Change:", "7.50", SALE_TEXT_PAID, 0, false},
		{"CAMBIO:", "-7.50", SALE_TEXT_PAID, 0, false},
		{"Спасибо!", "ОПЛАЧЕНО", SALE_TEXT_PAID, 0, false},
		{"Milk              x2", "      2.50      5.00", SALE_TEXT_ITEM, 0,
		 false},
		{"Colgate Total     x1", "      2.50      2.50", SALE_TEXT_ITEM, 0,
		 false},
		{"Small change bag  x3", "      2.50      7.50", SALE_TEXT_ITEM, 0,
		 false},
		{"Молоко 3,2%", "2 х 45.00      90.00", SALE_TEXT_ITEM, 0, false},
		{"Хлеб", "35,00", SALE_TEXT_ITEM, 0, false},
		{"BOTTLE REFUND", "-0.25", SALE_TEXT_ITEM, 0, false},
		{"Subtotal", "12.50", SALE_TEXT_ITEM, 0, false},
		{"Кофе дня!", "Спросите кассира", SALE_TEXT_OTHER, 0, false},
		{"22.11.2026     14:05", "", SALE_TEXT_OTHER, 0, false},
		{"КАССА 3", "", SALE_TEXT_OTHER, 0, false},
		{"TOTAL", "", SALE_TEXT_OTHER, 0, false},
		{"ВОЗВРАТ", "", SALE_TEXT_OTHER, 0, true},
		{"ВОЗВРАТ", "ИТОГО 50.00", SALE_TEXT_TOTAL, 5000, true},
		{"TOTAL", "-50.00", SALE_TEXT_TOTAL, -5000, true},
		{"ЧЕК АННУЛИРОВАН", "", SALE_TEXT_VOID, 0, false},
		{"VOID Milk", "-2.50", SALE_TEXT_ITEM, 0, false},
		{"ПРОВЕРКА ВОЗРАСТА", "18+", SALE_TEXT_WAIT, 0, false},
		{"合计", "¥12.50", SALE_TEXT_TOTAL, 1250, false},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct sale_reading r = sale_read(&rules, rows[i].upper, rows[i].lower);
		if (r.text != rows[i].text)
			g_test_message("'%s' '%s'", rows[i].upper, rows[i].lower);
		g_assert_cmpint(r.text, ==, rows[i].text);
		g_assert_cmpint(r.returned, ==, rows[i].returned);
		if (rows[i].total != 0)
			g_assert_cmpint(r.total, ==, rows[i].total);
	}
}

/* ---- a day at the till ------------------------------------------------------------------------ */

static void add_event(GString *out, const struct till_event *event)
{
	static const char *const names[] = {
		[TILL_BEGUN] = "begun", [TILL_TOTAL] = "PAY",   [TILL_SHOWN] = "total",
		[TILL_PAID] = "paid",   [TILL_ENDED] = "ended", [TILL_TENDER] = "cash",
		[TILL_WAIT] = "wait",   [TILL_GO_ON] = "go-on", [TILL_HOLD] = "hold",
		[TILL_RESUME] = "back", [TILL_CANCEL] = "void",
	};
	g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "", names[event->word]);
	if (event->has_total)
		g_string_append_printf(out, "=%" G_GINT64_FORMAT, event->total);
	if (event->kind == SALE_RETURN)
		g_string_append(out, "/return");
}

/* SCREENS: "upper|lower", "\n" between; "!" first: the drawer was kicked before it. */
static void expect(const char *screens, const char *events)
{
	struct sale sale = {0};
	g_autoptr(GString) out = g_string_new(NULL);
	g_auto(GStrv) screen = g_strsplit(screens, "\n", -1);
	for (int i = 0; screen[i] != NULL && *screen[i] != '\0'; i++) {
		bool kicked = *screen[i] == '!';
		g_auto(GStrv) line = g_strsplit(screen[i] + kicked, "|", 2);
		struct till_event told[SALE_EVENTS_MAX];
		int n = sale_look(&sale, &rules, line[0], line[1], kicked, told);
		g_assert_cmpint(n, <=, SALE_EVENTS_MAX);
		for (int k = 0; k < n; k++)
			add_event(out, &told[k]);
	}
	g_assert_cmpstr(out->str, ==, events);
}

#define ITEM  "Milk x2|2.50  5.00\n"
#define TOTAL "TOTAL 5.00|\n"

static void test_sales(void)
{
	/* a till that says it all, twice; painted again and again */
	expect("WELCOME|\n" ITEM ITEM TOTAL TOTAL
	       "CHANGE 5.00|\nCHANGE 5.00|\nWELCOME|\nWELCOME|\n" ITEM "|",
	       "begun total=500 paid ended begun ended");
	/* blank between */
	expect("|\n" ITEM TOTAL "|\n|\n" ITEM TOTAL "|",
	       "begun total=500 ended begun total=500 ended");
	/* another amount is the same sale; nothing left to pay is no amount */
	expect(ITEM TOTAL "TOTAL 7.50|\nTO PAY 0.00|\nPAID|",
	       "begun total=500 total=750 paid");
	/* a display that never says the end: goods after a total are the next sale */
	expect(ITEM TOTAL ITEM TOTAL ITEM, "begun total=500 begun total=500 begun");
	/* one that shows nothing but totals: each is a sale, painted however often */
	expect(TOTAL TOTAL "TOTAL 7.50|\nTOTAL 7.50|\n" TOTAL,
	       "total=500 begun total=750 begun total=500");
	expect("TOTAL 5.00|\nTOTAL -2.00|\nTOTAL 3.00|\n",
	       "total=500 begun total=-200/return begun total=300");
	/* and one that says paid besides: a change of the same sale */
	expect(TOTAL "PAID|\nTOTAL 7.50|\nTOTAL 7.00|\nPAID|",
	       "total=500 paid begun total=750 total=700 paid");
	expect("TOTAL 5.00|\nTOTAL 10.00|CHANGE 5.00\n", "total=500 total=1000 paid");
	/* one that does: more goods */
	expect(ITEM TOTAL "CHANGE 1|\n" ITEM TOTAL ITEM "TOTAL 7.50|\nCHANGE 1|",
	       "begun total=500 paid begun total=500 total=750 paid");
	expect(ITEM TOTAL "|\n" ITEM TOTAL ITEM "TOTAL 7.50|\n|",
	       "begun total=500 ended begun total=500 total=750 ended");
	/* straight from paid to the next total; the same total again is the same sale */
	expect(TOTAL "PAID|\n" TOTAL "TOTAL 9.00|\nPAID|",
	       "total=500 paid begun total=900 paid");
	/* change in the same picture as the total */
	expect(ITEM "Total 5.00|Returned: 1.00", "begun total=500 paid");
	/* an empty receipt at rest, advertisements */
	expect("TOTAL 0.00|\nBuy more|coffee\n|\nWELCOME|", "");
	/* an empty receipt after paid */
	expect(TOTAL "PAID|\nTOTAL 0.00|\n", "total=500 paid ended");
}

static void test_not_sales(void)
{
	expect(ITEM "ВОЗВРАТ|\n" TOTAL "CHANGE 5|\n" ITEM TOTAL,
	       "begun total=500/return paid begun total=500");
	expect("TOTAL|-5.00\nPAID|", "total=-500/return paid");
	expect(ITEM "VOID|\n" ITEM, "begun void begun");
	expect("VOID|\n|", "");
	expect(ITEM "ПРОВЕРКА ВОЗРАСТА|\nПРОВЕРКА ВОЗРАСТА|\n" ITEM TOTAL,
	       "begun wait go-on total=500");
}

static void test_kicks(void)
{
	expect("!WELCOME|", ""); /* the drawer is opened for small change */
	expect(ITEM TOTAL "!TOTAL 5.00|\nWELCOME|", "begun total=500 cash ended");
	expect(ITEM "!TOTAL 5.00|", "begun cash total=500");
	expect("!TOTAL 5.00|", "total=500 cash");
	expect(ITEM TOTAL "!WELCOME|", "begun total=500 cash ended");
	expect(TOTAL "!CHANGE 1|", "total=500 cash paid");
}

/* Any text whatever. */
static void test_nonsense(void)
{
	struct sale sale = {0};
	for (int i = 0; i < 20000; i++) {
		char line[2][40] = {"", ""};
		struct till_event events[SALE_EVENTS_MAX];
		for (int k = 0; k < 2; k++)
			for (int c = g_test_rand_int_range(0, 30); c > 0; c--) {
				static const char set[] =
					"0123456789.,-'= xTOALPID\xd0\x98$:";
				line[k][c - 1] =
					set[g_test_rand_int_range(0, sizeof set - 1)];
			}
		int n = sale_look(&sale, &rules, line[0], line[1], i % 7 == 0, events);
		g_assert_cmpint(n, <=, SALE_EVENTS_MAX);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/sale-text/amounts", test_amounts);
	g_test_add_func("/core/sale-text/words", test_words);
	g_test_add_func("/core/sale-text/screens", test_screens);
	g_test_add_func("/core/sale-text/sales", test_sales);
	g_test_add_func("/core/sale-text/not-sales", test_not_sales);
	g_test_add_func("/core/sale-text/kicks", test_kicks);
	g_test_add_func("/core/sale-text/nonsense", test_nonsense);
	return g_test_run();
}
