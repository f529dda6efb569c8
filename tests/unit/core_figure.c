/* Figures: the worked examples of their definitions, what is printed of each state, and many
 * thousand random ones against tests/lib/figures.py, which computes them by another way. */
#include "core/figure.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/figure_counts.h"
#include "core/figure_mean.h"
#include "core/figure_times.h"
#include "core/resample.h"

#define MIN_N  5
#define ORACLE "tests/lib/figures.py"

static const struct figure_words words = {
	.unknown = "unknown",
	.no_answers = "no answers",
	.hidden = "hidden",
	.few = "few",
	.no_interval = {[FIGURE_TOO_FEW] = "too few",
			[FIGURE_ALL_EQUAL] = "all equal",
			[FIGURE_NO_METHOD] = "a sum"},
};

static struct dice dice;

static void assert_text(struct figure f, const char *expected)
{
	char text[FIGURE_TEXT_MAX];

	figure_format(&f, &words, text);
	g_assert_cmpstr(text, ==, expected);
}

static void test_worked_examples(void)
{
	const struct score_count later = {100, 50, 20}, earlier = {100, 40, 30};

	assert_text(figure_nps(&later, MIN_N), "30.0 [14.1; 44.2], n=100");
	assert_text(figure_nps_change(&later, &earlier, MIN_N),
		    "20.0 [-2.6; 41.4], n=100+100");
	assert_text(figure_share(42, 60, MIN_N), "70.0 [57.5; 80.1], n=60");
}

static void test_states(void)
{
	const struct score_count none = {0}, four = {4, 4, 0}, five = {5, 5, 0},
				 many = {30, 0, 30};
	struct figure f = figure_nps(&four, MIN_N);

	assert_text(figure_unknown(), "unknown");
	assert_text(figure_nps(&none, MIN_N), "no answers");
	assert_text(f, "hidden, n=4");
	g_assert_true(f.figure_raw_value == 0); /* forgotten */
	g_assert_true(g_str_has_suffix(words.few, "few"));
	assert_text(figure_nps(&five, MIN_N), "100.0 [17.5; 100.0], n=5 (few)");
	assert_text(figure_nps(&many, MIN_N), "-100.0 [-100.0; -78.7], n=30");
	assert_text(figure_nps_change(&many, &four, MIN_N), "hidden, n=30+4");
	assert_text(figure_nps_change(&many, &none, MIN_N), "no answers");
	assert_text(figure_sum(1234.5, 40, 2, 1), "1234.50 [a sum], n=40");
	assert_text(figure_score(SCORE_NONE, &many, MIN_N), "unknown");
}

/* Half away from zero, also where the half is none in binary; no minus zero. */
static void test_rounding(void)
{
	assert_text(figure_sum(0.15, 30, 1, 1), "0.2 [a sum], n=30");
	assert_text(figure_sum(-0.15, 30, 1, 1), "-0.2 [a sum], n=30");
	assert_text(figure_sum(0.25, 30, 1, 1), "0.3 [a sum], n=30");
	assert_text(figure_sum(-0.04, 30, 1, 1), "0.0 [a sum], n=30");
	assert_text(figure_sum(2.675, 30, 2, 1), "2.68 [a sum], n=30");
	assert_text(figure_sum(1e12, 30, 2, 1), "1000000000000.00 [a sum], n=30");
	assert_text(figure_sum(99.5, 30, 0, 1), "100 [a sum], n=30");
}

static void test_means(void)
{
	struct spread equal = {0}, one = {0}, scale = {0}, money = {0};

	spread_add(&equal, 4, 7);
	spread_add(&one, 4, 1);
	assert_text(figure_mean(&equal, 1, 1, 5, MIN_N), "4.00 [all equal], n=7 (few)");
	assert_text(figure_mean(&one, 1, 1, 5, 1), "4.00 [too few], n=1 (few)");
	/* 1..5 once each: 3 +- 2.776445 * sqrt(2.5/5) */
	for (int i = 1; i <= 5; i++)
		spread_add(&scale, i, 1);
	assert_text(figure_mean(&scale, 1, 1, 5, MIN_N), "3.00 [1.04; 4.96], n=5 (few)");
	spread_add(&money, 10000, 20);
	spread_add(&money, 30000, 20);
	assert_text(figure_mean(&money, 100, 0, INFINITY, MIN_N),
		    "200.00 [167.61; 232.39], n=40");
}

