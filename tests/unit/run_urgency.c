/* run_urgency: what cannot wait for the timer, from the customer's keys to the word "now" */
#include "run/urgency.h"
#include "tests/lib/counter_script.h"

static struct counter_fixture fixture;
static struct urgency urgency;

static struct counter_fixture *begin(void)
{
	fixture_init(&fixture);
	fixture_shop(&fixture);
	fixture_start(&fixture, 1);
	urgency = (struct urgency){0};
	return &fixture;
}

/* One key after the other; every save is noted. */
static void keys(struct counter_fixture *f, const char *script)
{
	g_auto(GStrv) key = g_strsplit(script, " ", -1);

	for (int i = 0; key[i] != NULL; i++) {
		uint64_t before = counter_last_ticket(&f->counter);
		press(f, key[i]);
		uint64_t after = counter_last_ticket(&f->counter);
		g_assert_cmpuint(after, <=, before + 1); /* none is missed */
		if (after > before)
			urgency_note(&urgency, &f->last_save);
	}
}

static bool is_urgent(const struct counter_fixture *f)
{
	return urgency_saved(&urgency, counter_last_ticket(&f->counter));
}

/* Scripts of whole visits, with the answer that is stored. */
static const struct {
	const char *script, *row;
	bool urgent;
} visits[] = {
	{"5 ~500 9 ~500 1 ~5000", "key completed overall=5 nps=9 goods=1", false},
	{"1 ~500 Enter ~500 9 ~500 1 ~5000",
	 "key completed overall=1 nps=9 goods=1 improve=-", true},
	/* taken back: the second answer is the one that counts */
	{"1 ~500 Back ~500 5 ~500 9 ~500 1 ~5000",
	 "key completed overall=5 nps=9 goods=1", false},
	{"2 ~500 . ~500 . ~500 4 ~500 9 ~500 1 ~5000",
	 "key completed overall=4 nps=9 goods=1", false},
	{"1 ~500 Back ~500 Enter ~500 9 ~500 1 ~5000",
	 "key completed overall=- nps=9 goods=1", false},
	/* also from the thanks page, and the other way round */
	{"5 ~500 9 ~500 2 ~1500 Back ~500 1 ~5000",
	 "key completed overall=5 nps=9 goods=1", false},
	{"5 ~500 9 ~500 1 ~1500 Back ~500 2 ~5000 Enter ~5000",
	 "key completed overall=5 nps=9 goods=0 improve=-", true},
	/* one of two is taken back */
	{"1 ~500 Back ~500 5 ~500 2 ~500 Enter ~500 1 ~5000",
	 "key completed overall=5 nps=2 goods=1 improve=-", true},
	{"1 ~500 Esc ~5000", "key partial overall=1", true},
};

static void test_visits(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(visits); i++) {
		struct counter_fixture *f = begin();

		g_test_message("%s", visits[i].script);
		keys(f, visits[i].script);
		ROWS(f, visits[i].row);
		g_assert_cmpint(is_urgent(f), ==, visits[i].urgent);
		g_assert_false(is_urgent(f)); /* said once */
	}
}

/* Each visit by its own answers. */
static void test_two_visits(void)
{
	struct counter_fixture *f = begin();

	keys(f, "1 ~500 Back ~500 5 ~500 Esc ~5000 5 ~500 9 ~500 1 ~5000");
	ROWS(f, "key partial overall=5; key completed overall=5 nps=9 goods=1");
	g_assert_false(is_urgent(f));
	keys(f, "1 ~500 Esc ~5000 5 ~500 9 ~500 1 ~5000");
	g_assert_true(is_urgent(f));
}

static void test_not_before_it_is_durable(void)
{
	struct counter_fixture *f = begin();

	keys(f, "1 ~500 Esc ~5000");
	g_assert_false(urgency_saved(&urgency, counter_last_ticket(&f->counter) - 1));
	g_assert_true(is_urgent(f));
}

static void test_complaint_and_training(void)
{
	struct save complaint = {.ticket = 7, .has_visit = true, .closing = true};
	struct counter_fixture *f = begin();

	complaint.visit.outcome = OUTCOME_COMPLAINT;
	urgency_note(&urgency, &complaint);
	g_assert_true(urgency_saved(&urgency, 7));

	keys(f, "1 ~500");
	complaint = f->last_save;
	complaint.closing = true;
	complaint.visit.outcome = OUTCOME_NOT_ASKED;
	complaint.visit.reason = REASON_TRAINING;
	urgency_note(&urgency, &complaint);
	g_assert_false(urgency_saved(&urgency, complaint.ticket));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/urgency/visits", test_visits);
	g_test_add_func("/urgency/two-visits", test_two_visits);
	g_test_add_func("/urgency/not-before-it-is-durable",
			test_not_before_it_is_durable);
	g_test_add_func("/urgency/complaint-and-training", test_complaint_and_training);
	return g_test_run();
}
