/* Questions, their ranges and what counts as low; the words of rows; choices on their lines. */
#include "core/page.h"
#include "core/questionnaire.h"
#include "core/rows.h"

#include <glib.h>
#include <string.h>

static void test_names(void)
{
	g_assert_cmpstr(question_kind_name(QUESTION_SMILEY), ==, "smiley");
	g_assert_cmpstr(question_kind_name(QUESTION_NPS10), ==, "nps10");
	g_assert_cmpstr(question_kind_name(QUESTION_NPS11), ==, "nps11");
	g_assert_cmpstr(question_kind_name(QUESTION_YESNO), ==, "yesno");
	g_assert_cmpstr(question_kind_name(QUESTION_CHOICE), ==, "choice");
	g_assert_cmpstr(question_kind_name(QUESTION_WORDS), ==, "words");
	g_assert_cmpstr(question_when_name(WHEN_ALWAYS), ==, "always");
	g_assert_cmpstr(question_when_name(WHEN_TURN), ==, "turn");
	g_assert_cmpstr(question_when_name(WHEN_LOW), ==, "low");
	g_assert_cmpstr(question_when_name(WHEN_RETURNED), ==, "returned");
}

/* README, "A visit" and "Files": the words of the columns. */
static void test_row_words(void)
{
	static const char *const outcomes[] = {"completed", "partial",   "declined",
					       "ignored",   "not_asked", "interrupted",
					       "complaint"};
	static const char *const reasons[] = {"",       "cooldown",     "sample",
					      "paused", "budget",       "staff",
					      "return", "no_questions", "training"};
	static const char *const results[] = {"accepted",
					      "repeated",
					      "replaced",
					      "foreign",
					      "refused payment-card",
					      "refused id-document",
					      "error"};
	for (unsigned i = 0; i < G_N_ELEMENTS(outcomes); i++)
		g_assert_cmpstr(outcome_name((enum outcome)i), ==, outcomes[i]);
	for (unsigned i = 0; i < G_N_ELEMENTS(reasons); i++)
		g_assert_cmpstr(reason_name((enum reason)i), ==, reasons[i]);
	for (unsigned i = 0; i < G_N_ELEMENTS(results); i++)
		g_assert_cmpstr(card_event_result_name((enum card_event_result)i), ==,
				results[i]);
	g_assert_cmpstr(trigger_name(TRIGGER_KEY), ==, "key");
	g_assert_cmpstr(trigger_name(TRIGGER_CARD), ==, "card");
	g_assert_cmpstr(trigger_name(TRIGGER_SALE), ==, "sale");
	g_assert_cmpstr(sale_kind_name(SALE_NONE), ==, "");
	g_assert_cmpstr(sale_kind_name(SALE_SALE), ==, "sale");
	g_assert_cmpstr(sale_kind_name(SALE_RETURN), ==, "return");
	g_assert_cmpstr(sale_kind_name(SALE_VOID), ==, "void");
	g_assert_cmpstr(tender_name(TENDER_NONE), ==, "");
	g_assert_cmpstr(tender_name(TENDER_CASH), ==, "cash");
	g_assert_cmpstr(tender_name(TENDER_CARD), ==, "card");
}

/* Critic 1-6 or 0-6, smiley 1-2, no, a low answer. */
static void test_kinds(void)
{
	static const struct {
		enum question_kind kind;
		int least, most, low_to;
	} rows[] = {
		{QUESTION_SMILEY, 1, 5, 2},
		{QUESTION_NPS10, 1, 10, 6},
		{QUESTION_NPS11, 0, 10, 6},
		{QUESTION_YESNO, 0, 1, 0},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct question q = {.kind = rows[i].kind};
		int least, most;
		question_range(&q, &least, &most);
		g_assert_cmpint(least, ==, rows[i].least);
		g_assert_cmpint(most, ==, rows[i].most);
		for (int value = least; value <= most; value++)
			g_assert_true(question_is_low(&q, value) ==
				      (value <= rows[i].low_to));
	}
	struct question words = {.kind = QUESTION_WORDS};
	g_assert_false(question_is_low(&words, 0));
}

