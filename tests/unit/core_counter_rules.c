/* Other rules for an open counter: only between two customers, and nothing else is lost. */
#include <glib.h>
#include <string.h>

#include "core/counter_parts.h"
#include "tests/lib/counter_script.h"

static struct counter_fixture fixture;
static struct questionnaire others;
static struct rules other;

/* The shop's questions, of which the second one is gone, and a counter with the first ones. */
static struct counter_fixture *begin(void)
{
	struct counter_fixture *f = &fixture;

	fixture_init(f);
	fixture_shop(f);
	f->rules.has_till = true;
	f->rules.offer = OFFER_REST;
	fixture_start(f, 1);
	others = f->questionnaire;
	others.question[0].name = "changed";
	other = f->rules;
	other.questionnaire = &others;
	other.languages = 1;
	return f;
}

static void expect_refused(struct counter_fixture *f)
{
	struct counter before = f->counter;

	g_assert_false(counter_take_rules(&f->counter, &other));
	g_assert_true(memcmp(&f->counter, &before, sizeof before) == 0);
}

static void test_at_rest(void)
{
	struct counter_fixture *f = begin();

	g_assert_cmpstr(counter_rest_question(&f->counter)->name, ==, "overall");
	g_assert_true(counter_take_rules(&f->counter, &other));
	g_assert_cmpstr(counter_rest_question(&f->counter)->name, ==, "changed");
	press(f, "F2"); /* a pause goes on */
	g_assert_true(counter_take_rules(&f->counter, &f->rules));
	g_assert_true(f->counter.paused_ms != MOMENT_NEVER);
}

static void test_not_with_a_customer(void)
{
	struct counter_fixture *f = begin();

	press(f, "5"); /* answers */
	expect_refused(f);
	press(f, "Esc"); /* reads the thanks page */
	expect_refused(f);
	advance_ms(f, 10000);
	press(f, "/"); /* reads, in another language */
	expect_refused(f);
	advance_ms(f, 60000);
	press(f, "*"); /* complains */
	expect_refused(f);
	press(f, "Esc");
	press(f, "F10"); /* the manager */
	expect_refused(f);
	press(f, "Esc");
	g_assert_true(counter_take_rules(&f->counter, &other));
}

static void test_not_in_a_sale(void)
{
	struct counter_fixture *f = begin();

	till(f, "BEGUN receipt=R1");
	expect_refused(f);
	till(f, "HOLD");
	expect_refused(f); /* it is taken up again later */
	till(f, "RESUME receipt=R1");
	till(f, "PAID");
	advance_ms(f, 60000);
	till(f, "PAY receipt=R2"); /* nobody answers, nothing is paid yet */
	advance_ms(f, 60000);
	g_assert_false(visit_is_open(&f->counter.visit));
	expect_refused(f);
	till(f, "PAID");
	g_assert_true(counter_take_rules(&f->counter, &other));
}

static void test_not_while_saving(void)
{
	struct counter_fixture *f = begin();

	f->withhold = true;
	press(f, "5 9 1");
	advance_ms(f, 60000);
	expect_refused(f);
	fixture_confirm(f);
	g_assert_true(counter_take_rules(&f->counter, &other));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/rules/at-rest", test_at_rest);
	g_test_add_func("/rules/customer", test_not_with_a_customer);
	g_test_add_func("/rules/sale", test_not_in_a_sale);
	g_test_add_func("/rules/saving", test_not_while_saving);
	return g_test_run();
}
