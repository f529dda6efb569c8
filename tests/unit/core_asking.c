/* Who is asked; which questions, how often, with which probability. */
#include "tests/lib/counter_script.h"

#include <math.h>
#include <string.h>

static struct counter_fixture fixture;

static struct counter_fixture *begin(void)
{
	fixture_init(&fixture);
	return &fixture;
}

/* ---- cool-downs: days are business days -------------------------------------------------- */

static void test_cooldown(void)
{
	static const struct {
		int32_t answered, declined;
		enum reason reason;
	} rows[] = {
		{DAY_NEVER, DAY_NEVER, REASON_NONE},
		{1000, DAY_NEVER, REASON_COOLDOWN}, /* today */
		{971, DAY_NEVER, REASON_COOLDOWN},  /* 29 days ago */
		{970, DAY_NEVER, REASON_NONE},      /* 30 days ago */
		{1, DAY_NEVER, REASON_NONE},
		{DAY_NEVER, 911, REASON_COOLDOWN}, /* 89 days ago */
		{DAY_NEVER, 910, REASON_NONE},     /* 90 days ago */
		{960, 980, REASON_COOLDOWN},
		{1500, DAY_NEVER, REASON_COOLDOWN}, /* the clock was set back: as today */
	};
	struct counter_fixture *f = begin();
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct card_facts facts = {.known = true,
					   .last_answered_day = rows[i].answered,
					   .last_declined_day = rows[i].declined};
		g_test_message("row %zu", i);
		g_assert_cmpint(asking_card(&f->rules, &facts, 1000), ==, rows[i].reason);
	}
}

/* cooldown_days=0: nobody rests, whatever the clock did. */
static void test_no_cooldown(void)
{
	struct counter_fixture *f = begin();
	struct card_facts facts = {
		.known = true, .last_answered_day = 1500, .last_declined_day = 1000};
	f->rules.cooldown_days = f->rules.declined_days = 0;
	g_assert_cmpint(asking_card(&f->rules, &facts, 1000), ==, REASON_NONE);
}

static unsigned sampled(struct counter_fixture *f, uint8_t sample, uint8_t holdout,
			bool till_opens)
{
	struct dice dice = {{1, 2, 3, 4}};
	unsigned n = 0;
	f->rules.sample_percent = sample;
	f->rules.holdout_percent = holdout;
	for (int i = 0; i < 10000; i++)
		n += asking_draw(&f->rules, &dice, till_opens) == REASON_SAMPLE;
	return n;
}

static void test_draws(void)
{
	struct counter_fixture *f = begin();
	g_assert_cmpuint(sampled(f, 100, 0, true), ==, 0);
	g_assert_cmpuint(sampled(f, 0, 0, false), ==, 10000);
	g_assert_cmpuint(sampled(f, 100, 50, false), ==, 0); /* only the till holds out */
	g_assert_cmpuint(sampled(f, 100, 5, true), >, 400);
	g_assert_cmpuint(sampled(f, 100, 5, true), <, 600);
	g_assert_cmpuint(sampled(f, 40, 0, false), >, 5800);
	g_assert_cmpuint(sampled(f, 40, 0, false), <, 6200);
}

/* ---- plans -------------------------------------------------------------------------------- */

struct drawing {
	struct deck deck;
	struct dice dice;
	struct plan plan;
};

static void draw(struct counter_fixture *f, struct drawing *d,
		 const struct card_facts *facts)
{
	asking_plan(&f->rules, facts, 1000, &d->deck, &d->dice, &d->plan);
	for (uint8_t i = 0; i < d->plan.count; i++)
		for (uint8_t j = 0; j < i; j++)
			g_assert_cmpuint(d->plan.item[i].question, !=,
					 d->plan.item[j].question);
}

static void turning(struct counter_fixture *f, int n)
{
	static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g"};
	for (int i = 0; i < n; i++)
		fixture_question(f, names[i], QUESTION_SMILEY, WHEN_TURN);
}