static void test_low_choices(void)
{
	struct question q = {.kind = QUESTION_CHOICE,
			     .choices = CHOICES_MAX,
			     .low_choices = 1u << 1 | UINT64_C(1) << (CHOICES_MAX - 1)};
	int least, most;
	question_range(&q, &least, &most);
	g_assert_cmpint(least, ==, 1);
	g_assert_cmpint(most, ==, CHOICES_MAX);
	for (int value = 1; value <= CHOICES_MAX; value++)
		g_assert_true(question_is_low(&q, value) ==
			      (value == 2 || value == CHOICES_MAX));
	q.low_choices = 0;
	g_assert_false(question_is_low(&q, 1));
}

/* Every choice stands on exactly one line, and the last stays last. */
static void test_rotation(void)
{
	for (uint8_t choices = 1; choices <= CHOICES_MAX; choices++) {
		struct question q = {.kind = QUESTION_CHOICE, .choices = choices};
		for (uint8_t shift = 0; shift < (choices > 1 ? choices - 1 : 1);
		     shift++) {
			uint64_t seen = 0;
			for (uint8_t line = 0; line < choices; line++)
				seen |= UINT64_C(1) << page_choice_at(&q, shift, line);
			g_assert_cmpuint(seen, ==, (UINT64_C(1) << (choices + 1)) - 2);
			g_assert_cmpuint(
				page_choice_at(&q, shift, (uint8_t)(choices - 1)), ==,
				choices);
			if (choices > 1)
				g_assert_cmpuint(page_choice_at(&q, shift, 0), ==,
						 shift + 1);
		}
	}
}

static void test_text(void)
{
	static const uint32_t refused[] = {0,       7,        0x1b,      0x7f,   0x85,
					   0x200b,  0x200f,   0x2028,    0x202e, 0x2066,
					   0x2069,  0xd800,   0xdfff,    0xe000, 0xfeff,
					   0xf0000, 0x110000, UINT32_MAX};
	char text[16];
	memset(text, 0, sizeof text);
	size_t length = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
		g_assert_cmpuint(page_append(text, length, 15, refused[i]), ==, 0);
	length = page_append(text, length, 15, 'a');
	length = page_append(text, length, 15, 0x436);   /* 2 bytes */
	length = page_append(text, length, 15, 0x4e2d);  /* 3 */
	length = page_append(text, length, 15, 0x1f600); /* 4 */
	g_assert_cmpuint(length, ==, 10);
	g_assert_cmpstr(text, ==, "aж中😀");
	g_assert_true(g_utf8_validate(text, -1, NULL));
	g_assert_cmpuint(page_append(text, length, 13, 0x1f600), ==,
			 10); /* does not fit */
	g_assert_cmpuint(page_append(text, length, 10, 'b'), ==, 10);
	static const char *const shorter[] = {"aж中", "aж", "a", "", ""};
	for (size_t i = 0; i < G_N_ELEMENTS(shorter); i++) {
		length = page_erase(text, length);
		g_assert_cmpstr(text, ==, shorter[i]);
		g_assert_cmpuint(length, ==, strlen(shorter[i]));
	}
	for (size_t i = 0; i < sizeof text; i++)
		g_assert_cmpint(text[i], ==, 0); /* nothing stays behind the end */
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/questionnaire/names", test_names);
	g_test_add_func("/core/questionnaire/row-words", test_row_words);
	g_test_add_func("/core/questionnaire/kinds", test_kinds);
	g_test_add_func("/core/questionnaire/low-choices", test_low_choices);
	g_test_add_func("/core/questionnaire/rotation", test_rotation);
	g_test_add_func("/core/questionnaire/text", test_text);
	return g_test_run();
}