/* From printed tables of the t distribution. */
static void test_t(void)
{
	static const struct {
		int64_t df;
		double t;
	} rows[] = {
		{1, 12.7062047362},  {2, 4.30265272991},   {3, 3.18244630528},
		{4, 2.77644510520},  {5, 2.57058183661},   {10, 2.22813885196},
		{30, 2.04227245630}, {100, 1.98397151845}, {1000, 1.96233908083},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		g_assert_cmpfloat_with_epsilon(figure_mean_t(rows[i].df), rows[i].t,
					       2e-9);
	g_assert_cmpfloat_with_epsilon(figure_mean_t(199), figure_mean_t(200), 2e-4);
	g_assert_cmpfloat(figure_mean_t(199), >, figure_mean_t(200));
	g_assert_cmpfloat_with_epsilon(figure_mean_t(INT64_MAX), 1.959963984540, 1e-10);
}

static void test_percentiles(void)
{
	static struct times t, few;

	for (int i = 1; i <= 100; i++)
		times_add(&t, i * 1000);
	assert_text(figure_percentile(&t, 50, MIN_N), "50.0 [40.0; 61.0], n=100");
	assert_text(figure_percentile(&t, 95, MIN_N), "95.0 [too few], n=100");
	for (int i = 1; i <= 5; i++)
		times_add(&few, i == 5 ? TIMES_MOST_MS * 2 : i * 149);
	assert_text(figure_percentile(&few, 50, MIN_N), "0.4 [too few], n=5 (few)");
	assert_text(figure_percentile(&few, 100, MIN_N), "300.0 [too few], n=5 (few)");
}

static void test_what_is_a_change(void)
{
	const struct score_count a = {1000, 600, 100}, b = {1000, 500, 200};
	struct figure up = figure_nps_change(&a, &b, MIN_N);
	struct figure down = figure_nps_change(&b, &a, MIN_N);
	struct figure same = figure_nps_change(&a, &a, MIN_N);
	struct figure one = figure_nps(&a, MIN_N);

	g_assert_true(figure_is_change(&up) && figure_sign(&up) == 1);
	g_assert_true(figure_is_change(&down) && figure_sign(&down) == -1);
	g_assert_false(figure_is_change(&same));
	g_assert_false(figure_is_change(&one)); /* no difference, though far from 0 */
	g_assert_cmpint(figure_compare(&up, &down), <, 0);
	g_assert_cmpint(figure_compare_low(&down, &up), >, 0);
}

static void test_places(void)
{
	struct figure f = figure_share(42, 60, MIN_N), none = figure_unknown();
	struct figure_place place;
	double least = 60, most = 70;

	g_assert_true(figure_place(&f, 0, 100, &place));
	g_assert_cmpfloat_with_epsilon(place.value, 0.7, 1e-9);
	g_assert_cmpfloat_with_epsilon(place.low, 0.5749, 1e-3);
	g_assert_true(figure_place(&f, 75, 100, &place));
	g_assert_true(place.value == 0);
	g_assert_false(figure_place(&none, 0, 100, &place));
	figure_stretch(&f, &least, &most);
	figure_stretch(&none, &least, &most);
	g_assert_true(least < 58 && most > 80 && most < 81);
	g_assert_cmpint(figure_compare(&f, &none), <, 0);
	g_assert_cmpint(figure_compare(&none, &none), ==, 0);
}

static void test_scores(void)
{
	struct score_count c = {0};

	for (int value = 0; value <= 10; value++)
		score_add(&c, QUESTION_NPS11, 0, value, 2);
	g_assert_true(c.n == 22 && c.good == 4 && c.bad == 14);
	c = (struct score_count){0};
	for (int value = 1; value <= 5; value++)
		score_add(&c, QUESTION_SMILEY, 0, value, 1);
	g_assert_true(c.n == 5 && c.good == 2 && c.bad == 2);
	c = (struct score_count){0};
	for (int value = 1; value <= 3; value++)
		score_add(&c, QUESTION_CHOICE, 2, value, 1);
	g_assert_true(c.n == 3 && c.good == 2 && c.bad == 1);
	c = (struct score_count){0};
	score_add(&c, QUESTION_YESNO, 0, 1, 3);
	score_add(&c, QUESTION_YESNO, 0, 0, 1);
	g_assert_true(c.n == 4 && c.good == 3 && c.bad == 1);
	g_assert_cmpint(score_measure(QUESTION_CHOICE, 0), ==, SCORE_CHOICES);
}

/* Each answer counts 1/probability; where all are alike it is the plain figure. */
static void test_weighted(void)
{
	struct score_weight alike = {0}, unlike = {0};

	for (int i = 0; i < 60; i++)
		score_weigh(&alike, QUESTION_SMILEY, 0, i < 42 ? 5 : 1, 0.5);
	g_assert_false(score_weight_differs(&alike));
	assert_text(figure_score_weighted(SCORE_SHARE, &alike, MIN_N),
		    "70.0 [57.5; 80.1], n=60");
	/* 50 promoters that count once, 25 critics that count twice: as many of both */
	for (int i = 0; i < 50; i++)
		score_weigh(&unlike, QUESTION_NPS10, 0, 10, 1);
	for (int i = 0; i < 25; i++)
		score_weigh(&unlike, QUESTION_NPS10, 0, 1, 0.5);
	g_assert_true(score_weight_differs(&unlike));
	/* worth 100^2 / 150 = 66.7 answers: 0 +- 1.959964 sqrt(p~ + d~) / sqrt(69.67) */
	assert_text(figure_score_weighted(SCORE_NPS, &unlike, MIN_N),
		    "0.0 [-23.2; 23.2], n=75");
}

/* ---- against the other computation ---------------------------------------------------- */

/* Numbers of every size, and the ends. */
static int64_t some(int64_t most)
{
	static const int64_t to[] = {40, 1000, 1000000, 500000000};
	int64_t n = to[dice_below(&dice, 4)];

	n = (int64_t)dice_below(&dice, (uint32_t)n + 1);
	return n > most ? (int64_t)dice_below(&dice, (uint32_t)most + 1) : n;
}

static struct score_count some_counts(void)
{
	struct score_count c = {.n = some(INT32_MAX)};

	switch (dice_below(&dice, 8)) {
	case 0:
		c.good = c.n;
		break;
	case 1:
		c.bad = c.n;
		break;
	case 2:
		break; /* all passive */
	default:       /* not an enum */
		c.good = (int64_t)dice_below(&dice, (uint32_t)c.n + 1);
		c.bad = (int64_t)dice_below(&dice, (uint32_t)(c.n - c.good) + 1);
	}
	return c;
}

static void put_figure(FILE *out, struct figure f)
{
	char text[FIGURE_TEXT_MAX];

	figure_format(&f, &words, text);
	fprintf(out, "|%s\n", text);
}

#define LL(x) (long long)(x)

static void put_counts(FILE *out)
{
	struct score_count a = some_counts(), b = some_counts();

	fprintf(out, "nps %lld %lld %lld", LL(a.n), LL(a.good), LL(a.bad));
	put_figure(out, figure_nps(&a, MIN_N));
	fprintf(out, "npsdiff %lld %lld %lld %lld %lld %lld", LL(a.n), LL(a.good),
		LL(a.bad), LL(b.n), LL(b.good), LL(b.bad));
	put_figure(out, figure_nps_change(&a, &b, MIN_N));
	fprintf(out, "share %lld %lld", LL(a.n), LL(a.good));
	put_figure(out, figure_share(a.good, a.n, MIN_N));
	fprintf(out, "sharediff %lld %lld %lld %lld", LL(a.n), LL(a.good), LL(b.n),
		LL(b.good));
	put_figure(out, figure_share_change(a.good, a.n, b.good, b.n, MIN_N));
}

static void put_mean(FILE *out, bool is_money)
{
	struct spread s = {0};
	int values = 1 + (int)dice_below(&dice, 11);

	fprintf(out, is_money ? "money" : "mean");
	for (int i = 0; i < values; i++) {
		int64_t value = is_money ? some(100000000) - 1000
					 : (int64_t)dice_below(&dice, 11);
		int64_t times = some(i == 0 ? 1 : is_money ? 300 : 1000000);

		spread_add(&s, value, times);
		fprintf(out, " %lld*%lld", LL(value), LL(times));
	}
	put_figure(out, is_money ? figure_mean(&s, 100, -INFINITY, INFINITY, MIN_N)
				 : figure_mean(&s, 1, 0, 10, MIN_N));
}

static void put_times(FILE *out, const char *name, struct times *t, int most)
{
	int n = (int)dice_below(&dice, (uint32_t)most);

	memset(t, 0, sizeof *t);
	fprintf(out, "%s", name);
	for (int i = 0; i < n; i++) {
		int64_t ms = some(400000);

		times_add(t, ms);
		fprintf(out, " %lld", LL(ms));
	}
}

static void put_percentile(FILE *out)
{
	static struct times t;
	int percent = 1 + (int)dice_below(&dice, 100);
	g_autofree char *name = g_strdup_printf("percentile %d", percent);

	put_times(out, name, &t, 300);
	put_figure(out, figure_percentile(&t, percent, MIN_N));
}

static void put_median_change(FILE *out)
{
	static struct times a, b;

	put_times(out, "mediandiff", &a, 40);
	put_times(out, " /", &b, 40);
	put_figure(out, figure_median_change(&a, &b, &dice, MIN_N));
}

static void test_another_computation(void)
{
	g_autofree char *path = NULL;
	g_autofree char *said = NULL;
	g_autoptr(GError) error = NULL;
	const uint8_t seed[32] = {4};
	int status, fd = g_file_open_tmp("figures-XXXXXX", &path, &error);
	FILE *out = fdopen(fd, "w");
	const char *argv[] = {"python3", ORACLE, "figures", path, NULL};

	dice_seed(&dice, seed);
	for (int i = 0; i < 3000; i++)
		put_counts(out);
	for (int i = 0; i < 2000; i++)
		put_mean(out, i % 2 == 0);
	for (int i = 0; i < 600; i++)
		put_percentile(out);
	for (int i = 0; i < 60; i++)
		put_median_change(out);
	g_assert_cmpint(fclose(out), ==, 0);
	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &said,
		     NULL, &status, &error);
	g_assert_no_error(error);
	g_test_message("%s", said);
	g_assert_true(g_str_has_prefix(said, "14660 figures, 0 differ"));
	g_assert_cmpint(status, ==, 0);
	g_unlink(path);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/core/figure/worked-examples", test_worked_examples);
	g_test_add_func("/core/figure/states", test_states);
	g_test_add_func("/core/figure/rounding", test_rounding);
	g_test_add_func("/core/figure/means", test_means);
	g_test_add_func("/core/figure/t", test_t);
	g_test_add_func("/core/figure/percentiles", test_percentiles);
	g_test_add_func("/core/figure/what-is-a-change", test_what_is_a_change);
	g_test_add_func("/core/figure/places", test_places);
	g_test_add_func("/core/figure/scores", test_scores);
	g_test_add_func("/core/figure/weighted", test_weighted);
	g_test_add_func("/core/figure/another-computation", test_another_computation);
	return g_test_run();
}