/* The questions marked `always` in the order of config.ini, then the turning ones. */
static void test_order(void)
{
	struct counter_fixture *f = begin();
	struct drawing d = {.dice = {{5, 6, 7, 8}}};
	turning(f, 3);
	fixture_question(f, "one", QUESTION_SMILEY, WHEN_ALWAYS);
	fixture_question(f, "low", QUESTION_CHOICE, WHEN_LOW);
	fixture_question(f, "two", QUESTION_SMILEY, WHEN_ALWAYS);
	fixture_question(f, "returned", QUESTION_SMILEY, WHEN_RETURNED);
	f->questionnaire.places = 4;
	draw(f, &d, &card_facts_unknown);
	g_assert_cmpuint(d.plan.count, ==, 4);
	g_assert_cmpuint(d.plan.item[0].question, ==, 3);
	g_assert_cmpuint(d.plan.item[1].question, ==, 5);
	g_assert_cmpuint(d.plan.item[2].question, <, 3);
	g_assert_cmpuint(d.plan.item[3].question, <, 3);
	g_assert_cmpfloat(d.plan.item[0].probability, ==, 1);
	g_assert_cmpfloat(fabs(d.plan.item[2].probability - 2.0 / 3), <, 1e-12);
}

/* Each equally often, and the probability is the frequency. */
static void test_deck(void)
{
	for (uint8_t places = 1; places <= 3; places++) {
		struct counter_fixture *f = begin();
		struct drawing d = {.dice = {{places, 6, 7, 8}}};
		unsigned asked[7] = {0}, first[7] = {0};
		turning(f, 7);
		f->questionnaire.places = places;
		for (int visit = 0; visit < 10000; visit++) {
			draw(f, &d, &card_facts_unknown);
			g_assert_cmpuint(d.plan.count, ==, places);
			first[d.plan.item[0].question]++;
			for (uint8_t i = 0; i < places; i++) {
				asked[d.plan.item[i].question]++;
				g_assert_cmpfloat(d.plan.item[i].probability, ==,
						  places / 7.0);
			}
		}
		for (int i = 0; i < 7; i++) {
			/* whole decks: they differ by one at most */
			g_assert_cmpint(abs((int)asked[i] - places * 10000 / 7), <=, 1);
			/* and no place in the visit belongs to one of them */
			g_assert_cmpint(abs((int)first[i] - 10000 / 7), <, 150);
		}
	}
}

/* Shuffled: each question begins a deck equally often, and each follows each other one. */
static void test_shuffled(void)
{
	struct counter_fixture *f = begin();
	struct drawing d = {.dice = {{3, 6, 7, 8}}};
	unsigned after[4][4] = {{0}};
	uint8_t last = 0;
	turning(f, 4);
	f->questionnaire.places = 1;
	for (int visit = 0; visit < 12000; visit++) {
		draw(f, &d, &card_facts_unknown);
		if (visit % 4 != 0)
			after[last][d.plan.item[0].question]++;
		last = d.plan.item[0].question;
	}
	for (int i = 0; i < 4; i++)
		for (int j = 0; j < 4; j++)
			g_assert_cmpint(abs((int)after[i][j] - (i == j ? 0 : 750)), <=,
					i == j ? 0 : 120);
}

static void test_fewer_than_places(void)
{
	struct counter_fixture *f = begin();
	struct drawing d = {.dice = {{5, 6, 7, 8}}};
	turning(f, 2);
	f->questionnaire.places = 5;
	for (int i = 0; i < 10; i++) {
		draw(f, &d, &card_facts_unknown);
		g_assert_cmpuint(d.plan.count, ==, 2);
		g_assert_cmpfloat(d.plan.item[0].probability, ==, 1);
	}
}

/* every_days: a third of the visits are of cards that were asked question a not long ago.  The
 * probability that stands with each answer is its frequency all the same: what such a card
 * leaves out does not come to the other visits. */
static void test_deck_every_days(void)
{
	struct counter_fixture *f = begin();
	struct drawing d = {.dice = {{9, 6, 7, 8}}};
	unsigned asked[2][4] = {{0}}, visits[2] = {0};
	turning(f, 4);
	f->questionnaire.places = 1;
	f->questionnaire.question[0].every_days = 90;
	for (int visit = 0; visit < 30000; visit++) {
		struct card_facts facts = card_facts_unknown;
		bool rests = visit % 3 == 0;
		if (rests)
			facts.question_day[0] = 950;
		draw(f, &d, &facts);
		g_assert_cmpuint(d.plan.count, ==, 1);
		g_assert_cmpfloat(
			fabs(d.plan.item[0].probability - (rests ? 1.0 / 3 : 0.25)), <,
			1e-12);
		visits[rests]++;
		asked[rests][d.plan.item[0].question]++;
	}
	g_assert_cmpuint(asked[true][0], ==, 0);
	for (int i = 0; i < 4; i++) {
		g_test_message("%d: %u, %u", i, asked[false][i], asked[true][i]);
		g_assert_cmpint(abs((int)asked[false][i] - (int)visits[false] / 4), <,
				100);
		if (i > 0)
			g_assert_cmpint(abs((int)asked[true][i] - (int)visits[true] / 3),
					<, 200);
	}
}

/* Not again to the same card within: its place goes to the deck. */
static void test_every_days(void)
{
	struct counter_fixture *f = begin();
	struct drawing d = {.dice = {{5, 6, 7, 8}}};
	struct card_facts facts = card_facts_unknown;
	turning(f, 3);
	fixture_question(f, "nps", QUESTION_NPS10, WHEN_ALWAYS)->every_days = 90;
	facts.question_day[3] = 911;
	draw(f, &d, &facts);
	g_assert_cmpuint(d.plan.count, ==, 3);
	for (int i = 0; i < 3; i++)
		g_assert_cmpuint(d.plan.item[i].question, <, 3);
	facts.question_day[3] = 910;
	draw(f, &d, &facts);
	g_assert_cmpuint(d.plan.item[0].question, ==, 3);
	/* no limit: also not when the clock was set back */
	facts.question_day[0] = facts.question_day[1] = facts.question_day[2] = 2000;
	facts.question_day[3] = 2000;
	draw(f, &d, &facts);
	g_assert_cmpuint(d.plan.count, ==, 3);
}

/* A card back after sleeping_after_days or more; the extra takes nobody's place. */
static void test_returned(void)
{
	struct counter_fixture *f = begin();
	struct drawing d = {.dice = {{5, 6, 7, 8}}};
	struct card_facts facts = card_facts_unknown;
	turning(f, 5);
	uint8_t back = f->questionnaire.count;
	struct question *q = fixture_question(f, "back", QUESTION_SMILEY, WHEN_RETURNED);
	draw(f, &d, &facts);
	g_assert_cmpuint(d.plan.count, ==, 3); /* never seen: not returned */
	facts.last_seen_day = 911;
	draw(f, &d, &facts);
	g_assert_cmpuint(d.plan.count, ==, 3);
	facts.last_seen_day = 910;
	draw(f, &d, &facts);
	g_assert_cmpuint(d.plan.count, ==, 4);
	g_assert_cmpuint(d.plan.item[3].question, ==, back);
	g_assert_cmpfloat(d.plan.item[3].probability, ==, 1);
	q->every_days = 365;
	facts.question_day[back] = 700;
	draw(f, &d, &facts);
	g_assert_cmpuint(d.plan.count, ==, 3);
	q->every_days = 0;
	f->questionnaire.places = 5; /* five is the most */
	draw(f, &d, &facts);
	g_assert_cmpuint(d.plan.count, ==, 5);
}

/* Extras come right after the low answer, five in all. */
static void test_low(void)
{
	struct counter_fixture *f = begin();
	struct drawing d = {.dice = {{5, 6, 7, 8}}};
	turning(f, 3);
	fixture_question(f, "why", QUESTION_CHOICE, WHEN_LOW)->rotate = true;
	fixture_question(f, "words", QUESTION_WORDS, WHEN_LOW);
	fixture_question(f, "more", QUESTION_WORDS, WHEN_LOW);
	draw(f, &d, &card_facts_unknown);
	struct plan before = d.plan;
	asking_add_low(&f->rules, &card_facts_unknown, 1000, &d.dice, &d.plan, 1);
	g_assert_cmpuint(d.plan.count, ==, 5);
	g_assert_cmpuint(d.plan.item[1].question, ==, before.item[1].question);
	g_assert_cmpuint(d.plan.item[2].question, ==, 3);
	g_assert_cmpuint(d.plan.item[3].question, ==, 4);
	g_assert_cmpuint(d.plan.item[4].question, ==, before.item[2].question);
	g_assert_cmpfloat(d.plan.item[2].probability, ==, 1);
	asking_add_low(&f->rules, &card_facts_unknown, 1000, &d.dice, &d.plan, 1);
	g_assert_cmpuint(d.plan.count, ==, 5); /* there already, and full */
	struct card_facts facts = card_facts_unknown;
	f->questionnaire.question[3].every_days = 30;
	facts.question_day[3] = 1000;
	d.plan = before;
	asking_add_low(&f->rules, &facts, 1000, &d.dice, &d.plan, 0);
	g_assert_cmpuint(d.plan.item[1].question, ==, 4);
	g_assert_cmpuint(d.plan.item[2].question, ==, 5);
}

/* Rotation begins at each place but the last equally often. */
static void test_rotation(void)
{
	struct counter_fixture *f = begin();
	struct drawing d = {.dice = {{5, 6, 7, 8}}};
	unsigned shifts[9] = {0};
	struct question *q = fixture_question(f, "why", QUESTION_CHOICE, WHEN_ALWAYS);
	q->choices = 9;
	draw(f, &d, &card_facts_unknown);
	g_assert_cmpuint(d.plan.item[0].shift, ==, 0); /* only where it is wished */
	q->rotate = true;
	for (int i = 0; i < 8000; i++) {
		draw(f, &d, &card_facts_unknown);
		g_assert_cmpuint(d.plan.item[0].shift, <, 8);
		shifts[d.plan.item[0].shift]++;
	}
	for (int i = 0; i < 8; i++)
		g_assert_cmpint(abs((int)shifts[i] - 1000), <, 150);
}

/* Through the counter, with the plans that stand at rest, cards and sales in between. */
static void test_counter_deck(void)
{
	struct counter_fixture *f = begin();
	unsigned asked[5] = {0};
	f->rules.cooldown_days = 0;
	turning(f, 5);
	f->questionnaire.places = 1;
	fixture_start(f, 1);
	for (int visit = 0; visit < 10000; visit++) {
		if (visit % 3 == 1)
			swipe(f, visit % 2 != 0 ? "9643000001" : "9643000002");
		else if (visit % 3 == 2)
			till(f, "PAY");
		press(f, "4 ~5000");
		asked[f->last_answer.question]++;
		g_assert_cmpfloat(f->last_answer.probability, ==, 0.2);
		g_assert_cmpint((int)f->closings, ==, visit + 1);
		fixture_rows(f);
		fixture_cards(f);
	}
	for (int i = 0; i < 5; i++)
		g_assert_cmpint(abs((int)asked[i] - 2000), <=, 1);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/asking/cooldown", test_cooldown);
	g_test_add_func("/core/asking/no-cooldown", test_no_cooldown);
	g_test_add_func("/core/asking/draws", test_draws);
	g_test_add_func("/core/asking/order", test_order);
	g_test_add_func("/core/asking/deck", test_deck);
	g_test_add_func("/core/asking/shuffled", test_shuffled);
	g_test_add_func("/core/asking/fewer-than-places", test_fewer_than_places);
	g_test_add_func("/core/asking/deck-every-days", test_deck_every_days);
	g_test_add_func("/core/asking/every-days", test_every_days);
	g_test_add_func("/core/asking/returned", test_returned);
	g_test_add_func("/core/asking/low", test_low);
	g_test_add_func("/core/asking/rotation", test_rotation);
	g_test_add_func("/core/asking/counter-deck", test_counter_deck);
	return g_test_run();
}
